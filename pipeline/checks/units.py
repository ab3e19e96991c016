"""An edition taken apart into what the rules about messages look at.

The gate walks articles by itself and does not borrow the walk of extraction: it is there to notice when that one is
wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline import inline, placeables
from pipeline.errors import MarkupError
from pipeline.identity import Same
from pipeline.model import Article, Catalog, Edition, Element, Key, Message, Node, Place, Segment, Variable
from pipeline.placeables import Placeable


class Unit(NamedTuple):
    """A message, the place in the article that needs it, and the edition that both belong to.

    A tuple, because one is made for each message of each catalog, and Python makes tuples without running code of ours.
    """

    edition: Edition
    message: Message
    """An empty one where the catalog has none."""

    segment: Segment | None
    """The first that shows the message; None for the theme's own words."""

    safety: tuple[str, ...]
    """The safety ids of all places that show it; empty for ordinary text."""

    place: Place
    """Of the message in its catalog."""

    source_place: Place
    """Of its source in the article."""

    source: str
    """Visible text of the source, variables as ``{name}``."""

    target: str
    """Visible text of the target; the target as written where its markup is broken."""

    broken: str = ""
    """What is wrong with the target's markup, if anything is."""

    @property
    def is_source(self) -> bool:
        """Whether source and target are the same language by intent."""
        return self.edition.locale.tag == self.edition.source_locale.tag


def spans(text: str) -> tuple[Placeable, ...]:
    """The placeables of a text."""
    return placeables.find(text)


@lru_cache(maxsize=16384)
def marks(text: str) -> tuple[tuple[str, str], ...]:
    """The variables, addresses and code of a text, in order and each with its kind before it."""
    found = placeables.markup(text)
    return tuple([(one.kind, one.text) for one in found if one.kind != "tag"]) if found else ()


@lru_cache(maxsize=16384)
def values(text: str) -> frozenset[Decimal]:
    """The numbers of a text by value, without signs."""
    return frozenset(abs(value) for value in placeables.numbers(text))


def segments(nodes: Iterable[Node]) -> Iterator[Segment]:
    """All segments in reading order, those of attributes included."""
    for node in nodes:
        match node:
            case Segment():
                yield node
                yield from segments(node.content)
            case Element():
                yield from (value for _, value in node.attrs if isinstance(value, Segment))
                yield from segments(node.children)
            case _:
                pass


def article_segments(article: Article) -> tuple[Segment, ...]:
    """Title, description, fields, and the segments of the body and the head."""
    return _segments_of(Same(article))


@lru_cache(maxsize=64)
def _segments_of(article: Same[Article]) -> tuple[Segment, ...]:
    return tuple(walked(article.value))


def walked(article: Article) -> Iterator[Segment]:
    """As :func:`article_segments`, one after another."""
    yield article.title
    if article.description:
        yield article.description
    yield from segments(article.fields)
    yield from segments(article.body)
    yield from segments(article.head)


def units(edition: Edition) -> tuple[Unit, ...]:
    """One for each message of the article, in reading order, then one for each of the theme's words."""
    return (*article_units(edition), *theme_units(edition))


def article_units(edition: Edition) -> tuple[Unit, ...]:
    """One for each message of the article, in reading order."""
    uses: dict[Key, list[Segment]] = {}
    for segment in article_segments(edition.article):
        uses.setdefault(segment.key, []).append(segment)
    messages = edition.catalog.index()
    return tuple(_unit(edition, messages.get(key) or Message(key), same, edition.catalog) for key, same in uses.items())


def theme_units(edition: Edition) -> tuple[Unit, ...]:
    """One for each of the theme's words, and for each of its plural forms."""
    nowhere = Place(edition.article.path)  # every page may show them
    return tuple(
        Unit(edition, form, None, (), _place(message, edition.interface), nowhere, source, form.target)
        for message in edition.interface.messages
        if not message.obsolete
        for source, form in forms(message)
    )


def forms(message: Message) -> Iterator[tuple[str, Message]]:
    """A message for each of its plural forms, with the source form that it belongs to."""
    for position, target in enumerate(message.targets):
        source = message.source_plural if position and message.source_plural else message.key.source
        yield source, replace(message, targets=(target,))


def _unit(edition: Edition, message: Message, same: list[Segment], catalog: Catalog) -> Unit:
    first = same[0]
    safety = tuple(dict.fromkeys(segment.safety for segment in same if segment.safety))
    target, broken = message.target, ""
    if target.strip():
        try:
            target = inline.plain(inline.conform(inline.parse(target), first.content))
        except MarkupError as error:
            broken = error.message
    source = inline.plain(first.content)
    return Unit(edition, message, first, safety, _place(message, catalog), first.place, source, target, broken)


def _place(message: Message, catalog: Catalog) -> Place:
    return Place(catalog.path, message.line)


def variables(nodes: Iterable[Node]) -> Iterator[Variable]:
    """All variables in reading order."""
    for node in nodes:
        match node:
            case Variable():
                yield node
            case Segment():
                yield from variables(node.content)
            case Element():
                yield from variables(node.children)
            case _:
                pass
