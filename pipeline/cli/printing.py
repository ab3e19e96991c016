"""An outcome as the format that was asked for, and as an exit code."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline import report
from pipeline.cli import CLOSED, OPEN
from pipeline.model import Outcome
from pipeline.report import Told


def tell(outcome: Outcome, form: str, root: Path) -> int:
    """Print an outcome for programs, in one of :data:`pipeline.report.FORMATS`; its exit code.

    JSON names files as the project does; the formats of CI systems name them as seen from the current folder.
    """
    seen = outcome if form == "json" else report.below(outcome, _from_here(root))
    sys.stdout.buffer.write(report.FORMATS[form](seen))
    return code(outcome)


def explain(outcome: Outcome) -> int:
    """Print an outcome for people; its exit code."""
    report.findings(outcome.findings, sys.stdout)
    report.standings(outcome, sys.stdout)
    report.accepted(outcome, sys.stdout)
    report.summary(outcome, sys.stdout)
    return code(outcome)


def code(outcome: Told) -> int:
    """0 for an open gate, 1 for a closed one."""
    return OPEN if outcome.open else CLOSED


def _from_here(root: Path) -> str:
    """The path of the project from the current folder; empty where it is that folder, or not below it."""
    here, there = Path.cwd().resolve(), root.resolve()
    return there.relative_to(here).as_posix() if there != here and there.is_relative_to(here) else ""
