"""Opening hours that a page can say in its own language: ``mon-fri 09:00-17:00, sat 10:00-12:30``."""

from __future__ import annotations

import re
from datetime import time

from pipeline import locales
from pipeline.model import Locale

__all__ = ["flaw", "in_locale"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = "|".join(_DAYS)
_PERIOD = re.compile(rf"({_DAY})(?:-({_DAY}))? ([0-9]{{2}}):([0-9]{{2}})-([0-9]{{2}}):([0-9]{{2}})")
_MEANT = re.compile(rf"(?:{_DAY})\b", re.IGNORECASE)


def flaw(hours: str) -> str:
    """What is wrong with hours that begin with a day; empty for good ones, and for any other text."""
    if not _MEANT.match(hours):
        return ""
    for period in hours.split(", "):
        match = _PERIOD.fullmatch(period)
        if not match:
            return f"{period!r} is not of the form mon-fri 09:00-17:00"
        if any(int(hour) > 23 or int(minute) > 59 for hour, minute in (match.group(3, 4), match.group(5, 6))):
            return f"{period!r} has no time of a day; midnight is 00:00"
    return ""


def in_locale(hours: str, locale: Locale) -> str:
    """Days and times as CLDR says them: ``lun.-ven. 09:00-17:00``; empty for hours that are none."""
    periods = [_PERIOD.fullmatch(period) for period in hours.split(", ")]
    said = [f"{_days(match[1], match[2], locale)} {_times(match, locale)}" for match in periods if match is not None]
    return locales.list_of(said, locale) if len(said) == len(periods) else ""


def _days(first: str, last: str | None, locale: Locale) -> str:
    names = [locales.weekday(_DAYS.index(day), locale) for day in (first, last) if day]
    return "–".join(names)


def _times(match: re.Match[str], locale: Locale) -> str:
    moments = (time(int(match[3]), int(match[4])), time(int(match[5]), int(match[6])))
    return "–".join(locales.format_time(moment, locale) for moment in moments)
