"""Neutral marks in the place of placeables, for as long as a machine has the text."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from pipeline.errors import MaskError
from pipeline.placeables.spans import find

__all__ = ["Masked", "Scheme", "mask", "unmask"]


class Scheme(enum.Enum):
    """What a mark looks like; engines differ in which they leave alone."""

    XML = "<x{}/>"
    BRACKETS = "[X{}X]"


_MARKS = {
    Scheme.XML: re.compile(r"[<＜]\s{0,2}[xX]\s{0,2}(\d{1,6})\s{0,2}/?\s{0,2}[>＞]"),
    Scheme.BRACKETS: re.compile(r"[\[［]\s{0,2}[xXｘＸхХ]\s{0,2}(\d{1,6})\s{0,2}[xXｘＸхХ]\s{0,2}[\]］]"),
}
"""A mark as machines return it: with spaces, in another case, width or script of digits."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with marks, and what each mark stands for."""

    text: str
    originals: tuple[str, ...]
    scheme: Scheme


def mask(text: str, scheme: Scheme) -> Masked:
    """The text with every placeable replaced by a mark; so is whatever looks like a mark already."""
    spans = [match.span() for match in _MARKS[scheme].finditer(text)]
    spans += [
        (found.start, found.end)
        for found in find(text)
        if not any(found.start < end and start < found.end for start, end in spans)
    ]
    pieces: list[str] = []
    originals: list[str] = []
    at = 0
    for start, end in sorted(spans):
        pieces += [text[at:start], scheme.value.format(len(originals))]
        originals.append(text[start:end])
        at = end
    return Masked("".join([*pieces, text[at:]]), tuple(originals), scheme)


def unmask(text: str, masked: Masked) -> str:
    """``text``, made out of ``masked.text``, with the originals back in the place of their marks.

    Marks may have moved. Raises MaskError if one is lost, doubled or invented.
    """
    seen: list[int] = []

    def original(match: re.Match[str]) -> str:
        number = int(match[1])
        if number >= len(masked.originals):
            raise MaskError(f"The mark {match[0]!r} was invented: the text has {len(masked.originals)} marks.")
        if number in seen:
            raise MaskError(f"The mark for {masked.originals[number]!r} came back twice.")
        seen.append(number)
        return masked.originals[number]

    restored = _MARKS[masked.scheme].sub(original, text)
    lost = [original for number, original in enumerate(masked.originals) if number not in seen]
    if lost:
        raise MaskError(f"The marks for these were lost: {', '.join(map(repr, lost))}.")
    return restored
