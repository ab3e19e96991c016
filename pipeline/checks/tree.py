"""A finished page as a browser's parser sees it, gone through once: rules ask for elements by tag, attribute, selector.

To ask the parser for a selector is to go through the whole page, so it is not asked where no element can be found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

Attrs: TypeAlias = Mapping[str, str | None]
Found: TypeAlias = tuple[LexborNode, Attrs]
"""An element with its attributes."""

_BARE = re.compile(r"(^|[\s>+~,(])(:(?:is|where)\()")
"""Lexbor finds nothing for ``:is(main) p``, and all for ``*:is(main) p``, which means the same."""

_SIMPLE = re.compile(r"[\w\s.#>+~*-]*", re.ASCII)
"""A selector in which a word after a full stop can be nothing but a class."""

BLOCKS = frozenset(
    {*("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dl")}
    | {*("div", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6")}
    | {*("header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre")}
    | {*("search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul")}
)
"""Elements that begin a new line."""

_SPACES = re.compile(r"[ \t\n\f\r]+")
_ONE_CLASS = re.compile(r"\.[a-z][a-z0-9_-]*")
_CLASS = re.compile(r"\.([\w-]+)")
_TAG = re.compile(r"(?<![\w.#-])[a-z][\w-]*")
_ONE_TAG = re.compile("[a-z]+[1-6]?")
_ONE_ATTRIBUTE = re.compile(r"\[((?:data|aria)-[a-z-]+)\]")


class Tree:
    """The elements of a page; it is not changed, and remembers what was asked."""

    def __init__(self, html: str) -> None:
        self.parsed = LexborHTMLParser(html)
        self.nodes: list[tuple[LexborNode, Attrs | None]] = []
        """Every node in document order; text has no attributes."""
        self.elements: list[Found] = []
        self._tagged: defaultdict[str, list[Found]] = defaultdict(list)
        self._having: defaultdict[str, list[Found]] = defaultdict(list)
        self._matching: dict[str, list[LexborNode]] = {}
        root = self.parsed.root
        for node in root.traverse(include_text=True) if root is not None else ():
            if node.is_text_node:
                self.nodes.append((node, None))
                continue
            attrs: Attrs = node.attributes
            pair = node, attrs
            self.nodes.append(pair)
            self.elements.append(pair)
            self._tagged[node.tag or ""].append(pair)
            for name in attrs:
                self._having[name].append(pair)
        self._classed: defaultdict[str, list[LexborNode]] = defaultdict(list)
        for node, attrs in self.having("class"):
            for name in _classes(attrs["class"] or ""):
                self._classed[name].append(node)
        self.classes = frozenset(map(str.lower, self._classed))
        self.tags = frozenset(map(str.lower, self._tagged))

    def tagged(self, tag: str) -> Sequence[Found]:
        """The elements with a tag, in document order."""
        return self._tagged.get(tag, ())

    def having(self, *names: str) -> Sequence[Found]:
        """The elements with any of these attributes, in document order."""
        there = [name for name in names if name in self._having]
        if len(there) < 2:
            return self._having[there[0]] if there else ()
        return [found for found in self.elements if not found[1].keys().isdisjoint(there)]

    @property
    def names(self) -> Iterable[str]:
        """The names of all attributes."""
        return self._having

    @property
    def calls(self) -> bool:
        """Whether anything links to a telephone number."""
        return any((attrs["href"] or "").startswith("tel:") for _, attrs in self.having("href"))

    def in_head(self, tag: str) -> Iterator[Found]:
        """The elements with a tag that stand directly in the head."""
        for found in self.tagged(tag):
            if (parent := found[0].parent) is not None and parent.tag == "head":
                yield found

    @property
    def title(self) -> str | None:
        """The words of the head's title; None where it has none."""
        return next((node.text() for node, _ in self.in_head("title")), None)

    @property
    def description(self) -> str | None:
        """What the head's description says; None where it has none."""
        said = (attrs for _, attrs in self.in_head("meta") if attrs.get("name") == "description")
        return next((attrs.get("content") or "" for attrs in said), None)

    @property
    def linked_data(self) -> tuple[str, ...]:
        """What the page says of itself to machines."""
        scripts = self.tagged("script")
        return tuple(
            node.text() for node, attrs in scripts if (attrs.get("type") or "").lower() == "application/ld+json"
        )

    def css(self, selector: str, tags: Iterable[str] = (), names: Iterable[str] = ()) -> list[LexborNode]:
        """The elements that a selector is about, which takes elements with one of these tags, or attribute names."""
        if any(tag in self._tagged for tag in tags) or any(name in self._having for name in names):
            return self.parsed.css(selector)
        return []

    def matching(self, selector: str) -> list[LexborNode]:
        """The elements that a selector of a style sheet is about.

        One that cannot be read might mean any element, so it means all.
        """
        if selector not in self._matching:
            self._matching[selector] = self._found(selector)
        return self._matching[selector]

    def _found(self, selector: str) -> list[LexborNode]:
        classes, tags = _needed(selector)
        if not (classes <= self.classes and tags <= self.tags):
            return []
        if _ONE_CLASS.fullmatch(selector) and self.classes == self._classed.keys():  # else capitals may not count
            return self._classed.get(selector[1:], [])
        if _ONE_TAG.fullmatch(selector) and self.tags == self._tagged.keys():
            return [node for node, _ in self.tagged(selector)]
        if attribute := _ONE_ATTRIBUTE.fullmatch(selector):
            return [node for node, _ in self.having(attribute[1])]
        return self._asked(selector)

    def _asked(self, selector: str) -> list[LexborNode]:
        try:
            return list(self.parsed.css(_BARE.sub(r"\1*\2", selector)))
        except (SelectolaxError, ValueError):
            return [*self.parsed.css("main"), *self.parsed.css("main *")]


@lru_cache(maxsize=1024)
def _classes(written: str) -> tuple[str, ...]:
    """The names in an attribute ``class``, each once."""
    return tuple(dict.fromkeys(_SPACES.split(written)))


@lru_cache(maxsize=1024)
def _needed(selector: str) -> tuple[frozenset[str], frozenset[str]]:
    """The classes and the tags, in lower case, that a page must have for a selector; none where that is not plain."""
    plain = selector.lower() if _SIMPLE.fullmatch(selector) else ""
    return frozenset(_CLASS.findall(plain)), frozenset(_TAG.findall(plain))
