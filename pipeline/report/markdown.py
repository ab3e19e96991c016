"""The report as Markdown, for the comment on a pull request or the summary of a job."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.model import Finding, Outcome, Standing
from pipeline.report.ranking import Rank, place, ranked, related

SHOWN = 50
"""Findings in the table; a comment on GitHub holds 65,536 characters."""

LONGEST = 300
"""Characters of one sentence."""

_SPECIAL = re.compile(r"[\\`*_{}\[\]()#!|~$]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "\n": " "}
"""Besides markup: names after an @, which would send somebody a message."""


def to_markdown(outcome: Outcome) -> bytes:
    """A heading, a table of locales, and a table of findings, errors first; UTF-8."""
    return ("\n".join(_lines(outcome)) + "\n").encode("utf-8", "backslashreplace")


def _lines(outcome: Outcome) -> Iterator[str]:
    yield f"## Handrail: the gate is {'open' if outcome.open else 'closed'}"
    yield ""
    if outcome.standings:
        yield "| locale | article | translated | fuzzy | signed off | page |"
        yield "| --- | --- | ---: | ---: | ---: | --- |"
        yield from map(_row, outcome.standings)
    else:
        yield "Nothing was checked."
    found = [(finding, rank) for finding, rank in ranked(outcome) if rank is not Rank.DRAFT]
    if found:
        yield ""
        yield "| where | what | rule |"
        yield "| --- | --- | --- |"
        yield from (_finding(finding, rank) for finding, rank in islice(found, SHOWN))
    if len(found) > SHOWN:
        yield ""
        yield f"... and {len(found) - SHOWN} more; `handrail check` lists all."
    if outcome.accepted:
        yield ""
        yield f"{len(outcome.accepted)} findings pass by the baseline or the settings; none is about safety text."


def _row(standing: Standing) -> str:
    signed = f"{standing.signed} of {standing.safety}" if standing.safety else "-"
    if not standing.published:
        page = "preview"
    elif standing.open:
        page = "goes out"
    else:
        page = "**withheld**: " + ", ".join(f"`{reason}`" for reason in standing.reasons)
    cells = (_text(standing.locale), _text(standing.article), f"{standing.translated} of {standing.messages}")
    return f"| {' | '.join((*cells, str(standing.fuzzy), signed, page))} |"


def _finding(finding: Finding, rank: Rank) -> str:
    where = _text(str(place(finding)))
    if source := related(finding):
        where += f"<br>{_text(str(source))}"
    mark = "**error**" if rank is Rank.BLOCKS else "warning"
    return f"| {where} | {mark}: {_text(finding.text)} {_text(finding.advice)} | `{finding.rule}` |"


def _text(text: str) -> str:
    """A text that says in Markdown what it says: no markup, no table cell, no mention, no control character."""
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    shown = "".join(char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in short)
    return "".join(_ENTITIES.get(char) or _SPECIAL.sub(r"\\\g<0>", char) for char in shown)
