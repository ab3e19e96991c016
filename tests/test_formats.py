"""The reports for CI systems, each against the schema or the syntax that its readers document."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline import checks, report
from pipeline.model import Accepted, Finding, Key, Outcome, Place, Severity, Standing
from pipeline.report.markdown import SHOWN

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
LOG = jsonschema.Draft4Validator(SARIF)
RESULT = jsonschema.Draft4Validator({"$ref": "#/definitions/result", "definitions": SARIF["definitions"]})
JUNIT = etree.XMLSchema(file=str(SCHEMAS / "junit-10.xsd"))
PO = "locales/es_US/LC_MESSAGES/x.po"


def finding(**fields: object) -> Finding:
    """An error about a crisis message, with the lines of the catalog and of the article."""
    values = {
        "rule": "safety/untranslated",
        "severity": Severity.ERROR,
        "text": "The safety text “crisis” is untranslated.",
        "advice": "Translate it.",
        "article": "x",
        "locale": "es-US",
        "place": Place(PO, 7),
        "source_place": Place("source/articles/x.md", 3),
        "key": Key("Call {crisis.phone}."),
        "safety": ("crisis",),
    }
    return Finding(**(values | fields))  # type: ignore[arg-type]


def standing(locale: str = "es-US", **fields: object) -> Standing:
    """An edition whose page is withheld."""
    values = {"messages": 10, "translated": 9, "fuzzy": 0, "safety": 3, "signed": 2}
    values |= {"published": True, "open": False, "reasons": ("safety/untranslated",)}
    return Standing("x", locale, **(values | fields))  # type: ignore[arg-type]


def outcome(*findings: Finding) -> Outcome:
    """A published locale with these findings, and a draft with an error and a warning."""
    draft = standing("ca-ES", published=False)
    of_draft = (finding(locale="ca-ES"), finding(locale="ca-ES", severity=Severity.WARNING, rule="catalog/fuzzy"))
    ordinary = finding(rule="number/lost", key=Key("Most, 89 %."), safety=(), severity=Severity.WARNING)
    accepted = (Accepted(ordinary._replace(text="An old one."), "agreed with the author"),)
    return Outcome((standing(), draft), (ordinary, *findings, *of_draft), accepted)


WHOLE = outcome(finding(), finding(rule="gate/unreadable", article="", locale="", place=None, source_place=None))
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)


def made(form: str, of: Outcome) -> str:
    """The report in one format."""
    return report.FORMATS[form](of).decode()


# --- SARIF ----------------------------------------------------------------------------------------


def valid_sarif(of: Outcome) -> dict[str, Any]:
    """The only run of the report, once the whole of it is valid."""
    log = json.loads(made("sarif", of))
    LOG.validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("of", [WHOLE, Outcome((), ())], ids=["whole", "empty"])
def test_sarif_is_valid(of: Outcome) -> None:
    """The report validates against the schema of SARIF 2.1.0."""
    assert valid_sarif(of)["tool"]["driver"]["name"] == "Handrail"


def test_the_schema_of_sarif_refuses_what_is_wrong() -> None:
    """The validation can fail: a level that SARIF does not know is noticed."""
    log = json.loads(made("sarif", WHOLE))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError, match="fatal"):
        LOG.validate(log)


@given(TEXTS, TEXTS)
def test_sarif_holds_any_text(text: str, path: str) -> None:
    """Whatever a catalog says and however a file is called, the report is valid and the text is in it."""
    results = json.loads(made("sarif", outcome(finding(text=text, place=Place(path or "x", 1)))))["runs"][0]["results"]
    for one in results:
        RESULT.validate(one)
    assert any(one["message"]["text"].startswith(text.strip()) for one in results)


def test_sarif_points_at_both_lines() -> None:
    """A result is at the line of the catalog, and the line of the article is related to it."""
    result = valid_sarif(outcome(finding()))["results"][0]
    here = result["locations"][0]["physicalLocation"]
    there = result["relatedLocations"][0]["physicalLocation"]
    assert (here["artifactLocation"]["uri"], here["region"]["startLine"]) == (PO, 7)
    assert (there["artifactLocation"]["uri"], there["region"]["startLine"]) == ("source/articles/x.md", 3)


def test_sarif_explains_its_rules() -> None:
    """Every rule is there with its help, and every result's index leads to its rule."""
    run = valid_sarif(WHOLE)
    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == [one.id for one in checks.RULES]
    assert "Flagged:" in rules[[one["id"] for one in rules].index("safety/untranslated")]["help"]["markdown"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_sarif_levels_are_ranks() -> None:
    """What closes the gate is an error, what concerns a draft a note, what is accepted suppressed with its reason."""
    results = valid_sarif(WHOLE)["results"]
    assert [one["level"] for one in results] == ["error", "error", "warning", "note", "note", "warning"]
    assert results[-1]["suppressions"][0]["justification"] == "agreed with the author"
    assert not any("suppressions" in one for one in results[:-1])


def test_fingerprints_stay_when_lines_move() -> None:
    """A finding is recognized where its file has grown above it, and two of a kind are told apart."""
    moved = finding(place=Place(PO, 99), source_place=Place("source/articles/x.md", 50))
    before, after = valid_sarif(outcome(finding()))["results"], valid_sarif(outcome(moved))["results"]
    assert [one["partialFingerprints"] for one in before] == [one["partialFingerprints"] for one in after]
    twice = valid_sarif(outcome(finding(), finding()))["results"]
    marks = [one["partialFingerprints"]["handrailFinding/v1"] for one in twice]
    assert len(set(marks)) == len(marks)


# --- JUnit ----------------------------------------------------------------------------------------


def valid_junit(of: Outcome) -> Any:
    """The root of the report, once the whole of it is valid."""
    root = etree.fromstring(made("junit", of).encode())
    JUNIT.assertValid(root)
    return root


@pytest.mark.parametrize("of", [WHOLE, Outcome((), ())], ids=["whole", "empty"])
def test_junit_is_valid(of: Outcome) -> None:
    """The report validates against the schema of Jenkins' xUnit plugin."""
    assert valid_junit(of).tag == "testsuites"


@given(st.text(max_size=40), st.text(max_size=40))
def test_junit_holds_any_text(text: str, article: str) -> None:
    """Control characters and half surrogates, which XML cannot hold, do not make the report unreadable."""
    valid_junit(outcome(finding(text=text, article=article)))


def test_junit_fails_what_blocks_and_skips_drafts() -> None:
    """Errors are failures, warnings output of cases that pass, drafts skipped; the counts agree with the cases."""
    root = valid_junit(WHOLE)
    failed = [case.get("name") for case in root.iter("testcase") if case.find("failure") is not None]
    skipped = [case.get("name") for case in root.iter("testcase") if case.find("skipped") is not None]
    assert failed == ["gate/unreadable", "gate", "safety/untranslated"]
    assert skipped == ["gate", "safety/untranslated", "catalog/fuzzy"]
    assert (root.get("failures"), root.get("tests")) == ("3", str(len(list(root.iter("testcase")))))
    assert f"{PO}:7: " in root.find(".//testcase[@name='safety/untranslated']/failure").text


# --- GitHub ---------------------------------------------------------------------------------------

_COMMAND = re.compile(
    r"::(?P<name>error|warning|notice)(?: (?P<properties>[^:\r\n]+(?:%3A[^:\r\n]*)*))?::(?P<data>[^\r\n]*)"
)
_PROPERTIES = {"title", "file", "line", "endLine", "col", "endColumn"}


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands of a log, read as GitHub documents them; fails on a line that is none."""
    found = []
    for line in text.split("\n")[:-1]:
        match = _COMMAND.fullmatch(line)
        assert match, line
        pairs = [pair.partition("=") for pair in (match["properties"] or "").split(",") if pair]
        assert {name for name, _, _ in pairs} <= _PROPERTIES
        values = {name: unescaped(value, {"%3A": ":", "%2C": ","}) for name, _, value in pairs}
        found.append((match["name"], values, unescaped(match["data"], {})))
    return found


def unescaped(text: str, more: dict[str, str]) -> str:
    """What the runner makes of an escaped text: https://github.com/actions/runner, ActionCommand.cs."""
    for mark, char in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(mark, char)
    return text


def test_github_gets_a_command_for_each_finding() -> None:
    """Errors first, with file, line and rule; drafts are left out; the last line says what is withheld."""
    found = commands(made("github", WHOLE))
    assert [name for name, _, _ in found] == ["error", "error", "warning", "error"]
    assert found[0][1] == {"file": PO, "line": "7", "title": "safety/untranslated"}
    assert found[0][2].endswith("Translate it.\nsource: source/articles/x.md:3")
    assert found[-1][2] == "Withheld: es-US/x."


@given(st.text(max_size=60), st.text(max_size=30))
def test_github_commands_cannot_be_smuggled_in(text: str, path: str) -> None:
    """No text of a catalog and no file name ends its command, starts another, or adds a property."""
    found = commands(made("github", Outcome((standing(),), (finding(text=text, place=Place(path, 1)),))))
    assert [name for name, _, _ in found] == ["error", "error"]
    assert set(found[0][1]) == {"file", "line", "title"}


def test_github_texts_come_back_whole() -> None:
    """Percent signs, line ends, colons and commas survive the escaping."""
    text, path = "100%25 of\n::error::them, all: 5 %0A", "a,b:c%2C.po"
    [(_, properties, data), _] = commands(
        made("github", Outcome((standing(),), (finding(text=text, place=Place(path, 2)),)))
    )
    assert (properties["file"], data.startswith(text)) == (path, True)


# --- GitLab ---------------------------------------------------------------------------------------


def valid_gitlab(of: Outcome) -> list[dict[str, Any]]:
    """The issues, once every field that GitLab documents as required is there and of its type."""
    issues: list[dict[str, Any]] = json.loads(made("gitlab", of))
    for one in issues:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert all(isinstance(one[name], str) and one[name] for name in ("description", "check_name", "fingerprint"))
        assert not one["location"]["path"].startswith("./")
        assert isinstance(one["location"]["lines"]["begin"], int)
        assert one["location"]["lines"]["begin"] >= 1
    marks = [one["fingerprint"] for one in issues]
    assert len(set(marks)) == len(marks)
    return issues


def test_gitlab_gets_what_it_requires() -> None:
    """Every documented field, unique fingerprints, and severities by rank."""
    issues = valid_gitlab(outcome(finding(), finding()))
    assert [one["severity"] for one in issues] == ["blocker", "blocker", "minor", "info", "info"]


@given(st.text(max_size=40))
def test_gitlab_holds_any_text(text: str) -> None:
    """Whatever a catalog contains, the report is JSON."""
    valid_gitlab(outcome(finding(text=text)))


# --- Markdown -------------------------------------------------------------------------------------


def test_markdown_says_what_is_withheld() -> None:
    """A heading with the verdict, a row for each page, a row for each finding, and what was let pass."""
    text = made("markdown", WHOLE)
    assert text.startswith("## Handrail: the gate is closed\n")
    assert "| es-US | x | 9 of 10 | 0 | 2 of 3 | **withheld**: `safety/untranslated` |" in text
    assert "x.po:7<br>source/articles/x.md:3 | **error**: The safety text “crisis” is untranslated." in text
    assert "1 findings pass" in text


@given(TEXTS)
def test_markdown_shows_texts_and_obeys_none(text: str) -> None:
    """A catalog can add no markup, no row, no HTML and no mention to the comment on a pull request."""
    hostile = f"{text}<img src=x>|@everyone\n# [x](y)`"
    rows = made("markdown", outcome(finding(text=hostile))).split("\n")
    plain = made("markdown", outcome(finding())).split("\n")
    assert len(rows) == len(plain)
    [row] = [row for row in rows if "everyone" in row]
    bare = re.sub(r"<br>|&#?\w+;|\\[\\`*_{}\[\]()#!|~$]|`safety/untranslated`", "", row)
    assert not set(bare) & set("<>@`[]#")


def test_markdown_fits_into_a_comment() -> None:
    """A thousand long findings stay below the 65,536 characters of a comment on GitHub, and say how many there are."""
    many = outcome(*(finding(text="word " * 200, place=Place(PO, line)) for line in range(1000)))
    text = made("markdown", many)
    assert len(text) < 65_536
    assert f"... and {1001 - SHOWN} more" in text


# --- all of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", report.FORMATS)
def test_the_same_outcome_gives_the_same_bytes(form: str) -> None:
    """No clock, no path of the machine and no order of a set gets into a report."""
    assert report.FORMATS[form](WHOLE) == report.FORMATS[form](WHOLE)
    assert str(Path.cwd()) not in made(form, WHOLE)


@pytest.mark.parametrize("form", ["sarif", "junit", "github", "gitlab", "markdown"])
def test_paths_are_seen_from_the_folder_of_the_repository(form: str) -> None:
    """CI systems look for files from the root of the repository, wherever in it the project lies."""
    assert f"health/{PO}".replace("_", r"\_" if form == "markdown" else "_") in made(
        form, report.below(WHOLE, "health")
    )
