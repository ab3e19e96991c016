"""What a page has to show, worked out from the article, the catalog and the registry alone.

Nothing here is shared with the modules that build the page: if they drop, change or reorder something, the two
accounts differ and the gate closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline import helplines, inline, locales
from pipeline.checks.units import variables
from pipeline.errors import MarkupError, RegistryError
from pipeline.identity import Same
from pipeline.model import Article, Edition, Element, Key, Locale, Message, Node, Segment, State, Text, Variable

SEAM = "\ufdd0"
"""A character that no text has: Unicode reserves it."""

PICTURE = "\ufdd1"
"""Another, before what a plain text may say for a picture."""

_SEAMED = frozenset({"a", "abbr", "del"})
_WORDED = ("alt", "title")
_PICTURES = re.compile(f"{PICTURE}[^{SEAM}]*")


@dataclass(frozen=True, slots=True)
class Expected:
    """A segment as the page has to show it."""

    segment: Segment
    text: str
    """Its visible text, with the region's names and numbers."""

    seamed: str
    """The same with :data:`SEAM` around a deletion and after each link and abbreviation, where a plain text may add
    something, and around the words for a picture, which only a plain text says, after :data:`PICTURE`."""

    lang: str
    """Tag of the language that it is in."""

    roles: tuple[str, ...]
    """The roles whose number it shows."""

    folded: bool
    """Whether the author put it into a ``details`` that readers have to open."""

    worded: tuple[str, ...] = ()
    """What it says in attributes: words for pictures, and tooltips of links."""


def expected(edition: Edition) -> tuple[Expected, ...]:
    """The title and every segment of the body that the locale's region shows, in reading order.

    Texts of attributes and the description are left out: they are no text on the page. Raises RegistryError where
    the registry does not say what to show.
    """
    messages = edition.catalog.index()
    shown = (one for one in _places(Same(edition.article)) if shows(one[0], edition))
    found = ((segment, _target(segment, messages, edition.locale), folded) for segment, folded in shown)
    return tuple(_expected(segment, nodes, edition, folded) for segment, nodes, folded in found)


def expected_texts(segments: Iterable[Segment], edition: Edition) -> Iterator[str]:
    """What segments say in the edition's language; nothing where the registry has nothing to say it with."""
    messages = edition.catalog.index()
    for segment in segments:
        try:
            yield _expected(segment, _target(segment, messages, edition.locale), edition, folded=False).text
        except RegistryError:
            continue


def shows(segment: Segment, edition: Edition) -> bool:
    """Whether the locale's region shows a segment.

    One that names a line which the region does not have is left out, and one for regions that lack a line is shown
    only there.
    """
    if not segment.lacks and _is_text(segment.content):  # as most are
        return True
    if segment.lacks and helplines.resolve(edition.registry, edition.locale, segment.lacks) is not None:
        return False
    roles = {variable.role for variable in variables(segment.content)}
    return all(helplines.resolve(edition.registry, edition.locale, role) is not None for role in roles)


def plain_texts(article: Article) -> tuple[str, ...]:
    """The text of blocks that are not to be translated, such as sources and code."""
    return _plain_texts(Same(article))


@lru_cache(maxsize=64)
def _plain_texts(article: Same[Article]) -> tuple[str, ...]:
    return tuple(_outside_segments(article.value.body))


def _outside_segments(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Text):
            yield node.value
        elif isinstance(node, Element):
            yield from _outside_segments(node.children)


@lru_cache(maxsize=32)
def _places(articles: Same[Article]) -> tuple[tuple[Segment, bool], ...]:
    """The title and every segment of the body, and whether it is folded away: the same in every locale."""
    return ((articles.value.title, False), *_visible(articles.value.body))


def _is_text(nodes: tuple[Node, ...]) -> bool:
    """Whether there is one text and nothing else."""
    return len(nodes) == 1 and isinstance(nodes[0], Text)


def _visible(nodes: Iterable[Node], folded: bool = False) -> Iterator[tuple[Segment, bool]]:
    """Segments in reading order, without those of attributes; and whether each is folded away."""
    for node in nodes:
        if isinstance(node, Segment):
            yield node, folded
        elif isinstance(node, Element) and node.tag == "details" and "open" not in dict(node.attrs):
            for child in node.children:
                is_summary = isinstance(child, Element) and child.tag == "summary"
                yield from _visible((child,), folded or not is_summary)
        elif isinstance(node, Element):
            yield from _visible(node.children, folded)


def _expected(segment: Segment, nodes: tuple[Node, ...] | None, edition: Edition, folded: bool) -> Expected:
    lang = edition.locale.tag if nodes is not None else edition.article.locale
    content = segment.content if nodes is None else nodes
    if len(content) == 1 and isinstance(text := content[0], Text):
        return Expected(segment, text.value.replace(SEAM, ""), text.value, lang, (), folded)
    numbers = tuple(variable.role for variable in variables(content) if variable.field == "phone")
    seamed = "".join(_text(node, edition) for node in content)
    shown = _PICTURES.sub("", seamed).replace(SEAM, "")
    return Expected(segment, shown, seamed, lang, numbers, folded, tuple(_worded(content, edition)))


def _worded(nodes: Iterable[Node], edition: Edition) -> Iterator[str]:
    for node in inline.walk(nodes):
        if isinstance(node, Element):
            for name, value in node.attrs:
                if name in _WORDED and isinstance(value, str):
                    yield "".join(_text(part, edition) for part in inline.pieces(value))


def _target(segment: Segment, messages: Mapping[Key, Message], locale: Locale) -> tuple[Node, ...] | None:
    """The parsed target that may be shown; None where the segment stays in the source's language.

    Fuzzy ones are shown by pseudo-locales alone, which nobody reads.
    """
    message = messages.get(segment.key)
    if not message:
        return None
    if message.state is not State.TRANSLATED and not (message.state is State.FUZZY and locales.is_pseudo(locale)):
        return None
    try:
        return inline.conform(inline.parse(message.target), segment.content)
    except MarkupError:
        return None


def _text(node: Node, edition: Edition) -> str:
    match node:
        case Text(value):
            return value
        case Variable(name):
            return helplines.variable_text(name, edition.registry, edition.locale)
        case Segment():
            return "".join(_text(child, edition) for child in node.content)
        case Element(tag="br"):
            return "\n"
        case Element(tag="img"):
            return f"{SEAM}{PICTURE}[{inline.plain((node,))}]{SEAM}"
        case Element():
            inside = "".join(_text(child, edition) for child in node.children)
            return f"{SEAM if node.tag == 'del' else ''}{inside}{SEAM}" if node.tag in _SEAMED else inside
        case _:
            return ""
