"""``handrail browse`` and ``handrail shots``: pages as a browser shows them."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

from pipeline import build, checks, project, report, standing
from pipeline.cli import CLOSED, OPEN
from pipeline.errors import UsageError
from pipeline.model import Outcome

_LIBRARIES = ("playwright", "PIL")


def browse(arguments: argparse.Namespace) -> int:
    """Open the pages of a folder in Chromium, and report what their readers would not see."""
    need_libraries()
    from pipeline import browser

    findings = browser.browse(_folder(arguments))
    report.findings(findings, sys.stdout)
    print(f"{len(findings)} findings in Chromium." if findings else "All that matters is seen and within reach.")
    return OPEN if checks.is_open(findings) else CLOSED


def shots(arguments: argparse.Namespace) -> int:
    """Take a picture of each page in each view."""
    need_libraries()
    from pipeline import browser

    folder = _folder(arguments)
    if arguments.to.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{folder} holds the pages; write the pictures somewhere else.")
    for path in browser.shoot(folder, arguments.to):
        print(path)
    return OPEN


def looked_at(outcome: Outcome, folder: Path) -> Outcome:
    """What pages come to that were verified, and are looked at as well."""
    need_libraries()
    from pipeline import browser

    found = browser.browse(folder)
    closing = standing.Closing(found)
    standings = tuple(
        replace(one, open=one.open and not reasons, reasons=tuple(dict.fromkeys((*one.reasons, *reasons))))
        for one in outcome.standings
        for reasons in [closing.of(one.article, one.locale)]
    )
    return replace(outcome, standings=standings, findings=(*outcome.findings, *found))


def _folder(arguments: argparse.Namespace) -> Path:
    """The folder that is asked for; the project's own site if none is."""
    folder: Path | None = arguments.folder
    return folder if folder is not None else project.open_project(arguments.project).root / build.SITE


def need_libraries() -> None:
    """Raises UsageError where the extra is not installed."""
    if not all(importlib.util.find_spec(name) for name in _LIBRARIES):
        raise UsageError("Looking at pages needs more libraries: pip install 'handrail[browser]'.")
