"""What an earlier message offers a new one: the same source, a near one, or parts put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pipeline.merge.parts import Parts, Proposal
from pipeline.merge.similar import FEW, FEW_FOR_ALL, Held, Likenesses, Near, Sources
from pipeline.merge.wanted import Wanted
from pipeline.model import Catalog, Key, Message
from pipeline.remarks import OURS, PARTS, explains, is_human


@dataclass(frozen=True, slots=True)
class Offer:
    """A text for a new message."""

    targets: tuple[str, ...]
    origin: Key
    """The source that the text was made for."""

    plural: str = ""
    """The plural of that source."""

    counted: bool = False
    """Whether the targets are plural forms."""

    remarks: tuple[str, ...] = ()
    """What the translator is told of where the text comes from."""


class Kinship:
    """Which sources are like those of a template, found once for all the catalogs that it is merged into.

    What a catalog is offered does not depend on the others, nor on their order.
    """

    def __init__(self, template: Catalog) -> None:
        self.left = Likenesses()
        """To messages that left the article, ..."""

        self.parts = Likenesses()
        """... to their sentences, ..."""

        self._wanted = Wanted(template), template
        self._sources = tuple(dict.fromkeys(message.key.source for message in template.messages))
        self._search: Sources | None = None
        self._found: dict[str, tuple[tuple[str, float], ...]] = {}

    def wanted(self, template: Catalog) -> Wanted:
        """What the template wants, which may have other notes for a catalog than for the one before."""
        if template is not self._wanted[1]:
            self._wanted = Wanted(template), template
        return self._wanted[0]

    def used(self, source: str) -> Iterable[tuple[str, float]]:
        """... and to messages that are in the template still: what is near this source, and how near."""
        if source not in self._found:
            self._search = self._search or Sources(self._sources, FEW_FOR_ALL)
            found = self._search.near(source)
            self._found[source] = tuple((self._sources[near.number], near.likeness) for near in found)
        return self._found[source]


class Offers:
    """The messages of a catalog whose text may serve for another source: those that left the article come first."""

    def __init__(self, left: Held, used: Held, locale: str, kinship: Kinship, wanted: Wanted) -> None:
        """``left``: messages that left the article; ``used``: those that are in it still, among others."""
        by_source = defaultdict[str, list[int]](list)
        for key, place in left.places.items():
            by_source[key.source].append(place)

        def of_used(source: str) -> list[int]:
            places = sorted(used.places[key] for key in wanted.by_source.get(source, ()) if key in used.places)
            return [place for place in places if has_text(used.message(place))]

        self._left = _Pool(lambda source: by_source.get(source, ()), left.message, _among(left, kinship.left))
        self._used = _Pool(of_used, used.message, kinship.used)
        self._parts = Parts(left, locale, kinship.parts)

    def find(self, key: Key) -> Offer | None:
        """The likest: the same source, else a near one or its parts, in its context if possible; None if none is."""
        for pool in (self._left, self._used):
            if same := pool.same(key.source):
                return _of_message(same)
        near = self._left.near(key)
        parts = self._parts.propose(key)
        if parts and (near is None or parts.likeness > near[1]):
            return _of_parts(parts, key)
        near = near or self._used.near(key)
        return _of_message(near[0]) if near else None


_Search: TypeAlias = Callable[[str], Iterable[tuple[str, float]]]
"""What is near a source, and how near."""


def _among(left: Held, likenesses: Likenesses) -> _Search:
    """Compares with each of a few; among many, with those that share rare words."""
    sources = [key.source for key in left.places]
    if len(sources) <= FEW:
        likenesses.add(sources)
        return lambda source: likenesses.near(source).items()
    search = Sources(sources)
    return lambda source: ((sources[near.number], near.likeness) for near in search.near(source))


class _Pool(NamedTuple):
    """Messages that can be searched by source, in one context or in all."""

    of: Callable[[str], Sequence[int]]
    """The places of those with this very source, in their order."""

    message: Callable[[int], Message]
    search: _Search
    """It may find sources that no message here has."""

    def same(self, source: str) -> Message | None:
        """The first message with this very source."""
        found = self.of(source)
        return self.message(found[0]) if found else None

    def near(self, key: Key) -> tuple[Message, float] | None:
        """The message with the likest source, in this context or else in any, and how like it is."""
        found = [Near(place, likeness) for source, likeness in self.search(key.source) for place in self.of(source)]
        if not found:
            return None
        here = [near for near in found if self.message(near.number).key.context == key.context]
        best = max(here or found, key=lambda near: (near.likeness, -near.number))
        return self.message(best.number), best.likeness


def has_text(message: Message) -> bool:
    """Whether anything is written in any of its texts."""
    return any(target.strip() for target in message.targets)


def _of_message(message: Message) -> Offer:
    """Its text, and what it was made for; remarks about another difference stay behind."""
    made_elsewhere = tuple(
        comment
        for comment in message.comments
        if comment.startswith(OURS) and not is_human(comment) and (not explains(comment) or comment.startswith(PARTS))
    )
    counted = bool(message.source_plural)
    if message.fuzzy and message.previous:
        return Offer(message.targets, message.previous, message.previous_plural, counted, made_elsewhere)
    return Offer(message.targets, message.key, message.source_plural, counted, made_elsewhere)


def _of_parts(parts: Proposal, key: Key) -> Offer:
    return Offer((parts.target,), Key(parts.source, key.context), remarks=(parts.remark,))
