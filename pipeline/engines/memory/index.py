"""What near matches are looked up by: the rarest words of a text, and pairs of neighbours.

What the texts of a memory have in common says nothing about any of them, so the rarest words are looked up first, until
enough candidates are found. Where even the rarest are too frequent, pairs of neighbours are not. In scripts without
spaces runs of three characters take the part of words. How often each word stands in a memory is kept beside the index,
because counting it anew takes longer than all else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.model import Locale

__all__ = ["CANDIDATES", "LOOKED_UP", "indexed", "questions", "words"]

LOOKED_UP = 2000
"""Words are looked up, rarest first, until they stand in more sources than this; of a pair so many are looked at."""

CANDIDATES = 100
"""Sources that share most of the rarest words and pairs: so many are compared with the text."""

_RAREST = 8
"""How many of its rarest words, and of the pairs of neighbours, find the candidates for a text."""

_ENOUGH = 5
"""Where fewer words than this could be looked up, because the next are too frequent, so are pairs of neighbours."""

_GRAM = 3
"""Characters of a run."""

_JOINT = "\ue000"
"""Between the words of a pair: of private use, so no text has it, and a letter for SQLite's index."""

_MARKS = "".join(sign for sign in map(chr, range(0x300, 0x3100)) if unicodedata.category(sign).startswith("M"))
"""Signs that belong to the letter before, which ``\\w`` leaves out."""

_WORD = re.compile(f"(?:[^\\W_]|[{_MARKS}])+")


def words(text: str, source: Locale) -> list[str]:
    """The words of a text in their order; in scripts without spaces, every three characters that follow each other."""
    found: list[str] = _WORD.findall(text.lower())
    if source.spaced:
        return found
    whole = "".join(found)
    return [whole[start : start + _GRAM] for start in range(len(whole) - _GRAM + 1)]


def indexed(found: Sequence[str], source: Locale) -> list[str]:
    """What the index is to hold of a text with these words: the words, and pairs of neighbours."""
    return [*found, *(_pair(one, other) for one, other in zip(found, found[_step(source) :], strict=False))]


def questions(text: str, source: Locale, frequencies: Callable[[Sequence[str]], Mapping[str, int]]) -> list[str]:
    """What to ask the index for a text; ``frequencies`` says how many sources have each word that the memory knows."""
    found = words(text, source)
    known = frequencies(sorted(set(found)))
    step = _step(source)
    asked, total = [], 0
    for many, word in _rarest([(known[word], place, word) for place, word in enumerate(found) if word in known], step):
        total += many
        if total > LOOKED_UP:
            break
        asked.append(word)
    if len(asked) >= _ENOUGH:
        return asked
    pairs = [
        (known[one] * known[other], place, _pair(one, other))
        for place, (one, other) in enumerate(zip(found, found[step:], strict=False))
        if one in known and other in known
    ]
    return asked + [pair for _, pair in _rarest(pairs, step)]


def _rarest(weighed: Iterable[tuple[int, int, str]], apart: int) -> list[tuple[int, str]]:
    """The lightest, each once, no two of them nearer than ``apart``: weights, places and words to weights and words.

    One changed character would change all the runs that overlap.
    """
    chosen: dict[str, tuple[int, int]] = {}
    for weight, place, word in sorted(weighed):
        if word not in chosen and all(abs(place - other) >= apart for _, other in chosen.values()):
            chosen[word] = (weight, place)
            if len(chosen) == _RAREST:
                break
    return [(weight, word) for word, (weight, _) in chosen.items()]


def _pair(one: str, other: str) -> str:
    return f"{one}{_JOINT}{other}"


def _step(source: Locale) -> int:
    """How far neighbours begin from each other: words follow each other, runs of characters overlap."""
    return 1 if source.spaced else _GRAM
