"""Running rules: findings out of faults, and a closed gate out of a rule that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias, TypeVar

from pipeline.checks.rules import Fault, Rule
from pipeline.checks.units import Unit
from pipeline.checks.when import When, grouped
from pipeline.model import Edition, Finding, Place, Segment, Severity, State

Subject = TypeVar("Subject")
Groups: TypeAlias = tuple[tuple[When, tuple[Rule[Unit], ...]], ...]
"""Rules by the condition under which they find anything."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule, or what has to be done before rules can run, that raised an exception."""

    name: str
    error: Exception


def _rule_failed(failure: Failure) -> Iterator[Fault]:
    """A rule failed, so nobody knows whether what it checks is right.

    A check that crashed has not passed. Most tools go on as if it had; here the page is withheld.
    """
    text = f"{failure.name} failed: {type(failure.error).__name__}: {failure.error}".rstrip(": ") + "."
    yield Fault(text, "Mend what it stumbled over; if the rule is wrong, report it.")


RULE_FAILED = Rule("gate/rule-failed", Severity.ERROR, "rule", _rule_failed, (), ())


def run(rule: Rule[Subject], subject: Subject, edition: Edition, unit: Unit | None) -> Iterator[Finding]:
    """The findings of one rule; one of ``gate/rule-failed`` where it raises."""
    try:
        for fault in rule.function(subject):
            yield _finding(rule.id, _severity(rule, unit), fault, edition, unit)
    except Exception as error:  # whatever a rule raises has to close the gate
        yield failed(f"The rule {rule.id}", error, edition, unit)


def judge(always: tuple[Rule[Unit], ...], of_texts: tuple[Rule[Unit], ...]) -> Callable[[Unit], Iterator[Finding]]:
    """What runs rules about a message: the first ones for every message, the others where it has a target."""
    empty, full = grouped(always), grouped((*always, *of_texts))
    return lambda unit: _run_all(empty if unit.message.state is State.UNTRANSLATED else full, unit)


def _run_all(groups: Groups, unit: Unit) -> Iterator[Finding]:
    """The findings of many rules about one message, of those whose condition holds."""
    for condition, rules in groups:
        try:
            holds = condition(unit)
        except Exception:  # then the rules themselves say what they stumble over
            holds = True
        for rule in rules if holds else ():
            try:
                for fault in rule.function(unit):
                    yield _finding(rule.id, _severity(rule, unit), fault, unit.edition, unit)
            except Exception as error:  # whatever a rule raises has to close the gate
                yield failed(f"The rule {rule.id}", error, unit.edition, unit)


def failed(name: str, error: Exception, edition: Edition, unit: Unit | None = None) -> Finding:
    """The finding that something of the gate itself raised an exception."""
    (fault,) = _rule_failed(Failure(name, error))
    return _finding(RULE_FAILED.id, Severity.ERROR, fault, edition, unit)


def about(finding: Finding, segment: Segment | None, edition: Edition) -> Finding:
    """A finding about a text on a page, placed at its message in the catalog and at its line in the article."""
    if segment is None:
        return finding
    message = edition.catalog.index().get(segment.key)
    safety = (segment.safety,) if segment.safety else ()
    place = Place(edition.catalog.path, message.line if message else 0)
    target = message.target if message else ""
    return replace(finding, place=place, source_place=segment.place, key=segment.key, safety=safety, target=target)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without doubles: errors first, then by file and line."""
    ranked = groupby(sorted(findings, key=_rank), key=_rank)
    return tuple(finding for _, same in ranked for finding in _once(tuple(same)))


def _rank(finding: Finding) -> tuple[bool, str, int, str]:
    """Errors first, then by file and line; equal findings have equal ranks."""
    place = finding.place or Place("")
    return finding.severity is not Severity.ERROR, place.path, place.line, finding.rule


def _once(findings: tuple[Finding, ...]) -> Iterable[Finding]:
    """The findings without doubles; most are the only one of their rank, and need no comparison."""
    return findings if len(findings) == 1 else dict.fromkeys(findings)


def _severity(rule: Rule[Subject], unit: Unit | None) -> Severity:
    """A fuzzy text reaches no page: what is wrong with it is a hint to whoever reads it."""
    if unit and unit.message.fuzzy and unit.message.state is State.FUZZY:
        content = not rule.id.startswith(("safety/untranslated", "catalog/"))
        return Severity.WARNING if content else rule.severity
    return rule.severity


def _finding(id: str, severity: Severity, fault: Fault, edition: Edition, unit: Unit | None) -> Finding:
    segment = unit.segment if unit else None
    return Finding(
        rule=id,
        severity=severity,
        text=fault.text,
        advice=fault.advice,
        article=edition.article.slug,
        locale=edition.locale.tag,
        place=fault.place or (unit.place if unit else Place(edition.catalog.path)),
        source_place=segment.place if segment else Place(edition.article.path),
        key=unit.message.key if unit else None,
        safety=unit.safety if unit else (),
        target=unit.message.target if unit else "",
    )
