"""Lines of plain text: how wide they look, and where they may break.

Break opportunities are those of Unicode Standard Annex #14, found by ICU, which knows Thai words by dictionary and
Japanese rules of line breaking (kinsoku). Widths are columns of a terminal: East Asian wide characters take two
(Unicode Standard Annex #11), marks and format characters none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from icu4py.breakers import LineBreaker

WIDTH = 72
"""Columns of a plain text, as mail and terminals have it."""

_START, _END = "\ue000", "\ue001"
"""Around what must stay on one line. Private use: no text has them, and no line keeps them."""

_AT_SPACE, _AT_NOTHING = "\ue002", "\ue003"
"""At the end of a line that a mail program may join with the next: whether a space stood there."""

_KEPT = re.compile(f"{_START}([^{_END}]*){_END}")
_ADDRESS = re.compile(r"[!-~]*(?:://|@)[!-~]+")
_MARKS = re.compile(f"[{_START}-{_AT_NOTHING}]")
_OTHER_SPACE = re.compile(r"[\t\r\f\v\u2028\u2029]")
_SPACE = re.compile(r"[ \t\r\f\v\u2028\u2029]+")


_LETTER = (
    "A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9"  # Latin
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"  # Greek
    "\u0400-\u0481\u048a-\u04ff"  # Cyrillic
    "\u0620-\u063f\u0641-\u064a\u0671-\u06d3\u06f0-\u06f9\u0660-\u0669"  # Arabic
)
_LETTERS = rf"[{_LETTER}][{_LETTER}\u200c]*"
_JOINER = "\u200c"
"""In Persian words: the one character of those below that takes no room."""

_WORD = (
    rf"[(\u201c\u00ab]?{_LETTERS}(?:[.,:'\u2019]{_LETTERS})*"
    r"[.,:;!?\u060c\u061b\u061f]?[)\u201d\u00bb]?[.,:;!?\u060c\u061b\u061f]?"
)
_SPACED = re.compile(f"{_WORD}(?: {_WORD})*")
"""Words of Latin, Greek, Cyrillic and Arabic letters, with the commonest signs where they usually stand.

In every language they break at their spaces alone (Unicode Standard Annex #14: classes AL, NU, IS, QU, EX, OP, CL and
CP, and a joiner of class CM).
"""


def keep(text: str) -> str:
    """Mark a text that must stay on one line, such as a telephone number."""
    return _START + _bare(text) + _END


@dataclass(frozen=True, slots=True)
class Form:
    """How the lines of a plain text are set."""

    width: int = WIDTH
    """In columns."""

    flowed: bool = False
    """Whether mail programs may join the lines of a paragraph again, https://www.rfc-editor.org/rfc/rfc3676."""

    def lines(self, text: str, tag: str, width: int) -> list[str]:
        """The lines of a text at a width, which an indent may make less than the form's own."""
        broken = [list(_lines(part, tag, width)) for part in _hard_lines(text)]
        if not self.flowed:
            return [line.rstrip(" ") for lines in broken for line in lines]
        return [line for lines in broken for line in (*map(_soft, lines[:-1]), lines[-1].rstrip(" "))]

    def settled(self, text: str) -> str:
        """A whole text as it goes out: in a flowed one, a space at the end says that the line goes on."""
        return _flow(text) if self.flowed else text


PLAIN = Form()
"""As ``index.txt`` is."""


def wrapped(text: str, tag: str, width: int) -> list[str]:
    """The lines of a text. A line break in it stays one; what may not break can make a line longer than ``width``."""
    return Form(width).lines(text, tag, width)


def _hard_lines(text: str) -> list[str]:
    return [_one_space(part).strip(" ") for part in text.split("\n")]


def _one_space(part: str) -> str:
    odd = "  " in part or (not part.isprintable() and _OTHER_SPACE.search(part))
    return _SPACE.sub(" ", part) if odd else part


def _soft(line: str) -> str:
    return line.rstrip(" ") + (_AT_SPACE if line.endswith(" ") else _AT_NOTHING)


def _flow(text: str) -> str:
    """With ``DelSp=yes``, the last space of a line is taken away when lines are joined, and the other one stays."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        shown = line.lstrip(" ") if goes_on else line  # an indent would stand in the middle of the joined line
        goes_on = shown.endswith((_AT_SPACE, _AT_NOTHING))
        stuffed = f" {shown}" if shown.startswith((" ", ">", "From ")) else shown
        lines.append(stuffed.replace(_AT_SPACE, "  ").replace(_AT_NOTHING, " "))
    return "\n".join(lines)


class _Columns(dict[str, int]):
    """The width of each character that was met."""

    def __missing__(self, character: str) -> int:
        if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc", "Co"):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        self[character] = width
        return width


_COLUMNS = _Columns()


def columns(text: str) -> int:
    """How wide a text looks."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_COLUMNS.__getitem__, text))


def _lines(text: str, tag: str, width: int) -> Iterator[str]:
    shown = _bare(text)
    if 2 * len(shown) <= width:  # no character is wider than two columns
        yield shown
        return
    if _START not in text and _JOINER not in shown and _SPACED.fullmatch(shown):
        yield from _at_spaces(shown, width)
        return
    if columns(shown) <= width:
        yield shown
        return
    taken: Sequence[int] = range(len(shown) + 1)
    if not (shown.isascii() and shown.isprintable()):
        taken = list(accumulate(map(_COLUMNS.__getitem__, shown), initial=0))
    pieces = _pieces(text, shown, tag)
    ends = list(accumulate(map(len, pieces)))
    spaces = [len(piece) - len(piece.rstrip(" ")) for piece in pieces]
    reach = [taken[end] - space for end, space in zip(ends, spaces, strict=True)]
    start = piece = 0
    while piece < len(pieces):
        piece = max(bisect_right(reach, taken[start] + width, piece), piece + 1)
        yield shown[start : ends[piece - 1]]
        start = ends[piece - 1]


def _at_spaces(shown: str, width: int) -> Iterator[str]:
    """The lines of words whose characters are one column wide each."""
    start = 0
    while len(shown) - start > width:
        space = shown.rfind(" ", start, start + width + 1)
        end = (space if space >= 0 else shown.find(" ", start)) + 1
        if not end:  # a last word that is longer than a line
            break
        yield shown[start:end]
        start = end
    yield shown[start:]


def _pieces(text: str, shown: str, tag: str) -> list[str]:
    """A text in pieces after each of which a line may end; ``shown``: without its marks."""
    if _START not in text and _SPACED.fullmatch(shown):
        *words, last = shown.split(" ")
        return [*[f"{word} " for word in words], last]
    return list(LineBreaker(_whole(text), f"{tag}-u-lb-strict"))


def _whole(text: str) -> str:
    """The bare text with digits in the place of what must stay on one line: they never part from each other."""
    if _START not in text and "://" not in text and "@" not in text:
        return _bare(text)
    return "".join(["0" * len(part) if whole else part for part, whole in _parts(text)])


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Stretches of text, and whether each must stay whole."""
    place = 0
    for match in _KEPT.finditer(text):
        yield from _addresses(text[place : match.start()])
        yield match[1], True
        place = match.end()
    yield from _addresses(text[place:])


def _addresses(text: str) -> Iterator[tuple[str, bool]]:
    place = 0
    for match in _ADDRESS.finditer(text):
        yield _bare(text[place : match.start()]), False
        yield match[0], True
        place = match.end()
    yield _bare(text[place:]), False


def _bare(text: str) -> str:
    if text.isascii() or not any(mark in text for mark in (_START, _END, _AT_SPACE, _AT_NOTHING)):
        return text
    return _MARKS.sub("", text)
