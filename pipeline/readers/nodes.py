"""The nodes of the HTML parser: what they are, and where they start and end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline import inline
from pipeline.errors import SourceError
from pipeline.inline.literals import Masked
from pipeline.model import Element, Node, Raw, Text
from pipeline.readers.places import Places
from pipeline.readers.tags import BLOCKS, RAW, SWALLOWING

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode

_LONE_END = re.compile(r"(?i).*(</p)", re.DOTALL)
_NEAR = 200
"""Characters before what follows a lone end tag, in which it is looked for; more than white space seldom is between."""

DEPTH = 100
"""How deep elements may nest; a page of text for people stays far below."""


def containers(root: HtmlNode, places: Places) -> set[int]:
    """The ids of the elements that hold a block somewhere inside.

    Raises SourceError for a tree too deep, and for markup without an end that swallows the rest of the text.
    """
    _refuse_open_comment(places)
    found: set[int] = set()
    stack = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        if depth > DEPTH:
            place = places.place(offset(node, 0))
            raise SourceError(f"Elements are nested more than {DEPTH} deep here; simplify the markup.", place)
        _refuse_swallowing(node, places)
        if is_block(node):
            above = node.parent
            while above is not None and id(above) not in found and above.name not in inline.OPAQUE_TAGS:
                found.add(id(above))
                above = above.parent
        stack += [(child, depth + 1) for child in node.children or ()]
    return found


def _refuse_swallowing(node: HtmlNode, places: Places) -> None:
    if node.name in SWALLOWING and node.namespace == "html" and content_end(node, -1) < 0:
        place = places.place(offset(node, 0))
        raise SourceError(f"<{node.name}> is never closed, so that all text after it is lost; close it.", place)


def _refuse_open_comment(places: Places) -> None:
    start = places.text.rfind("<!--")
    if start >= 0 and "-->" not in places.text[start + 2 :]:
        raise SourceError(
            "This comment is never closed, so that all text after it is lost; close it.", places.place(start)
        )


def is_block(node: HtmlNode) -> bool:
    """Whether no run of text goes through a node."""
    if node.namespace == "svg":
        return node.name not in ("svg", "tspan", "textPath", "a")
    return node.name in BLOCKS


def is_linked_data(node: HtmlNode) -> bool:
    """Whether a node is JSON-LD, which is about the page wherever it stands in it."""
    return node.name == "script" and (dict(node.attrs or {}).get("type") or "").strip().lower() == "application/ld+json"


def is_blank(node: HtmlNode) -> bool:
    """Whether a node is white space and nothing else."""
    return node.name == "#text" and not data(node).strip(" \t\n\f\r")


def data(node: HtmlNode) -> str:
    """The characters of a text or comment."""
    return node.data if isinstance(node.data, str) else ""


def html(node: HtmlNode) -> str:
    """A node as the HTML that it stands for."""
    return node.to_html(pretty=False)


def verbatim(node: HtmlNode, masks: Masked) -> Iterator[Node]:
    """The nodes inside an element as they are, white space too, without segments, variables or placeables.

    A carriage return, which only a reference such as ``&#13;`` can write, is a space (CSS Text 3, 4.1).
    """
    for child in node.children or ():
        if child.name == "#text":
            yield Text(masks.restore(data(child).replace("\r\n", "\n").replace("\r", " ")))
        elif child.name in RAW:
            yield Raw(masks.restore(html(child)))
        elif not child.name.startswith("#"):
            attrs = tuple((name, masks.restore(value or "")) for name, value in (child.attrs or {}).items())
            yield Element(child.name, attrs, tuple(verbatim(child, masks)))


def offset(node: HtmlNode, default: int) -> int:
    """Where a node starts, or the default where the parser does not know."""
    return default if node.origin_offset is None else node.origin_offset


def start_after(nodes: Iterable[HtmlNode], floor: int, default: int) -> int:
    """Where the first of some nodes starts.

    An element that was never closed goes on in the next block, and there it has the place of its only tag; what
    is inside tells where it goes on.
    """
    stack = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        if offset(node, floor) >= floor:
            return offset(node, default)
        stack += reversed(node.children or ())
    return default


def ends(children: list[HtmlNode], limit: int, text: str) -> list[int]:
    """Where each child ends at the latest: where the next one starts.

    A paragraph that a lone ``</p>`` makes, as HTML has it, starts at that tag, which the parser does not tell.
    """
    ends = []
    for child in reversed(children):
        ends.append(limit)
        if child.origin_offset is None and child.name == "p" and not child.children:
            found = _LONE_END.match(text, max(limit - _NEAR, 0), limit)
            limit = found.start(1) if found else limit
        else:
            limit = offset(child, limit)
    return ends[::-1]


def content_end(node: HtmlNode, limit: int) -> int:
    """Where the end tag starts, which the parser knows but does not publish."""
    end = getattr(node, "_end_tag_start", None)
    return end if isinstance(end, int) else limit


def tag_span(node: HtmlNode) -> tuple[int, int]:
    """Where a start tag starts and ends."""
    start = offset(node, 0)
    end = getattr(node, "_start_tag_end", None)
    return start, end if isinstance(end, int) else start
