"""What is wrong with the theme's words in a locale: worked out once, and said of each article's page that shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from pipeline.checks.units import Unit, theme_units
from pipeline.model import Article, Catalog, Edition, Finding, Key, Place, Policy, Registry, Segment

_NO_ARTICLE = Article("", "", "", Segment(Key(""), (), "title", Place("")), None, (), ())

Judge = Callable[[Unit], Iterable[Finding]]


class _Words:
    """The theme's words of an edition, and all else that a finding about them depends on; the catalog by identity."""

    def __init__(self, edition: Edition) -> None:
        # Without the rest of the edition, so that nothing can depend on what is not compared below.
        self.edition = replace(
            edition, article=_NO_ARTICLE, catalog=Catalog(""), registry=Registry({}, {}), signoffs=(), policy=Policy()
        )
        self.parts = (edition.locale, edition.source_locale, edition.terms, edition.published, edition.today)

    def __hash__(self) -> int:
        return hash((id(self.edition.interface), self.edition.locale.tag))

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, _Words) and self.edition.interface is other.edition.interface
        return same and isinstance(other, _Words) and self.parts == other.parts


def findings(edition: Edition, judge: Judge) -> Iterable[Finding]:
    """What is found about the theme's words, for the page of an edition."""
    article, place = edition.article.slug, Place(edition.article.path)
    for finding in _found(_Words(edition), judge):
        yield replace(finding, article=article, source_place=place)


@lru_cache(maxsize=256)
def _found(words: _Words, judge: Judge) -> tuple[Finding, ...]:
    return tuple(finding for unit in theme_units(words.edition) for finding in judge(unit))
