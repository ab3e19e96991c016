"""What is wrong with the theme's words in a locale: worked out once, and said of each page that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from pipeline.checks import runner
from pipeline.checks.rules import Rule
from pipeline.checks.units import Unit, theme_units
from pipeline.identity import Same
from pipeline.model import Article, Catalog, Edition, Finding, Key, Locale, Place, Policy, Registry, Segment, Term

_NO_ARTICLE = Article("", "", "", Segment(Key(""), (), "title", Place("")), None, (), ())

Rules: TypeAlias = tuple[Rule[Unit], ...]


def findings(edition: Edition, always: Rules, of_texts: Rules) -> Iterator[Finding]:
    """What rules find about the theme's words, for the page of an edition; see :func:`runner.judge`."""
    about = (edition.locale, edition.source_locale, edition.terms, edition.published, edition.today)
    for finding in _found(Same(edition.interface), *about, Same(always), Same(of_texts)):
        yield finding._replace(article=edition.article.slug, source_place=Place(edition.article.path))


@lru_cache(maxsize=256)
def _found(
    interface: Same[Catalog],
    locale: Locale,
    source_locale: Locale,
    terms: tuple[Term, ...],
    published: bool,
    today: date,
    always: Same[Rules],
    of_texts: Same[Rules],
) -> tuple[Finding, ...]:
    """The same for every article: there is none here, nor anything else that could tell one from another."""
    edition = Edition(
        article=_NO_ARTICLE,
        catalog=Catalog(""),
        locale=locale,
        source_locale=source_locale,
        interface=interface.value,
        registry=Registry({}, {}),
        signoffs=(),
        terms=terms,
        policy=Policy(),
        published=published,
        today=today,
    )
    return tuple(runner.judge(always.value, of_texts.value)(theme_units(edition)))
