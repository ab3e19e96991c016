"""What a page says of itself to search engines and to those who share it: Open Graph, Twitter cards, JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import inline
from pipeline.model import Element, Node, Raw
from pipeline.readers import linked_data
from pipeline.readers.nodes import data, html, is_linked_data, offset, tag_span
from pipeline.readers.scope import Scope
from pipeline.readers.tree import Tree
from pipeline.readers.words import has_words

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode

_CARDS = ("og:", "article:", "twitter:")
_TEXTS = {
    "og:title": "title when shared",
    "og:description": "description when shared",
    "og:site_name": "name of the site",
    "og:image:alt": "alt text",
    "twitter:title": "title when shared",
    "twitter:description": "description when shared",
    "twitter:image:alt": "alt text",
    "twitter:label1": "label when shared",
    "twitter:data1": "text when shared",
    "twitter:label2": "label when shared",
    "twitter:data2": "text when shared",
}
_OF_THE_SITE = frozenset({"og:url", "og:type", "og:locale", "og:locale:alternate"})
"""What the page that Handrail renders says by itself."""


def card(node: HtmlNode) -> str:
    """The name of what a ``meta`` element tells those who share the page; empty for any other element."""
    attrs = node.attrs or {}
    name = (attrs.get("property") or attrs.get("name") or "").lower()
    return name if node.name == "meta" and name.startswith(_CARDS) else ""


def head(elements: Iterable[HtmlNode], tree: Tree) -> Iterator[Node]:
    """Those elements of a page, with their human text as segments."""
    for node in elements:
        name = card(node)
        if name and name not in _OF_THE_SITE:
            yield _card(node, name, tree)
        elif is_linked_data(node):
            yield _linked_data(node, tree)


def _card(node: HtmlNode, name: str, tree: Tree) -> Element:
    attrs = {key: tree.masks.restore(value or "") for key, value in (node.attrs or {}).items()}
    content = tree.pieces(" ".join((dict(node.attrs or {}).get("content") or "").split()))
    if name not in _TEXTS or not has_words(content):
        return Element("meta", tuple(attrs.items()))
    segment = tree.segment(content, Scope(kind=_TEXTS[name]), tag_span(node))
    return Element("meta", tuple((key, segment if key == "content" else value) for key, value in attrs.items()))


def _linked_data(node: HtmlNode, tree: Tree) -> Node:
    """A script whose texts are ``data`` elements among pieces of JSON; as it is where it is no JSON."""
    source = "".join(data(child) for child in node.children or ())
    found = linked_data.values(source)
    if found is None:
        return Raw(tree.masks.restore(html(node)))
    start = offset((node.children or [node])[0], 0)
    children: list[Node] = []
    at = 0
    for value in found:
        made = _value(value, start, tree)
        if made is not None:
            children += [Raw(tree.masks.restore(source[at : value.span[0]])), made]
            at = value.span[1]
    children.append(Raw(tree.masks.restore(source[at:])))
    return Element("script", (("type", "application/ld+json"),), tuple(children))


def _value(value: linked_data.Value, start: int, tree: Tree) -> Element | None:
    """A text of the data; None for what stays as it is: no words, or too many for a message."""
    if value.key == linked_data.LANGUAGE:
        return Element("data", (("class", "language"), ("value", value.text)))
    content = tree.pieces(" ".join(value.text.split()))
    if not has_words(content) or len(value.text) > inline.LENGTH // 2:
        return None
    scope = Scope(kind=f"{linked_data.KEYS[value.key]} for search engines")
    segment = tree.segment(content, scope, (start + value.span[0], start + value.span[1]))
    return Element("data", (("value", replace(segment, headings=())),))
