"""Addresses inside a page: the same in every locale, so that a link can be shared across languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline import inline
from pipeline.identity import Same
from pipeline.model import Article, Element, Node, Segment
from pipeline.readers import titles

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

RESERVED = ("main", "helplines")
"""Ids that the packaged templates use."""


def anchored(article: Article) -> Article:
    """The article as it stands below its title, with an id on each heading, made from the text of the source.

    An id that the author wrote stays; a second heading of the same text gets ``-2``. The last articles are remembered:
    each is rendered in many locales.
    """
    return _with_anchors(Same(article))


@lru_cache(maxsize=32)
def _with_anchors(articles: Same[Article]) -> Article:
    article = articles.value
    body = titles.below(article.title, article.body)
    taken = Counter((*RESERVED, *_written(body)))
    return replace(article, body=tuple(_anchored(node, taken) for node in body))


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a table of contents."""

    id: str
    level: int
    title: str
    lang: str
    """Tag of its language where that is not the page's."""


def headings(article: Article) -> Iterator[Heading]:
    """The headings of an anchored article, in reading order."""
    for element in _headings(article.body):
        segments = [child for child in element.children if isinstance(child, Segment)]
        title = " ".join(inline.plain(element.children).split())
        yield Heading(element.get("id") or "", int(element.tag[1]), title, segments[0].lang if segments else "")


def slugify(text: str) -> str:
    """Letters and digits of any script, in lower case, joined by hyphens; ``section`` where there are none."""
    return "-".join(re.findall(r"[^\W_]+", text.casefold())) or "section"


def _anchored(node: Node, taken: Counter[str]) -> Node:
    if not isinstance(node, Element):
        return node
    if node.tag not in HEADINGS:
        return replace(node, children=tuple(_anchored(child, taken) for child in node.children))
    if node.get("id"):
        return node
    slug = slugify(_source_text(node))
    name = slug
    while taken[name]:
        taken[slug] += 1
        name = f"{slug}-{taken[slug]}"
    taken[name] += 1
    return replace(node, attrs=(("id", name), *node.attrs))


def _source_text(heading: Element) -> str:
    source = "".join(child.key.source for child in heading.children if isinstance(child, Segment))
    return inline.plain(inline.parse(source) if source else heading.children)


def _headings(nodes: tuple[Node, ...]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            if node.tag in HEADINGS:
                yield node
            else:
                yield from _headings(node.children)


def _written(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Segment):
            yield from _written(node.content)
        elif isinstance(node, Element):
            if node.get("id"):
                yield node.get("id") or ""
            yield from _written(node.children)
