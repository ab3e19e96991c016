"""Texts compared without what a renderer may fold, indent and wrap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.checks.expected import PICTURE, SEAM, Expected

_ADDED = re.compile(r"\[[a-z]{1,3}\]|\([^()]{1,300}\)|~~")
"""What a plain text may add after a link, an abbreviation or a deletion: a mark, the long form, its end."""

_MARKS = "\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\u2060\ufeff"
INVISIBLE_MARKS = re.compile(f"[{_MARKS}]")


@lru_cache(maxsize=1024)
def squeezed(text: str) -> str:
    """A text without white space and without the marks that only steer direction or line breaks.

    White space is where a renderer may fold, indent and wrap; in scripts without spaces a line may break anywhere.
    """
    if not text.isascii() and any(mark in text for mark in _MARKS):
        text = INVISIBLE_MARKS.sub("", text)
    return "".join(text.split())


def matches(item: Expected, text: str) -> Iterator[tuple[int, int]]:
    """Where an expected text starts and ends in a squeezed one, with what a plain text may add at its seams."""
    return matches_of(tuple(map(squeezed, item.seamed.split(SEAM))), text)


def matches_of(parts: tuple[str, ...], text: str) -> Iterator[tuple[int, int]]:
    """As :func:`matches`, for the squeezed parts of an expected text; a match begins with the first words."""
    number, words = next(((n, part) for n, part in enumerate(parts) if part and part[0] != PICTURE), (0, ""))
    start = text.find(words) if words else -1
    while start >= 0:
        end = _end(parts[number + 1 :], text, start + len(words))
        if end >= 0:
            yield start, end
        start = text.find(words, max(end, start + 1))


def _end(parts: Iterable[str], text: str, at: int) -> int:
    """Where the parts end that begin at a place, something added rather than nothing; negative if they do not."""
    ends = [at]
    is_seam = True
    for part in parts:
        if part.startswith(PICTURE):
            told = [end + len(part) - 1 for end in ends if text.startswith(part[1:], end)]
            ends, is_seam = list(dict.fromkeys([*told, *ends])), False
            continue
        starts = (start for end in ends for start in (_after(text, end) if is_seam else (end,)))
        ends = list(dict.fromkeys(start + len(part) for start in starts if text.startswith(part, start)))
        is_seam = True
    return next(iter(ends), -1)


def _after(text: str, seam: int) -> Iterator[int]:
    """Where a text may go on after a seam."""
    if added := _ADDED.match(text, seam):
        yield added.end()
    yield seam
