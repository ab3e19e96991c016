"""Characters: digits of every script, and those that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

__all__ = ["Placeable", "fold_digits", "invisibles", "is_invisible", "phone_digits", "strip_isolates", "visible"]


class Placeable(NamedTuple):
    """A span of a text."""

    start: int
    end: int
    kind: str
    """``variable``, ``tag``, ``code``, ``url``, ``email``, ``phone``, ``number`` or ``invisible``."""

    text: str


_JOINERS = frozenset("\u200c\u200d") | frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Spelling in Persian, Hindi or Sinhala, and the look of emoji; out of place only beside a digit."""

_BLANKS = frozenset("\u034f\u115f\u1160\u3164\uffa0") | _JOINERS
"""Invisible although Unicode does not count them as format characters."""

_ISOLATE = re.compile("[\u2066-\u2069]")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_TRUNK_ZERO = re.compile(r"(?<=[0-9])([^0-9(]*)\(0\)")


def fold_digits(text: str) -> str:
    """The text with every decimal digit (Arabic-Indic, Devanagari, Thai ...) as its ASCII digit.

    Superscripts and circled digits are no decimal digits and stay. The length stays, too.
    """
    if text.isascii():
        return text
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


@lru_cache(maxsize=4096)
def phone_digits(text: str) -> str:
    """The digits of a phone number in ASCII, after a ``+`` if one stands before the first of them.

    A ``(0)`` after a country code is dropped, because it is not dialled there.
    """
    folded = fold_digits("".join(char for char in text if not is_invisible(char)))
    folded = folded.translate({ord("＋"): "+", ord("（"): "(", ord("）"): ")"})
    before = re.split("[0-9]", folded, maxsplit=1)[0]
    if not before.rstrip(" (").endswith("+"):
        return re.sub("[^0-9]", "", folded)
    return "+" + re.sub("[^0-9]", "", _TRUNK_ZERO.sub(r"\1", folded, count=1))


@cache
def is_invisible(char: str) -> bool:
    """Whether a character takes no room: a mark of direction, a zero-width space, a soft hyphen ..."""
    return unicodedata.category(char) == "Cf" or char in _BLANKS


def visible(text: str) -> tuple[str, Sequence[int]]:
    """The text without the characters that take no room, and where each of the others stands in it."""
    hidden = () if text.isascii() else tuple(filter(is_invisible, set(text)))
    if not hidden:
        return text, range(len(text))
    places: list[int] = []
    start = 0
    for match in re.finditer(f"[{''.join(map(re.escape, hidden))}]", text):
        places += range(start, match.start())
        start = match.end()
    places += range(start, len(text))
    return text.translate(dict.fromkeys(map(ord, hidden))), places


def invisibles(text: str) -> tuple[Placeable, ...]:
    """The characters that a reader cannot see, but a phone, a copy or a comparison can.

    Joiners and variation selectors count only beside a digit: elsewhere they are spelling. Isolates
    are among them; where a balanced pair is welcome, :func:`strip_isolates` comes first.
    """
    if text.isascii():
        return ()
    return tuple(
        Placeable(index, index + 1, "invisible", char)
        for index, char in enumerate(text)
        if is_invisible(char) and (char not in _JOINERS or _beside_digit(text, index))
    )


def strip_isolates(text: str) -> str:
    """The text without balanced isolates (U+2066 to U+2068 ... U+2069); a mark without its partner stays."""
    if "\u2069" not in text:
        return text
    opened: list[int] = []
    balanced: list[int] = []
    for mark in _ISOLATE.finditer(text):
        if mark[0] != "\u2069":
            opened.append(mark.start())
        elif opened:
            balanced += opened.pop(), mark.start()
    pieces, at = [], 0
    for index in sorted(balanced):
        pieces.append(text[at:index])
        at = index + 1
    return "".join([*pieces, text[at:]])


def _beside_digit(text: str, index: int) -> bool:
    return any(char.isdecimal() for char in (text[max(index - 1, 0) : index] + text[index + 1 : index + 2]))
