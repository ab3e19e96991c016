"""HTML -> the nodes of an article's body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline import inline
from pipeline.errors import SourceError
from pipeline.model import Element, Key, Node, Place, Raw, Segment, Text
from pipeline.readers import comments
from pipeline.readers import marks as marking
from pipeline.readers.folding import fold
from pipeline.readers.marks import Marks
from pipeline.readers.nodes import (
    containers,
    content_end,
    data,
    ends,
    html,
    is_blank,
    is_block,
    is_linked_data,
    offset,
    start_after,
    tag_span,
    verbatim,
)
from pipeline.readers.places import Places
from pipeline.readers.scope import Scope, inside
from pipeline.readers.tags import HEADINGS, KINDS, RAW, VERBATIM, attribute_kind
from pipeline.readers.words import has_words, in_markdown, literal, roles

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode

Attrs = tuple[tuple[str, str | Segment], ...]


@dataclass(slots=True)
class _Run:
    """Inline nodes between two blocks."""

    floor: int
    """Where the element around them begins: they do not begin before."""

    nodes: list[HtmlNode] = field(default_factory=list)
    marks: Marks = marking.NONE
    end: int = 0

    def take_marks(self, marks: Marks, place: Place) -> None:
        """Only notes and a context can be said of a run: what else a mark says needs an element to say it of."""
        if marks.safety or marks.lacks or marks.translate:
            raise SourceError(
                "A mark must stand before a whole block, such as a paragraph, a list or a quotation; "
                "put it on a line of its own before that block.",
                place,
            )
        notes = (*self.marks.notes, *marks.notes)
        self.marks = Marks(notes=notes, context=marks.context or self.marks.context)

    def trimmed(self) -> list[HtmlNode]:
        """The nodes without the white space around them."""
        solid = [index for index, node in enumerate(self.nodes) if not is_blank(node)]
        return self.nodes[solid[0] : solid[-1] + 1] if solid else []


class Tree:
    """Builds the body of one article; it remembers the headings that it has passed."""

    def __init__(self, root: HtmlNode, places: Places, skipped: frozenset[int]) -> None:
        self.places = places
        self.masks = places.masks
        self.skipped = skipped
        self.headings: dict[int, str] = {}
        self.containers = containers(root, places)

    def body(self, root: HtmlNode) -> tuple[Node, ...]:
        """The children of an element, as blocks with their segments."""
        return self._blocks(root, Scope(), content_end(root, len(self.places.text)))

    def segment(self, content: tuple[Node, ...], scope: Scope, span: tuple[int, int]) -> Segment:
        """Inline nodes as a segment; ``span`` is in offsets of the parsed text."""
        start, end = self.places.byte(span[0]), self.places.byte(span[1])
        place = Place(self.places.path, self.places.line(start))
        if len(inline.plain(content)) > inline.LENGTH // 2:
            raise SourceError(f"This text is longer than {inline.LENGTH // 2} characters; split it into blocks.", place)
        return Segment(
            Key(inline.dump(content), scope.context),
            content,
            scope.kind,
            place,
            (start, end),
            tuple(self.headings[level] for level in sorted(self.headings)),
            scope.notes,
            scope.safety or next(roles(content), ""),
            scope.lacks,
        )

    def pieces(self, text: str) -> tuple[Node, ...]:
        """Text as nodes: variables, shortcodes, formulas, and the words between them."""
        return self.masks.expand((Text(text),), inline.pieces)

    # --- blocks ---------------------------------------------------------------------------------

    def _blocks(self, parent: HtmlNode, scope: Scope, limit: int) -> tuple[Node, ...]:
        result: list[Node] = []
        floor = tag_span(parent)[1]
        run = _Run(floor)
        pending, at = marking.NONE, 0
        children = parent.children or []
        for child, end in zip(children, ends(children, limit, self.places.text), strict=True):
            if child.name == "#comment":
                at = offset(child, at)
                pending = marking.read_comment(data(child), pending, self.places.place(at))
            elif self._is_inline(child):
                if not is_blank(child):
                    run.take_marks(pending, self.places.place(at))
                    pending, run.end = marking.NONE, end
                run.nodes.append(child)
            elif is_linked_data(child):
                continue
            elif id(child) in self.skipped:
                result += self._run(run, scope)
                run, pending = _Run(floor), marking.NONE
            elif child.name in RAW:
                result += [*self._run(run, scope), Raw(self.masks.restore(html(child)))]
                run = _Run(floor)
            elif not child.name.startswith(("#", "!")):
                result += [*self._run(run, scope), self._block(child, scope, pending, end)]
                run, pending = _Run(floor), marking.NONE
        if pending is not marking.NONE:
            place = self.places.place(at)
            raise SourceError("This comment stands before no block; move it before the one it is about.", place)
        return (*result, *self._run(run, scope))

    def _is_inline(self, node: HtmlNode) -> bool:
        if node.name == "#text":
            return True
        if node.name.startswith(("#", "!")) or node.name in RAW or id(node) in self.skipped:
            return False
        return not is_block(node) and id(node) not in self.containers

    def _block(self, node: HtmlNode, scope: Scope, marks: Marks, limit: int) -> Element:
        attrs = marking.plain(node.attrs or {})
        translate = "" if marks.translate == "comments" else marks.translate
        for name, value in (("data-safety", marks.safety), ("data-lacks", marks.lacks), ("translate", translate)):
            if value:
                attrs[name] = value
        level = HEADINGS.get(node.name, 0)
        if level:
            self.headings = {above: words for above, words in self.headings.items() if above < level}
        place = self.places.place(offset(node, 0))
        inner = inside(scope, node.name, attrs, marks, place)
        if marks.translate == "comments":
            children = self._comments(node, inner, place)
        elif node.name in VERBATIM:
            children = tuple(verbatim(node, self.masks))
        else:
            children = self._blocks(node, inner, content_end(node, limit))
        shown = self._attributes(node, attrs, inner)
        if "data-safety" not in attrs:
            role = next((child.safety for child in children if isinstance(child, Segment) and child.safety), "")
            shown = (*shown, ("data-safety", role)) if role and not inner.safety else shown
        if level:
            self.headings[level] = " ".join(inline.plain(children).split())
        return Element(node.name, shown, children)

    def _comments(self, node: HtmlNode, scope: Scope, place: Place) -> tuple[Node, ...]:
        if node.name != "pre":
            raise SourceError("Only code has comments; put this mark before a code block.", place)
        scope = replace(scope, kind="comment in code")
        return comments.commented(node, self.places, lambda words, span: self.segment((Text(words),), scope, span))

    def _attributes(
        self, node: HtmlNode, attrs: dict[str, str | None], scope: Scope
    ) -> tuple[tuple[str, str | Segment], ...]:
        result: list[tuple[str, str | Segment]] = []
        for name, value in attrs.items():
            text = value or ""
            kind = attribute_kind(node.name, name, attrs)
            if kind and scope.translate == "yes":
                content = self.pieces(" ".join(text.split()))
                if has_words(content):
                    result.append((name, self.segment(content, replace(scope, kind=kind), tag_span(node))))
                    continue
            result.append((name, self.masks.restore(text)))
        return tuple(result)

    # --- runs of inline content -----------------------------------------------------------------

    def _run(self, run: _Run, scope: Scope) -> list[Node]:
        nodes = run.trimmed()
        if not nodes:
            return []
        notes = (*scope.notes, *run.marks.notes, *map(self.masks.restore, marking.notes_inside(nodes)))
        noted = replace(scope, notes=notes, context=run.marks.context or scope.context)
        content = self.masks.expand(fold(self._inline(nodes, noted), inline.OPAQUE_TAGS), _as_text)
        if scope.translate == "no" or not has_words(content):
            return list(content)
        span = self._trimmed(start_after(nodes, run.floor, run.end), run.end)
        return [self.segment(in_markdown(content), noted, span)]

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A span without the white space around it; empty for text that a table throws out before itself."""
        text = self.places.text[start : max(start, end)]
        first = start + len(text) - len(text.lstrip(inline.SPACES))
        return first, max(first, start + len(text.rstrip(inline.SPACES)))

    def _inline(self, nodes: Iterable[HtmlNode], scope: Scope) -> tuple[Node, ...]:
        return tuple(made for node in nodes for made in self._inline_node(node, scope))

    def _inline_node(self, node: HtmlNode, scope: Scope) -> Iterator[Node]:
        if node.name == "#text":
            yield from inline.pieces(data(node))
        elif node.name == "#comment":
            place = self.places.place(offset(node, 0))
            if marking.read_comment(data(node), marking.NONE, place) is not marking.NONE:
                raise SourceError("A mark inside a sentence is about nothing; move it before the block.", place)
        elif is_linked_data(node) or id(node) in self.skipped:
            return
        elif node.name in RAW:
            yield Raw(self.masks.restore(html(node)))
        elif not node.name.startswith(("#", "!")):
            attrs = marking.plain(node.attrs or {})
            if "data-safety" in attrs or "data-lacks" in attrs:
                place = self.places.place(offset(node, 0))
                raise SourceError(f"<{node.name}> is a part of a sentence; mark its whole block as safety text.", place)
            inner = replace(scope, translate=attrs.get("translate") or scope.translate)
            shown = self._attributes(node, attrs, inner)
            yield Element(node.name, shown, self._inside(node, inner))

    def _inside(self, node: HtmlNode, scope: Scope) -> tuple[Node, ...]:
        if node.name in VERBATIM:
            return tuple(verbatim(node, self.masks))
        if node.name == "code":
            return tuple(literal(self._inline(node.children or (), scope), self.masks))
        if node.name in inline.OPAQUE_TAGS:
            return self._blocks(node, replace(scope, kind=KINDS.get(node.name, "text")), content_end(node, 0))
        return self._inline(node.children or (), scope)


def _as_text(text: str) -> tuple[Node, ...]:
    return (Text(text),)
