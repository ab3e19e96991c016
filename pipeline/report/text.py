"""The report for people: a table of locales, and findings as ``file:line: what is wrong``.

Colours and lines only where a person looks at a terminal; plain text in pipes and logs. Texts out of
catalogs are shown, never obeyed: control characters in them do not reach the terminal.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Protocol, TextIO, TypeAlias

from pipeline.model import Accepted, Finding, Severity, Standing, Tally, Total

if TYPE_CHECKING:  # slow to import, and formats for programs do without
    from rich.console import Console

SHOWN = 5
"""How many findings of one rule in one edition are printed; the JSON report has all of them."""

LOG_WIDTH = 120
"""Columns of a table in a pipe or a log."""


WITHHELD = 20
"""How many withheld pages of one locale the table names; the report has all of them."""

_HEADINGS = ("locale", "messages", "translated", "fuzzy", "signed off", "pages")

Piece: TypeAlias = tuple[str, str]
"""A piece of a line, and its style."""


class Told(Protocol):
    """An outcome, as a value or as it is read from somewhere; each part may be gone through several times."""

    @property
    def standings(self) -> Iterable[Standing]:
        """As :attr:`pipeline.model.Outcome.standings`."""

    @property
    def totals(self) -> Iterable[Total]:
        """As :attr:`pipeline.model.Outcome.totals`."""

    @property
    def withheld(self) -> Iterable[Standing]:
        """As :attr:`pipeline.model.Outcome.withheld`, without the safety messages."""

    @property
    def articles(self) -> Iterable[str]:
        """As :attr:`pipeline.model.Outcome.articles`."""

    def of(self, articles: Collection[str]) -> Iterable[Standing]:
        """As :meth:`pipeline.model.Outcome.of`, without the safety messages and what closes the gates."""

    @property
    def guarded(self) -> Iterable[Standing]:
        """As :attr:`pipeline.model.Outcome.guarded`."""

    @property
    def tallies(self) -> Iterable[Tally]:
        """As :attr:`pipeline.model.Outcome.tallies`."""

    def picked(self, wanted: Callable[[str, Severity], bool]) -> Iterable[Finding]:
        """As :meth:`pipeline.model.Outcome.picked`."""

    @property
    def accepted(self) -> Iterable[Accepted]:
        """As :attr:`pipeline.model.Outcome.accepted`."""

    @property
    def open(self) -> bool:
        """As :attr:`pipeline.model.Outcome.open`."""


def standings(outcome: Told, stream: TextIO) -> None:
    """Print a row for each locale: how far it is, and which of its pages go out."""
    named: dict[str, list[str]] = {}
    for one in outcome.withheld:
        names = named.setdefault(one.locale, [])
        if len(names) < WITHHELD:
            names.append(f"{one.article} withheld: {', '.join(one.reasons)}")
    rows = [
        (
            (row.locale, str(row.messages), str(row.translated), str(row.fuzzy), _signed(row)),
            list(_pages(row, named.get(row.locale, ()))),
        )
        for row in outcome.totals
    ]
    lines = _drawn(rows, stream) if _is_looked_at(stream) else _plain(rows)
    stream.writelines(line.rstrip() + "\n" for line in lines)


def _drawn(rows: Iterable[tuple[Sequence[str], Sequence[Piece]]], stream: TextIO) -> Sequence[str]:
    """The lines of the table, with styles."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD if stream.isatty() else None, pad_edge=False, show_edge=False)
    table.add_column(_HEADINGS[0], no_wrap=True)
    for heading in _HEADINGS[1:-1]:
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column(_HEADINGS[-1], overflow="fold")
    for figures, pages in rows:
        table.add_row(*figures, Text("; ").join(Text(text, style) for text, style in pages))
    console = _console(stream)
    with console.capture() as captured:
        console.print(table)
    return captured.get().splitlines()


def _plain(rows: Iterable[tuple[Sequence[str], Sequence[Piece]]]) -> Iterator[str]:
    """The same as in a log, where nobody waits for what draws tables to be imported."""
    from rich.cells import cell_len

    table: list[tuple[Sequence[str], str]] = [(_HEADINGS[:-1], _HEADINGS[-1])]
    table += [(tuple(figures), "; ".join(text for text, _ in pages)) for figures, pages in rows]
    widths = [max(map(cell_len, column)) for column in zip(*(figures for figures, _ in table), strict=True)]
    room = LOG_WIDTH - sum(widths) - 2 * len(widths)
    for (name, *figures), pages in table:
        cells = [name + " " * (widths[0] - cell_len(name))]
        cells += [f"{figure:>{width}}" for figure, width in zip(figures, widths[1:], strict=True)]
        first, *others = _broken(pages, room, cell_len)
        yield "  ".join([*cells, first])
        yield from (" " * (LOG_WIDTH - room) + line for line in others)


def _broken(text: str, room: int, width: Callable[[str], int]) -> Iterator[str]:
    """A text in lines that have room, broken between words; within a word that has none."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer) <= room:
            line = longer
            continue
        if line:
            yield line
        while width(word) > room:
            fits = max(end for end in range(1, len(word)) if end == 1 or width(word[:end]) <= room)
            yield word[:fits]
            word = word[fits:]
        line = word
    yield line


def findings(found: Iterable[Finding], stream: TextIO) -> None:
    """Print findings, errors first, each with its place, its sentence and what to do; goes through them twice."""
    write = _writer(stream)
    for severity in (Severity.ERROR, Severity.WARNING):
        ranked = (finding for finding in found if finding.severity is severity)
        for _, group in groupby(ranked, key=lambda finding: (finding.article, finding.locale)):
            printed: Counter[str] = Counter()
            for finding in group:
                printed[finding.rule] += 1
                if printed[finding.rule] <= SHOWN:
                    write(*_parts(finding))
            for rule_id, number in printed.items():
                if number > SHOWN:
                    write((f"... and {number - SHOWN} more of {rule_id}; --format json lists all", "dim"))


def _writer(stream: TextIO) -> Callable[..., object]:
    """A function that prints a line of pieces; without styles where nobody looks, which is many times as fast."""
    if not _is_looked_at(stream):
        return lambda *pieces: stream.write("".join([text for text, _ in pieces]) + "\n")
    from rich.text import Text

    console = _console(stream)
    return lambda *pieces: console.print(Text.assemble(*pieces), soft_wrap=True)


def _is_looked_at(stream: TextIO) -> bool:
    """Whether a person may look at the stream."""
    return stream.isatty() or any(os.environ.get(name) for name in ("FORCE_COLOR", "TTY_COMPATIBLE"))


def accepted(outcome: Told, stream: TextIO) -> None:
    """Print how many findings a baseline or the settings let pass, and why; nothing where none."""
    for reason, number in Counter(one.reason for one in outcome.accepted).items():
        _writer(stream)((f"let pass: {_count(number, 'finding')} ({clean(reason)})", "dim"))


def summary(outcome: Told, stream: TextIO) -> None:
    """Print the last line: whether the gate is open, and what closes it.

    Drafts are left out where anything is published: what is wrong with them keeps nobody waiting.
    """
    published = [one for one in outcome.totals if one.published]
    drafts = [one for one in outcome.totals if not one.published]
    counted = published or drafts
    hidden = {one.locale for one in drafts} if published else set()
    found = Counter[Severity]()
    for tally in outcome.tallies:
        if tally.locale not in hidden:
            found[tally.severity] += tally.number
    counts = f"{_count(found[Severity.ERROR], 'error')}, {_count(found[Severity.WARNING], 'warning')}"
    number, withheld = sum(one.editions for one in counted), sum(one.editions - one.open for one in counted)
    pages = _count(number, "page")
    if outcome.open:
        line = (f"The gate is open: {pages} in order ({counts}).", "bold green")
    else:
        line = (f"The gate is closed: {withheld} of {pages} withheld ({counts}).", "bold red")
    _writer(stream)(line)


def clean(text: str) -> str:
    """The text with control characters made visible, so that no terminal obeys them."""
    if text.isprintable():
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_control(character) else character for character in text)


def _is_control(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cs")


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    width = None if stream.isatty() else LOG_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def _signed(row: Total) -> str:
    """``6 of 7``; a dash where nothing needs a sign-off."""
    return f"{row.signed} of {row.safety}" if row.safety else "-"


def _pages(row: Total, named: Sequence[str]) -> Iterator[Piece]:
    """``2 published``, ``2 previews``, or which are withheld and by which rules."""
    if not row.published:
        yield _count(row.editions, "preview") + ", not published", "dim"
    elif row.open:
        yield f"{row.open} published", "green"
    yield from ((text, "red") for text in named)
    if row.published and row.editions - row.open > len(named):
        yield f"and {row.editions - row.open - len(named)} more withheld", "red"


def _parts(finding: Finding) -> Iterator[Piece]:
    """The pieces of what is printed of a finding, each with its style."""
    style = "red" if finding.severity is Severity.ERROR else "yellow"
    yield clean(_where(finding)), "bold"
    yield ": ", ""
    yield finding.severity.value, style
    yield f": {clean(finding.text)}", ""
    yield f" [{finding.rule}]", "dim"
    if finding.advice:
        yield f"\n    {clean(finding.advice)}", ""
    if finding.source_place and finding.source_place != finding.place:
        yield f"\n    source: {clean(str(finding.source_place))}", "dim"


def _where(finding: Finding) -> str:
    return str(finding.place or "") or ", ".join(filter(None, (finding.article, finding.locale))) or "project"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
