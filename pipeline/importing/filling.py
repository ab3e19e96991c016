"""Aligned pairs -> the empty messages of a catalog. What a person wrote there stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pipeline.importing.aligning import Alignment, Pair
from pipeline.importing.blocks import Remark, shown
from pipeline.model import Catalog, Key, Message, Segment, State

__all__ = ["ORIGIN", "Filled", "fill", "trustworthy"]

ORIGIN = "handrail: aligned from "
"""How the comment line begins that says which file a text was taken from."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A catalog with the texts of a translation, and the account of them."""

    catalog: Catalog
    fuzzy: int
    accepted: int
    kept: int
    """Messages that had a text already."""

    remarks: tuple[Remark, ...]
    """What found no place, with the line in the translation; what has no translation, with the line before it."""


def trustworthy(alignment: Alignment, safety: frozenset[Key]) -> frozenset[Key]:
    """The keys whose pair may be accepted unseen by whoever trusts the translation: none unless both articles
    have the same kinds of texts in the same order, and never a safety message."""
    if not alignment.identical:
        return frozenset()
    return frozenset(
        pair.source[0].key
        for pair in alignment.pairs
        if pair.same and pair.source[0].key not in safety and not _is_left(pair.source[0], pair.target[0].key.source)
    )


def fill(catalog: Catalog, alignment: Alignment, path: str, accepted: frozenset[Key], glue: str) -> Filled:
    """Write the texts of a translation into untranslated messages: fuzzy, unless their key is in ``accepted``.

    ``path`` is the file of the translation and ``glue`` what stands between two of its texts that make one.
    """
    texts, remarks = _texts(alignment, glue)
    origin = ORIGIN + " ".join(PurePosixPath(path).name.split())
    messages: list[Message] = []
    counts = {"fuzzy": 0, "accepted": 0, "kept": 0}
    for message in catalog.messages:
        text = "" if message.obsolete or message.source_plural else texts.get(message.key, "")
        if text and message.state is State.UNTRANSLATED:
            fuzzy = message.key not in accepted
            counts["fuzzy" if fuzzy else "accepted"] += 1
            message = _written(message, text, fuzzy, origin)
        elif text:
            counts["kept"] += 1
        messages.append(message)
    filled = replace(catalog, messages=tuple(messages))
    return Filled(filled, counts["fuzzy"], counts["accepted"], counts["kept"], tuple(remarks))


def _written(message: Message, text: str, fuzzy: bool, origin: str) -> Message:
    comments = (*(line for line in message.comments if not line.startswith(ORIGIN)), origin)
    return replace(message, targets=(text,), fuzzy=fuzzy, comments=comments, previous=None)


def _texts(alignment: Alignment, glue: str) -> tuple[dict[Key, str], list[Remark]]:
    """The text for each key, the first where it stands twice, and what found no place."""
    texts: dict[Key, str] = {}
    remarks = []
    line = 1
    for pair in alignment.pairs:
        why = _objection(pair)
        line = pair.target[0].place.line if pair.target else line
        if why:
            one = (pair.target or pair.source)[0]
            remarks.append(Remark(line, "look", shown(one.key.source), why))
            continue
        key, text = pair.source[0].key, glue.join(segment.key.source for segment in pair.target)
        if texts.setdefault(key, text) != text:
            why = "its source stands twice, and this translation of it is another one; the first was taken"
            remarks.append(Remark(pair.target[0].place.line, "look", shown(text), why))
    return texts, remarks


def _objection(pair: Pair) -> str:
    """Why a pair gives no text; empty where it does."""
    if not pair.source:
        return "nothing in the article says this"
    if not pair.target:
        return f"the translation lacks this {pair.source[0].kind}, line {pair.source[0].place.line} of the article"
    if len(pair.source) > 1:
        return f"it seems to translate {len(pair.source)} texts of the article at once; divide it by hand"
    if _is_left(pair.source[0], pair.target[0].key.source):
        return "it is not translated"
    return ""


def _is_left(source: Segment, text: str) -> bool:
    """Whether a text of some length is the source itself."""
    return text == source.key.source and len(text.split()) >= 3
