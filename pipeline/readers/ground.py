"""What a first reading of Markdown shows: where there is code, and where there is text that is no link yet."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.readers.events import Event, named

_ANCHOR = re.compile(r"<(/?)a\b", re.IGNORECASE)
_VERBATIM = re.compile(rb"\s*<(?:!|\?|script\b|style\b|pre\b|textarea\b)", re.IGNORECASE)

Span = tuple[int, int]


@dataclass(slots=True)
class Spans:
    """Stretches of a file in bytes, in order and apart from each other."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, start: int, end: int) -> None:
        """One more stretch, at or after the end of the last; those inside it say nothing new."""
        if not self.ends or start >= self.ends[-1]:
            self.starts.append(start)
            self.ends.append(end)

    def end_at(self, byte: int) -> int:
        """The end of the stretch that a byte lies in; 0 where it lies in none."""
        index = bisect_right(self.starts, byte) - 1
        return self.ends[index] if index >= 0 and byte < self.ends[index] else 0


@dataclass(frozen=True, slots=True)
class Ground:
    """Where in a file something may begin."""

    code: Spans
    """Code, comments, scripts: whatever stands there is no markup."""

    text: Spans
    """Text outside links, pictures and code."""

    cells: Spans
    """Cells of tables; nothing goes beyond the end of one."""


def survey(data: bytes, events: Iterable[Event]) -> Ground:
    """The ground of a file from the events of the Markdown parser, with their places."""
    ground = Ground(Spans(), Spans(), Spans())
    links, in_anchor = 0, False
    for event, (start, end) in events:
        name, value = named(event)
        if name in ("Start", "End"):
            element = named(value)[0]
            if element in ("Link", "Image"):
                links += 1 if name == "Start" else -1
            elif name == "Start" and (
                element == "CodeBlock" or (element == "HtmlBlock" and _VERBATIM.match(data, start, end))
            ):
                ground.code.add(start, end)
            elif name == "Start" and element == "TableCell":
                ground.cells.add(start, end)
        elif name == "Code":
            ground.code.add(start, end)
        elif name == "InlineHtml":
            found = _ANCHOR.match(value)
            in_anchor = not found[1] if found else in_anchor
        elif name == "Text" and not links and not in_anchor and not ground.code.end_at(start):
            ground.text.add(start, end)
    return ground


def in_bytes(text: str, spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Each span of characters, in order, with the same span in bytes."""
    at, byte = 0, 0
    for start, end in spans:
        first = byte + len(text[at:start].encode())
        byte = first + len(text[start:end].encode())
        at = end
        yield (start, end), (first, byte)
