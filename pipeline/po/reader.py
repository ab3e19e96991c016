"""The text of a PO file, read into entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.errors import CatalogError
from pipeline.model import Key, Message, Place
from pipeline.po.entries import Entry, File, comments, context, unescape
from pipeline.po.plain import plain

_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"')
_STATEMENT = re.compile(  # possessive where two runs of spaces could share one, so that no line takes quadratic time
    r"(#~\||#~|#\||)[ \t]*+"
    r"(?:(msgctxt|msgid_plural|msgid|msgstr)[ \t]*+(?:\[[ \t]*+(\d{1,3})[ \t]*+\][ \t]*+)?)?"
    r'((?:[ \t]*+"[^"\\]*+(?:\\.[^"\\]*+)*+")++)\s*'
)
_GOES_ON = re.compile(r'(?:#~)?[ \t]*(?:"|msgstr)')
_HIDDEN = re.compile(r"#~[ \t]*(#.*)?", re.DOTALL)
"""A comment, or nothing, behind the mark of obsolete lines, as some editors write it."""

_SIDES = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")

_FIELDS = ("previous msgctxt", "previous msgid", "previous msgid_plural", "msgctxt", "msgid", "msgid_plural", "msgstr")
_RANKS = {name: rank for rank, name in enumerate(_FIELDS)}
_PREVIOUS = frozenset(_FIELDS[:3])
_CONTEXT, _SOURCE, _TARGET = _RANKS["msgctxt"], _RANKS["msgid"], _RANKS["msgstr"]


def read(text: str, path: str) -> File:
    """The entries of a file; CatalogError, with the line, where PO does not allow what stands there."""
    entries: list[Entry] = []
    end, line = 0, 1
    while end < len(text):
        entry = plain(text, end, line) or _drafted(text, end, line, path)
        if entry is None:
            break
        entries.append(entry)
        line += text.count("\n", end, entry.end)
        end = entry.end
    return File(text, tuple(entries))


def _drafted(text: str, blank: int, line: int, path: str) -> Entry | None:
    """The next entry, read line by line, whatever it looks like; None where there is none."""
    draft = _Draft(blank)
    number = line - 1
    at = blank
    try:
        while at <= len(text):
            stop = text.find("\n", at)
            stop = len(text) if stop < 0 else stop
            raw, start, at = text[at:stop], at, stop + 1
            number += 1
            cooked = raw.lstrip().rstrip("\r") if raw[:1].isspace() or raw[-1:] == "\r" else raw
            if cooked[:2] == "#~" and (hidden := _HIDDEN.fullmatch(cooked)):
                cooked = f"#~|{hidden[1][2:]}" if (hidden[1] or "").startswith("#|") else hidden[1] or ""
            if not cooked:
                continue
            if draft.rank == _TARGET and not _GOES_ON.match(cooked):
                break
            draft.add(cooked, number)
            draft.start = start if draft.start < 0 else draft.start
            draft.end, draft.last = min(at, len(text)), number
        if draft.rank < 0:
            return None
        number = draft.last
        return draft.entry()
    except ValueError as broken:
        raise CatalogError(str(broken), Place(path, number)) from None


@dataclass(slots=True)
class _Draft:
    """An entry whose lines are still coming in; its methods raise ValueError with a sentence."""

    blank: int
    start: int = -1
    end: int = 0
    last: int = 0
    """The number of its last line, from 1."""

    line: int = 0
    comments: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    targets: list[list[str]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    """Those of the field at hand."""

    prefix: str = ""
    rank: int = -1
    """Of the field at hand: PO's fields come in one order."""

    def add(self, line: str, number: int) -> None:
        """Take in the next line of the file."""
        if line[0] == "#" and line[1:2] not in ("~", "|"):
            if self.rank >= 0:
                raise ValueError("A comment stands inside an entry; move it before the entry's first line.")
            self.comments.append(line)
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
        above = comments("\n".join(self.comments))
        previous = None
        if not _PREVIOUS.isdisjoint(texts):
            previous = Key(texts.get("previous msgid", ""), context(texts.get("previous msgctxt")))
        message = Message(
            Key(texts["msgid"], context(texts.get("msgctxt"))),
            texts.get("msgid_plural", ""),
            tuple(["".join(strings) for strings in self.targets]),
            above.fuzzy,
            self.prefix == "#~",
            above.flags,
            above.comments,
            above.notes,
            above.references,
            previous,
            texts.get("previous msgid_plural", ""),
            self.line,
        )
        return Entry(message, self.blank, self.start, self.end)

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
