"""HTML -> Article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.inline import literals
from pipeline.model import Article, Node, Place, Segment
from pipeline.readers import fields, frontmatter, heads, masking, parsing, titles, unclosed
from pipeline.readers import places as placing
from pipeline.readers.nodes import tag_span
from pipeline.readers.places import Places
from pipeline.readers.scope import Scope
from pipeline.readers.selecting import Selection, content, skipped
from pipeline.readers.tree import Tree

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode

_BOGUS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b.*?(?:</\1\b|\Z)|<!doctype"
    r"|(?P<bogus><[?!](?!=)[^>]{4,}(?:>|\Z))",
    re.DOTALL | re.IGNORECASE,
)


_TEMPLATE = re.compile(
    r"\s*(?:(?:\{%.{0,2000}?%\}|\{\{.{0,2000}?\}\}|\{\#.{0,2000}?\#\}|<%.{0,2000}?%>|<\?.{0,2000}?\?>)\s*)+"
    r"(?=<!doctype\b|<html\b)",
    re.DOTALL | re.IGNORECASE,
)


def read(text: str, path: str, locale: str, name: str, selection: Selection) -> Article:
    """The article of an HTML page: what the project selects, else ``main``, a sole ``article``, or ``body``.

    ``name`` is its title where it holds no ``<title>``. Raises SourceError where it has no title at all.
    """
    front = frontmatter.split(text, path)
    places = places_of(text, path)
    unclosed.refuse(places.text, places.place)
    root = parsing.page(places.text)
    tree = Tree(root, places, skipped(root, selection))
    found = list(elements(root))
    named = fields.title(front, text, path) or _title(found, tree)
    metas = [node for node in found if node.name == "meta" and _name(node) and not heads.card(node)]
    said = next((_description(node, tree) for node in metas if _name(node) == "description"), None)
    meta = tuple((_name(node), places.masks.restore(_content(node))) for node in metas if _name(node) != "description")
    title, body = titles.of(named, tree.body(content(root, selection, path) or main(found)), path, name)
    return Article(
        PurePosixPath(path).stem,
        path,
        locale,
        title,
        fields.description(front, text, path) or said,
        (*fields.meta(front), *meta),
        body,
        tuple(heads.head(found, tree)),
        fields.others(front, selection.fields, text, path),
    )


def places_of(text: str, path: str) -> Places:
    """What is parsed of a page, with its places in the file."""
    start = beginning(text, path)
    page = _without_bogus_comments(text[start:])
    masks = masking.masked(page, literals.find(page), Place(path, text.count("\n", 0, start) + 1))
    return placing.of_file(path, text, start, masks)


def beginning(text: str, path: str) -> int:
    """Where the page starts: after front matter, and after what a template does before its first tag."""
    start = frontmatter.split(text, path).end
    found = _TEMPLATE.match(text, start)
    return found.end() if found else start


def _without_bogus_comments(text: str) -> str:
    """The text with ``<?...>`` and ``<!...>`` as the comments that HTML takes them for.

    The parser, when it tracks places, shows them as text. Every place stays where it is.
    """
    return _BOGUS.sub(lambda found: f"<!--{' ' * (len(found[0]) - 7)}-->" if found["bogus"] else found[0], text)


def of_fragment(places: Places, selection: Selection) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The body that a piece of HTML makes, and what it says of the page to machines."""
    unclosed.refuse(places.text, places.place)
    root = parsing.fragment(places.text)
    tree = Tree(root, places, skipped(root, selection))
    return tree.body(root), tuple(heads.head(elements(root), tree))


def elements(root: HtmlNode) -> Iterator[HtmlNode]:
    """The HTML elements in document order."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.namespace == "html":
            yield node
        stack += reversed(node.children or [])


def _title(elements: list[HtmlNode], tree: Tree) -> Segment | None:
    node = next((node for node in elements if node.name == "title"), None)
    text = " ".join((node.to_text() if node else "").split())
    if not node or not text:
        return None
    start = node.children[0].origin_offset if node.children else None
    start = start or 0
    end = tree.places.text.find("</", start)
    return tree.segment(tree.pieces(text), Scope(kind="title"), (start, max(start, end)))


def _description(node: HtmlNode, tree: Tree) -> Segment | None:
    content = tree.pieces(" ".join(_content(node).split()))
    return tree.segment(content, Scope(kind="description"), tag_span(node)) if content else None


def _name(node: HtmlNode) -> str:
    return ((node.attrs or {}).get("name") or "").lower()


def _content(node: HtmlNode) -> str:
    return (node.attrs or {}).get("content") or ""


def main(elements: list[HtmlNode]) -> HtmlNode:
    """The element that holds the article."""
    articles = [node for node in elements if node.name == "article"]
    mains = [node for node in elements if node.name == "main"]
    if mains:
        return mains[0]
    return articles[0] if len(articles) == 1 else next(node for node in elements if node.name in ("body", "frameset"))
