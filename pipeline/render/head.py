"""What an article says of itself to machines, in the page's head: Open Graph, Twitter cards, JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pipeline import inline
from pipeline.model import Element, Locale, Node, Raw, Segment
from pipeline.render import html


def dump(nodes: Iterable[Node], locale: Locale) -> str:
    """The elements, one to a line.

    Raises:
        SourceError: an attribute has a name that cannot be written safely.
    """
    return "\n".join(_script(node, locale) if _is_data(node) else html.dump((node,)) for node in nodes)


def declared(nodes: Iterable[Node]) -> frozenset[str]:
    """The names of what the ``meta`` elements say, so that the theme does not say it twice."""
    metas = [node for node in nodes if isinstance(node, Element) and node.tag == "meta"]
    return frozenset((node.get("property") or node.get("name") or "").lower() for node in metas)


def _is_data(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "script"


def _script(script: Node, locale: Locale) -> str:
    """JSON with its texts put in; nothing in it can end the script, or begin a comment or another one."""
    children = script.children if isinstance(script, Element) else ()
    data = "".join(_piece(child, locale) for child in children)
    safe = data.replace("<", "\\u003c")
    return f'<script type="application/ld+json">{safe}</script>'


def _piece(node: Node, locale: Locale) -> str:
    if isinstance(node, Raw):
        return node.html
    attrs = dict(node.attrs) if isinstance(node, Element) else {}
    value = attrs.get("value", "")
    if attrs.get("class") == "language":
        value = locale.tag
    words = " ".join(inline.plain(value.content).split()) if isinstance(value, Segment) else value
    return json.dumps(words, ensure_ascii=False)
