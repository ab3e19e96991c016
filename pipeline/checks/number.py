"""Rules about numbers: compared by value, whatever the digits, separators and order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from pipeline.checks import cues, when
from pipeline.checks.rules import Fault, Pair, message_rule
from pipeline.checks.units import Unit, values
from pipeline.model import Severity

_ALWAYS = re.compile(r"\b24\s?/\s?7\b|\b24[ -]hours?\b|\b24x7\b", re.IGNORECASE)
_ALWAYS_VALUES = frozenset(map(Decimal, (24, 7, 365)))
_CLOCK = re.compile(r"\b(\d{1,2})(?::\d\d)?\s?[ap]\.?m\b", re.IGNORECASE)
_NAMED = re.compile(r"\b[^\W\d_]+-?\d+\b(?![.,]\d)")
_SPAN = re.compile(r"\b((?:19|20)\d\d)[-–/](\d\d)\b(?!\d)")
_SCALES = re.compile(
    r"\b(?:hundred|thousand|million|billion|lakh|crore|mil\b|mille\b|millones|milli|milhões|milions|tausend|mrd|mio)"
    r"|[万萬億亿千百]|हज़ार|हजार|लाख|करोड़|अरब|พัน|หมื่น|แสน|ล้าน|ألف|آلاف|مليون|ملايين|مليار",
    re.IGNORECASE,
)
_FACTORS = tuple(Decimal(10) ** power for power in range(-9, 10))


@message_rule(
    "number/lost",
    Severity.ERROR,
    when=when.counting,
    flagged=(
        Pair("Most of them, 89.4%, got better.", "La plupart d’entre eux, 84,9 %, allaient mieux."),
        Pair("Take it for 15 weeks.", "Prenez-le pendant quelques semaines."),
        Pair("Not more than 4 tablets.", "Pas plus de 8 comprimés."),
    ),
    passed=(
        Pair("Most of them, 89.4%, got better.", "La plupart d’entre eux, 89,4 %, allaient mieux."),
        Pair("Most of them, 89.4%, got better.", "تحسّن معظمهم، ٨٩٫٤٪.", "ar-EG"),
        Pair("1 in 3 people", "une personne sur trois"),
        Pair("It answers 24/7.", "Elle répond jour et nuit."),
        Pair("1 in 3 people with COVID-19", "三分之一新冠肺炎患者", "zh-Hans-CN"),
        Pair("The licence is Apache-2.0.", "La licence est Apache-2.0."),
    ),
)
def lost(unit: Unit) -> Iterator[Fault]:
    """A number of the source is not in the target.

    A dose, a duration or a share that changed in translation is not noticed by any reader. Numbers are compared by
    value, so 89.4, 89,4 and ٨٩٫٤ are the same. A small number may be spelled out; a one may be left unsaid, as many
    languages do; a number in a name, such as COVID-19, may have another name.
    """
    language = unit.edition.locale.language
    missing = _unnamed(unit.source) - values(unit.target)
    for value in sorted(missing - cues.number_words(unit.target, language)) if missing else ():
        small = value <= 12 and value == int(value)
        if value == 1 or _said_otherwise(value, unit) or (small and not cues.knows_numbers(language)):
            continue
        yield Fault(f"The number {value} is missing from the translation.", "Compare the numbers with the source.")


@message_rule(
    "number/invented",
    Severity.ERROR,
    when=when.counting,
    flagged=(
        Pair("Take it for a few weeks.", "Prenez-le pendant 3 semaines."),
        Pair("Call the emergency services.", "Appelez le 15."),
    ),
    passed=(
        Pair("It took three to 15 years.", "Cela a duré de 3 à 15 ans."),
        Pair("Open until 5 pm.", "Ouvert jusqu’à 17 heures."),
        Pair("from 8am to 10pm", "von 08:00 bis 22:00 Uhr", "de-DE"),
        Pair("On May 2, 2019", "2019年5月2日", "ja-JP"),
        Pair("1.5 million people", "150万人", "ja-JP"),
        Pair("in 2019–20", "en 2019-2020"),
        Pair("in the 19th century", "au XIXe siècle"),
    ),
)
def invented(unit: Unit) -> Iterator[Fault]:
    """The target has a number that the source has neither in digits nor in words.

    A number that nobody wrote is a fact that nobody checked, or a phone number that no registry knows.
    """
    language = unit.edition.source_locale.language
    added = values(unit.target) - values(unit.source)
    for value in sorted(added - cues.number_words(unit.source, language)) if added else ():
        if not _said_otherwise(value, unit):
            text = f"The translation has the number {value}, which the source does not have."
            yield Fault(text, "Compare the numbers with the source.")


@message_rule(
    "number/percent",
    Severity.ERROR,
    when=when.counting,
    flagged=(
        Pair("Most of them, 89.4%, got better.", "La plupart d’entre eux, 89,4, allaient mieux."),
        Pair("After 15 weeks", "Après 15 % des semaines"),
    ),
    passed=(
        Pair("Most of them, 89.4%, got better.", "La plupart d’entre eux, 89,4 pour cent, allaient mieux."),
        Pair("About 5 percent", "約5％", "ja-JP"),
    ),
)
def percent(unit: Unit) -> Iterator[Fault]:
    """One of source and target speaks of a percentage, the other does not.

    "89" and "89 %" of people are two different findings.
    """
    known = cues.knows_numbers(unit.edition.locale.language)
    if known and cues.has_percentage(unit.source) and not cues.mentions_percent(unit.target):
        yield Fault("The percentage of the source is no percentage in the translation.", "Add the percent sign.")
    if cues.has_percentage(unit.target) and not cues.mentions_percent(unit.source):
        yield Fault("The translation has a percentage, the source has none.", "Compare the numbers with the source.")


@lru_cache(maxsize=16384)
def _unnamed(source: str) -> frozenset[Decimal]:
    """The numbers of a source that are no part of a name; what is left where a name is taken out of one is none."""
    return values(_NAMED.sub("", source)) & values(source)


def _said_otherwise(value: Decimal, unit: Unit) -> bool:
    """Whether the two texts may say ``value`` in ways that are not equal digit for digit."""
    both = f"{unit.source}\n{unit.target}"
    if value in _ALWAYS_VALUES and _ALWAYS.search(unit.source):
        return True
    if any(value in {int(first), int(last), int(first[:2] + last)} for first, last in _SPAN.findall(both)):
        return True
    hours = {int(hour) for hour in _CLOCK.findall(unit.source)}
    if hours and value in {0, *hours, *(hour + 12 for hour in hours)}:
        return True
    return bool(_SCALES.search(both)) and any(value * factor in values(both) for factor in _FACTORS if factor != 1)
