"""Texts that are of a script at a glance: where no letter needs to be looked at by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_IDEOGRAPHS, _KANA = "\u4e00-\u9fef", "\u3041-\u3096\u30a1-\u30fa\u30fc"
LETTERS: Mapping[str, str] = {
    "Latn": "a-zA-ZÀ-ÖØ-öø-ňŊ-ɏḀ-ẙẛ-ỿ",
    "Cyrl": "Ѐ-ҁҊ-ԯ",
    "Grek": "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03e1",
    "Arab": "\u0620-\u064a\u066e\u066f\u0671-\u06d3",
    "Hebr": "\u05d0-\u05ea",
    "Deva": "\u0904-\u0939\u0958-\u0961",
    "Beng": "\u0985-\u098c\u098f\u0990\u0993-\u09a8\u09aa-\u09b0\u09b2\u09b6-\u09b9",
    "Thai": "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46",
    "Kore": f"\uac00-\ud7a3{_IDEOGRAPHS}",
    "Jpan": f"{_IDEOGRAPHS}{_KANA}",
    "Hant": _IDEOGRAPHS,
    "Hans": _IDEOGRAPHS,
}
"""Most letters of a script, as a class of a pattern: nothing but letters of it, in small letters as in capitals."""

SIMPLIFIED = "们这为时会对说没过还让吗关经问间请给话该儿认识应两东车长见觉学业专严师医药题险疗诊伤护联电"
TRADITIONAL = "們這為時會對說沒過還讓嗎關經問間請給話該兒認識應兩東車長見覺學業專嚴師醫藥題險療診傷護聯電"
"""Frequent characters that are written in one of the two ways only."""

_LETTER = re.compile(r"[^\W\d_]")
_NOT_LATIN = re.compile(rf"[^\W\d_{LETTERS['Latn']}]")
_ANY_KANA = re.compile(f"[{_KANA}]")
_UNLIKE = {"Hant": re.compile(f"[\u3040-\u30ff{SIMPLIFIED}]"), "Hans": re.compile(f"[\u3040-\u30ff{TRADITIONAL}]")}
"""What makes one look twice at a text in Chinese."""


def plainly_of(script: str, source: str, target: str) -> bool:
    """Whether the letters of a target, outside its placeables and the words of its source, are of a script.

    Where it cannot be told at a glance the answer is no. It can where no letter is of another script, or, as words of
    the source in ASCII take no letters of other scripts with them, where as many letters are of it as are not.
    """
    if target == source:
        return True
    if target.isascii():
        return script == "Latn"
    if script not in LETTERS:
        return False
    if script == "Latn":
        return not _NOT_LATIN.search(target)
    folded = target.casefold()
    rest = _runs(script).sub("", folded)
    bare = "`" not in target and "](" not in target  # code and the addresses of links may be in any script
    ours = len(folded) - len(rest)
    may_be_mixed = bare and source.isascii()
    if _LETTER.search(rest) and not (may_be_mixed and (len(rest) <= ours or len(_LETTER.findall(rest)) <= ours)):
        return False
    if script == "Jpan":
        return bare and _ANY_KANA.search(folded) is not None
    return script not in _UNLIKE or not _UNLIKE[script].search(folded)


@cache
def _runs(script: str) -> re.Pattern[str]:
    return re.compile(f"[{LETTERS[script]}]+")
