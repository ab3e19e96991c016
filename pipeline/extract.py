"""Article -> template, and article + catalog -> localized article, by one and the same walk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from operator import is_

from pipeline import inline, locales
from pipeline.errors import MarkupError
from pipeline.identity import Same
from pipeline.model import Article, Catalog, Element, Key, Locale, Message, Node, Segment, State, Text, Variable

__all__ = ["localize", "rewrite", "segments", "template"]

_SAFETY = (
    "Safety text: add and leave out nothing. A reviewer asks whether each negation, must or may, condition, "
    "actor, number and urgency is the same, and signs it off."
)
_FORMAT = "python-brace-format"


def rewrite(article: Article, change: Callable[[Segment], Segment]) -> Article:
    """The article with every segment changed, in reading order: title, description, fields, the body, then the head.

    Segments inside a segment (the text of an image in a sentence, say) come right after it.
    """
    return replace(
        article,
        title=_changed(article.title, change),
        description=_changed(article.description, change) if article.description else None,
        fields=tuple(_changed(field, change) for field in article.fields),
        body=_nodes(article.body, change),
        head=_nodes(article.head, change),
    )


def _changed(segment: Segment, change: Callable[[Segment], Segment]) -> Segment:
    new = change(segment)
    content = _nodes(new.content, change)
    return new if content is new.content else replace(new, content=content)


def _nodes(nodes: tuple[Node, ...], change: Callable[[Segment], Segment]) -> tuple[Node, ...]:
    changed = tuple([_node(node, change) for node in nodes])
    return nodes if all(map(is_, changed, nodes)) else changed


def _node(node: Node, change: Callable[[Segment], Segment]) -> Node:
    if isinstance(node, Segment):
        return _changed(node, change)
    if not isinstance(node, Element):
        return node
    attrs = node.attrs
    if any(isinstance(value, Segment) for _, value in attrs):
        attrs = tuple((name, _changed(value, change) if isinstance(value, Segment) else value) for name, value in attrs)
    children = _nodes(node.children, change)
    return node if attrs is node.attrs and children is node.children else Element(node.tag, attrs, children)


def segments(article: Article) -> Iterator[Segment]:
    """Every segment of an article, in the order of :func:`rewrite`."""
    found: list[Segment] = []
    described = (article.description,) if article.description else ()
    for nodes in ((article.title,), described, article.fields, article.body, article.head):
        _collect(nodes, found)
    return iter(found)


def _collect(nodes: Iterable[Node], found: list[Segment]) -> None:
    for node in nodes:
        if isinstance(node, Segment):
            found.append(node)
            _collect(node.content, found)
        elif isinstance(node, Element):
            _collect([value for _, value in node.attrs if isinstance(value, Segment)], found)
            _collect(node.children, found)


def template(article: Article) -> Catalog:
    """The messages of an article, each once: where a text stands twice, the notes of both places are its own."""
    notes: dict[Key, dict[str, None]] = {}
    flags: dict[Key, tuple[str, ...]] = {}
    for segment in segments(article):
        notes.setdefault(segment.key, {}).update(dict.fromkeys(_notes(segment)))
        flags[segment.key] = (_FORMAT,) if any(_variables(segment.content)) else ()
    return Catalog(
        locale="",
        messages=tuple(
            Message(key, flags=flags[key], notes=tuple(lines), references=(article.path,))
            for key, lines in notes.items()
        ),
    )


def _notes(segment: Segment) -> Iterator[str]:
    """What a translator should know, a line each, the same for the same source."""
    above = " > ".join(segment.headings)
    yield f"{segment.kind}, under: {above}" if above else segment.kind
    yield from segment.notes
    if segment.safety:
        yield f"safety: {segment.safety}"
        yield _SAFETY
    if segment.lacks:
        yield f"Shown only where the region has no {segment.lacks} line."
    if all(isinstance(node, Text) for node in segment.content):  # as most: there is nothing to say of words
        return
    variables = dict.fromkeys(f"{{{variable.name}}}" for variable in _variables(segment.content))
    if variables:
        yield f"Keep as they are: {', '.join(variables)}; each region's own are filled in."
    for label, original in inline.form(segment.content).originals.items():
        if isinstance(original, Element) and label.isalnum():
            yield f"<{label}> stands for {_opening(original)}"


def _opening(element: Element) -> str:
    """An element's start tag, its translatable attributes left to messages of their own."""
    attrs = "".join(f' {name}="{value}"' for name, value in element.attrs if isinstance(value, str))
    return " ".join(f"<{element.tag}{attrs}>".split())


def _variables(nodes: tuple[Node, ...]) -> Iterator[Variable]:
    for node in nodes:
        if isinstance(node, Variable):
            yield node
        elif isinstance(node, Element):
            yield from _variables(node.children)


def localize(article: Article, catalog: Catalog, locale: Locale) -> Article:
    """The article in the language of a catalog.

    A segment takes its target where a person has accepted one and its markup conforms to the source; any
    other keeps its source, and says in ``lang`` which language that is. A pseudo-locale, which is never published,
    shows what was made up for it.
    """
    return _localized(Same(article), Same(catalog), locale)


def _in_language(one: Segment, content: tuple[Node, ...], lang: str) -> Segment:
    """A segment with other content; every page needs as many as it has texts, so they are made at one go."""
    about = (one.kind, one.place, one.span, one.headings, one.notes, one.safety, one.lacks)
    return Segment(one.key, content, *about, lang)


@lru_cache(maxsize=32)
def _localized(articles: Same[Article], catalogs: Same[Catalog], locale: Locale) -> Article:
    """The last ones are remembered: the links of a page are asked for before the page."""
    article, messages = articles.value, catalogs.value.index()
    source = "" if article.locale == locale.tag else article.locale
    shown = {State.TRANSLATED, State.FUZZY} if locales.is_pseudo(locale) else {State.TRANSLATED}

    def translated(segment: Segment) -> Segment:
        message = messages.get(segment.key)
        if message is None or message.state not in shown:
            return _in_language(segment, segment.content, source)
        try:
            content = inline.conform(inline.parse(message.target), segment.content)
        except MarkupError:
            content, lang = segment.content, source
        else:
            lang = ""
        return _in_language(segment, content, lang)

    made = replace(rewrite(article, translated), locale=locale.tag)
    if not source or not _says_its_language(articles):
        return made
    return replace(made, body=tuple(_unmarked(made.body, _language(source))))


@lru_cache(maxsize=64)
def _says_its_language(article: Same[Article]) -> bool:
    """Whether a block of an article has the attribute ``lang``; few have."""
    stack = list(article.value.body)
    while stack:
        node = stack.pop()
        if isinstance(node, Element):
            if node.get("lang"):
                return True
            stack += node.children
    return False


def _unmarked(nodes: Iterable[Node], language: str) -> Iterator[Node]:
    """Blocks that say no more that they are in the language of the source, which a translated one is not in.

    A direction that stands beside it goes with it. What is not translated, or in another language, keeps both.
    """
    for node in nodes:
        lang = node.get("lang") or "" if isinstance(node, Element) else ""
        if not isinstance(node, Element) or node.get("translate") == "no" or (lang and _language(lang) != language):
            yield node
            continue
        left_out = ("lang", "xml:lang", "dir") if lang else ()
        attrs = tuple((name, value) for name, value in node.attrs if name not in left_out)
        yield Element(node.tag, attrs, tuple(_unmarked(node.children, language)))


def _language(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()
