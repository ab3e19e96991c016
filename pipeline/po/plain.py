"""Entries as nearly every program writes them, each read at one stroke.

One pattern takes in a whole entry of one text: comments, then fields with one space after the keyword. What does not
fit it (plural forms, line ends of Windows, escapes by number, comments behind the mark of obsolete lines, mistakes)
is left to the reader of lines; for what fits, both read the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Key, Message
from pipeline.po.entries import Comments, comments, context, unescape

_STRING = r'"[^"\\\r\n]*+(?:\\[^\r\n0-7x][^"\\\r\n]*+)*+"\n'


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
        r"((?:#(?![~|])[^\n]*+\n)*+)"
        rf"(?:(?:({_field(old, 'msgctxt')}))?({_field(old, 'msgid')}))?"
        rf"(?:({_field(now, 'msgctxt')}))?({_field(now, 'msgid')})"
    )


_CURRENT, _CURRENT_HEAD = _entry(r"#\| ", ""), _head(r"#\| ", "")
_OBSOLETE, _OBSOLETE_HEAD = _entry(r"#~\| ", "#~ "), _head(r"#~\| ", "#~ ")


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What stands before the text of an entry: one value for the same lines, in however many catalogs."""

    key: Key
    about: Comments
    previous: Key | None
    obsolete: bool
    lines: int
    """Before that of the msgid."""


class Plain(NamedTuple):
    """An entry and where it stands: ranges of characters, its last newline within."""

    head: Head
    target: str
    line: int
    """Of its msgid."""

    blank: int
    """The first of the blank lines before it."""

    start: int
    end: int

    def message(self) -> Message:
        """The message of the entry."""
        head, about = self.head, self.head.about
        return Message(
            head.key,
            "",
            (self.target,),
            about.fuzzy,
            head.obsolete,
            about.flags,
            about.comments,
            about.notes,
            about.references,
            head.previous,
            "",
            self.line,
        )


def plain(text: str, blank: int, line: int) -> Plain | None:
    """The entry that begins here or behind blank lines, in this line of the file; None if it is not so simple."""
    found = _CURRENT.match(text, blank)
    prefix = ""
    if found is None:
        found, prefix = _OBSOLETE.match(text, blank), "#~ "
    if found is None:
        return None
    above, target = found.groups()
    try:
        head, target = _head_of(above, prefix), _joined(target, f"{prefix}msgstr ", prefix)
    except ValueError:
        return None
    start = found.start(1)
    return Plain(head, target, line + start - blank + head.lines, blank, start, found.end())


def entries_apart(text: str) -> tuple[Plain, ...] | None:
    """The entries of a file in which one blank line stands between any two; None where one is not so simple, or wrong.

    As :func:`plain` reads them one by one, but by searches for a few characters instead of a pattern.
    """
    if not text.endswith("\n"):
        return None
    entries: list[Plain] = []
    start, blank, line = 0, 0, 1
    for block in text[:-1].split("\n\n"):
        cut, prefix = block.find('\nmsgstr "'), ""
        if cut < 0:
            cut, prefix = block.find('\n#~ msgstr "'), "#~ "
        first = cut + len(prefix) + len('\nmsgstr "')
        target = block[first:-1].replace(f'"\n{prefix}"', "")
        if cut < 0 or len(block) <= first or block[-1] != '"' or '"' in target or "\n" in target or "\\" in target:
            own = plain(f"{block}\n", 0, line)  # which can read escapes, too
            if own is None or own.start or own.end <= len(block):
                return None
            head, target = own.head, own.target
        else:
            try:
                head = _head_of(block[: cut + 1], prefix)
            except ValueError:
                return None
        end = start + len(block) + 1
        entries.append(Plain(head, target, line + head.lines, blank, start, end))
        start, blank, line = end + 1, end, line + block.count("\n") + 2
    return tuple(entries)


@lru_cache(maxsize=131072)
def _head_of(above: str, prefix: str) -> Head:
    """What these lines say; the catalogs of an article share most of them."""
    found = (_OBSOLETE_HEAD if prefix else _CURRENT_HEAD).fullmatch(above)
    if found is None:
        raise ValueError("These lines are none of an entry.")
    marks, old_context, old_source, own_context, source = found.groups()
    old = "#~| " if prefix else "#| "
    previous = None if old_source is None else _key(old_source, old_context, old)
    lines = above.count("\n", 0, found.start(5))
    return Head(_key(source, own_context, prefix), comments(marks), previous, bool(prefix), lines)


@lru_cache(maxsize=32768)
def _key(source: str, own_context: str | None, prefix: str) -> Key:
    """The key of these lines; those of an article with other comments above them are the same."""
    own = None if own_context is None else _joined(own_context, f"{prefix}msgctxt ", prefix)
    return Key(_joined(source, f"{prefix}msgid ", prefix), context(own))


def _joined(lines: str, keyword: str, prefix: str) -> str:
    """The text of a field."""
    text = lines[len(keyword) + 1 : -2]
    if "\n" in text:
        text = text.replace(f'"\n{prefix}"', "")
    if "\\" not in text:
        return text
    if "\\\\" not in text:  # then every backslash begins an escape
        text = text.replace("\\n", "\n").replace('\\"', '"')
    return unescape(text)
