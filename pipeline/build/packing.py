"""Findings as JSON, for the ledger and for the way between processes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from pipeline.model import Accepted, Finding, Key, Place, SafetyText, Severity, SignOff, Standing


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


def packed_standing(one: Standing) -> str:
    """How far an edition is, as text."""
    return json.dumps(asdict(one), separators=(",", ":"), default=date.isoformat)


def unpacked_standing(text: str) -> Standing:
    """What :func:`packed_standing` made a text of."""
    row: dict[str, Any] = json.loads(text)
    row["reasons"] = tuple(row["reasons"])
    row["texts"] = tuple(_safety_text(one) for one in row["texts"])
    return Standing(**row)


def _safety_text(row: dict[str, Any]) -> SafetyText:
    review = row["review"]
    if review is not None:
        review = SignOff(**{**review, "date": date.fromisoformat(review["date"]), "place": Place(**review["place"])})
    return SafetyText(**{**row, "numbers": tuple(row["numbers"]), "review": review})


def _row(one: Finding) -> list[Any]:
    place, source = ((at.path, at.line) if at else None for at in (one.place, one.source_place))
    key = (one.key.source, one.key.context) if one.key else None
    severity = one.severity.value
    about = (place, source, key, one.safety, one.target)
    return [one.rule, severity, one.text, one.advice, one.article, one.locale, *about]


def _finding(row: list[Any]) -> Finding:
    rule, severity, text, advice, article, locale, place, source, key, safety, target = row
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
        target,
    )
