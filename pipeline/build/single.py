"""Catalogs by themselves: any PO files, of any project, checked without one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pipeline import checks, debt, po, project
from pipeline.debt import Debt, Entry
from pipeline.errors import HandrailError
from pipeline.model import Catalog, Finding, Outcome, Place, Registry, Severity, Standing, State


def check_files(files: Sequence[Path], registry: Registry, today: date, baseline: tuple[Entry, ...]) -> Outcome:
    """What the files come to, each as one page: a file that cannot be read closes the gate and stops no other."""
    findings: list[Finding] = []
    catalogs: dict[str, Catalog] = {}
    for file in dict.fromkeys(files):
        path = file.as_posix()
        try:
            catalogs[path] = po.load(project.read(Path(), str(file)), path)
            findings += checks.check_catalog(catalogs[path], registry, today)
        except HandrailError as error:
            findings.append(checks.unreadable(error, path, ""))
        except Exception as error:  # a file that no rule survives is a file that nobody knows anything about
            crash = HandrailError(f"Checking failed: {type(error).__name__}: {error}".rstrip(": ") + ".", Place(path))
            findings.append(checks.unreadable(crash, path, ""))
    settled = debt.settle(findings, Debt(baseline))
    counted = (*settled.findings, *_stale(settled.stale))
    standings = tuple(_standing(file.as_posix(), catalogs, counted) for file in dict.fromkeys(files))
    return Outcome(standings, counted, settled.accepted)


def _stale(entries: Sequence[object]) -> Iterator[Finding]:
    for one in entries:
        if isinstance(one, Entry):
            yield checks.stale(f"The baseline of {one.rule}", one.article, one.locale, one.place)


def _standing(path: str, catalogs: dict[str, Catalog], findings: Sequence[Finding]) -> Standing:
    """How far a file is; every error about it closes its gate."""
    catalog = catalogs.get(path, Catalog(""))
    states = [message.state for message in catalog.index().values()]
    errors = (f.rule for f in findings if f.article == path and f.severity is Severity.ERROR)
    reasons = tuple(dict.fromkeys(errors))
    return Standing(
        article=path,
        locale=catalog.locale,
        messages=len(states),
        translated=states.count(State.TRANSLATED),
        fuzzy=states.count(State.FUZZY),
        safety=0,
        signed=0,
        published=True,
        open=path in catalogs and not reasons,
        reasons=reasons,
    )
