"""``handrail prefill``: suggestions into empty messages, or what they would cost."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator

from pipeline import catalogs, engines, project, report
from pipeline.catalogs import Charge, Suggesting
from pipeline.cli import OPEN, one_line
from pipeline.cli.choice import slugs, targets
from pipeline.cli.files import print_changes
from pipeline.errors import UsageError


def prefill(arguments: argparse.Namespace) -> int:
    """Write suggestions into empty messages, or say what that would take."""
    if arguments.jobs is not None and arguments.jobs < 1:
        raise UsageError("--jobs takes a number from 1 upwards.")
    if arguments.dry_run and arguments.offline:
        raise UsageError("--dry-run already sends nothing; leave --offline out.")
    if arguments.dry_run:
        return _estimate(_suggesting(arguments))
    with report.progress("prefilling", sys.stderr) as show:
        bar = _Bar(show)
        suggesting = _suggesting(arguments, bar.answered)
        bar.total = suggesting.open_messages() if sys.stderr.isatty() else 0
        code = print_changes(bar.through(suggesting.fill()))
    _tell(suggesting)
    return code


class _Bar:
    """How many of the messages that were empty have been dealt with."""

    def __init__(self, show: Callable[[int, int], None]) -> None:
        self.total = 0
        self._show = show
        self._done = 0

    def answered(self, many: int) -> None:
        """A machine has dealt with some."""
        self._done += many
        self._show(min(self._done, self.total), self.total)

    def through(self, changes: Iterator[catalogs.Change]) -> Iterator[catalogs.Change]:
        """The same changes; the last one fills the bar."""
        yield from changes
        self._show(self.total, self.total)


def _suggesting(arguments: argparse.Namespace, answered: Callable[[int], None] | None = None) -> Suggesting:
    one = project.open_project(arguments.project)
    closed = engines.NOT_SENT if arguments.dry_run else engines.OFFLINE if arguments.offline else None
    run = catalogs.engines_run(one, os.environ, jobs=arguments.jobs, closed=closed, answered=answered)
    return Suggesting(one, targets(one, arguments.locale), slugs(one, arguments.article), run)


def _estimate(suggesting: Suggesting) -> int:
    """A row for each engine and locale, and the sum of what is paid for."""
    charges = list(suggesting.estimate())
    rows = [_row(charge.locale, charge.engine, charge) for charge in charges]
    total = Charge(
        "",
        "",
        sum(charge.given for charge in charges),
        sum(charge.asked for charge in charges),
        sum(charge.characters for charge in charges),
        sum(charge.cost for charge in charges),
    )
    headings = ("locale", "engine", "has a text", "is asked", "characters", "cost")
    report.table(headings, [*rows, _row("all", "", total)], sys.stdout)
    print("Nothing was sent or written.")
    return OPEN


def _row(locale: str, engine: str, charge: Charge) -> tuple[str, ...]:
    return (locale, engine, str(charge.given), str(charge.asked), str(charge.characters), f"{charge.cost:.2f}")


def _tell(suggesting: Suggesting) -> None:
    """Why messages stayed empty, and what was sent."""
    for (engine, reason), many in _ranked(suggesting.refusals):
        print(f"{'no text':9}  {engine}: {many} messages: {one_line(reason)}")
    purse = suggesting.run.purse
    for (engine, locale), characters in sorted(purse.characters.items()):
        print(f"{'sent':9}  {engine}: {characters} characters for {locale}, cost {purse.cost(engine, characters):.2f}")


def _ranked(refusals: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return sorted(refusals.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
