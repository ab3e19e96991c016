"""Damage to an entry of the helpline registry, as a careless hand would do it."""

from __future__ import annotations

import re
from datetime import timedelta

from pipeline.audit.making import on_entry
from pipeline.audit.operators import Operator
from pipeline.audit.registry import Entry

_CONTACT = re.compile(r"(?m)^\[\[helpline\.contact\]\]\n(?:.+\n)+\n?")


def _digits(entry: Entry) -> str:
    return re.sub(r"\D", "", entry.line.contacts[0].display)


def _turned(digits: str, at: int) -> str:
    return digits[:at] + str((int(digits[at]) + 1) % 10) + digits[at + 1 :]


def _field(entry: Entry, name: str, value: str) -> str | None:
    return entry.sub(rf"^{name} = .*$", f"{name} = {value}")


# --- digits -------------------------------------------------------------------------------------


@on_entry("registry/digit-wrong", "wrong digit")
def digit_wrong(entry: Entry) -> str | None:
    """One digit of the number is another one, everywhere in the entry."""
    digits = _digits(entry)
    return entry.number(_turned(digits, len(digits) - 2))


@on_entry("registry/digits-swapped", "wrong digit")
def digits_swapped(entry: Entry) -> str | None:
    """Two neighbours among the digits are swapped."""
    digits = _digits(entry)
    at = next((i for i in range(len(digits) - 2, -1, -1) if digits[i] != digits[i + 1]), -1)
    return entry.number(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) if at >= 0 else None


@on_entry("registry/digit-lost", "wrong digit")
def digit_lost(entry: Entry) -> str | None:
    """The last digit is lost in what is shown and dialled."""
    contact = entry.line.contacts[0]
    piece = entry.piece.replace(f'display = "{contact.display}"', f'display = "{contact.display[:-1]}"', 1)
    return entry.put(piece.replace(f'dial = "{contact.dial}"', f'dial = "{contact.dial[:-1]}"', 1))


@on_entry("registry/digit-doubled", "wrong digit")
def digit_doubled(entry: Entry) -> str | None:
    """The last digit stands twice in what is shown and dialled."""
    contact = entry.line.contacts[0]
    last = contact.dial[-1]
    piece = entry.piece.replace(f'display = "{contact.display}"', f'display = "{contact.display}{last}"', 1)
    return entry.put(piece.replace(f'dial = "{contact.dial}"', f'dial = "{contact.dial}{last}"', 1))


@on_entry("registry/display-wrong", "link and text differ")
def display_wrong(entry: Entry) -> str | None:
    """One digit of the shown form is wrong, so that it differs from the dialled one."""
    shown = entry.line.contacts[0].display
    return entry.swap(f'display = "{shown}"', f'display = "{_turned(shown, len(shown) - 1)}"')


@on_entry("registry/dial-wrong", "link and text differ")
def dial_wrong(entry: Entry) -> str | None:
    """One digit of the dialled form is wrong, so that it differs from the shown one."""
    dial = entry.line.contacts[0].dial
    return entry.swap(f'dial = "{dial}"', f'dial = "{_turned(dial, len(dial) - 1)}"')


@on_entry("registry/e164-wrong", "link and text differ")
def e164_wrong(entry: Entry) -> str | None:
    """One digit of the international form is wrong."""
    e164 = entry.line.contacts[0].e164
    return entry.swap(f'e164 = "{e164}"', f'e164 = "{_turned(e164, len(e164) - 1)}"') if e164 else None


@on_entry("registry/neighbour-country", "wrong country")
def neighbour_country(entry: Entry) -> str | None:
    """The international form has the country code of another country."""
    e164 = entry.line.contacts[0].e164
    return entry.swap(f'e164 = "{e164}"', f'e164 = "+43{e164[2:]}"') if e164 else None


@on_entry("registry/premium-prefix", "wrong digit")
def premium_prefix(entry: Entry) -> str | None:
    """A free prefix becomes one that costs money."""
    digits = _digits(entry)
    for free, paid in (("0800", "0900"), ("1800", "1900"), ("0120", "0990")):
        if digits.startswith(free):
            return entry.number(paid + digits[4:])
    return None


@on_entry("registry/letters-dialled", "not a link")
def letters_dialled(entry: Entry) -> str | None:
    """What is dialled has letters in it."""
    dial = entry.line.contacts[0].dial
    return entry.swap(f'dial = "{dial}"', f'dial = "{dial[:-1]}O"')


@on_entry("registry/native-digits", "digits of another script")
def native_digits(entry: Entry) -> str | None:
    """What is dialled has digits of another script."""
    dial = entry.line.contacts[0].dial
    return entry.swap(f'dial = "{dial}"', f'dial = "{dial.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))}"')


@on_entry("registry/mark-in-number", "invisible characters")
def mark_in_number(entry: Entry) -> str | None:
    """The shown form has an invisible mark inside."""
    shown = entry.line.contacts[0].display
    return entry.swap(f'display = "{shown}"', f'display = "{shown[0]}\u200b{shown[1:]}"')


@on_entry("registry/letter-for-digit", "damaged text")
def letter_for_digit(entry: Entry) -> str | None:
    """The shown form has the letter O for a zero, or l for a one."""
    shown = entry.line.contacts[0].display
    changed = shown.replace("0", "O", 1) if "0" in shown else shown.replace("1", "l", 1)
    return entry.swap(f'display = "{shown}"', f'display = "{changed}"') if changed != shown else None


# --- other services and countries ---------------------------------------------------------------


@on_entry("registry/other-service", "wrong service")
def other_service(entry: Entry) -> str | None:
    """The number is that of another line of the same region."""
    registry = entry.edition.registry
    others = [
        line.contacts[0]
        for line in registry.helplines.values()
        if line.region == entry.line.region and line.id != entry.id
    ]
    mine = entry.line.contacts[0]
    if not others:
        return None
    piece = entry.piece.replace(f'display = "{mine.display}"', f'display = "{others[0].display}"', 1)
    piece = piece.replace(f'dial = "{mine.dial}"', f'dial = "{others[0].dial}"', 1)
    return entry.put(re.sub(r'(?m)^e164 = ".*"\n', "", piece, count=1))


@on_entry("registry/other-region", "wrong country")
def other_region(entry: Entry) -> str | None:
    """The region shows a line of another region."""
    other = "us-988" if entry.line.region != "US" else "fr-3114"
    return entry.whole.replace(f'{entry.role} = "{entry.id}"', f'{entry.role} = "{other}"', 1)


@on_entry("registry/region-relabelled", "wrong country")
def region_relabelled(entry: Entry) -> str | None:
    """The entry claims to be of another region."""
    return _field(entry, "region", '"KR"')


@on_entry("registry/name-wrong", "wrong service")
def name_wrong(entry: Entry) -> str | None:
    """The name of the service is another one."""
    return entry.swap(f'"{entry.line.names[0][1]}"', '"National CARES Line"')


@on_entry("registry/kind-wrong", "wrong service")
def kind_wrong(entry: Entry) -> str | None:
    """The line is said to be of another kind."""
    return _field(entry, "kind", '"referral"' if entry.line.kind == "emergency" else '"emergency"')


# --- standing -----------------------------------------------------------------------------------


@on_entry("registry/disputed", "dead number")
def disputed(entry: Entry) -> str | None:
    """The entry is disputed."""
    return _field(entry, "status", '"disputed"')


@on_entry("registry/retired", "dead number")
def retired(entry: Entry) -> str | None:
    """The entry is retired."""
    return _field(entry, "status", '"retired"')


@on_entry("registry/unconfirmed", "dead number")
def unconfirmed(entry: Entry) -> str | None:
    """Only one unofficial source confirms the entry."""
    return _field(entry, "confidence", '"C"')


@on_entry("registry/expired", "dead number")
def expired(entry: Entry) -> str | None:
    """The entry was valid until yesterday."""
    day = entry.edition.today - timedelta(days=1)
    return entry.sub(r'^(status = ".*")$', rf"\1\nvalid_to = {day.isoformat()}")


@on_entry("registry/not-yet", "dead number")
def not_yet(entry: Entry) -> str | None:
    """The entry is valid from tomorrow."""
    day = entry.edition.today + timedelta(days=1)
    return entry.sub(r'^(status = ".*")$', rf"\1\nvalid_from = {day.isoformat()}")


@on_entry("registry/verified-long-ago", "dead number")
def verified_long_ago(entry: Entry) -> str | None:
    """Nobody has compared the entry with its source for two years."""
    day = entry.edition.today - timedelta(days=730)
    return entry.sub(r"^date = .*$", f"date = {day.isoformat()}")


@on_entry("registry/verified-tomorrow", "unreviewed")
def verified_tomorrow(entry: Entry) -> str | None:
    """The verification is dated tomorrow."""
    day = entry.edition.today + timedelta(days=1)
    return entry.sub(r"^date = .*$", f"date = {day.isoformat()}")


@on_entry("compound/registry-of-last-year", "dead number")
def of_last_year(entry: Entry) -> str | None:
    """The whole registry is that of last year."""
    day = entry.edition.today - timedelta(days=400)
    return re.sub(r"(?m)^date = .*$", f"date = {day.isoformat()}", entry.whole)


@on_entry("registry/replaced", "dead number")
def replaced(entry: Entry) -> str | None:
    """Another line has replaced this one."""
    return entry.sub(r'^(status = ".*")$', rf'\1\nreplaced_by = "{_stranger(entry)}"')


@on_entry("registry/part-of-country", "wrong service")
def part_of_country(entry: Entry) -> str | None:
    """The line answers in a part of the country only."""
    return entry.sub(r'^(status = ".*")$', rf'\1\nsubdivision = "{entry.line.region}-A"')


@on_entry("registry/partner-missing", "omitted unit")
def partner_missing(entry: Entry) -> str | None:
    """The line has to be shown with another one, which has no role in the region."""
    return entry.sub(r'^(status = ".*")$', rf'\1\nshown_with = ["{_stranger(entry)}"]')


def _stranger(entry: Entry) -> str:
    """A line of another region."""
    return "us-988" if entry.line.region != "US" else "fr-3114"


@on_entry("registry/verification-lost", "unreviewed")
def verification_lost(entry: Entry) -> str | None:
    """The verification is deleted."""
    return entry.sub(r"^\[helpline\.verified\]\n(?:.+\n?)+", "")


@on_entry("registry/verification-borrowed", "unreviewed")
def verification_borrowed(entry: Entry) -> str | None:
    """The verification has the hash of other facts."""
    return entry.sub(r'^hash = ".*"$', f'hash = "sha256:{"1" * 64}"')


@on_entry("registry/source-lost", "unreviewed")
def source_lost(entry: Entry) -> str | None:
    """The entry names no source."""
    piece = re.sub(r"(?m)^\[\[helpline\.source\]\]\n(?:.+\n)+\n?", "", entry.piece)
    return entry.put(piece)


# --- claims -------------------------------------------------------------------------------------


@on_entry("registry/hours-claimed", "wrong claim")
def hours_claimed(entry: Entry) -> str | None:
    """The line is said to be open at other hours."""
    return _field(entry, "hours", '"always"' if entry.line.hours != "always" else '"Mo-Fr 9-17"')


@on_entry("registry/cost-claimed", "wrong claim")
def cost_claimed(entry: Entry) -> str | None:
    """The call is said to cost something else."""
    return _field(entry, "cost", '"free"' if entry.line.cost != "free" else '"ordinary-call"')


@on_entry("registry/languages-claimed", "wrong claim")
def languages_claimed(entry: Entry) -> str | None:
    """The line is said to speak another language."""
    return _field(entry, "languages", '["ko"]')


# --- structure ----------------------------------------------------------------------------------


@on_entry("registry/entry-deleted", "omitted unit")
def entry_deleted(entry: Entry) -> str | None:
    """The entry is deleted, and a role still names it."""
    return entry.put("")


@on_entry("registry/role-deleted", "omitted unit")
def role_deleted(entry: Entry) -> str | None:
    """The role is deleted from the region."""
    table = rf'(?m)(^\[region\.{entry.line.region}\]\n(?:.+\n)*?){entry.role} = "{entry.id}"\n'
    return re.sub(table, r"\1", entry.whole, count=1)


@on_entry("registry/role-none", "omitted unit")
def role_none(entry: Entry) -> str | None:
    """The region is said to have no such line."""
    return entry.whole.replace(f'{entry.role} = "{entry.id}"', f'{entry.role} = "none"', 1)


@on_entry("registry/region-deleted", "omitted unit")
def region_deleted(entry: Entry) -> str | None:
    """The region's table is deleted."""
    return re.sub(rf"(?m)^\[region\.{entry.line.region}\]\n(?:.+\n)+", "", entry.whole, count=1)


@on_entry("registry/voice-lost", "wrong channel")
def voice_lost(entry: Entry) -> str | None:
    """The number that people call is deleted."""
    return entry.put(_CONTACT.sub("", entry.piece, count=1))


@on_entry("registry/voice-as-text", "wrong channel")
def voice_as_text(entry: Entry) -> str | None:
    """The number for calls is said to be one for messages."""
    return entry.swap('channel = "voice"', 'channel = "sms"')


@on_entry("registry/entry-doubled", "duplicate or contradiction")
def entry_doubled(entry: Entry) -> str | None:
    """The entry stands twice."""
    return entry.put(f"{entry.piece}\n{entry.piece}")


@on_entry("registry/field-misspelled", "omitted unit")
def field_misspelled(entry: Entry) -> str | None:
    """The name of a field is misspelled."""
    return entry.swap("status = ", "statsu = ")


OPERATORS = tuple(value for value in list(globals().values()) if isinstance(value, Operator))
"""All of the above, in their order."""
