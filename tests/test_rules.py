"""The rules one by one: their examples, their ids, their documentation, and what happens when one fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import checks
from pipeline.checks import runner, samples
from pipeline.checks.reading import read
from pipeline.checks.rules import Change, Example, Fault, Pair, Rule, Swap
from pipeline.checks.units import units
from pipeline.checks.when import always
from pipeline.errors import UsageError
from pipeline.model import Edition, Severity

ROOT = Path(__file__).parent.parent
ORDINARY = [rule for rule in checks.RULES if rule.scope != "rule"]
FLAGGED = [pytest.param(one, example, id=f"{one.id}-{n}") for one in ORDINARY for n, example in enumerate(one.flagged)]
PASSED = [pytest.param(one, example, id=f"{one.id}-{n}") for one in ORDINARY for n, example in enumerate(one.passed)]


def faults(rule: Rule[Any], example: Example) -> list[Fault]:
    """What a rule says about an example."""
    match example:
        case Pair():
            return list(rule.function(samples.unit(example)))
        case Swap():
            return list(rule.function(read(samples.swapped(example), samples.edition(example.locale))))
        case Change():
            return about(rule, example.make(samples.edition()))


def test_conditions_hold_wherever_a_rule_finds_a_fault() -> None:
    """No rule is left out, by the condition of another's examples or its own, where it would find something."""
    pairs = [example for one in ORDINARY for example in (*one.flagged, *one.passed) if isinstance(example, Pair)]
    for unit in map(samples.unit, dict.fromkeys(pairs)):
        for rule in (one for one in ORDINARY if one.scope == "message"):
            assert rule.when((unit,)) or not list(rule.function(unit)), (rule.id, unit.message)


def about(rule: Rule[Any], edition: Edition) -> list[Fault]:
    """What a rule says about an edition, all its messages, or its page."""
    if rule.scope == "edition":
        return list(rule.function(edition))
    if rule.scope == "page":
        return list(rule.function(read(samples.page(edition.locale.tag), edition)))
    return [fault for unit in units(edition) for fault in rule.function(unit)]


@pytest.mark.parametrize(("rule", "example"), FLAGGED)
def test_flags_what_is_wrong(rule: Rule[Any], example: Example) -> None:
    """Each example of what is wrong is flagged."""
    assert faults(rule, example)


@pytest.mark.parametrize(("rule", "example"), PASSED)
def test_passes_what_is_right(rule: Rule[Any], example: Example) -> None:
    """Each example of what is right is not flagged."""
    assert faults(rule, example) == []


@pytest.mark.parametrize("tag", ["fr-FR", "ar-EG"])
@pytest.mark.parametrize("rule", ORDINARY, ids=lambda rule: rule.id)
def test_passes_the_sample(rule: Rule[Any], tag: str) -> None:
    """The sample edition and its page, from which the examples start, are right in every respect."""
    assert about(rule, samples.edition(tag)) == []


@pytest.mark.parametrize(("rule", "example"), FLAGGED)
def test_speaks_in_sentences(rule: Rule[Any], example: Example) -> None:
    """What is wrong, and what to do about it, are each a sentence."""
    for fault in faults(rule, example):
        for sentence in (fault.text, fault.advice):
            assert sentence.endswith("."), sentence
            assert "\n" not in sentence


@pytest.mark.parametrize("rule", checks.RULES, ids=lambda rule: rule.id)
def test_is_explained(rule: Rule[Any]) -> None:
    """A rule says in one line what is wrong, and then why it matters; it has an example of what it flags."""
    assert re.fullmatch(r"[a-z]+/[a-z]+(-[a-z]+)*", rule.id)
    assert rule.summary.endswith(".")
    assert len(rule.reason) > 40
    assert rule.flagged or rule.scope == "rule"


def test_ids_are_unique() -> None:
    """No two rules share an id, so an id names one thing in reports, docs and settings."""
    ids = [rule.id for rule in checks.RULES]
    assert len(ids) == len(set(ids))


def test_safety_is_an_error_unless_it_asks_a_reviewer() -> None:
    """What touches safety text, helplines and pages closes the gate; questions of meaning and time are warnings."""
    protected = [rule for rule in checks.RULES if rule.family in {"safety", "helpline", "page", "gate"}]
    warnings = {rule.id for rule in protected if rule.severity is Severity.WARNING}
    asked = {"safety/negation", "safety/length", "safety/word-lost", "safety/concept-lost", "safety/concept-added"}
    assert warnings == {*asked, "helpline/due"}


def test_a_rule_is_found_by_its_id() -> None:
    """An id gives its rule, and an unknown one is a mistake, never skipped."""
    assert checks.rule("safety/untranslated").id == "safety/untranslated"
    with pytest.raises(UsageError, match=r"There is no rule safety/untransalted"):
        checks.rule("safety/untransalted")


def test_the_reference_page_is_current() -> None:
    """docs/rules.md is what the rules say; run python -m pipeline.checks > docs/rules.md."""
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == checks.reference()


def test_a_rule_is_described_with_its_examples() -> None:
    """The description of a rule names it, and shows what it flags with invisible characters spelled out."""
    text = checks.describe(checks.rule("unicode/invisible"))
    assert text.startswith("## unicode/invisible\n\nError. ")
    assert "\\u200b" in text
    assert "\u200b" not in text


def failing(_subject: object) -> Iterator[Fault]:
    """A rule that finds one thing and then falls over."""
    yield Fault("Something is wrong.", "Mend it.")
    raise LookupError("nothing there")


@pytest.mark.parametrize("rule", ORDINARY, ids=lambda rule: rule.id)
def test_a_rule_that_fails_closes_the_gate(rule: Rule[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever rule raises, the finding says so by name, the gate is closed, and the other rules still run."""
    edition = samples.edition()
    for name in ("EDITION_RULES", "STATE_RULES", "TEXT_RULES", "PHONE_RULES", "PAGE_RULES"):
        broken = replace(rule, function=failing, when=always)
        damaged = tuple(broken if one.id == rule.id else one for one in getattr(checks, name))
        monkeypatch.setattr(checks, name, damaged)
    if rule.id in {one.id for one in checks.PHONE_RULES}:
        findings = checks.check_catalog(edition.catalog, edition.registry, edition.today)
        findings = tuple(one for one in findings if one.rule in {rule.id, "gate/rule-failed"})
    else:
        findings = (*checks.check(edition), *checks.verify(samples.page(), edition))
    assert not checks.is_open(findings)
    assert {finding.rule for finding in findings} == {rule.id, "gate/rule-failed"}
    failed = next(finding for finding in findings if finding.rule == "gate/rule-failed")
    assert failed.severity is Severity.ERROR
    assert failed.text == f"The rule {rule.id} failed: LookupError: nothing there."


def test_a_failure_is_a_finding() -> None:
    """What the gate says when something of its own raises names the thing, the exception, and the edition."""
    finding = runner.failed("Reading the page back", ValueError(), samples.edition())
    assert finding.text == "Reading the page back failed: ValueError."
    assert (finding.article, finding.locale) == ("numb", "fr-FR")
