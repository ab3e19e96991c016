"""A whole file in the layout of GNU gettext: what ``msgcat`` would write, with nothing left out."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.errors import CatalogError
from pipeline.model import Message, Place
from pipeline.po.charset import decode
from pipeline.po.layout import entry_text
from pipeline.po.reader import read

_FORMATS = """
    c objc python python-brace java java-printf csharp javascript scheme lisp elisp librep ruby sh awk lua
    object-pascal smalltalk qt qt-plural kde kde-kuit boost tcl perl perl-brace php gcc-internal gfc-internal ycp
"""
_ORDER = {name: rank for rank, name in enumerate(_FORMATS.split())}
"""The languages of format strings in the order in which gettext 0.21 writes their flags."""

_FORMAT = re.compile(r"(?:no-|possible-|impossible-)?(.+)-format")
_RANGE, _WRAP, _UNKNOWN = len(_ORDER), len(_ORDER) + 1, len(_ORDER) + 2


def formatted(messages: tuple[Message, ...], rest: str, path: str) -> bytes:
    """The entries, header among them, as gettext lays them out: obsolete ones last, flags in its order.

    ``rest`` is what stands after the last entry: comments that belong to no entry are kept, where msgcat drops
    them. Raises CatalogError where an entry would not be read back as it is.
    """
    ranked = sorted(messages, key=lambda message: message.obsolete)
    pieces = [_entry(replace(message, flags=_in_order(message.flags)), path) for message in ranked]
    if rest.strip():
        pieces.append("\n".join(line.rstrip("\r") for line in rest.strip("\r\n").split("\n")) + "\n")
    return "\n".join(pieces).encode()


def entries(data: bytes, path: str) -> tuple[tuple[Message, ...], str]:
    """The entries of a file, header among them, and the text after the last; CatalogError for a malformed file."""
    file = read(decode(data, path).removeprefix("\ufeff"), path)
    return tuple(entry.message for entry in file.entries), file.rest()


def _entry(message: Message, path: str) -> str:
    text = entry_text(message)
    back = [entry.message for entry in read(text, path).entries]
    if back != [message]:
        raise CatalogError("This entry cannot be laid out without a change of its content.", Place(path, message.line))
    return text


def _in_order(flags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(flags), key=_rank))


def _rank(flag: str) -> int:
    if flag.startswith("range:"):
        return _RANGE
    if flag in ("wrap", "no-wrap"):
        return _WRAP
    language = _FORMAT.fullmatch(flag)
    return _ORDER.get(language[1], _UNKNOWN) if language else _UNKNOWN
