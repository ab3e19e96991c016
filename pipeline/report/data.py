"""The report for programs: JSON whose shape is a promise, described in docs/report.md."""

from __future__ import annotations

import json
from typing import Any

from pipeline import __version__
from pipeline.debt import fingerprint
from pipeline.model import Finding, Outcome, Place, SafetyText, Standing

SCHEMA = 1
"""Rises when a field changes its meaning or goes away; new fields do not raise it."""


def to_json(outcome: Outcome) -> bytes:
    """The outcome as UTF-8 JSON with a newline at its end; the same outcome gives the same bytes."""
    report = {
        "schema": SCHEMA,
        "handrail": __version__,
        "open": outcome.open,
        "editions": [_edition(standing) for standing in outcome.standings],
        "findings": [_finding(finding) for finding in outcome.findings],
        "accepted": [{**_finding(one.finding), "reason": one.reason} for one in outcome.accepted],
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _edition(standing: Standing) -> dict[str, Any]:
    return {
        "article": standing.article,
        "locale": standing.locale,
        "messages": standing.messages,
        "translated": standing.translated,
        "fuzzy": standing.fuzzy,
        "machine": standing.machine,
        "safety": standing.safety,
        "signed": standing.signed,
        "published": standing.published,
        "open": standing.open,
        "reasons": list(standing.reasons),
        "safety_texts": [_safety_text(text) for text in standing.texts],
    }


def _safety_text(text: SafetyText) -> dict[str, Any]:
    review = text.review
    return {
        "safety": text.safety,
        "source": text.source,
        "shown": text.shown,
        "numbers": list(text.numbers),
        "signed_off": review and {"kind": review.kind, "by": review.reviewer, "date": review.date.isoformat()},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "text": finding.text,
        "advice": finding.advice,
        "article": finding.article,
        "locale": finding.locale,
        "place": _place(finding.place),
        "source_place": _place(finding.source_place),
        "message": _message(finding),
        "safety": list(finding.safety),
        "fingerprint": fingerprint(finding),
    }


def _message(finding: Finding) -> dict[str, Any] | None:
    if finding.key is None:
        return None
    return {"source": finding.key.source, "context": finding.key.context, "target": finding.target}


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"path": place.path, "line": place.line}
