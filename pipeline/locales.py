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
    "has_days",
    "has_language",
    "has_region",
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

_ENGLISH = "en"

_ROOT = "root"
"""The CLDR data of all languages that have none of their own."""

_NO_MONTH = "M01"
"""What stands there, and in locales of a few data, for the name of January."""

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
    ``hi-US`` is Hindi for readers in the United States. Of a language that CLDR knows by its script alone, such as
    Karen or Marshallese, everything else is what CLDR says of any. Raises LocaleError for anything else.
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


def own_name(one: Locale) -> str:
    """The name of a language in itself, with its region if the tag has one: ``français (France)``.

    Here and below: a name is the project's, or else CLDR's, or else the English one.
    """
    return one.names.own or language_name(one.tag, one)


def language_name(tag: str, in_: Locale) -> str:
    """The name of a language in another: ``French (France)``; LocaleError for an unknown tag."""
    language, script, region = _split(tag)
    _identifier(tag)
    data, english = _data(in_.tag), _data(_ENGLISH)
    name = data.languages.get(f"{language}_{script}") if script else None
    details = [] if name or not script else [data.scripts.get(script) or english.scripts.get(script, script)]
    name = name or dict(in_.names.languages).get(language) or data.languages.get(language)
    name = name or english.languages.get(language, language)
    if region:
        details.append(region_name(region, in_))
    return f"{name} ({', '.join(details)})" if details else name


def region_name(region: str, in_: Locale) -> str:
    """The name of a region (ISO 3166-1) in a language; LocaleError for an unknown one."""
    english = _check_region(region)
    return dict(in_.names.regions).get(region) or str(_data(in_.tag).territories.get(region, english))


def has_language(language: str, in_: Locale) -> bool:
    """Whether a language (``es``) has a name in another, so that it need not be named in English."""
    return language in dict(in_.names.languages) or language in _data(in_.tag).languages


def has_region(region: str, in_: Locale) -> bool:
    """Whether a region has a name in a language, so that it need not be named in English."""
    return region in dict(in_.names.regions) or region in _data(in_.tag).territories


def has_days(in_: Locale) -> bool:
    """Whether the days have names in a language, so that they need not be named in English."""
    return bool(in_.names.days) or in_.language == _ENGLISH or _short_days(in_.tag) != _short_days(_ENGLISH)


def format_date(day: date, in_: Locale) -> str:
    """A date in full: ``24 novembre 2026``; ``2026-11-24`` where CLDR has no names of months."""
    return _date(day, in_.tag)


def format_time(moment: time, in_: Locale) -> str:
    """A time of day: ``17:00``, ``5:00 PM``."""
    return babel.dates.format_time(moment, "short", locale=_data(in_.tag))


def weekday(day: int, in_: Locale) -> str:
    """The short name of a day, 0 for Monday: ``lun.``."""
    return (in_.names.days or _short_days(in_.tag))[day]


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
    months = babel.dates.get_month_names("wide", "format", _data(tag))
    return day.isoformat() if months[1] == _NO_MONTH else babel.dates.format_date(day, "long", _data(tag))


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
    """What CLDR has data of for a tag: itself, the language where there are none for the region, or else its root.

    Language, region and script, each as Babel wants it. Babel is asked for exact identifiers only: left to itself it
    resolves ``es_ZZ`` to Spain, and a guessed region would show that region's helplines.
    """
    language, script, region = _split(tag)
    likely = script or _likely_script(language, region)
    candidates = [(likely, region), (likely, "")]
    if likely == _likely_script(language, ""):
        candidates += [("", region), ("", "")]
    found: tuple[str, str | None, str | None] = (_ROOT, None, None)
    for candidate_script, candidate_region in candidates:
        if localedata.exists("_".join(filter(None, (language, candidate_script, candidate_region)))):
            found = language, candidate_region or None, candidate_script or None
            break
    else:
        _refuse_unknown(tag)
    if region:
        _check_region(region)
    return found


def _refuse_unknown(tag: str) -> None:
    """LocaleError unless it is only data of the language that CLDR lacks."""
    language, script, _ = _split(tag)
    usual = get_global("language_aliases").get(language)
    if usual:
        raise LocaleError(f"{tag!r}: the usual code of this language is {usual.replace('_', '-')}. Write that.")
    is_known = language != "und" and language in get_global("likely_subtags") and not localedata.exists(language)
    if not is_known or (script and script not in _data(_ENGLISH).scripts):
        raise LocaleError(f"{tag!r} is a language, or a script of one, that CLDR does not know. Check the tag.")


def _likely_script(language: str, region: str) -> str:
    likely = get_global("likely_subtags")
    full = likely.get(f"{language}_{region}") or likely.get(language, "")
    return next((part for part in full.split("_")[1:] if len(part) == 4), "Zyyy")


def _short_days(tag: str) -> tuple[str, ...]:
    """Those of CLDR; its root has English ones."""
    names = babel.dates.get_day_names("abbreviated", "format", _data(tag))
    return tuple(names[day] for day in range(7))


@functools.cache
def _check_region(region: str) -> str:
    """Its name in English; LocaleError for an unknown one."""
    known = _data(_ENGLISH).territories
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
