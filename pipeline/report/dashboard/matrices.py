"""The two matrices: locales by articles, and safety messages by locales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline import inline, locales
from pipeline.model import Outcome, SafetyText, Standing
from pipeline.project import Settings

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

    def parts(self) -> Iterator[tuple[str, float, float]]:
        """(state, start, width) of each state that occurs, on a bar that is 100 wide."""
        start = 0.0
        for state in ("translated", "machine", "fuzzy", "untranslated"):
            number = getattr(self, state)
            width = 100 * number / self.all if number else 0.0
            if width:
                yield state, round(start, 2), round(width, 2)
            start += width


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


def columns(outcome: Outcome, settings: Settings) -> tuple[Column, ...]:
    """The locales of an outcome, in its order."""
    published = {one.locale: one.published for one in outcome.standings}
    return tuple(_column(tag, on, settings) for tag, on in published.items())


def rows(outcome: Outcome, heads: Sequence[Column]) -> tuple[Row, ...]:
    """How far each locale is."""
    return tuple(_row(head, [one for one in outcome.standings if one.locale == head.tag]) for head in heads)


def pages(outcome: Outcome, heads: Sequence[Column]) -> Matrix:
    """Articles by locales, those with a withheld page first where not all have room."""
    found: dict[str, dict[str, Standing]] = {}
    for one in outcome.standings:
        found.setdefault(one.article, {})[one.locale] = one
    room = _room(heads)
    order = list(found)
    if len(order) > room:
        order.sort(key=lambda article: not any(_state(one) == "withheld" for one in found[article].values()))
    shown = order[:room]
    cells = tuple(((article,), tuple(_cell(found[article].get(head.tag)) for head in heads)) for article in shown)
    return Matrix(cells, len(order) - len(shown))


def safety(outcome: Outcome, heads: Sequence[Column]) -> Matrix:
    """Safety messages by locales, those that nobody signed off somewhere first where not all have room."""
    found: dict[tuple[str, str, str], dict[str, SafetyText]] = {}
    for standing in outcome.standings:
        for text in standing.texts:
            found.setdefault((standing.article, text.safety, text.source), {})[standing.locale] = text
    readable = {(one.article, one.locale): bool(one.texts) for one in outcome.standings}
    room = _room(heads)
    order = list(found)
    if len(order) > room:
        order.sort(key=lambda row: all(text.review for text in found[row].values()))
    shown = order[:room]
    cells = tuple(
        (
            (article, id, _plain(source)),
            tuple(_safety_cell((article, id, source), head, found, readable) for head in heads),
        )
        for article, id, source in shown
    )
    return Matrix(cells, len(order) - len(shown))


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
    direction = next((locale.direction for locale in known if locale.tag == tag), "ltr")
    return Column(tag, locales.language_name(tag, locales.locale("en")), locales.own_name(tag), direction, published)


def _row(head: Column, standings: Sequence[Standing]) -> Row:
    shares = [_shares(one) for one in standings]
    states = [_state(one) for one in standings]
    return Row(
        column=head,
        shares=Shares(
            sum(one.translated for one in shares),
            sum(one.machine for one in shares),
            sum(one.fuzzy for one in shares),
            sum(one.untranslated for one in shares),
        ),
        signed=sum(one.signed for one in standings),
        safety=sum(one.safety for one in standings),
        out=states.count("out"),
        withheld=states.count("withheld"),
        previews=states.count("preview"),
        unread=sum(one.messages == 0 for one in standings),
    )


def _state(one: Standing) -> str:
    if not one.published:
        return "preview"
    return "out" if one.open else "withheld"


def _shares(one: Standing) -> Shares:
    rest = one.messages - one.translated - one.fuzzy
    return Shares(one.translated, one.machine, one.fuzzy - one.machine, rest)


def _cell(one: Standing | None) -> Cell | None:
    if one is None:
        return None
    state = _state(one)
    folder = "preview" if state == "preview" else "site"
    href = f"#{withheld_id(one)}" if state == "withheld" else f"../{folder}/{one.locale}/{one.article}/index.html"
    return Cell(state, one.locale, one.article, _shares(one), href)


def _safety_cell(
    row: tuple[str, str, str],
    head: Column,
    found: Mapping[tuple[str, str, str], Mapping[str, SafetyText]],
    readable: Mapping[tuple[str, str], bool],
) -> SafetyCell | None:
    text = found[row].get(head.tag)
    if text is None:
        return None if (row[0], head.tag) not in readable else SafetyCell("unknown")
    who = f"{text.review.reviewer}, {text.review.date.isoformat()}" if text.review else ""
    if not text.shown:
        return SafetyCell("absent", (), who)
    return SafetyCell(text.review.kind if text.review else "open", text.numbers, who)
