"""Pages that another tool made from the project's catalogs, verified like the project's own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from pipeline import checks, debt, project, render, standing
from pipeline.build.assessing import site_of
from pipeline.debt import Debt
from pipeline.errors import HandrailError, UsageError
from pipeline.model import Edition, Finding, Outcome, Page, Place, Standing
from pipeline.project import Loaded, Project

OWN = ""
"""As the pattern of plain texts: the tool makes none, and Handrail's own stand in for them."""

_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_SHEET = re.compile(r"\brel\s*=\s*[\"']?[^\"'<>]*\bstylesheet\b", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s<>]{1,1000})", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_NAME = re.compile(r"\{([^{}]*)\}")
_NAMES = ("locale", "folder", "language", "article")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a folder has its pages: paths with ``{locale}``, ``{folder}``, ``{language}`` and ``{article}``.

    For Taiwan these are ``zh-Hant-TW``, ``zh_Hant_TW``, ``zh`` and the slug.
    """

    html: str = "{locale}/{article}/index.html"
    text: str = "{locale}/{article}/index.txt"
    """:data:`OWN` where there are no plain texts."""


def verify_folder(one: Project, folder: Path, layout: Layout, today: date) -> Outcome:
    """What checking the project and reading its pages in ``folder`` back comes to.

    Every published edition whose gate is open must be there; an edition that is not published, or whose gate is
    closed, must not. Raises UsageError for a layout that says no place, or one place for two pages, and HandrailError
    where the project as a whole cannot be loaded.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder.")
    loaded = project.load(one, today)
    _refuse_ambiguity(loaded.editions, layout)
    found = [checks.unreadable(broken.error, broken.article, broken.locale) for broken in loaded.broken]
    found += [finding for edition in loaded.editions for finding in checks.check(edition)]
    settled = debt.settle(found, Debt((), one.settings.suppressions))
    closing = standing.Closing(settled.findings)
    goes = {True: list[Edition](), False: list[Edition]()}
    for edition in loaded.editions:
        goes[edition.published and not closing.of(*_name(edition))].append(edition)
    going, held = goes[True], goes[False]
    site, theme = site_of(one, going), project.theme(one)
    pages = [finding for edition in going for finding in _verified(edition, folder, layout, site, theme)]
    leaked = [edition for edition in held if _is_there(edition, folder, layout)]
    pages += [checks.page_of_draft(path_of(layout.html, edition), edition) for edition in leaked]
    findings = (*settled.findings, *pages)
    closing, out = standing.Closing(findings), {_name(edition) for edition in leaked}
    # A draft that stands in the folder is published, whatever the settings say, so it closes the gate.
    looked_at = [replace(edition, published=edition.published or _name(edition) in out) for edition in loaded.editions]
    standings = [standing.standing(edition, closing.of(*_name(edition))) for edition in looked_at]
    return Outcome((*standings, *_unread(one, loaded, closing)), findings, settled.accepted)


def _name(edition: Edition) -> tuple[str, str]:
    return edition.article.slug, edition.locale.tag


def _is_there(edition: Edition, folder: Path, layout: Layout) -> bool:
    patterns = [layout.html] if layout.text == OWN else [layout.html, layout.text]
    return any((folder / path_of(pattern, edition)).exists() for pattern in patterns)


def path_of(pattern: str, edition: Edition) -> str:
    """The path of an edition's page by a pattern; UsageError where the pattern cannot be one."""
    locale = edition.locale
    values = dict(zip(_NAMES, (locale.tag, locale.folder, locale.language, edition.article.slug), strict=True))
    unknown = [name for name in _NAME.findall(pattern) if name not in values]
    if unknown or "{article}" not in pattern:
        known = ", ".join(f"{{{name}}}" for name in _NAMES)
        raise UsageError(f"The layout {pattern!r} must have {{article}} in it, and nothing in braces but {known}.")
    path = PurePosixPath(_NAME.sub(lambda match: values[match[1]], pattern))
    if path.is_absolute() or ".." in path.parts:
        raise UsageError(f"The layout {pattern!r} leads out of the folder.")
    return str(path)


def _refuse_ambiguity(editions: Sequence[Edition], layout: Layout) -> None:
    """Two editions on one page would vouch for each other."""
    patterns = [layout.html] if layout.text == OWN else [layout.html, layout.text]
    owners: dict[str, str] = {}
    for edition in editions:
        for pattern in patterns:
            path = path_of(pattern, edition)
            name = f"{edition.article.slug} in {edition.locale.tag}"
            if path in owners:
                raise UsageError(f"By this layout {path} is the page of {owners[path]} and of {name}.")
            owners[path] = name


def _verified(
    edition: Edition, folder: Path, layout: Layout, site: render.Site, theme: render.Theme
) -> Iterator[Finding]:
    """What reading the page of an edition back finds."""
    path = path_of(layout.html, edition)
    try:
        html = _with_sheets(_read(folder, path), folder, path)
        own = layout.text == OWN
        text = render.render(edition, site, theme).text if own else _read(folder, path_of(layout.text, edition))
    except HandrailError as error:
        yield checks.missing_page(str(error.place or path), edition)
        return
    yield from checks.verify(Page(edition.article.slug, edition.locale.tag, html, text, published=True), edition)


def _with_sheets(html: str, folder: Path, path: str) -> str:
    """The page with the style sheets of its folder in the place of the links to them.

    A sheet that is elsewhere, cannot be read or might end its own element stays a link, which closes the gate.
    """

    def put(match: re.Match[str]) -> str:
        href = _HREF.search(match[0])
        if not _SHEET.search(match[0]) or href is None or _ELSEWHERE.match(href[1]):
            return match[0]
        address = href[1].partition("?")[0].partition("#")[0]
        place = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), address)).lstrip("/")
        try:
            sheet = _read(folder, place)
        except HandrailError:
            return match[0]
        return match[0] if "</style" in sheet.lower() else f"<style>{sheet}</style>"

    return _LINK.sub(put, html)


def _read(folder: Path, path: str) -> str:
    try:
        return project.read(folder, path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise HandrailError("this page is not UTF-8.", Place(path)) from None


def _unread(one: Project, loaded: Loaded, closing: standing.Closing) -> Iterator[Standing]:
    """A closed standing for each edition whose files cannot be read."""
    read = {(edition.article.slug, edition.locale.tag) for edition in loaded.editions}
    columns = [(one.settings.source.tag, True), *((t.locale.tag, t.published) for t in one.settings.targets)]
    for slug in loaded.slugs:
        for tag, published in columns:
            if (slug, tag) not in read:
                reasons = closing.of(slug, tag)
                yield Standing(slug, tag, 0, 0, 0, 0, 0, published=published, open=False, reasons=reasons)
