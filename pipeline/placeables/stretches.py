"""The stretches of a long text in which phone numbers may be: a page is long, and few of its words have digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.placeables.digits import fold_digits, is_invisible

__all__ = ["stretches"]

_LONG = 400
"""Characters; a shorter text is looked at as a whole."""

_CLOSE = re.compile(r"[0-9](?:[\W_\u115f\u1160\u3164\uffa0]*[0-9]){2,}")
"""Three digits or more with no letter between them that anybody sees; every phone number is made of such."""

_AROUND = 96
"""Characters on both sides: twice as many as decide whether digits are a phone number."""


def stretches(text: str) -> Iterator[str]:
    """The parts of a text, in order, that hold all its phone numbers and all that decides whether they are any.

    ``phones`` finds the same in them, one after another, as in the whole.
    """
    if len(text) < _LONG:
        yield text
        return
    start = end = 0
    for digits in _CLOSE.finditer(fold_digits(text)):
        first, last = _beginning(text, digits.start()), _ending(text, digits.end())
        if first > end:
            yield text[start:end]
            start = first
        end = max(end, last)
    yield text[start:end]


def _beginning(text: str, at: int) -> int:
    """Where a word begins that is far enough before a place: an address is one word, however long."""
    far = at - _AROUND
    if far <= 0 or _is_murky(text[far:at]):
        return 0
    return max(text.rfind(" ", 0, far), text.rfind("\n", 0, far)) + 1


def _ending(text: str, at: int) -> int:
    """Where a word ends that is far enough behind a place."""
    far = at + _AROUND
    if far >= len(text) or _is_murky(text[at:far]):
        return len(text)
    ends = [end for end in (text.find(" ", far), text.find("\n", far)) if end >= 0]
    return min(ends, default=len(text))


def _is_murky(text: str) -> bool:
    """Whether so much of a text is invisible that more of it has to be looked at."""
    return not text.isascii() and sum(map(text.count, filter(is_invisible, set(text)))) > _AROUND // 2
