"""Entries in their file, and what their lines mean: escapes, comments, contexts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Message

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


class Entry(NamedTuple):
    """An entry and where it stands in its file: ranges of characters, its last newline within."""

    message: Message
    blank: int
    """The first of the blank lines before it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class File:
    """The text of a file, and the entries in it."""

    text: str
    entries: tuple[Entry, ...]

    def lead(self) -> str:
        """The blank lines before the first entry."""
        return self.text[: self.entries[0].start] if self.entries else ""

    def rest(self) -> str:
        """What stands after the last entry."""
        return self.text[self.entries[-1].end if self.entries else 0 :]


class Comments(NamedTuple):
    """The lines above an entry that begin with ``#``, by what they are."""

    comments: tuple[str, ...]
    notes: tuple[str, ...]
    references: tuple[str, ...]
    flags: tuple[str, ...]
    """All but ``fuzzy``."""

    fuzzy: bool


@lru_cache(maxsize=16384)
def comments(lines: str) -> Comments:
    """What these lines say, which need not end with a newline; the catalogs of an article share most of them."""
    own: list[str] = []
    notes: list[str] = []
    references: list[str] = []
    flags: list[str] = []
    for line in lines.removesuffix("\n").split("\n") if lines else ():
        kind, rest = line[1:2], line[2:]
        if kind == ".":
            notes.append(rest.removeprefix(" "))
        elif kind == ":":
            names = _REFERENCE.findall(rest) if "\u2068" in rest else rest.split()
            references += [name.translate(_ISOLATES) for name in names]
        elif kind in (",", "="):
            flags += [" ".join(flag.split()) for flag in _FLAG.findall(rest)]
        else:
            own.append(line[1:].removeprefix(" "))
    others = tuple(flag for flag in flags if flag != "fuzzy")
    return Comments(tuple(own), tuple(notes), tuple(references), others, len(others) < len(flags))


def context(text: str | None) -> str:
    """The context of a key; ValueError, with a sentence, for a text that none may be."""
    if text == EMPTY_CONTEXT:
        raise ValueError("The context is the character EOT alone, which is gettext's own; take it out.")
    return "" if text is None else text or EMPTY_CONTEXT


def unescape(text: str) -> str:
    """The characters that PO's escapes stand for; ValueError, with a sentence, for one that means nothing."""
    if "\\" in text and "\\\\" not in text:  # then every backslash begins an escape
        text = text.replace("\\n", "\n").replace('\\"', '"')
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
