"""What the parsers themselves show of a file, without anything that Handrail does with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyromark
from justhtml import JustHTML
from justhtml.dom import Node as HtmlNode
from justhtml.parser.context import FragmentContext

from pipeline.model import Place
from pipeline.readers import events, fences, frontmatter, ground, html
from pipeline.readers.nodes import data
from pipeline.readers.tags import RAW, attribute_kind

_VARIABLE = re.compile(r"(?<!\\)\{([a-z]+\.[a-z]+)\}")
_HIDDEN = "\ue000", "\ue001"
"""Stand for the braces of a variable; private use, so that no file means anything by them."""


def shown(text: str, path: str) -> tuple[str, list[str]]:
    """The visible characters of a file, and the texts of its attributes and footnotes, sorted.

    White space is left out: where it stands between blocks is a matter of layout. So are the numbers of
    footnotes, and where on the page they stand.
    """
    in_markdown = path.lower().endswith((".md", ".markdown"))
    flow: list[str] = []
    notes: list[list[str]] = []
    apart: list[str] = []
    stack = [(_markdown(text, path) if in_markdown else _page(text), flow)]
    while stack:
        node, target = stack.pop()
        if node.name == "#text":
            target.append(data(node))
            continue
        if node.name in RAW or node.name in ("#comment", "!doctype"):
            continue
        classes = ((node.attrs or {}).get("class") or "").split() if in_markdown else []
        if _is_number(node, classes):
            continue
        if "footnote-definition" in classes:
            target = []
            notes.append(target)
        apart += _attributes(node)
        stack += ((child, target) for child in reversed(node.children or ()))
    return _solid(flow), sorted(filter(None, [*apart, *map(_solid, notes)]))


def _page(text: str) -> HtmlNode:
    root = JustHTML(text.removeprefix("\ufeff"), sanitize=False, scripting_enabled=False).root
    return html.main(list(html.elements(root)))


def _markdown(text: str, path: str) -> HtmlNode:
    """What the parser makes of the Markdown, without the lines of colons that it does not know.

    A variable may stand where the parser looks for attributes of a heading; it is hidden from it.
    """
    body = _VARIABLE.sub(
        f"{_HIDDEN[0]}\\1{_HIDDEN[1]}", _without_fences(text[frontmatter.split(text, path).end :], path)
    )
    rendered = pyromark.html(body, options=events.OPTIONS)
    inside = FragmentContext("body")
    return JustHTML(rendered, sanitize=False, scripting_enabled=False, fragment_context=inside).root


def _without_fences(body: str, path: str) -> str:
    """A break for each line of a container, and its title as a paragraph."""
    if ":::" not in body:
        return body
    data = body.encode()
    fenced = fences.find(body, ground.survey(data, events.parse(body)), Place(path, 1))
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
