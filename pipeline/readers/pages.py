"""Any HTML page -> its parts as they are, for an import that has yet to find the article among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.model import Place
from pipeline.readers import parsing, unclosed

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode

__all__ = ["DEPTH", "Part", "parse"]

DEPTH = 200
"""How deep elements may nest: pages from the web nest deeper than sources should."""

_INSTRUCTION = re.compile(r"<\?[^>]*>")


@dataclass(frozen=True, slots=True)
class Part:
    """An element of a page, or the text between two of them."""

    tag: str
    """Empty for a text."""

    attrs: tuple[tuple[str, str], ...]
    children: tuple[Part, ...]
    text: str
    """Of a text; empty for an element."""

    line: int

    def get(self, name: str) -> str:
        """The value of an attribute; empty where it is absent."""
        return next((value for key, value in self.attrs if key == name), "")

    def walk(self) -> Iterator[Part]:
        """This part and everything inside it, in reading order."""
        stack = [self]
        while stack:
            part = stack.pop()
            yield part
            stack += reversed(part.children)


def parse(text: str, path: str) -> Part:
    """The root of a page, without comments; SourceError where it nests deeper than :data:`DEPTH`, or never closes."""
    # The parser, when it tracks places, shows <?...> as text.
    text = _INSTRUCTION.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    unclosed.refuse(text, lambda at: Place(path, text.count("\n", 0, at) + 1))
    root = parsing.page(text)
    return _part(root, 1, 0, path)


def _part(node: HtmlNode, line: int, depth: int, path: str) -> Part:
    line = node.origin_line or line
    if depth > DEPTH:
        place = Place(path, line)
        raise SourceError(f"Elements are nested more than {DEPTH} deep here; simplify the markup.", place)
    if node.name == "#text":
        return Part("", (), (), node.data if isinstance(node.data, str) else "", line)
    attrs = tuple((name, value or "") for name, value in (node.attrs or {}).items())
    shown = (child for child in node.children or () if child.name == "#text" or not child.name.startswith(("#", "!")))
    return Part(node.name, attrs, tuple(_part(child, line, depth + 1, path) for child in shown), "", line)
