"""The events of the Markdown parser as plain steps, each part of a block of raw HTML a step of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from pipeline.readers.events import Event, named

Step = tuple[str, str, Any, int, int]
"""What comes, the element that starts or ends with it, its value, and the bytes that it spans.

Of a block of raw HTML: ``Opening`` with the element's attributes, ``Closing``, ``Comment`` and ``Words``.
"""

END: Step = ("End", "", None, 0, 0)
"""Stands behind the last."""

_BLOCK = re.compile(
    r"""(?:<!--(?!-?>)(?P<comment>(?:[^-]|-(?!-))*)-->"""
    r"""|<(?P<tag>details|div|section|aside)(?P<attrs>(?:\ name="[^"&<>]*")?(?:\ class="[^"&<>]*")?"""
    r"""(?:\ id="[^"&<>]*")?)>"""
    r"""|</(?P<end>details|div|section|aside)>|(?P<words>[^\s<&{](?:[^<&{]*[^\s<&{])?))[ \n\t]*""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r' (name|class|id)="([^"]*)"')


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
        if not found or "/>" in found[0]:
            raise Unlike
        if found["tag"]:
            yield "Opening", found["tag"], tuple(_ATTRIBUTE.findall(found["attrs"])), first, first
        elif found["end"]:
            yield "Closing", found["end"], None, first, first
        elif found["words"]:
            words = found["words"]
            start, last = _byte(pieces, found.start("words")), _byte(pieces, found.end("words") - 1)
            yield "Words", "", words, start, last + len(words[-1].encode())
        else:
            yield "Comment", "", found["comment"], first, first
        at = found.end()


def _byte(pieces: Sequence[tuple[str, int]], offset: int) -> int:
    """Where a character of pieces that were joined comes from."""
    ends = list(accumulate(len(piece) for piece, _ in pieces))
    index = bisect_right(ends, offset)
    piece, start = pieces[index]
    return start + len(piece[: offset - ends[index]].encode())
