"""Bytes -> lines, and lines that repeat each other -> each once.

What a browser copies, or a scraper collects, is often every element's whole text and then its parts':
a box as one glued line, then its heading, then its body.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from pipeline.errors import SourceError
from pipeline.importing.blocks import Line, Remark, is_title, shown, squashed
from pipeline.model import Place

__all__ = ["LARGEST", "MOST", "decoded", "lines", "merged"]

LARGEST = 4 * 1024 * 1024
"""Bytes: a page of text for people stays far below, and the HTML parser needs some two seconds for each of them."""

MOST = 20_000
"""Lines with anything in them, or blocks of a page: several books."""

_PROSE = 60
"""Characters: a shorter line may well stand twice on purpose."""


def decoded(data: bytes, path: str) -> str:
    """The text of a file; SourceError where it is too large, no UTF-8, holds NUL, or is empty."""
    if len(data) > LARGEST:
        raise SourceError(f"This file is larger than {LARGEST // 2**20} MiB; import its parts one by one.", Place(path))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError("This is not UTF-8 text; save the file as UTF-8.", Place(path, line)) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError("The file holds a NUL character; remove it.", Place(path, line))
    if not text.strip():
        raise SourceError("The file is empty; there is nothing to import.", Place(path))
    return text


def lines(text: str, path: str) -> tuple[list[Line], list[Remark]]:
    """The lines that hold anything, with white space folded and characters that nobody sees left out.

    Raises SourceError where there are more than :data:`MOST`.
    """
    found: list[Line] = []
    remarks: list[Remark] = []
    for number, raw in enumerate(text.split("\n"), 1):
        folded = " ".join(raw.split())
        clean = "".join(character for character in folded if not _is_stray(character))
        if clean != folded:
            count = len(folded) - len(clean)
            remarks.append(Remark(number, "removed", shown(clean), f"{count} invisible or control characters in it"))
        clean = " ".join(clean.split())
        if len(found) == MOST:
            raise SourceError(
                f"This file has more than {MOST} lines; import its parts one by one.", Place(path, number)
            )
        if clean:
            found.append(Line(number, clean))
    return found, remarks


def merged(given: list[Line]) -> tuple[list[Line], list[Remark]]:
    """The lines without those that only repeat others."""
    once, remarks = _without_glued(given)
    kept, more = _without_repeated(once)
    return kept, [*remarks, *more]


def _is_stray(character: str) -> bool:
    """Controls, byte order marks, soft hyphens and zero-width spaces; joiners and marks of direction are spelling."""
    return unicodedata.category(character) == "Cc" or character in "\ufeff\u00ad\u200b\u2060\ufffc"


def _without_glued(given: list[Line]) -> tuple[list[Line], list[Remark]]:
    """Drop each line that is exactly the following ones run together.

    From the last line to the first, ``ends[i]`` is where the lines that line i repeats end; so a box inside
    a box is stepped over at once, and every character is compared once for each line that repeats it.
    """
    solid = [squashed(line.text) for line in given]
    ends = list(range(1, len(given) + 1))
    boxes = [0] * len(given)
    glued: set[int] = set()
    for index in range(len(given) - 1, -1, -1):
        parts, at, position = [], index + 1, 0
        while at < len(given) and position < len(solid[index]) and solid[index].startswith(solid[at], position):
            position += len(solid[at])
            parts.append(at)
            at = ends[at]
        if parts and position == len(solid[index]):
            glued.add(index)
            ends[index] = at
            if len(parts) > 1:
                for part in parts:
                    boxes[part] = boxes[part] or given[index].number
    kept = [replace(line, box=boxes[index]) for index, line in enumerate(given) if index not in glued]
    remarks = [
        Remark(given[i].number, "merged", shown(given[i].text), _repeats(given[i + 1], given[ends[i] - 1]))
        for i in sorted(glued)
    ]
    return kept, remarks


def _repeats(first: Line, last: Line) -> str:
    if first is last:
        return f"line {first.number} says the same"
    return f"it is lines {first.number} to {last.number} run together"


def _without_repeated(given: list[Line]) -> tuple[list[Line], list[Remark]]:
    """Drop prose that stood before, and the heading above it where that stood there too."""
    first: dict[str, int] = {}
    gone: dict[int, int] = {}
    for index, line in enumerate(given):
        key = squashed(line.text)
        if len(key) < _PROSE:
            continue
        if key not in first:
            first[key] = index
            continue
        gone[index] = first[key]
        above, above_first = index - 1, first[key] - 1
        if above_first >= 0 and is_title(given[above].text) and given[above].text == given[above_first].text:
            gone[above] = above_first
    kept = [line for index, line in enumerate(given) if index not in gone]
    remarks = [
        Remark(given[index].number, "merged", shown(given[index].text), f"line {given[same].number} says the same")
        for index, same in sorted(gone.items())
    ]
    return kept, remarks
