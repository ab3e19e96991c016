"""What an operator is: a change that must be caught, or one that must not, and the decorators that make them.

An operator of a kind is a small function over that kind's own value; its decorator finds the sites where the function
applies and builds the edition, page or theme that a gate would be given. A function answers None where it does not
apply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.audit.subject import Case, Subject

Cases: TypeAlias = Callable[[Subject], Iterator[Case]]

CLASSES = (
    "omitted unit",
    "omitted sentence",
    "untranslated",
    "stale against source",
    "unreviewed",
    "wrong digit",
    "wrong service",
    "wrong country",
    "dead number",
    "wrong channel",
    "wrong claim",
    "negation or modality",
    "urgency weakened",
    "condition",
    "actor changed",
    "placeholder broken",
    "link and text differ",
    "not a link",
    "hidden",
    "clipped",
    "outside the main text",
    "reading order",
    "invisible characters",
    "digits of another script",
    "duplicate or contradiction",
    "wrong language mark",
    "damaged text",
)
"""The ways in which safety text fails its reader."""

BENIGN = "benign"
"""The class of every variation that is no damage."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to damage a good edition, or to vary it without harm."""

    id: str
    """``family/what``."""

    kind: str
    """One of :data:`CLASSES`, or :data:`BENIGN`."""

    target: str
    """``message``, ``catalog``, ``sign-off``, ``registry``, ``source``, ``template``, ``page html``, ``page text``."""

    summary: str
    """One sentence: what it does."""

    cases: Cases
    """The damaged or varied copies, one for each site; none where it does not apply."""

    @property
    def benign(self) -> bool:
        """Whether the gate must let it pass."""
        return self.kind == BENIGN


def first_line(function: Callable[..., object]) -> str:
    """The first line of a docstring."""
    return (function.__doc__ or "").strip().partition("\n")[0]
