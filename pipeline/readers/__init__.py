"""Source files -> articles, whichever format they are written in.

Markdown is turned into HTML with a map of its places, so that one reader builds the tree of both
formats and HTML inside Markdown, even cut into pieces by it, is read as a browser would.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.model import Article, Place
from pipeline.readers import events, markdown
from pipeline.readers.selecting import EVERYTHING, Selection, flaw
from pipeline.readers.tags import attribute_kind

if TYPE_CHECKING:
    from pipeline.readers.leaving import Leftover

__all__ = [
    "EVERYTHING",
    "FORMATS",
    "LARGEST",
    "Selection",
    "attribute_kind",
    "flaw",
    "is_markdown",
    "leftovers",
    "read",
    "shown",
]


def _page(text: str, path: str, locale: str, name: str, selection: Selection) -> Article:
    from pipeline.readers import html  # most sources are read without

    return html.read(text, path, locale, name, selection)


FORMATS = {**dict.fromkeys(events.SUFFIXES, markdown.read), ".html": _page, ".htm": _page}
"""The reader of each file name ending."""


LARGEST = 4 * 1024 * 1024
"""Bytes of a source: more than the longest of books, and some minutes of reading."""


def read(data: bytes, path: str, locale: str, name: str = "", selection: Selection = EVERYTHING) -> Article:
    """The article in a file; ``path`` is relative to the project and ``locale`` the tag of its language.

    ``name`` is its title where the file holds none; where that is empty, too, the first main heading is.
    ``selection`` says which parts of the file are the article.
    Raises SourceError where the file is no UTF-8 text, is malformed or too large, or lacks a title.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in FORMATS:
        raise SourceError(
            f"No reader for {suffix or 'a file without an ending'}; use one of {', '.join(FORMATS)}.", Place(path)
        )
    return FORMATS[suffix](_decoded(data, path), path, locale, name, selection)


def shown(data: bytes, path: str) -> tuple[str, list[str]]:
    """The visible characters of a file as its parser renders them, and the texts apart from the flow, sorted.

    Raises SourceError where the file is no UTF-8 text.
    """
    from pipeline.readers import showing

    return showing.shown(_decoded(data, path), path)


def is_markdown(path: str) -> bool:
    """Whether a file is in Markdown, by its name."""
    return path.lower().endswith(events.SUFFIXES)


def leftovers(
    data: bytes, path: str, spans: Iterable[tuple[int, int]], selection: Selection = EVERYTHING
) -> list[Leftover]:
    """The texts of a file that stand in none of its segments, whose byte spans are given, and why.

    ``selection`` says which parts of the file were read.

    Raises SourceError where the file is no UTF-8 text.
    """
    from pipeline.readers import leaving

    return leaving.leftovers(_decoded(data, path), path, spans, selection)


def _decoded(data: bytes, path: str) -> str:
    if len(data) > LARGEST:
        raise SourceError(f"This file is larger than {LARGEST // 2**20} MiB; split it.", Place(path))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError("This is not UTF-8 text; save the file as UTF-8.", Place(path, line)) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError("The file holds a NUL character; remove it.", Place(path, line))
    return text
