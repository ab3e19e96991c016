"""Rules about the registry entries that a locale shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pipeline import helplines
from pipeline.checks import changes
from pipeline.checks.rules import Change, Fault, edition_rule
from pipeline.checks.units import article_segments, variables
from pipeline.errors import RegistryError
from pipeline.model import Edition, Place, Severity

SOON = timedelta(days=30)
"""How long before its last day an entry is warned of."""


@edition_rule(
    "helpline/undeclared",
    Severity.ERROR,
    flagged=(
        Change("the region's table lacks the role", lambda edition: changes.with_role(edition, "crisis", None)),
        Change("the role names an entry that is gone", lambda edition: changes.with_role(edition, "crisis", "fr-gone")),
        Change(
            "the locale has no region",
            lambda edition: replace(edition, locale=replace(edition.locale, tag="fr", region="")),
        ),
        Change(
            "the region has no table",
            lambda edition: replace(edition, locale=replace(edition.locale, region="BE")),
        ),
    ),
)
def undeclared(edition: Edition) -> Iterator[Fault]:
    """The registry does not say which helpline the locale's region shows in a role.

    A page without its helpline is what this gate exists to prevent. A region that has no such line must say so in
    so many words (role = "none").
    """
    for role in sorted(_roles(edition)):
        try:
            helpline = helplines.resolve(edition.registry, edition.locale, role)
            if helpline is not None:
                helplines.variable_text(f"{role}.phone", edition.registry, edition.locale)
        except RegistryError as error:
            yield Fault(error.message, f"Declare the role “{role}” in {edition.registry.path}.", error.place)
        except KeyError:
            text = f"The role “{role}” of {edition.locale.region} names a helpline that the registry does not have."
            yield Fault(text, "Name an entry that is there.", Place(edition.registry.path))


@edition_rule(
    "helpline/unfit",
    Severity.ERROR,
    flagged=(
        Change(
            "the number was edited after its verification",
            lambda edition: changes.with_number(edition, "fr-crisis", "3115"),
        ),
        Change("the entry is disputed", lambda edition: changes.with_helpline(edition, "fr-crisis", status="disputed")),
        Change(
            "the entry was verified by nobody",
            lambda edition: changes.with_helpline(edition, "fr-crisis", verified=None),
        ),
        Change(
            "the entry has expired",
            lambda edition: changes.with_helpline(edition, "fr-crisis", valid_to=date(2026, 1, 1)),
        ),
        Change(
            "the region says that it has no crisis line, and the registry holds one",
            lambda edition: changes.with_role(edition, "crisis", "none"),
        ),
        Change(
            "the verification is a demonstration, and the policy does not admit those",
            lambda edition: replace(edition, policy=replace(edition.policy, demonstration=False)),
        ),
    ),
)
def unfit(edition: Edition) -> Iterator[Fault]:
    """A helpline of the locale's region must not be shown as it stands.

    It is expired, disputed, unconfirmed, unverified, or was edited since somebody compared it with the operator's
    page. Numbers of helplines do change, and a dead one has cost lives.
    """
    region = edition.locale.region
    language = edition.locale.language
    for problem in helplines.problems(edition.registry, region, edition.today, edition.policy, language):
        yield Fault(problem.text, problem.advice, problem.place)


@edition_rule(
    "helpline/due",
    Severity.WARNING,
    flagged=(
        Change(
            "the entry is valid for ten more days",
            lambda edition: changes.with_helpline(edition, "fr-crisis", valid_to=edition.today + timedelta(days=10)),
        ),
        Change(
            "the verification ends in two weeks",
            lambda edition: replace(edition, today=edition.today + timedelta(days=349)),
        ),
    ),
    passed=(
        Change(
            "the entry is valid for two more months",
            lambda edition: changes.with_helpline(edition, "fr-crisis", valid_to=edition.today + timedelta(days=60)),
        ),
    ),
)
def due(edition: Edition) -> Iterator[Fault]:
    """A helpline of the locale's region may soon not be shown any more.

    On that day every page that shows it is withheld, unless somebody has verified it again or put another line in
    its place.
    """
    last = edition.today + SOON
    locale = edition.locale
    for id in dict.fromkeys(helplines.roles(edition.registry, locale.region, locale.language).values()):
        helpline = edition.registry.helplines.get(id)
        if helpline is None:
            continue
        for day, why in helplines.ends(helpline):
            if edition.today <= day <= last:
                yield Fault(f"The helpline {id!r} goes out until {day}: {why}.", "Do so in time.", helpline.place)


def _roles(edition: Edition) -> set[str]:
    """The roles that the article speaks of, in source or target."""
    found = set()
    for segment in article_segments(edition.article):
        found |= {variable.role for variable in variables(segment.content)} | ({segment.lacks} - {""})
    return found
