"""What an earlier message offers a new one: the same source, a near one, or parts put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.merge.parts import Parts, Proposal
from pipeline.merge.similar import Near, Sources
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


class Offers:
    """The messages of a catalog whose text may serve for another source: those that left the article come first."""

    def __init__(self, catalog: Catalog, wanted: frozenset[Key]) -> None:
        texts = [message for message in catalog.messages if any(target.strip() for target in message.targets)]
        left = [message for message in texts if message.key not in wanted]
        self._left = _Pool(left)
        self._used = _Pool([message for message in texts if message.key in wanted])
        self._parts = Parts(left, catalog.locale)

    def find(self, key: Key) -> Offer | None:
        """The likest: the same source, else a near one or its parts, in its context if possible; None if none is."""
        for pool in (self._left, self._used):
            if same := pool.same(key.source):
                return _of_message(same)
        near = self._left.near(key)
        parts = self._parts.propose(key)
        if parts and (near is None or parts.likeness > near[1].likeness):
            return _of_parts(parts, key)
        near = near or self._used.near(key)
        return _of_message(near[0]) if near else None


class _Pool:
    """Messages that can be searched by source, in one context or in all."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._by_source: dict[str, Message] = {}
        self._by_context: dict[str | None, list[Message]] = defaultdict(list)
        self._searches: dict[str | None, Sources] = {}
        for message in messages:
            self._by_source.setdefault(message.key.source, message)
            self._by_context[message.key.context].append(message)
            self._by_context[None].append(message)

    def same(self, source: str) -> Message | None:
        """The first message with this very source."""
        return self._by_source.get(source)

    def near(self, key: Key) -> tuple[Message, Near] | None:
        """The message with the likest source, in this context or else in any."""
        for context in (key.context, None):
            messages = self._by_context.get(context, ())
            if context is None and len(messages) == len(self._by_context.get(key.context, ())):
                break  # there is no other context
            if context not in self._searches:
                self._searches[context] = Sources([message.key.source for message in messages])
            found = self._searches[context].nearest(key.source)
            if found:
                return messages[found.number], found
        return None


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
