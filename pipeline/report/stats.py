"""How much there is to translate, as a table, as JSON and as a badge."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any, TextIO

from pipeline.model import State
from pipeline.stats import Count, Tally, total

SCHEMA = 1
"""Rises when a field changes its meaning or goes away; new fields do not raise it."""

LOG_WIDTH = 120
"""Columns of a table in a pipe or a log."""

_COLUMNS = ("segments", "words", "characters", "translated", "fuzzy", "untranslated", "repeated", "known", "safety")


def print_stats(counts: Sequence[Count], stream: TextIO) -> None:
    """Print a row for each article in each locale, and one for each locale as a whole; the states are in words."""
    from rich import box  # slow to import, and JSON and the badge do without
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD if stream.isatty() else None, pad_edge=False, show_edge=False)
    table.add_column("locale", no_wrap=True)
    table.add_column("article", overflow="fold")
    for heading in _COLUMNS:
        table.add_column(heading, justify="right", no_wrap=True)
    for locale in dict.fromkeys(one.locale for one in counts):
        for one in (*(one for one in counts if one.locale == locale), total(counts, locale)):
            table.add_row(one.locale, one.article or "all", *map(str, _numbers(one)))
    console = Console(
        file=stream, width=None if stream.isatty() else LOG_WIDTH, highlight=False, markup=False, emoji=False
    )
    with console.capture() as captured:
        console.print(table)
    stream.writelines(line.rstrip() + "\n" for line in captured.get().splitlines())


def stats_json(counts: Sequence[Count]) -> bytes:
    """The counts as UTF-8 JSON with a newline at its end; the same counts give the same bytes."""
    locales = dict.fromkeys(one.locale for one in counts)
    report = {
        "schema": SCHEMA,
        "articles": [{"article": one.article, **_described(one)} for one in counts],
        "locales": [_described(total(counts, locale)) for locale in locales],
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def badge(label: str, counts: Sequence[Count]) -> bytes:
    """An SVG that says which share of the words is translated; the share is rounded down, so 100 % means all."""
    whole = sum(one.all.words for one in counts)
    done = sum(one.states[State.TRANSLATED].words for one in counts)
    percent = 100 * done // whole if whole else 0
    text = f"{percent} % translated"
    left, right = _width(label), _width(text)
    colour = "#1b6e3c" if percent == 100 else "#7a5200" if percent >= 50 else "#a3262a"
    return _BADGE.format(
        width=left + right, left=left, right=right, label=escape(label), text=escape(text), colour=colour,
        middle=left / 2, centre=left + right / 2,
    ).encode()  # fmt: skip


_BADGE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{label}: {text}">
  <title>{label}: {text}</title>
  <rect width="{left}" height="20" fill="#444"/>
  <rect x="{left}" width="{right}" height="20" fill="{colour}"/>
  <g fill="#fff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11" text-anchor="middle">
    <text x="{middle}" y="14">{label}</text>
    <text x="{centre}" y="14">{text}</text>
  </g>
</svg>
"""


def _width(text: str) -> int:
    """Pixels that a text takes at that size, with a margin; wide enough for any font there."""
    return 8 * len(text) + 12


def _numbers(one: Count) -> list[int]:
    words = (one.all.segments, one.all.words, one.all.characters, *(one.states[state].words for state in _ORDER))
    return [*words, one.repeated.words, one.known.words, one.safety.words]


_ORDER = (State.TRANSLATED, State.FUZZY, State.UNTRANSLATED)


def _described(one: Count) -> dict[str, Any]:
    return {
        "locale": one.locale,
        "source": _tally(one.all),
        "states": {state.value: _tally(one.states[state]) for state in _ORDER},
        "repeated": _tally(one.repeated),
        "known": _tally(one.known),
        "safety": _tally(one.safety),
        "target": _tally(one.target),
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {"segments": tally.segments, "words": tally.words, "characters": tally.characters}
