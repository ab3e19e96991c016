"""All placeables of a text, and its numbers by value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache

from pipeline.placeables.digits import Placeable, fold_digits, phone_digits
from pipeline.placeables.phones import phones

__all__ = ["Placeable", "find", "markup", "numbers"]

_URL_CHARS = r"A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%"

_MARKUP = (
    r"(?P<code>`(?:(?<!\\`)`(?:[^`]|`(?!`))+``|(?<![\\`]`)[^`]+`))",
    r"(?P<variable>\{[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*\})",
    r"(?P<tag><(?<!\\<)/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>)",
    r"(?P<target>(?<=\]\()[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)",
    rf"(?P<url>(?:https?://|www\.|(?:mailto|tel|sms):(?=[+0-9A-Za-z]))[{_URL_CHARS}]{{1,2048}})",
    r"(?P<email>(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)",
)
"""Each costs its time at every character of a text, so only those are looked for whose signs stand in it."""

_DIGIT, _ASCII_DIGIT = re.compile(r"\d"), re.compile("[0-9]")
_GROUP = ",.٬،'’ \u00a0\u2009\u202f"
_POINT = ".,٫．"
_ALONE = rf"(?<![0-9][{_POINT}])"
_DONE = rf"(?![{_POINT}]?[0-9])"
_NUMBER = re.compile(
    rf"{_ALONE}(?P<grouped>[1-9][0-9]{{0,2}}(?P<by>[{_GROUP}])[0-9]{{3}}(?:(?P=by)[0-9]{{3}})*)"
    rf"(?:(?!(?P=by))[{_POINT}](?P<part>[0-9]+))?{_DONE}"
    rf"|{_ALONE}(?P<indian>[1-9][0-9]?(?:,[0-9]{{2}})+,[0-9]{{3}})(?:[.](?P<hundredth>[0-9]+))?{_DONE}"
    rf"|{_ALONE}(?P<whole>[0-9]+)[{_POINT}](?P<decimal>[0-9]+){_DONE}"
    r"|(?P<plain>[0-9]+)"
)


@lru_cache(maxsize=16384)
def find(text: str) -> tuple[Placeable, ...]:
    """The placeables of a message, in order and never overlapping.

    Kinds: ``variable``, ``tag``, ``code``, ``url`` (link targets, too), ``email``, ``phone``, ``number``.
    """
    marked = markup(text)
    if not _DIGIT.search(text):
        return marked
    found = list(marked)
    rest = _without(text, found)
    calls = phones(rest)
    found += (Placeable(call.start, call.end, "phone", text[call.start : call.end]) for call in calls)
    rest = fold_digits(_without(rest, calls))
    found += _numbers(text, rest)
    return tuple(sorted(found, key=lambda placeable: placeable.start))


def numbers(text: str) -> tuple[Decimal, ...]:
    """The numbers that a reader sees in a message, in order and by value; those in markup do not count.

    The locale need not be known: ``89.4``, ``89,4`` and ``٨٩٫٤`` are one number, and so are ``1,200``,
    ``1.200`` and ``1 200``. A point or comma before exactly three digits is therefore always taken to
    separate thousands, unless a zero stands before it: ``1.125`` is read as 1125, and so is its German
    ``1,125``. A phone number is the number of its digits. Number words and Chinese numerals are not read.
    """
    return tuple(_value(placeable) for placeable in find(text) if placeable.kind in ("number", "phone"))


@lru_cache(maxsize=16384)
def markup(text: str) -> tuple[Placeable, ...]:
    """The variables, tags, code spans and addresses of a message: all but its numbers."""
    signs = ("`" in text, "{" in text, "<" in text, "](" in text, _may_have_address(text), "@" in text)
    return tuple([_marked(text, match) for match in _pattern(signs).finditer(text)]) if True in signs else ()


def _may_have_address(text: str) -> bool:
    if ":" not in text:
        return "www." in text
    return "://" in text or "www." in text or "mailto:" in text or "tel:" in text or "sms:" in text


@cache
def _pattern(signs: tuple[bool, ...]) -> re.Pattern[str]:
    """The pattern for texts that have the signs of these of the patterns; there are 64 at most."""
    return re.compile("|".join(pattern for pattern, here in zip(_MARKUP, signs, strict=True) if here))


def _marked(text: str, match: re.Match[str]) -> Placeable:
    kind = match.lastgroup or ""
    start, end = match.span()
    if kind == "url":
        end = start + len(_trimmed(match[0]))
    return Placeable(start, end, "url" if kind == "target" else kind, text[start:end])


def _numbers(text: str, folded: str) -> Iterator[Placeable]:
    """The numbers of a text, of which the other has the digits in ASCII."""
    digit = _ASCII_DIGIT.search(folded)
    while digit:
        match = _NUMBER.match(folded, digit.start())
        assert match, "a digit alone is a number"
        start, end = match.span()
        yield Placeable(start, end, "number", text[start:end])
        digit = _ASCII_DIGIT.search(folded, end)


def _trimmed(url: str) -> str:
    """The address without the punctuation of the sentence that it stands in."""
    while url[-1] in ".,;:!?'" or _unpaired(url, "(", ")") or _unpaired(url, "[", "]"):
        url = url[:-1]
    return url


def _unpaired(url: str, opening: str, closing: str) -> bool:
    return url.endswith(closing) and url.count(closing) > url.count(opening)


def _without(text: str, spans: list[Placeable] | tuple[Placeable, ...]) -> str:
    """The text with the spans blanked out, so that every other character keeps its place."""
    if not spans:
        return text
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], "\ufffc" * (span.end - span.start)]
        at = span.end
    return "".join([*pieces, text[at:]])


def _value(placeable: Placeable) -> Decimal:
    if placeable.kind == "phone":
        return Decimal(phone_digits(placeable.text).lstrip("+"))
    if placeable.text.isdecimal():
        return Decimal(placeable.text)
    match = _NUMBER.fullmatch(fold_digits(placeable.text))
    assert match, "a number is what the pattern finds"
    if match["plain"]:
        return Decimal(match["plain"])
    if match["whole"]:
        return Decimal(f"{match['whole']}.{match['decimal']}")
    whole = re.sub(r"[^0-9]", "", match["grouped"] or match["indian"])
    return Decimal(f"{whole}.{match['part'] or match['hundredth'] or ''}")
