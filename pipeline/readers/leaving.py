"""What of a file is in no message, and why.

The list is complete by its making: whatever stands neither in a segment nor in a part of the file that is
known by name is listed as markup.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.readers import frontmatter, html, markdown, parsing
from pipeline.readers.events import SUFFIXES
from pipeline.readers.nodes import data, offset
from pipeline.readers.places import Places
from pipeline.readers.selecting import Selection, content, skipped
from pipeline.readers.tags import VERBATIM, attribute_kind

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode

_HIDDEN = {"script": "script", "style": "style sheet", "template": "template"}
_URLS = frozenset({"action", "cite", "data", "formaction", "href", "longdesc", "ping", "poster", "src", "srcset"})
_MADE = frozenset({"class", "role", "start", "style", "type"})
"""Attributes that the reader gives to elements of Markdown."""

_MARKS = re.compile(r"\s*(?:safety|lacks|translators|translate|context)\s*:", re.IGNORECASE)
_KEPT = re.compile(r"^\s*(?:[^:]*;\s*)?translate\s*:\s*no\b", re.IGNORECASE)
_DEFINITION = re.compile(r"[ >]*\[[^\]]+\]:\s*\S")
_TAGS = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>|<!doctype[^>]*>|&\w+;", re.IGNORECASE | re.DOTALL)
_ELEMENTS_OF_THEIR_OWN = ("#comment", *_HIDDEN)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text that is in no message."""

    line: int
    """From 1."""

    why: str
    """``code``, ``comment``, ``url``, ``front matter field date`` ..."""

    text: str


Span = tuple[int, int]


def leftovers(text: str, path: str, spans: Iterable[Span], selection: Selection) -> list[Leftover]:
    """The texts of a file that stand in none of its segments, whose byte spans are given, in file order."""
    finder = _Finder(path, text, _joined(spans), selection)
    found = list(finder.find())
    return sorted([*found, *finder.rest(found)], key=lambda one: one.line)


class _Finder:
    def __init__(self, path: str, text: str, spans: list[Span], selection: Selection) -> None:
        self.selection = selection
        self.path = path
        self.text = text
        self.bytes_ = text.encode()
        self.spans = spans
        self.is_markdown = path.lower().endswith(SUFFIXES)
        self.front = frontmatter.split(text, path)

    def find(self) -> Iterator[Leftover]:
        for field in (*self.front.texts, *self._fields_without_texts()):
            at = len(self.text[: field.start].encode())
            if field.value.strip() and not self._is_read(at):
                line = self.text.count("\n", 0, field.start) + 1
                yield Leftover(line, f"front matter field {field.name}", field.value)
        places, root, inside = self._parsed()
        left_out = skipped(root, self.selection)
        stack: list[tuple[HtmlNode, str, int]] = [(root, "" if inside is root else "outside of the article", 0)]
        while stack:
            node, why, at = stack.pop()
            at = offset(node, at)
            why = (
                "" if node is inside else why or ("left out by the settings" if id(node) in left_out else _reason(node))
            )
            yield from self._node(node, why, at, places)
            if node.name not in _ELEMENTS_OF_THEIR_OWN and not self._is_number(node):
                stack += ((child, kept or why, at) for child, kept in reversed(list(_marked(node.children or ()))))

    def _fields_without_texts(self) -> Iterator[frontmatter.Field]:
        """Lists and numbers of TOML."""
        names = {text.name.partition(".")[0] for text in self.front.texts}
        return (field for field in self.front.fields if field.name not in names)

    def rest(self, found: list[Leftover]) -> Iterator[Leftover]:
        """Lines with words that nothing else accounts for."""
        known = {one.line + step for one in found for step in range(one.text.count("\n") + 1)}
        at = 0
        first = self.text[: self.front.end].count("\n") + 1
        bare = _TAGS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), self.text)
        lines = zip(self.text.split("\n"), bare.split("\n"), strict=True)
        for number, (line, words) in enumerate(lines, start=1):
            end = at + len(line.encode())
            words = words.strip()
            if number >= first and number not in known and not self._touches(at, end) and _has_words(words):
                yield Leftover(number, "link definition" if _DEFINITION.match(words) else "markup", words)
            at = end + 1

    def _touches(self, start: int, end: int) -> bool:
        """Whether a segment stands on a line, given by its bytes."""
        index = bisect_right(self.spans, (end, 0)) - 1
        return index >= 0 and self.spans[index][1] > start

    def _parsed(self) -> tuple[Places, HtmlNode, HtmlNode]:
        """The parsed file, and the element that holds the article."""
        if self.is_markdown:
            places = markdown.as_html(self.text, self.front.end, self.path)
            root = parsing.fragment(places.text)
            return places, root, root
        places = html.places_of(self.text, self.path)
        root = parsing.page(places.text)
        chosen = content(root, self.selection, self.path)
        return places, root, chosen or html.main(list(html.elements(root)))

    def _node(self, node: HtmlNode, why: str, at: int, places: Places) -> Iterator[Leftover]:
        byte = places.byte(at)
        line = places.line(byte)
        if node.name == "#text":
            text = data(node)
            first = places.byte(at + len(text) - len(text.lstrip()))
            if why in ("code block", "formula or form text") or not self._is_read(first):
                kept = places.masks.restore(text)
                yield from _left(places.line(first), why or _kind(kept, text), kept.strip())
        elif node.name == "#comment":
            yield from _left(line, "mark for Handrail" if _MARKS.match(data(node)) else "comment", data(node))
        elif node.name in _HIDDEN:
            yield from _left(line, _HIDDEN[node.name], "".join(map(data, node.children or ())) or node.to_text())
        elif not node.name.startswith(("#", "!")):
            yield from self._attributes(node, why, line, byte)

    def _attributes(self, node: HtmlNode, why: str, line: int, byte: int) -> Iterator[Leftover]:
        attrs = dict(node.attrs or {})
        for name, value in attrs.items():
            if attribute_kind(node.name, name, attrs) and not why:
                continue
            if node.name == "meta" and name == "content" and self._is_read(byte):
                continue
            if self.is_markdown and (name in _MADE or (value or "") not in self.text) and not self._is_tag(byte):
                continue  # of the reader's own making: the class of a callout, the address of a footnote
            reason = "url" if name in _URLS else f"attribute {name}"
            yield from _left(line, why if attribute_kind(node.name, name, attrs) else reason, value or "")

    def _is_tag(self, byte: int) -> bool:
        """Whether a tag of HTML stands at a byte."""
        return self.bytes_.startswith(b"<", byte)

    def _is_number(self, node: HtmlNode) -> bool:
        """Whether an element is the number of a footnote, which the reader makes."""
        return self.is_markdown and node.name == "sup" and (node.attrs or {}).get("class") == "footnote"

    def _is_read(self, byte: int) -> bool:
        """Whether a byte stands in a segment."""
        index = bisect_right(self.spans, (byte + 1,)) - 1
        return index >= 0 and byte < self.spans[index][1]


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans as they follow each other, those inside another one left out."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if not result or start >= result[-1][1]:
            result.append((start, end))
        else:
            result[-1] = (result[-1][0], max(result[-1][1], end))
    return result


def _marked(children: Iterable[HtmlNode]) -> Iterator[tuple[HtmlNode, str]]:
    """The children of an element, and why the one after a mark `translate: no` is not translated."""
    kept = ""
    for child in children:
        if child.name == "#comment":
            kept = "translate=no" if _KEPT.search(data(child)) else kept
            yield child, ""
        else:
            yield child, kept
            kept = kept if child.name == "#text" and not data(child).strip() else ""


def _reason(node: HtmlNode) -> str:
    """Why the texts inside an element are in no message; empty where they should be in one."""
    if node.name.startswith(("#", "!")):
        return ""
    if (node.attrs or {}).get("translate") == "no":
        return "translate=no"
    if node.name in ("pre", "code"):
        return "code block" if node.name == "pre" else "code"
    return "formula or form text" if node.name in VERBATIM else ""


def _kind(text: str, masked: str) -> str:
    """Why a text is in no message that nothing around it keeps out of one."""
    return "shortcode" if text != masked else "not read"


def _left(line: int, why: str, text: str) -> Iterator[Leftover]:
    if _has_words(text):
        yield Leftover(line + text[: len(text) - len(text.lstrip())].count("\n"), why, text.strip())


def _has_words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
