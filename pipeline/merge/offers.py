"""What an earlier message offers a new one: the same source, a near one, or parts put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from pipeline.merge.parts import Parts, Proposal
from pipeline.merge.similar import FEW, FEW_FOR_ALL, Likenesses, Near, Sources
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

        self._sources = tuple(dict.fromkeys(message.key.source for message in template.messages))
        self._search: Sources | None = None
        self._found: dict[str, tuple[tuple[str, float], ...]] = {}

    def used(self, source: str) -> Iterable[tuple[str, float]]:
        """... and to messages that are in the template still: what is near this source, and how near."""
        if source not in self._found:
            self._search = self._search or Sources(self._sources, FEW_FOR_ALL)
            found = self._search.near(source)
            self._found[source] = tuple((self._sources[near.number], near.likeness) for near in found)
        return self._found[source]


class Held(NamedTuple):
    """Messages with a text, which may be made only when somebody asks for one."""

    keys: Sequence[Key]
    message: Callable[[int], Message]
    """The message of the key in this place."""


class Offers:
    """The messages of a catalog whose text may serve for another source: those that left the article come first."""

    def __init__(self, left: Sequence[Message], used: Held, locale: str, kinship: Kinship) -> None:
        """Messages with a text: those that left the article, and those that are in ``used`` still."""
        self._left = _Pool(Held([message.key for message in left], left.__getitem__), _among(left, kinship.left))
        self._used = _Pool(used, kinship.used)
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


def _among(messages: Sequence[Message], likenesses: Likenesses) -> _Search:
    """Compares with each of a few; among many, with those that share rare words."""
    sources = [message.key.source for message in messages]
    if len(sources) <= FEW:
        likenesses.add(sources)
        return lambda source: likenesses.near(source).items()
    search = Sources(sources)
    return lambda source: ((sources[near.number], near.likeness) for near in search.near(source))


class _Pool:
    """Messages that can be searched by source, in one context or in all."""

    def __init__(self, held: Held, search: _Search) -> None:
        """``search`` may find sources that no message here has."""
        self._held = held
        self._search = search

    @cached_property
    def _by_source(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, key in enumerate(self._held.keys):
            found.setdefault(key.source, []).append(number)
        return found

    def same(self, source: str) -> Message | None:
        """The first message with this very source."""
        found = self._by_source.get(source)
        return self._held.message(found[0]) if found else None

    def near(self, key: Key) -> tuple[Message, float] | None:
        """The message with the likest source, in this context or else in any, and how like it is."""
        found = [
            Near(number, likeness)
            for source, likeness in self._search(key.source)
            for number in self._by_source.get(source, ())
        ]
        here = [near for near in found if self._held.keys[near.number].context == key.context]
        if not found:
            return None
        best = max(here or found, key=lambda near: (near.likeness, -near.number))
        return self._held.message(best.number), best.likeness


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
