"""Which digits a reader would take for a phone number.

No list of countries: libphonenumber misses short codes and finds numbers in years. What counts is
how the digits look, and, for the few digits of a short code, whether a word says to call them. Years,
dates, ranges, amounts, percentages and the numbers of citations are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.placeables.digits import Placeable, fold_digits, visible

__all__ = ["phones"]

_SPACE = " \u00a0\u2007\u2009\u202f\u3000"
_HYPHEN = "\\-\u2010-\u2015\u2212\uff0d\ufe63"
_JOIN = (
    rf"(?:[)）]?[{_SPACE}{_HYPHEN}./]?[(（]?|[{_SPACE}][{_HYPHEN}][{_SPACE}]|[)）][{_SPACE}]?[{_HYPHEN}][{_SPACE}]?)"
)

_RUN = re.compile(rf"[0-9](?:{_JOIN}[0-9]){{2,}}(?:[{_HYPHEN}][A-Z]{{3,7}}(?: ?\([0-9]{{4}}\))?)?")
"""Three digits or more with what separates their groups, maybe ending in a word: 1-800-662-HELP (4357)."""

_ALWAYS = re.compile(rf"(?<=[0-9])[{_SPACE}](?:24/7|24/365|7/24|24|365)$")
"""``988 24/7``: the number, and that it always answers."""

_WEB = r"(?:https?://|www\.)[!-~]+|\b10\.[0-9]{4,9}/[!-~]+"
_ADDRESS_SIGN = re.compile(r"://|www\.|10\.|@")
"""In every text that has an address."""

_ADDRESS = re.compile(_WEB, re.ASCII)
_ADDRESS_OR_MAIL = re.compile(rf"{_WEB}|[\w.+-]{{1,64}}@[\w.-]+", re.ASCII)
"""Apart from the other, because it looks at every word of a text 64 characters ahead."""

_LABEL = re.compile(r"(?:\b(?:PMID|PMC|ISBN|ISSN|DOI|arXiv|NCT|ISRCTN|Nr|No)\b|№|〒|§)[\s:.#]*$", re.IGNORECASE)
_NOT_BEFORE = re.compile(r"[A-Za-z_#=/$€£¥₹]$|[0-9][;:,.]$")
_NOT_AFTER = re.compile(rf"[A-Za-z_°]|[{_SPACE}]?[%٪％‰$€£¥₹]|:[0-9]|[,.][0-9]")

_THREE = re.compile(r"\d(?:[\W\u115f\u1160\u3164\uffa0]*\d){2}")
"""In every text that has a phone number: three digits and nothing that can be read between them."""

_OTHER = re.compile("[^0-9]")

_DIALLED = 7
"""So many digits may be a phone number by their look alone."""

_LONGEST = 20
"""Digits: E.164 allows 15, and a number that stands right before the phone number must not hide it."""

_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_NO_PHONE = re.compile(
    "|".join(
        (
            r"[0-9]{4}([-./])[0-9]{1,2}\1[0-9]{1,2}",  # 2025-09-12
            r"[0-9]{1,2}([-./])[0-9]{1,2}\2[0-9]{2,4}",  # 12.09.2025
            rf"{_YEAR}(?:[{_SPACE}]?[{_HYPHEN}/][{_SPACE}]?[0-9]{{2,4}}|[{_SPACE}][0-9]+)",  # 2019–2023, 2019 450
            rf"[1-9][0-9]?(?:[{_SPACE}.][0-9]{{3}})+",  # 1 234 567
            # 97 039/1 617 204
            rf"[1-9][0-9]{{0,2}}(?:[{_SPACE}.][0-9]{{3}})*/[1-9][0-9]{{0,2}}(?:[{_SPACE}.][0-9]{{3}})+",
            rf"[1-9][0-9]{{2}}[{_SPACE}.][0-9]{{3}}",  # 116 123, which may be an amount
            r"[0-9]+\.[0-9]+",  # 3.14159265
            r"[0-9]{5}-[0-9]{4}|[0-9]{5}-[0-9]{3}",  # postal codes: United States, Brazil
            r"[1-9][0-9]*/[0-9/]+",  # 24/7, 2019/2020
            r"[0-9]{3,}\([0-9]+",  # 393(10191): volume and issue
        )
    )
)
_RANGE = re.compile(rf"([0-9]+)[{_SPACE}]?[{_HYPHEN}][{_SPACE}]?([1-9][0-9]*)")

_CALL_BEFORE = re.compile(
    # Words that say to call, then little else before the digits. One line a script.
    r"(?:\b(?:call|calling|dial|phone|ring|text|sms|llam(?:e|a|en|ar|ad)|marqu?(?:e|en|ar)|appele[rz]|compose[rz]|"
    r"rufen|ruft|wähl(?:en|t|e)|ligue|ligar|disque|discar|truqu(?:eu|i)|trucar|marqueu|chiam(?:a|ate|are))\b"
    r"|اتصل|اتصلي|اتصلوا|الاتصال)[^0-9.!?؟\n]{0,14}$"
    r"|\b(?:tel|tél|telefon|phone|fax)[.:]{0,2}\s?$"
    r"|(?:कॉल|फ़ोन|फोन|डायल)[^0-9।\n]{0,6}$"
    r"|(?:โทร|สายด่วน)[^0-9\n]{0,4}$"
    r"|(?:撥打?|拨打?|致電|致电|電話|电话|전화)[^0-9。\n]{0,2}$",
    re.IGNORECASE,
)
_CALL_AFTER = re.compile(
    r"[\s]?番?[にへ]?(?:電話|お電話|ダイヤル|通報|かけ)"
    r"|\s?(?:पर|नंबर)\s?(?:\S+\s)?(?:कॉल|फ़ोन|फोन|डायल)"
    r"|\s?(?:에|로|으로)?\s?전화"
)


@lru_cache(maxsize=512)
def phones(text: str) -> tuple[Placeable, ...]:
    """The spans of ``text`` that a reader would take for a phone number, in order.

    Seven digits or more in the look of a phone number; three to six only where a word beside them, in
    one of the languages known here, says to call. Digits of every script count, and invisible
    characters among them hide nothing.
    """
    if not _THREE.search(text):
        return ()
    seen, places = visible(fold_digits(text))
    if _ADDRESS_SIGN.search(seen):
        seen = (_ADDRESS_OR_MAIL if "@" in seen else _ADDRESS).sub(lambda match: "/" * len(match[0]), seen)
    found = []
    for start, end in _spans(seen):
        first, last = places[start], places[end - 1] + 1
        found.append(Placeable(first, last, "phone", text[first:last]))
    return tuple(found)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        start = _opening(text, match.start())
        run = text[start : match.end()]
        if run[-1].isdigit() and (always := _ALWAYS.search(run)):
            run = run[: always.start()]
        end = start + len(run)
        digits = len(_OTHER.sub("", run))
        if not 3 <= digits <= _LONGEST:
            continue
        before, after = text[max(start - 48, 0) : start], text[end : end + 24]
        if not _stands_alone(before, after):
            continue
        if (digits >= _DIALLED and _looks_dialled(run)) or _is_called(run, before, after):
            yield start, end


def _opening(text: str, digit: int) -> int:
    """Where a number starts whose first digit is at a place: with a plus and a bracket before it."""
    start = digit - 1 if text[digit - 1 : digit] in ("(", "（") else digit
    return start - 1 if text[start - 1 : start] in ("+", "＋") else start


def _stands_alone(before: str, after: str) -> bool:
    """Whether the digits between these are no part of a word, an amount or a citation."""
    return not (_NOT_BEFORE.search(before) or _LABEL.search(before) or _NOT_AFTER.match(after))


def _looks_dialled(run: str) -> bool:
    if not re.search("[)）]", run):  # the bracket of a remark, such as (2010-2011
        run = run.lstrip("(（")
    return run[0] in "+＋" or not (_NO_PHONE.fullmatch(run) or _is_range(run))


def _is_range(run: str) -> bool:
    """``1000-2000``: two numbers of equal length, the smaller first."""
    match = _RANGE.fullmatch(run)
    return match is not None and len(match[1]) == len(match[2]) and match[1] < match[2]


def _is_called(run: str, before: str, after: str) -> bool:
    return bool(_CALL_BEFORE.search(before) or _CALL_AFTER.match(after)) and run not in ("365", "24/7")
