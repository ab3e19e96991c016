"""Variables to nodes: an article in one locale with that region's helplines in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import is_

from pipeline.helplines.facts import name_in, phone_contact, required, resolve, tel_uri, variable_text
from pipeline.model import Article, Element, Locale, Node, Registry, Segment, Text, Variable

__all__ = ["fill"]

_CELLS = frozenset({"td", "th"})
"""A cell stays even when empty: without it its row would shift."""


def fill(article: Article, registry: Registry, locale: Locale) -> Article:
    """The article with every variable replaced by what ``locale``'s region shows.

    A segment that uses a role the region declares ``none`` is left out, and with it every element
    that holds nothing else; a block marked ``data-lacks`` stays only where the region lacks that role.
    Raises RegistryError for a role the registry does not declare, and where a title or an attribute,
    which cannot be left out, needs a line that the region does not have.
    """
    filling = _Filling(registry, locale)
    description = article.description
    return replace(
        article,
        title=filling.flat(article.title),
        description=None if description is None else filling.flat(description),
        body=tuple(filling.blocks(article.body)),
        head=tuple(filling.blocks(article.head)),
    )


class _Filling:
    """One walk over one article; holds what every step needs and changes nothing."""

    def __init__(self, registry: Registry, locale: Locale) -> None:
        self.registry = registry
        self.locale = locale

    def blocks(self, nodes: tuple[Node, ...]) -> Iterator[Node]:
        for node in nodes:
            if isinstance(node, Segment):
                if not node.lacks and all(isinstance(child, Text) for child in node.content):  # as most are
                    yield node
                elif self.belongs(node.lacks) and not self.lacks_any(node.content):
                    yield self.filled(node, self.shown)
            elif isinstance(node, Element):
                if self.belongs(node.get("data-lacks") or ""):
                    yield from self.block(node)
            elif isinstance(node, Variable):
                yield self.shown(node)
            else:
                yield node

    def block(self, element: Element) -> Iterator[Element]:
        children = tuple(self.blocks(element.children))
        if _are_same(children, element.children):
            children = element.children
        emptied = children is not element.children and _has_words(element.children) and not _has_words(children)
        if not emptied or element.tag in _CELLS:
            yield self.rebuilt(element, children)

    def inline(self, nodes: tuple[Node, ...], show: Callable[[Variable], Node]) -> Iterator[Node]:
        for node in nodes:
            if isinstance(node, Variable):
                yield show(node)
            elif isinstance(node, Element):
                # A link inside a link is not HTML: within one, the number is shown without its own.
                inner = self.unlinked if node.tag == "a" and show == self.shown else show
                yield self.rebuilt(node, tuple(self.inline(node.children, inner)))
            else:
                yield node

    def rebuilt(self, element: Element, children: tuple[Node, ...]) -> Element:
        """An element with other children; itself where nothing in it is other than it was."""
        attrs = element.attrs
        if any(isinstance(value, Segment) for _, value in attrs):
            attrs = tuple((name, self.flat(value) if isinstance(value, Segment) else value) for name, value in attrs)
        if attrs is element.attrs and _are_same(children, element.children):
            return element
        return Element(element.tag, attrs, children)

    def flat(self, segment: Segment) -> Segment:
        """For titles and attributes: variables as plain text, no elements of their own."""
        return self.filled(segment, self.text)

    def filled(self, segment: Segment, show: Callable[[Variable], Node]) -> Segment:
        """A segment with something shown for each variable; itself where it has none."""
        content = tuple(self.inline(segment.content, show))
        return segment if _are_same(content, segment.content) else replace(segment, content=content)

    def text(self, variable: Variable) -> Node:
        return Text(variable_text(variable.name, self.registry, self.locale))

    def shown(self, variable: Variable) -> Node:
        inner = self.unlinked(variable)
        if variable.field != "phone":
            return inner
        contact = phone_contact(required(variable.name, self.registry, self.locale))
        return Element("a", (("class", "phone"), ("href", tel_uri(contact))), (inner,))

    def unlinked(self, variable: Variable) -> Node:
        text = self.text(variable)
        if variable.field == "phone":
            return Element("bdi", (("dir", "ltr"), ("translate", "no")), (text,))
        _, tag = name_in(required(variable.name, self.registry, self.locale), self.locale)
        return Element("bdi", (("lang", tag),), (text,))

    def belongs(self, lacks: str) -> bool:
        return not lacks or resolve(self.registry, self.locale, lacks) is None

    def lacks_any(self, nodes: tuple[Node, ...]) -> bool:
        return any(resolve(self.registry, self.locale, variable.role) is None for variable in _variables(nodes))


def _are_same(nodes: tuple[Node, ...], others: tuple[Node, ...]) -> bool:
    """Whether these are the very same nodes."""
    return len(nodes) == len(others) and all(map(is_, nodes, others))


def _variables(nodes: tuple[Node, ...]) -> Iterator[Variable]:
    for node in nodes:
        if isinstance(node, Variable):
            yield node
        elif isinstance(node, Element):
            yield from _variables(node.children)


def _has_words(nodes: tuple[Node, ...]) -> bool:
    """Whether anything but white space is there."""
    return any(not isinstance(node, Text) or node.value.strip() for node in nodes)
