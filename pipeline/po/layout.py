"""Entries in the layout of GNU gettext: what msgcat writes."""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate

from unicode_segmentation_rs import line_break_units

from pipeline.model import Message
from pipeline.po.entries import EMPTY_CONTEXT

PAGE = 79
"""Columns of a line, quotation marks included (gettext's default)."""

_ESCAPES = str.maketrans({raw: f"\\{name}" for raw, name in zip('\\"\a\b\f\n\r\t\v', '\\"abfnrtv', strict=True)})
_LINE_NUMBER = re.compile(r":\d+$")
_SEPARATED = re.compile(
    r"(?P<after>[,.:;،][\u200e\u200f\u202a-\u202e\u2066-\u2069]*(?=[^\s\d]))|\S(?=[〈《「『【〔〖〘〚〝﹁﹃﹙﹛﹝（［｛｟｢])"
)
"""Where gettext may break a line and today's Unicode does not (LB29 and LB30 of https://www.unicode.org/reports/tr14/):
between one of these marks and a letter after it, and between a letter and a wide bracket after it."""

_SEPARATED_ASCII = re.compile(r"(?P<after>[,.:;](?=[^\s\d]))")
"""The same of a text in ASCII, found in a third of the time."""

_NARROW = frozenset({"Mn", "Me", "Cf", "Cc", "Zl", "Zp"})
_SPACING = frozenset("\u0cbf\u0cc6\U00011a07\U00011a08\U00011c3f")
"""Marks that gettext gives a column, as the Unicode of its day did."""

_PORTION = re.compile(r"[^\n]*\n|[^\n]+")


def entry_text(message: Message) -> str:
    """The lines of an entry; each ends with a newline."""
    lines = [f"# {comment}" if comment else "#" for comment in message.comments]
    lines += [f"#. {note}" if note else "#." for note in message.notes]
    lines += _reference_lines(message.references)
    flags = ("fuzzy", *message.flags) if message.fuzzy else message.flags
    if flags:
        lines.append("#, " + ", ".join(flags))
    page = sys.maxsize if "no-wrap" in message.flags else PAGE
    old, now = ("#~| ", "#~ ") if message.obsolete else ("#| ", "")
    if message.previous is not None:
        lines += _context(old, message.previous.context, page)
        lines += _field(old, "msgid", message.previous.source, page)
    if message.previous_plural:
        lines += _field(old, "msgid_plural", message.previous_plural, page)
    lines += _context(now, message.key.context, page)
    lines += _field(now, "msgid", message.key.source, page)
    if message.source_plural:
        lines += _field(now, "msgid_plural", message.source_plural, page)
        for index, target in enumerate(message.targets):
            lines += _field(now, f"msgstr[{index}]", target, page)
    else:
        lines += _field(now, "msgstr", message.target, page)
    return "\n".join([*lines, ""])


def header_text(comments: tuple[str, ...], marks: tuple[str, ...], text: str) -> str:
    """The lines of the header entry; its marks are `#,` lines and the like, as they stand."""
    own = [f"# {comment}" if comment else "#" for comment in comments]
    return "\n".join([*own, *marks, 'msgid ""', *_field("", "msgstr", text, PAGE), ""])


@lru_cache(maxsize=64)  # all messages of an article have the same
def _reference_lines(references: tuple[str, ...]) -> tuple[str, ...]:
    lines: list[str] = []
    for reference in map(_enclosed, references):
        if lines and len(lines[-1].encode()) + 1 + len(reference.encode()) <= PAGE:
            lines[-1] += f" {reference}"
        else:
            lines.append(f"#: {reference}")
    return tuple(lines)


def _enclosed(reference: str) -> str:
    """A file name with spaces goes between first-strong isolate marks, its line number after them."""
    if not re.search(r"\s", reference):
        return reference
    number = _LINE_NUMBER.search(reference)
    name = reference[: number.start()] if number else reference
    return f"\u2068{name}\u2069{number[0] if number else ''}"


def _context(prefix: str, context: str, page: int) -> tuple[str, ...]:
    return _field(prefix, "msgctxt", "" if context == EMPTY_CONTEXT else context, page) if context else ()


@lru_cache(maxsize=4096)
def _field(prefix: str, name: str, text: str, page: int) -> tuple[str, ...]:
    """A keyword and its text, in as many lines as the page asks for; the catalogs of an article share their sources."""
    portions = [portion.translate(_ESCAPES) for portion in (_PORTION.findall(text) if "\n" in text else (text,))]
    room = page - len(prefix) - 2
    if len(portions) == 1 and (len(name) + 1 + _columns(portions[0]) <= room or len(_units(portions[0])) == 1):
        return (f'{prefix}{name} "{portions[0]}"',)
    strings = [string for portion in portions for string in _wrapped(portion, room)]
    return (f'{prefix}{name} ""', *(f'{prefix}"{string}"' for string in strings))


def _wrapped(portion: str, room: int) -> Iterator[str]:
    """The portion in lines of so many columns, spaces at their ends included."""
    if _columns(portion) <= room:
        yield portion
        return
    units = _units(portion)
    ends = list(accumulate(map(len if portion.isascii() else _columns, units)))
    first, used = 0, 0
    while first < len(units):
        last = max(bisect_right(ends, used + room), first + 1)
        yield "".join(units[first:last])
        first, used = last, ends[last - 1]


@lru_cache(maxsize=1)  # they are asked for to see whether there are several, and then for a line each
def _units(portion: str) -> tuple[str, ...]:
    """The pieces between which a line may break: never inside an escape, nor before the last newline."""
    found = [unit for piece in _separated(portion) for unit in line_break_units(piece)]
    if "\\" not in portion:
        return tuple(found)
    units: list[str] = []
    glued = False
    for unit in found:
        if glued or unit == "\\n":
            units[-1:] = ["".join([*units[-1:], unit])]
        else:
            units.append(unit)
        glued = (len(units[-1]) - len(units[-1].rstrip("\\"))) % 2 == 1
    return tuple(units)


def _separated(text: str) -> Iterator[str]:
    """The text in pieces, between which gettext may break a line whatever Unicode says today."""
    start = 0
    for found in (_SEPARATED_ASCII if text.isascii() else _SEPARATED).finditer(text):
        end = found.end()
        if _starts(text[end]) if found["after"] else _is_letter(text[end - 1]):
            yield text[start:end]
            start = end
    yield text[start:]


@cache
def _is_letter(character: str) -> bool:
    """Whether a line may not begin with a percent sign after it, and may with a Chinese character.

    So it is with Unicode's classes AL, HL and NU: letters, digits and most symbols.
    """
    return len(line_break_units(f"{character}%")) == 1 and len(line_break_units(f"{character}日")) == 2


def _starts(character: str) -> bool:
    """Whether gettext may begin a line with it after a mark: it belongs neither to the mark nor to a number."""
    joins = unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf", "Nd", "Pe") or character in "٫٬"
    return not joins and _is_letter(character)


def _columns(text: str) -> int:
    """Columns on a screen: two for a wide character, none for one that combines, joins or controls."""
    return len(text) if text.isascii() else sum(map(_column, text))


@cache
def _column(character: str) -> int:
    joins = "\u1160" <= character <= "\u11ff"  # vowels and finals of Hangul, drawn into the syllable before
    if joins or (unicodedata.category(character) in _NARROW and character not in _SPACING):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
