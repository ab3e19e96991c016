"""Baselines and suppressions: what they let pass, and what nothing lets pass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import TODAY
from pipeline import build, checks, debt, project
from pipeline.debt import Debt
from pipeline.errors import SettingsError
from pipeline.model import Finding, Key, Outcome, Place, Severity, Suppression

CATALOG = "locales/es_US/LC_MESSAGES/feeling-low.po"
OLD = Finding(
    "number/lost",
    Severity.ERROR,
    "The number 15 is missing from the translation.",
    "Compare the numbers with the source.",
    "x",
    "fr-FR",
    Place("x.po", 7),
    Place("x.md", 3),
    Key("After 15 weeks"),
)
PROTECTED = [one for one in checks.RULES if one.family in debt.PROTECTED]


def held(*findings: Finding) -> Debt:
    """A baseline of these findings, written and read again."""
    return Debt(debt.load(debt.dump(findings), "baseline.json"))


def test_a_baseline_lets_old_findings_pass() -> None:
    """What was there is accepted, also where its lines have moved; nothing is stale."""
    moved = OLD._replace(place=Place("x.po", 99), source_place=Place("x.md", 50))
    settled = debt.settle([moved], held(OLD))
    assert (settled.findings, settled.stale) == ((), ())
    assert [one.finding for one in settled.accepted] == [moved]


@pytest.mark.parametrize(
    "change",
    [
        {"key": Key("After 15 months")},
        {"text": "The number 16 is missing from the translation."},
        {"locale": "de-DE"},
        {"article": "y"},
        {"rule": "number/invented"},
        {"safety": ("crisis",)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_new_finding_does_not_pass(change: dict[str, object]) -> None:
    """Another message, sentence, locale, article or rule is another finding, and so is one about safety text."""
    new = OLD._replace(**change)  # type: ignore[arg-type]
    assert debt.settle([new], held(OLD)).findings == (new,)


def test_one_more_of_a_kind_does_not_pass() -> None:
    """A baseline of two findings lets two pass, not three; and is stale when one is left."""
    assert debt.settle([OLD] * 3, held(OLD, OLD)).findings == (OLD,)
    assert len(debt.settle([OLD], held(OLD, OLD)).stale) == 1


@pytest.mark.parametrize("rule", PROTECTED, ids=lambda rule: rule.id)
def test_a_protected_rule_is_in_no_baseline(rule: checks.Rule[object]) -> None:
    """Safety text, helplines, pages and the gate itself are left out when a baseline is written, and refused in one."""
    finding = OLD._replace(rule=rule.id)
    assert json.loads(debt.dump([finding]))["findings"] == []
    forged = json.loads(debt.dump([OLD]))
    forged["findings"][0] |= {"rule": rule.id, "fingerprint": debt.fingerprint(finding)}
    with pytest.raises(SettingsError, match="no baseline may hold"):
        debt.load(json.dumps(forged).encode(), "baseline.json")


def test_a_suppression_by_hand_of_a_protected_rule_matches_nothing() -> None:
    """Even a value that no settings file can make lets no safety finding pass."""
    finding = OLD._replace(rule="safety/untranslated")
    assert debt.settle([finding], Debt(suppressions=(Suppression("safety/untranslated", "x"),))).findings == (finding,)


def test_an_entry_changed_by_hand_is_refused() -> None:
    """An entry that was edited to hold another finding does not hold it."""
    forged = json.loads(debt.dump([OLD]))
    forged["findings"][0]["text"] = "Another sentence."
    with pytest.raises(SettingsError, match="changed by hand"):
        debt.load(json.dumps(forged).encode(), "baseline.json")


@given(st.binary(max_size=60) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(
    lambda value: json.dumps({"schema": 1, "findings": value}).encode()
))  # fmt: skip
def test_what_is_no_baseline_is_an_error(data: bytes) -> None:
    """A file that is empty, cut off or something else lets nothing pass: it stops the command."""
    if data == b'{"schema": 1, "findings": []}':
        assert debt.load(data, "baseline.json") == ()
        return
    with pytest.raises(SettingsError) as caught:
        debt.load(data, "baseline.json")
    assert caught.value.place == Place("baseline.json")


def test_a_suppression_is_as_narrow_as_it_says() -> None:
    """Article, locale and message narrow it down; each left out stands for all."""
    wide, narrow = Suppression("number/lost", "a"), Suppression("number/lost", "b", "x", "fr-FR", "After 15 weeks")
    other = OLD._replace(key=Key("Another"))
    assert len(debt.settle([OLD, other], Debt(suppressions=(wide,))).accepted) == 2
    settled = debt.settle([OLD, other], Debt(suppressions=(narrow,)))
    assert (settled.findings, settled.accepted[0].reason) == ((other,), "b")


# --- in a project ---------------------------------------------------------------------------------


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Change a file of a project; fails where there is nothing to change."""
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text, f"{path} does not say {old!r}"
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def suppress(folder: Path, text: str) -> None:
    """Add a suppression to the settings."""
    with (folder / "handrail.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[[suppress]]\n{text}\n")


def assessed(folder: Path) -> Outcome:
    """What a project comes to."""
    return build.assess(project.open_project(folder), TODAY, build.EVERYTHING).outcome


@pytest.fixture
def indebted(starter: Path) -> Path:
    """The starter with a number in a translation that its source does not have."""
    edit(starter, CATALOG, "Cuéntele a alguien", "Cuéntele 3 veces a alguien")
    assert assessed(starter).standings[1].reasons == ("number/invented",)
    return starter


def test_a_suppression_with_a_reason_opens_the_gate(indebted: Path) -> None:
    """What the settings let pass withholds no page, and the report says what and why."""
    suppress(indebted, 'rule = "number/invented"\nlocale = "es-US"\nreason = "agreed with the author"')
    outcome = assessed(indebted)
    assert outcome.open
    assert outcome.findings == ()
    assert [one.reason for one in outcome.accepted] == ["agreed with the author"]


def test_a_suppression_of_nothing_is_reported(starter: Path) -> None:
    """A suppression that lets nothing pass is a warning at its line of the settings."""
    suppress(starter, 'rule = "number/invented"\nreason = "agreed"')
    outcome = assessed(starter)
    [finding] = outcome.findings
    assert (finding.rule, finding.severity, outcome.open) == ("debt/stale", Severity.WARNING, True)
    lines = (starter / "handrail.toml").read_text(encoding="utf-8").split("\n")
    assert finding.place == Place("handrail.toml", lines.index("[[suppress]]") + 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('rule = "number/invented"', "missing required field `reason`"),
        ('rule = "number/invented"\nreason = " "', "reason"),
        ('rule = "number/nothing"\nreason = "x"', "There is no rule"),
        ('rule = "number/invented"\nreason = "x"\nlocale = "it-IT"', "is not a locale"),
        ('rule = "number/invented"\nreason = "x"\nuntil = "2030"', "is no setting"),
        *((f'rule = "{one.id}"\nreason = "x"', "cannot be suppressed") for one in PROTECTED),
    ],
)
def test_a_wrong_suppression_is_an_error_of_the_settings(starter: Path, text: str, sentence: str) -> None:
    """No reason, an unknown rule, locale or field, and every protected rule: nothing runs with such settings."""
    suppress(starter, text)
    with pytest.raises(SettingsError, match=sentence):
        project.open_project(starter)


def test_a_suppression_never_covers_safety_text(starter: Path) -> None:
    """A number invented in a safety message closes the gate, whatever the settings say of that rule."""
    edit(starter, CATALOG, 'llame al {emergency."\n"phone} ahora', 'llame 3 veces al {emergency."\n"phone} ahora')
    suppress(starter, 'rule = "number/invented"\nreason = "agreed"')
    outcome = assessed(starter)
    assert not outcome.open
    assert "number/invented" in outcome.standings[1].reasons
