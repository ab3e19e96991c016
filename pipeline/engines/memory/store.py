"""What a memory holds, and what a place to keep it must be able to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

from pipeline.model import Key, Locale

__all__ = ["Entry", "Holding", "Shelf", "Store", "batches", "digest"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A text and what people accepted for it."""

    source: str
    target: str
    context: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Entries that come and go together: those of one catalog, or of one imported file."""

    owner: str
    """The project that they are from, or ``import``."""

    article: str
    """Slug, or name of the file."""

    source: str
    target: str
    """Tags."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of a shelf there is."""

    shelf: Shelf
    entries: int


class Store(Protocol):
    """A place to keep a memory. Whatever goes wrong with it is an EngineError."""

    @property
    def name(self) -> str:
        """For messages; without passwords."""

    def put(self, shelf: Shelf, entries: Iterable[Entry], digest: str) -> bool:
        """Make a shelf hold these entries and no others; False where it already says that it holds this digest."""

    def exact(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Entry | None]:
        """For each key what was accepted for its very source: of the same context first, then what most chose."""

    def alike(self, text: str, source: Locale, target: Locale, least: float) -> list[Entry]:
        """What is like a text by at least so many per cent for rapidfuzz, one entry for each source, in no order."""

    def entries(self, source: Locale, target: Locale) -> Iterator[Entry]:
        """All between two locales, sorted."""

    def holdings(self) -> list[Holding]:
        """What there is, sorted."""

    def close(self) -> None:
        """Let go of connections; the next use makes them anew."""


def digest(entries: Sequence[Entry]) -> str:
    """Of what a shelf is to hold."""
    said = "\0".join("\1".join((one.source, one.target, one.context)) for one in entries)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Things in lists of a size, without all of them at once."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
