"""What a build leaves in ``build/report``: the findings for programs, and the dashboard for people."""

from __future__ import annotations

import hashlib

from pipeline import __version__, history, project, report
from pipeline.errors import HandrailError
from pipeline.model import Outcome
from pipeline.project import Project

FINDINGS = "build/report/findings.json"
DASHBOARD = "build/report/index.html"

_MARK = ".handrail/dashboard"
"""Hashes of what the dashboard was last made of and of the page itself: it is drawn again only when one differs."""


def write_reports(one: Project, outcome: Outcome) -> None:
    """Write both. HandrailError where they cannot be written."""
    data = report.FORMATS["json"](outcome)
    project.write(one.root, FINDINGS, data)
    past = history.history(one)
    made_of = _hash(repr((__version__, one.settings, past)).encode() + data)
    if _read(one, _MARK) != f"{made_of} {_hash(_read(one, DASHBOARD))}".encode():
        page = report.dashboard(outcome, one.settings, past)
        project.write(one.root, DASHBOARD, page)
        project.write(one.root, _MARK, f"{made_of} {_hash(page)}".encode())


def _read(one: Project, path: str) -> bytes:
    try:
        return project.read(one.root, path)
    except HandrailError:  # it will be written
        return b""


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
