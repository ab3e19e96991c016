"""The lines of a PO file, read into entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.errors import CatalogError
from pipeline.model import Key, Message, Place

_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"')
_STATEMENT = re.compile(  # possessive where two runs of spaces could share one, so that no line takes quadratic time
    r"(#~\||#~|#\||)[ \t]*+"
    r"(?:(msgctxt|msgid_plural|msgid|msgstr)[ \t]*+(?:\[[ \t]*+(\d{1,3})[ \t]*+\][ \t]*+)?)?"
    r'((?:[ \t]*+"[^"\\]*+(?:\\.[^"\\]*+)*+")++)\s*'
)
_GOES_ON = re.compile(r'(?:#~)?[ \t]*(?:"|msgstr)')
_HIDDEN = re.compile(r"#~[ \t]*(#.*)?", re.DOTALL)
"""A comment, or nothing, behind the mark of obsolete lines, as some editors write it."""
_ESCAPE = re.compile(r"((?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}))+)|\\(.)")
_NUMBERED = re.compile(r"\\(?:x([0-9A-Fa-f]+)|([0-7]+))")
_NAMED = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "\\": "\\", '"': '"'}
_FLAG = re.compile(r"range:\s*[^\s,]+|[^\s,]+")
_REFERENCE = re.compile("(?:\u2068[^\u2068\u2069]*\u2069|\\S)+")
_ISOLATES = {0x2068: None, 0x2069: None}  # gettext sets a file name with spaces between them
EMPTY_CONTEXT = "\x04"
"""Stands for a context that is there and empty, which to gettext is another than none.

The character is what gettext sets between a context and its source; nothing else makes a context of it alone.
"""

_SIDES = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")

_FIELDS = ("previous msgctxt", "previous msgid", "previous msgid_plural", "msgctxt", "msgid", "msgid_plural", "msgstr")
_RANKS = {name: rank for rank, name in enumerate(_FIELDS)}
_PREVIOUS = frozenset(_FIELDS[:3])
_CONTEXT, _SOURCE, _TARGET = _RANKS["msgctxt"], _RANKS["msgid"], _RANKS["msgstr"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry and where it stands in its file; lines count from 0, and `end` is the line after the last one."""

    message: Message
    blank: int
    """The first of the blank lines before it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class File:
    """The lines of a file, without their newlines, and the entries in them."""

    lines: tuple[str, ...]
    entries: tuple[Entry, ...]

    def text(self, start: int, end: int) -> str:
        """These lines as they stand; all but the very last of the file end with a newline."""
        text = "\n".join(self.lines[start:end])
        return text + "\n" if start < end < len(self.lines) else text

    def lead(self) -> str:
        """The blank lines before the first entry."""
        return self.text(0, self.entries[0].start) if self.entries else ""

    def rest(self) -> str:
        """What stands after the last entry."""
        return self.text(self.entries[-1].end if self.entries else 0, len(self.lines))


def read(text: str, path: str) -> File:
    """The entries of a file; CatalogError, with the line, where PO does not allow what stands there."""
    lines = tuple(text.split("\n"))
    entries: list[Entry] = []
    draft = _Draft()
    number = 0
    try:
        for number, raw in enumerate(lines, 1):
            if raw[:1] == '"' and draft.goes_on(raw, number):
                continue
            line = raw.lstrip().rstrip("\r") if raw[:1].isspace() or raw[-1:] == "\r" else raw
            if line[:2] == "#~" and (hidden := _HIDDEN.fullmatch(line)):
                line = f"#~|{hidden[1][2:]}" if (hidden[1] or "").startswith("#|") else hidden[1] or ""
            if not line:
                continue
            if draft.rank == _TARGET and not _GOES_ON.match(line):
                entries.append(draft.entry())
                draft = _Draft(draft.end)
            draft.add(line, number)
        if draft.rank >= 0:
            number = draft.end
            entries.append(draft.entry())
    except ValueError as broken:
        raise CatalogError(str(broken), Place(path, number)) from None
    return File(lines, tuple(entries))


def unescape(text: str) -> str:
    """The characters that PO's escapes stand for; ValueError, with a sentence, for one that means nothing."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(escape: re.Match[str]) -> str:
    numbered, named = escape.groups()
    if named is not None:
        if named not in _NAMED:
            raise ValueError(f"The escape \\{named} means nothing in PO; write a backslash itself as \\\\.")
        return _NAMED[named]
    codes = [int(code, 16) if code else int(octal, 8) for code, octal in _NUMBERED.findall(numbered)]
    if 0 in codes:
        raise ValueError("The escape of a NUL character stands here, which no text may hold; take it out.")
    try:
        return bytes(codes).decode()
    except ValueError:
        raise ValueError(f"The escape {numbered} is no character in UTF-8; type the character itself.") from None


@dataclass(slots=True)
class _Draft:
    """An entry whose lines are still coming in; its methods raise ValueError with a sentence."""

    blank: int = 0
    start: int = 0
    """The number of its first line, from 1."""

    end: int = 0
    line: int = 0
    comments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    targets: list[list[str]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    """Those of the field at hand."""

    prefix: str = ""
    rank: int = -1
    """Of the field at hand: PO's fields come in one order."""

    def goes_on(self, line: str, number: int) -> bool:
        """Take in the line if it is plainly the next one of a text: by far the most frequent kind."""
        text = line[1:-1]
        if '"' in text or text[-1:] == "\\" or line[-1] != '"' or len(line) < 2 or self.rank < 0 or self.prefix:
            return False
        self.strings.append(unescape(text))
        self.end = number
        return True

    def add(self, line: str, number: int) -> None:
        """Take in the next line of the file."""
        self.start = self.start or number
        self.end = number
        if line[0] == "#" and line[1:2] not in ("~", "|"):
            self._comment(line)
            return
        statement = _STATEMENT.fullmatch(line)
        if statement is None:
            raise ValueError(_why_broken(line))
        prefix, keyword, index, quoted = statement.groups()
        if keyword is not None:
            self._field(f"previous {keyword}" if prefix in ("#|", "#~|") else keyword, index, prefix, number)
        elif self.rank < 0:
            raise ValueError("A text stands here without a keyword; put msgid or msgstr before it.")
        elif prefix != self.prefix:
            raise ValueError(_HALF_OBSOLETE)
        text = quoted.strip()[1:-1]
        self.strings += [text] if '"' not in text and "\\" not in text else map(unescape, _STRING.findall(quoted))

    def entry(self) -> Entry:
        """The entry, complete."""
        if self.rank != _TARGET:
            raise ValueError("The last entry has no msgstr; add one, or restore the end of the file if it was cut off.")
        texts = {name: "".join(strings) for name, strings in self.texts.items()}
        previous = None
        if not _PREVIOUS.isdisjoint(texts):
            previous = Key(texts.get("previous msgid", ""), _context(texts.get("previous msgctxt")))
        message = Message(
            Key(texts["msgid"], _context(texts.get("msgctxt"))),
            texts.get("msgid_plural", ""),
            tuple(["".join(strings) for strings in self.targets]),
            "fuzzy" in self.flags,
            self.prefix == "#~",
            tuple([flag for flag in self.flags if flag != "fuzzy"]),
            tuple(self.comments),
            tuple(self.notes),
            tuple(self.references),
            previous,
            texts.get("previous msgid_plural", ""),
            self.line,
        )
        return Entry(message, self.blank, self.start - 1, self.end)

    def _comment(self, line: str) -> None:
        if self.rank >= 0:
            raise ValueError("A comment stands inside an entry; move it before the entry's first line.")
        kind, rest = line[1:2], line[2:]
        if kind == ".":
            self.notes.append(rest.removeprefix(" "))
        elif kind == ":":
            names = _REFERENCE.findall(rest) if "\u2068" in rest else rest.split()
            self.references += [name.translate(_ISOLATES) for name in names]
        elif kind in (",", "="):
            self.flags += [" ".join(flag.split()) for flag in _FLAG.findall(rest)]
        else:
            self.comments.append(line[1:].removeprefix(" "))

    def _field(self, name: str, index: str | None, prefix: str, number: int) -> None:
        rank = _RANKS.get(name, -1)
        if rank < 0 or (index is not None and rank != _TARGET):
            raise ValueError(f"PO knows no {name} with an index or a previous text; take the line out.")
        if self.rank >= _CONTEXT and prefix != self.prefix:
            raise ValueError(_HALF_OBSOLETE)
        if rank == _TARGET:
            self._check_target(index)
        elif rank <= self.rank:
            raise ValueError(f"A {name} stands here before the msgstr of its entry; add the msgstr or put it first.")
        if rank == _SOURCE:
            self.line = number
        self.strings = []
        self.rank, self.prefix = rank, prefix
        if rank == _TARGET:
            self.targets.append(self.strings)
        else:
            self.texts[name] = self.strings

    def _check_target(self, index: str | None) -> None:
        if "msgid" not in self.texts:
            raise ValueError("A msgstr stands here without a msgid; put the msgid before it.")
        if index is None and self.targets:
            raise ValueError("The entry has a second msgstr; keep one of the two.")
        if ("msgid_plural" in self.texts) != (index is not None):
            raise ValueError("msgid_plural goes with msgstr[0], msgstr[1] ..., and a plain msgid with one msgstr.")
        if "msgid_plural" in self.texts and not any(self.texts["msgid_plural"]):
            raise ValueError("The msgid_plural is empty; give the plural, or take the line and the [0] of msgstr out.")
        if int(index or 0) != len(self.targets):
            raise ValueError(f"msgstr[{len(self.targets)}] is due here; number the plural forms 0, 1, 2 ...")


def _context(text: str | None) -> str:
    if text == EMPTY_CONTEXT:
        raise ValueError("The context is the character EOT alone, which is gettext's own; take it out.")
    return "" if text is None else text or EMPTY_CONTEXT


_HALF_OBSOLETE = "The entry is obsolete in part; put `#~` before every line of it or before none."


def _why_broken(line: str) -> str:
    """The likeliest reason why a line is no line of PO."""
    if line.startswith(_SIDES):
        return "An unresolved conflict of version control stands here; keep one side and delete the markers."
    if line.startswith("domain"):
        return "The file holds several domains; put each into a file of its own."
    if line.count('"') % 2:
        return 'A quotation mark is missing or too many here; a text ends on its line, and a quote in it is \\".'
    return "This is no line of a PO file; a comment begins with #, a text with a keyword and a quotation mark."
