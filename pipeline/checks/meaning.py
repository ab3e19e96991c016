"""Rules about safety text that says the opposite, or lost what it is about: where fixed phrases leave no doubt.

:mod:`.wording` has the rules that only ask the reviewer to look. These close the gate, so each is kept to phrases that
good translations were never seen to have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks import concepts, cues, instructions, when
from pipeline.checks.rules import Fault, Pair, message_rule
from pipeline.checks.units import Unit, spans
from pipeline.checks.wording import both, sentence_count, share
from pipeline.model import Severity

_SAME = "Say what the source says."
_CRISIS = (
    "If you are thinking about hurting yourself, call {crisis.name} at {crisis.phone}. You do not have to go alone."
)
_ACCOUNT = re.compile(
    r"(?<![\w.])@\w{3,}|\b(?:telegram|whats ?app|viber|wechat|messenger|facebook|instagram|snapchat|tiktok|discord)\b",
    re.IGNORECASE,
)
_SURE = ("doctor", "danger")
"""Concepts with so few words in a language that all of them are known."""


@message_rule(
    "safety/prohibition-lost",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Pair("Do not stop taking your medicine.", "Arrêtez de prendre votre médicament.", safety="medicine"),
        Pair("Do not stop taking your medicine.", "薬の服用を中止してください。", "ja-JP", safety="medicine"),
    ),
    passed=(
        Pair("Do not stop taking your medicine.", "Évitez d’arrêter votre médicament.", safety="medicine"),
        Pair("Do not hesitate to call.", "Appelez donc.", safety="crisis"),
        Pair("You do not have to go alone.", "Jemand geht mit Ihnen.", "de-DE", safety="crisis"),
    ),
)
def prohibition_lost(unit: Unit) -> Iterator[Fault]:
    """The source of a safety message forbids something, and its target has no negation at all.

    "Do not stop your medicine" without its "not" tells readers to stop it.
    """
    source, target, source_language, language = both(unit)
    if _translated(unit) and instructions.forbids(source, source_language) and not cues.negated(target, language):
        yield Fault("The source says “do not” or “never”, and the translation has no negation.", _SAME)


@message_rule(
    "safety/help-forbidden",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Pair("Call {crisis.phone}.", "N’appelez pas le {crisis.phone}.", safety="crisis"),
        Pair("Call {crisis.phone}.", "請勿撥打{crisis.phone}。", "zh-Hant-TW", safety="crisis"),
        Pair("Call {crisis.phone}.", "Rufen Sie die {crisis.phone} nicht an.", "de-DE", safety="crisis"),
        Pair("Call {crisis.phone}.", "Appelez le {crisis.phone}. Aucune aide n’est disponible.", safety="crisis"),
    ),
    passed=(
        Pair("Call {crisis.phone}.", "N’hésitez pas à appeler le {crisis.phone}.", safety="crisis"),
        Pair("Do not call {crisis.phone} for this.", "N’appelez pas le {crisis.phone} pour cela.", safety="crisis"),
        Pair("Call. It is not your fault.", "Rufen Sie an. Es liegt nicht an Ihnen.", "de-DE", safety="crisis"),
    ),
)
def help_forbidden(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message tells readers not to ask for help, or that there is none; its source does not.

    It is the worst thing that such a sentence can say, and it reads well.
    """
    if _translated(unit) and instructions.turned("forbidden", *_texts(unit)):
        yield Fault("The translation says not to call or ask, or that there is no help; the source does not.", _SAME)


@message_rule(
    "safety/doubt-added",
    Severity.ERROR,
    when=when.safety,
    flagged=(Pair("Call {crisis.phone}.", "Vous pourriez peut-être appeler le {crisis.phone}.", safety="crisis"),),
    passed=(
        Pair("You can call {crisis.phone}.", "Vous pourriez appeler le {crisis.phone}.", safety="crisis"),
        Pair("Call. They can help.", "Appelez. Ils pourraient vous aider.", safety="crisis"),
    ),
)
def doubt_added(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message makes a plain request something that readers might do.

    "You might call" leaves to somebody in danger what "call" does not.
    """
    if _translated(unit) and instructions.turned("doubted", *_texts(unit)):
        yield Fault("The translation says “might” or “perhaps” where the source tells readers what to do.", _SAME)


@message_rule(
    "safety/channel-changed",
    Severity.ERROR,
    when=when.safety,
    flagged=(Pair("Call {crisis.phone}.", "Envoyez un SMS au {crisis.phone}.", safety="crisis"),),
    passed=(
        Pair("Call or text {crisis.phone}.", "Appelez le {crisis.phone} ou envoyez un SMS.", safety="crisis"),
        Pair("See your doctor.", "Envoyez un SMS à votre médecin.", safety="see-a-provider"),
    ),
)
def channel_changed(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message has readers write to a number that its source has them call.

    A line that takes calls need not take messages, and nobody says so to who waits for an answer.
    """
    if _translated(unit) and _called(unit) and instructions.turned("written to", *_texts(unit)):
        yield Fault("The translation speaks of a message to the line, the source of a call.", _SAME)


@message_rule(
    "safety/contact-invented",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Pair("Call {crisis.phone}.", "Appelez le {crisis.phone} ou @aide_bot.", safety="crisis"),
        Pair("Call {crisis.phone}.", "Appelez le {crisis.phone} sur WhatsApp.", safety="crisis"),
    ),
    passed=(
        Pair("Call or use WhatsApp.", "Appelez ou utilisez WhatsApp.", safety="crisis"),
        Pair("Call {crisis.phone}.", "Appelez le {crisis.phone}.", safety="crisis"),
    ),
)
def contact_invented(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message names a messenger or an account that its source does not.

    Who answers there is known to nobody who checked the helplines.
    """
    source = unit.source.casefold()
    for name in _ACCOUNT.findall(unit.target) if _translated(unit) else ():
        if name.casefold() not in source:
            yield Fault(f"The translation names {name}, the source does not.", "Contacts belong in the registry.")


@message_rule(
    "safety/condition-added",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Pair("Call {crisis.phone}.", "Appelez le {crisis.phone}, seulement si vous êtes assuré.", safety="crisis"),
    ),
    passed=(
        Pair(
            "Call {crisis.phone}. You need no insurance.",
            "Appelez le {crisis.phone}. Aucune assurance n’est demandée.",
            safety="crisis",
        ),
        Pair("See your doctor.", "Voyez votre médecin, même sans assurance.", safety="see-a-provider"),
    ),
)
def condition_added(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message speaks of insurance, citizens or "only if" beside a number; its source does not.

    Whoever has no insurance then does not call.
    """
    if _translated(unit) and _called(unit) and "insurance" in set(concepts.added(*both(unit))):
        yield Fault("The translation names a condition for the call, the source none.", _SAME)


@message_rule(
    "safety/concept-missing",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Pair("If it lasts, see your doctor.", "Si cela dure, voyez vos amis.", safety="see-a-provider"),
        Pair("If you are in danger, call.", "Si vous voulez, appelez.", safety="emergency"),
        Pair(
            "If you are in danger, call {emergency.phone} now.",
            "En cas de danger, appelez demain le {emergency.phone}.",
            safety="emergency",
        ),
    ),
    passed=(
        Pair("If it lasts, see your doctor.", "Si cela dure, consultez un généraliste.", safety="see-a-provider"),
        Pair("If you are in danger, call.", "En cas d’urgence, appelez.", safety="emergency"),
        Pair("If it lasts, see your doctor.", "Si cela dure, voyez vos amis."),
    ),
)
def concept_missing(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message names no doctor, or no danger, or puts off what the source wants at once.

    Each language has few words for these, and none of them is there: the text is about something else.
    """
    if not _translated(unit):
        return
    texts = both(unit)
    lost = set(concepts.lost(*texts))
    for concept in _SURE:
        if concept in lost:
            yield Fault(f"The translation has no word for “{concept}”, which the source speaks of.", _SAME)
    if ("now" in lost or concepts.calmer(*texts)) and "later" in set(concepts.added(*texts)):
        yield Fault("The source says “now”, the translation another time.", _SAME)


@message_rule(
    "safety/sentence-lost",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Pair(_CRISIS, "Si vous pensez à vous faire du mal, appelez {crisis.name} au {crisis.phone}.", safety="crisis"),
        Pair(_CRISIS, "Vous n’avez pas à rester dans la solitude face à cela.", safety="crisis"),
    ),
    passed=(
        Pair(
            _CRISIS,
            "Si vous pensez à vous faire du mal, appelez {crisis.name} au {crisis.phone} ; vous ne devez pas"
            " rester dans la solitude.",
            safety="crisis",
        ),
    ),
)
def sentence_lost(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message has fewer sentences, or no condition, and is too short to say it otherwise.

    Translators may well join two sentences, but then the text does not become shorter by a quarter as well.
    """
    source, target, source_language, language = both(unit)
    if not _translated(unit) or concepts.says("if", target, language) is None:
        return  # of other languages it is not known well enough how long they are
    length = share(unit)
    fewer = sentence_count(target) < sentence_count(source)
    unconditional = "if" in set(concepts.lost(source, target, source_language, language))
    if 0.25 <= length < 0.7 and (fewer or unconditional):
        what = "fewer sentences" if fewer else "no condition"
        text = f"The translation has {what}, and about {length:.0%} of the length that one usually has."
        yield Fault(text, "Translate all of the source.")


def _called(unit: Unit) -> bool:
    """Whether the source shows a number to call."""
    return ".phone}" in unit.source or any(span.kind == "phone" for span in spans(unit.source))


def _translated(unit: Unit) -> bool:
    return bool(unit.safety) and not unit.is_source


def _texts(unit: Unit) -> tuple[str, str, str, str]:
    """Source and target with their variables, beside which phrases stand, and the languages that they are in."""
    edition = unit.edition
    return unit.source, unit.target, edition.source_locale.language, edition.locale.language
