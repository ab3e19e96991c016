"""Findings about what comes before and after rules: files that cannot be read, pages that do not render."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.rules import Fault, Rule
from pipeline.errors import HandrailError
from pipeline.model import Edition, Finding, Place, Severity


def _unreadable(error: HandrailError) -> Iterator[Fault]:
    """A file that the page needs is missing or cannot be read.

    Nothing is known about what the page would say, so nothing is published. Other pages are not concerned.
    """
    yield Fault(error.message, "Mend the file; until then nothing that needs it goes out.", error.place)


def _not_rendered(error: HandrailError) -> Iterator[Fault]:
    """The page cannot be rendered.

    A template, a link or a registry entry stands in its way. No half of a page goes out.
    """
    yield Fault(error.message, "Mend what the sentence names; until then the page is withheld.", error.place)


def _unfinished(reason: str) -> Iterator[Fault]:
    """The process that worked on the page was lost, twice.

    Nobody knows what is wrong with the page, so it does not go out, and the command ends with an error.
    """
    yield Fault(f"Nobody could finish this page: {reason}.", "See what ended the process (memory?), and build again.")


def _missing_page(path: str) -> Iterator[Fault]:
    """A page that the project publishes is not in the folder that was verified.

    Its readers have another page in another language, or none. Only a page whose gate is closed may be missing.
    """
    yield Fault(f"The page {path} is missing or cannot be read.", "Make it, or say where it is with --layout.")


def _page_of_draft(path: str) -> Iterator[Fault]:
    """A page stands in the folder that must not be published.

    Its locale is not published by the project, or its gate is closed: nobody vouches for what it says.
    """
    yield Fault(f"The page {path} must not be published.", "Remove it until its gate is open and its locale published.")


def _stale(what: str) -> Iterator[Fault]:
    """A baseline or a suppression lets something pass that is no longer there.

    What it was made for is mended. Left in place, it would let the same fault back in unseen.
    """
    yield Fault(f"{what} lets nothing pass any more.", "Write the baseline anew, or remove the suppression.")


UNREADABLE = Rule("gate/unreadable", Severity.ERROR, "rule", _unreadable, (), ())
NOT_RENDERED = Rule("gate/not-rendered", Severity.ERROR, "rule", _not_rendered, (), ())
UNFINISHED = Rule("gate/unfinished", Severity.ERROR, "rule", _unfinished, (), ())
MISSING_PAGE = Rule("page/missing", Severity.ERROR, "rule", _missing_page, (), ())
PAGE_OF_DRAFT = Rule("page/not-withheld", Severity.ERROR, "rule", _page_of_draft, (), ())
STALE = Rule("debt/stale", Severity.WARNING, "rule", _stale, (), ())


def unreadable(error: HandrailError, article: str, locale: str) -> Finding:
    """The finding that a file cannot be read; an empty article or locale stands for all of them."""
    (fault,) = _unreadable(error)
    return Finding(UNREADABLE.id, UNREADABLE.severity, fault.text, fault.advice, article, locale, fault.place)


def not_rendered(error: HandrailError, edition: Edition) -> Finding:
    """The finding that an edition has no page."""
    (fault,) = _not_rendered(error)
    place = fault.place or Place(edition.catalog.path)
    article, locale = edition.article.slug, edition.locale.tag
    return Finding(NOT_RENDERED.id, NOT_RENDERED.severity, fault.text, fault.advice, article, locale, place)


def unfinished(reason: str, article: str, locale: str, place: Place) -> Finding:
    """The finding that an edition was never finished, because its worker was lost."""
    (fault,) = _unfinished(reason)
    return Finding(UNFINISHED.id, UNFINISHED.severity, fault.text, fault.advice, article, locale, place)


def missing_page(path: str, edition: Edition) -> Finding:
    """The finding that a folder lacks the page of an edition."""
    (fault,) = _missing_page(path)
    return _of_page(MISSING_PAGE, fault, edition)


def page_of_draft(path: str, edition: Edition) -> Finding:
    """The finding that a folder holds the page of an edition that must not go out."""
    (fault,) = _page_of_draft(path)
    return _of_page(PAGE_OF_DRAFT, fault, edition)


def stale(what: str, article: str, locale: str, place: Place) -> Finding:
    """The finding that a baseline entry or a suppression is of no use any more."""
    (fault,) = _stale(what)
    return Finding(STALE.id, STALE.severity, fault.text, fault.advice, article, locale, place)


def _of_page(rule: Rule[str], fault: Fault, edition: Edition) -> Finding:
    source = Place(edition.article.path)
    article, locale = edition.article.slug, edition.locale.tag
    return Finding(
        rule.id, rule.severity, fault.text, fault.advice, article, locale, Place(edition.catalog.path), source
    )
