"""Markdown -> Article: CommonMark 0.31 with GitHub's tables, task lists, strikethrough, footnotes and
alerts, definition lists, and attributes of headings.

Most files are read straight from the parser's events. Where that would take a parser of HTML, the file becomes HTML
with a map of its places, and the HTML reader does the rest; so raw HTML is read as a browser would read it, wherever
Markdown cuts it into pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pipeline import inline
from pipeline.errors import SourceError
from pipeline.inline import literals
from pipeline.inline.literals import Masked
from pipeline.model import Article, Node, Place
from pipeline.readers import addresses, fences, fields, frontmatter, indents, masking, titles
from pipeline.readers.direct import Origin, nodes
from pipeline.readers.events import INLINE, Event, in_order, named, parse
from pipeline.readers.fences import Fence, Fenced
from pipeline.readers.ground import Ground, in_bytes, survey
from pipeline.readers.indents import Unindented
from pipeline.readers.places import Places, newlines
from pipeline.readers.rendering import Writer
from pipeline.readers.selecting import Selection
from pipeline.readers.steps import Unlike

_EXTENDED = re.compile(
    r"\{(?:[^a-zA-Z\s]|(?<=[\])`]\{))|\$|<[%?<]|:(?:::|//)|@|\*(?<=^\*)\[|\[(?<=^\[)\[?_?[tT][oO][cC]|-(?<=^-)-8<", re.M
)
_STATEMENT = re.compile(r"^(?:import|export) ", re.I | re.M)
"""Without any of these, or ``www.``, a text needs but one reading.

Each branch of the first begins with a letter of its own, so that it is searched for in a small part of the time.
"""

_BEGINNING = re.compile(rb"\{|\$|<[%?<]")
_LINES = ("\n*[", "\n[toc", "\n[[toc", "\n[[_toc", "\n--8<", "\nimport ", "\nexport ")
"""One of these begins every placeable, the line of one that is a whole line."""

_FOLDED = re.compile("[\u0131\u017f]")
"""An i and an s to a pattern that ignores case, and to no other."""

_SIGN_OF_ADDRESS = re.compile(rb"://|@")

_COLON = "\x1a"
_NO_DEFINITION = re.compile(r"(?m)^(?P<indent>[ ]{0,3}):(?=[^\s:-])")

_PREFIX = "\u00a0"
"""Before it no block of Markdown can begin."""


def read(text: str, path: str, locale: str, name: str, selection: Selection) -> Article:
    """The article of a Markdown file; ``name`` is its title where the front matter holds none.

    Raises SourceError where it has no title at all, or where a comment for Handrail cannot be understood.
    """
    front = frontmatter.split(text, path)
    prepared = _prepared(text, front.end, path)
    head: tuple[Node, ...] = ()
    try:
        body = _directly(prepared, selection)
    except Unlike:
        from pipeline.readers import html  # most sources are read without

        body, head = html.of_fragment(_as_html(prepared), selection)
    title, body = titles.of(fields.title(front, text, path), body, path, name)
    others = fields.others(front, selection.fields, text, path)
    description = fields.description(front, text, path)
    return Article(PurePosixPath(path).stem, path, locale, title, description, fields.meta(front), body, head, others)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A text without what Markdown must not see the inside of, and what the parser found in it."""

    path: str
    base: int
    """The byte of the file that it begins at."""

    newlines: list[int]
    laid: Unindented
    masks: Masked
    """Placeables."""

    links: Masked
    """Bare addresses, too."""

    fenced: Fenced
    """Lines of colons, too."""

    events: list[Event]


def as_html(text: str, start: int, path: str) -> Places:
    """The HTML that the Markdown from a character on stands for, with the places that it comes from.

    Shortcodes and formulas are masked in it.
    """
    return _as_html(_prepared(text, start, path))


def _directly(source: _Prepared, selection: Selection) -> tuple[Node, ...]:
    """The body; Unlike where it takes HTML to see what it is."""
    if selection.skip or source.laid.is_changed or source.masks.parts or source.fenced.fences:
        raise Unlike
    return nodes(source.events, Origin(source.links.text, source.path, source.base, source.newlines, source.links))


def _as_html(source: _Prepared) -> Places:
    links, fenced = source.links, source.fenced
    writer = Writer(links.text.encode(), links)
    for event, span in source.events:
        fence = _fence(event, span, fenced)
        if fence is None:
            writer.take(event, *span)
        else:
            _write(fence, writer, links.text, span[0])
    written = with_colons("".join(writer.parts))
    bytes_ = [source.base + source.laid.byte(byte) for byte in writer.bytes_]
    return Places(source.path, written, writer.offsets, bytes_, source.newlines, source.masks)


def without_terms(text: str) -> str:
    """The text with another sign for each colon that begins a line and a word, which the parser takes for a definition.

    To all who have definition lists white space follows the colon; ``:tada:`` is a picture.
    """
    return text if _COLON in text else _NO_DEFINITION.sub(rf"\g<indent>{_COLON}", text)


def with_colons(text: str) -> str:
    """What was made of such a text, with its colons."""
    return text.replace(_COLON, ":")


def _prepared(text: str, start: int, path: str) -> _Prepared:
    """The text from a character on; one in which nothing has to be hidden from the parser is parsed once."""
    laid = indents.unindented(text[start:])
    body = without_terms(laid.text)
    top = Place(path, text.count("\n", 0, start) + 1)
    masks = links = Masked(body, {}, None)
    fenced = Fenced(body, {})
    events = _bounded(body, top)
    if _is_extended(body):
        ground = survey(body.encode(), events)
        masks = masking.masked(body, placeables(body, ground), top)
        links = masking.masked(masks.text, _addresses(masks.text, ground), top)
        fenced = fences.find(links.text, ground, top, masks)
        if fenced.text != body:
            events = _bounded(fenced.text, top)
    if "[^" in body:
        events = in_order(events)
    lines = newlines(text.encode())
    return _Prepared(path, len(text[:start].encode()), lines, laid, masks, links, fenced, events)


def _is_extended(text: str) -> bool:
    """Whether anything may have to be hidden from the parser."""
    lower = text.lower()
    return (
        "www." in lower
        or _EXTENDED.search(text) is not None
        or ("port " in lower and _STATEMENT.search(text) is not None)
    )


def _bounded(text: str, top: Place) -> list[Event]:
    """The events of a text; SourceError, before they fill the memory, where a run of text is longer than any is."""
    return list(parse(text) if len(text) <= inline.LENGTH else _measured(text, top))


def _measured(text: str, top: Place) -> Iterator[Event]:
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
                    f"This text is longer than {limit} characters; split it into blocks.", top._replace(line=line)
                )
        yield event, span


def placeables(body: str, ground: Ground) -> list[tuple[int, int]]:
    """Where the shortcodes and formulas of a text are that are no code, and no attributes of a container."""
    lines = f"\n{body.lower()}"
    if not _FOLDED.search(body) and not any(line in lines for line in _LINES):
        begin = (found.start() for found in _BEGINNING.finditer(body.encode()))
        if all(map(ground.code.end_at, begin)):  # as in most texts about programs, whose code is full of braces
            return []
    found = in_bytes(body, literals.find(body))
    return [span for span, (byte, _) in found if not (ground.code.end_at(byte) or _is_of_container(body, span[0]))]


def _is_of_container(body: str, at: int) -> bool:
    line = body[body.rfind("\n", 0, at) + 1 : at]
    return body[at] == "{" and body[at + 1 : at + 2] not in "{%" and line.lstrip(" \t>").startswith(":::")


def _addresses(text: str, ground: Ground) -> Iterator[tuple[int, int]]:
    if "www." not in text.lower():
        data = text.encode()
        signs = (found.start() for found in _SIGN_OF_ADDRESS.finditer(data))
        # An underscore may be the end of emphasis and a part of an address.
        if not any(
            data[at - 1 : at] == b"_" or ground.text.end_at(at - 1) for at in signs if at
        ):  # all are those of links
            return
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
