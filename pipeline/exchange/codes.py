"""The text of a message as runs of words and inline codes, and back.

A code is named by a number: that of the element or variable of the *source* that it stands for. So a tool may
rewrite what it shows for a code as it likes, and still only moves the source's own markup about.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pipeline import inline
from pipeline.errors import MarkupError
from pipeline.model import Element, Message, Node, Text, Variable

OPEN, CLOSE, ALONE = "open", "close", "alone"


@dataclass(frozen=True, slots=True)
class Code:
    """One end of an element, or something without inside."""

    id: str
    kind: str
    """:data:`OPEN`, :data:`CLOSE` or :data:`ALONE`."""

    data: str = field(default="", compare=False)
    """How it is written in the message; for people to see."""

    sort: str = field(default="", compare=False)
    """``bold``, ``italic``, ``link``, ``image``, ``variable`` or ``other``."""


Pieces: TypeAlias = tuple[str | Code, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes of one message stand for."""

    literal: bool
    """Whether its texts are no markup of ours: the theme's words, with ``%(name)s`` in them."""

    nodes: tuple[Node, ...]
    """Code ``n`` stands for the n-th of them; elements are kept without their inside."""

    def write(self, text: str) -> Pieces:
        """A text of the message in pieces; one without codes where its markup is broken."""
        try:
            nodes = _read(text, self.literal)
        except MarkupError:
            return (text,)
        return joined(_pieces(nodes, list(enumerate(self.nodes, 1)), itertools.count(len(self.nodes) + 1)))

    def read(self, pieces: Pieces) -> str:
        """The text that pieces stand for; MarkupError where their codes are unknown or cross each other."""
        nodes = self._tree(pieces)
        if self.literal:
            return "".join(_data(node) if isinstance(node, Element) else inline.plain((node,)) for node in nodes)
        return inline.dump(nodes)

    def known(self, text: str) -> Codes:
        """With the codes of another text as well, where they are not those of the source."""
        try:
            more = [node for node in _walk(_read(text, self.literal)) if node not in self.nodes]
        except MarkupError:
            return self
        return replace(self, nodes=(*self.nodes, *more))

    def _tree(self, pieces: Pieces) -> tuple[Node, ...]:
        open_: list[tuple[str, list[Node]]] = [("", [])]
        for piece in pieces:
            if isinstance(piece, str):
                open_[-1][1].extend((Text(piece),) if self.literal else inline.pieces(piece))
            elif piece.kind == OPEN:
                open_.append((piece.id, []))
            elif piece.kind == ALONE:
                open_[-1][1].append(self._node(piece.id))
            elif open_[-1][0] != piece.id or len(open_) == 1:
                raise MarkupError(f"The code {piece.id} ends where it was not opened; put its two ends in order.")
            else:
                id, children = open_.pop()
                open_[-1][1].append(_filled(self._node(id), inline.joined(children)))
        if len(open_) > 1:
            raise MarkupError(f"The code {open_[-1][0]} is opened and never closed; add its end.")
        return inline.joined(open_[0][1])

    def _node(self, id: str) -> Node:
        if not id.isascii() or not id.isdigit() or not 0 < int(id[:9]) <= len(self.nodes):
            raise MarkupError(f"The source has no code {id[:20]}; copy codes from the source and make no new ones.")
        return self.nodes[int(id) - 1]


def codes(message: Message) -> Codes:
    """The codes of a message, numbered in the order of its source."""
    literal = "python-format" in message.flags
    try:
        nodes = _read(message.key.source, literal)
    except MarkupError:
        literal, nodes = True, _read(message.key.source, True)
    both = Codes(literal, tuple(_walk(nodes)))
    return both.known(message.source_plural) if message.source_plural else both


# --- text to nodes --------------------------------------------------------------------------------

_HOLES = re.compile(r"%(?:\(\w+\))?[-#0 +]*\d*(?:\.\d+)?[a-zA-Z%]|\{[^{}\s]*\}|<[^<>]+>")
_CODE = "x-code"
"""The tag of what stands for a hole in a literal text."""


def _read(text: str, literal: bool) -> tuple[Node, ...]:
    if not literal:
        return inline.parse(text)
    nodes: list[Node] = []
    at = 0
    for hole in _HOLES.finditer(text):
        nodes += (Text(text[at : hole.start()]), Element(_CODE, (("data", hole[0]),)))
        at = hole.end()
    return inline.joined([*nodes, Text(text[at:])])


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Everything that becomes a code, in reading order, elements emptied."""
    for node in nodes:
        if isinstance(node, Element):
            yield _emptied(node)
            if not _is_alone(node):
                yield from _walk(node.children)
        elif not isinstance(node, Text):
            yield node


def _is_alone(node: Node) -> bool:
    """A code span is one code: what a reader types or a machine reads is not to be translated."""
    if not isinstance(node, Element):
        return True
    return node.tag != "img" and (not node.children or node.tag == "code")


def _emptied(node: Element) -> Element:
    if node.tag == "img":
        return replace(node, attrs=tuple((name, "" if name == "alt" else value) for name, value in node.attrs))
    return node if _is_alone(node) else replace(node, children=())


def _filled(node: Node, children: tuple[Node, ...]) -> Node:
    if not isinstance(node, Element):
        raise MarkupError(f"{inline.plain((node,))} holds no text; take out what stands in it.")
    if node.tag == "img":
        alt = inline.plain(children)
        return replace(node, attrs=tuple((name, alt if name == "alt" else value) for name, value in node.attrs))
    return replace(node, children=children)


# --- nodes to pieces ------------------------------------------------------------------------------


def _pieces(nodes: Sequence[Node], free: list[tuple[int, Node]], spare: Iterator[int]) -> Iterator[str | Code]:
    """``free`` are the codes that were not used yet, ``spare`` the numbers that stand for none of them."""
    for node in nodes:
        if isinstance(node, Text):
            yield node.value
            continue
        empty = _emptied(node) if isinstance(node, Element) else node
        id = _number(empty, free, spare)
        sort = _sort(empty)
        if _is_alone(node):
            yield Code(id, ALONE, _data(node), sort)
            continue
        assert isinstance(node, Element), "only elements have an inside"
        before, after = _ends(node)
        yield Code(id, OPEN, before, sort)
        alt = node.get("alt") or ""
        yield from _pieces((Text(alt),) if node.tag == "img" else node.children, free, spare)
        yield Code(id, CLOSE, after, sort)


def _number(node: Node, free: list[tuple[int, Node]], spare: Iterator[int]) -> str:
    """The first free code that stands for such a node; a number of its own where there are no more of them."""
    for at, (number, known) in enumerate(free):
        if known == node:
            del free[at]
            return str(number)
    return str(next(spare))


_SORTS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "a": "link", "img": "image"}


def _sort(node: Node) -> str:
    if isinstance(node, Variable):
        return "variable"
    if not isinstance(node, Element):
        return "other"
    return "variable" if node.tag == _CODE else _SORTS.get(node.tag.rstrip("0123456789"), "other")


def _data(node: Node) -> str:
    if isinstance(node, Element) and node.tag == _CODE:
        return node.get("data") or ""
    return inline.dump((node,))


_INSIDE = "\ue000"


def _ends(node: Element) -> tuple[str, str]:
    """How the two ends of an element are written."""
    before, _, after = inline.dump((_filled(_emptied(node), (Text(_INSIDE),)),)).partition(_INSIDE)
    return before, after


def joined(pieces: Iterable[str | Code]) -> Pieces:
    """Neighbouring words as one piece, empty ones left out."""
    result: list[str | Code] = []
    for piece in pieces:
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        elif piece != "":
            result.append(piece)
    return tuple(result)
