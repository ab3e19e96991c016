"""Which of some entries is near enough to a text to be shown to its translator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.checks import cues
from pipeline.engines.memory.store import Entry
from pipeline.merge.danger import differences
from pipeline.model import Locale

__all__ = ["NEAR", "Match", "is_judged", "ranked"]

NEAR = 75.0
"""The least likeness of a near match in percent; Weblate's and the toolkit's default is about the same."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and how like its source is to a text."""

    entry: Entry
    score: float
    """Per cent."""

    dangers: tuple[str, ...]
    """What could turn the meaning round: ``number 4 → 8``."""


def is_judged(source: Locale) -> bool:
    """Whether a negation of the language can be told from other words; where not, no near match is safe."""
    return cues.knows_negations(source.language)


def ranked(text: str, entries: Sequence[Entry], source: Locale, least: float = NEAR) -> Iterator[Match]:
    """The entries that are like enough, the likest first, each judged when it is asked for."""
    scored = ((fuzz.ratio(text, entry.source, score_cutoff=least), entry) for entry in entries)
    for score, entry in sorted(((score, entry) for score, entry in scored if score), key=lambda one: (-one[0], one[1])):
        yield Match(entry, score, _dangers(entry.source, text, source.language))


def _dangers(old: str, new: str, language: str) -> tuple[str, ...]:
    """English is read by its words; of other languages numbers, units, number words and negations are known."""
    found = differences(old, new)
    if language == "en":
        return found
    before, after = cues.number_words(old, language), cues.number_words(new, language)
    if before != after:
        found = (*found, "a number word")
    if Counter(cues.negations(old, language)) != Counter(cues.negations(new, language)):
        found = (*found, "a negation")
    return found
