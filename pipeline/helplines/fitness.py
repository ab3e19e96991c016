"""What makes an entry unfit to be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.helplines.facts import facts_hash, roles
from pipeline.model import NO_LINE, Contact, Helpline, Place, Policy, Registry

__all__ = ["RECHECK_AFTER", "Problem", "problems"]

RECHECK_AFTER = timedelta(days=366)
"""How long a verification holds. In any year about one region in five changes a number, cost or channel."""

_KINDS_FOR_ROLE = {
    "emergency": {"emergency"},
    "crisis": {"suicide-prevention", "emotional-support", "mental-health"},
    "referral": {"referral", "mental-health"},
}
"""A line that refers to treatment is no crisis line, nor the other way round: the sentences would be untrue."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an entry must not be shown, as one sentence, and what to do, as another."""

    place: Place
    text: str
    advice: str


def problems(registry: Registry, region: str, today: date, policy: Policy, language: str = "") -> Iterator[Problem]:
    """Everything that makes a helpline in a role of ``region`` unfit to be shown on the day ``today``.

    ``language``: of its readers; empty for those who have no lines of their own within the region.

    So does a role that says "none" while the registry holds a line for it: one of the two is wrong.

    Nothing is yielded for what the registry does not declare: :func:`pipeline.helplines.resolve` raises for it.
    """
    declared = roles(registry, region, language)
    for role, id in declared.items():
        helpline = registry.helplines.get(id)
        if id == NO_LINE:
            yield from _left_out(registry, region, role)
        if helpline is None:
            continue
        found = [*_problems(helpline, role, today, policy), *_company(helpline, declared.values())]
        for text, advice in found:
            yield Problem(helpline.place, f"The helpline {id!r} of {region} {text}.", advice)


def _left_out(registry: Registry, region: str, role: str) -> Iterator[Problem]:
    for line in registry.helplines.values():
        whole = line.region == region and not line.subdivision
        if whole and line.status == "active" and line.kind in _KINDS_FOR_ROLE.get(role, ()):
            text = f"The helpline {line.id!r} of {region} fits the role {role!r}, and the region says that it has none."
            yield Problem(line.place, text, f"Give the role the line, or retire the line if it is no {role} line.")


def _problems(helpline: Helpline, role: str, today: date, policy: Policy) -> Iterator[tuple[str, str]]:
    yield from _standing(helpline, today)
    yield from _verification(helpline, today, policy)
    yield from _role(helpline, role)
    for contact in helpline.contacts:
        yield from _number(helpline, contact)


def _standing(helpline: Helpline, today: date) -> Iterator[tuple[str, str]]:
    if helpline.status != "active":
        yield f"is {helpline.status}", "Give the role another helpline, or settle the dispute and verify the entry."
    if helpline.confidence not in ("A", "B"):
        yield f"has the confidence {helpline.confidence}", "Find an official page or two independent sources."
    if helpline.valid_from and today < helpline.valid_from:
        yield f"is not valid before {helpline.valid_from}", "Keep the present line in the role until that day."
    if helpline.valid_to and today > helpline.valid_to:
        replacement = helpline.replaced_by or "what replaced it"
        yield f"was valid only until {helpline.valid_to}", f"Give the role {replacement}, once that is verified."
    if helpline.replaced_by and not helpline.valid_to:
        yield f"has been replaced by {helpline.replaced_by!r}", "Give the role that line, once it is verified."
    if helpline.subdivision:
        text = f"serves {helpline.subdivision} only, and the page is for the whole region"
        yield text, "Give the role a line that answers everywhere, or say that there is none."


def _company(helpline: Helpline, shown: Collection[str]) -> Iterator[tuple[str, str]]:
    """Some lines must not stand alone, such as one that tells callers in danger to hang up and dial another."""
    for id in helpline.shown_with:
        if id not in shown:
            yield f"must be shown together with {id!r}, which is in no role", f"Give {id!r} a role of the region."


def ends(helpline: Helpline) -> Iterator[tuple[date, str]]:
    """The last days on which the entry may be shown as it stands, each with what ends then."""
    if helpline.verified is not None:
        yield helpline.verified.date + RECHECK_AFTER, "its verification ends; verify it again"
    if helpline.valid_to:
        replacement = helpline.replaced_by or "what replaces it"
        yield helpline.valid_to, f"it is valid until then; give its roles {replacement}"


def _verification(helpline: Helpline, today: date, policy: Policy) -> Iterator[tuple[str, str]]:
    verified = helpline.verified
    again = "Compare the entry with its operator's page and record the verification."
    if verified is None:
        yield "is not verified", again
        return
    if verified.hash != facts_hash(helpline):
        yield "has changed since it was verified", again
    if verified.kind == "demonstration" and not policy.demonstration:
        yield "is verified only as a demonstration", again
    if verified.date > today:
        yield f"is verified on {verified.date}, a day yet to come", "Correct the date."
    if today - verified.date > RECHECK_AFTER:
        yield f"was verified on {verified.date}, more than a year ago", again


def _role(helpline: Helpline, role: str) -> Iterator[tuple[str, str]]:
    import phonenumbers  # slow to import, and catalogs do without

    voice = [contact for contact in helpline.contacts if contact.channel == "voice"]
    if not voice:
        yield "has no voice contact", "Add the number that people call."
    if helpline.kind not in _KINDS_FOR_ROLE.get(role, {helpline.kind}):
        yield f"is of kind {helpline.kind}, which is wrong for the role {role!r}", "Give the role a line of its kind."
    if role == "emergency" and voice and not phonenumbers.is_emergency_number(voice[0].dial, helpline.region):
        yield (
            f"shows {voice[0].display}, which libphonenumber does not know as an emergency number of the region",
            "Check the number on a government page.",
        )


def _number(helpline: Helpline, contact: Contact) -> Iterator[tuple[str, str]]:
    if not contact.e164:
        return
    import phonenumbers  # as above

    try:
        dialled = phonenumbers.parse(contact.dial, helpline.region)
    except phonenumbers.NumberParseException:
        yield f"has the number {contact.dial!r}, which cannot be read", "Correct dial."
        return
    if phonenumbers.format_number(dialled, phonenumbers.PhoneNumberFormat.E164) != contact.e164:
        yield f"has {contact.dial} and {contact.e164}, which are two different numbers", "Make dial and e164 agree."
