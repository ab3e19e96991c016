"""Locale facts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import babel
import pytest
from babel import localedata

from pipeline import locales
from pipeline.errors import LocaleError
from pipeline.model import Names

EN = locales.locale("en-US")


@pytest.mark.parametrize(
    ("tag", "script", "region", "direction", "name", "plurals", "spaced"),
    [
        ("en-US", "Latn", "US", "ltr", "English (United States)", 2, True),
        ("es-US", "Latn", "US", "ltr", "español (Estados Unidos)", 3, True),
        ("zh-Hant-TW", "Hant", "TW", "ltr", "繁體中文 (台灣)", 1, False),
        ("ar-EG", "Arab", "EG", "rtl", "العربية (مصر)", 6, True),
        ("hi-IN", "Deva", "IN", "ltr", "हिन्दी (भारत)", 2, True),
        ("th-TH", "Thai", "TH", "ltr", "ไทย (ไทย)", 1, False),
        ("ca-ES", "Latn", "ES", "ltr", "català (Espanya)", 3, True),
        ("fr", "Latn", "", "ltr", "français", 3, True),
        ("zh-TW", "Hant", "TW", "ltr", "中文 (台灣)", 1, False),
        ("pa-PK", "Arab", "PK", "rtl", "پنجابی (پاکستان)", 2, True),
    ],
)
def test_facts_of_a_locale(
    tag: str, script: str, region: str, direction: str, name: str, plurals: int, spaced: bool
) -> None:
    """Script, direction, own name and plural forms come from CLDR."""
    found = locales.locale(tag)
    assert (found.tag, found.script, found.region, found.direction) == (tag, script, region, direction)
    assert (found.plural_count, found.spaced) == (plurals, spaced)
    assert found.plural_forms.startswith(f"nplurals={plurals}; plural=")
    assert locales.own_name(found) == name


def test_directions_are_those_of_cldr() -> None:
    """Told from the script alone, for every locale of which CLDR has data."""
    tags = [
        name.replace("_", "-")
        for name in localedata.locale_identifiers()
        if re.fullmatch("[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?", name)
    ]
    assert len(tags) > 500
    for tag in tags:
        is_from_right = babel.Locale.parse(tag, sep="-").text_direction == "rtl"
        assert (locales.locale(tag).direction == "rtl") == is_from_right, tag


def test_a_language_may_stand_with_a_foreign_region() -> None:
    """Hindi in the United States has Hindi's facts and American helplines."""
    found = locales.locale("hi-US")
    assert (found.language, found.script, found.region) == ("hi", "Deva", "US")


def test_plural_rules_outside_gettexts_table_come_from_cldr() -> None:
    """Scottish Gaelic has four forms; two would be a guess."""
    assert locales.locale("gd").plural_count == 4


@pytest.mark.parametrize(
    ("tag", "script", "direction", "name"),
    [
        ("ksw-US", "Mymr", "ltr", "ksw (United States)"),
        ("mh-MH", "Latn", "ltr", "Marshallese (Marshall Islands)"),
        ("hmn-US", "Latn", "ltr", "Hmong (United States)"),
        ("oj-Latn-CA", "Latn", "ltr", "Ojibwa (Latin, Canada)"),
        ("aii-IQ", "Syrc", "rtl", "aii (Iraq)"),
    ],
)
def test_languages_without_data_follow_cldrs_root(tag: str, script: str, direction: str, name: str) -> None:
    """People publish in languages of which CLDR knows the script alone: their dates, numbers and names are plain."""
    found = locales.locale(tag)
    assert (found.script, found.direction, found.plural_count) == (script, direction, 1)
    assert locales.own_name(found) == name
    assert locales.format_date(date(2026, 11, 24), found) == "2026-11-24"
    assert locales.format_number(12500, found) == "12,500"
    assert locales.list_of(["a", "b"], found) == "a, b"


@pytest.mark.parametrize(("tag", "usual"), [("tl-PH", "fil"), ("iw", "he"), ("prs", "fa-AF")])
def test_old_codes_are_refused_with_the_usual_one(tag: str, usual: str) -> None:
    """A language has one code, so that its catalogs, pages and memory are found."""
    with pytest.raises(LocaleError, match=f"the usual code of this language is {usual}"):
        locales.locale(tag)


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "x",
        "und",
        "zzz",
        "oj-Xxxx",
        "EN",
        "fr_FR",
        "fr-fr",
        "es-ZZ",
        "en-UK",
        "es-Cyrl",
        "qq",
        "zh-Hant-TW-x",
        "ca-ES-valencia",
        "en-US\n",
    ],
)
def test_anything_else_is_refused(tag: str) -> None:
    """A guessed locale would show another region's helplines, so the error says how to write the tag."""
    with pytest.raises(LocaleError, match=r"\.$"):
        locales.locale(tag)


def test_names_in_another_language() -> None:
    """Languages and regions are named in the language of the reader."""
    assert locales.language_name("zh-Hant-TW", EN) == "Traditional Chinese (Taiwan)"
    assert locales.language_name("sr-Latn", EN) == "Serbian (Latin)"
    assert locales.language_name("es", locales.locale("fr-FR")) == "espagnol"
    assert locales.region_name("EG", locales.locale("ar-EG")) == "مصر"
    with pytest.raises(LocaleError):
        locales.language_name("qq", EN)
    with pytest.raises(LocaleError):
        locales.region_name("ZZ", EN)


def test_what_cldr_does_not_name_is_named_in_english_or_by_the_project() -> None:
    """Haitian Creole has few data: no page says ``M11`` or ``Languages: en``, and the project's names go first."""
    plain = locales.locale("ht-US")
    own = Names("kreyòl", tuple("lmrjvsd"), (("en", "angle"),), (("US", "Etazini"),))
    named = replace(plain, names=own)
    assert locales.format_date(date(2026, 11, 24), plain) == "2026-11-24"
    assert [locales.language_name("en", one) for one in (plain, named)] == ["English", "angle"]
    assert [locales.region_name("US", one) for one in (plain, named)] == ["United States", "Etazini"]
    assert [locales.weekday(2, one) for one in (plain, named)] == ["Wed", "r"]
    assert [locales.own_name(one) for one in (plain, named)] == ["Kreyòl Ayisyen (United States)", "kreyòl"]
    assert [locales.has_days(one) for one in (plain, named, EN)] == [False, True, True]
    assert [locales.has_language("en", one) for one in (plain, named, EN)] == [False, True, True]
    assert [locales.has_region("US", one) for one in (plain, named, EN)] == [False, True, True]


def test_dates_numbers_and_lists() -> None:
    """Each locale has its own order, separators and conjunction, in Western digits."""
    french, arabic, day = locales.locale("fr-FR"), locales.locale("ar-EG"), date(2026, 11, 24)
    assert locales.format_date(day, french) == "24 novembre 2026"
    assert locales.format_date(day, arabic) == "24 نوفمبر 2026"
    assert locales.format_number(1234567, french) == "1\u202f234\u202f567"
    assert locales.list_of(["a", "b", "c"], french) == "a, b et c"
    assert locales.list_of([], french) == ""


@pytest.mark.parametrize(("share", "text"), [(0.0, "0%"), (0.29, "29%"), (0.9999, "99%"), (1.0, "100%")])
def test_per_cent_is_rounded_down(share: float, text: str) -> None:
    """Nothing short of everything is called 100 %."""
    assert locales.format_percent(share, EN) == text


@pytest.mark.parametrize(("tag", "text"), [("ar-EG", "٠١٢٣٤٥٦٧٨٩"), ("hi-IN", "0123456789"), ("mr-IN", "०१२३४५६७८९")])
def test_digits_that_readers_write(tag: str, text: str) -> None:
    """The default digits of the locale, which may differ from its script's."""
    assert locales.digits(locales.locale(tag)) == text
