"""Numbers of ordinary text as languages write them: what looks like a phone number or a change and is none.

Each adds a paragraph to the article and its translation to the catalog.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline import extract, locales
from pipeline.audit.operators import BENIGN, Operator
from pipeline.audit.phrases import PHRASES
from pipeline.audit.subject import Case, Subject, signed_anew, with_messages, with_source
from pipeline.model import Locale

_NATIVE = {"ar": "٠١٢٣٤٥٦٧٨٩", "hi": "०१२३४५६७८९", "th": "๐๑๒๓๔๕๖๗๘๙"}


def _native(text: str) -> Callable[[Locale], str]:
    return lambda locale: text.translate(str.maketrans("0123456789", _NATIVE.get(locale.language, "0123456789")))


def _same(text: str) -> Callable[[Locale], str]:
    return lambda _: text


def _number(number: str) -> Callable[[Locale], str]:
    return lambda locale: locales.format_number(Decimal(number), locale)


def _percent(share: str, space: str) -> Callable[[Locale], str]:
    return lambda locale: f"{locales.format_number(Decimal(share), locale)}{space}%"


def _date(locale: Locale) -> str:
    return locales.format_date(date(2026, 11, 24), locale)


def _vary(id: str, summary: str, source: str, target: Callable[[Locale], str]) -> Operator:
    def cases(subject: Subject) -> Iterator[Case]:
        words = PHRASES.get(subject.language)
        if words is None:
            return
        text = f"{PHRASES['en'].polite.strip()} {source}"
        ending = "</main>" if "</main>" in subject.source else ""
        paragraph = f"<p>{text}</p>{ending}" if ending else f"\n\n{text}\n"
        changed = subject.source.replace(ending, paragraph, 1) if ending else subject.source + paragraph
        edition = with_source(subject, changed)
        if edition is None:
            yield Case("paragraph")
            return
        key = list(extract.segments(edition.article))[-1].key
        if not subject.is_source:
            said = f"{words.polite.strip()} {target(subject.edition.locale)}"
            edition = with_messages(edition, key, targets=(said,), fuzzy=False, previous=None)
        yield Case("paragraph", signed_anew(replace(edition, terms=())))

    return Operator(f"ordinary/{id}", BENIGN, "message", summary, cases)


OPERATORS = (
    _vary("thousands", "A number of thousands as the locale writes it.", "1,200", _number("1200")),
    _vary("lakhs", "A number of hundred thousands as the locale writes it.", "1,234,567", _number("1234567")),
    _vary("decimals", "A number with decimals as the locale writes it.", "12.75", _number("12.75")),
    _vary(
        "arabic-comma",
        "A thousands separator of Arabic.",
        "12,500",
        lambda locale: "12،500" if locale.language == "ar" else locales.format_number(Decimal(12500), locale),
    ),
    _vary("native-digits", "A number in the digits of the script.", "15", _native("15")),
    _vary("percent-closed", "A percentage without a space.", "89.4%", _percent("89.4", "")),
    _vary("percent-spaced", "A percentage with a space that does not break.", "89.4%", _percent("89.4", "\u00a0")),
    _vary("date", "A date as the locale writes it.", "November 24, 2026", _date),
    _vary("years", "A span of years.", "2019–2023", _same("2019-2023")),
    _vary("years-short", "A span of years with its end cut short.", "2019–20", _same("2019-2020")),
    _vary("day-and-night", "Hours of a service, in digits.", "24/7", _same("24/7")),
    _vary("every-day", "Days of a year.", "365", _native("365")),
    _vary("age", "An age.", "18", _native("18")),
    _vary("range", "A range of amounts with another dash.", "3-15", _same("3–15")),
    _vary("doi", "A citation with its identifier.", "doi:10.1136/bmj.h6161", _same("doi:10.1136/bmj.h6161")),
    _vary("volume", "Volume, issue and pages of a journal.", "2017;87(1):86-93", _same("2017;87(1):86-93")),
    _vary("postal-code", "A postal code.", "20857-0001", _same("20857-0001")),
    _vary("clock", "A time of the day.", "5 pm", _same("17:00")),
    _vary("money", "An amount of money.", "$1,500", lambda locale: f"{locales.format_number(Decimal(1500), locale)} $"),
    _vary("chapter", "A number of a chapter.", "4.2.1", _same("4.2.1")),
    _vary(
        "dose", "A dose with its unit.", "0.5 mg", lambda locale: f"{locales.format_number(Decimal('0.5'), locale)} mg"
    ),
)
"""All of the above, in their order."""
