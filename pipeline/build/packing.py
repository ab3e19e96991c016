"""Findings as JSON, for the ledger and for the way between processes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pipeline.model import Accepted, Finding, Key, Place, Severity


def packed(findings: Iterable[Finding]) -> str:
    """Findings as text; empty where there are none."""
    rows = [_row(finding) for finding in findings]
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def unpacked(text: str) -> tuple[Finding, ...]:
    """The findings that :func:`packed` made a text of."""
    return tuple(_finding(row) for row in json.loads(text)) if text else ()


def packed_accepted(accepted: Iterable[Accepted]) -> str:
    """What a baseline or the settings let pass, as text; empty where nothing."""
    rows = [[_row(one.finding), one.reason] for one in accepted]
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def unpacked_accepted(text: str) -> tuple[Accepted, ...]:
    """What :func:`packed_accepted` made a text of."""
    return tuple(Accepted(_finding(row), reason) for row, reason in json.loads(text)) if text else ()


def _row(one: Finding) -> list[Any]:
    place, source = ((at.path, at.line) if at else None for at in (one.place, one.source_place))
    key = (one.key.source, one.key.context) if one.key else None
    severity = one.severity.value
    return [one.rule, severity, one.text, one.advice, one.article, one.locale, place, source, key, one.safety]


def _finding(row: list[Any]) -> Finding:
    rule, severity, text, advice, article, locale, place, source, key, safety = row
    return Finding(
        rule,
        Severity(severity),
        text,
        advice,
        article,
        locale,
        Place(*place) if place else None,
        Place(*source) if source else None,
        Key(*key) if key else None,
        tuple(safety),
    )
