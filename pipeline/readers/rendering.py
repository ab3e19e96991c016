"""The events of the Markdown parser -> HTML, with the byte that each piece of it comes from."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from pipeline.inline.literals import NOTHING, Masked
from pipeline.readers import addresses, elements
from pipeline.readers.events import INLINE, named

_HIDDEN = re.compile(r"\s*<(?:\?|!(?!--))")

_COMPONENT = re.compile(r"""(<(?:[A-Z][\w.]*|[a-z]\w*-[\w.-]*)(?:\s(?:"[^"]*"|'[^']*'|[^<>"'])*)?/>)""")
_NAME = re.compile(r"[\w.-]+")

_SIMPLE = {
    **{name: (f"<{tag}>", f"</{tag}>") for name, tag in elements.TAGS.items()},
    "TableHead": ("<thead><tr>", "</tr></thead>"),
    "Footnotes": (f"{elements.written('section', elements.NOTES)}<ol>", "</ol></section>"),
    "HtmlBlock": ("", ""),
}
_ESCAPED = re.compile("([&<>])")


class Writer:
    """Writes HTML piece by piece and remembers where each piece comes from."""

    def __init__(self, data: bytes, links: Masked = NOTHING) -> None:
        self.data = data
        self.links = links
        """Bare addresses, with a private character for each in the text that was parsed."""
        self.parts: list[str] = []
        self.offsets = [0]
        self.bytes_ = [0]
        self.size = 0
        self.last = 0
        self.images: list[tuple[Any, list[str]]] = []
        self.ends: list[str] = []
        self.alignments: tuple[str, ...] = ()
        self.column = 0
        self.cell = "td"
        self.in_rows = False
        self.in_code = False
        self.in_html = False
        self.hidden = False

    def take(self, event: Any, start: int, end: int) -> None:
        """One event with the bytes that it spans."""
        name, value = named(event)
        if name == "Start":
            self._start(*named(value), start)
        elif name == "End":
            self._end(named(value)[0], end)
        elif self.images:
            if name in ("Text", "Code"):
                self.images[-1][1].append(self.links.restore(value))
            elif name in ("SoftBreak", "HardBreak"):
                self.images[-1][1].append(" ")
        else:
            self._leaf(name, value, start)
            self.last = end

    def _emit(self, html: str, at: int) -> None:
        self.offsets.append(self.size)
        self.bytes_.append(at)
        self.parts.append(html)
        self.size += len(html)

    def _leaf(self, name: str, value: Any, start: int) -> None:
        match name:
            case "Text":
                self._words(value, start)
                return
            case "Code":
                html = f"<code>{escape(self.links.restore(value), quote=False)}</code>"
            case "Html" | "InlineHtml":
                self._pieces(self._html(name, self.links.restore(value)), start)
                return
            case "SoftBreak":
                html = "\n"
            case "HardBreak":
                html = "<br>"
            case "Rule":
                html = "<hr>"
            case "TaskListMarker":
                html = f'<input type="checkbox" disabled{" checked" if value else ""}>'
            case _:
                html = elements.reference(*value)
        self._emit(html, start)

    def fence(self, html: str, start: int) -> None:
        """A piece of HTML that a line of colons stands for."""
        self._emit("\n", self.last)
        self._emit(html, start)
        self.last = start

    def _words(self, value: str, start: int) -> None:
        """Text, with a link for each bare address."""
        if self.in_code:
            for piece in _ESCAPED.split(value):  # apart, so that the places of comments are exact
                self._emit(escape(piece, quote=False), start)
                start += len(piece.encode())
            return
        for piece, is_address in self.links.split(value):
            size = len(piece.encode())
            if is_address:
                address = addresses.shown(piece)
                self._emit(elements.written("a", elements.address(address)), start)
                self._emit(escape(address, quote=False), start)
                self._emit("</a>", start + size)
            else:
                self._emit(self._text(piece, start), start)
            start += size

    def _text(self, value: str, start: int) -> str:
        """A brace that is escaped or encoded opens no variable; a comment keeps it apart."""
        if value.startswith("{"):
            escaped = self.last < start and self.data[start - 1 : start] == b"\\"
            if escaped or self.data[start : start + 1] == b"&":
                return "{<!---->" + escape(value[1:], quote=False)
        return escape(value, quote=False)

    def _html(self, name: str, value: str) -> str:
        """HTML as it is, but for instructions, declarations and CDATA, which no reader of a page ever sees."""
        if name == "InlineHtml" or not self.in_html:
            self.hidden = _HIDDEN.match(value) is not None
        self.in_html = name == "Html"
        return "" if self.hidden else value

    def _pieces(self, value: str, start: int) -> None:
        """HTML, in which a component of a site generator may end at once: to a browser no element of its own does."""
        for index, piece in enumerate(_COMPONENT.split(value)):
            self._emit(piece, start)
            start += len(piece.encode())
            if index % 2:
                self._emit(f"</{_NAME.findall(piece)[0]}>", start)

    def _start(self, name: str, value: Any, start: int) -> None:
        if name == "Image":
            self.images.append((value, []))
            self.last = start
            return
        if self.images:
            return
        if name in _SIMPLE:
            opening, closing = _SIMPLE[name]
        elif name == "TableCell":
            opening, closing = self._cell()
        else:
            opening, closing = elements.element(name, value, self.links)
        if name == "HtmlBlock":
            self.in_html = False
        self.in_code = name == "CodeBlock"
        if name == "Table":
            self.alignments, self.in_rows = value, False
        if name == "TableRow" and not self.in_rows:
            self.in_rows = True
            opening = f"<tbody>{opening}"
        if name in ("TableHead", "TableRow"):
            self.column, self.cell = 0, "th" if name == "TableHead" else "td"
        self.ends.append(closing)
        self._emit(opening, start)

    def _end(self, name: str, end: int) -> None:
        if name == "Image":
            value, words = self.images.pop()
            if self.images:
                self.images[-1][1].extend(words)
            else:
                self._emit(elements.written(*elements.image(value, "".join(words), self.links)), self.last)
                self.last = end
        elif not self.images:
            if name == "Table" and self.in_rows:
                self.ends[-1] = "</tbody></table>"
            self.in_code = False
            inline_end = name in INLINE
            self._emit(self.ends.pop() + ("" if inline_end or name == "HtmlBlock" else "\n"), self.last)
            self.last = end if inline_end else self.last

    def _cell(self) -> tuple[str, str]:
        attrs = elements.ALIGNMENTS.get(self.alignments[self.column], ()) if self.column < len(self.alignments) else ()
        self.column += 1
        return elements.written(self.cell, attrs), f"</{self.cell}>"
