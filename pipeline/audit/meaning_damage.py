"""Damage to the text of one safety message that reads well and says something else."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline import helplines
from pipeline.audit.making import rewording
from pipeline.audit.operators import Operator
from pipeline.audit.phrases import PHRASES, Phrases, swapped
from pipeline.audit.subject import Sentence
from pipeline.model import Contact

_PHONE = re.compile(r"\{\w+\.phone\}")
_END = re.compile(r"[.。।]?$")
_FULLWIDTH = str.maketrans("{.}", "｛．｝")
_NATIVE = {
    "ar": "٠١٢٣٤٥٦٧٨٩",
    "hi": "०१२३४५६७८९",
    "th": "๐๑๒๓๔๕๖๗๘๙",
    "ja": "０１２３４５６７８９",
    "zh": "０１２３４５６７８９",
}


def _swap(sentence: Sentence, field: str) -> str | None:
    words = PHRASES.get(sentence.language)
    return swapped(sentence.text, getattr(words, field)) if words else None


def _added(sentence: Sentence, choose: Callable[[Phrases], str]) -> str | None:
    words = PHRASES.get(sentence.language)
    return sentence.text + choose(words) if words and _PHONE.search(sentence.text) else None


def _contact(sentence: Sentence) -> Contact | None:
    """The number that the sentence shows."""
    found = _PHONE.search(sentence.text)
    edition = sentence.subject.edition
    line = found and helplines.resolve(edition.registry, edition.locale, found[0][1:].partition(".")[0])
    return helplines.phone_contact(line) if line else None


def _typed(sentence: Sentence, number: str) -> str | None:
    return _PHONE.sub(number, sentence.text, count=1) if _PHONE.search(sentence.text) else None


def _with_number(sentence: Sentence, number: str) -> str | None:
    words = PHRASES.get(sentence.language)
    if not words or not _PHONE.search(sentence.text):
        return None
    return _PHONE.sub(lambda match: match[0] + words.number % number, sentence.text, count=1)


# --- negation, modality, urgency, condition, actor ----------------------------------------------


@rewording("meaning/negation-lost", "negation or modality")
def negation_lost(sentence: Sentence) -> str | None:
    """A negation is taken out: "do not stop" becomes "stop"."""
    return _swap(sentence, "positive")


@rewording("meaning/negation-added", "negation or modality")
def negation_added(sentence: Sentence) -> str | None:
    """A negation is put in: "call" becomes "do not call"."""
    return _swap(sentence, "negative")


@rewording("meaning/refusal-added", "negation or modality")
def refusal_added(sentence: Sentence) -> str | None:
    """A sentence says that help is not available."""
    return _added(sentence, lambda words: words.refusal)


@rewording("meaning/weakened", "negation or modality")
def weakened(sentence: Sentence) -> str | None:
    """A request becomes an option: "call" becomes "you might call"."""
    return _swap(sentence, "weaker")


@rewording("meaning/urgency-lost", "urgency weakened")
def urgency_lost(sentence: Sentence) -> str | None:
    """The word "now" is lost."""
    return _swap(sentence, "calm")


@rewording("meaning/later", "urgency weakened")
def later(sentence: Sentence) -> str | None:
    """The word "now" becomes "tomorrow"."""
    return _swap(sentence, "later")


@rewording("meaning/condition-added", "condition")
def condition_added(sentence: Sentence) -> str | None:
    """A condition is added: only with health insurance."""
    return _added(sentence, lambda words: words.condition)


@rewording("meaning/condition-lost", "condition")
def condition_lost(sentence: Sentence) -> str | None:
    """The clause that says for whom it is, before the first comma, is lost."""
    head, comma, rest = (
        re.split(r"([,،、，]\s*)", sentence.text, maxsplit=1) if re.search("[,،、，]", sentence.text) else ("", "", "")
    )
    return rest[:1].upper() + rest[1:] if comma and len(head) > 8 and "**" not in head else None


@rewording("meaning/actor-changed", "actor changed")
def actor_changed(sentence: Sentence) -> str | None:
    """It is about somebody else than the reader."""
    return _swap(sentence, "actor")


@rewording("meaning/doctor-lost", "actor changed")
def doctor_lost(sentence: Sentence) -> str | None:
    """Readers are sent to friends in the place of a doctor."""
    return _swap(sentence, "friend")


# --- channel and claims -------------------------------------------------------------------------


@rewording("meaning/text-for-call", "wrong channel")
def text_for_call(sentence: Sentence) -> str | None:
    """Readers are told to send a message to a number for calls."""
    return _swap(sentence, "texting")


@rewording("claim/free", "wrong claim")
def free(sentence: Sentence) -> str | None:
    """The text says that the call is free, which the source does not."""
    return _added(sentence, lambda words: words.free)


@rewording("claim/confidential", "wrong claim")
def confidential(sentence: Sentence) -> str | None:
    """The text says that the call is confidential, which the source does not."""
    return _added(sentence, lambda words: words.confidential)


@rewording("claim/always-open", "wrong claim")
def always_open(sentence: Sentence) -> str | None:
    """The text says that the line is open day and night, which the source does not."""
    return _added(sentence, lambda words: words.always)


@rewording("claim/languages", "wrong claim")
def languages(sentence: Sentence) -> str | None:
    """The text says which languages the line speaks, which the source does not."""
    return _added(sentence, lambda words: words.spanish)


# --- numbers ------------------------------------------------------------------------------------


@rewording("number/typed", "placeholder broken")
def typed(sentence: Sentence) -> str | None:
    """The right number is typed in the place of its variable."""
    contact = _contact(sentence)
    return _typed(sentence, contact.display) if contact else None


@rewording("number/typed-wrong", "wrong digit")
def typed_wrong(sentence: Sentence) -> str | None:
    """The number is typed in the place of its variable, with one digit wrong."""
    contact = _contact(sentence)
    return _typed(sentence, contact.display[:-1] + str((int(contact.display[-1]) + 1) % 10)) if contact else None


@rewording("number/native-digits", "digits of another script")
def native_digits(sentence: Sentence) -> str | None:
    """The number is typed in the digits of the language's own script."""
    contact, digits = _contact(sentence), _NATIVE.get(sentence.language)
    if not contact or not digits:
        return None
    return _typed(sentence, contact.display.translate(str.maketrans("0123456789", digits)))


@rewording("number/other-country", "wrong country")
def other_country(sentence: Sentence) -> str | None:
    """The emergency number of the United States, or of Europe, is typed in."""
    return _typed(sentence, "112" if sentence.subject.edition.locale.region == "US" else "911")


@rewording("number/former", "dead number")
def former(sentence: Sentence) -> str | None:
    """A number that no longer answers is typed in."""
    return _typed(sentence, "1-800-273-8255")


@rewording("number/added", "wrong service")
def added(sentence: Sentence) -> str | None:
    """A second number, which no registry knows, is added."""
    return _with_number(sentence, "01 99 00 98 76")


@rewording("number/short-code-added", "wrong service")
def short_code_added(sentence: Sentence) -> str | None:
    """A second short number is added."""
    return _with_number(sentence, "4411")


@rewording("number/spelled-out", "wrong digit")
def spelled_out(sentence: Sentence) -> str | None:
    """The number is spelled out in English words."""
    return _typed(sentence, "nine one one")


@rewording("number/prefixed", "wrong digit")
def prefixed(sentence: Sentence) -> str | None:
    """A zero is typed before the variable of a number, as if for an outside line."""
    return _PHONE.sub(r"0\g<0>", sentence.text, count=1)


@rewording("number/extended", "wrong digit")
def extended(sentence: Sentence) -> str | None:
    """A digit is typed right behind the variable of a number."""
    return _PHONE.sub(r"\g<0>5", sentence.text, count=1)


@rewording("number/keypad-code", "wrong digit")
def keypad_code(sentence: Sentence) -> str | None:
    """A code for the keypad is typed before the variable of a number."""
    return _PHONE.sub(r"#31#\g<0>", sentence.text, count=1)


@rewording("number/account", "wrong service")
def account(sentence: Sentence) -> str | None:
    """An account in a messenger is added, which no registry knows."""
    return _PHONE.sub(r"\g<0> (Telegram: @help_bot)", sentence.text, count=1)


@rewording("number/count-added", "wrong claim")
def count_added(sentence: Sentence) -> str | None:
    """The text says to call three times."""
    return _added(sentence, lambda words: words.thrice)


# --- variables ----------------------------------------------------------------------------------


@rewording("variable/lost", "placeholder broken")
def lost(sentence: Sentence) -> str | None:
    """The variable of a number is deleted."""
    return _typed(sentence, "")


@rewording("variable/name-lost", "placeholder broken")
def name_lost(sentence: Sentence) -> str | None:
    """The variable of a name is deleted."""
    return re.sub(r"\{\w+\.name\}", "", sentence.text, count=1)


@rewording("variable/renamed", "placeholder broken")
def renamed(sentence: Sentence) -> str | None:
    """The field of a variable is renamed."""
    return sentence.text.replace(".phone}", ".telephone}", 1)


@rewording("variable/translated", "placeholder broken")
def translated(sentence: Sentence) -> str | None:
    """The name of a variable is translated."""
    return sentence.text.replace("{crisis.", "{crise.", 1).replace("{emergency.", "{urgence.", 1)


@rewording("variable/capital", "placeholder broken")
def capital(sentence: Sentence) -> str | None:
    """A variable is written with a capital letter."""
    return _PHONE.sub(lambda match: "{" + match[0][1:].capitalize(), sentence.text, count=1)


@rewording("variable/spaced", "placeholder broken")
def spaced(sentence: Sentence) -> str | None:
    """A variable has spaces inside its braces."""
    return _PHONE.sub(lambda match: f"{{ {match[0][1:-1]} }}", sentence.text, count=1)


@rewording("variable/brace-lost", "placeholder broken")
def brace_lost(sentence: Sentence) -> str | None:
    """A variable lost its closing brace."""
    return sentence.text.replace(".phone}", ".phone", 1)


@rewording("variable/full-width", "placeholder broken")
def full_width(sentence: Sentence) -> str | None:
    """A variable is written in full-width characters."""
    return _PHONE.sub(lambda match: match[0].translate(_FULLWIDTH), sentence.text, count=1)


@rewording("variable/template-syntax", "placeholder broken")
def template_syntax(sentence: Sentence) -> str | None:
    """A variable is written as templates write it."""
    return _PHONE.sub(lambda match: f"{{{match[0]}}}", sentence.text, count=1)


@rewording("variable/other-role", "wrong service")
def other_role(sentence: Sentence) -> str | None:
    """The variable is that of another line of the region."""
    return (
        sentence.text.replace("{crisis.", "{emergency.").replace("{referral.", "{crisis.")
        if ("{crisis." in sentence.text or "{referral." in sentence.text)
        else sentence.text.replace("{emergency.", "{crisis.")
    )


@rewording("variable/doubled", "duplicate or contradiction")
def doubled(sentence: Sentence) -> str | None:
    """A variable stands twice."""
    return _PHONE.sub(r"\g<0> (\g<0>)", sentence.text, count=1)


@rewording("variable/name-for-number", "placeholder broken")
def name_for_number(sentence: Sentence) -> str | None:
    """The name stands where the number belongs, too."""
    return sentence.text.replace(".phone}", ".name}", 1) if ".name}" in sentence.text else None


@rewording("variable/name-typed", "wrong service")
def name_typed(sentence: Sentence) -> str | None:
    """The name of another service is typed in the place of the name."""
    return re.sub(r"\{\w+\.name\}", "National CARES Line", sentence.text, count=1)


OPERATORS = tuple(value for value in list(globals().values()) if isinstance(value, Operator))
"""All of the above, in their order."""
