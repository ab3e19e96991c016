"""Markdown -> Article: CommonMark 0.31 with GitHub's tables, task lists, strikethrough, footnotes and
alerts, definition lists, and attributes of headings.

The file becomes HTML with a map of its places, and the HTML reader does the rest; so raw HTML is read as
a browser would read it, wherever Markdown cuts it into pieces.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import pyromark

from pipeline import inline
from pipeline.model import Article, Key, Place, Segment
from pipeline.readers import frontmatter, html, titles
from pipeline.readers.frontmatter import FrontMatter
from pipeline.readers.places import Places, newlines
from pipeline.readers.rendering import Writer, in_order

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


def read(text: str, path: str, locale: str, name: str) -> Article:
    """The article of a Markdown file; ``name`` is its title where the front matter holds none.

    Raises SourceError where it has no title at all, or where a comment for Handrail cannot be understood.
    """
    front = frontmatter.split(text, path)
    description = _field(front, "description", text, path)
    meta = tuple((field.name, field.value) for field in front.fields if field.name not in ("title", "description"))
    body = html.body_of_fragment(as_html(text, front.end, path))
    title, body = titles.of(_field(front, "title", text, path), body, path, name)
    return Article(PurePosixPath(path).stem, path, locale, title, description, meta, body)


def as_html(text: str, start: int, path: str) -> Places:
    """The HTML that the Markdown from a character on stands for, with the places that it comes from."""
    body = text[start:]
    events = pyromark.events_with_range(body, options=OPTIONS)
    writer = Writer(body.encode(), len(text[:start].encode()))
    for event, span in in_order((event, (span["start"], span["end"])) for event, span in events):
        writer.take(event, *span)
    return Places(path, "".join(writer.parts), writer.offsets, writer.bytes_, newlines(text.encode()))


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
