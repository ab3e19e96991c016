"""Rules about the wording of safety text.

In a fresh translation meaning cannot be proved. These rules stop what cannot be right, and otherwise tell the
reviewer where to look.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pipeline.checks import cues
from pipeline.checks.language import left_as_is
from pipeline.checks.rules import Fault, Pair, message_rule
from pipeline.checks.units import Unit, spans
from pipeline.model import Severity

_LENGTH = {"Jpan": 0.45, "Hant": 0.33, "Hans": 0.33, "Kore": 0.5, "Arab": 0.88, "Hebr": 0.8, "Deva": 0.96, "Thai": 1.0}
"""How long a translation of English usually is, in characters of the script for one of the source; others 1.1."""

_HURT = "If you are thinking about hurting yourself, call {crisis.name} at {crisis.phone}. You do not have to go alone."


@message_rule(
    "safety/same-as-source",
    Severity.ERROR,
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
    flagged=(
        Pair("Do not stop taking your medicine.", "Arrêtez de prendre votre médicament.", safety="medicine"),
        Pair("Do not stop taking your medicine.", "薬の服用を中止してください。", "ja-JP", safety="medicine"),
    ),
    passed=(
        Pair("Do not stop taking your medicine.", "N’arrêtez pas de prendre votre médicament.", safety="medicine"),
        Pair("Do not stop taking your medicine.", "薬の服用を中止しないでください。", "ja-JP", safety="medicine"),
        Pair("Do not stop taking your medicine.", "Arrêtez.", safety=""),
    ),
)
def negation(unit: Unit) -> Iterator[Fault]:
    """The source of a safety message says "not" or "never", and its target shows no sign of it.

    "Do not stop" without its "not" is the worst mistake that still reads well. Some languages say it by a positive
    phrase, so this asks the reviewer to look.
    """
    source, target = unit.edition.source_locale.language, unit.edition.locale.language
    if unit.safety and cues.plainly_negated(unit.source, source) and not cues.negated(unit.target, target):
        yield Fault("The source has a negation and the translation shows none.", "Check that it says the same.")


@message_rule(
    "safety/too-short",
    Severity.ERROR,
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
    if unit.safety and _share(unit) < 0.25:
        text = f"The translation has about {_share(unit):.0%} of the length that one usually has."
        yield Fault(text, "Translate all of the source.")


@message_rule(
    "safety/length",
    Severity.WARNING,
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
    share = _share(unit)
    if unit.safety and (0.25 <= share < 0.6 or share > 2.5):
        text = f"The translation has about {share:.0%} of the length that one usually has."
        yield Fault(text, "Check that nothing was dropped or added.")


def _share(unit: Unit) -> float:
    """Length of the target by what is usual for its script, both without variables; 1 where nothing can be told."""
    source, target = _letters(unit.source), _letters(unit.target)
    script, from_script = unit.edition.locale.script, unit.edition.source_locale.script
    if unit.is_source or from_script != "Latn" or source < 6:
        return 1.0
    return target / (source * _LENGTH.get(script, 1.1))


def _letters(text: str) -> int:
    """How many letters, marks of letters, and digits stand outside variables."""
    for placeable in reversed(spans(text)):
        if placeable.kind == "variable":
            text = text[: placeable.start] + text[placeable.end :]
    return sum(unicodedata.category(char)[0] in "LMN" for char in text)
