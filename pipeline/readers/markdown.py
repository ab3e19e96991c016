"""Markdown -> Article: CommonMark 0.31 with GitHub's tables, task lists, strikethrough, footnotes and
alerts, definition lists, and attributes of headings.

The file becomes HTML with a map of its places, and the HTML reader does the rest; so raw HTML is read as
a browser would read it, wherever Markdown cuts it into pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from pipeline import inline
from pipeline.errors import SourceError
from pipeline.inline import literals
from pipeline.inline.literals import Masked
from pipeline.model import Article, Place
from pipeline.readers import addresses, fences, fields, frontmatter, html, indents, masking, titles
from pipeline.readers.events import INLINE, Event, in_order, named, parse
from pipeline.readers.fences import Fence, Fenced
from pipeline.readers.ground import Ground, in_bytes, survey
from pipeline.readers.places import Places, newlines
from pipeline.readers.rendering import Writer
from pipeline.readers.selecting import Selection

_EXTENDED = re.compile(
    r"\{[^a-z\s]|[\])`]\{|\$|<[%?<]|:::|://|www\.|@|^\*\[|^\[\[?_?toc|^--8<|^(?:import|export) ", re.I | re.M
)
"""Without any of these a text needs but one reading."""

_COLON = "\x1a"
_NO_DEFINITION = re.compile(r"(?m)^(?P<indent>[ ]{0,3}):(?=[^\s:-])")

_PREFIX = "\u00a0"
"""Before it no block of Markdown can begin."""


def read(text: str, path: str, locale: str, name: str, selection: Selection) -> Article:
    """The article of a Markdown file; ``name`` is its title where the front matter holds none.

    Raises SourceError where it has no title at all, or where a comment for Handrail cannot be understood.
    """
    front = frontmatter.split(text, path)
    body, head = html.of_fragment(as_html(text, front.end, path), selection)
    title, body = titles.of(fields.title(front, text, path), body, path, name)
    others = fields.others(front, selection.fields, text, path)
    description = fields.description(front, text, path)
    return Article(PurePosixPath(path).stem, path, locale, title, description, fields.meta(front), body, head, others)


def as_html(text: str, start: int, path: str) -> Places:
    """The HTML that the Markdown from a character on stands for, with the places that it comes from.

    Shortcodes and formulas are masked in it.
    """
    laid = indents.unindented(text[start:])
    base = len(text[:start].encode())
    top = Place(path, text.count("\n", 0, start) + 1)
    masks, links, fenced, events = _prepared(without_terms(laid.text), top)
    writer = Writer(links.text.encode(), links)
    for event, span in in_order(events):
        fence = _fence(event, span, fenced)
        if fence is None:
            writer.take(event, *span)
        else:
            _write(fence, writer, links.text, span[0])
    written = with_colons("".join(writer.parts))
    bytes_ = [base + laid.byte(byte) for byte in writer.bytes_]
    return Places(path, written, writer.offsets, bytes_, newlines(text.encode()), masks)


def without_terms(text: str) -> str:
    """The text with another sign for each colon that begins a line and a word, which the parser takes for a definition.

    To all who have definition lists white space follows the colon; ``:tada:`` is a picture.
    """
    return text if _COLON in text else _NO_DEFINITION.sub(rf"\g<indent>{_COLON}", text)


def with_colons(text: str) -> str:
    """What was made of such a text, with its colons."""
    return text.replace(_COLON, ":")


def _prepared(body: str, top: Place) -> tuple[Masked, Masked, Fenced, Iterable[Event]]:
    """The text without what Markdown must not see the inside of: placeables, bare addresses, lines of colons.

    With what the parser then finds in it: a text in which nothing of the kind stands is parsed once.
    """
    events: Iterable[Event] = _bounded(body, top)
    if not _EXTENDED.search(body):
        return Masked(body, {}, None), Masked(body, {}, None), Fenced(body, {}), events
    events = list(events)
    ground = survey(body.encode(), events)
    masks = masking.masked(body, placeables(body, ground), top)
    links = masking.masked(masks.text, _addresses(masks.text, ground), top)
    fenced = fences.find(links.text, ground, top, masks)
    return masks, links, fenced, events if fenced.text == body else _bounded(fenced.text, top)


def _bounded(text: str, top: Place) -> Iterator[Event]:
    """The events of a text; SourceError, before they fill the memory, where a run of text is longer than any is."""
    size, in_code = 0, False
    for event, span in parse(text):
        name, value = named(event)
        if name == "Start":
            element = named(value)[0]
            size, in_code = (size, in_code) if element in INLINE else (0, element == "CodeBlock")
        elif name == "Text" and not in_code:
            size += len(value)
            if size > inline.LENGTH:
                line = top.line + text.encode().count(b"\n", 0, span[0])
                limit = inline.LENGTH // 2
                raise SourceError(
                    f"This text is longer than {limit} characters; split it into blocks.", replace(top, line=line)
                )
        yield event, span


def placeables(body: str, ground: Ground) -> list[tuple[int, int]]:
    """Where the shortcodes and formulas of a text are that are no code, and no attributes of a container."""
    found = in_bytes(body, literals.find(body))
    return [span for span, (byte, _) in found if not (ground.code.end_at(byte) or _is_of_container(body, span[0]))]


def _is_of_container(body: str, at: int) -> bool:
    line = body[body.rfind("\n", 0, at) + 1 : at]
    return body[at] == "{" and body[at + 1 : at + 2] not in "{%" and line.lstrip(" \t>").startswith(":::")


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
    if fence.title[1]:
        writer.fence(fence.html[1], fence.title_byte)
        shift = fence.title_byte - len(_PREFIX.encode())
        for event, (first, last) in parse(_PREFIX + text[slice(*fence.title)]):
            if named(event)[1] != "Paragraph":
                event = {"Text": event["Text"].removeprefix(_PREFIX)} if first == 0 and "Text" in event else event
                writer.take(event, max(first + shift, fence.title_byte), last + shift)
        writer.fence(fence.html[2], writer.last)
