"""For how long what the rules say holds: some look at the day, and a build must notice when that matters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pipeline import helplines
from pipeline.checks.helpline import SOON
from pipeline.model import Edition

_DAY = timedelta(days=1)


def steady(edition: Edition) -> tuple[date, date]:
    """The first day from which on, and the first day on which no longer, the rules say of an edition what they say now.

    The texts must stay as they are. What matters are the days on which a line is verified, starts or ends to be valid,
    and comes near its end, and those of the sign-offs.
    """
    try:
        days = set(_days(edition))
    except OverflowError:  # a day at the end of the calendar, which is in no real registry
        days = {edition.today, edition.today + _DAY}
    return (
        max((day for day in days if day <= edition.today), default=date.min),
        min((day for day in days if day > edition.today), default=date.max),
    )


def _days(edition: Edition) -> Iterator[date]:
    """Every day on which a comparison of a rule may turn out differently than the day before."""
    yield from (signoff.date for signoff in edition.signoffs)
    locale = edition.locale
    for id in helplines.roles(edition.registry, locale.region, locale.language).values():
        line = edition.registry.helplines.get(id)
        if line is None:
            continue
        yield from (day for day in (line.valid_from, line.verified and line.verified.date) if day)
        for last, _ in helplines.ends(line):
            yield last - SOON
            yield last + _DAY
