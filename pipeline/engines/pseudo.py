"""Made-up translations into ``en-XA`` and ``ar-XB``, to see what real ones will do to a layout.

CLDR's two pseudo-locales are for testing: https://cldr.unicode.org/translation/pseudo-locales. In ``en-XA`` every
letter gets an accent and texts grow by a third, as English does in German or Finnish; in ``ar-XB`` the letters are
Arabic ones, so that the page runs from right to left. Brackets show where a text begins and ends: what stands
outside them was never translatable, and where one is missing a text was cut off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.model import Key, Locale, Refusal, Suggestion
from pipeline.prefill import Answer

__all__ = ["Pseudo"]

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒĝĥíĵķłḿñóþǫŕšŧúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶŁḾÑÓÞǪŔŠŦÚṼŴẊÝŽ",
)
_ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ابثدهفغحيجكلمنوپقرستعڤطخىزابثدهفغحيجكلمنوپقرستعڤطخىز",
)
_MARK = re.compile(r"(<[^<>]*>|\[X\d+X\])")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")


class Pseudo:
    """The engine."""

    name = "pseudo"
    machine = True

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key; a refusal for any locale that readers have."""
        del source
        made = {"XA": _accented, "XB": _arabic}.get(target.region)
        if made is None:
            return [Refusal(f"pseudo makes no texts for {target.tag}; it is for en-XA and ar-XB")] * len(keys)
        return [Suggestion(f"⟦{_outside_marks(key.source, made)}⟧", "pseudo") for key in keys]


def _outside_marks(text: str, made: Callable[[str], str]) -> str:
    return "".join(part if _MARK.fullmatch(part) else made(part) for part in _MARK.split(text))


def _accented(text: str) -> str:
    return _VOWEL.sub(lambda found: found[0] * 2, text).translate(_ACCENTED)


def _arabic(text: str) -> str:
    return text.translate(_ARABIC)
