"""Findings as rows, for the way between processes, and as JSON, for the ledger.

Rows are tuples: packing a frozen value runs code of Python's for each of its fields, packing a tuple none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from pipeline.model import Accepted, Finding, Key, Place, SafetyText, Severity, SignOff, Standing

Row: TypeAlias = Sequence[Any]
"""The fields of a finding, in the order of their declaration; places, keys and the severity as plain values."""

SEVERITIES = {severity.value: severity for severity in Severity}


def rows(findings: Iterable[Finding]) -> tuple[Row, ...]:
    """Findings as rows."""
    return tuple(map(_row, findings))


def from_rows(rows: Iterable[Row]) -> tuple[Finding, ...]:
    """The findings that :func:`rows` made rows of."""
    return tuple(map(_finding, rows))


def packed(findings: Iterable[Finding]) -> str:
    """Findings as text; empty where there are none."""
    found = rows(findings)
    return json.dumps(found, separators=(",", ":")) if found else ""


def unpacked(text: str) -> tuple[Finding, ...]:
    """The findings that :func:`packed` made a text of."""
    return from_rows(json.loads(text)) if text else ()


def packed_accepted(accepted: Iterable[Accepted]) -> str:
    """What a baseline or the settings let pass, as text; empty where nothing."""
    rows = [[_row(one.finding), one.reason] for one in accepted]
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def unpacked_accepted(text: str) -> tuple[Accepted, ...]:
    """What :func:`packed_accepted` made a text of."""
    return tuple(Accepted(_finding(row), reason) for row, reason in json.loads(text)) if text else ()


def packed_standing(one: Standing) -> str:
    """How far an edition is, as text: without what closes its gate, which the findings say."""
    counts = (one.messages, one.translated, one.fuzzy, one.safety, one.signed)
    figures = [one.article, one.locale, *counts, one.published, one.machine]
    texts = [[text.safety, text.source, text.shown, text.numbers, _signed(text.review)] for text in one.texts]
    return f"{json.dumps(figures)}\n{json.dumps(texts, separators=(',', ':'))}"


def unpacked_standing(text: str, reasons: tuple[str, ...]) -> Standing:
    """What :func:`packed_standing` made a text of, with the rules that close its gate."""
    one, texts = unpacked_figures(text, reasons), text.partition("\n")[2]
    if texts in ("", "[]"):
        return one
    return replace(one, texts=tuple(_safety_text(*row) for row in json.loads(texts)))


def unpacked_figures(text: str, reasons: tuple[str, ...]) -> Standing:
    """As :func:`unpacked_standing`, without the safety messages."""
    figures = text.partition("\n")[0]
    article, locale, messages, translated, fuzzy, safety, signed, published, machine = json.loads(figures)
    counts = (messages, translated, fuzzy, safety, signed)
    return Standing(article, locale, *counts, published, not reasons, reasons, machine)


def _safety_text(safety: str, source: str, shown: Any, numbers: list[str], review: list[Any] | None) -> SafetyText:
    return SafetyText(safety, source, shown, tuple(numbers), _review(*review) if review else None)


def _signed(one: SignOff | None) -> list[Any] | None:
    if one is None:
        return None
    texts = (one.article, one.locale, one.safety, one.source_hash, one.target_hash, one.kind)
    people = (one.translator, one.reviewer, one.qualification, one.method)
    return [*texts, *people, one.date.isoformat(), one.signature, one.place.path, one.place.line]


def _review(*fields: Any) -> SignOff:
    article, locale, safety, source, target, kind, translator, reviewer, qualification, method, *rest = fields
    day, signature, path, line = rest
    people = (translator, reviewer, qualification, method)
    about = (article, locale, safety, source, target, kind)
    return SignOff(*about, *people, date.fromisoformat(day), signature, Place(path, line))


def _row(one: Finding) -> Row:
    return (
        one.rule,
        one.severity.value,
        one.text,
        one.advice,
        one.article,
        one.locale,
        (one.place.path, one.place.line) if one.place else None,
        (one.source_place.path, one.source_place.line) if one.source_place else None,
        (one.key.source, one.key.context) if one.key else None,
        one.safety,
        one.target,
    )


def _finding(row: Row) -> Finding:
    rule, severity, text, advice, article, locale, place, source, key, safety, target = row
    return Finding(
        rule,
        SEVERITIES[severity],
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
