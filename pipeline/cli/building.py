"""``handrail build``: first whether there is anything to do at all, without importing what doing it would need."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from pipeline import ledger
from pipeline.cli.clock import today
from pipeline.errors import UsageError
from pipeline.ledger import Answer

OUTPUTS = ("build/site", "build/preview")
FINDINGS = "build/report/findings.json"
DASHBOARD = "build/report/index.html"


def build(arguments: argparse.Namespace) -> int:
    """Write the site, the previews and the report."""
    _refuse(arguments)
    if not arguments.watch and arguments.format in ("text", "json"):
        found = ledger.unchanged(arguments.project, today(), arguments.baseline, OUTPUTS)
        if found and (arguments.format == "json" or found[1].terminal == terminal()):
            return _repeat(*found, arguments.format)
    from pipeline.cli import making  # all that a build needs, which takes a while to import

    return making.watch(arguments) if arguments.watch else making.build(arguments)


def terminal() -> str:
    """What the layout of a printed table depends on."""
    names = ("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    return "|".join([str(width), str(sys.stdout.encoding), *(os.environ.get(name, "") for name in names)])


def folders(root: Path, answer: Answer) -> None:
    """Print where the output is."""
    print()
    print(f"pages     {root / OUTPUTS[0]}")
    if answer.previews:
        print(f"previews  {root / OUTPUTS[1]}")
    print(f"report    {root / DASHBOARD}")


def _repeat(root: Path, answer: Answer, form: str) -> int:
    """Print what the last build printed."""
    if form == "json":
        with (root / FINDINGS).open("rb") as stream:
            shutil.copyfileobj(stream, sys.stdout.buffer)
        return answer.code
    sys.stdout.write(answer.findings)
    folders(root, answer)
    print("0 files written, 0 removed")
    sys.stdout.write(answer.summary)
    return answer.code


def _refuse(arguments: argparse.Namespace) -> None:
    """Options that do not go together."""
    if arguments.executor == "dask" and not arguments.scheduler:
        raise UsageError("--executor dask needs --scheduler with the address of one, such as tcp://10.0.0.1:8786.")
    if arguments.executor != "dask" and (arguments.scheduler or arguments.store):
        raise UsageError("--scheduler and --store go with --executor dask.")
    if arguments.jobs is not None and arguments.jobs < 1:
        raise UsageError("--jobs is a number of processes, at least 1.")
    if arguments.watch and arguments.format != "text":
        raise UsageError("--watch prints for people; leave --format out.")
