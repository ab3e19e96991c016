"""``handrail helplines``: what the registry holds, what is due, and who verified it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from pipeline import helplines as registry
from pipeline import project
from pipeline.cli import CLOSED, OPEN
from pipeline.cli.asking import ask
from pipeline.cli.clock import today
from pipeline.errors import UsageError
from pipeline.model import Helpline, Registry, Verification
from pipeline.project import Project


def helplines(arguments: argparse.Namespace) -> int:
    """Do one of the actions; ``due`` and ``lint`` exit with 1 where they find something."""
    one = project.open_project(arguments.project)
    held = project.registry(one)
    chosen = _chosen(held, arguments.id)
    if arguments.action == "list":
        return _list(held, chosen)
    if arguments.action == "show":
        return _show(held, chosen)
    if arguments.action == "due":
        return _due(chosen, today() + timedelta(days=arguments.within))
    if arguments.action == "lint":
        return _lint(one, held, {line.id for line in chosen})
    if not arguments.id:
        raise UsageError("name the helplines that were verified: an entry is verified one by one.")
    return _verify(one, chosen, arguments)


def _chosen(held: Registry, ids: Collection[str]) -> tuple[Helpline, ...]:
    for id in ids:
        if id not in held.helplines:
            raise UsageError(f"there is no helpline {id}; there are {', '.join(held.helplines)}.")
    return tuple(line for line in held.helplines.values() if not ids or line.id in ids)


def _list(held: Registry, chosen: tuple[Helpline, ...]) -> int:
    for line in chosen:
        roles = ", ".join(_roles(held, line)) or "in no role"
        print(f"{line.id:24} {registry.phone_contact(line).display:16} {_verified(line):36} {roles}")
    return OPEN


def _roles(held: Registry, line: Helpline) -> Iterator[str]:
    for region, roles in held.roles.items():
        yield from (f"{region} {role}" for role, id in roles.items() if id == line.id)
    for (region, language), roles in held.roles_by_language.items():
        yield from (f"{region} {role} ({language})" for role, id in roles.items() if id == line.id)


def _verified(line: Helpline) -> str:
    if line.verified is None:
        return "not verified"
    if line.verified.hash != registry.facts_hash(line):
        return "changed since it was verified"
    return f"{line.verified.kind} of {line.verified.date.isoformat()}"


def _show(held: Registry, chosen: tuple[Helpline, ...]) -> int:
    for line in chosen:
        print(f"{line.id}  {line.place}")
        for field, value in _facts(line):
            print(f"  {field:10} {value}")
        print(f"  {'roles':10} {', '.join(_roles(held, line)) or 'none'}")
        print(f"  {'verified':10} {_verified(line)}")
    return OPEN


def _facts(line: Helpline) -> Iterator[tuple[str, str]]:
    yield "region", line.region
    yield "kind", line.kind
    yield from (("name", f"{name} ({tag})") for tag, name in line.names)
    for c in line.contacts:
        own = [c.hours, c.cost, ", ".join(c.languages)]
        yield c.channel, "  ".join(filter(None, [c.display, f"dials {c.dial}", c.e164, *own]))
    yield "hours", line.hours
    yield "cost", line.cost
    yield "languages", ", ".join(line.languages) or "unknown"
    yield from (("claim", claim) for claim in line.claims)
    yield from (("shown with", id) for id in line.shown_with)
    yield from ((name, value) for name, value in _limits(line) if value)
    yield "confidence", line.confidence
    yield "status", line.status
    yield from (("source", f"{s.url}  {s.kind}, {s.shown}: {s.says}") for s in line.sources)


def _limits(line: Helpline) -> Iterator[tuple[str, str]]:
    yield "serves only", line.subdivision
    yield "valid from", line.valid_from.isoformat() if line.valid_from else ""
    yield "valid to", line.valid_to.isoformat() if line.valid_to else ""
    yield "replaced by", line.replaced_by


def _due(chosen: tuple[Helpline, ...], day: date) -> int:
    found = sorted((end, line.id, why) for line in chosen for end, why in _ends(line) if end <= day)
    for end, id, why in found:
        print(f"{end.isoformat()}  {id}: {why}.")
    if not found:
        print(f"Nothing is due before {day.isoformat()}.")
    return CLOSED if found else OPEN


def _ends(line: Helpline) -> Iterator[tuple[date, str]]:
    if line.verified is None:
        yield date.min, "it was never verified"
    yield from registry.ends(line)


def _lint(one: Project, held: Registry, ids: Collection[str]) -> int:
    places = {held.helplines[id].place for id in ids}
    found = [
        problem
        for region, language in [*((region, "") for region in held.roles), *held.roles_by_language]
        for problem in registry.problems(held, region, today(), one.settings.policy, language)
        if problem.place in places
    ]
    for problem in dict.fromkeys(found):
        print(f"{problem.place}: {problem.text}\n    {problem.advice}")
    if not found:
        print(f"{len(ids)} helplines are fit to be shown.")
    return CLOSED if found else OPEN


def _verify(one: Project, chosen: tuple[Helpline, ...], arguments: argparse.Namespace) -> int:
    """Show each entry beside its sources, ask, and bind the verification to what was shown."""
    if arguments.kind == "demonstration" and not one.settings.policy.demonstration:
        raise UsageError("this project is no demonstration, so a demonstration would count for nothing.")
    by = arguments.by or ask("Who verifies? ")
    method = arguments.method or ask("How was it verified (called, read the operator's page ...)? ")
    left = 0
    for line in chosen:
        print(f"\n{line.id}  {line.place}")
        for field, value in _facts(line):
            print(f"  {field:10} {value}")
        sys.stdout.flush()
        if not ask("Is every one of these facts what its source says today? [y]es, [n]o: ").casefold().startswith("y"):
            left += 1
            continue
        record = Verification(arguments.kind, by, today(), method, "")
        project.save(
            one.root, project.REGISTRY, registry.seal(project.read(one.root, project.REGISTRY), line.id, record)
        )
    print(f"\n{len(chosen) - left} verified, {left} left.")
    return CLOSED if left else OPEN
