"""Rules about phone numbers typed in messages, for catalogs that have no variables for them.

A number is compared digit by digit with the source's, or with the registry of the locale's region where one is given.
In a project these rules have nothing to do: its numbers are variables, and the finished page is compared with the
registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline import placeables
from pipeline.checks import when
from pipeline.checks.dialling import contacts_of, digits_of, is_made_of, known_numbers
from pipeline.checks.rules import Fault, Pair, message_rule
from pipeline.checks.units import Unit
from pipeline.model import Contact, Edition, Severity

_GAP = r"[-./() \t\u00a0\u2007\u2009\u202f\u2010-\u2015\u2060\u2212]{0,3}"
_CRISIS = "If you are in crisis, call 1-800-662-4357 now."


@message_rule(
    "helpline/number-lost",
    Severity.ERROR,
    when=when.counting,
    flagged=(
        Pair(_CRISIS, "En cas de crise, appelez maintenant."),
        Pair(_CRISIS, "En cas de crise, appelez le 1-800-662-4375."),
        Pair("Call 911.", "Appelez le 15."),
        Pair("Call 911.", "اتصل بالرقم ٩١٢.", "ar-EG"),
    ),
    passed=(
        Pair(_CRISIS, "En cas de crise, appelez le 1 800 662 4357."),
        Pair("Call 911.", "اتصل بالرقم ٩١١.", "ar-EG"),
        Pair("Call 911.", "911に電話してください。", "ja-JP"),
        Pair("It helped 89 people in 2019.", "Elle a aidé 89 personnes en 2019."),
    ),
)
def number_lost(unit: Unit) -> Iterator[Fault]:
    """A phone number of the source is not in the target, and no number of the registry stands in its place.

    The reader of this language has nothing to dial, or dials somebody else. Where numbers differ by country, a
    registry says which one belongs there.
    """
    source, target = unit.message.key.source, unit.message.target
    shown = {contact.display for contact in registered(unit)}
    for digits, text in numbers(source).items() if source != target else ():
        if has_number(target, digits):
            continue
        instead = next((one for one in _same_kind(digits, unit.edition) if one.display in shown), None)
        if instead is None:
            advice = "Write the number of the source, or name a registry that knows the one of this region."
            yield Fault(f"The phone number {text} is missing from the translation.", advice)
        else:
            shown.discard(instead.display)


@message_rule(
    "helpline/number-unknown",
    Severity.ERROR,
    when=when.counting,
    flagged=(
        Pair(_CRISIS, "En cas de crise, appelez le 1-800-662-4375."),
        Pair("Ask for help.", "Demandez de l’aide au 01 99 00 99 99."),
    ),
    passed=(
        Pair(_CRISIS, "En cas de crise, appelez le 1 800 662 4357."),
        Pair("Ask for help.", "Appelez le 3114."),  # the sample's registry knows it
    ),
)
def number_unknown(unit: Unit) -> Iterator[Fault]:
    """The target has a phone number that neither the source has nor the registry of the locale's region.

    One wrong digit is another line: a dead one, a stranger's, or an expensive one.
    """
    known = known_numbers(unit.edition) | numbers(unit.message.key.source).keys()
    for digits, text in numbers(unit.message.target).items():
        if digits not in known and not is_made_of(text, known):
            advice = "Compare it with the source, digit by digit."
            yield Fault(f"The translation has the phone number {text}, which nothing vouches for.", advice)


def numbers(text: str) -> dict[str, str]:
    """What a reader would take for a phone number: its digits, and the text as it stands there."""
    found = placeables.phones(text)
    if not found:
        return {}
    return {
        placeables.phone_digits(one.text): "".join(char for char in one.text if char.isprintable()) for one in found
    }


def has_number(text: str, digits: str) -> bool:
    """Whether a text has these digits in a row, in any script and with whatever separators."""
    return re.search(_form(digits), placeables.fold_digits(text)) is not None


def registered(unit: Unit) -> tuple[Contact, ...]:
    """The registry's numbers of the locale's region that stand in the target."""
    if not unit.edition.registry.helplines:
        return ()
    contacts = contacts_of(unit.edition)
    return tuple(one for one in contacts if any(has_number(unit.message.target, form) for form in digits_of(one)))


def without_numbers(text: str, digits: Iterable[str]) -> str:
    """A text with these phone numbers blanked out, so that rules about amounts do not judge them again."""
    for one in sorted(digits, key=len, reverse=True):
        for match in re.finditer(_form(one), placeables.fold_digits(text)):
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return text


def _form(digits: str) -> str:
    return r"\+?(?<![0-9])" + _GAP.join(digits.removeprefix("+")) + r"(?![0-9])"


def _same_kind(digits: str, edition: Edition) -> tuple[Contact, ...]:
    """The numbers of the locale's region whose lines do what the line of a number of the source does."""
    lines = edition.registry.helplines.values()
    kinds = {line.kind for line in lines if any(digits in digits_of(contact) for contact in line.contacts)}
    known = {contact for line in lines if line.kind in kinds or not kinds for contact in line.contacts}
    return tuple(contact for contact in contacts_of(edition) if contact in known)
