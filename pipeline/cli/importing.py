"""``handrail import``: articles from elsewhere become drafts, and their translations suggestions."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline import catalogs, helplines, importing, po, project, readers
from pipeline.cli import CLOSED, ERROR, OPEN, complain, one_line
from pipeline.cli.choice import slugs
from pipeline.errors import HandrailError, UsageError
from pipeline.importing import Draft, Remark
from pipeline.model import Article, Place, Registry
from pipeline.project import Project

_ORDER = ("removed", "merged", "guessed", "look")


def import_(arguments: argparse.Namespace) -> int:
    """Import files as drafts, or a translation into a catalog; with ``--check`` write nothing."""
    one = project.open_project(arguments.project)
    if arguments.translation:
        if arguments.files:
            raise UsageError("--translation names the one file to import; leave the others out.")
        return _translation(one, arguments)
    if not arguments.files:
        raise UsageError("name a file to import, or a translation with --translation FILE --article SLUG --locale TAG.")
    if arguments.trust or arguments.article or arguments.locale:
        raise UsageError("--article, --locale and --trust belong to --translation FILE.")
    if arguments.slug and len(arguments.files) > 1:
        raise UsageError("--slug names one article; import the files one by one.")
    return max(_file(one, file, arguments) for file in arguments.files)


# --- drafts ---------------------------------------------------------------------------------------


def _file(one: Project, file: Path, arguments: argparse.Namespace) -> int:
    """One file; 2 where it cannot be imported, and the others still are."""
    try:
        draft = importing.draft(_read(file), file.as_posix(), _registry(one), one.settings.source)
        path = f"{project.ARTICLES}/{_slug(arguments.slug, file)}.md"
        readers.read(draft.markdown.encode(), path, one.settings.source.tag)
        if arguments.check:
            return _checked(draft, file, path)
        _refuse_existing(one, Path(path).stem)
        project.save(one.root, path, draft.markdown.encode())
    except HandrailError as error:
        complain(error)
        return ERROR
    _print(draft.remarks, file)
    print(f"made  {path}  ({_summary(draft)})")
    return OPEN


def _checked(draft: Draft, file: Path, path: str) -> int:
    _print(draft.remarks, file)
    print(f"would make  {path}  ({_summary(draft)})")
    return CLOSED if any(remark.did == "look" for remark in draft.remarks) else OPEN


def _refuse_existing(one: Project, slug: str) -> None:
    for ending in readers.FORMATS:
        path = f"{project.ARTICLES}/{slug}{ending}"
        if (one.root / path).exists():
            raise UsageError(f"{path} is there already; give the draft another name with --slug.")


def _slug(given: str | None, file: Path) -> str:
    slug = importing.slug_of(given or file.as_posix())
    if slug == project.INTERFACE or (given and slug != given):
        raise UsageError(f"{given or slug} is no name for an article; use small letters, digits and hyphens in --slug.")
    return slug


def _registry(one: Project) -> Registry | None:
    """The helplines of the project; None where it has none yet."""
    if not (one.root / project.REGISTRY).exists():
        return None
    return helplines.load(project.read(one.root, project.REGISTRY), project.REGISTRY)


# --- translations ---------------------------------------------------------------------------------


def _translation(one: Project, arguments: argparse.Namespace) -> int:
    """Align a translation with its article, and write it into the catalog."""
    if len(arguments.article) != 1 or len(arguments.locale) != 1:
        raise UsageError("--translation needs one --article SLUG and one --locale TAG: what it is a translation of.")
    [slug] = slugs(one, arguments.article)
    target = one.target(arguments.locale[0])
    locale = target.locale
    source = project.article(one, project.article_paths(one)[slug])
    file: Path = arguments.translation
    alignment = importing.align(source, _translated(one, file, locale.tag))
    path = project.catalog_path(locale, slug)
    there = (one.root / path).exists()
    safety = project.safety_keys(source)
    merged = catalogs.current(one, target, slug)
    accepted = importing.trustworthy(alignment, safety) if arguments.trust else frozenset()
    filled = importing.fill(merged, alignment, file.as_posix(), accepted, " " if locale.spaced else "")
    _print(filled.remarks, file)
    if arguments.trust and not alignment.identical:
        print("Nothing was accepted: the article and its translation differ in their structure.")
    written = f"{filled.fuzzy} fuzzy, {filled.accepted} accepted, {filled.kept} had a text already"
    if arguments.check:
        print(f"would update  {path}  ({written})")
        return CLOSED if filled.remarks or filled.fuzzy else OPEN
    project.save(one.root, path, po.dump(filled.catalog))
    print(f"{'updated' if there else 'made'}  {path}  ({written})")
    return OPEN


def _translated(one: Project, file: Path, tag: str) -> Article:
    """A translated article; SourceError where it cannot be read."""
    data = _read(file)
    if file.suffix.lower() in readers.FORMATS:
        return readers.read(data, file.as_posix(), tag, selection=one.settings.sources)
    raise UsageError(f"{file} is no {' or '.join(readers.FORMATS)} file; import it as a draft first, and mend it.")


# --- both -----------------------------------------------------------------------------------------


def _read(file: Path) -> bytes:
    """The bytes of a file anywhere, and a few more than an import takes at most."""
    try:
        with file.open("rb") as stream:
            return stream.read(importing.LARGEST + 1)
    except FileNotFoundError:
        raise UsageError("this file is missing.", Place(file.as_posix())) from None
    except OSError as error:
        raise UsageError(f"this file cannot be read: {error.strerror}.", Place(file.as_posix())) from error


def _print(remarks: Iterable[Remark], file: Path) -> None:
    """One line a remark: where, what became of it, the words, and why."""
    for remark in remarks:
        print(f"{file.as_posix()}:{remark.line}: {remark.did:7}  {one_line(remark.what)}: {one_line(remark.why)}")


def _summary(draft: Draft) -> str:
    """How the draft differs from the file."""
    counts = Counter(remark.did for remark in draft.remarks)
    account = ", ".join(f"{counts[did]} {did if did != 'look' else 'to look at'}" for did in _ORDER if counts[did])
    return f"{draft.lines} lines, {draft.blocks} blocks" + (f"; {account}" if account else "")
