"""The events of the Markdown parser -> the nodes of an article's body, without HTML in between.

As :class:`pipeline.readers.tree.Tree` makes them of the HTML that the same events stand for, in a small part of the
time. What only a parser of HTML reads as a browser would is left to it: raw HTML but for what
:mod:`pipeline.readers.steps` knows and a few tags in sentences that are closed where they were opened, and whatever
would not end where its text ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pipeline import inline
from pipeline.errors import SourceError
from pipeline.inline.literals import Masked
from pipeline.model import Element, Key, Node, Place, Raw, Segment, Text
from pipeline.readers import addresses, elements, steps
from pipeline.readers import marks as marking
from pipeline.readers.elements import Attrs
from pipeline.readers.events import INLINE, Event
from pipeline.readers.folding import fold
from pipeline.readers.marks import Marks
from pipeline.readers.places import line_of
from pipeline.readers.scope import Scope, inside
from pipeline.readers.steps import Step, Unlike
from pipeline.readers.tags import HEADINGS, KINDS, attribute_kind
from pipeline.readers.words import has_words, in_markdown, roles

DEPTH = 20
"""How deep blocks, or the elements of a sentence, may nest here."""

_INLINE = re.compile(r"<(/?)(br|code|kbd|sub|sup|u|b|i|small|mark|s|q|ins)(?: ?/)?>")
_UNKNOWN = re.compile(r"<([A-Za-z][A-Za-z0-9]*)>")
_STRANGE = re.compile(r"[\r\f\x1a]")


@dataclass(frozen=True, slots=True)
class Origin:
    """The text that was parsed, and the place in its file."""

    text: str
    path: str
    base: int
    """The byte of the file that the text begins at."""

    newlines: list[int]
    """The bytes of the file's newlines, ascending."""

    links: Masked
    """Bare addresses, with a private character for each in the text."""


def nodes(events: Sequence[Event], origin: Origin) -> tuple[Node, ...]:
    """The body that the events of a text make, as they come from :func:`pipeline.readers.events.in_order`.

    Raises Unlike where something in it, right or wrong, is not read here.
    """
    if _STRANGE.search(origin.text) or ("&#" in origin.text and any(map(_is_strange, events))):
        raise Unlike
    if any("&#" in address or _STRANGE.search(address) for address in origin.links.parts.values()):
        raise Unlike
    try:
        return _Builder([*steps.of(events), steps.END], origin).body()
    except SourceError as error:
        raise Unlike from error


def _is_strange(event: Event) -> bool:
    return isinstance(event[0], dict) and _STRANGE.search(str(event[0].get("Text", ""))) is not None


class _Builder:
    """Goes through the steps of one article; it remembers the headings that it has passed."""

    def __init__(self, steps: Sequence[Step], origin: Origin) -> None:
        self.steps = steps
        self.at = 0
        self.last = 0
        """Where the last piece of a sentence ended, in bytes."""

        self.origin = origin
        self.links = origin.links
        self.data = origin.text.encode()
        self.is_long = len(origin.text) > inline.LENGTH // 2
        self.levels: dict[int, str] = {}
        self.headings: tuple[str, ...] = ()
        self.alignments: tuple[str, ...] = ()
        self.depth = 0
        self.opened: Counter[str] = Counter()
        """So many elements of raw HTML are open."""

    def body(self) -> tuple[Node, ...]:
        """The whole of it."""
        made = self._blocks(Scope())
        if self.at != len(self.steps) - 1:
            raise Unlike
        return made

    # --- blocks ---------------------------------------------------------------------------------

    def _blocks(self, scope: Scope) -> tuple[Node, ...]:
        """The blocks and runs of text up to the next end of an element, which is left to the caller."""
        self.depth += 1
        if self.depth > DEPTH:
            raise Unlike
        made: list[Node] = []
        pending, after_run = marking.NONE, False
        while True:
            name, tag, value, start, end = self.steps[self.at]
            if name == "End" or (name == "Closing" and self.opened[tag]):
                break
            self.at += 1
            if name == "Comment":
                pending = marking.read_comment(value, pending, self._place(start))
                continue
            if name in ("Raw", "Closing"):
                if after_run and name == "Closing":  # to a browser it is not there, and the run goes on
                    raise Unlike
                made += (Raw(value),) if name == "Raw" else ()
                after_run = False
                continue
            block: Element | None = None
            if name == "Start":
                block = None if tag in INLINE else self._element(tag, value, start, scope, pending)
            elif name == "Opening":
                block = self._block(tag, value, start, scope, pending, self._closed)
            elif name == "Rule":
                block = self._block("hr", (), start, scope, pending, _nothing)
            elif name == "TaskListMarker":
                attrs = (("type", "checkbox"), ("disabled", ""), *((("checked", ""),) if value else ()))
                block = self._block("input", attrs, start, scope, pending, _nothing)
            if block:
                made.append(block)
            elif after_run:  # a comment inside a run, or more text behind that of a block of HTML
                raise Unlike
            elif name == "Words":
                made += self._text((Text(value),), _noted(scope, pending), (start, end))
            elif name == "Picture":
                made.append(Element("img", self._attributes("img", value, start, _noted(scope, pending), end)))
            else:
                self.at -= 1
                made += self._run(scope, pending, start)
            pending, after_run = marking.NONE, block is None
        if pending is not marking.NONE:
            raise Unlike
        self.depth -= 1
        return tuple(made)

    def _closed(self, scope: Scope) -> tuple[Node, ...]:
        """The inside of an element of raw HTML, whose end tag must be the next step, if any."""
        _, tag, *_ = self.steps[self.at - 1]
        self.opened[tag] += 1
        made = self._blocks(scope)
        self.opened[tag] -= 1
        if self.at < len(self.steps) - 1:  # what is never closed goes on to the end
            self._pass("Closing", tag)
        return made

    def _inside(self, scope: Scope) -> tuple[Node, ...]:
        made = self._blocks(scope)
        self._pass("End")
        return made

    def _pass(self, name: str, tag: str = "") -> None:
        """Go past the end of an element, which must be the next step."""
        found, ended, *_ = self.steps[self.at]
        if found != name or (tag and ended != tag):
            raise Unlike
        self.at += 1

    def _element(self, name: str, value: Any, start: int, scope: Scope, marks: Marks) -> Element:
        """An element of Markdown, whose start was passed."""
        if name == "Heading":
            return self._heading(value, start, scope, marks)
        if name == "CodeBlock":
            return self._block("pre", (), start, scope, marks, lambda _: (self._code(value),))
        if name == "Table":
            return self._block("table", (), start, scope, marks, lambda inner: self._table(value, inner))
        if name == "Footnotes":
            return self._block("section", elements.NOTES, start, scope, marks, partial(self._notes, start))
        tag = elements.TAGS.get(name)
        tag, attrs = (tag, ()) if tag else elements.start(name, value)
        return self._block(tag, attrs, start, scope, marks, self._inside)

    def _notes(self, start: int, scope: Scope) -> tuple[Node, ...]:
        return (self._block("ol", (), start, scope, marking.NONE, self._inside),)

    def _heading(self, value: Any, start: int, scope: Scope, marks: Marks) -> Element:
        if value["attrs"]:
            raise Unlike
        tag, attrs = elements.start("Heading", value)
        level = HEADINGS[tag]
        self._head({above: words for above, words in self.levels.items() if above < level})
        made = self._block(tag, attrs, start, scope, marks, self._inside)
        self._head({**self.levels, level: " ".join(inline.plain(made.children).split())})
        return made

    def _head(self, levels: dict[int, str]) -> None:
        self.levels = levels
        self.headings = tuple(levels[level] for level in sorted(levels))

    def _code(self, value: Any) -> Element:
        pieces = []
        while self.steps[self.at][0] == "Text":
            pieces.append(self.steps[self.at][2])
            self.at += 1
        self._pass("End")
        text = "".join(pieces)
        tag, attrs = elements.start("CodeBlock", value, self.links)
        return Element(tag, attrs, (Text(text),) if text else ())

    def _table(self, alignments: tuple[str, ...], scope: Scope) -> tuple[Node, ...]:
        self.alignments = alignments
        made: list[Node] = []
        rows: list[Node] = []
        while (step := self.steps[self.at])[0] == "Start":
            self.at += 1
            _, tag, _, start, _ = step
            if tag == "TableHead":
                made.append(self._block("thead", (), start, scope, marking.NONE, partial(self._head_row, start)))
            else:
                rows.append(self._row(start, scope, "td"))
        self._pass("End")
        return (*made, Element("tbody", (), tuple(rows))) if rows else tuple(made)

    def _head_row(self, start: int, scope: Scope) -> tuple[Node, ...]:
        return (self._row(start, scope, "th"),)

    def _row(self, start: int, scope: Scope, cell: str) -> Element:
        def cells(inner: Scope) -> tuple[Node, ...]:
            made: list[Node] = []
            while (step := self.steps[self.at])[:2] == ("Start", "TableCell"):
                self.at += 1
                column = len(made)
                side = self.alignments[column] if column < len(self.alignments) else ""
                attrs = elements.ALIGNMENTS.get(side, ())
                made.append(self._block(cell, attrs, step[3], inner, marking.NONE, self._inside))
            self._pass("End")
            return tuple(made)

        return self._block("tr", (), start, scope, marking.NONE, cells)

    def _block(
        self,
        tag: str,
        attrs: Attrs,
        start: int,
        scope: Scope,
        marks: Marks,
        children: Callable[[Scope], tuple[Node, ...]],
    ) -> Element:
        """A block with what is inside, and with what the comments before it say of it."""
        if marks is marking.NONE:
            kind = KINDS.get(tag, "text")
            inner = scope
            if kind != scope.kind:
                inner = Scope(kind, scope.safety, scope.lacks, scope.notes, scope.context, scope.translate)
        elif marks.translate == "comments":
            raise Unlike
        else:
            said = (("data-safety", marks.safety), ("data-lacks", marks.lacks), ("translate", marks.translate))
            attrs = (*attrs, *(pair for pair in said if pair[1]))
            inner = inside(scope, tag, dict(attrs), marks, self._place(start))
        made = children(inner)
        if not inner.safety:
            role = next((one.safety for one in made if isinstance(one, Segment) and one.safety), "")
            attrs = (*attrs, ("data-safety", role)) if role else attrs
        return Element(tag, attrs, made)

    # --- runs of inline content -----------------------------------------------------------------

    def _run(self, scope: Scope, marks: Marks, start: int) -> list[Node]:
        """The text up to the next block."""
        scope = _noted(scope, marks)
        found = self._line(scope)
        name, _, _, following, _ = self.steps[self.at]
        return self._text(found, scope, (start, self.last if name == "End" else following))

    def _text(self, found: tuple[Node, ...], scope: Scope, span: tuple[int, int]) -> list[Node]:
        """The nodes of a run as a segment, where there is anything to translate."""
        if not found or _is_spaced(found):
            raise Unlike
        first = found[0]
        if len(found) > 1 or not isinstance(first, Text):
            found = fold(found, inline.OPAQUE_TAGS)
        else:
            found = (Text(inline.folded(first.value)),)
        if scope.translate == "no" or not has_words(found):
            return list(found)
        return [self._segment(in_markdown(found), scope, span)]

    def _line(self, scope: Scope) -> tuple[Node, ...]:
        """Inline nodes up to the end of the element around them, or the next block."""
        self.depth += 1
        if self.depth > DEPTH:
            raise Unlike
        made: list[Node] = []
        text = ""
        while True:
            name, tag, value, start, end = self.steps[self.at]
            if name == "Text":
                if value[:1] == "{" and (self.data[start - 1 : start] == b"\\" or self.data[start : start + 1] == b"&"):
                    raise Unlike  # a brace that opens no variable
                text += value
            elif name == "SoftBreak":
                text += " "
            elif (
                tag not in INLINE
                if name == "Start"
                else name in _BLOCKS or (name == "InlineHtml" and value[:2] == "</")
            ):
                break
            else:
                made += self._pieces(text)
                text = ""
                self.at += 1
                made.append(self._node(self.steps[self.at - 1], scope))
                continue
            self.at += 1
            self.last = end
        self.depth -= 1
        return (*made, *self._pieces(text))

    def _pieces(self, text: str) -> tuple[Node, ...]:
        """Text as nodes, with a link for each bare address."""
        if self.links.pattern is None:
            return inline.pieces(text)
        made: list[Node] = []
        for piece, is_address in self.links.split(text):
            if is_address:
                address = addresses.shown(piece)
                made.append(Element("a", elements.address(address), inline.pieces(address)))
            else:
                made += inline.pieces(piece)
        return tuple(made)

    def _node(self, step: Step, scope: Scope) -> Node:
        """An element of a sentence, whose first step was passed."""
        name, tag, value, start, end = step
        if name == "Start":
            if tag == "Image":
                return self._image(value, start, end, scope)
            return self._around(tag, value, start, end, scope)
        self.last = end
        match name:
            case "Code":
                return Element("code", (), (Text(self.links.restore(value)),))
            case "HardBreak":
                return Element("br")
            case "FootnoteReference":
                label, number = value
                link = Element("a", (("href", f"#fn-{label}"),), (Text(str(number)),))
                return Element("sup", (("class", "footnote"),), (link,))
            case _:
                return self._tag(value, start, scope)

    def _around(self, name: str, value: Any, start: int, end: int, scope: Scope) -> Element:
        """Emphasis, a link and the like."""
        tag = elements.TAGS.get(name, "a")
        attrs = self._attributes(*elements.start("Link", value, self.links), start, scope) if tag == "a" else ()
        made = self._line(scope)
        self._pass("End")
        self.last = end
        if tag == "a" and any(isinstance(node, Element) and node.tag in ("a", "sup") for node in inline.walk(made)):
            raise Unlike  # no link stands in another one
        return Element(tag, attrs, made)

    def _tag(self, html: str, start: int, scope: Scope) -> Element:
        """An element of raw HTML that ends in the same sentence."""
        unknown = _UNKNOWN.fullmatch(html)
        if unknown and steps.is_unknown(unknown[1].lower()):
            return self._unknown(unknown[1].lower(), scope)
        if html.startswith("<img"):
            return Element("img", self._attributes("img", steps.picture(html), start, scope))
        found = _INLINE.fullmatch(html)
        if not found or found[1] or (html.endswith("/>") and found[2] != "br"):
            raise Unlike
        if found[2] == "br":
            return Element("br")
        made = self._line(scope)
        if not self._ends(found[2]) or (found[2] == "code" and not all(isinstance(node, Text) for node in made)):
            raise Unlike
        return Element(found[2], (), made)

    def _ends(self, tag: str) -> bool:
        """Whether the end of an element of raw HTML is next; it is passed."""
        name, _, value, _, end = self.steps[self.at]
        if name != "InlineHtml" or value.lower() != f"</{tag}>":
            return False
        self.at += 1
        self.last = end
        return True

    def _unknown(self, tag: str, scope: Scope) -> Element:
        """An element that HTML knows nothing of, as in ``Box<T>``: it ends at the latest with the one around it."""
        made = self._line(scope)
        if not self._ends(tag) and (self.steps[self.at][0] != "End" or (made and _is_spaced(made[-1:]))):
            raise Unlike
        return Element(tag, (), made)

    def _image(self, value: Any, start: int, end: int, scope: Scope) -> Element:
        """A picture: of what is inside, the words are its alternative text."""
        words: list[str] = []
        while (step := self.steps[self.at])[:2] != ("End", "Image"):
            self.at += 1
            name, tag, inner, *_ = step
            if name in ("Text", "Code"):
                words.append(self.links.restore(inner))
            elif name in ("SoftBreak", "HardBreak"):
                words.append(" ")
            elif name == "Start" and tag == "Image":
                raise Unlike
        self.at += 1
        self.last = end
        tag, attrs = elements.image(value, "".join(words), self.links)
        return Element(tag, self._attributes(tag, attrs, start, scope))

    def _attributes(
        self, tag: str, attrs: Attrs, start: int, scope: Scope, last: int = 0
    ) -> tuple[tuple[str, str | Segment], ...]:
        """The attributes, with a segment for each that people read; ``last``: where the tag ends, or the next step."""
        made: list[tuple[str, str | Segment]] = []
        for name, value in attrs:
            kind = attribute_kind(tag, name, {})
            if kind and scope.translate == "yes":
                content = inline.pieces(" ".join(value.split()))
                if has_words(content):
                    step, _, _, end, _ = self.steps[self.at]
                    end = last or (self.last if step == "End" else end)
                    if end < start:
                        raise Unlike
                    about = (scope.safety, scope.lacks, scope.notes, scope.context, scope.translate)
                    made.append((name, self._segment(content, Scope(kind, *about), (start, end))))
                    continue
            made.append((name, value))
        return tuple(made)

    # --- places ---------------------------------------------------------------------------------

    def _segment(self, content: tuple[Node, ...], scope: Scope, span: tuple[int, int]) -> Segment:
        if self.is_long and len(inline.plain(content)) > inline.LENGTH // 2:
            raise Unlike
        base = self.origin.base
        return Segment(
            Key(inline.dump(content), scope.context),
            content,
            scope.kind,
            self._place(span[0]),
            (base + span[0], base + span[1]),
            self.headings,
            scope.notes,
            scope.safety or next(roles(content), ""),
            scope.lacks,
        )

    def _place(self, byte: int) -> Place:
        return Place(self.origin.path, line_of(self.origin.newlines, self.origin.base + byte))


_BLOCKS = frozenset({"End", "Rule", "TaskListMarker", "Opening", "Closing", "Comment", "Words", "Picture", "Raw"})
"""Steps that no sentence goes on after."""


def _is_spaced(run: Sequence[Node]) -> bool:
    """Whether a run begins or ends with a space, which is encoded in the source: its HTML knows no place for it."""
    first, last = run[0], run[-1]
    return (isinstance(first, Text) and first.value[0] in inline.SPACES) or (
        isinstance(last, Text) and last.value[-1] in inline.SPACES
    )


def _noted(scope: Scope, marks: Marks) -> Scope:
    """The scope of a run, with what the comments before it say of it."""
    if marks is marking.NONE:
        return scope
    if marks.safety or marks.lacks or marks.translate:
        raise Unlike
    notes, context = (*scope.notes, *marks.notes), marks.context or scope.context
    return Scope(scope.kind, scope.safety, scope.lacks, notes, context, scope.translate)


def _nothing(_: Scope) -> tuple[Node, ...]:
    return ()
