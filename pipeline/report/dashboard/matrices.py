"""The two matrices: locales by articles, and safety messages by locales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Generic, TypeVar

from pipeline import inline, locales
from pipeline.model import SafetyText, Standing, Total
from pipeline.project import Settings
from pipeline.report.text import Told

Item = TypeVar("Item")

CELLS = 3_000
"""Cells of a matrix, about; more would make a page that nobody can open."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How many messages are in each state."""

    translated: int
    machine: int
    fuzzy: int
    """Those that no machine made."""

    untranslated: int

    @property
    def all(self) -> int:
        """The messages, whatever their state."""
        return self.translated + self.machine + self.fuzzy + self.untranslated

    @property
    def percent(self) -> int:
        """How much is translated, rounded down, so that 100 means all; 0 where nothing is known."""
        return 100 * self.translated // self.all if self.all else 0


@lru_cache(maxsize=4096)  # pages of an article have the same shares in many locales
def bar(shares: Shares) -> str:
    """Each state that occurs on a bar that is 100 wide, drawn as SVG."""
    parts, start = [], 0.0
    for state in ("translated", "machine", "fuzzy", "untranslated"):
        number = getattr(shares, state)
        width = 100 * number / shares.all if number else 0.0
        if width:
            parts.append(f'<rect class="{state}" x="{round(start, 2)}" width="{round(width, 2)}" height="8"/>')
        start += width
    return _BAR.format("".join(parts))


_BAR = """\
<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
<rect class="ground" width="100" height="8"/>{}</svg>
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A locale."""

    tag: str
    name: str
    """In English."""

    own: str
    """In itself."""

    direction: str
    published: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A locale as a whole."""

    column: Column
    shares: Shares
    signed: int
    safety: int
    out: int
    withheld: int
    previews: int
    unread: int
    """Articles of which nothing is known, because a file cannot be read."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An article in a locale."""

    state: str
    """``out``, ``withheld`` or ``preview``."""

    tag: str
    article: str
    shares: Shares
    href: str
    """The page, or what is said of why it is withheld."""


@dataclass(frozen=True, slots=True)
class SafetyCell:
    """A safety message in a locale."""

    state: str
    """``review``, ``demonstration``, ``open`` without a sign-off that counts, ``absent`` where the region does not
    show it, ``unknown`` where files cannot be read."""

    numbers: tuple[str, ...] = ()
    who: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of cells under the columns of the locales."""

    rows: tuple[tuple[tuple[str, ...], tuple[Cell | SafetyCell | None, ...]], ...]
    """(the headings of a row, its cells)."""

    left_out: int
    """How many rows it would have besides."""


def rows(outcome: Told, settings: Settings) -> tuple[Row, ...]:
    """How far each locale is, in the order of the outcome."""
    return tuple(_row(one, _column(one.locale, one.published, settings)) for one in outcome.totals)


def pages(outcome: Told, heads: Sequence[Column]) -> Matrix:
    """Articles by locales, those with a withheld page first where not all have room."""
    shown, urgent = _Shown[str](_room(heads)), {one.article for one in outcome.withheld}
    for article in outcome.articles:
        shown.add(article, is_urgent=article in urgent)
    kept = shown.kept()
    found = {(one.article, one.locale): one for one in outcome.of(kept)}
    cells = tuple(((article,), tuple(_cell(found.get((article, head.tag))) for head in heads)) for article in kept)
    return Matrix(cells, shown.number - len(kept))


def safety(outcome: Told, heads: Sequence[Column]) -> Matrix:
    """Safety messages by locales, those that nobody signed off somewhere first where not all have room."""
    shown = _Shown[tuple[tuple[str, str, str], tuple[SafetyCell | None, ...]]](_room(heads))
    for article, group in groupby(outcome.guarded, key=lambda one: one.article):
        texts: dict[tuple[str, str], dict[str, SafetyText]] = {}
        readable = set()
        for standing in group:
            readable.add(standing.locale)
            for text in standing.texts:
                texts.setdefault((text.safety, text.source), {})[standing.locale] = text
        for (id, source), found in texts.items():
            cells = tuple(_safety_cell(found.get(head.tag), head.tag in readable) for head in heads)
            is_signed = all(text.review for text in found.values())
            shown.add(((article, id, source), cells), is_urgent=not is_signed)
    kept = shown.kept()
    cells_of = tuple(((article, id, _plain(source)), cells) for (article, id, source), cells in kept)
    return Matrix(cells_of, shown.number - len(kept))


def withheld_id(standing: Standing) -> str:
    """The fragment that says why a page is withheld."""
    return f"withheld-{standing.locale}-{standing.article}"


def _plain(source: str) -> str:
    """The words of a source, which parsed when it was read."""
    return " ".join(inline.plain(inline.parse(source)).split())


def _room(heads: Sequence[Column]) -> int:
    return max(20, CELLS // max(1, len(heads)))


def _column(tag: str, published: bool, settings: Settings) -> Column:
    known = (settings.source, *(target.locale for target in settings.targets))
    one = next((locale for locale in known if locale.tag == tag), None) or locales.locale(tag)
    english = locales.language_name(tag, locales.locale("en"))
    return Column(tag, english, locales.own_name(one), one.direction, published)


def _row(one: Total, column: Column) -> Row:
    pages = (one.open, one.editions - one.open, 0) if one.published else (0, 0, one.editions)
    return Row(column, _shares(one), one.signed, one.safety, *pages, one.unread)


class _Shown(Generic[Item]):
    """The rows of a matrix that have room: all of them in their order, or else the urgent ones first."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.number = 0
        self.first: list[Item] = []
        self.urgent: list[Item] = []
        self.other: list[Item] = []

    def add(self, row: Item, *, is_urgent: bool) -> None:
        """One more row; little is held of those that have no room."""
        self.number += 1
        for rows in (self.first, self.urgent if is_urgent else self.other):
            if len(rows) < self.room:
                rows.append(row)

    def kept(self) -> list[Item]:
        """Those that are shown."""
        return self.first if self.number <= self.room else [*self.urgent, *self.other][: self.room]


def _state(one: Standing) -> str:
    if not one.published:
        return "preview"
    return "out" if one.open else "withheld"


def _shares(one: Standing | Total) -> Shares:
    rest = one.messages - one.translated - one.fuzzy
    return Shares(one.translated, one.machine, one.fuzzy - one.machine, rest)


def _cell(one: Standing | None) -> Cell | None:
    if one is None:
        return None
    state = _state(one)
    folder = "preview" if state == "preview" else "site"
    href = f"#{withheld_id(one)}" if state == "withheld" else f"../{folder}/{one.locale}/{one.article}/index.html"
    return Cell(state, one.locale, one.article, _shares(one), href)


def _safety_cell(text: SafetyText | None, is_read: object) -> SafetyCell | None:
    if text is None:
        return SafetyCell("unknown") if is_read else None
    who = f"{text.review.reviewer}, {text.review.date.isoformat()}" if text.review else ""
    if not text.shown:
        return SafetyCell("absent", (), who)
    return SafetyCell(text.review.kind if text.review else "open", text.numbers, who)
