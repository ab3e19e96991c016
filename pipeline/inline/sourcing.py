"""Nodes -> the Markdown of a source file, where a message would have numbered tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pipeline.inline.forms import OPAQUE_TAGS, Form, form
from pipeline.inline.writing import _Light, _Strict
from pipeline.model import Element, Node, Raw

BREAK = "\0"
"""Stands for a line break, which every place in a file writes in its own way."""

Html = Callable[[Node], str]


Tags = Callable[[Element], tuple[str, str]]


def markdown(nodes: Iterable[Node], html: Html, around: Tags) -> str:
    """Nodes as light Markdown, line breaks as :data:`BREAK`.

    ``html`` writes a node that Markdown cannot, and ``around`` the tags of an element whose inside it can.
    """
    shown = form(nodes)
    return _LightSource(shown, html, around).write(shown.nodes, "")


def strict_markdown(nodes: Iterable[Node], html: Html, around: Tags) -> str:
    """The same with tags for emphasis and every character escaped that can have a meaning."""
    shown = form(nodes)
    return _StrictSource(shown, html, around).write(shown.nodes, "")


class _Source(_Light):
    """The message writer, with the originals of numbered tags in their places."""

    def __init__(self, shown: Form, html: Html, around: Tags) -> None:
        self.originals = shown.originals
        self.html = html
        self.around = around

    def _element(self, node: Element, before: str, following: str) -> str:
        if node.tag == "br" and not node.attrs:
            return BREAK
        original = self.originals.get(node.tag)
        if original is None:
            return super()._element(node, before, following)
        if isinstance(original, Raw) or not isinstance(original, Element) or original.tag in OPAQUE_TAGS:
            return self.html(original)
        if not node.children:
            return self.html(original)
        start, end = self.around(original)
        return f"{start}{self.write(node.children, '<')}{end}"


class _LightSource(_Source, _Light):
    """Markdown wherever it should do."""


class _StrictSource(_Source, _Strict):
    """Tags and escapes wherever there is a doubt."""
