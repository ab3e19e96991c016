"""Words that turn the meaning of a sentence round while hardly changing its letters.

"Take 4 tablets" and "Do not take 8 tablets" are alike to any measure of likeness, so likeness alone must not
decide whether one text may stand in for the other.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline import placeables

__all__ = ["WORDS", "agree"]

_ENGLISH = """
not no nor never none nobody nothing nowhere neither without cannot unless except only until hardly rarely
always often sometimes may might must should can could will would and or if but
stop start avoid before after above below over under inside outside with
more less most least increase decrease raise lower low high higher better worse all any some both either each every
safe unsafe healthy unhealthy harmful helpful allowed forbidden yes possible impossible
half double once twice one two three four five six seven eight nine ten twelve twenty hundred thousand
second seconds minute minutes hour hours hourly day days daily week weeks weekly month months monthly year years
mcg microgram micrograms mg milligram milligrams g gram grams kg kilogram kilograms iu unit units mmol
ml milliliter milliliters millilitre millilitres l liter liters litre litres drop drops spoon spoons
teaspoon teaspoons tablespoon tablespoons tablet tablets capsule capsules pill pills percent
cm m km inch inches foot feet adult adults child children baby babies
"""

WORDS = {"en": frozenset(_ENGLISH.split())}
"""By source language: negations, limits, quantities, units, and who is meant."""


def agree(one: str, other: str, language: str) -> bool:
    """Whether two sources have the same numbers, by value, and the same words that turn a meaning round."""
    if Counter(placeables.numbers(one)) != Counter(placeables.numbers(other)):
        return False
    return _turning(one, language) == _turning(other, language)


def _turning(text: str, language: str) -> Counter[str]:
    plain = re.sub(r"n['’]t\b", " not", text.lower())
    return Counter(word for word in re.findall(r"\w+", plain) if word in WORDS[language])
