"""The editions of a job, read from the files that it names, and from no others.

What many jobs share is read once in each process.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pipeline import checks, ledger, project
from pipeline.build.jobs import Common, Job, Task
from pipeline.build.shelves import Shelf, shelf
from pipeline.errors import HandrailError
from pipeline.model import Article, Edition, Finding, Place
from pipeline.project import Column, Project, Target

_Read = TypeVar("_Read")
_Hashes = tuple[tuple[str, str], ...]

_ARTICLES = 8
"""How many articles a process remembers: jobs come article by article."""


class Changed(HandrailError):
    """A file of the project is not what it was when the build began."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """The files of a project, under the hashes that a job names."""

    shelf: Shelf
    hashes: Mapping[str, str]

    def read(self, path: str) -> bytes:
        """The bytes at a path; Changed where they are not those that the job is about."""
        data = self.shelf.get(path, self.hashes[path])
        if hashlib.sha256(data).hexdigest() != self.hashes[path]:
            raise Changed("this file changed while the build was running; build again.", Place(path))
        return data

    def has(self, path: str) -> bool:
        """Whether the project has such a file, or any file below such a folder."""
        return bool(self.hashes.get(path)) or any(one.startswith(f"{path}/") for one in self.hashes)

    def folder(self, path: str) -> Path:
        """A folder of this machine with copies of the files below a path; it lives as long as the process."""
        named = {one: hash for one, hash in self.hashes.items() if one.startswith(f"{path}/")}
        copy = Path(_scratch().name) / ledger.digest(*named, *named.values())
        for one in named:
            target = copy / one.removeprefix(f"{path}/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self.read(one))
        return copy


class Bench:
    """What the jobs of one build need, as values."""

    def __init__(self, common: Common) -> None:
        self.common = common
        self.shelf = shelf(common.root, common.shelf)
        one = self.pinned(())
        self.registry = project.registry(one)
        self.theme = project.theme(one)
        self.words = project.interface_template(one)
        self.targets = {target.locale.tag: target for target in project.targets(one)}
        self.articles: dict[tuple[str, str], Article | Finding] = {}
        self.columns: dict[str, tuple[_Hashes, Column | Finding]] = {}

    def pinned(self, hashes: _Hashes) -> Project:
        """The project with these files, and those that all jobs share."""
        files = Pinned(self.shelf, dict((*self.common.hashes, *hashes)))
        return Project(Path(self.common.root), self.common.settings, files)

    def edition(self, job: Job, task: Task) -> Edition | Finding:
        """The edition of a task, or why there is none."""
        article, column = self.article(job), self.column(task)
        if isinstance(article, Finding):
            return article
        if isinstance(column, Finding):
            return column
        one = self.pinned((*task.own, (job.path, job.hash)))
        path = project.catalog_path(column.target.locale, job.slug)
        today = self.common.today
        return _attempt(lambda: project.edition(one, column, article, self.registry, today), path, job.slug, task.tag)

    def article(self, job: Job) -> Article | Finding:
        """The article of a job, or why it cannot be read."""
        name = (job.path, job.hash)
        if name not in self.articles:
            if len(self.articles) >= _ARTICLES:
                self.articles.pop(next(iter(self.articles)))
            one = self.pinned(((job.path, job.hash),))
            self.articles[name] = _attempt(lambda: project.article(one, job.path), job.path, job.slug, "")
        return self.articles[name]

    def column(self, task: Task) -> Column | Finding:
        """What the editions of a task's locale share, or why it cannot be read."""
        known = self.columns.get(task.tag)
        if known is None or known[0] != task.shared:
            target: Target = self.targets[task.tag]
            one, named = self.pinned(task.shared), f"locales/{target.locale.folder}"
            known = task.shared, _attempt(lambda: project.column(one, target, self.words), named, "", task.tag)
            self.columns[task.tag] = known
        return known[1]


@lru_cache(maxsize=2)
def bench(common: Common) -> Bench:
    """The bench of a build, set up once in each process."""
    if common.program != ledger.fingerprint():
        raise HandrailError("a worker runs another version of Handrail, or of a library; install the same everywhere.")
    return Bench(common)


@lru_cache(maxsize=1)
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="handrail-")


def _attempt(read: Callable[[], _Read], path: str, slug: str, tag: str) -> _Read | Finding:
    """What a reader returns, or the finding that it cannot: whatever it stumbles over closes the gate."""
    try:
        return read()
    except Changed:
        raise
    except Exception as error:
        return checks.unreadable(project.reported(error, path), slug, tag)
