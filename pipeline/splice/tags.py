"""Start tags as a source file writes them, with other values for some of their attributes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from pipeline import inline
from pipeline.model import Element, Key, Node

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
"""Elements without an end tag, from the HTML Living Standard, 13.1.2."""

_COMMENT_OR_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?P<name>[A-Za-z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^"'>])*>""", re.DOTALL
)
_ATTRIBUTE = re.compile(
    r"""(?P<before>[\s/"'])(?P<name>[^\s"'<>/=]+)(?:(?P<is>\s*=\s*)(?P<value>"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
)

_END_OF_NAME = re.compile(r"[\s/>]")

_Id = tuple[str, tuple[tuple[str, str | Key], ...]]


def identity(element: Element) -> _Id:
    """What tells an element of a sentence from another one, in whatever language its attributes are."""
    return element.tag, tuple((name, value if isinstance(value, str) else value.key) for name, value in element.attrs)


def written(source: str, nodes: Iterable[Node]) -> dict[_Id, str]:
    """The start tags of a piece of source, by the element that they made, as far as that is certain."""
    tags: dict[str, list[str]] = defaultdict(list)
    for found in _COMMENT_OR_TAG.finditer(source):
        if found["name"]:
            tags[found["name"].lower()].append(found[0])
    elements: dict[str, list[Element]] = defaultdict(list)
    for element in _elements(nodes):
        elements[element.tag].append(element)
    return {
        identity(element): tag
        for name, made in elements.items()
        if len(made) == len(tags[name])
        for element, tag in zip(made, tags[name], strict=True)
    }


def _elements(nodes: Iterable[Node]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from _elements(node.children)


def around(element: Element, known: Mapping[_Id, str]) -> tuple[str, str]:
    """The tags of an element: the source's own where it is known, with its texts put in.

    A component of a site generator keeps the case of its name, and the slash that ends it at once.
    """
    texts = {name: inline.plain(value.content) for name, value in element.attrs if not isinstance(value, str)}
    tag = known.get(identity(element))
    if tag is not None:
        is_closed = element.tag in VOID or (tag.endswith("/>") and not element.children)
        return with_attributes(tag, texts), "" if is_closed else f"</{_END_OF_NAME.split(tag, 1)[0][1:]}>"
    attrs = "".join(
        f' {name}="{escape(value if isinstance(value, str) else texts[name])}"' for name, value in element.attrs
    )
    return f"<{element.tag}{attrs}>", "" if element.tag in VOID else f"</{element.tag}>"


def is_whole(source: str, nodes: Iterable[Node]) -> bool:
    """Whether every element of a sentence starts and ends in its piece of source."""
    names = {element.tag for element in _elements(nodes)}
    return all(starts(source, name) and (name in VOID or ends(source, name)) for name in names)


def starts(source: str, name: str) -> bool:
    """Whether a start tag of that name stands in a piece of source."""
    return re.search(rf"<{re.escape(name)}[\s/>]", source, re.IGNORECASE) is not None


def ends(source: str, name: str) -> bool:
    """Whether an end tag of that name stands in a piece of source."""
    return re.search(rf"</{re.escape(name)}[\s/>]", source, re.IGNORECASE) is not None


def with_attributes(tag: str, values: Mapping[str, str]) -> str:
    """A start tag with other values for some of its attributes; all else stays as it is."""
    name = re.match(r"<[^\s/>]*", tag)
    end = name.end() if name else 0

    def changed(found: re.Match[str]) -> str:
        value = values.get(found["name"].lower())
        if value is None or found["value"] is None:
            return found[0]
        quote = "'" if found["value"][0] == "'" else '"'
        text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = text.replace(quote, "&#39;" if quote == "'" else "&quot;")
        return f"{found['before']}{found['name']}{found['is']}{quote}{text}{quote}"

    return tag[:end] + _ATTRIBUTE.sub(changed, tag[end:])
