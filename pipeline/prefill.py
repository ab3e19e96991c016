"""Write suggestions into the messages that have no text yet.

Everything written is fuzzy and says where it comes from; nothing that a person wrote is touched, and
safety messages get nothing but what people accepted for that very source. What a machine offers is
judged here, in one place, whichever engine it came through: an empty target is safer than a wrong one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from pipeline import inline, placeables
from pipeline.errors import EngineError, MarkupError
from pipeline.model import Catalog, Key, Locale, Message, Refusal, State, Suggestion
from pipeline.remarks import without_explanations

__all__ = [
    "ORIGIN",
    "Answer",
    "Engine",
    "Prefilled",
    "Refused",
    "accepted",
    "ask",
    "error_text",
    "objection",
    "prefill",
    "waiting",
]

Answer: TypeAlias = Suggestion | Refusal

ORIGIN = "handrail: suggested by "
"""How the comment line begins that says where a suggestion comes from."""


class Engine(Protocol):
    """Whoever offers texts: the memory, or a machine."""

    @property
    def name(self) -> str:
        """As written in the settings: ``memory``, ``apertium``, ``deepl`` ..."""

    @property
    def machine(self) -> bool:
        """Whether its texts were made by a machine, so that no person ever accepted them."""

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key, in the same order; failures are refusals, not exceptions."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A message for which an engine offered nothing usable."""

    key: Key
    engine: str
    reason: str


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A catalog with suggestions, and the account of them."""

    catalog: Catalog
    counts: tuple[tuple[str, int], ...]
    """Engine and number of its suggestions, in the order in which the engines were asked."""

    refusals: tuple[Refused, ...]
    """Why messages are still empty, or why a later engine had to fill them."""


# --- the verb -----------------------------------------------------------------------------------


def prefill(
    catalog: Catalog, engines: Sequence[Engine], source: Locale, target: Locale, safety: frozenset[Key]
) -> Prefilled:
    """Ask the engines in order for each message without any text; the first good suggestion is written.

    ``safety`` are the keys of safety messages. Raises EngineError when an engine breaks its promise.
    """
    open_ = waiting(catalog)
    given: dict[Key, Suggestion] = {}
    counts: list[tuple[str, int]] = []
    refusals: list[Refused] = []
    for engine in engines:
        keys = [key for key in open_ if key not in given]
        before = len(given)
        for key, answer in zip(keys, ask(engine, keys, source, target, safety), strict=True):
            if isinstance(answer, Suggestion):
                given[key] = answer
            else:
                refusals.append(Refused(key, engine.name, answer.reason))
        counts.append((engine.name, len(given) - before))
    messages = tuple(
        _written(message, given[message.key]) if _is_open(message) and message.key in given else message
        for message in catalog.messages
    )
    return Prefilled(replace(catalog, messages=messages), tuple(counts), tuple(refusals))


def waiting(catalog: Catalog) -> list[Key]:
    """The messages that a suggestion may be written into."""
    return [message.key for message in catalog.messages if _is_open(message)]


def accepted(message: Message) -> Message:
    """The message without the line about its origin, once a person has accepted or emptied its text.

    ``update`` calls it on every message: a translator only has to take the fuzzy mark away.
    """
    if message.state is State.FUZZY:
        return message
    comments = tuple(line for line in message.comments if not line.startswith(ORIGIN))
    return message if comments == message.comments else replace(message, comments=comments)


def _is_open(message: Message) -> bool:
    """Nothing at all in it, so that nothing a person wrote can be lost; one text cannot fill plural forms."""
    return not (message.obsolete or message.source_plural or any(text.strip() for text in message.targets))


def _written(message: Message, suggestion: Suggestion) -> Message:
    origin = ORIGIN + " ".join(suggestion.origin.split())
    return replace(
        message,
        targets=(suggestion.text,),
        fuzzy=True,
        comments=(*(line for line in without_explanations(message.comments) if not line.startswith(ORIGIN)), origin),
        previous=suggestion.made_for,
    )


def ask(engine: Engine, keys: Sequence[Key], source: Locale, target: Locale, safety: frozenset[Key]) -> list[Answer]:
    """One judged answer for each key; a machine is never asked for a safety message.

    Raises EngineError when the engine breaks its promise.
    """
    allowed = [key for key in keys if not (engine.machine and key in safety)]
    answers = engine.suggest(allowed, source, target) if allowed else []
    if len(answers) != len(allowed):
        raise EngineError(
            f"The engine {engine.name} gave {len(answers)} answers to {len(allowed)} questions, so nobody "
            f"can tell which belongs to which. Take it out of the settings and report it."
        )
    judged = {key: _judged(engine, key, answer, target, safety) for key, answer in zip(allowed, answers, strict=True)}
    return [judged.get(key, Refusal("safety text is never made by a machine")) for key in keys]


def _judged(engine: Engine, key: Key, answer: Answer, target: Locale, safety: frozenset[Key]) -> Answer:
    if isinstance(answer, Refusal):
        return answer
    if key in safety and answer.made_for is not None:
        return Refusal("safety text is never taken from a near match")
    reason = objection(key, answer.text, target) if engine.machine else _markup_objection(key, answer.text)
    return Refusal(reason) if reason else answer


# --- what makes a suggestion unusable -------------------------------------------------------------


def objection(key: Key, text: str, target: Locale) -> str:
    """Why a machine's text is not fit to be shown to a translator; empty if it is."""
    if found := error_text(key.source, text):
        return f"the answer looks like an error message: {found}"
    if reason := _markup_objection(key, text):
        return reason
    source_words, target_words = _plain(key.source), _plain(text)
    if _invisibles(text) != _invisibles(key.source):
        return "the answer has other invisible characters than its source"
    if _numbers(source_words) != _numbers(target_words):
        return "the answer has other numbers than its source"
    if _kept(key.source) != _kept(text):
        return "the answer has other addresses or phone numbers than its source"
    if source_words == target_words and len(source_words.split()) >= 3:
        return "the answer is the source itself"
    if not _is_plausible(source_words, target_words):
        return f"the answer has {len(target_words)} characters for {len(source_words)} of its source"
    if not _is_in_script(target_words, target.script):
        return f"the answer is not written in the script of {target.tag} ({target.script})"
    return ""


_ERRORS = re.compile(
    r"""mymemory\ warning | query\ length\ limit | invalid\ (?:source|target|language\ pair) | no\ content
    | you\ used\ all\ available | select\ two\ distinct\ languages | error\ \d{3}\b | \b\d{3}\ error
    | \(server\ error\)!! | that.s\ an\ error | too\ many\ requests | quota\ (?:exceeded|reached)
    | (?:rate|usage|daily|request)\ limit | (?:bad|time-?out)\ gateway | gateway\ time-?out | service\ unavailable
    | internal\ server\ error | access\ denied | unusual\ traffic | captcha | invalid\ api\ key
    | <!doctype | <html\b | <body\b | <head\b | traceback\ \(most""",
    re.IGNORECASE | re.VERBOSE,
)
"""What providers are known to return with status 200 in the place of a translation."""


def error_text(source: str, text: str) -> str:
    """The words that show that an answer is an error message; empty if its source has them too."""
    found = _ERRORS.search(text)
    return "" if found is None or found.group().lower() in source.lower() else found.group()


def _markup_objection(key: Key, text: str) -> str:
    if not text.strip():
        return "the answer is empty"
    try:
        inline.conform(inline.parse(text), inline.parse(key.source))
    except MarkupError as error:
        return error.message
    return ""


def _plain(text: str) -> str:
    return inline.plain(inline.parse(text)).strip()


def _numbers(text: str) -> Counter[object]:
    return Counter(placeables.numbers(text))


def _invisibles(text: str) -> Counter[str]:
    return Counter(found.text for found in placeables.invisibles(text))


def _kept(text: str) -> Counter[str]:
    """What has to come back letter by letter."""
    return Counter(found.text for found in placeables.find(text) if found.kind in {"variable", "url", "email", "phone"})


def _is_plausible(source: str, target: str) -> bool:
    """Languages differ: Chinese takes a fifth of the characters of English, Greek half as many again."""
    return 0.12 * len(source) - 4 <= len(target) <= 3 * len(source) + 20


_SCRIPTS = {
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Kore": ("HANGUL", "CJK"),
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Grek": ("GREEK",),
    "Arab": ("ARABIC",),
    "Hebr": ("HEBREW",),
    "Deva": ("DEVANAGARI",),
    "Thai": ("THAI",),
    "Beng": ("BENGALI",),
}
"""ISO 15924 to the first word of the Unicode names of its letters; other scripts are not judged."""


def _is_in_script(text: str, script: str) -> bool:
    """Whether a third of the letters at least are of the script; names and acronyms may not be."""
    letters = [character for character in text if character.isalpha()]
    if script not in _SCRIPTS or len(letters) < 8:
        return True
    right = sum(unicodedata.name(letter, "").startswith(_SCRIPTS[script]) for letter in letters)
    return right * 3 >= len(letters)
