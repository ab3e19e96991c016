"""The registry's text, entry by entry, as a careless hand would edit it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import NO_LINE, Edition, Helpline


@dataclass(frozen=True, slots=True)
class Entry:
    """One helpline that the edition's region shows."""

    id: str
    role: str
    """A role that it has there."""

    piece: str
    """Its text, from ``[[helpline]]`` to the next."""

    whole: str
    """The text of the whole registry."""

    line: Helpline
    edition: Edition

    def swap(self, old: str, new: str) -> str | None:
        """The registry with the first ``old`` of this entry replaced; None if there is none."""
        return self.put(self.piece.replace(old, new, 1)) if old in self.piece else None

    def sub(self, pattern: str, new: str) -> str | None:
        """The same with a pattern, in which ``^`` begins a line."""
        changed, count = re.subn(f"(?m){pattern}", new, self.piece, count=1)
        return self.put(changed) if count else None

    def put(self, piece: str) -> str:
        """The registry with another text of this entry."""
        return self.whole.replace(self.piece, piece, 1)

    def number(self, digits: str) -> str:
        """The registry with other digits in the shown, the dialled and the international form of the first number."""
        contact = self.line.contacts[0]
        old = re.sub(r"\D", "", contact.display)
        piece = self.piece
        for field, value in (("display", contact.display), ("dial", contact.dial), ("e164", contact.e164)):
            piece = piece.replace(f'{field} = "{value}"', f'{field} = "{_with_digits(value, old, digits)}"', 1)
        return self.put(piece)


def entries(registry: str, edition: Edition) -> Iterator[Entry]:
    """The helplines that the edition's region shows, each once."""
    pieces = re.split(r"(?m)^(?=\[\[helpline\]\]$)", registry)
    roles = edition.registry.roles[edition.locale.region]
    seen: set[str] = set()
    for role, id in roles.items():
        if id in {NO_LINE, *seen}:
            continue
        seen.add(id)
        piece = next(piece for piece in pieces if f'\nid = "{id}"\n' in piece)
        yield Entry(id, role, piece, registry, edition.registry.helplines[id], edition)


def _with_digits(value: str, old: str, new: str) -> str:
    """A number in its own layout with other digits; its international form keeps the country code.

    Digits go in from the right, so that a number which lost one loses its first place.
    """
    kept = list(new)
    found = [index for index, char in enumerate(value) if char.isdigit()][::-1]
    chars = list(value)
    shared = min(len(found), len(old)) if not value.startswith("+") else len(old.lstrip("0"))
    for index in found[:shared]:
        chars[index] = kept.pop() if kept else ""
    return "".join(chars)
