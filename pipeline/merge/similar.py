"""Find, among many sources, those near to a new one, in bounded time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Key, Message

NEAR = 0.5999
"""Least likeness of two near sources, from 0 to 1: 1 - indel distance / both lengths. ``msgmerge`` takes 0.6,
which rounding would make 0.6000001 here."""

FEW = 3_000
"""So many sources are compared one by one for a catalog; among more, those that share rare words."""

FEW_FOR_ALL = 10_000
"""So many are compared one by one where the answer serves all the catalogs of a template."""

_SHORTLIST = 200
_RARE = 8
_COMMON = 500
_ENOUGH = 400
_SHORT = 16
"""Characters; sources no longer than this are also found by the letters that they share, because one other word
is all of them."""

_LONGEST_FOR_SHORT = int(_SHORT * (2 / NEAR - 1))
"""Characters of the longest source that can be near to a short one."""

_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")


class Near(NamedTuple):
    """Which source is near, and how near."""

    number: int
    likeness: float


class Held(NamedTuple):
    """Messages of a catalog, each made only when somebody asks for it."""

    places: Mapping[Key, int]
    """Their keys in their order, and the place of each in the catalog."""

    message: Callable[[int], Message]
    """The message in a place."""


class Likenesses:
    """How like sources are to new ones, found once for all catalogs that ask: it does not depend on the locale."""

    def __init__(self) -> None:
        self._sources: list[str] = []
        self._known: set[str] = set()
        self._compared: dict[str, int] = {}
        """New source -> how many of the sources, from the first on, it was compared with."""

        self._near: dict[str, dict[str, float]] = defaultdict(dict)

    def add(self, sources: Iterable[str]) -> None:
        """More sources to compare with."""
        fresh = dict.fromkeys(source for source in sources if source not in self._known)
        self._sources += fresh
        self._known.update(fresh)

    def near(self, source: str) -> Mapping[str, float]:
        """Those of the sources added so far, by any catalog, that are near this one, and how near."""
        done = self._compared.get(source, 0)
        if done < len(self._sources):
            rest = self._sources[done:]
            self._near[source].update((rest[number], like) for number, like in _compared(source, rest))
            self._compared[source] = len(self._sources)
        return self._near[source]


def likeness(one: str, other: str) -> float:
    """How like two sources are, from 0 to 1."""
    from rapidfuzz.distance import Indel  # most merges have nothing to compare

    return Indel.normalized_similarity(one, other)


class Sources:
    """Sources that can be searched: up to ``few`` are compared one by one."""

    def __init__(self, sources: Sequence[str], few: int = FEW) -> None:
        self._sources = sources
        self._few = few
        self._holders: dict[str, list[int]] = defaultdict(list)
        if len(sources) > few:
            for number, source in enumerate(sources):
                for sign in _signs(source, _LONGEST_FOR_SHORT):
                    self._holders[sign].append(number)

    def nearest(self, source: str) -> Near | None:
        """The source most like this one, the first among equals; None if none is near."""
        return max(self.near(source), key=lambda near: (near.likeness, -near.number), default=None)

    def near(self, source: str) -> list[Near]:
        """The sources that are near this one."""
        if len(self._sources) <= self._few:
            return _compared(source, self._sources)
        numbers = self._shortlist(source)
        found = _compared(source, [self._sources[number] for number in numbers])
        return [Near(numbers[at], like) for at, like in found]

    def _shortlist(self, source: str) -> list[int]:
        """Those that share this source's rarest words; the fewer hold a word, the more it tells."""
        holders = sorted((self._holders[sign] for sign in _signs(source, _SHORT) if sign in self._holders), key=len)
        shared: dict[int, float] = {}
        for numbers in holders[: _RARE if len(source) > _SHORT else _SHORT]:
            share = 1 / len(numbers)
            if shared:
                shared |= {number: shared.get(number, 0) + share for number in numbers[:_COMMON]}
            else:
                shared = dict.fromkeys(numbers[:_COMMON], share)
            if len(shared) >= _ENOUGH:
                break
        if len(shared) <= _SHORTLIST:
            return sorted(shared)
        most = sorted(sorted(shared), key=shared.__getitem__, reverse=True)  # of equals, the first
        return sorted(most[:_SHORTLIST])


def _compared(source: str, others: Sequence[str]) -> list[Near]:
    """The others that are near, by their number."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    found = process.extract(source, others, scorer=Indel.normalized_similarity, score_cutoff=NEAR, limit=None)
    return [Near(number, like) for _, like, number in found]


@lru_cache(maxsize=65536)
def _signs(source: str, short: int) -> tuple[str, ...]:
    """Its different words in their order; a character each where a script puts no spaces between words.

    A source of no more characters than ``short`` also has its runs of three characters, spaces around them.
    The catalogs of a project share their sources, so those of one locale serve the next.
    """
    folded = source.casefold()
    runs = [f" {folded} "[at : at + 3] for at in range(len(folded))] if len(folded) <= short else []
    return tuple(dict.fromkeys([*_WORD.findall(folded), *runs]))
