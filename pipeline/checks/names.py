"""The rule about names that a page has to borrow from English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline import helplines, locales
from pipeline.checks.claims import spoken
from pipeline.checks.rules import Change, Fault, edition_rule
from pipeline.model import Edition, Helpline, Locale, Names, Severity

_FEW = locales.locale("ht-FR")
_OWN = Names(days=tuple("lmrjvsd"), languages=(("fr", "franse"),), regions=(("EG", "Ejip"), ("FR", "Frans")))


def _in(edition: Edition, locale: Locale) -> Edition:
    return replace(edition, locale=locale)


@edition_rule(
    "language/english-names",
    Severity.WARNING,
    flagged=(Change("its locale is `ht-FR`, and CLDR has few names in Haitian", lambda one: _in(one, _FEW)),),
    passed=(Change("the same, with names in the settings", lambda one: _in(one, replace(_FEW, names=_OWN))),),
)
def english_names(edition: Edition) -> Iterator[Fault]:
    """Pages name days, languages or regions in English, because CLDR has no names for them in this language.

    Readers may not find their language among the others, nor understand when a line is open and what it speaks.
    """
    locale, registry = edition.locale, edition.registry
    roles = helplines.roles(registry, locale.region, locale.language)
    lines = [registry.helplines[id] for id in sorted(set(roles.values()) & registry.helplines.keys())]
    languages = sorted({language for line in lines for language in spoken(line)})
    regions = sorted({locale.region, *registry.roles} - {""})
    english = locales.locale("en")
    is_named = locale.names.own or locales.has_language(locale.language, locale)
    missing = [] if is_named else ["the language itself"]
    missing += ["days"] if any(map(_has_days, lines)) and not locales.has_days(locale) else []
    missing += [locales.language_name(one, english) for one in languages if not locales.has_language(one, locale)]
    missing += [locales.region_name(one, english) for one in regions if not locales.has_region(one, locale)]
    if missing:
        text = f"The pages name in English what CLDR has no names for in this language: {', '.join(missing)}."
        yield Fault(text, f"Write the names in the settings, as `names` of {locale.tag}.")


def _has_days(line: Helpline) -> bool:
    """Whether a page says on which days it is open, in words of its own."""
    hours = (line.hours, *(contact.hours for contact in line.contacts))
    return any(helplines.hours_in(one, locales.locale("en")) for one in hours)
