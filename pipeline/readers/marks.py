"""What authors tell Handrail in comments: ``<!-- safety: crisis -->`` before a block.

- ``safety: ID`` and ``lacks: ROLE`` mark the block as safety text;
- ``translators: any text`` is a note for translators;
- ``translate: no`` keeps the block as it is, and ``translate: comments`` reads the comments of a code block;
- ``context: WORD`` tells messages with the same text apart.

Several of them, separated by semicolons, may share a comment; a note for translators comes last. Any
other comment says nothing to Handrail.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.model import Place

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode

_FIELD = re.compile(r"\s*([A-Za-z][A-Za-z-]*)\s*:")
_WORDS = ("safety", "lacks", "translators", "translate", "context")
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Marks:
    """What the comments before a block say of it."""

    safety: str = ""
    lacks: str = ""
    notes: tuple[str, ...] = ()
    context: str = ""
    translate: str = ""


NONE = Marks()

_TERMS = frozenset({"yes", "true"})


def notes_of(attrs: Mapping[str, str | None]) -> tuple[str, ...]:
    """What an element's own attributes tell translators: the local notes and terms of ITS 2.0.

    https://www.w3.org/TR/its20/#html5-local-attributes
    """
    notes = []
    note, reference = attrs.get("its-loc-note"), attrs.get("its-loc-note-ref")
    if note:
        notes.append(" ".join(note.split()))
    if reference:
        notes.append(f"See {reference}")
    if attrs.get("its-term") in _TERMS:
        about = attrs.get("its-term-info-ref")
        notes.append(f"A term; see {about}" if about else "A term")
    if attrs.get("its-storage-size"):
        notes.append(f"At most {attrs['its-storage-size']} bytes")
    return tuple(notes)


def plain(attrs: Mapping[str, str | None]) -> dict[str, str | None]:
    """Attributes of an element, with ``translate`` in the one way that everything after this looks for."""
    said = attrs.get("translate") or attrs.get("its-translate") or attrs.get("its:translate") or ""
    return {**attrs, "translate": said.lower()} if said.lower() in ("yes", "no") else dict(attrs)


def notes_inside(nodes: Iterable[HtmlNode]) -> Iterator[str]:
    """What the elements of a sentence tell translators, each with its words."""
    for node in nodes:
        if not node.name.startswith("#"):
            for note in notes_of(node.attrs or {}):
                words = " ".join((node.to_text() or "").split())
                yield f"{words}: {note}" if words else note
            yield from notes_inside(node.children or ())


def read_comment(comment: str, marks: Marks, place: Place) -> Marks:
    """The marks with those of one more comment; raises SourceError for one that cannot be understood."""
    found = _FIELD.match(comment)
    if not found:
        return marks
    word = found[1].lower()
    if word not in _WORDS:
        _refuse_misspelling(word, place)
        return marks
    rest = comment
    while rest.strip():
        found = _FIELD.match(rest)
        word = found[1].lower() if found else rest.strip()
        if not found or word not in _WORDS:
            raise SourceError(f"“{word}” is no mark; use {', '.join(_WORDS)}.", place)
        rest = rest[found.end() :]
        if word == "translators":
            note = " ".join(rest.split())
            if not note:
                raise SourceError("The note for translators is empty; write it or remove the comment.", place)
            return replace(marks, notes=(*marks.notes, note))
        value, _, rest = rest.partition(";")
        marks = _with(marks, word, value.strip(), place)
    return marks


def _with(marks: Marks, word: str, value: str, place: Place) -> Marks:
    if not _VALUE.fullmatch(value):
        raise SourceError(f"“{word}: {value}” needs one word of letters, digits and hyphens.", place)
    if word == "translate" and value not in ("yes", "no", "comments"):
        raise SourceError(f"“translate: {value}” means nothing; write yes or no, or comments before code.", place)
    if getattr(marks, word):
        raise SourceError(f"“{word}” is said twice of the same block; keep one.", place)
    match word:
        case "safety":
            return replace(marks, safety=value)
        case "lacks":
            return replace(marks, lacks=value)
        case "context":
            return replace(marks, context=value)
        case _:
            return replace(marks, translate=value)


def _refuse_misspelling(word: str, place: Place) -> None:
    """A safety mark with a slip of the pen must not pass for an ordinary comment."""
    close = difflib.get_close_matches(word, _WORDS, n=1, cutoff=0.75)
    if close:
        raise SourceError(f"“{word}:” is no mark; “{close[0]}:” was probably meant.", place)
