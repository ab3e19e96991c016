"""Whether a target holds the markup of its source, no more and no less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from pipeline.errors import MarkupError
from pipeline.identity import Same
from pipeline.inline.forms import FOOTNOTE, Form, footnote_label, form, is_void, joined, plain, walk
from pipeline.inline.literals import literal
from pipeline.inline.simple import EMPHASIS, link_to
from pipeline.model import Element, Node, Text, Variable

_SHOWN = {**EMPHASIS, "del": "~~...~~", "br": "a line break (\\ at the end of a line)"}


def conform(nodes: tuple[Node, ...], like: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes of a parsed target with the elements of its source behind the numbered tags.

    Raises MarkupError, in words for a translator, where a tag, link, code span, footnote or variable is
    lost, doubled, invented or emptied, or where a link stands inside another.
    """
    return joined(nodes) if _is_text(nodes) and _is_text(like) else _conform(Same(nodes), Same(like))


def difference(need: Counter[str], have: Counter[str]) -> str:
    """What a translator has to hear whose target has other marks than the source needs; empty where they are equal."""
    if dict(have) == dict(need):
        return ""
    lost, invented = need - have, have - need
    complaints = []
    if lost:
        complaints.append(f"lacks {_listed(lost)}")
    if invented:
        complaints.append(f"adds {_listed(invented)}")
    return (
        f"The translation {' and '.join(complaints)}; keep every tag, link, code and variable of the source, "
        "each as often as it stands there."
    )


@lru_cache(maxsize=4096)
def _conform(nodes: Same[tuple[Node, ...]], like: Same[tuple[Node, ...]]) -> tuple[Node, ...]:
    """By identity: checking, localizing and reading back ask for the same two, and nodes are slow to compare."""
    target, (source, need) = form(nodes.value).nodes, _needed(like)
    have = _marks(target)
    if complaint := difference(need, have):
        raise MarkupError(complaint)
    _no_nested_links(target, ())
    return _restored(target, source) if source.originals else target


@lru_cache(maxsize=16384)
def _needed(like: Same[tuple[Node, ...]]) -> tuple[Form, Counter[str]]:
    """A source in message form, and its marks: all its translations are compared with them."""
    source = form(like.value)
    return source, _marks(source.nodes)


def _is_text(nodes: tuple[Node, ...]) -> bool:
    """Whether there is no markup at all."""
    return all(isinstance(node, Text) for node in nodes)


def _marks(nodes: Iterable[Node]) -> Counter[str]:
    """What must be the same in source and target, each as a translator would name it."""
    marks: Counter[str] = Counter()
    for node in walk(nodes):
        if isinstance(node, Variable):
            marks[f"{{{node.name}}}"] += 1
        elif isinstance(node, Element):
            mark = _mark(node)
            marks[mark] += 1
            if not is_void(node) and not plain(node.children).strip() and not _holds_element(node):
                marks[f"{mark} with no text in it"] += 1
    return marks


def _mark(node: Element) -> str:
    written = literal(node)
    if written.startswith("{:"):  # a list of attributes: the space in it means nothing
        return f"{{:{' '.join(written[2:-1].split())}}}"
    if written:
        return written
    if node.tag == FOOTNOTE:
        return f"[^{footnote_label(node)}]"
    if node.tag == "a" and node.attrs:
        return link_to(node.get("href"))
    if node.tag == "img" and node.attrs:
        return f"the image {node.get('src')}"
    if node.tag == "code" and all(isinstance(child, Text) for child in node.children):
        return f"`{plain(node.children)}`"
    return _SHOWN.get(node.tag, f"<{node.tag}>")


def _holds_element(node: Element) -> bool:
    return any(isinstance(child, Element) for child in node.children)


def _listed(marks: Counter[str]) -> str:
    return ", ".join(mark if count == 1 else f"{mark} ({count} times)" for mark, count in marks.items())


def _no_nested_links(nodes: Iterable[Node], above: tuple[str, ...]) -> None:
    for node in nodes:
        if isinstance(node, Element):
            is_link = node.tag == "a" or (node.tag[:1] == "a" and node.tag[1:].isdigit())
            if is_link and "a" in above:
                raise MarkupError(f"The translation puts {_mark(node)} inside another link; keep them apart.")
            _no_nested_links(node.children, (*above, "a") if is_link else above)


def _restored(nodes: Iterable[Node], source: Form) -> tuple[Node, ...]:
    return joined(_original(node, source) if isinstance(node, Element) else node for node in nodes)


def _original(node: Element, source: Form) -> Node:
    children = _restored(node.children, source)
    label = footnote_label(node)
    original = source.originals.get(f"[^{label}]" if label else node.tag)
    if original is None:
        return Element(node.tag, node.attrs, children)
    if not isinstance(original, Element) or not node.children:
        return original
    if original.get("translate") == "no" and plain(children) != plain(original.children):
        raise MarkupError(f"<{node.tag}> holds text that is not to be translated: {plain(original.children)}.")
    return Element(original.tag, original.attrs, children)
