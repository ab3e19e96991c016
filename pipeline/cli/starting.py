"""``handrail init`` and ``handrail doctor``: a first project, and what a project can count on."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline import engines, project
from pipeline.catalogs import engines_run
from pipeline.cli import CLOSED, OPEN
from pipeline.errors import HandrailError, UsageError
from pipeline.model import Key, Locale, Refusal
from pipeline.project import Project

OK, NOTE, MISSING = "ok", "note", "missing"


def init(arguments: argparse.Namespace) -> int:
    """Copy the starter into an empty folder."""
    folder: Path = arguments.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not an empty folder; name one that is, or a new one.")
    folder.mkdir(parents=True, exist_ok=True)
    for path, source in _tree(files("pipeline") / "starter", ""):
        project.write(folder, path, source.read_bytes())
        print(f"made  {folder / path}")
    print("\nNext: handrail build (the pages it makes say that they are a demonstration).")
    return OPEN


def _tree(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    """Every file below a folder of the package, with its path there, sorted."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _tree(entry, f"{prefix}{entry.name}/")
        elif not entry.name.endswith((".py", ".pyc")):
            yield f"{prefix}{entry.name}", entry


def doctor(arguments: argparse.Namespace) -> int:
    """Print what is there; 1 where something that is needed is not."""
    needed = True
    for state, subject, text in (*_installed(), *_programs(), *_configured(arguments.project)):
        print(f"{state:8} {subject:22} {text}")
        needed = needed and state != MISSING
    return OPEN if needed else CLOSED


_Line = tuple[str, str, str]


def _installed() -> Iterator[_Line]:
    """Python and the libraries that Handrail declares."""
    yield OK, "Python", f"{platform.python_version()} ({sys.executable})"
    try:
        requirements = requires("handrail") or []
    except PackageNotFoundError:
        yield NOTE, "handrail", "runs from its source and is not installed: pip install -e ."
        return
    for requirement in requirements:
        if "extra ==" in requirement:
            continue
        name = requirement.split(">=")[0].split(";")[0].strip()
        try:
            yield OK, name, version(name)
        except PackageNotFoundError:
            yield MISSING, name, f"pip install '{requirement}'"


def _programs() -> Iterator[_Line]:
    """Programs that make work easier; none of them is needed to build a site."""
    for program, package, purpose in (
        ("msgfmt", "gettext", "another judge of catalogs"),
        ("apertium", "apertium", "the engine apertium"),
        ("chromium", "chromium", "the project's own tests of pages"),
    ):
        found = shutil.which(program)
        yield (OK, program, found) if found else (NOTE, program, f"not installed; for {purpose}: apt install {package}")


def _configured(start: Path) -> Iterator[_Line]:
    """The project, its articles, registry and engines."""
    try:
        one = project.open_project(start)
    except UsageError as error:
        yield NOTE, "project", error.message
        return
    except HandrailError as error:
        yield MISSING, "settings", str(error)
        return
    yield OK, "project", str(one.root / one.settings.path)
    for subject, look in (("articles", _articles), ("helplines", _helplines)):
        try:
            yield OK, subject, look(one)
        except HandrailError as error:
            yield MISSING, subject, str(error)
    for target in one.settings.targets:
        for name in target.engines:
            yield _engine(one, name, target.locale)


def _articles(one: Project) -> str:
    return ", ".join(project.article_paths(one))


def _helplines(one: Project) -> str:
    registry = project.registry(one)
    return f"{len(registry.helplines)} helplines of {len(registry.roles)} regions"


def _engine(one: Project, name: str, locale: Locale) -> _Line:
    """Whether an engine can be used for a locale; an online one is not asked, because asking may cost."""
    subject = f"{name} for {locale.tag}"
    try:
        [engine] = engines.make((name,), engines_run(one, os.environ), engines.Brief())
    except HandrailError as error:
        return MISSING, subject, error.message
    if name == "apertium":
        [answer] = engine.suggest([Key("Good morning.")], one.settings.source, locale)
        if isinstance(answer, Refusal):
            return MISSING, subject, answer.reason
    return OK, subject, "ready"
