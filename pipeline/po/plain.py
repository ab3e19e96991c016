"""Entries as nearly every program writes them, each read at one stroke.

One pattern takes in a whole entry of one text: comments, then fields with one space after the keyword. What does not
fit it (plural forms, line ends of Windows, escapes by number, comments behind the mark of obsolete lines, mistakes)
is left to the reader of lines; for what fits, both read the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Key, Message
from pipeline.po.entries import Comments, Entry, comments, context, unescape

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


class _Head(NamedTuple):
    """What stands before the text of an entry."""

    key: Key
    about: Comments
    previous: Key | None
    lines: int
    """Before that of the msgid."""


def plain(text: str, blank: int, line: int) -> Entry | None:
    """The entry that begins here or behind blank lines, in this line of the file; None if it is not so simple."""
    found = _CURRENT.match(text, blank)
    prefix = ""
    if found is None:
        found, prefix = _OBSOLETE.match(text, blank), "#~ "
    if found is None:
        return None
    above, own = found.groups()
    try:
        key, about, previous, lines = _read(above, prefix)
        target = _joined(own, f"{prefix}msgstr ", prefix)
    except ValueError:
        return None
    start = found.start(1)
    message = Message(
        key,
        "",
        (target,),
        about.fuzzy,
        bool(prefix),
        about.flags,
        about.comments,
        about.notes,
        about.references,
        previous,
        "",
        line + start - blank + lines,
    )
    return Entry(message, blank, start, found.end())


@lru_cache(maxsize=131072)
def _read(above: str, prefix: str) -> _Head:
    """What these lines say; the catalogs of an article share most of them."""
    found = (_OBSOLETE_HEAD if prefix else _CURRENT_HEAD).fullmatch(above)
    if found is None:
        raise ValueError("These lines are none of an entry.")
    marks, old_context, old_source, own_context, source = found.groups()
    old = "#~| " if prefix else "#| "
    previous = None if old_source is None else _key(old_source, old_context, old)
    lines = above.count("\n", 0, found.start(5))
    return _Head(_key(source, own_context, prefix), comments(marks), previous, lines)


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
