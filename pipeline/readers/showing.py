"""What the parsers themselves show of a file, without anything that Handrail does with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyromark

from pipeline.inline import literals
from pipeline.inline.literals import Masked
from pipeline.model import Place
from pipeline.readers import events, fences, frontmatter, ground, html, indents, markdown, masking
from pipeline.readers.nodes import data
from pipeline.readers.tags import RAW, attribute_kind

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode

_VARIABLE = re.compile(r"(?<!\\)\{([a-z]+\.[a-z]+)\}")
_HIDDEN = "\uf8fe", "\uf8ff"
"""Stand for the braces of a variable; private use, so that no file means anything by them."""


def shown(text: str, path: str) -> tuple[str, list[str]]:
    """The visible characters of a file, and the texts of its attributes and footnotes, sorted.

    White space is left out: where it stands between blocks is a matter of layout. So are the numbers of
    footnotes, and where on the page they stand.
    """
    in_markdown = path.lower().endswith(events.SUFFIXES)
    flow: list[str] = []
    notes: list[list[str]] = []
    apart: list[str] = []
    root, masks = _markdown(text, path) if in_markdown else _page(text, path)
    stack = [(root, flow)]
    while stack:
        node, target = stack.pop()
        if node.name == "#text":
            target.append(masks.restore(data(node)))
            continue
        if node.name in RAW or node.name in ("#comment", "!doctype"):
            continue
        classes = ((node.attrs or {}).get("class") or "").split() if in_markdown else []
        if _is_number(node, classes):
            continue
        if "footnote-definition" in classes:
            target = []
            notes.append(target)
        apart += map(masks.restore, _attributes(node))
        stack += ((child, target) for child in reversed(node.children or ()))
    return _solid(flow), sorted(filter(None, [*apart, *map(_solid, notes)]))


def _page(text: str, path: str) -> tuple[HtmlNode, Masked]:
    page = text[html.beginning(text, path) :]
    masks = masking.masked(page, literals.find(page), Place(path, 1))
    from justhtml import JustHTML

    root = JustHTML(masks.text, sanitize=False, scripting_enabled=False).root
    return html.main(list(html.elements(root))), masks


def _markdown(text: str, path: str) -> tuple[HtmlNode, Masked]:
    """What the parser makes of the Markdown, without what it does not know: containers and shortcodes.

    A variable may stand where the parser looks for attributes of a heading; it is hidden from it.
    """
    body = markdown.without_terms(indents.unindented(text[frontmatter.split(text, path).end :]).text)
    placeables = markdown.placeables(body, ground.survey(body.encode(), events.parse(body)))
    masks = masking.masked(body, placeables, Place(path, 1))
    written = _VARIABLE.sub(f"{_HIDDEN[0]}\\1{_HIDDEN[1]}", _without_fences(masks, path))
    rendered = markdown.with_colons(pyromark.html(written, options=events.OPTIONS))
    from justhtml import JustHTML
    from justhtml.parser.context import FragmentContext

    inside = FragmentContext("body")
    return JustHTML(rendered, sanitize=False, scripting_enabled=False, fragment_context=inside).root, masks


def _without_fences(masks: Masked, path: str) -> str:
    """A break for each line of a container, and its title as a paragraph."""
    body = masks.text
    if ":::" not in body and not masks.parts:
        return body
    data = body.encode()
    fenced = fences.find(body, ground.survey(data, events.parse(body)), Place(path, 1), masks)
    for byte in sorted(fenced.fences, reverse=True):
        start = data.rfind(b"\n", 0, byte) + 1
        end = data.find(b"\n", byte) % (len(data) + 1)
        prefix, title = data[start:byte], body[slice(*fenced.fences[byte].title)].encode()
        lines = [b"***", title, b"***"] if title else [b"***"]
        data = data[:start] + b"\n".join(prefix + line for line in lines) + data[end:]
    return data.decode()


def _is_number(node: HtmlNode, classes: list[str]) -> bool:
    return node.name == "sup" and any(name.startswith("footnote-") for name in classes)


def _attributes(node: HtmlNode) -> Iterator[str]:
    attrs = dict(node.attrs or {})
    for name, value in attrs.items():
        if value and attribute_kind(node.name, name, attrs):
            yield _solid([value])


def _solid(texts: list[str]) -> str:
    text = "".join("".join(texts).split())
    return text.replace(_HIDDEN[0], "{").replace(_HIDDEN[1], "}")
