"""The gate against itself: with sign-offs every damage is caught in every locale, and no variation is an error."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT, TODAY
from pipeline import audit, cli
from pipeline.audit import OPERATORS, Plan, Score, Verdict, fresh
from pipeline.audit.judging import judge
from pipeline.audit.operators import BENIGN, CLASSES
from pipeline.audit.running import subjects
from pipeline.audit.text_damage import parts

SUBJECTS = list(subjects(ROOT, TODAY))
LOCALES = tuple(dict.fromkeys(one.edition.locale.tag for one in SUBJECTS))
ARTICLE = "supporting-a-partner"

FLOORS: dict[str, tuple[float, float]] = {
    "omitted unit": (1.0, 0.76),
    "omitted sentence": (0.5, 0.16),
    "untranslated": (1.0, 0.55),
    "duplicate or contradiction": (1.0, 0.78),
    "invisible characters": (1.0, 1.0),
    "damaged text": (1.0, 0.9),
    "hidden": (1.0, 0.97),
    "link and text differ": (1.0, 0.85),
    "negation or modality": (0.6, 0.3),
    "urgency weakened": (0.5, 0.0),
    "condition": (0.6, 0.33),
    "actor changed": (0.5, 0.0),
    "wrong channel": (1.0, 0.66),
    "wrong claim": (0.4, 0.3),
    "placeholder broken": (1.0, 0.85),
    "wrong digit": (0.95, 0.9),
    "wrong country": (1.0, 1.0),
    "dead number": (1.0, 1.0),
    "wrong service": (0.95, 0.86),
    "unreviewed": (1.0, 1.0),
    "stale against source": (1.0, 0.0),
    "not a link": (1.0, 1.0),
    "digits of another script": (1.0, 1.0),
    "clipped": (1.0, 1.0),
    "wrong language mark": (1.0, 1.0),
    "outside the main text": (1.0, 1.0),
    "reading order": (1.0, 1.0),
}
"""Class -> share that is withheld without sign-offs: in the weakest translation, and in the source's own language."""


def test_there_are_enough_operators() -> None:
    """At least 120 ways to damage and 60 to vary, each with a name of its own, a sentence and a known class."""
    assert sum(not operator.benign for operator in OPERATORS) >= 120
    assert sum(operator.benign for operator in OPERATORS) >= 60
    assert max(Counter(operator.id for operator in OPERATORS).values()) == 1
    for operator in OPERATORS:
        assert operator.kind in (*CLASSES, BENIGN)
        assert operator.summary.endswith(".")
    assert {operator.kind for operator in OPERATORS} == {*CLASSES, BENIGN}


@pytest.mark.parametrize("tag", LOCALES)
def test_the_gate_withstands_the_audit(tag: str) -> None:
    """With sign-offs every damage is caught and no variation is an error; without, no class is caught less often."""
    report = audit.run(Plan(ROOT, TODAY, (tag,), (ARTICLE,), sites=1, jobs=1), lambda _done, _total: None)
    missed = [row for row in report.of() if row.signed is not Verdict.CLOSED]
    assert not missed, [(row.operator, row.site) for row in missed]
    flagged = [row for row in report.benign() if row.signed is Verdict.CLOSED]
    assert not flagged, [(row.operator, row.site, row.rules) for row in flagged]
    shares = {kind: fresh(report.of(kind=kind)).share for kind in report.kinds()}
    is_source = tag == SUBJECTS[0].edition.source_locale.tag
    assert not {kind: share for kind, share in shares.items() if share < FLOORS[kind][is_source]}
    assert {row.operator for row in report.rows} | {id for id, _ in report.idle} == {one.id for one in OPERATORS}


def test_every_operator_applies_somewhere() -> None:
    """An operator that applies to no page in no locale measures nothing."""
    idle = [one.id for one in OPERATORS if not any(next(one.cases(subject), None) for subject in SUBJECTS)]
    assert not idle


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


def test_a_new_project_can_be_audited(starter: Path) -> None:
    """However short its articles are, and whatever roles its region has no line in."""
    (subject,) = (one for one in subjects(starter, TODAY) if one.edition.locale.tag == "es-US")
    for operator in OPERATORS:
        if operator.id.startswith(("registry/line", "template/body-cut")):
            for case in operator.cases(subject):
                assert judge(case, subject)[0] is Verdict.CLOSED, operator.id


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
