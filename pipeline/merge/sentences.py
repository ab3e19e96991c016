"""Where a sentence ends, in the scripts that articles are translated into.

A sentence ends
- at `.`, `!`, `?` or `…`, with the quotation marks, brackets and emphasis that close after it, before white space
  and anything that is no small letter;
- at the full stop of Chinese and Japanese, with or without white space after it, but not before a closing bracket
  (`「はい。」と言った` goes on);
- at the full stops and question marks of Arabic, Urdu, the scripts of India, Ethiopic, Armenian, Khmer and Burmese,
  before white space.
It does not end after an abbreviation or a single letter, nor, where ordinals are written so, after a number. Thai
and Lao mark no ends of sentences: their text is one. A doubtful end is no end: parts too long only offer less.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CLOSING = r"[\"'”’»“)\]*_~`」』）】]*"
_END = re.compile(
    rf"(?:[.!?…]+{_CLOSING}(?=\s+[^\w\s]*(?P<next>\w))|[。！？｡]+[*_~]*(?![\"'”’»)\]」』）】])|[؟۔।॥።፧։។။]+{_CLOSING}(?=\s))\s*"
)
_LAST_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.$")

_ABBREVIATIONS = {
    "en": "dr mr mrs ms prof st vs etc e.g i.e approx no fig min max hr hrs",
    "ca": "dr dra sr sra prof núm p.ex etc aprox",
    "de": "dr prof hr fr nr bzw ca usw evtl ggf vgl inkl d.h z.b u.a s.o st",
    "es": "dr dra sr sra ud uds prof núm p.ej etc aprox ee.uu",
    "fr": "m mm mme mlle dr pr prof env etc cf ex p.ex",
    "it": "dott dr prof sig sig.ra ecc es p.es ca",
    "pt": "dr dra sr sra prof núm p.ex etc aprox",
    "nl": "dr dhr mevr prof bijv enz ca d.w.z o.a",
}
"""By language; Latin languages that are not here have initials only."""

_ORDINALS = frozenset(["de", "da", "nb", "nn", "no", "fi", "et", "lv", "cs", "sk", "sl", "hr", "hu", "is"])
"""Languages that write `3.` for `third`."""


@lru_cache(maxsize=8192)
def sentences(text: str, language: str) -> tuple[str, ...]:
    """The sentences of a text in that language (ISO 639), in order, without the white space between them."""
    found, start = [], 0
    for end in _END.finditer(text):
        if _ends(text[start : end.start() + 1], end["next"] or "", language):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return tuple(sentence for sentence in (*found, text[start:].strip()) if sentence)


def _ends(sentence: str, following: str, language: str) -> bool:
    """Whether a mark that may end a sentence does, judged by the words before it and the letter after it."""
    if following.islower():
        return False
    last = _LAST_WORD.search(sentence)
    if last is None:
        return True
    word = last[0][:-1]
    if word.isdigit():
        return language not in _ORDINALS
    if len(word) == 1 and word.upper() != word.lower() and word != "I":
        return False
    return word.casefold() not in _ABBREVIATIONS.get(language, "").split()
