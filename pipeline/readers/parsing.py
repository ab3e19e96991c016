"""The HTML parser, which is imported when the first text needs it: that takes as long as many articles in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode


def page(text: str) -> HtmlNode:
    """The tree of a page, with the places of its nodes."""
    from justhtml import JustHTML

    return JustHTML(text, sanitize=False, track_node_locations=True, scripting_enabled=False).root


def fragment(text: str) -> HtmlNode:
    """The tree of a piece of a page's body, with the places of its nodes."""
    from justhtml import JustHTML
    from justhtml.parser.context import FragmentContext

    body = FragmentContext("body")
    return JustHTML(
        text, sanitize=False, track_node_locations=True, scripting_enabled=False, fragment_context=body
    ).root
