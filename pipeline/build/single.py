"""Catalogs by themselves: any PO files, of any project, checked without one.

The rules are imported by who runs them: where workers do, their parent starts in half the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

from pipeline import debt, processes, project
from pipeline.build.packing import Row, from_rows, rows
from pipeline.collection import no_collection
from pipeline.debt import Debt, Entry
from pipeline.errors import HandrailError
from pipeline.model import Finding, Outcome, Place, Registry, Severity, Standing, State

_MUCH = 1_000_000
"""Bytes, which take longer to check than processes take to start."""

_PRELOAD = (__name__, "pipeline.checks", "pipeline.po")
"""What workers need."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """What a report says of a file."""

    locale: str
    states: tuple[State, ...]
    """Of its messages."""

    read: bool
    findings: tuple[Finding, ...]


_Sent: TypeAlias = tuple[str, tuple[State, ...], bool, tuple[Row, ...]]
"""How that travels from a worker: a catalog may have thousands of findings."""


def check_files(
    files: Sequence[Path], registry: Registry, today: date, baseline: tuple[Entry, ...], jobs: int = 1
) -> Outcome:
    """What the files come to, each as one page: a file that cannot be read closes the gate and stops no other.

    The work of one file is done by one of so many processes; however many there are, they come to the same.
    """
    once = tuple(dict.fromkeys(files))
    sizes = {file: file.stat().st_size if file.is_file() else 0 for file in once}
    if jobs > 1 and len(once) > 1 and sum(sizes.values()) >= _MUCH:
        # The largest first, so that no process has one left at the end.
        largest = sorted(once, key=sizes.__getitem__, reverse=True)
        work = partial(_sent, registry=registry, today=today)
        shared = zip(largest, processes.shared_out(work, largest, jobs, _PRELOAD), strict=True)
        done = {file: _arrived(*sent) if isinstance(sent, tuple) else _lost(file) for file, sent in shared}
    else:
        done = {file: _checked(file, registry, today) for file in once}
    results = {file.as_posix(): done[file] for file in once}
    settled = debt.settle([finding for one in results.values() for finding in one.findings], Debt(baseline))
    counted = (*settled.findings, *_stale(settled.stale))
    errors: dict[str, dict[str, None]] = {}
    for finding in counted:
        if finding.severity is Severity.ERROR:
            errors.setdefault(finding.article, {})[finding.rule] = None
    standings = tuple(_standing(path, results[path], tuple(errors.get(path, ()))) for path in results)
    return Outcome(standings, counted, settled.accepted)


def _sent(file: Path, registry: Registry, today: date) -> _Sent:
    with no_collection():
        one = _checked(file, registry, today)
        return one.locale, one.states, one.read, rows(one.findings)


def _arrived(locale: str, states: tuple[State, ...], read: bool, findings: tuple[Row, ...]) -> _Checked:
    return _Checked(locale, states, read, from_rows(findings))


def _checked(file: Path, registry: Registry, today: date) -> _Checked:
    from pipeline import checks, po

    path = file.as_posix()
    catalog = None
    try:
        catalog = po.load(project.read(Path(), str(file)), path)
        findings = checks.check_catalog(catalog, registry, today)
    except HandrailError as error:
        findings = (checks.unreadable(error, path, ""),)
    except Exception as error:  # a file that no rule survives is a file that nobody knows anything about
        crash = HandrailError(f"Checking failed: {type(error).__name__}: {error}".rstrip(": ") + ".", Place(path))
        findings = (checks.unreadable(crash, path, ""),)
    if catalog is None:
        return _Checked("", (), False, findings)
    states = [message.state for message in catalog.messages if not message.obsolete]
    return _Checked(catalog.locale, tuple(states), True, findings)


def _lost(file: Path) -> _Checked:
    """A file that two workers did not survive."""
    from pipeline import checks

    error = HandrailError("The process that checked it was lost twice.", Place(file.as_posix()))
    return _Checked("", (), False, (checks.unreadable(error, file.as_posix(), ""),))


def _stale(entries: Sequence[object]) -> Iterator[Finding]:
    for one in entries:
        if isinstance(one, Entry):
            from pipeline import checks

            yield checks.stale(f"The baseline of {one.rule}", one.article, one.locale, one.place)


def _standing(path: str, one: _Checked, reasons: tuple[str, ...]) -> Standing:
    """How far a file is; every error about it closes its gate, and the reasons are the rules of these."""
    return Standing(
        article=path,
        locale=one.locale,
        messages=len(one.states),
        translated=one.states.count(State.TRANSLATED),
        fuzzy=one.states.count(State.FUZZY),
        safety=0,
        signed=0,
        published=True,
        open=one.read and not reasons,
        reasons=reasons,
    )
