"""What a message must be like for a rule to have anything to say about it.

Each condition is worked out once for a message, whatever the number of rules behind it; most messages are no safety
text and have no numbers or markup, so most rules need not run. A condition may hold where its rules find nothing, but
where one of them finds a fault it has to hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeAlias

from pipeline.checks.units import Unit, marks
from pipeline.model import State

When: TypeAlias = Callable[[Any], bool]

_DIGIT = re.compile(r"\d")
_BRACE = re.compile("[{}]")


def always(_subject: object) -> bool:
    """For every message."""
    return True


def safety(unit: Unit) -> bool:
    """For safety text."""
    return bool(unit.safety)


def unaccepted(unit: Unit) -> bool:
    """For a message whose target is missing or fuzzy."""
    return unit.message.state is not State.TRANSLATED


def translated(unit: Unit) -> bool:
    """For a message in another language than the source's."""
    return not unit.is_source


def counting(unit: Unit) -> bool:
    """For a message that has digits of any script in its source or target."""
    source, target = unit.message.key.source, unit.message.target
    return bool(
        has_digit(source)
        or has_digit(target)
        or (unit.source is not source and has_digit(unit.source))
        or (unit.target is not target and has_digit(unit.target))
    )


@lru_cache(maxsize=16384)
def has_digit(text: str) -> bool:
    """Whether a text has a digit of any script; remembered, because several rules ask, and catalogs share sources."""
    return _DIGIT.search(text) is not None


def marked_otherwise(unit: Unit) -> bool:
    """For a message whose source and target do not have the same variables, addresses and code."""
    source, target = marks(unit.message.key.source), marks(unit.message.target)
    return source != target and sorted(source) != sorted(target)


def braced(unit: Unit) -> bool:
    """For a message whose target has other variables than its source, or braces that may be a template's."""
    return _BRACE.search(unit.message.target) is not None or marked_otherwise(unit)


def formatted(unit: Unit) -> bool:
    """For a message that has a placeholder such as ``%(date)s`` in its source or target."""
    message = unit.message
    return "%(" in message.target or "%(" in message.key.source or "%(" in message.source_plural


def spaced_otherwise(unit: Unit) -> bool:
    """For a message whose source and target do not begin and end in the same way, with white space or without."""
    source, target = unit.message.key.source, unit.message.target
    return source[:1].isspace() != target[:1].isspace() or source[-1:].isspace() != target[-1:].isspace()


def broken(unit: Unit) -> bool:
    """For a message whose target does not hold the markup of its source."""
    return bool(unit.broken)


def worded(unit: Unit) -> bool:
    """For a project that has a glossary."""
    return bool(unit.edition.terms)


def grouped(rules: Iterable[Any]) -> tuple[tuple[When, tuple[Any, ...]], ...]:
    """Rules by their condition, in the order in which the conditions first come."""
    groups: dict[When, list[Any]] = {}
    for rule in rules:
        groups.setdefault(rule.when, []).append(rule)
    return tuple((when, tuple(group)) for when, group in groups.items())
