"""``source/helplines.toml`` to and from values."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline import tomlfile
from pipeline.errors import RegistryError
from pipeline.helplines.facts import facts_hash
from pipeline.helplines.hours import flaw
from pipeline.model import NO_LINE, Contact, Helpline, Registry, Source, Verification
from pipeline.placeables import phone_digits
from pipeline.tomlfile import Table

__all__ = [
    "CHANNELS",
    "CLAIMS",
    "CONFIDENCES",
    "COSTS",
    "DIALLED",
    "KINDS",
    "STATUSES",
    "VERIFICATIONS",
    "load",
    "seal",
]

KINDS = frozenset({"emergency", "suicide-prevention", "emotional-support", "mental-health", "referral"})
"""What a line does. ``mental-health`` lines give psychological support and say where treatment is."""

DIALLED = frozenset({"voice", "tty", "sms"})
"""Channels whose ``dial`` is a number."""

CHANNELS = DIALLED | {"chat", "url"}
CLAIMS = frozenset({"anonymous", "confidential"})
COSTS = frozenset({"free", "ordinary-call", "unknown"})
CONFIDENCES = frozenset("ABCD")
STATUSES = frozenset({"active", "disputed", "retired"})
VERIFICATIONS = frozenset({"review", "demonstration"})

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_REGION = re.compile(r"[A-Z]{2}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ROLE = _ID
_DIAL = re.compile(r"\+?[0-9]{2,15}")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")


def load(data: bytes, path: str) -> Registry:
    """The registry in ``data``; ``path`` is for messages.

    Raises RegistryError, with the line of the entry, for whatever is unknown, missing, of a wrong
    type or out of its set of values, for a doubled id, and for a role without its entry.
    """
    file = tomlfile.read(data, path, RegistryError)
    file.only("region", "helpline")
    helplines: dict[str, Helpline] = {}
    for table in file.tables("helpline"):
        helpline = _helpline(table)
        if helpline.id in helplines:
            first = helplines[helpline.id].place
            table.fail(f"The id {helpline.id!r} is already used at {first}. Rename one.")
        helplines[helpline.id] = helpline
    for helpline in helplines.values():
        for id in (*helpline.shown_with, *filter(None, [helpline.replaced_by])):
            if id not in helplines or id == helpline.id:
                raise RegistryError(f"helpline {helpline.id!r} names {id!r}, which is no other line.", helpline.place)
    roles: dict[str, dict[str, str]] = {}
    by_language: dict[tuple[str, str], dict[str, str]] = {}
    for region, table in file.named_tables("region"):
        languages = [key for key, value in table.values.items() if isinstance(value, dict)]
        own = replace(table, values={key: value for key, value in table.values.items() if key not in languages})
        roles[region] = _roles(region, own, helplines)
        for language in languages:
            inner = replace(table.table(language), place=table.place, label=f"[region.{region}.{language}]")
            by_language[region, _language(inner, language)] = _roles(region, inner, helplines)
            if not by_language[region, language].keys() <= roles[region].keys():
                inner.fail(f"{inner.label} has a role that [region.{region}] lacks. Declare it there for all others.")
    return Registry(helplines, roles, path, by_language)


def seal(data: bytes, id: str, verification: Verification) -> bytes:
    """The file with ``verification`` written into the helpline ``id``, bound to its present facts.

    The hash in ``verification`` is ignored; comments and order stay. Raises RegistryError if the
    file cannot be read or has no such helpline.
    """
    registry = load(data, "source/helplines.toml")
    if id not in registry.helplines:
        raise RegistryError(f"There is no helpline {id!r}. Known ids: {', '.join(registry.helplines)}.")
    values = (
        ("kind", verification.kind),
        ("by", verification.by),
        ("date", verification.date),
        ("method", verification.method),
        ("hash", facts_hash(registry.helplines[id])),
    )
    return tomlfile.put(data, "helpline", list(registry.helplines).index(id), "verified", values)


def _roles(region: str, table: Table, helplines: dict[str, Helpline]) -> dict[str, str]:
    if not _REGION.fullmatch(region):
        table.fail(f"{table.label} does not name a region. Use two capital letters of ISO 3166-1, such as FR.")
    for role, id in table.pairs_of_texts():
        if not _ROLE.fullmatch(role):
            table.fail(f"The role {role!r} of {table.label} must be lower-case letters, digits and hyphens.")
        if id == NO_LINE:
            continue
        if id not in helplines:
            table.fail(f"The role {role!r} of {table.label} names the helpline {id!r}, which is not in the file.")
        if helplines[id].region != region:
            table.fail(f"The role {role!r} of {table.label} names {id!r}, a helpline of {helplines[id].region}.")
    return dict(table.pairs_of_texts())


def _helpline(raw: Table) -> Helpline:
    table = raw.labelled(f"helpline {raw.text('id')!r}")
    table.only(
        *("id", "region", "kind", "names", "contact", "hours", "cost", "languages", "source", "confidence"),
        *("status", "verified", "valid_from", "valid_to", "replaced_by", "shown_with", "claims", "subdivision"),
    )
    return Helpline(
        id=_shaped(table, "id", _ID),
        region=_shaped(table, "region", _REGION),
        kind=table.one_of("kind", KINDS),
        names=_names(table),
        contacts=tuple(_contact(contact) for contact in _some(table, "contact")),
        hours=_hours(table, table.text("hours")),
        cost=table.one_of("cost", COSTS),
        languages=tuple(_language(table, tag) for tag in table.texts("languages")),
        sources=tuple(_source(source) for source in _some(table, "source")),
        confidence=table.one_of("confidence", CONFIDENCES),
        status=table.one_of("status", STATUSES),
        verified=_verification(table.table("verified")) if "verified" in table.values else None,
        valid_from=table.day_or_none("valid_from"),
        valid_to=table.day_or_none("valid_to"),
        replaced_by=table.text_or_empty("replaced_by"),
        shown_with=table.texts("shown_with") if "shown_with" in table.values else (),
        claims=_claims(table) if "claims" in table.values else (),
        subdivision=_subdivision(table) if "subdivision" in table.values else "",
        place=table.place,
    )


def _names(table: Table) -> tuple[tuple[str, str], ...]:
    names = table.table("names").pairs_of_texts()
    if not names:
        table.fail(f"{table.label} has no name. Add one in the operator's own language.")
    return tuple((_language(table, tag), name) for tag, name in names)


def _contact(table: Table) -> Contact:
    table.only("channel", "display", "dial", "e164", "hours", "cost", "languages")
    own = _own(table)
    channel, display, dial = table.one_of("channel", CHANNELS), table.text("display"), table.text("dial")
    e164 = table.text_or_empty("e164")
    if channel not in DIALLED:
        if not dial.startswith("https://") or e164:
            table.fail(f"dial of {table.label} must be an address that starts with https://, and e164 be left out.")
        return Contact(channel, display, dial, "", *own)
    if not _DIAL.fullmatch(dial):
        table.fail(f"dial of {table.label} is {dial!r}: it must be ASCII digits only, with at most a + before them.")
    if e164 and not _E164.fullmatch(e164):
        table.fail(f"e164 of {table.label} is {e164!r}: write +, the country code and the number without spaces.")
    if phone_digits(display) not in (dial, e164):
        table.fail(f"display of {table.label} shows {phone_digits(display)!r}, but dial is {dial!r}. Make them agree.")
    return Contact(channel, display, dial, e164, *own)


def _own(table: Table) -> tuple[str, str, tuple[str, ...]]:
    """Hours, cost and languages of a contact where they differ from its helpline's."""
    languages = table.texts("languages") if "languages" in table.values else ()
    return (
        _hours(table, table.text_or_empty("hours")),
        table.one_of("cost", COSTS) if "cost" in table.values else "",
        tuple(_language(table, tag) for tag in languages),
    )


def _hours(table: Table, hours: str) -> str:
    if found := flaw(hours):
        table.fail(f"hours of {table.label}: {found}.")
    return hours


def _claims(table: Table) -> tuple[str, ...]:
    claims = table.texts("claims")
    unknown = sorted(set(claims) - CLAIMS)
    if unknown:
        table.fail(f"claims of {table.label} has {unknown[0]!r}, which must be one of: {', '.join(sorted(CLAIMS))}.")
    return claims


def _subdivision(table: Table) -> str:
    code, region = table.text("subdivision"), table.text("region")
    if not _SUBDIVISION.fullmatch(code) or not code.startswith(f"{region}-"):
        table.fail(f"subdivision of {table.label} is {code!r}. Write a code of ISO 3166-2, such as {region}-B.")
    return code


def _source(table: Table) -> Source:
    table.only("url", "kind", "shown", "says")
    return Source(table.text("url"), table.text("kind"), table.text("shown"), table.text("says"))


def _verification(table: Table) -> Verification:
    table.only("kind", "by", "date", "method", "hash")
    return Verification(
        kind=table.one_of("kind", VERIFICATIONS),
        by=table.text("by"),
        date=table.day("date"),
        method=table.text("method"),
        hash=_shaped(table, "hash", _HASH),
    )


def _some(table: Table, key: str) -> tuple[Table, ...]:
    found = table.tables(key)
    if not found:
        table.fail(f"{table.label} has no {key}. Add a [[helpline.{key}]] table.")
    return found


def _shaped(table: Table, key: str, shape: re.Pattern[str]) -> str:
    value = table.text(key)
    if not shape.fullmatch(value):
        table.fail(f"{key} of {table.label} is {value!r}, which must have the form {shape.pattern}.")
    return value


def _language(table: Table, tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        table.fail(f"{tag!r} in {table.label} is no language tag. Write it like es, zh-Hant or pt-BR.")
    return tag
