"""Running rules: findings out of faults, and a closed gate out of a rule that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias, TypeVar

from pipeline.checks.rules import Fault, Rule
from pipeline.checks.units import Unit
from pipeline.checks.when import When, grouped
from pipeline.identity import Same
from pipeline.model import Edition, Finding, Place, Segment, Severity, State

Subject = TypeVar("Subject")
Groups: TypeAlias = tuple[tuple[When, tuple[Rule[Unit], ...]], ...]
"""Rules by the condition that picks the messages in which they may find anything."""

Judge: TypeAlias = Callable[[Sequence[Unit]], Iterator[Finding]]
"""What rules find about the messages of one edition."""


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


def judge(always: tuple[Rule[Unit], ...], of_texts: tuple[Rule[Unit], ...]) -> Judge:
    """What runs rules about messages: the first ones for every message, the others for those that have a target."""
    return _judge(Same(always), Same(of_texts))


@lru_cache(maxsize=16)
def _judge(always: Same[tuple[Rule[Unit], ...]], of_texts: Same[tuple[Rule[Unit], ...]]) -> Judge:
    groups, groups_of_texts = grouped(always.value), grouped(of_texts.value)

    def judged(units: Sequence[Unit]) -> Iterator[Finding]:
        yield from _run_all(groups, units)
        yield from _run_all(groups_of_texts, [one for one in units if one.message.state is not State.UNTRANSLATED])

    return judged


def _run_all(groups: Groups, units: Sequence[Unit]) -> Iterator[Finding]:
    """The findings of many rules about the messages of one edition, each rule about those that its condition picks."""
    for condition, rules in groups:
        try:
            picked = condition(units)
        except Exception:  # then the rules themselves say what they stumble over
            picked = units
        for unit in picked:
            for rule in rules:
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
    return finding._replace(place=place, source_place=segment.place, key=segment.key, safety=safety, target=target)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without doubles: errors first, then by file and line."""
    return tuple(dict.fromkeys(sorted(findings, key=_rank)))


def _rank(finding: Finding) -> tuple[bool, str, int, str]:
    """Errors first, then by file and line."""
    place = finding.place or Place("")
    return finding.severity is not Severity.ERROR, place.path, place.line, finding.rule


def _severity(rule: Rule[Subject], unit: Unit | None) -> Severity:
    """A fuzzy text reaches no page: what is wrong with it is a hint to whoever reads it."""
    if unit and unit.message.fuzzy and unit.message.state is State.FUZZY:
        content = not rule.id.startswith(("safety/untranslated", "catalog/"))
        return Severity.WARNING if content else rule.severity
    return rule.severity


def _finding(id: str, severity: Severity, fault: Fault, edition: Edition, unit: Unit | None) -> Finding:
    return Finding(
        rule=id,
        severity=severity,
        text=fault.text,
        advice=fault.advice,
        article=edition.article.slug,
        locale=edition.locale.tag,
        place=fault.place or (unit.place if unit else Place(edition.catalog.path)),
        source_place=unit.source_place if unit else Place(edition.article.path),
        key=unit.message.key if unit else None,
        safety=unit.safety if unit else (),
        target=unit.message.target if unit else "",
    )
