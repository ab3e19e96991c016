"""``handrail stats``: counts that add up, in three forms."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from pipeline import project, report
from pipeline.cli import main
from pipeline.locales import locale
from pipeline.model import State
from pipeline.stats import Count, Tally, count, measure, total

TODAY = date(2026, 11, 25)


@pytest.fixture
def counts(demonstration: Path) -> tuple[Count, ...]:
    """Those of the demonstration project."""
    return count(project.load(project.open_project(demonstration), TODAY).editions)


@pytest.mark.parametrize(
    ("text", "tag", "words", "characters"),
    [
        ("Don't stop: 3.5 mg, twice.", "en-US", 5, 22),
        ("", "en-US", 0, 0),
        ("— … !", "fr-FR", 0, 3),
        ("หากคุณรู้สึกเศร้า", "th-TH", 4, 17),
        ("感情的な距離", "ja-JP", 4, 6),
        ("يا ليل", "ar-EG", 2, 5),
    ],
)
def test_words_are_those_of_the_language(text: str, tag: str, words: int, characters: int) -> None:
    """ICU finds words where no spaces are; punctuation is no word, and white space no character."""
    assert measure(text, locale(tag)) == Tally(1, words, characters)


def test_states_add_up(counts: tuple[Count, ...]) -> None:
    """What is translated, fuzzy and untranslated is everything; each locale counts the same source."""
    for one in counts:
        assert sum(one.states.values(), start=Tally()) == one.all
        assert one.safety.words < one.all.words
    assert len({one.all for one in counts if one.article == "supporting-a-partner"}) == 1


def test_repeated_and_known_texts(demonstration: Path) -> None:
    """A source that stood in an earlier article is repeated; one that is accepted there is known, if it is not here."""
    path = demonstration / "locales/fr_FR/LC_MESSAGES/supporting-a-partner.po"
    before = total(count(project.load(project.open_project(demonstration), TODAY).editions), "fr-FR")
    assert (before.repeated.segments > 0, before.known.segments) == (True, 0)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("\nmsgid", "\n#, fuzzy\nmsgid").replace("#, python-brace-format\n#, fuzzy", "#, fuzzy"), "utf-8"
    )
    after = total(count(project.load(project.open_project(demonstration), TODAY).editions), "fr-FR")
    assert after.repeated == before.repeated
    assert after.known == after.repeated
    assert after.states[State.FUZZY].segments == 28


def test_the_table_has_a_row_for_each_article_and_locale(
    demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One locale, two articles and their sum."""
    assert main(["--project", str(demonstration), "stats", "--locale", "th-TH"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [row[:2] for row in rows[1:]] == [
        ["th-TH", "emotional-detachment"],
        ["th-TH", "supporting-a-partner"],
        ["th-TH", "all"],
    ]
    assert int(rows[1][3]) + int(rows[2][3]) == int(rows[3][3])


def test_json_says_the_same(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every amount in segments, words and characters, for programs."""
    assert (
        main(["--project", str(demonstration), "stats", "--format", "json", "--article", "supporting-a-partner"]) == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == 1
    assert {one["article"] for one in found["articles"]} == {"supporting-a-partner"}
    french = next(one for one in found["locales"] if one["locale"] == "fr-FR")
    assert french["source"] == french["states"]["translated"]
    assert french["target"]["words"] > 0


def test_the_badge_is_an_svg_that_can_be_read_aloud(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its text is in the title, not in the colour alone."""
    assert main(["--project", str(demonstration), "stats", "--format", "badge", "--locale", "fr-FR"]) == 0
    root = etree.fromstring(capsys.readouterr().out.encode())
    assert root.findtext("{*}title") == "fr-FR: 100 % translated"


def test_a_badge_never_rounds_up() -> None:
    """100 % means all, and a label cannot break out of the picture."""
    states = {State.TRANSLATED: Tally(1, 999), State.FUZZY: Tally(1, 1), State.UNTRANSLATED: Tally()}
    picture = etree.fromstring(report.badge("<&>", [Count("x", "fr-FR", Tally(2, 1000), states)]))
    assert picture.findtext("{*}title") == "<&>: 99 % translated"


def test_nothing_to_count_is_an_error(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The source locale has nothing to translate."""
    assert main(["--project", str(demonstration), "stats", "--locale", "en-US"]) == 2
    assert "nothing to count" in capsys.readouterr().err
