"""What is exchanged: a catalog as units, each one text of a message with its notes and its state."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.exchange.codes import Code, Codes, Pieces, codes
from pipeline.model import Catalog, Key, Message, State

__all__ = ["ACCEPTED", "INITIAL", "TRANSLATED", "Bundle", "Code", "Note", "Pieces", "Unit", "bundle", "units"]

INITIAL, TRANSLATED, REVIEWED, FINAL = "initial", "translated", "reviewed", "final"
"""States in the words of XLIFF 2."""

ACCEPTED = frozenset({TRANSLATED, REVIEWED, FINAL})
"""States in which a person stands behind the text."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is said about a message."""

    category: str
    """``context``, ``location``, ``developer``, ``translator`` or ``safety``."""

    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One text of a message: the only one, or that of one plural form."""

    id: str
    """Made from the key alone, so that a file still fits after the article was rearranged."""

    source: Pieces
    target: Pieces = ()
    """Empty where there is no text."""

    state: str = INITIAL
    notes: tuple[Note, ...] = ()
    group: str = ""
    """What the plural forms of one message have in common; empty for an ordinary message."""

    line: int = field(default=0, compare=False)
    """In the file that it was read from."""

    @property
    def accepted(self) -> bool:
        """Whether a person stands behind its text."""
        return bool(self.target) and self.state in ACCEPTED


@dataclass(frozen=True, slots=True)
class Bundle:
    """The units of one article in one locale."""

    name: str
    """Slug of the article, or ``interface``."""

    source: str
    target: str
    """Tags."""

    units: tuple[Unit, ...] = ()


def bundle(catalog: Catalog, name: str, source: str) -> Bundle:
    """Everything in a catalog that is not obsolete; ``source`` is the tag of the language of its keys."""
    found = (unit for message in catalog.messages if not message.obsolete for unit in units(message))
    return Bundle(name, source, catalog.locale, tuple(found))


def units(message: Message) -> Iterator[Unit]:
    """The texts of a message."""
    group, known = _id(message.key), codes(message)
    notes = tuple(_notes(message))
    if not message.source_plural:
        yield _unit(group, message, known, message.key.source, message.target, notes, "")
        return
    for form, target in enumerate(message.targets):
        singular = form == 0 and len(message.targets) > 1
        source = message.key.source if singular else message.source_plural
        yield _unit(f"{group}-{form}", message, known, source, target, notes, group)


def _unit(
    id: str, message: Message, known: Codes, source: str, target: str, notes: tuple[Note, ...], group: str
) -> Unit:
    state = TRANSLATED if message.state is State.TRANSLATED else INITIAL
    pieces = known.known(target).write(target) if target.strip() else ()
    return Unit(id, known.write(source), pieces, state, notes, group)


def _id(key: Key) -> str:
    """A letter and 16 hexadecimal digits: a name token of XML that says nothing about the text."""
    spelt = json.dumps([key.context, key.source])
    return "m" + hashlib.sha256(spelt.encode()).hexdigest()[:16]


def _notes(message: Message) -> Iterator[Note]:
    if message.key.context:
        yield Note("context", message.key.context)
    for reference in message.references:
        yield Note("location", reference)
    for note in message.notes:
        yield Note("safety" if note.startswith("safety: ") else "developer", note)
    for comment in message.comments:
        yield Note("translator", comment)
