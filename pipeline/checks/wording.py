"""Rules about the wording of safety text.

In a fresh translation meaning cannot be proved. These rules stop what cannot be right, and otherwise tell the
reviewer where to look.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks import concepts, cues, when
from pipeline.checks.language import left_as_is
from pipeline.checks.rules import Fault, Pair, message_rule
from pipeline.checks.units import Unit, spans
from pipeline.model import Severity

_LENGTH = {"Jpan": 0.45, "Hant": 0.33, "Hans": 0.33, "Kore": 0.5, "Arab": 0.88, "Hebr": 0.8, "Deva": 0.96, "Thai": 1.0}
"""How long a translation of English usually is, in letters and digits of the script for one of the source."""

_LENGTH_BY_LANGUAGE = {"de": 1.12, "es": 1.14, "fr": 1.19, "pt": 1.09}
"""The same by language, where scripts are too wide; others 1.1. Medians of the medical sentences of TICO-19."""

_SENTENCE = re.compile(r"[.!?؟]+(?=[\s\"'”»)\]*_]|$)|[。！？।]")

_STOPS = frozenset(".!?")
_NO_STOPS = frozenset({"th", "lo", "km"})
"""Languages that end a sentence with a space or with nothing."""

_VARIABLE = re.compile(r"\{[a-z]+\.[a-z]+\}")
_GAP = re.compile(r"(?<=\w)[ \u00a0]{2,}(?=[\w{])|(?<=\w) [,،、]")
"""Two spaces inside a sentence, or one before a comma: what is left where a word was."""

_HURT = "If you are thinking about hurting yourself, call {crisis.name} at {crisis.phone}. You do not have to go alone."


@message_rule(
    "safety/same-as-source",
    Severity.ERROR,
    when=when.safety,
    flagged=(Pair("Talk to your doctor now.", "Talk to your doctor now.", safety="see-a-provider"),),
    passed=(Pair("Talk to your doctor now.", "Parlez à votre médecin maintenant.", safety="see-a-provider"),),
)
def same_as_source(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message, or a long part of it, is the source text.

    It counts as translated everywhere, and the reader who needs it cannot read it.
    """
    if unit.safety:
        yield from left_as_is(unit)


@message_rule(
    "safety/typed-number",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Pair("Call {crisis.phone}.", "Appelez le 3114 ({crisis.phone}).", safety="crisis"),
        Pair("Call {crisis.phone}.", "Appelez le {crisis.phone} ou le 01 99 00 12 34.", safety="crisis"),
    ),
    passed=(Pair("Call {crisis.phone}.", "Appelez le {crisis.phone}, 24 h sur 24.", safety="crisis"),),
)
def typed_number(unit: Unit) -> Iterator[Fault]:
    """A safety message holds a phone number in its text.

    Numbers come from the registry, where each has a source, a check and an end. A number typed in a sentence has
    none of them, and stays when the line moves.
    """
    if unit.safety:
        for phone in (found for found in spans(unit.message.target) if found.kind == "phone"):
            text = f"The safety text has the number {phone.text} typed in it."
            yield Fault(text, "Use the variable of the source; other numbers belong in the registry.")


@message_rule(
    "safety/negation",
    Severity.WARNING,
    when=when.safety,
    flagged=(
        Pair("Do not stop taking your medicine.", "Arrêtez de prendre votre médicament.", safety="medicine"),
        Pair("Do not stop taking your medicine.", "薬の服用を中止してください。", "ja-JP", safety="medicine"),
        Pair("Call {crisis.phone}.", "N’appelez pas le {crisis.phone}.", safety="crisis"),
        Pair("Call {crisis.phone}.", "請勿撥打{crisis.phone}。", "zh-Hant-TW", safety="crisis"),
    ),
    passed=(
        Pair("If you are struggling, call.", "Wenn es Ihnen nicht gut geht, rufen Sie an.", "de-DE", safety="crisis"),
        Pair("Do not stop taking your medicine.", "N’arrêtez pas de prendre votre médicament.", safety="medicine"),
        Pair("Do not stop taking your medicine.", "薬の服用を中止しないでください。", "ja-JP", safety="medicine"),
        Pair("Do not stop taking your medicine.", "Arrêtez.", safety=""),
    ),
)
def negation(unit: Unit) -> Iterator[Fault]:
    """One of source and target of a safety message says "not" or "never", and the other shows no sign of it.

    "Do not stop" without its "not" is the worst mistake that still reads well, and so is "do not call". Some languages
    say by a positive phrase what others negate, so this asks the reviewer to look.
    """
    source, target = unit.edition.source_locale.language, unit.edition.locale.language
    if unit.safety and cues.plainly_negated(unit.source, source) and not cues.negated(unit.target, target):
        yield Fault("The source has a negation and the translation shows none.", "Check that it says the same.")
    added = cues.plainly_negated_target(unit.target, target) and not unit.is_source
    if unit.safety and added and not cues.may_be_negated(unit.source, source):
        yield Fault("The translation has a negation and the source shows none.", "Check that it says the same.")


@message_rule(
    "safety/concept-lost",
    Severity.WARNING,
    when=when.safety,
    flagged=(
        Pair(
            "If you are in danger, call {emergency.phone} now.",
            "En cas de danger, appelez le {emergency.phone}.",
            safety="emergency",
        ),
        Pair("If it lasts, see your doctor.", "Si cela dure, voyez vos amis.", safety="see-a-provider"),
    ),
    passed=(
        Pair(
            "If you are in danger, call {emergency.phone} now.",
            "Em perigo, ligue já para {emergency.phone}, se puder.",
            "pt-BR",
            safety="emergency",
        ),
        Pair("If it lasts, see your doctor.", "Si cela dure, consultez votre médecin.", safety="see-a-provider"),
        Pair("See your doctor.", "Voyez vos amis."),
    ),
)
def concept_lost(unit: Unit) -> Iterator[Fault]:
    """The source of a safety message says "if", "now", "doctor" or "danger", and its target shows no sign of it.

    A condition, the urgency or the person to ask is what makes such a sentence help. Words are all that this rule
    knows, so it asks the reviewer to look.
    """
    if not unit.safety or unit.is_source:
        return
    texts = both(unit)
    for concept in concepts.lost(*texts):
        yield Fault(f"The translation shows no sign of “{concept}”.", "Check that it says the same as the source.")
    if concepts.calmer(*texts):
        yield Fault("The translation says “now” less often than the source.", "Check that it is as urgent.")


@message_rule(
    "safety/concept-added",
    Severity.WARNING,
    when=when.safety,
    flagged=(
        Pair("Call {crisis.phone}.", "Appelez le {crisis.phone}. L’appel est gratuit.", safety="crisis"),
        Pair("Call {crisis.phone}.", "Envoyez un SMS au {crisis.phone}.", safety="crisis"),
        Pair("Call {crisis.phone}.", "Vous pourriez appeler le {crisis.phone}.", safety="crisis"),
    ),
    passed=(
        Pair("You can call {crisis.phone}.", "Vous pouvez appeler le {crisis.phone}.", safety="crisis"),
        Pair("Call {crisis.phone}.", "L’appel est gratuit."),
    ),
)
def concept_added(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message makes a claim, a condition or a doubt that its source shows no sign of.

    Whether a line is free, confidential or open at night is the registry's to say, for each region. "You might call"
    is not "call". Words are all that this rule knows, so it asks the reviewer to look.
    """
    for concept in concepts.added(*both(unit)) if unit.safety and not unit.is_source else ():
        yield Fault(f"The translation speaks of “{concept}”, the source does not.", "Check that it says the same.")


@message_rule(
    "safety/too-short",
    Severity.ERROR,
    when=when.safety,
    flagged=(Pair(_HURT, "…", safety="crisis"), Pair(_HURT, "{crisis.name} {crisis.phone}", safety="crisis")),
    passed=(
        Pair(
            _HURT,
            "Si vous pensez à vous faire du mal, appelez {crisis.name} au {crisis.phone}. Vous n’êtes pas seul.",
            safety="crisis",
        ),
        Pair(
            _HURT,
            "自分を傷つけることを考えているなら、{crisis.name}（{crisis.phone}）に電話してください。一人ではありません。",
            "ja-JP",
            safety="crisis",
        ),
    ),
)
def too_short(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message is far too short to say what the source says.

    A dash, three dots or a few words where the source has two sentences: something was dropped.
    """
    if unit.safety and share(unit) < 0.25:
        text = f"The translation has about {share(unit):.0%} of the length that one usually has."
        yield Fault(text, "Translate all of the source.")


@message_rule(
    "safety/length",
    Severity.WARNING,
    when=when.safety,
    flagged=(
        Pair(_HURT, "Si vous pensez à vous faire du mal, appelez {crisis.name} au {crisis.phone}.", safety="crisis"),
        Pair("Call now.", "Appelez tout de suite, si vous êtes citoyen du pays et assuré.", safety="emergency"),
    ),
    passed=(
        Pair(
            _HURT,
            "Si vous pensez à vous faire du mal, appelez {crisis.name} au {crisis.phone}. Vous n’êtes pas seul.",
            safety="crisis",
        ),
    ),
)
def length(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message is much shorter or longer than translations usually are.

    A sentence or a condition may have been dropped or added.
    """
    found = share(unit)
    if not unit.safety or unit.is_source:
        return
    source, target, _, language = both(unit)
    stops = language not in _NO_STOPS
    fewer = stops and sentence_count(target) < sentence_count(source) and found < 1
    more = stops and sentence_count(target) > sentence_count(source) and found > 1.15
    if 0.25 <= found < 0.65 or found > 2.5 or fewer or more:
        text = f"The translation has about {found:.0%} of the length that one usually has."
        yield Fault(text, "Check that nothing was dropped or added.")
    if stops and source.rstrip()[-1:] in _STOPS and target.rstrip()[-1:].isalpha():
        yield Fault("The source ends with a full stop, the translation in a word.", "Check that nothing is cut off.")


@message_rule(
    "safety/word-lost",
    Severity.WARNING,
    when=when.safety,
    flagged=(Pair("Your safety comes first.", "Votre  passe avant tout.", safety="violence"),),
    passed=(Pair("Your safety comes first.", "Votre sécurité passe avant tout.", safety="violence"),),
)
def word_lost(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message has two spaces inside a sentence, or a space before a comma.

    It is what is left where a word was deleted by accident, and that word may have been "not".
    """
    if unit.safety and not unit.is_source and _GAP.search(unit.message.target):
        yield Fault("The translation has a gap between two words.", "Check that no word was lost.")


def both(unit: Unit) -> tuple[str, str, str, str]:
    """Source and target without their variables, and the languages that they are in."""
    edition = unit.edition
    return (
        unicodedata.normalize("NFC", _VARIABLE.sub(" ", unit.source)),
        unicodedata.normalize("NFC", _VARIABLE.sub(" ", unit.target)),
        edition.source_locale.language,
        edition.locale.language,
    )


def share(unit: Unit) -> float:
    """Length of the target by what is usual for its script, both without variables; 1 where nothing can be told."""
    source, target = _letters(unit.source), _letters(unit.target)
    script, from_script = unit.edition.locale.script, unit.edition.source_locale.script
    if unit.is_source or from_script != "Latn" or source < 6:
        return 1.0
    usual = _LENGTH_BY_LANGUAGE.get(unit.edition.locale.language) or _LENGTH.get(script, 1.1)
    return target / (source * usual)


def sentence_count(text: str) -> int:
    """How many sentences a text has, as far as full stops tell; in Thai, which has none, spaces after them do not."""
    return sum(any(map(str.isalpha, part)) for part in _SENTENCE.split(text))


@lru_cache(maxsize=4096)
def _letters(text: str) -> int:
    """How many letters, marks of letters, and digits stand outside variables."""
    for placeable in reversed(spans(text)):
        if placeable.kind == "variable":
            text = text[: placeable.start] + text[placeable.end :]
    return sum(unicodedata.category(char)[0] in "LMN" for char in text)
