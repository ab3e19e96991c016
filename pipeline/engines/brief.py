"""What an engine that can listen is told beside the texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model import Key, Term

__all__ = ["Brief"]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a translator into one locale would be told."""

    terms: tuple[Term, ...] = ()
    notes: Mapping[Key, str] = field(default_factory=dict)
    """Where a message stands, and what its author says about it."""
