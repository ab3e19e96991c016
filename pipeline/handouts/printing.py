"""From published pages to PDF, and what reading it back finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import browser, helplines, project, render
from pipeline.browser import Sight
from pipeline.checks.expected import expected
from pipeline.errors import HandrailError
from pipeline.handouts.reading import stands_in, texts_of
from pipeline.model import NO_LINE, Edition, Finding, Locale, Place, Severity
from pipeline.project import Project

_LETTER = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})
"""Regions that print on US Letter, by CLDR's measurement data; all others on A4."""


@dataclass(frozen=True, slots=True)
class Handout:
    """A page on paper; only one without findings may go out."""

    article: str
    locale: str
    data: bytes
    findings: tuple[Finding, ...]


def paper_of(locale: Locale) -> str:
    """The paper that printers of the locale's region hold: ``A4`` or ``Letter``."""
    return "Letter" if locale.region in _LETTER else "A4"


def print_pages(one: Project, pages: Sequence[tuple[Edition, str]], papers: Mapping[str, str]) -> Iterator[Handout]:
    """Print (edition, HTML of its page) of pages whose gate is open; ``papers``: tag -> ``A4`` or ``Letter``.

    Raises UsageError where Chromium or poppler is missing, HandrailError where a picture cannot be read.
    """
    with TemporaryDirectory(prefix="handrail-") as name, browser.printer() as print_:
        for edition, html in pages:
            assert edition.published, "a preview is no hand-out"
            slug, tag = edition.article.slug, edition.locale.tag
            file = Path(name, tag, slug, "index.html")
            file.parent.mkdir(parents=True)
            file.write_text(html, encoding="utf-8")
            _put_pictures(one, edition, Path(name))
            data, sight = print_(file, f"{one.settings.url}/{tag}/{slug}/index.html", papers[tag])
            yield Handout(slug, tag, data, tuple(_faults(data, sight, edition)))


def _put_pictures(one: Project, edition: Edition, folder: Path) -> None:
    for name in render.assets(edition.article):
        file = folder / "assets" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(project.read(one.root, f"{project.ARTICLES}/{name}"))


def _faults(data: bytes, sight: Sight, edition: Edition) -> Iterator[Finding]:
    """What a reader of the paper would miss."""
    yield from (_about(finding, edition) for finding in browser.judged(sight, "the hand-out"))
    try:
        texts = texts_of(data, edition.locale.direction)
    except HandrailError as error:
        yield _finding("print/unreadable", error.message, edition)
        return
    for item in expected(edition):
        if not stands_in(item.text, texts):
            what = f"safety text “{item.segment.safety}”" if item.segment.safety else f"text “{item.text[:60]}”"
            yield _finding("print/text-missing", f"The {what} cannot be read in the PDF.", edition, item.segment.place)
    for number in _numbers(edition):
        if not stands_in(number, texts):
            yield _finding("print/number-missing", f"The number {number} cannot be read in the PDF.", edition)


def _numbers(edition: Edition) -> Iterator[str]:
    """Every contact of the lines that the locale's region shows, as the operator prints it."""
    declared = helplines.roles(edition.registry, edition.locale.region, edition.locale.language)
    for role in (role for role, line in declared.items() if line != NO_LINE):
        line = helplines.resolve(edition.registry, edition.locale, role)
        yield from (contact.display for contact in line.contacts) if line else ()


def _finding(rule: str, text: str, edition: Edition, place: Place | None = None) -> Finding:
    advice = "Look at the PDF of the page, and at the theme’s rules for print."
    return Finding(
        rule, Severity.ERROR, text, advice, edition.article.slug, edition.locale.tag, place, source_place=place
    )


def _about(finding: Finding, edition: Edition) -> Finding:
    return Finding(
        finding.rule, finding.severity, finding.text, finding.advice, edition.article.slug, edition.locale.tag,
        Place(edition.article.path),
    )  # fmt: skip
