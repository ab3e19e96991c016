"""``update`` and ``extract`` of what is no longer up to date, shared among processes.

What comes of it is what :func:`pipeline.catalogs.update` makes of everything. An article with its catalogs is the unit
of work, a function of files under known hashes.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import ledger, locales, project, readers
from pipeline.catalogs.renaming import follow
from pipeline.catalogs.walking import Change, names, template_of, write_template
from pipeline.collection import no_collection
from pipeline.errors import HandrailError
from pipeline.ledger import Column, Kept, Layout, Outlook, Shelf, Upkeep
from pipeline.model import Place, Registry
from pipeline.processes import Work, forked
from pipeline.project import Project, Target

if TYPE_CHECKING:
    from pipeline.catalogs.updating import Shared

_FEW = 6
"""Articles that one process has done before others have started."""

_TOGETHER = 8
"""Articles that go to a process at once where all they need is a template."""

_REMEMBERED = 128
"""Locales."""


def layout(one: Project) -> Layout:
    """Where the files of a project lie, and what templates and catalogs depend on."""
    settings = one.settings
    made_up = [target.locale for target in settings.targets if locales.is_pseudo(target.locale)]
    return Layout(
        articles=project.ARTICLES,
        suffixes=tuple(readers.FORMATS),
        templates=project.TEMPLATES,
        theme=project.THEME,
        interface=project.INTERFACE,
        about=ledger.digest(repr((settings.source, settings.sources, made_up))),
        files=(project.REGISTRY,),
        columns=tuple(
            Column(
                tag=target.locale.tag,
                folder=_folder(project.catalog_path(target.locale, "")),
                apart=_folder(project.own_signoff_path(target.locale, "")),
                about=ledger.digest(repr(target.locale)),
                files=(project.glossary_path(target.locale), project.signoff_path(target.locale)),
            )
            for target in settings.targets
        ),
    )


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def moved(
    one: Project, book: Upkeep, targets: Sequence[Target], slugs: Collection[str], orphans: Iterable[str]
) -> Iterator[Change]:
    """Catalogs of renamed articles brought to their new names; ``orphans``: paths of those without an article."""
    failed = set()
    for change in follow(one, targets, names(one, slugs)):
        failed.add(change.path if change.error else "")
        yield change
    for path in orphans:
        if path not in failed:
            book.note_orphan(path)


def brought(
    one: Project, book: Upkeep, shelves: Iterable[Shelf], outlooks: Iterable[Outlook], jobs: int
) -> Iterator[Change]:
    """Templates, and catalogs in the locales of the shelves, brought up to date by so many processes.

    Raises RegistryError for a registry that cannot be read.
    """
    columns = tuple(shelves)
    given = pickle.dumps((one, columns))
    places: dict[str, int] = {}
    for number, shelf in enumerate(columns):
        _helplines(given)
        try:
            _shared(given, number)
            places[shelf.column.tag] = number
        except HandrailError as error:
            path = error.place.path if error.place else f"{shelf.column.folder}/{project.INTERFACE}.po"
            yield Change(path, "failed", error=error)
    work = Work(_work, (__name__,), _FEW, forked, together=1 if columns else _TOGETHER)
    for outlook, result in work.in_order(((outlook, _job(given, outlook, places)) for outlook in outlooks), jobs):
        if isinstance(result, BrokenExecutor):
            place = Place(outlook.path or f"{project.TEMPLATES}/{outlook.slug}.pot")
            lost = HandrailError("The process that worked on it was lost twice.", place)
            yield Change(place.path, "failed", error=lost)
            continue
        if result and result.is_sure:
            book.keep(outlook, _left(one.root, outlook, result.changes))
        yield from _told(outlook, result.changes if result else ())


def _told(outlook: Outlook, changes: Iterable[Change]) -> Iterator[Change]:
    """What became of each file of an article, and of the article itself where it cannot be read."""
    found = {change.path: change for change in changes}
    if outlook.path in found:
        yield found[outlook.path]
        return
    for path, kept in outlook.files:
        if path in found:
            yield found[path]
        elif kept:
            yield Change(path, "unchanged", kept.told)


def _left(root: Path, outlook: Outlook, changes: Iterable[Change]) -> Iterator[tuple[str, Kept]]:
    """What a job left up to date, as it is there now."""
    keys = {stale.path: stale.key for stale in outlook.stale}
    for change in changes:
        now = ledger.look(f"{root}/{change.path}")
        if change.hash and now.hash == change.hash:
            yield change.path, Kept(keys.get(change.path, ""), now.signature, now.hash, change.progress)


# --- jobs -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Job:
    """The template of an article, or of the theme, and its catalogs in some locales."""

    given: bytes
    """What all jobs of a run share, a project and locales in it: packed once, and by each process unpacked once."""

    slug: str
    path: str
    shelves: tuple[int, ...]
    """These of the locales."""

    inputs: tuple[tuple[str, str], ...]
    """(path, hash) of the files that they are made of, but for those of the shelves."""


@dataclass(frozen=True, slots=True)
class _Result:
    """What a job came to."""

    changes: tuple[Change, ...]
    is_sure: bool
    """Whether every file that was read had the bytes that the job named."""


@dataclass(slots=True)
class _Exact:
    """The files of a project, and whether those that were read are the very ones that were looked at."""

    root: Path
    hashes: Mapping[str, str]
    is_sure: bool = True

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        data = project.read(self.root, path)
        self.is_sure &= self.hashes.get(path) == hashlib.sha256(data).hexdigest()
        return data

    def has(self, path: str) -> bool:
        """Whether something is there."""
        found = os.path.lexists(f"{self.root}/{path}")
        self.is_sure &= path == project.THEME or found == bool(self.hashes.get(path, not found))
        return found

    def folder(self, path: str) -> Path:
        """A folder with the files below a path."""
        below = {name for name in ledger.names(self.root, path) if not name.endswith("/")}
        self.is_sure &= below <= self.hashes.keys()
        for name in below:
            self.read(name)
        return self.root / path


def _job(given: bytes, outlook: Outlook, places: Mapping[str, int]) -> _Job | None:
    tags = (stale.shelf.column.tag for stale in outlook.stale)
    wanted = tuple(places[tag] for tag in tags if tag in places)
    if not wanted and outlook.files[0][1]:
        return None
    return _Job(given, outlook.slug, outlook.path, wanted, outlook.inputs)


@lru_cache(maxsize=1)
def _unpacked(given: bytes) -> tuple[Project, tuple[Shelf, ...]]:
    found: tuple[Project, tuple[Shelf, ...]] = pickle.loads(given)  # of this run's own making
    return found


def _work(job: _Job) -> _Result:
    one, _ = _unpacked(job.given)
    files = _Exact(one.root, dict(job.inputs))
    one = replace(one, files=files)
    found = [_shared(job.given, place) for place in job.shelves]
    with no_collection():
        template = template_of(one, job.slug, job.path)
        if isinstance(template, Change):
            return _Result((template,), is_sure=False)
        changes: tuple[Change, ...] = (write_template(one, template),)
        if found:
            from pipeline.catalogs.updating import catalogs_of  # templates are made without

            changes = (*changes, *catalogs_of(one, template, [column for column, _ in found]))
    return _Result(changes, files.is_sure and all(is_sure for _, is_sure in found))


@lru_cache(maxsize=_REMEMBERED)
def _shared(given: bytes, place: int) -> tuple[Shared, bool]:
    """What the catalogs of a locale share, and whether its files are those that were looked at."""
    from pipeline.catalogs.updating import shared

    one, shelves = _unpacked(given)
    files = _Exact(one.root, dict(shelves[place].inputs))
    one = replace(one, files=files)
    helplines, is_sure = _helplines(given)
    return shared(one, one.target(shelves[place].column.tag), helplines), files.is_sure and is_sure


@lru_cache(maxsize=1)
def _helplines(given: bytes) -> tuple[Registry, bool]:
    """The helplines, and whether they are those that were looked at."""
    from pipeline.catalogs.updating import registry

    one, shelves = _unpacked(given)
    files = _Exact(one.root, dict(shelves[0].inputs))
    return registry(replace(one, files=files)), files.is_sure
