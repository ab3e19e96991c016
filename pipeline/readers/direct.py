"""The events of the Markdown parser -> the nodes of an article's body, without HTML in between.

As :class:`pipeline.readers.tree.Tree` makes them of the HTML that the same events stand for, in a small part of the
time. What only a parser of HTML reads as a browser would is left to it: raw HTML but for comments and a few tags
that are closed where they were opened, and whatever would not end where its text ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any

from pipeline import inline
from pipeline.errors import SourceError
from pipeline.inline.literals import Masked
from pipeline.model import Element, Key, Node, Place, Segment, Text
from pipeline.readers import addresses, elements
from pipeline.readers import marks as marking
from pipeline.readers.elements import Attrs
from pipeline.readers.events import INLINE, Event, named
from pipeline.readers.folding import fold
from pipeline.readers.marks import Marks
from pipeline.readers.places import line_of
from pipeline.readers.scope import Scope, inside
from pipeline.readers.tags import ELEMENTS, HEADINGS, KINDS, attribute_kind
from pipeline.readers.words import has_words, in_markdown, roles

DEPTH = 20
"""How deep blocks, or the elements of a sentence, may nest here."""

_BLOCK = re.compile(
    r"""(?:<!--(?!-?>)(?P<comment>(?:[^-]|-(?!-))*)-->"""
    r"""|<(?P<tag>details|div|section|aside)(?P<attrs>(?:\ name="[^"&<>]*")?(?:\ class="[^"&<>]*")?"""
    r"""(?:\ id="[^"&<>]*")?)>"""
    r"""|</(?P<end>details|div|section|aside)>|(?P<words>[^\s<&{](?:[^<&{]*[^\s<&{])?))[ \n\t]*""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r' (name|class|id)="([^"]*)"')
_INLINE = re.compile(r"<(/?)(br|kbd|sub|sup|u|b|i|small|mark|s|q|ins)(?: ?/)?>")
_UNKNOWN = re.compile(r"<([A-Za-z][A-Za-z0-9]*)>")
_OLD = frozenset({"bgsound", "frame", "image", "keygen", "listing", "marquee"})
"""Names that are elements no more, and that a browser still has rules for."""

_STRANGE = re.compile(r"[\r\f\x1a]")


class Unlike(Exception):
    """Something that is not read here: the other way is taken."""


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
        return _Builder(list(_with_tags(events)), origin).body()
    except SourceError as error:
        raise Unlike from error


def _is_strange(event: Event) -> bool:
    return isinstance(event[0], dict) and _STRANGE.search(str(event[0].get("Text", ""))) is not None


def _with_tags(events: Iterable[Event]) -> Iterator[Event]:
    """The events with one for each part of a block of HTML: ``Opening``, ``Closing``, ``Comment`` and ``Words``."""
    html: list[tuple[str, int]] | None = None
    first = 0
    for event, span in events:
        if html is None:
            if event == {"Start": "HtmlBlock"}:
                html, first = [], span[0]
            else:
                yield event, span
        elif event == {"End": "HtmlBlock"}:
            yield from _tags(html, first)
            html = None
        else:
            html.append((named(event)[1], span[0]))


def _tags(pieces: Sequence[tuple[str, int]], first: int) -> Iterator[Event]:
    """The events of a block of HTML that begins at a byte, as each of its pieces does."""
    html, at = "".join([piece for piece, _ in pieces]), 0
    while at < len(html):
        found = _BLOCK.match(html, at)
        if not found or "/>" in found[0]:
            raise Unlike
        if found["tag"]:
            yield {"Opening": (found["tag"], tuple(_ATTRIBUTE.findall(found["attrs"])))}, (first, first)
        elif found["end"]:
            yield {"Closing": found["end"]}, (first, first)
        elif found["words"]:
            words = found["words"]
            start, last = _byte(pieces, found.start("words")), _byte(pieces, found.end("words") - 1)
            yield {"Words": words}, (start, last + len(words[-1].encode()))
        else:
            yield {"Comment": found["comment"]}, (first, first)
        at = found.end()


def _byte(pieces: Sequence[tuple[str, int]], offset: int) -> int:
    """Where a character of pieces that were joined comes from."""
    ends = list(accumulate(len(piece) for piece, _ in pieces))
    index = bisect_right(ends, offset)
    piece, start = pieces[index]
    return start + len(piece[: offset - ends[index]].encode())


class _Builder:
    """Goes through the events of one article; it remembers the headings that it has passed."""

    def __init__(self, events: Sequence[Event], origin: Origin) -> None:
        self.events = [*events, ({"End": ""}, (0, 0))]
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

    def body(self) -> tuple[Node, ...]:
        """The whole of it."""
        made = self._blocks(Scope())
        if self.at != len(self.events) - 1:
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
            event, (start, end) = self.events[self.at]
            name, value = named(event)
            if name in ("End", "Closing"):
                break
            self.at += 1
            if name == "Comment":
                pending = marking.read_comment(value, pending, self._place(start))
                continue
            block: Element | None = None
            if name == "Start":
                name, value = named(value)
                block = None if name in INLINE else self._element(name, value, start, scope, pending)
            elif name == "Opening":
                block = self._block(value[0], value[1], start, scope, pending, self._closed)
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
            else:
                self.at -= 1
                made += self._run(scope, pending, start)
            pending, after_run = marking.NONE, block is None
        if pending is not marking.NONE:
            raise Unlike
        self.depth -= 1
        return tuple(made)

    def _closed(self, scope: Scope) -> tuple[Node, ...]:
        """The inside of an element of raw HTML, whose end tag must be the next."""
        opening = self.events[self.at - 1][0]["Opening"][0]
        made = self._blocks(scope)
        self._pass("Closing", opening)
        return made

    def _inside(self, scope: Scope) -> tuple[Node, ...]:
        made = self._blocks(scope)
        self._pass("End")
        return made

    def _pass(self, name: str, value: str = "") -> None:
        """Go past the end of an element, which must be the next event."""
        found = named(self.events[self.at][0])
        if found[0] != name or (value and found[1] != value):
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
        while "Text" in (event := self.events[self.at][0]):
            pieces.append(event["Text"])
            self.at += 1
        self._pass("End")
        text = "".join(pieces)
        tag, attrs = elements.start("CodeBlock", value, self.links)
        return Element(tag, attrs, (Text(text),) if text else ())

    def _table(self, alignments: tuple[str, ...], scope: Scope) -> tuple[Node, ...]:
        self.alignments = alignments
        made: list[Node] = []
        rows: list[Node] = []
        while named((event := self.events[self.at])[0])[0] == "Start":
            self.at += 1
            start = event[1][0]
            if event[0] == {"Start": "TableHead"}:
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
            while self.events[self.at][0] == {"Start": "TableCell"}:
                at = self.events[self.at][1][0]
                self.at += 1
                column = len(made)
                side = self.alignments[column] if column < len(self.alignments) else ""
                attrs = elements.ALIGNMENTS.get(side, ())
                made.append(self._block(cell, attrs, at, inner, marking.NONE, self._inside))
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
        event, (end, _) = self.events[self.at]
        end = self.last if isinstance(event, dict) and "End" in event else end
        return self._text(found, scope, (start, end))

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
            event, (start, end) = self.events[self.at]
            name, value = named(event)
            if name == "Text":
                if value[:1] == "{" and (self.data[start - 1 : start] == b"\\" or self.data[start : start + 1] == b"&"):
                    raise Unlike  # a brace that opens no variable
                text += value
            elif name == "SoftBreak":
                text += " "
            elif self._is_end(name, value):
                break
            else:
                made += self._pieces(text)
                text = ""
                self.at += 1
                made.append(self._node(name, value, start, end, scope))
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

    def _is_end(self, name: str, value: Any) -> bool:
        """Whether a line ends before an event."""
        if name == "Start":
            return named(value)[0] not in INLINE
        return name in _BLOCKS or (name == "InlineHtml" and value.startswith("</"))

    def _node(self, name: str, value: Any, start: int, end: int, scope: Scope) -> Node:
        """An element of a sentence, whose first event was passed."""
        if name == "Start":
            tag, value = named(value)
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
                return self._tag(value, scope)

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

    def _tag(self, html: str, scope: Scope) -> Element:
        """An element of raw HTML that ends in the same sentence."""
        unknown = _UNKNOWN.fullmatch(html)
        if unknown and (tag := unknown[1].lower()) not in ELEMENTS and tag not in _OLD:
            return self._unknown(tag, scope)
        found = _INLINE.fullmatch(html)
        if not found or found[1] or (html.endswith("/>") and found[2] != "br"):
            raise Unlike
        if found[2] == "br":
            return Element("br")
        made = self._line(scope)
        self._pass("InlineHtml", f"</{found[2]}>")
        self.last = self.events[self.at - 1][1][1]
        return Element(found[2], (), made)

    def _unknown(self, tag: str, scope: Scope) -> Element:
        """An element that HTML knows nothing of, as in ``Box<T>``: it ends at the latest with the one around it."""
        made = self._line(scope)
        event, (_, end) = self.events[self.at]
        name, value = named(event)
        if name == "InlineHtml" and value.lower() == f"</{tag}>":
            self.at += 1
            self.last = end
        elif name != "End" or (made and _is_spaced(made[-1:])):
            raise Unlike
        return Element(tag, (), made)

    def _image(self, value: Any, start: int, end: int, scope: Scope) -> Element:
        """A picture: of what is inside, the words are its alternative text."""
        words: list[str] = []
        while (found := named(self.events[self.at][0])) != ("End", "Image"):
            self.at += 1
            name, inner = found
            if name in ("Text", "Code"):
                words.append(self.links.restore(inner))
            elif name in ("SoftBreak", "HardBreak"):
                words.append(" ")
            elif name == "Start" and named(inner)[0] == "Image":
                raise Unlike
        self.at += 1
        self.last = end
        tag, attrs = elements.image(value, "".join(words), self.links)
        return Element(tag, self._attributes(tag, attrs, start, scope))

    def _attributes(self, tag: str, attrs: Attrs, start: int, scope: Scope) -> tuple[tuple[str, str | Segment], ...]:
        """The attributes, with a segment for each that people read; the next event tells where the tag ends."""
        made: list[tuple[str, str | Segment]] = []
        for name, value in attrs:
            kind = attribute_kind(tag, name, {})
            if kind and scope.translate == "yes":
                content = inline.pieces(" ".join(value.split()))
                if has_words(content):
                    event, (end, _) = self.events[self.at]
                    if isinstance(event, dict) and "End" in event:
                        end = self.last
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


_BLOCKS = frozenset({"End", "Rule", "TaskListMarker", "Opening", "Closing", "Comment", "Words"})
"""Events that no sentence goes on after."""


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
