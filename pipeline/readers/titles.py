"""The title of an article, where its file names none in front matter or ``<title>``, or says it twice."""

from __future__ import annotations

from dataclasses import replace

from pipeline import inline
from pipeline.errors import SourceError
from pipeline.model import Element, Key, Node, Place, Segment


def of(title: Segment | None, body: tuple[Node, ...], path: str, name: str) -> tuple[Segment, tuple[Node, ...]]:
    """The title and the body of an article, whose file may name a title.

    Where it does not, ``name`` is the title; where that is empty, too, the first ``h1`` is, and leaves the
    body, since every page shows its title above it. Raises SourceError where there is no such heading.
    """
    if title is not None:
        return title, body
    if name:
        content = inline.pieces(" ".join(name.split()))
        return Segment(Key(inline.dump(content)), content, "title", Place(path, 1)), body
    found = _first(body)
    if found is None:
        raise SourceError(
            "The article has no title; write one in front matter (`title: ...`), in <title>, or as a first heading.",
            Place(path, 1),
        )
    heading, segment = found
    return replace(segment, kind="title", headings=()), _without(body, heading)


def below(title: Segment, body: tuple[Node, ...]) -> tuple[Node, ...]:
    """The body as a page shows it below the title: without a first ``h1`` that says the same, as many files have."""
    found = _first(body)
    return _without(body, found[0]) if found and found[1].key == title.key else body


def _first(nodes: tuple[Node, ...]) -> tuple[Element, Segment] | None:
    """The first main heading that is text and nothing else; safety text stays where it is."""
    for node in nodes:
        if isinstance(node, Element):
            only = node.children[0] if len(node.children) == 1 else None
            if node.tag == "h1" and isinstance(only, Segment) and not only.safety:
                return node, only
            found = _first(node.children)
            if found:
                return found
    return None


def _without(nodes: tuple[Node, ...], heading: Element) -> tuple[Node, ...]:
    for at, node in enumerate(nodes):
        if node is heading:
            return (*nodes[:at], *nodes[at + 1 :])
        if isinstance(node, Element) and (children := _without(node.children, heading)) is not node.children:
            return (*nodes[:at], Element(node.tag, node.attrs, children), *nodes[at + 1 :])
    return nodes
