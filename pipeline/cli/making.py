"""``handrail build`` where there is something to do, and ``--watch``."""

from __future__ import annotations

import argparse
import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TextIO

from pipeline import build as building
from pipeline import handouts, project, report
from pipeline.build import Building, Results, Workforce
from pipeline.cli import INTERRUPTED, complain
from pipeline.cli.building import DASHBOARD, FINDINGS, folders, terminal
from pipeline.cli.checking import baseline
from pipeline.cli.clock import today
from pipeline.cli.printing import code, tell
from pipeline.cli.reporting import write_reports
from pipeline.cli.watching import changes
from pipeline.cli.workers import workforce
from pipeline.errors import HandrailError
from pipeline.ledger import Answer
from pipeline.model import Finding
from pipeline.project import Project

_LONGEST = 1_000_000
"""Characters of an answer that is noted for the next build; a longer one is made again."""


def build(arguments: argparse.Namespace) -> int:
    """Build once."""
    with workforce(arguments) as workers:
        return _build(arguments, workers)


def watch(arguments: argparse.Namespace) -> int:
    """Build, and again whenever a file of the project changes, until Ctrl-C."""
    root = project.open_project(arguments.project).root
    with workforce(arguments) as workers:
        for _ in changes(root):
            _attempt(arguments, workers)
            print("\nwatching; Ctrl-C ends it\n", flush=True)
    return INTERRUPTED


def _attempt(arguments: argparse.Namespace, workers: Workforce) -> None:
    """Build once; what is wrong is told, and keeps nobody from mending it."""
    try:
        _build(arguments, workers)
    except HandrailError as error:
        sys.stdout.flush()
        complain(error)


def _build(arguments: argparse.Namespace, workers: Workforce) -> int:
    one = project.open_project(arguments.project)
    entries = baseline(arguments.baseline)
    with ExitStack() as stack:
        with report.progress("editions", sys.stderr) as progress:
            made = stack.enter_context(building.building(one, today(), entries, workers, progress))
        return _told(one, made, arguments)


class _Heard(io.StringIO):
    """A stream that prints to another one, and remembers the beginning of it."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self.stream = stream
        self.length = 0

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a StringIO has none; who prints asks for that of the stream
        """That of the stream."""
        return self.stream.encoding

    def write(self, text: str) -> int:
        """Print, and remember."""
        self.length += len(text)
        if self.length <= _LONGEST:
            super().write(text)
        return self.stream.write(text)

    def isatty(self) -> bool:
        """Whether a person looks at the stream."""
        return self.stream.isatty()


@dataclass(frozen=True, slots=True)
class _Without:
    """The findings of results but for those of some locales; may be gone through several times."""

    results: Results
    tags: frozenset[str]

    def __iter__(self) -> Iterator[Finding]:
        return self.results.picked(lambda tag, _: tag not in self.tags)


def _told(one: Project, made: Building, arguments: argparse.Namespace) -> int:
    """Write the report, print it, and note the answer; the exit code."""
    results = made.results
    write_reports(one, results)
    withdrawn = handouts.withdraw(one, building.SITE)
    if withdrawn:
        print(f"{len(withdrawn)} hand-outs removed, whose pages changed or are withheld.", file=sys.stderr)
    answer = Answer(code(results), "", "", "", previews=False)
    if arguments.format == "text":
        answer = _printed(one, made, answer)
    elif arguments.format == "json":
        with (one.root / FINDINGS).open("rb") as stream:
            shutil.copyfileobj(stream, sys.stdout.buffer)
    else:
        tell(results.outcome(), arguments.format, one.root)
    made.note(answer, arguments.baseline, (FINDINGS, DASHBOARD))
    if made.lost:
        raise HandrailError(f"{made.lost} pages were never finished, because their workers were lost; build again.")
    return answer.code


def _printed(one: Project, made: Building, answer: Answer) -> Answer:
    """The answer with what was printed; drafts have many findings, and they are no news to who publishes."""
    results = made.results
    tags = {True: set[str](), False: set[str]()}
    for column in results.columns:
        tags[column.target.published].add(column.target.locale.tag)
    findings, summary = _Heard(sys.stdout), _Heard(sys.stdout)
    report.findings(_Without(results, frozenset(tags[False] - tags[True])), findings)
    report.standings(results, findings)
    answer = answer._replace(terminal=terminal(), findings=findings.getvalue(), previews=bool(tags[False]))
    folders(one.root, answer)
    print(f"{made.written} files written, {made.removed} removed")
    report.accepted(results, summary)
    report.summary(results, summary)
    if findings.length + summary.length > _LONGEST:
        return answer._replace(terminal="too long")
    return answer._replace(summary=summary.getvalue())
