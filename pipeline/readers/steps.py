"""The events of the Markdown parser as plain steps, each part of a block of raw HTML a step of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from pipeline.readers.elements import Attrs
from pipeline.readers.events import Event, named
from pipeline.readers.tags import ELEMENTS

Step = tuple[str, str, Any, int, int]
"""What comes, the element that starts or ends with it, its value, and the bytes that it spans.

Of a block of raw HTML: ``Opening`` with the element's attributes, ``Closing``, ``Comment``, ``Words``, ``Picture``, and
``Raw`` for what no reader sees.
"""

END: Step = ("End", "", None, 0, 0)
"""Stands behind the last."""

_BLOCK = re.compile(
    r"""(?:<!--(?!-?>)(?P<comment>(?:[^-]|-(?!-))*)-->"""
    r"""|<(?P<tag>details|div|section|aside)"""
    r"""(?P<attrs>(?:\ name="[^"&<>]*")?(?:\ class="[^"&<>]*")?(?:\ id="[^"&<>]*")?)>"""
    r"""|</(?P<end>[a-z]+)>"""
    r"""|(?P<picture><img[^<>]*>)"""
    r"""|(?P<raw><style>[^<&]*</style>)"""
    r"""|(?P<words>[^\s<&{](?:[^<&{]*[^\s<&{])?))[ \n\t]*""",
    re.VERBOSE,
)
_CONTAINERS = frozenset({"details", "div", "section", "aside"})
_PICTURE = re.compile(r'<img((?:\s+(?:src|alt|title|class|id|width|height|style|loading)="[^"&<>]*")*)\s*/?>')
_ATTRIBUTE_OF_PICTURE = re.compile(r'([a-z]+)="([^"]*)"')
_ATTRIBUTE = re.compile(r' (name|class|id)="([^"]*)"')


_OLD = frozenset({"bgsound", "frame", "image", "keygen", "listing", "marquee"})
"""Names that are elements no more, and that a browser still has rules for."""


class Unlike(Exception):
    """Something that is not read here: the other way is taken."""


def of(events: Iterable[Event]) -> Iterator[Step]:
    """The steps of some events; Unlike where raw HTML is more than a few tags, comments and words."""
    html: list[tuple[str, int]] | None = None
    first = 0
    value: Any
    for event, (start, end) in events:
        name, tag, value = event, "", None
        if not isinstance(event, str):  # two names in one go: there are more events than anything else
            ((name, value),) = event.items()
            if name in ("Start", "End"):
                tag, value = named(value)
        if html is None:
            if tag == "HtmlBlock":
                html, first = [], start
            else:
                yield name, tag, value, start, end
        elif tag == "HtmlBlock":
            yield from _parts(html, first)
            html = None
        else:
            html.append((value, start))


def _parts(pieces: Sequence[tuple[str, int]], first: int) -> Iterator[Step]:
    """The steps of a block of HTML that begins at a byte, as each of its pieces does."""
    html, at = "".join([piece for piece, _ in pieces]), 0
    while at < len(html):
        found = _BLOCK.match(html, at)
        if not found or ("/>" in found[0] and not found["picture"]):
            raise Unlike
        if found["tag"]:
            yield "Opening", found["tag"], tuple(_ATTRIBUTE.findall(found["attrs"])), first, first
        elif found["end"]:
            if found["end"] not in _CONTAINERS and not is_unknown(found["end"]):
                raise Unlike
            yield "Closing", found["end"], None, first, first
        elif found["raw"]:
            yield "Raw", "", found["raw"], first, first
        elif found["words"] or found["picture"]:
            part, inside = found.lastgroup or "", found[found.lastgroup or 0]
            start, last = _byte(pieces, found.start(part)), _byte(pieces, found.end(part) - 1)
            value = picture(inside) if part == "picture" else inside
            yield part.capitalize(), "", value, start, last + len(inside[-1].encode())
        else:
            yield "Comment", "", found["comment"], first, first
        at = found.end()


def _byte(pieces: Sequence[tuple[str, int]], offset: int) -> int:
    """Where a character of pieces that were joined comes from."""
    ends = list(accumulate(len(piece) for piece, _ in pieces))
    index = bisect_right(ends, offset)
    piece, start = pieces[index]
    return start + len(piece[: offset - ends[index]].encode())


def is_unknown(tag: str) -> bool:
    """Whether HTML knows nothing of an element, so that it is like any other that has no rules of its own."""
    return tag not in ELEMENTS and tag not in _OLD


def picture(html: str) -> Attrs:
    """The attributes of a picture in raw HTML."""
    found = _PICTURE.fullmatch(html)
    attrs = _ATTRIBUTE_OF_PICTURE.findall(found[1]) if found else []
    if not found or len(dict(attrs)) < len(attrs):
        raise Unlike
    return tuple(attrs)
