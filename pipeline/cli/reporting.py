"""What a build leaves in ``build/report``: the findings for programs, and the dashboard for people."""

from __future__ import annotations

import hashlib

from pipeline import __version__, history, project, report
from pipeline.build import Results
from pipeline.cli.building import DASHBOARD, FINDINGS
from pipeline.errors import HandrailError
from pipeline.project import Project

_MARK = ".handrail/dashboard"
"""Hashes of what the dashboard was last made of and of the page itself: it is drawn again only when one differs."""


MOST = 20_000
"""Editions that a dashboard shows; of more no browser would show it, and no build could hold them."""


def write_reports(one: Project, results: Results) -> None:
    """Write both, or the findings only where there are more than :data:`MOST` editions.

    Raises HandrailError where they cannot be written.
    """
    project.write_pieces(one.root, FINDINGS, report.json_pieces(results))
    if results.editions > MOST:
        project.write(one.root, DASHBOARD, _TOO_MANY)
        return
    past = history.history(one)
    with (one.root / FINDINGS).open("rb") as stream:
        made_of = _hash(
            repr((__version__, one.settings, past)).encode() + hashlib.file_digest(stream, "sha256").digest()
        )
    if _read(one, _MARK) != f"{made_of} {_hash(_read(one, DASHBOARD))}".encode():
        page = report.dashboard_page(results, one.settings, past)
        project.write(one.root, DASHBOARD, page)
        project.write(one.root, _MARK, f"{made_of} {_hash(page)}".encode())


_TOO_MANY = b"""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Handrail</title>
<p>There are too many pages for a dashboard; <a href="findings.json">findings.json</a> has them all.</p>
</html>
"""


def _read(one: Project, path: str) -> bytes:
    try:
        return project.read(one.root, path)
    except HandrailError:  # it will be written
        return b""


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
