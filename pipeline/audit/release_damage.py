"""The registry falling back behind an earlier release: each copy is checked against the registry as it is now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pipeline import helplines
from pipeline.audit.making import on_registry
from pipeline.audit.operators import BENIGN, Operator
from pipeline.audit.subject import Subject
from pipeline.model import NO_LINE, Edition, Helpline, Registry

_LONG = timedelta(days=200)
"""A verification of so many days ago still holds."""


@on_registry("registry/reverted", "dead number")
def reverted(subject: Subject) -> Edition | None:
    """An older state of the registry comes back: other numbers, each with its old verification, which still holds."""
    return _against(subject, _lines(subject, lambda line: _older(_renumbered(line))))


@on_registry("registry/facts-reverted", "wrong claim")
def facts_reverted(subject: Subject) -> Edition | None:
    """An older state of the registry comes back, in which the numbers were the same and hours and cost were not."""
    return _against(subject, _lines(subject, lambda line: _older(replace(line, hours="mon-fri 09:00-17:00"))))


@on_registry("registry/line-reverted", "dead number")
def line_reverted(subject: Subject) -> Edition | None:
    """A line stands in its role again that another one had replaced, with its old verification."""
    edition = subject.edition
    id = edition.registry.roles[edition.locale.region].get("crisis", NO_LINE)
    if id == NO_LINE:
        return None
    former = replace(_older(_renumbered(edition.registry.helplines[id])), id=f"{id}-former")
    registry = _with_role(edition.registry, edition.locale.region, "crisis", former)
    gone = {name: line for name, line in registry.helplines.items() if name != id}
    return _against(subject, replace(registry, helplines=gone))


@on_registry("registry/withdrawal-reverted", "dead number")
def withdrawal_reverted(subject: Subject) -> Edition | None:
    """Lines that were disputed in the release are active again, and nobody has verified them since."""
    return _after(subject.edition, _lines(subject, lambda line: replace(line, status="disputed")))


@on_registry("registry/line-forgotten", "omitted unit")
def line_forgotten(subject: Subject) -> Edition | None:
    """The referral line that the release showed is gone together with its entry, and the region says "none"."""
    edition = subject.edition
    region = edition.locale.region
    roles = edition.registry.roles[region]
    id = roles.get("referral", NO_LINE)
    if id == NO_LINE or list(roles.values()).count(id) > 1:
        return None
    left = {name: line for name, line in edition.registry.helplines.items() if name != id}
    tables = {**edition.registry.roles, region: {**roles, "referral": NO_LINE}}
    return _against(subject, replace(edition.registry, helplines=left, roles=tables))


@on_registry("registry/same-as-released", BENIGN)
def same_as_released(subject: Subject) -> Edition | None:
    """The registry is the one of the last release."""
    return _after(subject.edition, subject.edition.registry)


@on_registry("registry/verified-since", BENIGN)
def verified_since(subject: Subject) -> Edition | None:
    """The release had other numbers; those of today were verified after it."""
    return _after(subject.edition, _lines(subject, lambda line: _older(_renumbered(line))))


def _lines(subject: Subject, change: Callable[[Helpline], Helpline]) -> Registry:
    """The registry with every line of the region changed."""
    edition = subject.edition
    region = edition.locale.region
    lines = edition.registry.helplines.items()
    changed = {id: change(line) if line.region == region else line for id, line in lines}
    return replace(edition.registry, helplines=changed)


def _renumbered(line: Helpline) -> Helpline:
    """The line with another last digit in what is shown, dialled and written in E.164."""
    first, *others = line.contacts
    turn = str((int(first.dial[-1]) + 1) % 10)
    shown = first.display[: first.display.rindex(first.dial[-1])] + turn
    e164 = first.e164 and first.e164[:-1] + turn
    return replace(line, contacts=(replace(first, display=shown, dial=first.dial[:-1] + turn, e164=e164), *others))


def _older(line: Helpline) -> Helpline:
    """The line as somebody verified it long before."""
    if line.verified is None:
        return line
    verified = replace(line.verified, date=line.verified.date - _LONG, hash=helplines.facts_hash(line))
    return replace(line, verified=verified)


def _with_role(registry: Registry, region: str, role: str, line: Helpline) -> Registry:
    tables = {**registry.roles, region: {**registry.roles[region], role: line.id}}
    return replace(registry, helplines={**registry.helplines, line.id: line}, roles=tables)


def _against(subject: Subject, now: Registry) -> Edition:
    """The edition with another registry, checked against the good one."""
    return _after(replace(subject.edition, registry=now), subject.edition.registry)


def _after(edition: Edition, released: Registry) -> Edition:
    return replace(edition, policy=replace(edition.policy, released=released))


OPERATORS = tuple(value for value in list(globals().values()) if isinstance(value, Operator))
"""All of the above, in their order."""
