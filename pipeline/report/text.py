"""The report for people: a table of locales, and findings as ``file:line: what is wrong``.

Colours and lines only where a person looks at a terminal; plain text in pipes and logs. Texts out of
catalogs are shown, never obeyed: control characters in them do not reach the terminal.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.model import Finding, Outcome, Severity, Standing

SHOWN = 5
"""How many findings of one rule in one edition are printed; the JSON report has all of them."""

LOG_WIDTH = 120
"""Columns of a table in a pipe or a log."""


def standings(outcome: Outcome, stream: TextIO) -> None:
    """Print a row for each locale: how far it is, and which of its pages go out."""
    table = Table(box=box.SIMPLE_HEAD if stream.isatty() else None, pad_edge=False, show_edge=False)
    table.add_column("locale", no_wrap=True)
    for heading in ("messages", "translated", "fuzzy", "signed off"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("pages", overflow="fold")
    for locale, rows in _by_locale(outcome.standings):
        table.add_row(
            locale,
            str(sum(row.messages for row in rows)),
            str(sum(row.translated for row in rows)),
            str(sum(row.fuzzy for row in rows)),
            _signed(rows),
            _pages(rows),
        )
    console = _console(stream)
    with console.capture() as captured:
        console.print(table)
    stream.writelines(line.rstrip() + "\n" for line in captured.get().splitlines())


def findings(found: Sequence[Finding], stream: TextIO) -> None:
    """Print findings, errors first, each with its place, its sentence and what to do."""
    console = _console(stream)
    ranked = sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)
    for _, group in groupby(ranked, key=lambda finding: (finding.severity, finding.article, finding.locale)):
        printed: Counter[str] = Counter()
        for finding in group:
            printed[finding.rule] += 1
            if printed[finding.rule] <= SHOWN:
                console.print(_finding(finding), soft_wrap=True)
        for rule_id, number in printed.items():
            if number > SHOWN:
                console.print(Text(f"... and {number - SHOWN} more of {rule_id}; --format json lists all", "dim"))


def accepted(outcome: Outcome, stream: TextIO) -> None:
    """Print how many findings a baseline or the settings let pass, and why; nothing where none."""
    for reason, number in Counter(one.reason for one in outcome.accepted).items():
        _console(stream).print(Text(f"let pass: {_count(number, 'finding')} ({clean(reason)})", "dim"), soft_wrap=True)


def summary(outcome: Outcome, stream: TextIO) -> None:
    """Print the last line: whether the gate is open, and what closes it.

    Drafts are left out where anything is published: what is wrong with them keeps nobody waiting.
    """
    counted = [standing for standing in outcome.standings if standing.published] or outcome.standings
    drafts = {standing.locale for standing in outcome.standings} - {standing.locale for standing in counted}
    found = [finding for finding in outcome.findings if finding.locale not in drafts]
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    counts = f"{_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}"
    pages = _count(len(counted), "page")
    if outcome.open:
        line = Text(f"The gate is open: {pages} in order ({counts}).", "bold green")
    else:
        withheld = sum(not standing.open for standing in counted)
        line = Text(f"The gate is closed: {withheld} of {pages} withheld ({counts}).", "bold red")
    _console(stream).print(line, soft_wrap=True)


def clean(text: str) -> str:
    """The text with control characters made visible, so that no terminal obeys them."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_control(character) else character for character in text)


def _is_control(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cs")


def _console(stream: TextIO) -> Console:
    width = None if stream.isatty() else LOG_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def _by_locale(rows: Sequence[Standing]) -> Iterator[tuple[str, list[Standing]]]:
    """The rows of each locale, locales in the order in which they first appear."""
    for locale in dict.fromkeys(row.locale for row in rows):
        yield locale, [row for row in rows if row.locale == locale]


def _signed(rows: Sequence[Standing]) -> str:
    """``6 of 7``; a dash for the source locale, which needs no sign-off."""
    needed = sum(row.safety for row in rows)
    return f"{sum(row.signed for row in rows)} of {needed}" if needed else "-"


def _pages(rows: Sequence[Standing]) -> Text:
    """``2 published``, ``2 previews``, or which are withheld and by which rules."""
    parts = []
    opened = sum(row.open for row in rows if row.published)
    previews = sum(not row.published for row in rows)
    if opened:
        parts.append((f"{opened} published", "green"))
    if previews:
        parts.append((_count(previews, "preview") + ", not published", "dim"))
    for row in rows:
        if row.published and not row.open:
            parts.append((f"{row.article} withheld: {', '.join(row.reasons)}", "red"))
    return Text("; ").join(Text(text, style) for text, style in parts)


def _finding(finding: Finding) -> Text:
    style = "red" if finding.severity is Severity.ERROR else "yellow"
    where = str(finding.place or "") or ", ".join(filter(None, (finding.article, finding.locale))) or "project"
    line = Text(clean(where), "bold")
    line.append(": ", "not bold").append(finding.severity.value, f"not bold {style}")
    line.append(f": {clean(finding.text)}", "not bold").append(f" [{finding.rule}]", "not bold dim")
    if finding.advice:
        line.append(f"\n    {clean(finding.advice)}", "not bold")
    if finding.source_place and finding.source_place != finding.place:
        line.append(f"\n    source: {clean(str(finding.source_place))}", "not bold dim")
    return line


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
