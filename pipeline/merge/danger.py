"""What two like sources differ in that changes what they tell a reader to do.

Likeness is greatest where it is most dangerous: "Take 4 tablets" and "Take 8 tablets" are 93 % alike.
The words are English, the language of the source articles; numbers and variables are those of any language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from pipeline.placeables import Placeable, find, numbers

_NEGATIONS = (
    "not no never none nor neither nothing nobody cannot without unless except avoid stop "
    "don't doesn't didn't isn't aren't wasn't weren't won't can't couldn't shouldn't mustn't needn't"
)
_COUNTS = (
    "one two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand "
    "half once twice double triple"
)
_OPPOSITES = (
    "before after more less above below start increase decrease always rarely safe unsafe likely unlikely "
    "high low higher lower mild severe must may hourly daily weekly monthly"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_UNIT = re.compile(
    rf"(?:\d|\b(?:a|an|per|each|every|{'|'.join(_COUNTS.split())})\b)[\s-]*"
    r"(mc?g|[µμ]g|k?g|m?l|dl|iu|mmol|[mck]?m|°[cf]|(?:milli|micro|kilo)?grams?|(?:milli|centi)?lit(?:er|re)s?"
    r"|ounces?|oz|pounds?|lbs?|drops?|(?:tea|table)spoons?|tablets?|pills?|capsules?|puffs?|doses?"
    r"|seconds?|minutes?|hours?|days?|weeks?|months?|years?)(?![^\W\d_])"
)


@lru_cache(maxsize=4096)
def differences(old: str, new: str) -> tuple[str, ...]:
    """Each dangerous difference, as a translator reads it: ``number 4 → 8``; empty if there is none."""
    if old == new:
        return ()
    old_found, new_found = find(old), find(new)
    old_words, new_words = _without(old, old_found), _without(new, new_found)
    return (
        *_changed("variable", _variables(old_found), _variables(new_found)),
        *(difference for what, read in _READINGS for difference in _changed(what, read(old_words), read(new_words))),
    )


def _changed(what: str, old: Iterable[str], new: Iterable[str]) -> Iterator[str]:
    """The words that went and the words that came, each as often as it did."""
    before, after = Counter(old), Counter(new)
    if before != after:
        went, came = (before - after).elements(), (after - before).elements()
        yield f"{what} {', '.join(went) or 'none'} → {', '.join(came) or 'none'}"


def words_alone(text: str) -> str:
    """A text in small letters, without variables, tags and addresses."""
    return _without(text, find(text))


def _variables(found: Iterable[Placeable]) -> Iterator[str]:
    return (placeable.text for placeable in found if placeable.kind == "variable")


def _without(text: str, found: Iterable[Placeable]) -> str:
    """The words alone: a changed link or tag is no danger, whatever digits stand in it."""
    pieces, end = [], 0
    for placeable in found:
        if placeable.kind in ("variable", "tag", "url", "email"):
            pieces.append(text[end : placeable.start])
            end = placeable.end
    return " ".join([*pieces, text[end:]]).casefold()


def _numbers(text: str) -> Iterator[str]:
    return (format(number.normalize(), "f") for number in numbers(text))


def _units(text: str) -> Iterator[str]:
    return (unit.rstrip("s") for unit in _UNIT.findall(text))


def _among(words: str) -> Callable[[str], Iterator[str]]:
    """A reading that finds these words, which spaces part."""
    wanted = frozenset(words.split())
    return lambda text: (word for word in _WORD.findall(text.replace("’", "'")) if word in wanted)


_READINGS: tuple[tuple[str, Callable[[str], Iterator[str]]], ...] = (
    ("number", _numbers),
    ("unit", _units),
    ("count", _among(_COUNTS)),
    ("negation", _among(_NEGATIONS)),
    ("opposite", _among(_OPPOSITES)),
)
