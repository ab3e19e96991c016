"""Markdown -> Article: CommonMark 0.31 with GitHub's tables, task lists, strikethrough, footnotes and
alerts, definition lists, and attributes of headings.

The file becomes HTML with a map of its places, and the HTML reader does the rest; so raw HTML is read as
a browser would read it, wherever Markdown cuts it into pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from pipeline import inline
from pipeline.inline import literals
from pipeline.inline.literals import Masked
from pipeline.model import Article, Key, Place, Segment
from pipeline.readers import addresses, fences, frontmatter, html, masking, titles
from pipeline.readers.events import in_order, named, parse
from pipeline.readers.fences import Fence, Fenced
from pipeline.readers.frontmatter import FrontMatter
from pipeline.readers.ground import Ground, in_bytes, survey
from pipeline.readers.places import Places, newlines
from pipeline.readers.rendering import Writer
from pipeline.readers.selecting import Selection

_EXTENDED = re.compile(r"\{\{|\{%|\$|:::|://|www\.|@", re.IGNORECASE)
"""Without any of these a text needs but one reading."""

_PREFIX = "\u00a0"
"""Before it no block of Markdown can begin."""


def read(text: str, path: str, locale: str, name: str, selection: Selection) -> Article:
    """The article of a Markdown file; ``name`` is its title where the front matter holds none.

    Raises SourceError where it has no title at all, or where a comment for Handrail cannot be understood.
    """
    front = frontmatter.split(text, path)
    description = _field(front, "description", text, path)
    meta = tuple((field.name, field.value) for field in front.fields if field.name not in ("title", "description"))
    body, head = html.of_fragment(as_html(text, front.end, path), selection)
    title, body = titles.of(_field(front, "title", text, path), body, path, name)
    return Article(PurePosixPath(path).stem, path, locale, title, description, meta, body, head)


def as_html(text: str, start: int, path: str) -> Places:
    """The HTML that the Markdown from a character on stands for, with the places that it comes from.

    Shortcodes and formulas are masked in it.
    """
    body = text[start:]
    masks, links, fenced = _prepared(body, Place(path, text.count("\n", 0, start) + 1))
    writer = Writer(links.text.encode(), len(text[:start].encode()), links)
    for event, span in in_order(parse(fenced.text)):
        fence = _fence(event, span, fenced)
        if fence is None:
            writer.take(event, *span)
        else:
            _write(fence, writer, links.text, span[0])
    return Places(path, "".join(writer.parts), writer.offsets, writer.bytes_, newlines(text.encode()), masks)


def _prepared(body: str, top: Place) -> tuple[Masked, Masked, Fenced]:
    """The text without what Markdown must not see the inside of: placeables, bare addresses, lines of colons."""
    if not _EXTENDED.search(body):
        return Masked(body, {}, None), Masked(body, {}, None), Fenced(body, {})
    ground = survey(body.encode(), parse(body))
    placeables = [span for span, (byte, _) in in_bytes(body, literals.find(body)) if not ground.code.end_at(byte)]
    masks = masking.masked(body, placeables, top)
    links = masking.masked(masks.text, _addresses(masks.text, ground), top)
    return masks, links, fences.find(links.text, ground, top)


def _addresses(text: str, ground: Ground) -> Iterator[tuple[int, int]]:
    for (start, end), (byte, last) in in_bytes(text, addresses.find(text)):
        if ground.text.end_at(byte):
            cell = ground.cells.end_at(byte)
            yield start, end if not cell else end - max(0, last - cell)


def _fence(event: Any, span: tuple[int, int], fenced: Fenced) -> Fence | None:
    """The line of colons that stars in the events stand for."""
    if not fenced.fences or named(event)[0] not in ("Rule", "Html"):
        return None
    return next((fenced.fences[byte] for byte in range(*span) if byte in fenced.fences), None)


def _write(fence: Fence, writer: Writer, text: str, start: int) -> None:
    writer.fence(fence.html[0], start)
    if fence.title_byte:
        writer.fence(fence.html[1], fence.title_byte)
        shift = fence.title_byte - len(_PREFIX.encode())
        for event, (first, last) in parse(_PREFIX + text[slice(*fence.title)]):
            if named(event)[1] != "Paragraph":
                event = {"Text": event["Text"].removeprefix(_PREFIX)} if first == 0 and "Text" in event else event
                writer.take(event, max(first + shift, fence.title_byte), last + shift)
        writer.fence(fence.html[2], writer.last)


def _field(front: FrontMatter, name: str, text: str, path: str) -> Segment | None:
    field = front.get(name)
    words = " ".join(field.value.split()) if field else ""
    if not field or not words:
        return None
    content = inline.pieces(words)
    place = Place(path, text.count("\n", 0, field.start) + 1)
    start = len(text[: field.start].encode())
    span = (start, start + len(text[field.start : field.end].encode()))
    return Segment(Key(inline.dump(content)), content, name, place, span)
