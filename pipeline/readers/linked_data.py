"""The human text in JSON-LD: names and descriptions, not addresses, dates and identifiers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

KEYS = {
    "name": "name",
    "alternateName": "name",
    "headline": "headline",
    "alternativeHeadline": "headline",
    "description": "description",
    "disambiguatingDescription": "description",
    "abstract": "description",
    "slogan": "description",
    "text": "text",
    "articleBody": "text",
    "reviewBody": "text",
    "articleSection": "section",
    "caption": "caption",
    "keywords": "keywords",
}
"""Properties of schema.org whose value a person reads, and what translators are told of it."""

LANGUAGE = "inLanguage"
"""The property that says which language all this is in."""

_PEOPLE = frozenset({"Person", "Patient"})
"""What has a name that is not translated."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],]', re.DOTALL)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A string of the data."""

    key: str
    text: str
    span: tuple[int, int]
    """In characters, quotes included."""


@dataclass(slots=True)
class _Frame:
    """An object or an array that is open."""

    owner: _Frame | None
    """The object that the values of an array belong to; None for an object."""

    key: str | None = None
    types: set[str] = field(default_factory=set)
    values: list[Value] = field(default_factory=list)


def values(source: str) -> tuple[Value, ...] | None:
    """The strings that people read, and those that name the language, in order; None where it is no JSON."""
    try:
        json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None
    return tuple(sorted(_values(source), key=lambda value: value.span))


def _values(source: str) -> Iterator[Value]:
    stack: list[_Frame] = []
    for found in _TOKEN.finditer(source):
        token = found[0]
        top = stack[-1] if stack else None
        if token == "{":
            stack.append(_Frame(None))
        elif token == "[":
            stack.append(_Frame(top and (top.owner or top), top.key if top else None))
        elif token in "]}":
            if token == "}" and top and not top.types & _PEOPLE:
                yield from top.values
            stack.pop()
        elif token == ",":
            if top and not top.owner:
                top.key = None
        elif top and top.key is None:
            top.key = json.loads(token, strict=False)
        elif top and top.key:
            _take(top.owner or top, Value(top.key, json.loads(token, strict=False), found.span()))


def _take(frame: _Frame, value: Value) -> None:
    if value.key == "@type":
        frame.types.add(value.text)
    elif value.key == LANGUAGE or (value.key in KEYS and not _ADDRESS.fullmatch(value.text)):
        frame.values.append(value)
