"""The comments in code, where an author asks for them: ``<!-- translate: comments -->`` before a code block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.model import Element, Node, Segment, Text
from pipeline.readers.nodes import data, offset
from pipeline.readers.places import Places

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode

_OPENING = re.compile(r"\s*(?:<!--|/\*+|//+|#+|--+|;+|%+|\{-|\(\*|\*+(?!/)|')?[!\s]*")
_CLOSING = re.compile(r"\s*(?:\*+/|-->|-\}|\*\))?\s*\Z")

Make = Callable[[str, tuple[int, int]], Segment]
"""A segment of a comment's words; the span is in offsets of the parsed text."""


def commented(node: HtmlNode, places: Places, make: Make) -> tuple[Node, ...]:
    """What a ``pre`` element holds, with a segment for each line of a comment.

    Raises SourceError where it is not clear what a comment is: the language is not named or not known, or the
    code has elements inside.
    """
    children = [child for child in node.children or () if child.name != "#comment"]
    code = children[0] if len(children) == 1 and children[0].name == "code" else node
    texts = list(code.children or ())
    spans = None
    source = "".join(map(data, texts))
    if all(text.name == "#text" for text in texts):
        spans = find(source, _language(code) or _language(node))
    if spans is None:
        raise SourceError(
            "The comments of this code cannot be told; name its language after the opening fence, as ```python.",
            places.place(offset(node, 0)),
        )
    nodes = tuple(_nodes(source, spans, offset(code, 0), places, make))
    attrs = tuple((name, value or "") for name, value in (code.attrs or {}).items())
    return nodes if code is node else (Element("code", attrs, nodes),)


def _language(node: HtmlNode) -> str:
    classes = ((node.attrs or {}).get("class") or "").split()
    return next((name.partition("-")[2] for name in classes if name.startswith(("language-", "lang-"))), "")


def _nodes(source: str, spans: list[tuple[int, int]], at: int, places: Places, make: Make) -> Iterator[Node]:
    done = 0
    for start, end in spans:
        if start > done:
            yield Text(places.masks.restore(source[done:start]))
        words = source[start:end]
        written = escape(words, quote=False)
        found = places.text.find(written, at)
        at = found + len(written) if found >= 0 else at
        yield make(places.masks.restore(words), (at - len(written), at) if found >= 0 else (at, at))
        done = end
    yield Text(places.masks.restore(source[done:]))


def find(code: str, language: str) -> list[tuple[int, int]] | None:
    """Where the words of its comments start and end, a line each; None for a language that nobody knows."""
    from pygments.lexers import get_lexer_by_name  # a large library that few articles need
    from pygments.token import Comment
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return None
    spans: list[tuple[int, int]] = []
    for start, kind, text in lexer.get_tokens_unprocessed(code):
        if "Comment" in kind[:1] and kind not in (Comment.Preproc, Comment.PreprocFile, Comment.Hashbang):
            spans += _lines(text, start)
    return spans


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The words on each line of a comment, without the signs that begin and end it."""
    for line in re.finditer(r"[^\r\n]+", text):
        opening = _OPENING.match(line[0])
        first = opening.end() if opening else 0
        closing = _CLOSING.search(line[0], first)
        last = closing.start() if closing else len(line[0])
        if re.search(r"[^\W_]", line[0][first:last]):
            yield start + line.start() + first, start + line.start() + last
