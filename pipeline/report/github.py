"""The report as workflow commands of GitHub Actions, which show each finding at its line.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from pipeline.model import Finding, Outcome
from pipeline.report.ranking import Rank, place, ranked, related

_COMMANDS = {Rank.BLOCKS: "error", Rank.ASKS: "warning"}


def to_github(outcome: Outcome) -> bytes:
    """One command a line, errors first, because GitHub shows a few of each kind only; UTF-8.

    What concerns locales that are not published is left out where anything is.
    """
    lines = [_command(finding, _COMMANDS[rank]) for finding, rank in ranked(outcome) if rank in _COMMANDS]
    if not outcome.open:
        withheld = [standing for standing in outcome.standings if standing.published and not standing.open]
        names = ", ".join(f"{standing.locale}/{standing.article}" for standing in withheld) or "nothing was checked"
        lines.append(f"::error title={_property('The gate is closed')}::{_data(f'Withheld: {names}.')}")
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _command(finding: Finding, command: str) -> str:
    where = place(finding)
    properties = {"file": where.path, "line": str(max(where.line, 1)), "title": finding.rule}
    source = f"\nsource: {related(finding)}" if related(finding) else ""
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {written}::{_data(f'{finding.text} {finding.advice}{source}')}"


def _data(text: str) -> str:
    """A text as the data of a command: nothing in it ends the line, so nothing in it starts a command."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in escaped)


def _property(text: str) -> str:
    """A text as the value of a property, where colons and commas have a meaning as well."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
