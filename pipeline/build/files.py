"""A build: what goes out is brought to its place; only what changed since the last one is done again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import ledger, project
from pipeline.build.assessing import begin, judge
from pipeline.build.bench import Changed
from pipeline.build.jobs import STAGE
from pipeline.build.plan import EVERYTHING, Progress, Run, silent
from pipeline.build.publishing import clear, publish
from pipeline.build.results import Results
from pipeline.build.resuming import listings, note_basis
from pipeline.build.telling import tell
from pipeline.build.workforce import Here, Workforce
from pipeline.debt import Entry
from pipeline.model import Outcome
from pipeline.project import Project

_SETTINGS = ("handrail.toml", "pyproject.toml")
_ATTEMPTS = 3
"""How often a build begins anew because a file changed under its hands, or because the ledger is broken."""


@dataclass(frozen=True, slots=True)
class Built:
    """A project whose output is written."""

    outcome: Outcome
    written: int
    """How many files changed."""

    removed: int
    """How many files no longer belonged to the output."""

    lost: int
    """How many editions nobody could finish."""


@dataclass(frozen=True, slots=True)
class Building:
    """As :class:`Built`, while the ledger is open: however many editions there are, they are read one by one."""

    results: Results
    written: int
    removed: int
    run: Run

    @property
    def lost(self) -> int:
        """How many editions nobody could finish."""
        return self.run.lost

    def note(self, answer: ledger.Answer, baseline: Path | None, reports: Iterable[str]) -> None:
        """Note what this build answered, for the next one that finds nothing changed; ``reports`` are files of it."""
        run, book = self.run, self.run.book
        for report in reports:
            book.sight(report)
        folders = listings(run)
        book.note("folders", folders)
        days = "SELECT coalesce(max(first), ''), coalesce(min(until), '9999-12-31') FROM judged WHERE first <> ''"
        for name, day in zip(("from", "until"), book.one(days), strict=True):
            book.note(name, day)
        book.note("conditions", ledger.conditions(book.root, run.common.program, baseline))
        unread = book.one("SELECT 1 FROM files WHERE hash LIKE ?", f"{ledger.UNREADABLE}%")
        if not run.lost and not unread:
            book.note("answer", json.dumps(answer))
            note_basis(run, self.results.columns, folders)


def build(
    one: Project,
    today: date,
    baseline: tuple[Entry, ...] = (),
    workforce: Workforce | None = None,
    progress: Progress = silent,
) -> Built:
    """Write the pages that go out, and nothing else, into ``build/site``; previews into ``build/preview``.

    What is withheld disappears before anything is written, so that no failure on the way leaves it there.
    Raises HandrailError where the project as a whole cannot be built.
    """
    with building(one, today, baseline, workforce or Here(), progress) as made:
        return Built(made.results.outcome(), made.written, made.removed, made.lost)


@contextmanager
def building(
    one: Project, today: date, baseline: tuple[Entry, ...], workforce: Workforce, progress: Progress
) -> Iterator[Building]:
    """As :func:`build`; the ledger is closed at the end of the block."""
    with ExitStack() as stack:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                book = stack.enter_context(ledger.opened(one.root))
                run = begin(one, today, EVERYTHING, baseline, book, workforce, progress)
                made = _built(run)
                break
            except ledger.LedgerError:  # a page of the database is broken: nothing in it counts
                stack.close()
                ledger.discard(one.root)
                if attempt == _ATTEMPTS:
                    raise
            except Changed:
                stack.close()
                if attempt == _ATTEMPTS:
                    raise
                one = project.open_project(one.root)
        try:
            yield made
        finally:
            run.book.settle()
            clear(one.root)


def _built(run: Run) -> Building:
    book, root = run.book, run.one.root
    book.forget("answer")
    book.begin()
    book.commit()  # from here on no earlier answer is right, whatever happens
    clear(root)
    run.keep = STAGE
    for path in _SETTINGS:
        book.sight(path)
    if project.open_project(root).settings != run.one.settings:
        raise Changed("the settings changed while the build was starting; build again.")
    results = judge(run)
    written, removed = publish(run, results.columns)
    tell(run, results.columns)
    return Building(results, written, removed, run)
