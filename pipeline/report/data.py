"""The report for programs: JSON whose shape is a promise, described in docs/report.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring
from typing import Any

from pipeline import __version__
from pipeline.debt import fingerprint
from pipeline.model import Finding, Place, SafetyText, Standing
from pipeline.report.text import Told

SCHEMA = 1
"""Rises when a field changes its meaning or goes away; new fields do not raise it."""


def to_json(outcome: Told) -> bytes:
    """The outcome as UTF-8 JSON with a newline at its end; the same outcome gives the same bytes."""
    return b"".join(json_pieces(outcome))


def json_pieces(outcome: Told) -> Iterator[bytes]:
    """What :func:`to_json` returns, in pieces: however long it is, little of it is held."""
    yield b'{\n  "schema": %d,\n' % SCHEMA
    yield f'  "handrail": {json.dumps(__version__)},\n'.encode()
    yield b'  "open": %s,\n' % (b"true" if outcome.open else b"false")
    yield from _list("editions", (_edition(standing) for standing in outcome.standings))
    yield b",\n"
    yield from _list("findings", (_finding(finding) for finding in outcome.findings))
    yield b",\n"
    yield from _list("accepted", ({**_finding(one.finding), "reason": one.reason} for one in outcome.accepted))
    yield b"\n}\n"


def _list(name: str, rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A field with a list of objects, in the layout of ``json.dumps(..., indent=2)``."""
    yield f'  "{name}": ['.encode()
    separator, end = "\n", ""
    for row in rows:
        yield f"{separator}    {indented(row, '    ')}".encode("utf-8", "backslashreplace")
        separator, end = ",\n", "\n  "
    yield f"{end}]".encode()


def indented(value: Any, margin: str) -> str:
    """What ``json.dumps`` makes with ``indent=2``, below a margin; with that option it works in Python, and slowly."""
    if isinstance(value, str):
        return encode_basestring(value)
    deeper = f"{margin}  "
    if value and isinstance(value, dict):
        pairs = [f"{encode_basestring(name)}: {indented(one, deeper)}" for name, one in value.items()]
        return "{\n" + deeper + f",\n{deeper}".join(pairs) + f"\n{margin}}}"
    if value and isinstance(value, list):
        return "[\n" + deeper + f",\n{deeper}".join([indented(one, deeper) for one in value]) + f"\n{margin}]"
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
