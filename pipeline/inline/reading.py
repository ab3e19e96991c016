"""Message text -> nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pyromark

from pipeline.errors import MarkupError
from pipeline.inline.forms import (
    DEPTH,
    FOOTNOTE,
    HEADING_TAGS,
    LENGTH,
    NUMBERED,
    PLAIN_TAGS,
    SEPARATOR,
    SPACES,
    VOID_TAGS,
    folded,
    joined,
    pieces,
    plain,
)
from pipeline.inline.literals import Masked, element, masked
from pipeline.inline.simple import simple
from pipeline.model import Element, Node, Text

_HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\\r?\n")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)\s*(/?)>")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_MARKUP = re.compile(r"[\\`*_~\[<&]")
_SPECIAL = re.compile(r"[\\`*_~\[<&{$\r]")
"""In every text that has markup, variables, shortcodes or formulas."""

_PREFIX = "\u00a0"
_MARKDOWN_TAGS = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}


@lru_cache(maxsize=16384)
def parse(text: str) -> tuple[Node, ...]:
    """The nodes of a message in message form, white space folded.

    No block construct can start here: the one line begins with a no-break space, which is white space
    to the rules of emphasis and text to the rules of blocks.

    Raises MarkupError for unbalanced tags, tags with attributes, tags that no message may hold, and a text
    without measure.
    """
    if len(text) > LENGTH:
        raise MarkupError(f"This text is longer than {LENGTH} characters; split it into paragraphs.")
    if not _SPECIAL.search(text):
        shown = folded(text).strip(SPACES)
        return (Text(shown),) if shown else ()
    literals = masked(text)
    line = _PREFIX + folded(_HARD_BREAK.sub(r"\1<br>", literals.text)).strip(SPACES)
    if not _MARKUP.search(line):
        return literals.expand((Text(line[1:]),), pieces)
    nodes = simple(line[1:]) if literals.pattern is None else None
    return _parsed(line, literals) if nodes is None else nodes


def _parsed(line: str, literals: Masked) -> tuple[Node, ...]:
    """The nodes of a message as the parser of Markdown reads them."""
    reader = _Reader(line.encode("utf-8", "surrogatepass"), literals)
    for event, span in _PARSER.events_with_range(line + _definitions(line)):
        if event == {"End": "Paragraph"}:
            break
        if isinstance(event, dict):
            reader.take(event, span["start"], span["end"])
    return reader.finish()


_PARSER = pyromark.Markdown(options=pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_FOOTNOTES)


def _definitions(line: str) -> str:
    """A definition for each footnote that a message names, since a reference without one is plain text."""
    return "".join(f"\n\n[^{label}]: -" for label in dict.fromkeys(_FOOTNOTE.findall(line)))


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    tag: str
    attrs: tuple[tuple[str, str], ...] = ()
    source: str = ""
    children: list[Node] = field(default_factory=list)


class _Reader:
    """Builds nodes from the parser's events."""

    def __init__(self, data: bytes, literals: Masked) -> None:
        self.data = data
        self.literals = literals
        self.stack = [_Open("")]
        self.end = 0

    def take(self, event: Any, start: int, end: int) -> None:
        ((kind, value),) = event.items()
        match kind:
            case "Text":
                self.add(*self._text(value, start, end))
            case "Code":
                self.add(Element("code", (), (Text(self.literals.restore(value)),)))
            case "InlineHtml":
                self._tag(value)
            case "FootnoteReference":
                self.add(Element(FOOTNOTE, (("label", value),)))
            case "Start" if value != "Paragraph":
                self._start(value)
            case "End":
                self._end()

    def add(self, *nodes: Node) -> None:
        self.stack[-1].children.extend(nodes)

    def finish(self) -> tuple[Node, ...]:
        if len(self.stack) > 1:
            raise MarkupError(f"The tag {self.stack[-1].source} is never closed; close it or write it as \\<.")
        return joined(self.stack[0].children)

    def _text(self, value: str, start: int, end: int) -> Iterator[Node]:
        """An escaped or encoded brace opens no variable: it stands in a piece of text of its own."""
        escaped = value.startswith("{") and self.end < start and self.data[start - 1 : start] == b"\\"
        self.end = end
        if start == 0:
            value = value.removeprefix(_PREFIX)
        if self.literals.pattern is None and "{" not in value:
            if value:
                yield Text(value)
            return
        if escaped:
            yield Text("{")
            value = value[1:]
        for text, is_literal in self.literals.split(value):
            yield from (element(text),) if is_literal else pieces(text)

    def _open(self, opened: _Open) -> None:
        if len(self.stack) > DEPTH:
            raise MarkupError(f"Markup is nested more than {DEPTH} deep; simplify the text.")
        self.stack.append(opened)

    def _close(self) -> None:
        done = self.stack.pop()
        self.add(Element(done.tag, done.attrs, joined(done.children)))

    def _start(self, value: Any) -> None:
        if isinstance(value, str):
            self._open(_Open(_MARKDOWN_TAGS[value]))
            return
        ((kind, link),) = value.items()
        url, title = self.literals.restore(link["dest_url"]), self.literals.restore(link["title"])
        more = (("title", title),) if title else ()
        if kind == "Image":
            self._open(_Open("img", (("src", url), *more)))
        else:
            mailto = "mailto:" if link["link_type"] == "Email" else ""
            self._open(_Open("a", (("href", mailto + url), *more)))

    def _end(self) -> None:
        done = self.stack[-1]
        if done.source:
            raise MarkupError(f"The tag {done.source} must be closed inside the markup that it was opened in.")
        if done.tag == "img":
            alt = ("alt", plain(done.children))
            done.attrs = (done.attrs[0], alt, *done.attrs[1:])
            done.children.clear()
        self._close()

    def _tag(self, source: str) -> None:
        if source == SEPARATOR:
            return
        found = _TAG.fullmatch(source)
        if not found:
            raise MarkupError(
                f"{source} is no markup for a message: write tags without attributes, as the source does, "
                "and no comments."
            )
        closing, tag, slash = found[1], found[2].lower(), found[3]
        numbered = NUMBERED.fullmatch(tag) is not None and tag not in HEADING_TAGS
        if not numbered and tag not in PLAIN_TAGS:
            raise MarkupError(f"{source} may not stand in a message; write \\< where a < sign is meant.")
        if closing:
            self._closing(tag, source)
        elif tag in VOID_TAGS or (numbered and slash):
            self.add(Element(tag))
        elif slash:
            raise MarkupError(f"{source} is no empty element; write <{tag}> ... </{tag}>.")
        else:
            self._open(_Open(tag, source=source))

    def _closing(self, tag: str, source: str) -> None:
        if tag in VOID_TAGS:
            raise MarkupError(f"{source} has nothing to close; write <{tag}>.")
        top = self.stack[-1]
        if not top.source or top.tag != tag:
            opened = top.source or "other markup"
            raise MarkupError(
                f"{source} closes nothing here: {opened} is open." if top.tag else f"{source} closes nothing."
            )
        self._close()
