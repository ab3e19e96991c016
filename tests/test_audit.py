"""The gate against itself: with sign-offs every damage is caught in every locale, and no variation is an error."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT, TODAY
from pipeline import audit, cli
from pipeline.audit import OPERATORS, Plan, Report, Score, Verdict, fresh
from pipeline.audit.operators import BENIGN, CLASSES
from pipeline.audit.running import subjects
from pipeline.audit.text_damage import parts

SUBJECTS = list(subjects(ROOT, TODAY))
LOCALES = tuple(dict.fromkeys(one.edition.locale.tag for one in SUBJECTS))
ARTICLE = "supporting-a-partner"

FLOORS: dict[str, float] = {
    "omitted unit": 0.97,
    "omitted sentence": 0.49,
    "untranslated": 0.91,
    "duplicate or contradiction": 0.97,
    "invisible characters": 1.0,
    "damaged text": 0.98,
    "hidden": 0.99,
    "link and text differ": 0.98,
    "negation or modality": 0.0,
    "urgency weakened": 0.0,
    "condition": 0.34,
    "actor changed": 0.0,
    "wrong channel": 0.66,
    "wrong claim": 0.22,
    "placeholder broken": 0.98,
    "wrong digit": 0.96,
    "wrong country": 1.0,
    "dead number": 1.0,
    "wrong service": 0.93,
    "unreviewed": 0.85,
    "stale against source": 0.94,
    "not a link": 1.0,
    "digits of another script": 1.0,
    "clipped": 0.98,
    "wrong language mark": 1.0,
    "outside the main text": 1.0,
    "reading order": 1.0,
}
"""Class -> share of damaged copies that are withheld without sign-offs, measured over all locales, rounded down."""


@pytest.fixture(scope="module")
def report() -> Report:
    """Every operator at one place of the shorter article, in every published locale."""
    plan = Plan(ROOT, TODAY, LOCALES, (ARTICLE,), sites=1, jobs=os.cpu_count() or 1)
    return audit.run(plan, lambda _done, _total: None)


def test_there_are_enough_operators() -> None:
    """At least 120 ways to damage and 60 to vary, each with a name of its own, a sentence and a known class."""
    assert sum(not operator.benign for operator in OPERATORS) >= 120
    assert sum(operator.benign for operator in OPERATORS) >= 60
    assert max(Counter(operator.id for operator in OPERATORS).values()) == 1
    for operator in OPERATORS:
        assert operator.kind in (*CLASSES, BENIGN)
        assert operator.summary.endswith(".")
    assert {operator.kind for operator in OPERATORS} == {*CLASSES, BENIGN}


def test_signed_off_every_damage_is_caught(report: Report) -> None:
    """With sign-offs in force no damaged copy would go out, in any locale."""
    missed = [row for row in report.of() if row.signed is not Verdict.CLOSED]
    assert not missed, [(row.operator, row.locale, row.site) for row in missed]
    assert set(report.locales()) == set(LOCALES)


def test_no_variation_is_an_error(report: Report) -> None:
    """What a reader would not mind closes no gate, in any locale."""
    flagged = [row for row in report.benign() if row.signed is Verdict.CLOSED]
    assert not flagged, [(row.operator, row.locale, row.site, row.rules) for row in flagged]


def test_every_operator_applies_somewhere(report: Report) -> None:
    """An operator that applies in no locale measures nothing."""
    used = {row.operator for row in report.rows}
    assert not {operator.id for operator in OPERATORS} - used


def test_where_an_operator_does_not_apply_is_reported(report: Report) -> None:
    """Each operator in each locale has a row, or is counted as not applicable."""
    told = {(row.operator, row.locale) for row in report.rows} | set(report.idle)
    assert told == {(operator.id, tag) for operator in OPERATORS for tag in LOCALES}


def test_without_sign_offs_the_gate_gets_no_worse(report: Report) -> None:
    """Of fresh translations each class is withheld at least as often as when it was measured."""
    shares = {kind: fresh(report.of(kind=kind)).share for kind in report.kinds()}
    worse = {kind: (shares[kind], floor) for kind, floor in FLOORS.items() if shares[kind] < floor}
    assert not worse
    assert set(FLOORS) == set(shares)


def test_an_audit_writes_nothing(demonstration: Path) -> None:
    """Copies of values are damaged, never files."""
    before = {path: path.read_bytes() for path in demonstration.rglob("*") if path.is_file()}
    audit.run(Plan(demonstration, TODAY, ("th-TH",), (ARTICLE,), 1, 1), lambda _done, _total: None)
    assert {path: path.read_bytes() for path in demonstration.rglob("*") if path.is_file()} == before


def test_what_is_closed_already_cannot_be_audited(
    demonstration: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the gate is closed before anything was damaged, the audit says so and measures nothing."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")
    (demonstration / "locales" / "fr_FR" / "signoffs.toml").write_text("", encoding="utf-8")
    code = cli.main(["--project", str(demonstration), "audit", "--locale", "fr-FR", "--article", ARTICLE])
    assert code == 2
    assert "is closed (safety/not-signed-off)" in capsys.readouterr().err


def test_a_draft_cannot_be_audited(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what goes out is audited."""
    assert cli.main(["--project", str(demonstration), "audit", "--locale", "ca-ES"]) == 2
    assert "ca-ES is not published" in capsys.readouterr().err


def test_the_report_for_programs(
    demonstration: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The JSON has every operator with its class, both figures by locale and by class, and every row."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")
    monkeypatch.setattr(audit.running, "OPERATORS", OPERATORS[:3])
    arguments = ["audit", "--locale", "fr-FR", "--article", ARTICLE, "--jobs", "1", "--format", "json"]
    assert cli.main(["--project", str(demonstration), *arguments]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["locales"]["fr-FR"]["signed"]["total"] >= 3
    assert data["locales"]["fr-FR"]["signed"]["open"] == 0
    assert {row["operator"] for row in data["rows"]} == {operator.id for operator in OPERATORS[:3]}
    assert len(data["operators"]) == len(OPERATORS)


def test_a_score_counts() -> None:
    """The share of a score is of everything that was tried; of nothing it is whole."""
    assert Score(3, 1, 0).share == 0.75
    assert Score().share == 1.0


@pytest.mark.parametrize(
    ("text", "count"),
    [("One. Two.", 2), ("**One.** Two.", 2), ("Call {a.phone} now.", 1), ("一。二。", 2), ("एक। दो।", 2), ("ก ข", 2)],
)
def test_sentences_are_told_apart(text: str, count: int) -> None:
    """Sentences end as the language ends them, and not inside a variable."""
    assert len(parts(text)) == count
