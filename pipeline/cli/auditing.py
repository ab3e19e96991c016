"""``handrail audit``: damage to copies, and what the gate makes of it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from pipeline import audit as auditing
from pipeline import project, report
from pipeline.audit import Report, Row, Score, fresh, signed
from pipeline.cli import CLOSED, OPEN
from pipeline.cli.choice import slugs, tags
from pipeline.cli.clock import today
from pipeline.errors import UsageError
from pipeline.project import Project

SCHEMA = 1
"""Rises when a field changes its meaning or goes away; new fields do not raise it."""


def audit(arguments: argparse.Namespace) -> int:
    """Damage and vary copies of the published pages, and report what the gate does; write nothing."""
    if arguments.sites < 1 or arguments.jobs < 1:
        raise UsageError("--sites and --jobs take a number from 1 upwards.")
    one = project.open_project(arguments.project)
    plan = auditing.Plan(
        root=one.root,
        today=today(),
        tags=_published(one, arguments.locale),
        slugs=tuple(sorted(slugs(one, arguments.article) or project.article_paths(one))),
        sites=arguments.sites,
        jobs=arguments.jobs,
    )
    with report.progress("auditing", sys.stderr) as done:
        found = auditing.run(plan, done)
    if arguments.format == "json":
        print(json.dumps(_data(found), ensure_ascii=False, indent=2))
    else:
        _print(found)
    return CLOSED if found.failures else OPEN


def _published(one: Project, named: Sequence[str]) -> tuple[str, ...]:
    published = [one.settings.source.tag, *(t.locale.tag for t in one.settings.targets if t.published)]
    chosen = tags(one, named) or frozenset(published)
    if hidden := sorted(chosen - set(published)):
        raise UsageError(f"{hidden[0]} is not published; only pages that go out can be audited.")
    return tuple(tag for tag in published if tag in chosen)


# --- for people ---------------------------------------------------------------------------------


def _print(found: Report) -> None:
    headings = ("", "damaged", "withheld", "fresh", "withheld", "warned", "missed", "varied", "flagged", "warned")
    print("With sign-offs in force, and on fresh translations without them, by locale:")
    report.table(headings, [_line(tag, found, tag, "") for tag in found.locales()], sys.stdout)
    print("\nBy class of damage, in all locales:")
    report.table(headings[:7], [_line(kind, found, "", kind)[:7] for kind in found.kinds()], sys.stdout)
    for row in found.failures:
        what = f"flagged by {', '.join(row.rules)}" if row.benign else "not caught"
        print(f"{row.article} {row.locale}: {row.operator} at {row.site}: {what}")
    damage, benign = signed(found.of()), signed(found.benign())
    print(f"\nWith sign-offs the gate withholds {damage.closed} of {damage.total} damaged copies,")
    print(f"and flags {benign.closed} of {benign.total} harmless variations.")
    unsigned = fresh(found.of())
    print(f"Without sign-offs it withholds {unsigned.closed} of {unsigned.total} and warns of {unsigned.warned} more.")


def _line(name: str, found: Report, locale: str, kind: str) -> tuple[str, ...]:
    damage, new, benign = signed(found.of(locale, kind)), fresh(found.of(locale, kind)), signed(found.benign(locale))
    figures = (damage.total, damage.closed, new.total, new.closed, new.warned, new.open)
    return (name, *map(str, figures), str(benign.total), str(benign.closed), str(benign.warned))


# --- for programs -------------------------------------------------------------------------------


def _data(found: Report) -> dict[str, Any]:
    operators = {
        operator.id: {"class": operator.kind, "target": operator.target, "summary": operator.summary}
        for operator in auditing.OPERATORS
    }
    return {
        "schema": SCHEMA,
        "operators": operators,
        "locales": {tag: _figures(found, tag, "") for tag in found.locales()},
        "classes": {kind: _figures(found, "", kind) for kind in found.kinds()},
        "rows": [_row(row) for row in found.rows],
        "not_applicable": [{"operator": operator, "locale": tag} for operator, tag in found.idle],
    }


def _figures(found: Report, locale: str, kind: str) -> dict[str, Any]:
    figures = {"signed": _score(signed(found.of(locale, kind))), "fresh": _score(fresh(found.of(locale, kind)))}
    return figures if kind else {**figures, "benign": _score(signed(found.benign(locale)))}


def _score(score: Score) -> dict[str, int]:
    return {"total": score.total, "withheld": score.closed, "warned": score.warned, "open": score.open}


def _row(row: Row) -> dict[str, Any]:
    return {
        "operator": row.operator,
        "article": row.article,
        "locale": row.locale,
        "site": row.site,
        "signed": row.signed.value,
        "fresh": row.fresh.value if row.fresh else None,
        "rules": list(row.rules),
    }
