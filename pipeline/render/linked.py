"""What a page says of itself to machines in JSON-LD, in the terms of https://schema.org.

It says what the page shows and nothing else, so that the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.model import Contact, Helpline, Locale
from pipeline.render.site import Site, absolute
from pipeline.render.view import Line

_OPTIONS = {"tty": "HearingImpairedSupported"}
_TYPES = {
    "emergency": "emergency",
    "suicide-prevention": "suicide prevention",
    "emotional-support": "emotional support",
    "mental-health": "mental health support",
    "referral": "treatment referral",
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def page(
    site: Site, slug: str, locale: Locale, texts: Mapping[str, str], dates: Mapping[str, date | None], reviewer: str
) -> dict[str, Any]:
    """A MedicalWebPage; ``texts``: its name and description, ``dates``: by the properties of schema.org."""
    url = absolute(site, locale.tag, slug)
    source = absolute(site, site.source.tag, slug) if site.has(slug, site.source) else ""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        **texts,
        "inLanguage": locale.tag,
        "url": url,
        **{name: day.isoformat() for name, day in dates.items() if day},
        "publisher": {"@type": "Organization", "name": site.title},
    }
    if reviewer and dates.get("lastReviewed"):
        data["reviewedBy"] = {"@type": "Person", "name": reviewer}
    if source and source != url:
        data["translationOfWork"] = {"@type": "MedicalWebPage", "inLanguage": site.source.tag, "url": source}
    return {name: value for name, value in data.items() if value}


def helplines(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The card of helplines as organizations with their contact points."""
    return [
        {
            "@type": "Organization",
            "name": line.name,
            "contactPoint": [_contact(line.entry, contact) for contact in line.entry.contacts],
        }
        for line in lines
    ]


def _contact(line: Helpline, contact: Contact) -> dict[str, Any]:
    languages = contact.languages or line.languages
    data: dict[str, Any] = {
        "@type": "ContactPoint",
        "contactType": _TYPES[line.kind],
        "areaServed": {"@type": "Country", "name": line.region},
    }
    if contact.channel in ("chat", "url"):
        data["url"] = contact.dial
    else:
        data["telephone"] = contact.e164 or contact.dial
    if languages:
        data["availableLanguage"] = list(languages)
    if contact.channel in _OPTIONS:
        data["contactOption"] = _OPTIONS[contact.channel]
    elif (contact.cost or line.cost) == "free" and contact.channel == "voice":
        data["contactOption"] = "TollFree"
    if (contact.hours or line.hours) == "always":
        hours = {"@type": "OpeningHoursSpecification", "dayOfWeek": list(_DAYS), "opens": "00:00", "closes": "23:59"}
        data["hoursAvailable"] = hours
    return data
