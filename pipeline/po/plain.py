"""Entries as nearly every program writes them, each read at one stroke.

One pattern takes in a whole entry of one text: comments, then fields with one space after the keyword. What does not
fit it (plural forms, line ends of Windows, escapes by number, comments behind the mark of obsolete lines, mistakes)
is left to the reader of lines; for what fits, both read the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.model import Key, Message
from pipeline.po.entries import Entry, comments, context, unescape

_STRING = r'"[^"\\\r\n]*+(?:\\[^\r\n0-7x][^"\\\r\n]*+)*+"\n'


def _field(prefix: str, name: str) -> str:
    return rf"{prefix}{name} ({_STRING}(?:{prefix}{_STRING})*+)"


def _entry(old: str, now: str) -> re.Pattern[str]:
    return re.compile(
        r"\n*+((?:#(?![~|])[^\r\n]*+\n)*+)"
        rf"(?:(?:{_field(old, 'msgctxt')})?{_field(old, 'msgid')})?"
        rf"(?:{_field(now, 'msgctxt')})?{_field(now, 'msgid')}{_field(now, 'msgstr')}"
        r"(?=\n*+(?:#(?!~)|#~ msg(?:id|ctxt)|#~\||msg(?:id|ctxt)|\Z))"  # a text may go on behind blank lines
    )


_CURRENT = _entry(r"#\| ", "")
_OBSOLETE = _entry(r"#~\| ", "#~ ")


def plain(text: str, blank: int, line: int) -> Entry | None:
    """The entry that begins here or behind blank lines, in this line of the file; None if it is not so simple."""
    found = _CURRENT.match(text, blank)
    prefix = ""
    if found is None:
        found, prefix = _OBSOLETE.match(text, blank), "#~ "
    if found is None:
        return None
    above, old_context, old_source, own_context, source, target = found.groups()
    about = comments(above)
    try:
        previous = None if old_source is None else _key(old_source, old_context, "#~| " if prefix else "#| ")
        key, own = _key(source, own_context, prefix), _joined(target, prefix)
    except ValueError:
        return None
    message = Message(
        key,
        "",
        (own,),
        about.fuzzy,
        bool(prefix),
        about.flags,
        about.comments,
        about.notes,
        about.references,
        previous,
        "",
        line + text.count("\n", blank, found.start(5)),
    )
    return Entry(message, blank, found.start(1), found.end())


@lru_cache(maxsize=131072)
def _key(source: str, own_context: str | None, prefix: str) -> Key:
    """The key of these strings; the catalogs of an article share theirs."""
    return Key(_joined(source, prefix), context(None if own_context is None else _joined(own_context, prefix)))


def _joined(strings: str, prefix: str) -> str:
    """The text of quoted lines."""
    text = strings[1:-2].replace(f'"\n{prefix}"', "")
    if "\\" not in text:
        return text
    if "\\\\" not in text:  # then every backslash begins an escape
        text = text.replace("\\n", "\n").replace('\\"', '"')
    return unescape(text)
