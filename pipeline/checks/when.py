"""What a message must be like for a rule to have anything to say about it.

Each condition is worked out once for a message, whatever the number of rules behind it; most messages are no safety
text and have no numbers or markup, so most rules need not run. A condition may hold where its rules find nothing, but
where one of them finds a fault it has to hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from pipeline.checks.units import Unit
from pipeline.model import State

When: TypeAlias = Callable[[Any], bool]

_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[{}%`@\[]|://|www\.|[mM][aA][iI][lL][tT][oO]:|tel:|sms:")


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
    return any(map(_DIGIT.search, (unit.message.key.source, unit.message.target, unit.source, unit.target)))


def marked(unit: Unit) -> bool:
    """For a message that has characters of a variable, an address, code or a format in its source or target."""
    message = unit.message
    return bool(_SIGN.search(message.key.source) or _SIGN.search(message.target) or _SIGN.search(message.source_plural))


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
