"""Reports: the same facts for people and for programs."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import report
from pipeline.model import Finding, Outcome, Place, Severity, Standing
from pipeline.report.text import SHOWN, clean
from pipeline.standing import Closing


def finding(number: int = 1, **fields: object) -> Finding:
    """A finding of a crisis message."""
    values = {
        "rule": "safety/untranslated",
        "severity": Severity.ERROR,
        "text": "The safety text “crisis” is untranslated.",
        "advice": "Translate it.",
        "article": "x",
        "locale": "es-US",
        "place": Place("locales/es_US/LC_MESSAGES/x.po", number),
    }
    return Finding(**(values | fields))  # type: ignore[arg-type]


def standing(locale: str = "es-US", **fields: object) -> Standing:
    """An edition whose page goes out."""
    values = {"messages": 10, "translated": 10, "fuzzy": 0, "safety": 3, "signed": 3}
    values |= {"published": True, "open": True, "reasons": ()}
    return Standing("x", locale, **(values | fields))  # type: ignore[arg-type]


def printed(outcome: Outcome) -> str:
    """Everything that the text report says, as in a log."""
    stream = io.StringIO()
    report.findings(outcome.findings, stream)
    report.standings(outcome, stream)
    report.summary(outcome, stream)
    return stream.getvalue()


def test_a_finding_says_where_what_and_what_to_do() -> None:
    """The first line is ``file:line: severity: sentence [rule]``, as editors and CI read it."""
    lines = printed(Outcome((standing(),), (finding(7),))).splitlines()
    assert lines[0] == (
        "locales/es_US/LC_MESSAGES/x.po:7: error: The safety text “crisis” is untranslated. [safety/untranslated]"
    )
    assert lines[1].strip() == "Translate it."


def test_errors_come_before_warnings() -> None:
    """What withholds a page is not buried."""
    warning = finding(severity=Severity.WARNING, text="A small thing.")
    text = printed(Outcome((standing(),), (warning, finding())))
    assert text.index("untranslated.") < text.index("A small thing.")


def test_many_findings_of_a_rule_are_folded() -> None:
    """A draft has a hundred fuzzy messages; the log says so in one line."""
    text = printed(Outcome((standing(),), tuple(finding(number) for number in range(1, 101))))
    assert text.count("Translate it.") == SHOWN
    assert f"... and {100 - SHOWN} more of safety/untranslated" in text


def test_a_withheld_page_names_its_reasons() -> None:
    """The table of locales says which article is withheld, and by which rule."""
    closed = standing(open=False, signed=2, reasons=("safety/not-signed-off",))
    text = printed(Outcome((closed,), ()))
    assert "2 of 3" in text
    assert "x withheld: safety/not-signed-off" in text
    assert "The gate is closed: 1 of 1 page withheld" in text


def test_a_draft_does_not_close_the_gate() -> None:
    """A locale that is not published is shown as a preview, whatever its state."""
    draft = standing("ca-ES", published=False, open=False, reasons=("catalog/incomplete",))
    outcome = Outcome((standing(), draft), ())
    assert outcome.open
    assert "1 preview, not published" in printed(outcome)


def test_nothing_at_all_is_closed() -> None:
    """A report about no page does not say that everything is in order."""
    assert not Outcome((), ()).open


@given(st.text())
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    """A catalog cannot move the cursor, colour the report or hide a line of it."""
    shown = printed(Outcome((standing(),), (finding(text=text, advice=text),)))
    assert not [character for character in shown if ord(character) < 32 and character != "\n"]
    assert "\x7f" not in shown
    assert clean(clean(text)) == clean(text)


def test_square_brackets_are_text() -> None:
    """rich's own markup in a message is shown, not obeyed."""
    assert "[red]danger[/red] [a1]" in printed(Outcome((), (finding(text="[red]danger[/red] [a1]"),)))


def test_wide_characters_keep_the_table_straight() -> None:
    """Columns line up where a name takes two cells a character."""
    rows = (standing("ja-JP", open=False, reasons=("日本語/規則",)), standing("ar-EG"))
    lines = [line for line in printed(Outcome(rows, ())).splitlines() if "of 3" in line]
    assert len({line.index("of 3") for line in lines}) == 1


@settings(max_examples=25)
@given(st.lists(st.text("ab日é-", min_size=1, max_size=90), min_size=1, max_size=22))
def test_a_log_has_the_table_that_a_person_sees_at_a_terminal(names: list[str]) -> None:
    """Without its styles: the same columns, and lines broken at the same places."""
    rows = [replace(standing(open=False, reasons=("page/frame",)), article=name) for name in names]
    outcome = Outcome((standing("en-US"), *rows, standing("ja-JP", published=False)), ())
    plain, drawn = io.StringIO(), io.StringIO()
    report.standings(outcome, plain)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORCE_COLOR", "1")
        patch.setenv("TERM", "xterm")
        report.standings(outcome, drawn)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", drawn.getvalue()).splitlines()
    assert plain.getvalue().splitlines() == [line.rstrip() for line in lines]


def test_json_has_every_field() -> None:
    """Programs get what people get, and more: every finding, unfolded."""
    outcome = Outcome((standing(),), tuple(finding(number) for number in range(100)))
    data = json.loads(report.to_json(outcome))
    assert data["schema"] == 1
    assert data["open"] is True
    assert len(data["findings"]) == 100
    assert data["findings"][7]["place"] == {"path": "locales/es_US/LC_MESSAGES/x.po", "line": 7}
    assert data["findings"][7]["source_place"] is None
    assert data["editions"][0]["signed"] == 3


@given(st.text(st.characters()))
def test_json_holds_any_text(text: str) -> None:
    """Whatever a catalog contains, the report is JSON."""
    data = json.loads(report.to_json(Outcome((), (finding(text=text),))))
    assert len(data["findings"]) == 1


ABOUT = st.sampled_from(("", "x", "y"))
ERRORS = st.lists(
    st.builds(Finding, st.sampled_from("abc"), st.sampled_from(Severity), st.just(""), st.just(""), ABOUT, ABOUT)
)


@given(ERRORS, st.sampled_from("xy"), st.sampled_from("xy"))
def test_what_closes_a_gate_is_found_at_once(found: list[Finding], slug: str, tag: str) -> None:
    """The rules of the errors about an edition, each once, in the order of the findings."""
    about = [one for one in found if one.article in ("", slug) and one.locale in ("", tag)]
    expected = dict.fromkeys(one.rule for one in about if one.severity is Severity.ERROR)
    assert Closing(found).of(slug, tag) == tuple(expected)
