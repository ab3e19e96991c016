"""A few texts whose translation is known, sent before any other: a machine that fails on them is not used.

The names of the weekdays come from CLDR in both languages, so every pair of languages has its canary. What is
shown by it: that the answer is in the right language, whole, with its numbers and markup, and, where the gate knows
the signs of a negation, that "do not" is still one.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from pipeline import locales
from pipeline.checks import cues
from pipeline.engines.spending import Purse
from pipeline.model import Key, Locale, Refusal
from pipeline.prefill import Answer, Engine, objection

__all__ = ["Canary", "texts"]

_NEGATED = {"en": "Do not take these tablets."}
"""By language; the others have no such canary."""

_KNOWN_DAYS = 5
"""Of the seven; languages have more than one name for some."""


class Canary:
    """An engine around an engine, which is asked for nothing before it has passed.

    Nothing is tried where ``purse`` says that nothing is sent.
    """

    machine = True

    def __init__(self, engine: Engine, purse: Purse) -> None:
        self.engine = engine
        self.name = engine.name
        self._purse = purse
        self._lock = threading.Lock()
        self._found: dict[tuple[str, str], str] = {}

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """What the engine says, or for each key why it is not asked."""
        if self._purse.closed or not keys:
            return self.engine.suggest(keys, source, target)
        with self._lock:
            pair = (source.tag, target.tag)
            if pair not in self._found:
                self._found[pair] = self._trouble(source, target)
        if trouble := self._found[pair]:
            return [Refusal(f"{self.name} is not used in this run: {trouble}")] * len(keys)
        return self.engine.suggest(keys, source, target)

    def _trouble(self, source: Locale, target: Locale) -> str:
        """What is wrong with the engine today; empty if nothing shows."""
        asked = texts(source)
        answers = self.engine.suggest([Key(text) for text in asked], source, target)
        for text, answer in zip(asked, answers, strict=True):
            if isinstance(answer, Refusal):
                return answer.reason
            if reason := _wrong(text, answer.text, source, target):
                return f"of a text with a known translation, {reason}"
        return ""


def texts(source: Locale) -> list[str]:
    """What is asked, in the source language."""
    days = locales.weekdays(source)
    plain = locales.list_of(days, source)
    marked = f"**{days[0]}** 14, [{days[2]}](https://example.org/) 250"
    negated = [_NEGATED[source.language]] if source.language in _NEGATED else []
    return [plain, marked, *negated]


def _wrong(text: str, answer: str, source: Locale, target: Locale) -> str:
    if reason := objection(Key(text), answer, target):
        return reason
    if text == texts(source)[0] and (missing := _missing_days(answer, source, target)) > 7 - _KNOWN_DAYS:
        return f"the answer lacks {missing} of the seven weekdays"
    if text in _NEGATED.values() and not cues.negated(answer, target.language):
        return "the answer has lost its negation"
    return ""


def _missing_days(answer: str, source: Locale, target: Locale) -> int:
    """How many weekdays are not named in the target language; none where CLDR knows no names of its own."""
    names = locales.weekdays(target)
    if names == locales.weekdays(source):
        return 0
    short = [locales.weekday(day, target).rstrip(".") for day in range(7)]
    folded = answer.casefold()
    return sum(
        name.casefold() not in folded and (len(brief) < 2 or brief.casefold() not in folded)
        for name, brief in zip(names, short, strict=True)
    )
