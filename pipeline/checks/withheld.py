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


UNREADABLE = Rule("gate/unreadable", Severity.ERROR, "rule", _unreadable, (), ())
NOT_RENDERED = Rule("gate/not-rendered", Severity.ERROR, "rule", _not_rendered, (), ())


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
