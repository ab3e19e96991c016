"""An article and its translation -> which segment is which.

Sentence alignment as Gale and Church do it ("A Program for Aligning Sentences in Bilingual Corpora",
Computational Linguistics 19(1), 1993): the cheapest way through both sequences, where a step pairs one
segment with one, leaves one out, or pairs one with two. Beside the lengths, a step is judged by what a
translation keeps: the kind of the segment, its numbers, its links and its other markup.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import extract, inline, placeables
from pipeline.errors import MarkupError, SourceError
from pipeline.model import Article, Element, Node, Place, Segment, Variable

__all__ = ["LARGEST", "Alignment", "Pair", "align"]

LARGEST = 2000
"""Segments of an article that can be aligned: a long book's chapter has some hundreds."""

_BAND = 60
"""How far from the diagonal a pair may lie, beyond a twentieth of the longer article."""

_VARIANCE = 6.8
"""Of the length of a translation, per character of its source: Gale and Church's figure."""

_SKIP = 6.0
"""The cost of leaving a segment out."""

_MERGE = {"paragraph": 5.0}
_MERGE_OTHERS = 9.0
"""The cost of pairing one with two, beside that of the pair: headings and items are seldom divided."""

_KIND, _LEVEL, _NUMBER, _MARK, _SAME = 9.0, 4.0, 3.0, 2.5, -4.0
"""Costs of another kind, of another level of heading, of each number and each mark that only one side has, and
what an equal address or phone number saves."""

_MOVES = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))


@dataclass(frozen=True, slots=True)
class Pair:
    """Segments that are taken for source and translation of each other; one side may be empty."""

    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    same: bool
    """One segment each, of one kind, whose markup, numbers and variables agree."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every segment of both articles, in order, in one pair each."""

    pairs: tuple[Pair, ...]
    identical: bool
    """Whether both articles have the same kinds of segments in the same order."""


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is compared of a segment."""

    kind: str
    length: int
    numbers: Counter[object]
    marks: Counter[str]
    kept: frozenset[str]
    """Addresses: what is the same in every language."""


def align(source: Article, target: Article) -> Alignment:
    """Pair the segments of an article with those of its translation; SourceError where one has too many."""
    left, right = list(extract.segments(source)), list(extract.segments(target))
    for article, found in ((source, left), (target, right)):
        if len(found) > LARGEST:
            raise SourceError(f"This article has more than {LARGEST} texts; split it.", Place(article.path))
    a, b = [_traits(one) for one in left], [_traits(one) for one in right]
    pairs = []
    i = j = 0
    for down, across in _path(a, b):
        ours, theirs = tuple(left[i : i + down]), tuple(right[j : j + across])
        same = (down, across) == (1, 1) and _agree(ours[0], theirs[0])
        pairs.append(Pair(ours, theirs, same))
        i, j = i + down, j + across
    paired = all(len(pair.source) == len(pair.target) == 1 for pair in pairs)
    return Alignment(tuple(pairs), paired and [one.kind for one in a] == [one.kind for one in b])


def _agree(source: Segment, target: Segment) -> bool:
    """Whether a target could stand in the place of its source as it is."""
    try:
        inline.conform(inline.parse(target.key.source), source.content)
    except MarkupError:
        return False
    return source.kind == target.kind and _numbers(source) == _numbers(target)


def _traits(segment: Segment) -> _Traits:
    return _Traits(
        segment.kind,
        len(inline.plain(segment.content)) + 1,
        _numbers(segment),
        Counter(_marks(segment.content)),
        frozenset(_kept(segment.content)),
    )


def _numbers(segment: Segment) -> Counter[object]:
    return Counter(placeables.numbers(inline.plain(segment.content)))


def _marks(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Variable):
            yield node.name
        elif isinstance(node, Element):
            yield node.tag
            yield from _marks(node.children)


def _kept(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Variable):
            yield node.name
        elif isinstance(node, Element):
            yield from filter(None, (node.get("href"), node.get("src")))
            yield from _kept(node.children)


def _path(a: list[_Traits], b: list[_Traits]) -> list[tuple[int, int]]:
    """The moves of the cheapest way through both sequences, inside a band around the diagonal."""
    ratio = sum(one.length for one in b) / max(1, sum(one.length for one in a)) or 1.0
    slope = len(b) / max(1, len(a))
    width = _BAND + max(len(a), len(b)) // 20 + int(slope) + 1
    best: list[dict[int, tuple[float, tuple[int, int]]]] = []
    for i in range(len(a) + 1):
        middle = round(i * slope)
        row: dict[int, tuple[float, tuple[int, int]]] = {}
        best.append(row)
        for j in range(max(0, middle - width), min(len(b), middle + width) + 1):
            found = [
                (best[i - down][j - across][0] + _cost(a[i - down : i], b[j - across : j], ratio), (down, across))
                for down, across in _MOVES
                if down <= i and across <= j and j - across in best[i - down]
            ]
            row[j] = min(found) if found else (0.0 if i == j == 0 else math.inf, (0, 0))
    moves = []
    i, j = len(a), len(b)
    while i or j:
        move = best[i][j][1]
        moves.append(move)
        i, j = i - move[0], j - move[1]
    return moves[::-1]


def _cost(a: list[_Traits], b: list[_Traits], ratio: float) -> float:
    if not a or not b:
        return _SKIP + math.log1p((a or b)[0].length / 40)
    length_a, length_b = sum(one.length for one in a), sum(one.length for one in b)
    delta = (length_b - length_a * ratio) / math.sqrt(_VARIANCE * max(length_a * ratio, 1.0) * max(ratio, 1.0))
    cost = -math.log(max(math.erfc(abs(delta) / math.sqrt(2)), 1e-6))
    cost += _kinds(a, b)
    numbers_a, numbers_b = _sum(one.numbers for one in a), _sum(one.numbers for one in b)
    cost += _NUMBER * min(_difference(numbers_a, numbers_b), 4)
    cost += _MARK * min(_difference(_sum(one.marks for one in a), _sum(one.marks for one in b)), 4)
    kept_a, kept_b = _union(a), _union(b)
    cost += _SAME * bool(kept_a & kept_b) + _SAME * bool(numbers_a & numbers_b)
    return cost + (_MERGE.get(a[0].kind, _MERGE_OTHERS) if len(a) + len(b) > 2 else 0.0)


def _kinds(a: list[_Traits], b: list[_Traits]) -> float:
    kinds = {one.kind for one in (*a, *b)}
    if len(kinds) == 1:
        return 0.0
    return _LEVEL if all(kind.startswith("heading") for kind in kinds) else _KIND


def _sum(counters: Iterator[Counter[object]] | Iterator[Counter[str]]) -> Counter[object]:
    total: Counter[object] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def _union(traits: list[_Traits]) -> frozenset[str]:
    return frozenset().union(*(one.kept for one in traits))


def _difference(a: Counter[object], b: Counter[object]) -> int:
    return sum((a - b).values()) + sum((b - a).values())
