"""The events of the Markdown parser: one for each piece of text, and for each start and end of an element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyromark

Event = tuple[Any, tuple[int, int]]
"""What the parser found, and the bytes that it spans."""

SUFFIXES = (".md", ".markdown", ".mdx")
"""The ends of the names of files in Markdown; in those of MDX, components stand for themselves."""

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
"""What is read beyond CommonMark."""


INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
"""Elements inside of a run of text."""


def parse(text: str) -> Iterator[Event]:
    """The events of a text in source order.

    The parser counts the empty brackets of ``[name][]`` to no link; here they are a part of it.
    """
    data = text.encode() if "[]" in text else b""
    collapsed: set[tuple[int, int]] = set()
    for event, span in pyromark.events_with_range(text, options=OPTIONS):
        start, end = span["start"], span["end"]
        if data and data.startswith(b"[]", end):
            if _is_collapsed(event):
                collapsed.add((start, end))
            if (start, end) in collapsed:
                end += 2
        yield event, (start, end)


def _is_collapsed(event: Any) -> bool:
    name, value = named(event)
    value = named(value)[1] if name == "Start" else None
    return isinstance(value, dict) and value.get("link_type") == "Collapsed"


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events with the footnotes last, in a list of their own, in the order of their references."""
    body: list[Event] = []
    notes: dict[str, list[Event]] = {}
    numbers: dict[str, int] = {}
    targets = [body]
    for event, span in events:
        name, value = named(event)
        if name == "FootnoteReference":
            event = {name: (value, numbers.setdefault(value, len(numbers) + 1))}
        if name == "Start" and isinstance(value, dict) and "FootnoteDefinition" in value:
            targets.append(notes.setdefault(value["FootnoteDefinition"], []))
        targets[-1].append((event, span))
        if event == {"End": "FootnoteDefinition"}:
            targets.pop()
    if notes:
        end = (body[-1][1][1],) * 2 if body else (0, 0)
        body.append(({"Start": "Footnotes"}, end))
        for label in sorted(notes, key=lambda label: numbers.get(label, len(numbers) + 1)):
            body += notes[label]
        body.append(({"End": "Footnotes"}, end))
    return body


def named(event: Any) -> tuple[str, Any]:
    """An event, or the element that it starts or ends, as its name and its value."""
    if isinstance(event, str):
        return event, None
    ((name, value),) = event.items()
    return name, value
