"""What is known about the words of a project at moments of its past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Words:
    """Words of sources, by how far their messages are."""

    translated: int = 0
    machine: int = 0
    """Fuzzy, with a text that a machine made."""

    fuzzy: int = 0
    """The other fuzzy ones."""

    untranslated: int = 0

    def __add__(self, other: Words) -> Words:
        return Words(
            self.translated + other.translated,
            self.machine + other.machine,
            self.fuzzy + other.fuzzy,
            self.untranslated + other.untranslated,
        )

    @property
    def all(self) -> int:
        """However far they are."""
        return self.translated + self.machine + self.fuzzy + self.untranslated


@dataclass(frozen=True, slots=True)
class Point:
    """The catalogs at a commit."""

    commit: str
    time: datetime
    """When it was committed, in UTC."""

    words: Mapping[str, Words]
    """By tag, for the locales that had catalogs."""

    @property
    def all(self) -> Words:
        """The words of all locales together."""
        return sum(self.words.values(), start=Words())


@dataclass(frozen=True, slots=True)
class History:
    """Moments of a project's past, oldest first; the last one is the commit that is checked out."""

    points: tuple[Point, ...]
    remark: str
    """A sentence that says why there are none, or what they leave out; empty where nothing is to be said."""
