"""What messages must be like for a rule to have anything to say about them.

A condition picks out of the messages of one edition those that the rules behind it may find something in; most are no
safety text and have no numbers or markup, so most rules need not run. It may pick a message in which its rules find
nothing, but where one of them finds a fault the message has to be among those picked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from pipeline.checks.units import Unit, marks
from pipeline.identity import Same
from pipeline.model import State

When: TypeAlias = Callable[[Sequence[Any]], Sequence[Any]]

_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[\d{}`<@:\]]")
"""In every text that has a digit, a variable, code, a tag, a brace or an address, but for those with ``www.`` alone."""


def always(units: Sequence[Unit]) -> Sequence[Unit]:
    """Every message."""
    return units


def safety(units: Sequence[Unit]) -> Sequence[Unit]:
    """Safety text."""
    return [unit for unit in units if unit.safety]


def unaccepted(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages whose target is missing or fuzzy."""
    return [unit for unit in units if unit.message.state is not State.TRANSLATED]


def translated(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages in another language than the source's."""
    return units if units and not units[0].is_source else ()


def counting(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages that have digits of any script in their source or target, and are not their source."""
    return [unit for unit in _signed(Same(units)) if _counts(unit)]


def marked_otherwise(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages whose source and target do not have the same variables, addresses and code."""
    return [unit for unit in _signed(Same(units)) if _is_marked_otherwise(unit)]


def braced(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages whose target has other variables than the source, or braces that may be a template's."""
    return [
        unit
        for unit in _signed(Same(units))
        if "{" in unit.message.target or "}" in unit.message.target or _is_marked_otherwise(unit)
    ]


def formatted(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages that have a placeholder such as ``%(date)s`` in their source or target."""
    return [
        unit
        for unit in units
        if "%(" in unit.message.targets[0] or "%(" in unit.message.key.source or "%(" in unit.message.source_plural
    ]


def spaced_otherwise(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages whose source and target do not begin and end in the same way, with white space or without."""
    return [unit for unit in units if _ends(unit.message.key.source) != _ends(unit.message.target)]


def broken(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages whose target does not hold the markup of its source."""
    return [unit for unit in units if unit.broken]


def worded(units: Sequence[Unit]) -> Sequence[Unit]:
    """All messages of a project that has a glossary."""
    return units if units and units[0].edition.terms else ()


@lru_cache(maxsize=16384)
def has_digit(text: str) -> bool:
    """Whether a text has a digit of any script; remembered, because several rules ask, and catalogs share sources."""
    return _DIGIT.search(text) is not None


def grouped(rules: Iterable[Any]) -> tuple[tuple[When, tuple[Any, ...]], ...]:
    """Rules by their condition, in the order in which the conditions first come."""
    groups: dict[When, list[Any]] = {}
    for rule in rules:
        groups.setdefault(rule.when, []).append(rule)
    return tuple((when, tuple(group)) for when, group in groups.items())


@lru_cache(maxsize=1)
def _signed(units: Same[Sequence[Unit]]) -> Sequence[Unit]:
    """Messages with a sign of numbers, markup or variables, which several conditions are about; most have none."""
    return [unit for unit in units.value if _SIGN.search(unit.message.targets[0]) or _is_signed(unit)]


def _is_signed(unit: Unit) -> bool:
    """Whether another of its texts has a sign than its target as that is written, or that one an address alone."""
    source, target = unit.message.key.source, unit.message.target
    return (
        "www." in target
        or _has_sign(source)
        or (unit.source != source and _has_sign(unit.source))
        or (unit.target != target and _has_sign(unit.target))
    )


@lru_cache(maxsize=16384)
def _has_sign(text: str) -> bool:
    return _SIGN.search(text) is not None or "www." in text


def _counts(unit: Unit) -> bool:
    source, target = unit.message.key.source, unit.message.target
    return source != target and bool(
        has_digit(source)
        or has_digit(target)
        or (unit.source is not source and has_digit(unit.source))
        or (unit.target is not target and has_digit(unit.target))
    )


def _is_marked_otherwise(unit: Unit) -> bool:
    if unit.message.target == unit.message.key.source:
        return False
    source, target = marks(unit.message.key.source), marks(unit.message.target)
    return source != target and sorted(source) != sorted(target)


def _ends(text: str) -> tuple[bool, bool]:
    """Whether a text begins and ends with white space."""
    return text[:1].isspace(), text[-1:].isspace()
