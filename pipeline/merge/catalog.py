"""The merge itself: each message of the template in turn, then what is left over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.merge.danger import differences
from pipeline.merge.similar import Sources
from pipeline.model import Catalog, Key, Message, State

_OURS = "handrail: "
_DANGER = f"{_OURS}the earlier text is not offered, because the two sources differ: "
_FORMS = re.compile(r"nplurals\s*=\s*(\d)\b")


def merge(catalog: Catalog, template: Catalog, safety: frozenset[Key]) -> Catalog:
    """The catalog with the template's messages in the template's order, obsolete ones last.

    A message whose key the catalog knows, obsolete or not, keeps text, state and comments. A new one
    is offered, as fuzzy, the text of the same source in another context or else of a near source;
    where the two differ dangerously it only gets `previous` and a comment that says in what, and a
    message of `safety` only `previous`.
    """
    known = {message.key: message for message in catalog.messages}
    wanted = tuple(message for message in template.messages if not message.obsolete)
    keys = frozenset(message.key for message in wanted)
    forms = _plural_forms(catalog)
    offers = _Offers(catalog.messages, keys)
    current = (
        _updated(known[message.key], message, forms)
        if message.key in known
        else _new(message, offers.find(message.key), forms, safety)
        for message in wanted
    )
    left = (_retired(message) for message in catalog.messages if message.key not in keys and _has_words(message))
    return replace(catalog, messages=(*current, *left))


class _Offers:
    """The messages whose text may serve for another source: those that left the article come first."""

    def __init__(self, messages: Sequence[Message], wanted: frozenset[Key]) -> None:
        texts = [message for message in messages if _has_text(message)]
        vanished = [message for message in texts if message.key not in wanted]
        used = [message for message in texts if message.key in wanted]
        self._ranks = (_Pool(vanished), _Pool(used))

    def find(self, key: Key) -> Message | None:
        """The message nearest to this key: the same source first, then a near one, in its context if possible."""
        for pool in self._ranks:
            if same := pool.same(key.source):
                return same
        for pool in self._ranks:
            if near := pool.near(key.source, key.context) or pool.near(key.source, None):
                return near
        return None


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

    def near(self, source: str, context: str | None) -> Message | None:
        """The message with the likest source in this context; None means any context."""
        messages = self._by_context.get(context)
        if not messages:
            return None
        if context not in self._searches:
            self._searches[context] = Sources([message.key.source for message in messages])
        number = self._searches[context].nearest(source)
        return None if number is None else messages[number]


def _updated(old: Message, new: Message, forms: int) -> Message:
    """A message that stays: its text and comments, and the template's view of the source."""
    merged = replace(
        old,
        source_plural=new.source_plural,
        obsolete=False,
        flags=_flags(old, new),
        notes=new.notes,
        references=new.references,
    )
    if old.source_plural != new.source_plural:
        merged = _with_other_plural(merged, old, forms)
    if merged.state is State.TRANSLATED:
        comments = tuple(comment for comment in merged.comments if not comment.startswith(_DANGER))
        merged = replace(merged, previous=None, previous_plural="", comments=comments)
    return merged


def _with_other_plural(merged: Message, old: Message, forms: int) -> Message:
    """Its text as fuzzy; forms for which there is no room any more go into comments."""
    targets = _fitted(old, merged.source_plural, forms)
    lost = tuple(
        f"{_OURS}plural form {number}: {line}"
        for number, text in enumerate(old.targets)
        if number >= len(targets) and text.strip()
        for line in text.split("\n")
    )
    merged = replace(merged, targets=targets, comments=(*merged.comments, *lost))
    if not _has_text(old):
        return merged
    return replace(merged, fuzzy=True, previous=old.key, previous_plural=old.source_plural)


def _new(message: Message, offer: Message | None, forms: int, safety: frozenset[Key]) -> Message:
    """A message that the catalog did not have, with what an offer may give it."""
    blank = replace(message, targets=("",) * (forms if message.source_plural else 1), fuzzy=False)
    if offer is None:
        return blank
    origin, plural = offer.key, offer.source_plural
    if offer.fuzzy and offer.previous:
        origin, plural = offer.previous, offer.previous_plural
    blank = replace(blank, previous=origin, previous_plural=plural)
    if message.key in safety:
        return blank
    danger = differences(origin.source, message.key.source)
    if danger:
        return replace(blank, comments=(*blank.comments, _DANGER + "; ".join(danger)))
    ours = tuple(comment for comment in offer.comments if comment.startswith(_OURS))
    targets = _fitted(offer, message.source_plural, forms)
    return replace(blank, targets=targets, fuzzy=True, comments=(*blank.comments, *ours))


def _retired(message: Message) -> Message:
    """Obsolete, without what was made anew from a source that is no more."""
    return message if message.obsolete else replace(message, obsolete=True, notes=(), references=())


def _fitted(message: Message, source_plural: str, forms: int) -> tuple[str, ...]:
    """Its targets, as many as a message with or without a plural holds."""
    if bool(message.source_plural) == bool(source_plural):
        return message.targets
    return (message.target, *("",) * (forms - 1)) if source_plural else (message.target,)


def _flags(old: Message, new: Message) -> tuple[str, ...]:
    """The translator's flags, and of formats those that the template sets."""
    kept = [flag for flag in old.flags if flag in new.flags or not flag.endswith("-format")]
    return (*kept, *(flag for flag in new.flags if flag not in kept))


def _plural_forms(catalog: Catalog) -> int:
    """How many texts a message with a plural has in this locale; two where the header does not say."""
    found = _FORMS.search(dict(catalog.header).get("Plural-Forms", ""))
    return max(1, int(found[1])) if found else 2


def _has_text(message: Message) -> bool:
    return any(target.strip() for target in message.targets)


def _has_words(message: Message) -> bool:
    """Whether a person wrote something in it: a text or a comment."""
    return _has_text(message) or any(not comment.startswith(_OURS) for comment in message.comments)
