"""Everything that a page may say: the article's texts, the theme's translated words, and the registry's facts.

What is left of a page when all of this is taken away was written by nobody whom the gate knows: in no catalog, in one
language, under no sign-off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pipeline import helplines, locales
from pipeline.checks.expected import Expected, expected_texts, plain_texts
from pipeline.checks.squeezing import pattern, squeezed
from pipeline.model import Edition, Element, Helpline, Node, Segment, State

_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")
_ADDRESS = re.compile(
    r"(?i:(?:https?://|www\.|mailto:|doi:|\.{1,2}/)[!-'*-;=?-Z^-~]+)|[a-zA-Z0-9.+-]{1,64}@[a-zA-Z0-9.-]{3,255}"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,3}(?:com|org|net|info|gov|int|edu|eu|example|health|care|chat|[a-z]{2})\b"
    r"(?:/[!-'*-;=?-Z^-~]*)?"
)
"""Addresses of the web and of mail, which are in no language; a bracket or a letter beyond ASCII ends them."""

_GONE = "\0"


def known_texts(edition: Edition, expected: Iterable[Expected]) -> frozenset[str]:
    """Each text that the page may show, squeezed and without addresses."""
    texts = (*(item.text for item in expected), *_texts(edition))
    return frozenset(filter(None, (squeezed(_ADDRESS.sub(" ", text)) for text in texts)))


def strange(text: str, expected: Iterable[Expected], known: Iterable[str]) -> tuple[str, ...]:
    """What a text of the page says besides what is known: stretches of two letters and more, squeezed."""
    found = leftovers(text, expected, known)
    return tuple(part for part in found if sum(char.isalpha() for char in part) > 1)


def leftovers(text: str, expected: Iterable[Expected], known: Iterable[str]) -> tuple[str, ...]:
    """What is left of a text of the page when all that is known is taken away, squeezed.

    The longest goes first: a short text may be a part of a longer one.
    """
    left = squeezed(_ADDRESS.sub(" ", text))
    texts: list[tuple[int, str | re.Pattern[str]]] = [(len(one), one) for one in known if len(one) > 1]
    texts += [(len(item.text), _seamed(item)) for item in expected if item.seamed != item.text]
    for _, one in sorted(texts, key=lambda pair: pair[0], reverse=True):
        left = left.replace(one, _GONE) if isinstance(one, str) else one.sub(_GONE, left)
    return tuple(filter(None, left.split(_GONE)))


def _seamed(item: Expected) -> re.Pattern[str]:
    return pattern(replace(item, seamed=_ADDRESS.sub(" ", item.seamed)))


def _texts(edition: Edition) -> Iterator[str]:
    article = edition.article
    told = [*([article.description] if article.description else []), *_attributes((*article.body, *article.head))]
    yield from expected_texts(told, edition)
    yield from plain_texts(article.body)
    yield from words(edition)
    yield from _dates(edition)
    roles = helplines.roles(edition.registry, edition.locale.region, edition.locale.language)
    for id in set(roles.values()) & edition.registry.helplines.keys():
        yield from facts(edition.registry.helplines[id], edition)
    yield locales.language_name(edition.source_locale.language, edition.locale)
    for region in {edition.locale.region, *edition.registry.roles} - {""}:
        yield locales.region_name(region, edition.locale)


def words(edition: Edition) -> Iterator[str]:
    """The theme's own words in the page's language; the source's where nobody has translated them."""
    for message in edition.interface.messages:
        if message.obsolete:
            continue
        done = message.state is State.TRANSLATED
        for text in message.targets if done else (message.key.source, message.source_plural):
            yield from (part.replace("%%", "%") for part in _PLACEHOLDER.split(text))


def facts(line: Helpline, edition: Edition) -> Iterator[str]:
    """What the registry says of a line, in the words of a page."""
    locale = edition.locale
    yield helplines.name_in(line, locale)[0]
    for contact in line.contacts:
        yield contact.display
    for hours in (line.hours, *(contact.hours for contact in line.contacts)):
        yield hours
        yield helplines.hours_in(hours, locale)
    for spoken in (line.languages, *(contact.languages for contact in line.contacts)):
        yield locales.list_of([locales.language_name(one, locale) for one in spoken], locale) if spoken else ""
    if line.verified:
        yield locales.format_date(line.verified.date, locale)


def _attributes(nodes: Iterable[Node]) -> Iterator[Segment]:
    """The texts of attributes, such as the words for a picture."""
    for node in nodes:
        if isinstance(node, Element):
            yield from (value for _, value in node.attrs if isinstance(value, Segment))
            yield from _attributes(node.children)
        elif isinstance(node, Segment):
            yield from _attributes(node.content)


def _dates(edition: Edition) -> Iterator[str]:
    revised = dict(edition.catalog.header).get("PO-Revision-Date", "")[:10]
    for value in (revised, *(value for _, value in edition.article.meta)):
        try:
            yield locales.format_date(date.fromisoformat(value), edition.locale)
        except ValueError:
            yield value
