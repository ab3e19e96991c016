"""Find, among many sources, the one nearest to a new one, in bounded time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import Indel

NEAR = 0.5999
"""Least likeness of two near sources, from 0 to 1: 1 - indel distance / both lengths. ``msgmerge`` takes 0.6,
which rounding would make 0.6000001 here."""

_FEW = 1_000
"""So many sources are compared one by one; among more, those that share rare words."""

_SHORTLIST = 50
_RARE = 8
_COMMON = 500
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")


class Sources:
    """Sources that can be searched."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources
        self._holders: dict[str, list[int]] = defaultdict(list)
        if len(sources) > _FEW:
            for number, source in enumerate(sources):
                for word in _words(source):
                    self._holders[word].append(number)

    def nearest(self, source: str) -> int | None:
        """The number of the source most like this one, the first among equals; None if none is near."""
        numbers: Sequence[int] = range(len(self._sources))
        if len(self._sources) > _FEW:
            numbers = self._shortlist(source)
        found = process.extractOne(
            source,
            [self._sources[number] for number in numbers],
            scorer=Indel.normalized_similarity,
            score_cutoff=NEAR,
        )
        return numbers[found[2]] if found else None

    def _shortlist(self, source: str) -> list[int]:
        """Those that share this source's rarest words; the fewer hold a word, the more it tells."""
        holders = sorted((self._holders[word] for word in _words(source) if word in self._holders), key=len)
        shared: dict[int, float] = defaultdict(float)
        for numbers in holders[:_RARE]:
            for number in numbers[:_COMMON]:
                shared[number] += 1 / len(numbers)
        return sorted(nsmallest(_SHORTLIST, shared, key=lambda number: (-shared[number], number)))


def _words(source: str) -> list[str]:
    """Its different words in their order; a character each where a script puts no spaces between words."""
    return list(dict.fromkeys(_WORD.findall(source.casefold())))
