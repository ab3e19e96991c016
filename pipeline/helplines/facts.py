"""What an entry says: the hash of its facts, its name in a locale, its numbers and links."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from pipeline.errors import RegistryError
from pipeline.model import NO_LINE, Contact, Helpline, Locale, Place, Registry
from pipeline.placeables import phone_digits

__all__ = [
    "calling_code",
    "contact_numbers",
    "facts_hash",
    "name_in",
    "phone_contact",
    "required",
    "resolve",
    "roles",
    "tel_uri",
    "variable_text",
]


def facts_hash(helpline: Helpline) -> str:
    """``sha256:`` and the hash, in hexadecimal, of everything that a reader sees, dials or relies on.

    Sources, confidence and status are left out: they say why the facts are believed, and a corrected
    source address does not make a number less true.
    """
    facts: dict[str, object] = {
        "region": helpline.region,
        "kind": helpline.kind,
        "names": helpline.names,
        "contacts": [_contact_facts(contact) for contact in helpline.contacts],
        "hours": helpline.hours,
        "cost": helpline.cost,
        "languages": helpline.languages,
        "valid_from": helpline.valid_from and helpline.valid_from.isoformat(),
        "valid_to": helpline.valid_to and helpline.valid_to.isoformat(),
    }
    optional = {
        "shown_with": helpline.shown_with,
        "claims": helpline.claims,
        "subdivision": helpline.subdivision,
    }
    facts |= {name: value for name, value in optional.items() if value}
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _contact_facts(contact: Contact) -> list[object]:
    own = [contact.hours, contact.cost, contact.languages]
    return [contact.channel, contact.display, contact.dial, contact.e164, *(own if any(own) else [])]


def roles(registry: Registry, region: str, language: str) -> Mapping[str, str]:
    """Role -> helpline id or NO_LINE, as speakers of a language have them; empty where the region has no table.

    Within a region, one language may have lines of its own, as in Belgium.
    """
    return {**registry.roles.get(region, {}), **registry.roles_by_language.get((region, language), {})}


def resolve(registry: Registry, locale: Locale, role: str) -> Helpline | None:
    """The helpline that the locale's region shows in ``role``; None where it is known to have none.

    Raises RegistryError if the registry does not say: a region or role left out is a mistake to mend,
    never a reason to show nothing.
    """
    place = Place(registry.path)
    if not locale.region:
        raise RegistryError(
            f"The locale {locale.tag} has no region, so it has no helplines. Use a tag with a region.", place
        )
    if locale.region not in registry.roles:
        raise RegistryError(f"The registry has no region {locale.region}. Add a table [region.{locale.region}].", place)
    declared = roles(registry, locale.region, locale.language)
    if role not in declared:
        raise RegistryError(
            f"[region.{locale.region}] does not declare the role {role!r}. Name a helpline, or {NO_LINE!r}.", place
        )
    id = declared[role]
    if id == NO_LINE:
        return None
    if id not in registry.helplines:
        raise RegistryError(
            f"The role {role!r} of [region.{locale.region}] names {id!r}, which is not in the registry.", place
        )
    return registry.helplines[id]


def name_in(helpline: Helpline, locale: Locale) -> tuple[str, str]:
    """The helpline's name for readers of ``locale``, and the tag of the language it is in.

    Where the registry has no name in the locale's language it is the operator's own.
    """
    names = dict(helpline.names)
    wanted = (
        locale.tag,
        f"{locale.language}-{locale.script}",
        f"{locale.language}-{locale.region}",
        locale.language,
    )
    tag = next((tag for tag in wanted if tag in names), helpline.names[0][0])
    return names[tag], tag


def phone_contact(helpline: Helpline) -> Contact:
    """The contact that ``{role.phone}`` shows: the first voice contact; RegistryError without one."""
    for contact in helpline.contacts:
        if contact.channel == "voice":
            return contact
    raise RegistryError(f"The helpline {helpline.id!r} has no voice contact to show. Add one.", helpline.place)


def tel_uri(contact: Contact) -> str:
    """The link that dials a voice or tty contact.

    RFC 3966 wants ``;phone-context=`` after a number that is not global. Short codes go without it
    all the same, because phones dial a bare ``tel:988`` and many stumble over the context.
    """
    return "tel:" + (contact.e164 or contact.dial)


def calling_code(region: str) -> str:
    """The code of a region's numbers from abroad, with its plus: ``+33``; ``+0`` where there is none."""
    import phonenumbers  # slow to import, and catalogs do without

    return f"+{phonenumbers.country_code_for_region(region)}"


def contact_numbers(registry: Registry, region: str) -> frozenset[str]:
    """Every way to write, in digits, a number (voice, tty, sms) of an active helpline of ``region``.

    In the form of :func:`pipeline.placeables.phone_digits`: as dialled, as E.164 and in the national
    format, so ``18006624357``, ``+18006624357`` and ``8006624357`` are one number.
    """
    numbers: set[str] = set()
    for helpline in registry.helplines.values():
        if helpline.region != region or helpline.status != "active":
            continue
        for contact in helpline.contacts:
            if contact.channel in ("voice", "tty", "sms"):
                numbers.add(contact.dial)
            if contact.e164:
                numbers |= {contact.e164, contact.e164.removeprefix("+"), _national(contact.e164)}
    return frozenset(numbers)


def required(name: str, registry: Registry, locale: Locale) -> Helpline:
    """The helpline that the variable ``role.field`` speaks of; RegistryError if there is none."""
    role, _, field = name.partition(".")
    place = Place(registry.path)
    if field not in ("name", "phone"):
        raise RegistryError(f"{{{name}}} is no variable. Write {{{role}.name}} or {{{role}.phone}}.", place)
    helpline = resolve(registry, locale, role)
    if helpline is None:
        raise RegistryError(
            f"{{{name}}} cannot be filled in {locale.tag}: its region has no line in the role {role!r}. "
            "Move it to a block of its own, which is then left out there.",
            place,
        )
    return helpline


def variable_text(name: str, registry: Registry, locale: Locale) -> str:
    """The plain text of the variable ``role.field``; RegistryError if there is nothing to show."""
    helpline = required(name, registry, locale)
    return name_in(helpline, locale)[0] if name.endswith(".name") else phone_contact(helpline).display


def _national(e164: str) -> str:
    import phonenumbers  # as above

    parsed = phonenumbers.parse(e164)
    return phone_digits(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL))
