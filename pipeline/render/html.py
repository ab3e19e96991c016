"""From the nodes of an article to HTML. Everything is escaped but what the author marked as raw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from pipeline import inline, locales
from pipeline.errors import LocaleError, SourceError
from pipeline.model import Element, Locale, Node, Raw, Segment, Text
from pipeline.render.anchors import HEADINGS
from pipeline.render.links import Link

VOID = frozenset(
    {*("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")}
)

_BLOCKS = frozenset(
    {*HEADINGS, *("p", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td")}
    | {*("blockquote", "aside", "section", "div", "figure", "figcaption", "hr", "pre")}
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._:-]*")
_ATTRIBUTE = re.compile(r"[^\s\"'<>/=\x00-\x1f\x7f0-9][^\s\"'<>/=\x00-\x1f\x7f]*")

_ADDRESS = re.compile(r"(?=.{26})(?:https?://|www\.|doi:)\S+")
"""Longer than a line of a list on the narrowest phones."""

_SLASH = re.compile(r"(?<=[^/:]/)(?=[^/])")

Attrs = tuple[tuple[str, str | Segment], ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What turns an article's own nodes into nodes of a page."""

    locale: Locale
    source: str
    """Tag of the language of what is not translated."""

    callouts: Mapping[str, str]
    """Class of a callout -> its title in the page's language."""

    link: Callable[[str], Link]


def dump(nodes: Iterable[Node]) -> str:
    """HTML of nodes that are dressed.

    Raises:
        SourceError: a tag or an attribute has a name that cannot be written safely.
    """
    return "".join(_dump(node) for node in nodes)


def language(tag: str, locale: Locale) -> tuple[tuple[str, str], ...]:
    """The attributes that set a part in another language apart from its page; none where it is the page's own."""
    if not tag or tag == locale.tag:
        return ()
    direction = direction_of(tag)
    return (("lang", tag), ("dir", direction)) if direction not in ("", locale.direction) else (("lang", tag),)


def direction_of(tag: str) -> str:
    """``ltr`` or ``rtl``; empty for a tag that CLDR does not know."""
    try:
        return locales.locale(tag).direction
    except LocaleError:
        return ""


def dress(nodes: Iterable[Node], setting: Setting) -> tuple[Node, ...]:
    """The nodes as the page shows them.

    Links and pictures get the addresses they have on the site, what is in another language says so, tables can scroll,
    and callouts have a title. Segments give way to their content.
    """
    dressed: list[Node] = []
    region = ""
    for node in nodes:
        if isinstance(node, Segment):
            content = dress(node.content, setting)
            lang = language(node.lang, setting.locale)
            dressed.extend((Element("span", lang, content),) if lang else content)
        elif isinstance(node, Element):
            element = _dress(node, setting)
            dressed.append(_scrolling(element, region) if element.tag == "table" else element)
            region = element.get("id") or region if element.tag in HEADINGS else region
        else:
            dressed.append(node)
    return tuple(dressed)


def _dress(element: Element, setting: Setting) -> Element:
    lang = ""
    children = element.children
    if len(children) == 1 and isinstance(children[0], Segment):
        lang = children[0].lang
        children = children[0].content
    attrs: Attrs = tuple([(name, _flat(value)) for name, value in element.attrs])
    attrs = _foreign(element, attrs, lang, setting)
    if element.tag == "a":
        attrs, children = _link(attrs, setting), _breakable(children)
    elif element.tag in ("img", "source", "video", "audio"):
        attrs = _media(element.tag, attrs, setting)
    elif element.tag == "aside":
        attrs = _callout(attrs, setting)
    elif element.tag == "thead":
        children = _headers(children)
    return Element(element.tag, attrs, dress(children, setting))


def _flat(value: str | Segment) -> str:
    return value if isinstance(value, str) else inline.plain(value.content)


def _foreign(element: Element, attrs: Attrs, lang: str, setting: Setting) -> Attrs:
    written = element.get("lang") or lang
    # A number that must not be translated is in no language; anything else that is kept is in the source's.
    if not written and element.get("translate") == "no" and element.tag not in ("bdi", "code", "pre", "kbd", "samp"):
        written = setting.source
    if not written:
        return attrs
    added = language(written, setting.locale)
    return (*attrs, *(pair for pair in added if element.get(pair[0]) is None))


def _link(attrs: Attrs, setting: Setting) -> Attrs:
    href = dict(attrs).get("href")
    if not isinstance(href, str):
        return attrs
    link = setting.link(href)
    attrs = tuple(("href", link.href) if name == "href" else (name, value) for name, value in attrs)
    if not link.href:
        return _without(attrs, "href")
    if link.lang:
        attrs = (*_without(attrs, "hreflang"), ("hreflang", link.lang))
    return (*attrs, ("rel", "external")) if link.external and "rel" not in dict(attrs) else attrs


def _breakable(children: tuple[Node, ...]) -> tuple[Node, ...]:
    """An address that is shown breaks behind its slashes where it is too long for a line, not within a number."""
    if not (len(children) == 1 and isinstance(children[0], Text) and _ADDRESS.fullmatch(children[0].value)):
        return children
    first, *rest = _SLASH.split(children[0].value)
    return (Text(first), *(node for part in rest for node in (Element("wbr"), Text(part))))


def _media(tag: str, attrs: Attrs, setting: Setting) -> Attrs:
    moved = tuple(
        (name, setting.link(value).href if name in ("src", "poster") and isinstance(value, str) else value)
        for name, value in attrs
    )
    return (*moved, ("decoding", "async")) if tag == "img" and "decoding" not in dict(attrs) else moved


def _callout(attrs: Attrs, setting: Setting) -> Attrs:
    classes = str(dict(attrs).get("class", "")).split()
    title = next((setting.callouts[name] for name in classes if name in setting.callouts), "")
    return (*attrs, ("aria-label", title)) if title and "aria-label" not in dict(attrs) else attrs


def _headers(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    def scoped(node: Node) -> Node:
        if not isinstance(node, Element):
            return node
        attrs = (*node.attrs, ("scope", "col")) if node.tag == "th" and node.get("scope") is None else node.attrs
        return Element(node.tag, attrs, tuple(scoped(child) for child in node.children))

    return tuple(scoped(node) for node in nodes)


def _scrolling(table: Element, region: str) -> Element:
    """A wide table scrolls by itself, and can be reached and scrolled with the keyboard."""
    name: Attrs = (("role", "region"), ("aria-labelledby", region), ("tabindex", "0")) if region else ()
    return Element("div", (("class", "table"), *name), (table,))


def _without(attrs: Attrs, name: str) -> Attrs:
    return tuple(pair for pair in attrs if pair[0] != name)


def _dump(node: Node, line: str = "\n") -> str:
    """The HTML of a node; ``line`` is what comes after a block."""
    match node:
        case Text(value):
            return escape(value, quote=False)
        case Raw(html):
            return html
        case Element(tag, attrs, children):
            written = "".join([f' {_attribute(name)}="{escape(_flat(value))}"' for name, value in attrs])
            end = line if tag in _BLOCKS else ""
            if tag in VOID:
                return f"<{_name(tag)}{written}>{end}"
            kept = tag in ("pre", "textarea")
            start = "\n" if kept else ""  # parsers drop the first line break
            inside = "".join([_dump(child, "" if kept else line) for child in children])
            return f"<{_name(tag)}{written}>{start}{inside}</{tag}>{end}"
        case Segment():
            return dump(node.content)
        case _:
            raise SourceError(f"The variable {{{node.name}}} was not filled in; only helplines can be named so.")


@lru_cache(maxsize=1024)
def _name(name: str) -> str:
    return _checked(name, _NAME)


@lru_cache(maxsize=1024)
def _attribute(name: str) -> str:
    return _checked(name, _ATTRIBUTE)


def _checked(name: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(name):
        raise SourceError(f"“{name}” cannot be the name of a tag or an attribute.")
    return name
