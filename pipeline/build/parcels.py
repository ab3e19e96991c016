"""Findings on their way from one process to another: as tuples, which travel in a fraction of the time.

Packing a frozen value runs code of Python's for each of its fields; one of a tuple's runs none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from pipeline.model import Finding, Key, Place, Severity

_Row: TypeAlias = tuple[
    str,
    str,
    str,
    str,
    str,
    str,
    tuple[str, int] | None,
    tuple[str, int] | None,
    tuple[str, str] | None,
    tuple[str, ...],
    str,
]
Parcel: TypeAlias = tuple[_Row, ...]
"""The fields of findings, in the order of their declaration."""

_SEVERITIES = {severity.value: severity for severity in Severity}


def packed(findings: Iterable[Finding]) -> Parcel:
    """The findings as tuples."""
    return tuple(
        (
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
        for one in findings
    )


def unpacked(parcel: Parcel) -> tuple[Finding, ...]:
    """The findings that :func:`packed` made tuples of."""
    return tuple(
        Finding(
            rule,
            _SEVERITIES[severity],
            text,
            advice,
            article,
            locale,
            Place(*place) if place else None,
            Place(*source) if source else None,
            Key(*key) if key else None,
            safety,
            target,
        )
        for rule, severity, text, advice, article, locale, place, source, key, safety, target in parcel
    )
