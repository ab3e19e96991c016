"""Findings and editions as the report for programs has them: JSON texts, each as it stands there in a list.

They are made once for each edition that changed, and kept; the report is put together of them. Its shape is a promise,
described in docs/report.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any

from pipeline.debt import fingerprint
from pipeline.model import Accepted, Finding, Place, SafetyText, Standing

__all__ = ["BETWEEN", "accepted", "edition", "finding", "findings"]

_MARGIN = "    "
"""Of what stands in a list of the report."""

BETWEEN = f",\n{_MARGIN}"
"""What stands between two of a list."""


def findings(found: Iterable[Finding]) -> bytes:
    """Findings one after the other, with what stands between them; empty where there are none."""
    return _bytes(BETWEEN.join(_indented(_finding(one), _MARGIN) for one in found))


def finding(one: Finding) -> bytes:
    """A finding."""
    return _bytes(_indented(_finding(one), _MARGIN))


def accepted(one: Accepted) -> bytes:
    """A finding that may pass, and why."""
    return _bytes(_indented({**_finding(one.finding), "reason": one.reason}, _MARGIN))


def edition(standing: Standing) -> bytes:
    """How far an edition is."""
    return _bytes(_indented(_edition(standing), _MARGIN))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _indented(value: Any, margin: str) -> str:
    """What ``json.dumps`` makes with ``indent=2``, below a margin; with that option it works in Python, and slowly."""
    if isinstance(value, str):
        return encode_basestring(value)
    deeper = f"{margin}  "
    if value and isinstance(value, dict):
        pairs = [f"{encode_basestring(name)}: {_indented(one, deeper)}" for name, one in value.items()]
        return "{\n" + deeper + f",\n{deeper}".join(pairs) + f"\n{margin}}}"
    if value and isinstance(value, list):
        return "[\n" + deeper + f",\n{deeper}".join([_indented(one, deeper) for one in value]) + f"\n{margin}]"
    return json.dumps(value)


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
