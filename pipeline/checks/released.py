"""The rule that no helpline falls back behind an earlier release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pipeline import helplines
from pipeline.checks import changes
from pipeline.checks.rules import Change, Fault, edition_rule
from pipeline.model import Edition, Helpline, Place, Severity

_LONG = timedelta(days=300)
_AGAIN = "Verify it anew on its operator's page, or take back the change that brought it here."


def _reverted(edition: Edition) -> Edition:
    """An older state of the registry came back: another number, verified long ago."""
    line = edition.registry.helplines["fr-crisis"]
    assert line.verified, "the sample is verified"
    older = replace(line, contacts=tuple(replace(contact, display="3115", dial="3115") for contact in line.contacts))
    verified = replace(line.verified, date=line.verified.date - _LONG, hash=helplines.facts_hash(older))
    old = changes.with_helpline(edition, "fr-crisis", contacts=older.contacts, verified=verified)
    return _after(old, edition)


def _forgetful(edition: Edition) -> Edition:
    """The region says that it has no crisis line, and the registry knows of none."""
    lines = {id: line for id, line in edition.registry.helplines.items() if id != "fr-crisis"}
    return changes.with_role(replace(edition, registry=replace(edition.registry, helplines=lines)), "crisis", "none")


def _after(edition: Edition, released: Edition) -> Edition:
    """An edition that comes after a release of another one."""
    return replace(edition, policy=replace(edition.policy, released=released.registry))


@edition_rule(
    "helpline/fell-back",
    Severity.ERROR,
    flagged=(
        Change("an older number came back with its old verification", _reverted),
        Change(
            "a line that the release had as disputed is active again, verified by nobody since",
            lambda edition: _after(edition, changes.with_helpline(edition, "fr-crisis", status="disputed")),
        ),
        Change("a line of the release is gone without a trace", lambda edition: _after(_forgetful(edition), edition)),
    ),
    passed=(
        Change("nothing was released before", lambda edition: edition),
        Change("the release had the same", lambda edition: _after(edition, edition)),
    ),
)
def fell_back(edition: Edition) -> Iterator[Fault]:
    """A helpline is older than what an earlier release showed in its place.

    Taking back a change in git brings an old number back together with its old verification, which may hold for months
    to come, and nothing in the registry tells. With `--against` an earlier release the gate can: what differs from it
    must have been verified later.
    """
    released, locale = edition.policy.released, edition.locale
    if released is None:
        return
    now = helplines.roles(edition.registry, locale.region, locale.language)
    for role, id in helplines.roles(released, locale.region, locale.language).items():
        old, new = released.helplines.get(id), edition.registry.helplines.get(now.get(role, ""))
        if old is None:
            continue
        shown = f"An earlier release showed {id!r} as {role!r} of {locale.region}"
        if new is None and id not in edition.registry.helplines:
            text = f"{shown}, and the registry does not know it any more."
            yield Fault(text, "Keep its entry, and say there what became of it.", Place(edition.registry.path))
        elif new is not None and helplines.facts_hash(old) != helplines.facts_hash(new) and _day(new) < _day(old):
            text = f"{shown}, verified on {_day(old)}; {new.id!r} stands there now, verified on {_day(new)}."
            yield Fault(text, _AGAIN, new.place)
    for id in sorted(set(now.values()) & released.helplines.keys() & edition.registry.helplines.keys()):
        earlier, line = released.helplines[id], edition.registry.helplines[id]
        if _withdrawn(earlier) and not _withdrawn(line) and earlier.verified == line.verified:
            text = f"An earlier release had {id!r} withdrawn, and nobody has verified it since."
            yield Fault(text, _AGAIN, line.place)


def _withdrawn(line: Helpline) -> bool:
    """Whether a release said that the line is no more, or in doubt."""
    return line.status != "active" or bool(line.replaced_by)


def _day(line: Helpline) -> date:
    return line.verified.date if line.verified else date.min
