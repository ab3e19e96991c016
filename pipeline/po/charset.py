"""From the bytes of a file, in the charset that its header names, to text."""

from __future__ import annotations

import re

from pipeline.errors import CatalogError
from pipeline.model import Place

_HEADER = re.compile(rb'^[ \t]*msgid[ \t]*""[ \t\r]*\n[ \t]*msgstr((?:[ \t]*"[^\n]*\n?)+)', re.MULTILINE)
_NAME = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
UTF_8 = ("utf-8", "utf8", "charset")  # the last is the blank that xgettext leaves in a template
_OTHERS = re.compile(
    r"(us-)?ascii|iso[-_]?8859[-_]\d+|koi8-[rut]|windows-125\d|cp-?(125\d|85\d|86\d|874|932|949|950)"
    r"|euc-(jp|kr)|gb2312|gbk|gb18030|big5(-hkscs)?|shift_jis|johab|tis-620"
)
"""Those of https://www.gnu.org/software/gettext/manual/html_node/Header-Entry.html that Python reads;
each of them writes ASCII's characters, and so the header, as ASCII does."""


def declared(data: bytes) -> tuple[str, int, int]:
    """The charset that the header names, in lower case, and the byte range of its name; UTF-8 where it names none."""
    header = _HEADER.search(data)
    name = _NAME.search(data, header.start(1), header.end(1)) if header else None
    return (name[1].decode().lower(), name.start(1), name.end(1)) if name else ("utf-8", 0, 0)


def foreign(data: bytes) -> str:
    """The name of a file's charset where that is not UTF-8, in which it would be written; else empty."""
    charset = declared(data)[0]
    return "" if charset in UTF_8 else charset.upper()


def decode(data: bytes, path: str) -> str:
    """The text of a file, its header naming UTF-8; CatalogError if the bytes are not in the charset named."""
    nul = data.find(b"\0")
    if nul >= 0:
        raise CatalogError(
            "A NUL byte stands here: the file is damaged or in UTF-16; restore it or save it as UTF-8.",
            _place(data, nul, path),
        )
    charset, start, end = declared(data)
    if charset in UTF_8:
        charset = "utf-8"
    elif _OTHERS.fullmatch(charset):
        data = data[:start] + b"UTF-8" + data[end:]
    else:
        sentence = f"The header names the charset {charset}, which PO does not know; save the file as UTF-8."
        raise CatalogError(sentence, _place(data, start, path))
    try:
        return data.decode(charset)
    except LookupError:
        sentence = f"The header names the charset {charset}, which Python does not know; save the file as UTF-8."
        raise CatalogError(sentence, _place(data, start, path)) from None
    except UnicodeDecodeError as wrong:
        sentence = f"These bytes are not {charset.upper()}; save the file as UTF-8 and let its header say so."
        raise CatalogError(sentence, _place(data, wrong.start, path)) from None


def _place(data: bytes, offset: int, path: str) -> Place:
    return Place(path, data.count(b"\n", 0, offset) + 1)
