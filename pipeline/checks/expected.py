"""What a page has to show, worked out from the article, the catalog and the registry alone.

Nothing here is shared with the modules that build the page: if they drop, change or reorder something, the two
accounts differ and the gate closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import groupby

from pipeline import helplines, inline, locales
from pipeline.checks import hiding
from pipeline.checks.tree import BLOCKS
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


class Standing(Enum):
    """Whether the author of an article shows a text."""

    SHOWN = auto()
    FOLDED = auto()
    """In a ``details`` that readers have to open."""

    UNSEEN = auto()
    """In what readers do not see as text, such as ``noscript``, a list of choices, or an element with ``hidden``."""


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

    standing: Standing
    """Whether its author shows it."""

    worded: tuple[str, ...] = ()
    """What it says in attributes: words for pictures, and tooltips of links."""


def expected(edition: Edition) -> tuple[Expected, ...]:
    """The title and every segment of the body that the locale's region shows, in reading order.

    Texts of attributes and the description are left out: they are no text on the page. Raises RegistryError where
    the registry does not say what to show.
    """
    messages = edition.catalog.index()
    shown = (one for one in _places(Same(edition.article)) if shows(one[0], edition))
    found = ((segment, _target(segment, messages, edition.locale), standing) for segment, standing in shown)
    return tuple(_expected(segment, nodes, edition, standing) for segment, nodes, standing in found)


def expected_texts(segments: Iterable[Segment], edition: Edition) -> Iterator[str]:
    """What segments say in the edition's language; nothing where the registry has nothing to say it with."""
    messages = edition.catalog.index()
    for segment in segments:
        try:
            yield _expected(segment, _target(segment, messages, edition.locale), edition, Standing.SHOWN).text
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
    runs = [list(parts) for are_text, parts in groupby(_outside_segments(article.value.body), key=bool) if are_text]
    alone = [part for parts in runs if len(parts) > 1 for part in parts]  # plain texts put the marks of links between
    return (*map("".join, runs), *alone)


def _outside_segments(nodes: Iterable[Node]) -> Iterator[str]:
    """The texts outside of segments in reading order; an empty one where a block or a segment parts them."""
    for node in nodes:
        if isinstance(node, Text):
            yield node.value
        elif isinstance(node, Element):
            between = [""] if node.tag in BLOCKS else ()
            yield from (*between, *_outside_segments(node.children), *between, *(["\n"] if node.tag == "br" else ()))
        elif isinstance(node, Segment):
            yield ""


@lru_cache(maxsize=32)
def _places(articles: Same[Article]) -> tuple[tuple[Segment, Standing], ...]:
    """The title and every segment of the body, and whether its author shows it: the same in every locale."""
    return ((articles.value.title, Standing.SHOWN), *_standing(articles.value.body))


def _is_text(nodes: tuple[Node, ...]) -> bool:
    """Whether there is one text and nothing else."""
    return len(nodes) == 1 and isinstance(nodes[0], Text)


def _standing(nodes: Iterable[Node], standing: Standing = Standing.SHOWN) -> Iterator[tuple[Segment, Standing]]:
    """Segments in reading order, without those of attributes; and whether their author shows each."""
    for node in nodes:
        if isinstance(node, Segment):
            yield node, standing
        elif isinstance(node, Element) and standing is not Standing.UNSEEN and _is_unseen(node):
            yield from _standing(node.children, Standing.UNSEEN)
        elif isinstance(node, Element) and node.tag == "details" and "open" not in dict(node.attrs):
            for child in node.children:
                is_summary = isinstance(child, Element) and child.tag == "summary"
                is_folded = standing is Standing.SHOWN and not is_summary
                yield from _standing((child,), Standing.FOLDED if is_folded else standing)
        elif isinstance(node, Element):
            yield from _standing(node.children, standing)


def _is_unseen(node: Element) -> bool:
    attrs = {name: value for name, value in node.attrs if isinstance(value, str)}
    return hiding.may_hide(node.tag, attrs) and bool(hiding.of_element(node.tag, attrs, {}))


def _expected(segment: Segment, nodes: tuple[Node, ...] | None, edition: Edition, standing: Standing) -> Expected:
    lang = edition.locale.tag if nodes is not None else edition.article.locale
    content = segment.content if nodes is None else nodes
    if len(content) == 1 and isinstance(text := content[0], Text):
        return Expected(segment, text.value.replace(SEAM, ""), text.value, lang, (), standing)
    numbers = tuple(variable.role for variable in variables(content) if variable.field == "phone")
    seamed = "".join(_text(node, edition) for node in content)
    shown = _PICTURES.sub("", seamed).replace(SEAM, "")
    return Expected(segment, shown, seamed, lang, numbers, standing, tuple(_worded(content, edition)))


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
