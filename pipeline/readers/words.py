"""Runs of inline nodes: whether they hold words, and how their links and images are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from operator import is_

from pipeline import inline
from pipeline.inline.literals import Masked
from pipeline.model import Element, Node, Text, Variable


def has_words(nodes: Iterable[Node]) -> bool:
    """Whether there is anything to translate: a letter or digit outside code and outside translate="no"."""
    for node in nodes:
        if isinstance(node, Variable):
            return True
        if isinstance(node, Text) and (node.value[:1].isalpha() or _has_letter(node.value)):
            return True
        if isinstance(node, Element) and not _is_kept(node) and has_words(node.children):
            return True
    return False


def _has_letter(text: str) -> bool:
    return any(unicodedata.category(letter)[0] in "LN" for letter in text)


def _is_kept(node: Element) -> bool:
    return node.tag == "code" or node.tag in inline.OPAQUE_TAGS or node.get("translate") == "no"


def roles(nodes: Iterable[Node]) -> Iterator[str]:
    """The roles of the variables in a run, in order."""
    for node in nodes:
        if isinstance(node, Variable):
            yield node.role
        elif isinstance(node, Element):
            yield from roles(node.children)


def literal(nodes: Iterable[Node], masks: Masked) -> Iterator[Node]:
    """Code as it is typed: nothing in it is a variable or a placeable."""
    for node in nodes:
        if isinstance(node, Variable):
            yield Text(f"{{{node.name}}}")
        elif isinstance(node, Text):
            yield Text(masks.restore(node.value))
        elif isinstance(node, Element):
            yield Element(node.tag, node.attrs, tuple(literal(node.children, masks)))
        else:
            yield node


def in_markdown(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Links and images that a message can write as Markdown carry their title and text in the message."""
    return tuple([_in_markdown(node) if isinstance(node, Element) else node for node in nodes])


def _in_markdown(node: Element) -> Element:
    if node.tag in inline.OPAQUE_TAGS:
        return node
    children = in_markdown(node.children)
    if all(isinstance(value, str) for _, value in node.attrs):
        return node if all(map(is_, children, node.children)) else Element(node.tag, node.attrs, children)
    flat = tuple((n, v if isinstance(v, str) else inline.plain(v.content)) for n, v in node.attrs)
    return Element(node.tag, flat if inline.is_plain(Element(node.tag, flat)) else node.attrs, children)
