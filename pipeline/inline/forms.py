"""The form that nodes take in a message, and the words that are visible in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.inline.literals import literal
from pipeline.model import Element, Node, Raw, Segment, Text, Variable

DEPTH = 50
"""How deep the markup of one message may nest; no text for people comes near it."""

LENGTH = 50_000
"""How many characters a message may have: some eight thousand words, so that no parser is kept busy."""

SPACES = " \t\n\f\r"
"""What HTML folds. A no-break space is not among them."""

_SPACES = re.compile(f"[{SPACES}]+")
VARIABLE = re.compile(r"\{([a-z]+\.[a-z]+)\}")
_UNWRITABLE = re.compile(rf"[\r\n\t\f]|  |^ | $|{VARIABLE.pattern}")
NUMBERED = re.compile(r"([a-z]+)([0-9]+)")

_PLAIN = """
    abbr b bdi bdo big br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strike
    strong sub sup time tt u var wbr
"""
PLAIN_TAGS = frozenset(_PLAIN.split())
"""The tags that a message may hold without a number, because they say something to a translator."""

VOID_TAGS = frozenset({"br", "wbr"})
OPAQUE_TAGS = frozenset({"canvas", "embed", "iframe", "map", "math", "object", "picture", "svg", "template"})
"""Inline elements whose inside is no part of the sentence around them."""

FOOTNOTE = "footnote"
"""The tag of a footnote reference in message form; its ``label`` attribute holds the label."""

SEPARATOR = "<!---->"
"""Keeps apart what Markdown would read as one: a footnote reference and a link after it."""

HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Form:
    """Nodes in message form, and what its numbered tags and footnotes stand for."""

    nodes: tuple[Node, ...]
    originals: dict[str, Node]


def folded(text: str) -> str:
    """A text with each run of white space as one space, as HTML shows it."""
    # Most texts have nothing to fold, and a search for a few letters takes a tenth of a pattern's time.
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        return _SPACES.sub(" ", text)
    return text


def pieces(value: str) -> tuple[Node, ...]:
    """Text as nodes: ``{role.field}`` becomes a Variable, all else stays text."""
    if "{" not in value:
        return (Text(value),) if value else ()
    parts = VARIABLE.split(value)
    nodes: list[Node] = []
    for index, part in enumerate(parts):
        if index % 2:
            nodes.append(Variable(part))
        elif part:
            nodes.append(Text(part))
    return tuple(nodes)


def joined(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The same nodes with neighbouring texts made one and empty ones left out."""
    result: list[Node] = []
    for node in nodes:
        if not isinstance(node, Text):
            result.append(node)
        elif result and isinstance(result[-1], Text):
            result[-1] = Text(result[-1].value + node.value)
        elif node.value:
            result.append(node)
    return tuple(result)


def form(nodes: Iterable[Node]) -> Form:
    """Nodes as a message shows them; a form is its own form."""
    forming = _Forming({}, Counter())
    return Form(forming.all(nodes), forming.originals)


@dataclass(frozen=True, slots=True)
class _Forming:
    """What stands behind numbered tags and footnotes so far, and how many of each tag there are."""

    originals: dict[str, Node]
    counts: Counter[str]

    def all(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """Nodes as a message shows them."""
        return joined(map(self.shown, nodes))

    def shown(self, node: Node) -> Node:
        """A node as a message shows it."""
        if isinstance(node, Raw):
            return Element(self.number("raw", node))
        if not isinstance(node, Element):
            return node
        label = footnote_label(node)
        if label:
            self.originals.setdefault(f"[^{label}]", node)
            return Element(FOOTNOTE, (("label", label),))
        if is_plain(node):
            return Element(node.tag, node.attrs, self.all(node.children))
        tag = node.tag if node.tag.isalpha() and node.tag.isascii() else "x"
        numbered = self.number(tag.lower(), node)
        return Element(numbered, (), () if node.tag in OPAQUE_TAGS else self.all(node.children))

    def number(self, tag: str, node: Node) -> str:
        """The numbered tag of a node."""
        self.counts[tag] += 1
        label = f"{tag}{self.counts[tag]}"
        self.originals[label] = node
        return label


def footnote_label(node: Element) -> str:
    """The label of a footnote reference; empty for any other element."""
    if node.tag == FOOTNOTE:
        return node.get("label") or ""
    if node.tag == "sup" and node.get("class") == FOOTNOTE and len(node.children) == 1:
        link = node.children[0]
        href = link.get("href") if isinstance(link, Element) else None
        if href and href.startswith("#fn-"):
            return href.removeprefix("#fn-")
    return ""


def is_plain(node: Element) -> bool:
    """Whether a message shows an element as it is, so that all its attributes stand in the message."""
    if not node.attrs and node.tag in PLAIN_TAGS:  # as most are
        return True
    if is_numbered(node) or literal(node):
        return True
    names = [name for name, value in node.attrs if isinstance(value, str) and not _UNWRITABLE.search(value)]
    if len(names) < len(node.attrs):
        return False
    if node.tag == "a":
        return names in (["href"], ["href", "title"])
    if node.tag == "img":
        return names in (["src", "alt"], ["src", "alt", "title"])
    return not names and node.tag in PLAIN_TAGS


def is_numbered(node: Element) -> bool:
    """Whether an element is in message form already: ``<a1>``."""
    return not node.attrs and NUMBERED.fullmatch(node.tag) is not None and node.tag not in HEADING_TAGS


def is_void(node: Element) -> bool:
    """Whether an element of a message has no closing tag."""
    return node.tag in VOID_TAGS or node.tag in ("img", FOOTNOTE)


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, parents before children, without the attributes."""
    for node in nodes:
        yield node
        if isinstance(node, Element):
            yield from walk(node.children)


def plain(nodes: Iterable[Node]) -> str:
    """The words that a reader sees or hears; a variable as ``{name}``, a line break as a newline."""
    return "".join(_words(node) for node in nodes)


def _words(node: Node) -> str:
    match node:
        case Text(value):
            return value
        case Variable(name):
            return f"{{{name}}}"
        case Segment():
            return plain(node.content)
        case Element(tag="br"):
            return "\n"
        case Element(tag="img"):
            alt = dict(node.attrs).get("alt", "")
            return alt if isinstance(alt, str) else plain(alt.content)
        case Element():
            return plain(node.children)
        case _:
            return ""
