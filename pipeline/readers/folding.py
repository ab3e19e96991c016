"""White space as HTML shows it: runs of it are one space, and none stands at the edges of a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline import inline
from pipeline.model import Element, Node, Text

_BREAK = "\n"
_WORD = "x"


def fold(nodes: Iterable[Node], solid: frozenset[str]) -> tuple[Node, ...]:
    """A run of inline nodes with its white space folded, across the edges of its elements too.

    Elements that are empty or have a tag in ``solid`` stand in the line like a word, whatever is inside them.
    """
    nodes = tuple(nodes)
    line = list(_flattened(nodes, solid))
    _fold(line)
    line.reverse()
    _trim(line)
    line.reverse()
    return inline.joined(_rebuilt(nodes, iter(line), solid))


def _flattened(nodes: Iterable[Node], solid: frozenset[str]) -> Iterator[str]:
    """The texts of a run in order; a line break and a word stand for what is no text."""
    for node in nodes:
        if isinstance(node, Text):
            yield inline.folded(node.value)
        elif not isinstance(node, Element):
            yield _WORD
        elif node.tag == "br":
            yield _BREAK
        elif node.tag in solid or not node.children:
            yield _WORD
        else:
            yield from _flattened(node.children, solid)


def _fold(line: list[str]) -> None:
    """Drops each space that follows another one, the start or a line break."""
    after_space = True
    for index, text in enumerate(line):
        if text == _BREAK:
            after_space = True
            continue
        if after_space and text.startswith(" "):
            line[index] = text = text[1:]
        if text:
            after_space = text.endswith(" ")


def _trim(line: list[str]) -> None:
    """Drops the space before the end and before each line break, in a line that runs backwards."""
    at_end = True
    for index, text in enumerate(line):
        if text == _BREAK:
            at_end = True
        elif at_end:
            line[index] = text.removesuffix(" ")
            at_end = not line[index]


def _rebuilt(nodes: Iterable[Node], line: Iterator[str], solid: frozenset[str]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Text):
            value = next(line)
            if value:
                yield Text(value)
        elif not isinstance(node, Element) or node.tag in solid or not node.children:
            next(line)
            yield node
        else:
            yield Element(node.tag, node.attrs, inline.joined(_rebuilt(node.children, line, solid)))
