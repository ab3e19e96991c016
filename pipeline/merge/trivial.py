"""Source edits that a person declares trivial: a typo, punctuation, a link. Their translations stay accepted.

The declaration is trusted only as far as a machine can see that it may be true. Safety text, another number, unit,
negation or variable, and more than a word in ten are refused, each with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from pipeline import inline, placeables
from pipeline.errors import MarkupError
from pipeline.merge.danger import differences, words_alone
from pipeline.merge.similar import Sources, likeness
from pipeline.model import Catalog, Key, Message, State
from pipeline.remarks import without_explanations

SHARE = 10
"""One word in so many may differ, and one in any text of that length or less."""

_FEW = 5
"""In a text of fewer words than this one word is much of it, so it has to be the same word, misspelt."""

_MISSPELT = 0.7
"""Least likeness of a misspelt word: ``recieve`` is 0.86 like ``receive``, and ``inhale`` 0.67 like ``exhale``."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Kept:
    """A translation that stays accepted for the edited source."""

    message: Message
    """As it now is."""

    before: Key


@dataclass(frozen=True, slots=True)
class Declined:
    """A changed message that stays to be looked at."""

    key: Key
    reason: str
    """Goes on after "is not kept: "."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A catalog with the declared edits in it, still to be merged with its template."""

    catalog: Catalog
    kept: tuple[Kept, ...]
    declined: tuple[Declined, ...]


def declare(catalog: Catalog, template: Catalog, safety: frozenset[Key], parts: Collection[str]) -> Declared:
    """The catalog in which the messages that changed keep their accepted translation, where that may be trivial.

    ``parts``: only messages whose new source holds one of these texts; none given means all that changed. A message
    changed if the template is new to the catalog there and something like it has left, or if an earlier update
    offered it the text of an obsolete one. The earlier message stays, obsolete, for the day its source returns.
    """
    kept: list[Kept] = []
    declined: list[Declined] = []
    for message, before in _changed(catalog, template):
        if parts and not any(part in message.key.source for part in parts):
            continue
        reason = _objection(before, message, safety)
        if reason:
            declined.append(Declined(message.key, reason))
        else:
            kept.append(Kept(_moved(before, message, catalog), before.key))
    new = {one.message.key: one.message for one in kept}
    there = [new.pop(message.key, message) for message in catalog.messages]
    return Declared(replace(catalog, messages=(*there, *new.values())), tuple(kept), tuple(declined))


def _changed(catalog: Catalog, template: Catalog) -> Iterator[tuple[Message, Message]]:
    """Each message of the template whose source was edited, and the accepted message that it was before."""
    known = {message.key: message for message in catalog.messages}
    wanted = {message.key for message in template.messages if not message.obsolete}
    accepted = [m for m in catalog.messages if m.key not in wanted and m.state is State.TRANSLATED]
    left = [message for message in accepted if not message.obsolete]
    search = Sources([message.key.source for message in left])
    for message in template.messages:
        here = known.get(message.key)
        if message.obsolete:
            continue
        if here is None:
            found = search.nearest(message.key.source)
            if found and left[found.number].key.context == message.key.context:
                yield message, left[found.number]
        elif here.state is not State.TRANSLATED and here.previous in known and _offered(here, known[here.previous]):
            yield message, known[here.previous]


def _offered(here: Message, before: Message) -> bool:
    """Whether a message has the text of an obsolete one as an update offered it, or was denied it."""
    return (
        before.obsolete
        and before.state is State.TRANSLATED
        and before.key.context == here.key.context
        and here.targets in (before.targets, ("",))
    )


def _objection(before: Message, message: Message, safety: frozenset[Key]) -> str:
    """Why an edit cannot be trivial; empty if it can."""
    from rapidfuzz.distance import Levenshtein

    if message.key in safety or any(note.startswith("safety: ") for note in before.notes):
        return "it is safety text, which is translated and signed off anew after any change"
    if message.source_plural or before.source_plural:
        return "it has plural forms, which a translator has to look at one by one"
    danger = differences(before.key.source, message.key.source)
    if danger:
        return f"the sources differ in what a reader may act on: {'; '.join(danger)}"
    old, new = (_WORD.findall(words_alone(source)) for source in (before.key.source, message.key.source))
    differing = Levenshtein.distance(old, new)
    most = max(len(old), len(new))
    if differing > max(1, most // SHARE):
        return f"{differing} of its {most} words differ, and a trivial edit changes one in {SHARE} at most"
    if most < _FEW and not _is_misspelt(old, new):
        return "in so short a text another word is another meaning"
    try:
        inline.conform(inline.parse(_relinked(before, message)), inline.parse(message.key.source))
    except MarkupError as error:
        return error.message
    return ""


def _is_misspelt(old: list[str], new: list[str]) -> bool:
    """Whether both are the same words, in one of them misspelt."""
    return len(old) == len(new) and all(
        one == other or likeness(one, other) >= _MISSPELT for one, other in zip(old, new, strict=True)
    )


def _moved(before: Message, message: Message, catalog: Catalog) -> Message:
    """The accepted translation under the key of the edited source, with the comments of both."""
    here = next((other.comments for other in catalog.messages if other.key == message.key), ())
    comments = dict.fromkeys((*before.comments, *without_explanations(here)))
    return replace(
        before, key=message.key, targets=(_relinked(before, message),), comments=tuple(comments), obsolete=False
    )


def _relinked(before: Message, message: Message) -> str:
    """The earlier text with the addresses that the source now has, each in the place of the one that it had."""
    text = before.target
    old, new = (_addresses(source) for source in (before.key.source, message.key.source))
    if len(old) != len(new):
        return text
    instead = {one: other for one, other in zip(old, new, strict=True) if one != other}
    pieces, end = [], 0
    for found in placeables.find(text):
        if found.kind == "url" and found.text in instead:
            pieces += [text[end : found.start], instead[found.text]]
            end = found.end
    return "".join([*pieces, text[end:]])


def _addresses(text: str) -> list[str]:
    return [found.text for found in placeables.find(text) if found.kind == "url"]
