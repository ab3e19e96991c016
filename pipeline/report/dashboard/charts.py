"""Where the lines of a chart run: numbers for an SVG, which the template draws."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.history import Point, Words

WIDTH, HEIGHT = 720, 250
LEFT, TOP, RIGHT, BOTTOM = 62, 10, 24, 26
SMALL_WIDTH, SMALL_HEIGHT = 160, 44

STATES = ("translated", "machine", "fuzzy", "untranslated")


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Area:
    """The words of one state, stacked on those of the states before it."""

    state: str
    path: str
    """For the ``d`` of an SVG path."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Words over time, all locales together."""

    areas: tuple[Area, ...]
    across: tuple[Tick, ...]
    """Moments, along the bottom."""

    up: tuple[Tick, ...]
    """Numbers of words, along the left."""


def chart(points: Sequence[Point]) -> Chart:
    """A chart of two moments or more."""
    ceiling, step = _scale(max(point.all.all for point in points))
    xs = _xs(points, LEFT, WIDTH - RIGHT)
    height = HEIGHT - TOP - BOTTOM

    def y(words: float) -> float:
        return round(TOP + height * (1 - words / ceiling), 1)

    up = tuple(Tick(y(number), f"{number:,}", "end") for number in range(0, ceiling + 1, step))
    return Chart(tuple(_areas([point.all for point in points], xs, y)), _moments(points, xs), up)


def small(points: Sequence[Point], tag: str) -> tuple[Area, ...]:
    """A small chart of one locale, as high as all its words, at two moments or more."""
    words = [point.words.get(tag, Words()) for point in points]
    ceiling = max([1, *(one.all for one in words)])
    xs = _xs(points, 0, SMALL_WIDTH)
    return tuple(_areas(words, xs, lambda number: round(SMALL_HEIGHT * (1 - number / ceiling), 1)))


def _areas(words: Sequence[Words], xs: Sequence[float], y: Callable[[float], float]) -> list[Area]:
    below = [0] * len(words)
    areas = []
    for state in STATES:
        above = [base + getattr(one, state) for base, one in zip(below, words, strict=True)]
        if above != below:
            upper = [f"{x:g},{y(number):g}" for x, number in zip(xs, above, strict=True)]
            lower = [f"{x:g},{y(number):g}" for x, number in zip(xs, below, strict=True)]
            areas.append(Area(state, f"M{' L'.join(upper)} L{' L'.join(reversed(lower))} Z"))
        below = above
    return areas


def _xs(points: Sequence[Point], left: float, right: float) -> list[float]:
    first, last = points[0].time, points[-1].time
    length = (last - first).total_seconds() or 1.0
    return [round(left + (right - left) * (point.time - first).total_seconds() / length, 1) for point in points]


def _moments(points: Sequence[Point], xs: Sequence[float]) -> tuple[Tick, ...]:
    """The first and the last moment, and one in the middle."""
    first, last = points[0].time, points[-1].time
    form = "%Y-%m-%d" if (last - first).days >= 2 else "%Y-%m-%d %H:%M"
    middle = datetime.fromtimestamp((first.timestamp() + last.timestamp()) / 2, first.tzinfo)
    return (
        Tick(xs[0], first.strftime(form), "start"),
        Tick((xs[0] + xs[-1]) / 2, middle.strftime(form)),
        Tick(xs[-1], last.strftime(form), "end"),
    )


def _scale(most: int) -> tuple[int, int]:
    """(the top of an axis, the distance of its marks): round numbers, four to seven marks."""
    rough = max(1, most) / 6
    power = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    step = int(next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough))
    return step * math.ceil(max(1, most) / step), step
