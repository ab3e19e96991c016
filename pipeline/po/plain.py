"""Entries as nearly every program writes them, each read at one stroke.

One pattern takes in a whole entry of one text: comments, then fields with one space after the keyword. What does not
fit it (plural forms, line ends of Windows, escapes by number, comments behind the mark of obsolete lines, mistakes)
is left to the reader of lines; for what fits, both read the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Key, Message
from pipeline.po.entries import Comments, Entry, comments, context, unescape

_TEXT = r'[^"\\\r\n]*+(?:\\["\\abfnrtv][^"\\\r\n]*+)*+'
_STRING = rf'"{_TEXT}"\n'


def _field(prefix: str, name: str) -> str:
    return rf"{prefix}{name} {_STRING}(?:{prefix}{_STRING})*+"


def _entry(old: str, now: str) -> re.Pattern[str]:
    return re.compile(
        r"\n*+((?:#(?![~|])[^\r\n]*+\n)*+"
        rf"(?:(?:{_field(old, 'msgctxt')})?{_field(old, 'msgid')})?"
        rf"(?:{_field(now, 'msgctxt')})?{_field(now, 'msgid')})({_field(now, 'msgstr')})"
        r"(?=\n*+(?:#(?!~)|#~ msg(?:id|ctxt)|#~\||msg(?:id|ctxt)|\Z))"  # a text may go on behind blank lines
    )


def _head(old: str, now: str) -> re.Pattern[str]:
    """What stands before the text of an entry, in its parts."""
    return re.compile(
        r"((?:#(?![~|])[^\r\n]*+\n)*+)"
        rf"(?:(?:({_field(old, 'msgctxt')}))?({_field(old, 'msgid')}))?"
        rf'(?:({_field(now, "msgctxt")}))?({_field(now, "msgid")}){now}msgstr "'
    )


_CURRENT, _CURRENT_HEAD = _entry(r"#\| ", ""), _head(r"#\| ", "")
_OBSOLETE, _OBSOLETE_HEAD = _entry(r"#~\| ", "#~ "), _head(r"#~\| ", "#~ ")
_CURRENT_OPENING, _OBSOLETE_OPENING = b'\nmsgstr "', b'\n#~ msgstr "'
_CURRENT_REST, _OBSOLETE_REST = (re.compile(rf'{_TEXT}"(?:\n{prefix}"{_TEXT}")*+'.encode()) for prefix in ("", "#~ "))
_WORDS = re.compile(rb'[\x00-\x20"#~]*[^\x00-\x20"#~\\\xc2\xe1-\xe3]')
"""Bytes of which the last begins no white space: a text with them is not blank."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What stands before the text of an entry: one value for the same lines, in however many catalogs."""

    key: Key
    about: Comments
    previous: Key | None
    obsolete: bool
    lines: int
    """Before that of the msgid."""

    opening: bytes
    """The lines themselves, up to the first character of the text."""

    def target(self, entry: bytes) -> str:
        """The text of an entry that begins so."""
        lines = entry[len(self.opening) : -1].replace(b'"\n#~ "' if self.obsolete else b'"\n"', b"")
        return unescape(lines.decode())

    def is_blank(self, entry: bytes) -> bool:
        """Whether that text is none."""
        return _WORDS.match(entry, len(self.opening)) is None and not self.target(entry).strip()

    def message(self, target: str, line: int) -> Message:
        """The message of an entry that begins in this line of its file."""
        about = self.about
        return Message(
            self.key,
            "",
            (target,),
            about.fuzzy,
            self.obsolete,
            about.flags,
            about.comments,
            about.notes,
            about.references,
            self.previous,
            "",
            line + self.lines,
        )


def plain(text: str, blank: int, line: int) -> Entry | None:
    """The entry that begins here or behind blank lines, in this line of the file; None if it is not so simple."""
    found = _CURRENT.match(text, blank)
    prefix = ""
    if found is None:
        found, prefix = _OBSOLETE.match(text, blank), "#~ "
    if found is None:
        return None
    above, target = found.groups()
    try:
        head = _head_of(f'{above}{prefix}msgstr "'.encode())
    except ValueError:
        return None
    start = found.start(1)
    message = head.message(_joined(target, f"{prefix}msgstr ", prefix), line + start - blank)
    return Entry(message, blank, start, found.end())


def entries_apart(data: bytes) -> tuple[list[Head], list[bytes]] | None:
    """The entries of a file, without the newline at the end of each, and their heads.

    As :func:`plain` reads them one by one, but in fewer steps, and of bytes, because many of them are only copied. None
    where not one blank line stands between any two, or one is not so simple, or wrong.
    """
    if not data.endswith(b"\n"):
        return None
    entries = data[:-1].split(b"\n\n")
    heads: list[Head] = []
    try:
        for entry in entries:
            at = entry.find(_CURRENT_OPENING) + len(_CURRENT_OPENING)
            rest = _CURRENT_REST
            if at < len(_CURRENT_OPENING):
                at = entry.find(_OBSOLETE_OPENING) + len(_OBSOLETE_OPENING)
                rest = _OBSOLETE_REST
            if rest.fullmatch(entry, at) is None:
                return None
            heads.append(_head_of(entry[:at]))
    except ValueError:
        return None
    return heads, entries


def messages_apart(heads: Iterable[Head], entries: Iterable[bytes]) -> Iterator[Message]:
    """The messages of the entries that :func:`entries_apart` found."""
    line = 1
    for head, entry in zip(heads, entries, strict=True):
        yield head.message(head.target(entry), line)
        line += entry.count(b"\n") + 2


def laid_out(text: str, found: Sequence[Message]) -> tuple[Entry, ...]:
    """Where those messages stand in the text of their file."""
    entries: list[Entry] = []
    blank = start = 0
    for message, lines in zip(found, text[:-1].split("\n\n"), strict=True):
        end = start + len(lines) + 1
        entries.append(Entry(message, blank, start, end))
        blank, start = end, end + 1
    return tuple(entries)


@lru_cache(maxsize=131072)
def _head_of(opening: bytes) -> Head:
    """What these lines say; the catalogs of an article share most of them."""
    obsolete = opening.endswith(_OBSOLETE_OPENING)
    found = (_OBSOLETE_HEAD if obsolete else _CURRENT_HEAD).fullmatch(opening.decode())
    if found is None:
        raise ValueError("These lines are none of an entry.")
    marks, old_context, old_source, own_context, source = found.groups()
    old, now = ("#~| ", "#~ ") if obsolete else ("#| ", "")
    previous = None if old_source is None else _key(old_source, old_context, old)
    lines = found.string.count("\n", 0, found.start(5))
    return Head(_key(source, own_context, now), comments(marks), previous, obsolete, lines, opening)


@lru_cache(maxsize=32768)
def _key(source: str, own_context: str | None, prefix: str) -> Key:
    """The key of these lines; those of an article with other comments above them are the same."""
    own = None if own_context is None else _joined(own_context, f"{prefix}msgctxt ", prefix)
    return Key(_joined(source, f"{prefix}msgid ", prefix), context(own))


def _joined(lines: str, keyword: str, prefix: str) -> str:
    """The text of a field."""
    text = lines[len(keyword) + 1 : -2]
    return unescape(text.replace(f'"\n{prefix}"', "") if "\n" in text else text)
