"""Locale facts from CLDR, by way of Babel: what a tag is, and how its readers write names, dates and numbers.

Numbers and dates are written in Western digits everywhere: they stand beside phone numbers, which
every reader dials in those, and Arabic-Indic digits with separators come out in the wrong order.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date, time
from decimal import ROUND_FLOOR, Decimal

import babel
import babel.dates
import babel.lists
import babel.numbers
from babel import localedata
from babel.core import get_global
from babel.messages.plurals import PLURALS
from babel.plural import to_gettext

from pipeline.errors import LocaleError
from pipeline.model import Locale

__all__ = [
    "digits",
    "format_date",
    "format_number",
    "format_percent",
    "format_time",
    "is_pseudo",
    "language_name",
    "list_of",
    "locale",
    "own_name",
    "region_name",
    "weekday",
    "weekdays",
]

_TAG = re.compile(r"([a-z]{2,3})(?:-([A-Z][a-z]{3}))?(?:-([A-Z]{2}|[0-9]{3}))?")

_FROM_RIGHT = frozenset(
    {*("Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi")}
)
"""The living scripts that run from right to left (ISO 15924; CLDR, scriptMetadata), so that no data need be read."""

_UNSPACED = frozenset({"Hans", "Hant", "Hani", "Jpan", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
"""Scripts that write without spaces between words."""

_ZEROS = {
    "adlm": 0x1E950,
    "arab": 0x660,
    "arabext": 0x6F0,
    "beng": 0x9E6,
    "cakm": 0x11136,
    "deva": 0x966,
    "hmnp": 0x1E140,
    "latn": 0x30,
    "mtei": 0xABF0,
    "mymr": 0x1040,
    "nkoo": 0x7C0,
    "olck": 0x1C50,
    "tibt": 0xF20,
}
"""The zero of each CLDR numbering system that is the default of some locale; the other digits follow it."""


@functools.cache
def locale(tag: str) -> Locale:
    """The locale that a BCP 47 tag names: a language, maybe a script, maybe a region (``zh-Hant-TW``).

    The script is filled in from CLDR's likely subtags. A language may stand with any region, so that
    ``hi-US`` is Hindi for readers in the United States. Raises LocaleError for anything else.
    """
    language, script, region = _split(tag)
    _identifier(tag)
    plural_count, plural_forms = _plural(tag)
    script = script or _likely_script(language, region)
    return Locale(
        tag=tag,
        language=language,
        script=script,
        region=region,
        direction="rtl" if script in _FROM_RIGHT else "ltr",
        plural_count=plural_count,
        plural_forms=plural_forms,
        spaced=script not in _UNSPACED,
    )


def is_pseudo(one: Locale) -> bool:
    """Whether a locale is one of CLDR's for testing, ``en-XA`` and ``ar-XB``, which nobody reads."""
    return one.region in {"XA", "XB"}


def own_name(tag: str) -> str:
    """The name of a language in itself, with its region if the tag has one: ``français (France)``."""
    return _name(tag, _data(tag))


def language_name(tag: str, in_: Locale) -> str:
    """The name of a language in another: ``French (France)``; LocaleError for an unknown tag."""
    return _name(tag, _data(in_.tag))


def region_name(region: str, in_: Locale) -> str:
    """The name of a region (ISO 3166-1) in a language; LocaleError for an unknown one."""
    return _region(region, _data(in_.tag))


def format_date(day: date, in_: Locale) -> str:
    """A date in full: ``24 novembre 2026``."""
    return _date(day, in_.tag)


def format_time(moment: time, in_: Locale) -> str:
    """A time of day: ``17:00``, ``5:00 PM``."""
    return babel.dates.format_time(moment, "short", locale=_data(in_.tag))


def weekday(day: int, in_: Locale) -> str:
    """The short name of a day, 0 for Monday: ``lun.``."""
    name: str = babel.dates.get_day_names("abbreviated", "format", _data(in_.tag))[day]
    return name


def weekdays(in_: Locale) -> tuple[str, ...]:
    """The full names of the days as they stand alone, from Monday: ``lundi``, ``mardi`` ..."""
    names = babel.dates.get_day_names("wide", "stand-alone", _data(in_.tag))
    return tuple(names[day] for day in range(7))


def format_number(number: int | Decimal, in_: Locale) -> str:
    """A number with the separators of the locale."""
    return _number(number, in_.tag)


def format_percent(share: float, in_: Locale) -> str:
    """A share from 0 to 1 in whole per cent, rounded down: 100 % is said of all and of nothing less."""
    floor = Decimal(str(share)).quantize(Decimal("0.01"), ROUND_FLOOR)
    return babel.numbers.format_percent(floor, locale=_data(in_.tag))


def list_of(items: Sequence[str], in_: Locale) -> str:
    """Items as an enumeration: ``a, b et c``."""
    return babel.lists.format_list(items, locale=_data(in_.tag))


def digits(in_: Locale) -> str:
    """The ten digits, from zero, that the locale's readers write by default."""
    zero = _ZEROS[_data(in_.tag).default_numbering_system]
    return "".join(chr(zero + value) for value in range(10))


@functools.lru_cache(maxsize=1024)  # pages of a site have few, and each takes longer than a paragraph
def _date(day: date, tag: str) -> str:
    return babel.dates.format_date(day, "long", _data(tag))


@functools.lru_cache(maxsize=1024)
def _number(number: int | Decimal, tag: str) -> str:
    return babel.numbers.format_decimal(number, locale=_data(tag))


def _split(tag: str) -> tuple[str, str, str]:
    match = _TAG.fullmatch(tag)
    if not match:
        raise LocaleError(
            f"{tag!r} is not a locale tag. Write language, script and region like es-US, ar-EG or zh-Hant-TW."
        )
    return match[1], match[2] or "", match[3] or ""


@functools.cache
def _data(tag: str) -> babel.Locale:
    """The CLDR data for a tag; Babel reads them when somebody asks for one."""
    return babel.Locale(*_identifier(tag))


@functools.cache
def _identifier(tag: str) -> tuple[str, str | None, str | None]:
    """What CLDR has data of for a tag: itself, or the language where there are none for the region.

    Language, region and script, each as Babel wants it. Babel is asked for exact identifiers only: left to itself it
    resolves ``es_ZZ`` to Spain, and a guessed region would show that region's helplines.
    """
    language, script, region = _split(tag)
    likely = script or _likely_script(language, region)
    candidates = [(likely, region), (likely, "")]
    if likely == _likely_script(language, ""):
        candidates += [("", region), ("", "")]
    for candidate_script, candidate_region in candidates:
        parts = (language, candidate_script, candidate_region)
        if localedata.exists("_".join(part for part in parts if part)):
            if region:
                _check_region(region)
            return language, candidate_region or None, candidate_script or None
    raise LocaleError(f"{tag!r} is a language, or a script of one, that CLDR does not know. Check the tag.")


def _likely_script(language: str, region: str) -> str:
    likely = get_global("likely_subtags")
    full = likely.get(f"{language}_{region}") or likely.get(language, "")
    return next((part for part in full.split("_")[1:] if len(part) == 4), "Zyyy")


def _name(tag: str, data: babel.Locale) -> str:
    language, script, region = _split(tag)
    _identifier(tag)
    name = data.languages.get(f"{language}_{script}") if script else None
    details = [] if name or not script else [data.scripts.get(script, script)]
    name = name or data.languages.get(language, language)
    if region:
        details.append(_region(region, data))
    return f"{name} ({', '.join(details)})" if details else name


def _region(region: str, data: babel.Locale) -> str:
    return str(data.territories.get(region, _check_region(region)))


@functools.cache
def _check_region(region: str) -> str:
    """Its name in English; LocaleError for an unknown one."""
    known = babel.Locale("en").territories
    if region not in known or region == "ZZ":
        raise LocaleError(f"{region!r} is not a region of ISO 3166-1. Write it in capital letters, such as FR.")
    return str(known[region])


def _plural(tag: str) -> tuple[int, str]:
    """gettext's rule: the one that PO editors use where Babel has it, else made from CLDR's."""
    language, _, region = _split(tag)
    known = PLURALS.get(f"{language}_{region}") or PLURALS.get(language)
    if known:
        return known[0], f"nplurals={known[0]}; plural={known[1]};"
    rule = _data(tag).plural_form
    return len(rule.tags) + 1, to_gettext(rule)
