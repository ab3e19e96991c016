"""Where in a source file a piece of parsed HTML comes from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from pipeline.inline.literals import NOTHING, Masked
from pipeline.model import Place

_STEP = 1024


@dataclass(frozen=True, slots=True)
class Places:
    """A map from offsets in a text to bytes and lines of the file that it was made from."""

    path: str
    text: str
    """What the HTML parser read: the file itself, or the HTML that its Markdown stands for."""

    offsets: list[int]
    """Known offsets in ``text``, ascending."""

    bytes_: list[int]
    """The byte of the file for each of them."""

    newlines: list[int] = field(repr=False)
    """The bytes of the file's newlines, ascending."""

    masks: Masked = NOTHING
    """What the private characters in ``text`` stand for."""

    def byte(self, offset: int) -> int:
        """The byte of the file that an offset comes from."""
        index = max(bisect_right(self.offsets, offset) - 1, 0)
        known = self.offsets[index]
        if offset <= known:
            return self.bytes_[index]
        value = self.bytes_[index] + len(self.text[known:offset].encode())
        following = self.bytes_[index + 1] if index + 1 < len(self.bytes_) else value
        return min(value, following) if following >= self.bytes_[index] else value

    def line(self, byte: int) -> int:
        """The line of a byte, from 1."""
        return line_of(self.newlines, byte)

    def place(self, offset: int) -> Place:
        return Place(self.path, self.line(self.byte(offset)))


def line_of(newlines: list[int], byte: int) -> int:
    """The line of a byte, from 1, between newlines at such bytes."""
    return bisect_right(newlines, byte - 1) + 1


def newlines(data: bytes) -> list[int]:
    """The offsets of the newlines."""
    found, at = [], data.find(b"\n")
    while at >= 0:
        found.append(at)
        at = data.find(b"\n", at + 1)
    return found


def of_file(path: str, text: str, start: int, masks: Masked) -> Places:
    """The places of a file that is parsed as it is from a character on, but for what is masked."""
    at = len(text[:start].encode())
    offsets, bytes_ = [0], [at]
    for step in range(0, len(masks.text), _STEP):
        at += len(masks.text[step : step + _STEP].encode())
        offsets.append(step + _STEP)
        bytes_.append(at)
    return Places(path, masks.text, offsets, bytes_, newlines(text.encode()), masks)
