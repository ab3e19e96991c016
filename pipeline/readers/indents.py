"""What some site generators write in lines that mean something else to CommonMark, in a form that it knows.

- Containers by indentation, as Python-Markdown and MkDocs have them, become containers between lines of colons.
  ``!!! note "Title"``, ``??? tip`` and ``=== "Tab"`` hold the lines below that are indented by four more columns; to
  CommonMark those are code, or a part of the paragraph above.
- The title in the first line of an alert (``> [!NOTE] Title``: VitePress, Obsidian) becomes a paragraph of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_MARK = re.compile(
    r"""(?P<mark>!!!|\?\?\?\+?|===[+!]{0,2})[ ]+(?P<name>[\w-]+(?:[ ]+[\w-]+)*)?[ ]*"""
    r"""(?:"(?P<title>[^\n]*)")?[ \t]*\r?\n?"""
)
_ALERT = re.compile(
    r"(?P<quote>(?:[ ]{0,3}>[ ]?)+)\[!(?:note|tip|important|warning|caution)\][-+]?(?=[ ]+[^\s])", re.IGNORECASE
)
_ANY = re.compile(r"^[ ]*(?:!!!|\?\?\?|===)[+!]{0,2}[ ]+\S|^[ >]*>[ ]?\[!\w+\][-+]?[ ]+\S", re.MULTILINE)
_FENCE = re.compile(r"[ ]*(?P<fence>`{3,}|~{3,})(?P<rest>.*)", re.DOTALL)
_ITEM = re.compile(r"[ ]{0,3}(?:[-+*]|\d{1,9}[.)])[ ]")
_STEP = 4
_DEPTH = 20


@dataclass(slots=True)
class Unindented:
    """A text whose containers by indentation are written with colons, and where its pieces come from."""

    text: str
    news: list[int] = field(default_factory=lambda: [0])
    olds: list[int] = field(default_factory=lambda: [0])

    @property
    def is_changed(self) -> bool:
        """Whether it is another text."""
        return len(self.news) > 1

    def byte(self, new: int) -> int:
        """The byte of the text as it was, for one of the text as it is."""
        index = bisect_right(self.news, new) - 1
        return self.olds[index] + new - self.news[index]


def unindented(text: str) -> Unindented:
    """The text with ``::: name title`` for each line that opens such a container, and ``:::`` where it ends."""
    return _Lines().of(text) if _ANY.search(text) else Unindented(text)


class _Lines:
    """Goes through a text line by line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.made = Unindented("")
        self.new = self.old = 0
        self.open: list[int] = []
        """The columns that the lines of each open container must have."""
        self.fence = ""
        self.in_list = False

    def of(self, text: str) -> Unindented:
        lines = text.splitlines(keepends=True)
        for number, line in enumerate(lines):
            self._line(line, lines[number + 1 :])
        if self.open and self.parts and not self.parts[-1].endswith("\n"):
            self._put("\n")
        self._close(0)
        self.made.text = "".join(self.parts)
        return self.made

    def _line(self, line: str, below: list[str]) -> None:
        solid = line.lstrip(" \t")
        if solid.strip():
            self._close(_column(line))
        size = _indent(line, _STEP * len(self.open)) if solid.strip() else 0
        self._skip(line[:size])
        line = line[size:]
        mark = None if self.fence else _MARK.fullmatch(line.lstrip(" "))
        indent = len(line) - len(line.lstrip(" "))
        if mark and self._opens(mark, indent, below):
            self._mark(mark, indent)
            return
        alert = None if self.fence else _ALERT.match(line)
        if alert:
            self._alert(alert, line)
            return
        self._fenced(line)
        if solid.strip():
            self.in_list = bool(_ITEM.match(line)) or (self.in_list and line[:1] == " ")
        self._take(line)

    def _opens(self, mark: re.Match[str], indent: int, below: list[str]) -> bool:
        """Whether a line opens a container: its place is right, and lines that belong to it follow."""
        if mark["title"] is None and (not mark["name"] or mark["mark"].startswith("===")):
            return False
        if (indent >= _STEP and not self.in_list) or len(self.open) == _DEPTH:
            return False
        column = indent + _STEP * (len(self.open) + 1)
        first = next((line for line in below if line.strip()), "")
        return _column(first) >= column

    def _mark(self, mark: re.Match[str], indent: int) -> None:
        """``!!! note "Title"`` as ``::: note Title``."""
        kind = "details" if mark["mark"].startswith("???") else "tab" if mark["mark"].startswith("===") else ""
        names = " ".join(filter(None, (kind, *(mark["name"] or "").split()))).split()
        classes = "".join(f".{name} " for name in names[1:]).strip()
        self._put(f"{' ' * indent}::: {names[0]}" + (f" {{{classes}}} " if classes else " "))
        start = mark.start("title") if mark["title"] else mark.end()
        self._skip(" " * indent + mark.string[:start])
        if mark["title"]:
            self._take(mark["title"])
        self._skip(mark.string[mark.end("title") if mark["title"] else start :])
        self._put("\n")
        self.open.append(indent + _STEP * (len(self.open) + 1))
        self.in_list = False

    def _alert(self, alert: re.Match[str], line: str) -> None:
        """``> [!NOTE] Title`` with its title below, and apart from the text."""
        quote = alert["quote"]
        self._take(alert[0].rstrip("-+"))
        self._skip(line[len(alert[0].rstrip("-+")) : alert.end()])
        self._put(f"\n{quote}")
        rest = line[alert.end() :]
        title = rest.strip()
        self._skip(rest[: len(rest) - len(rest.lstrip())])
        self._take(title)
        self._put(f"\n{quote.rstrip()}")
        self._take(rest[rest.index(title) + len(title) :])

    def _close(self, column: int) -> None:
        """End the containers that a line at a column is in no more."""
        while self.open and column < self.open[-1]:
            indent = self.open.pop() - _STEP * (len(self.open) + 1)
            self._put(f"{' ' * indent}:::\n")
            self.fence = ""

    def _fenced(self, line: str) -> None:
        found = _FENCE.fullmatch(line)
        if not found:
            return
        if not self.fence:
            self.fence = found["fence"]
        elif found["fence"].startswith(self.fence) and not found["rest"].strip():
            self.fence = ""

    def _put(self, text: str) -> None:
        """Text that is not in the file; it counts to what stands before it."""
        self.parts.append(text)
        self.new += len(text.encode())

    def _take(self, text: str) -> None:
        """Text as it is in the file."""
        self._known()
        self.parts.append(text)
        self.new += len(text.encode())
        self.old += len(text.encode())

    def _skip(self, text: str) -> None:
        self.old += len(text.encode())

    def _known(self) -> None:
        if self.new == self.made.news[-1]:
            self.made.olds[-1] = self.old
        elif self.new - self.made.news[-1] != self.old - self.made.olds[-1]:
            self.made.news.append(self.new)
            self.made.olds.append(self.old)


def _column(line: str) -> int:
    """Where the first character of a line stands; a tab goes on to the next multiple of four."""
    column = 0
    for character in line:
        if character not in " \t":
            return column
        column += 1 if character == " " else _STEP - column % _STEP
    return column


def _indent(line: str, columns: int) -> int:
    """How many characters make the first columns of a line."""
    column = 0
    for number, character in enumerate(line):
        if column >= columns or character not in " \t":
            return number
        column += 1 if character == " " else _STEP - column % _STEP
    return len(line)
