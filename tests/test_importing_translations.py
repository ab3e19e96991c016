"""Translations from elsewhere, aligned into catalogs, and the command that imports."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import cli, extract, importing, po, readers
from pipeline.importing import ORIGIN, Alignment
from pipeline.model import Article, Catalog, Key, State

SOURCE = """---
title: Sleep
description: What helps you sleep.
---

People need 7 to 9 hours of sleep a night, and many get *far* less than that.

## What helps

- A dark room
- Going to bed at the same time every day, on weekends as well
- No coffee after 3

<!-- safety: see-a-provider -->
If you cannot sleep for 4 weeks, see a doctor.

## Where to read on

Read [the guide](https://sleep.example/guide), which has 12 chapters.
"""

GERMAN = """---
title: Schlaf
description: Was beim Schlafen hilft.
---

Menschen brauchen 7 bis 9 Stunden Schlaf pro Nacht, und viele bekommen *viel* weniger.

## Was hilft

- Ein dunkles Zimmer
- Jeden Tag zur selben Zeit ins Bett gehen, auch am Wochenende
- Kein Kaffee nach 3

Wenn Sie 4 Wochen lang nicht schlafen können, gehen Sie zum Arzt.

## Wo Sie weiterlesen können

Lesen Sie [den Leitfaden](https://sleep.example/guide), der 12 Kapitel hat.
"""


def read(text: str, tag: str) -> Article:
    """An article of a text."""
    return readers.read(text.encode(), "source/articles/sleep.md", tag)


def aligned(german: str) -> Alignment:
    """The German text aligned with the source."""
    return importing.align(read(SOURCE, "en-US"), read(german, "de-DE"))


def pairs(one: Alignment) -> dict[str, str]:
    """What was paired one to one."""
    return {
        pair.source[0].key.source: pair.target[0].key.source
        for pair in one.pairs
        if len(pair.source) == len(pair.target) == 1
    }


def template() -> Catalog:
    """The empty messages of the source, for German."""
    return po.load(po.dump(extract.template(read(SOURCE, "en-US"))), "de.po")


SAFETY = frozenset({Key("If you cannot sleep for 4 weeks, see a doctor.")})
ALL = pairs(aligned(GERMAN))


def test_the_same_structure_is_paired_one_to_one() -> None:
    """Every text finds its translation where both articles are built alike."""
    one = aligned(GERMAN)
    assert one.identical
    assert len(ALL) == len(one.pairs) == 10
    assert ALL["A dark room"] == "Ein dunkles Zimmer"
    assert all(pair.same for pair in one.pairs)


@pytest.mark.parametrize(
    ("left_out", "lost"),
    [
        ("- Ein dunkles Zimmer\n", "A dark room"),
        ("Wenn Sie 4 Wochen lang nicht schlafen können, gehen Sie zum Arzt.\n", "If you cannot sleep for 4 weeks"),
        ("## Wo Sie weiterlesen können\n", "Where to read on"),
        ("- Kein Kaffee nach 3\n", "No coffee after 3"),
    ],
)
def test_a_text_that_is_missing_moves_no_other(left_out: str, lost: str) -> None:
    """What the translation lacks stays empty; its neighbours keep their partners."""
    assert left_out in GERMAN
    one = aligned(GERMAN.replace(left_out, ""))
    assert not one.identical
    assert pairs(one) == {source: target for source, target in ALL.items() if not source.startswith(lost)}


def test_a_paragraph_that_was_divided_is_put_together() -> None:
    """Two paragraphs that translate one become one text; others stay with theirs."""
    german = GERMAN.replace("pro Nacht, und viele", "pro Nacht.\n\nUnd viele")
    filled = importing.fill(template(), aligned(german), "old/de.md", frozenset(), " ")
    first = filled.catalog.messages[2]
    assert first.target == "Menschen brauchen 7 bis 9 Stunden Schlaf pro Nacht. Und viele bekommen *viel* weniger."
    assert not filled.remarks


def test_pairs_are_fuzzy_and_say_where_they_come_from() -> None:
    """Nothing that was paired by a machine is accepted."""
    filled = importing.fill(template(), aligned(GERMAN), "old/de.md", frozenset(), " ")
    assert {message.state for message in filled.catalog.messages} == {State.FUZZY}
    assert all(message.comments == (f"{ORIGIN}de.md",) for message in filled.catalog.messages)
    assert (filled.fuzzy, filled.accepted) == (10, 0)


def test_trust_accepts_equal_structure_but_never_safety_text() -> None:
    """Whoever trusts a translation still reviews its safety text."""
    one = aligned(GERMAN)
    filled = importing.fill(template(), one, "de.md", importing.trustworthy(one, SAFETY), " ")
    fuzzy = {message.key for message in filled.catalog.messages if message.fuzzy}
    assert fuzzy == SAFETY
    assert filled.accepted == 9


@pytest.mark.parametrize(
    ("was", "becomes", "key"),
    [
        ("nach 3", "nach 5", "No coffee after 3"),
        ("*viel*", "viel", "People need 7 to 9"),
        ("sleep.example/guide", "schlaf.example/rat", "Read [the guide]"),
    ],
)
def test_trust_stops_at_other_numbers_and_markup(was: str, becomes: str, key: str) -> None:
    """A pair that differs in a number, a link or its emphasis waits for a person."""
    one = aligned(GERMAN.replace(was, becomes))
    trusted = importing.trustworthy(one, SAFETY)
    assert one.identical
    assert len(trusted) == 8
    assert not [other for other in trusted if other.source.startswith(key)]


def test_trust_needs_the_whole_structure() -> None:
    """One text too few, and nothing is accepted unseen."""
    assert not importing.trustworthy(aligned(GERMAN.replace("- Ein dunkles Zimmer\n", "")), SAFETY)


def test_human_text_is_never_touched() -> None:
    """A message with any text, fuzzy too, stays as it is."""
    first = importing.fill(template(), aligned(GERMAN), "a.md", frozenset(), " ").catalog
    again = importing.fill(first, aligned(GERMAN.replace("Ein dunkles", "Ein helles")), "b.md", frozenset(), " ")
    assert again.catalog == first
    assert again.kept == 10


def test_what_is_not_translated_stays_empty() -> None:
    """A paragraph left in the source language is no translation."""
    left = "People need 7 to 9 hours of sleep a night, and many get *far* less than that."
    one = aligned(GERMAN.replace(ALL[left], left))
    filled = importing.fill(template(), one, "de.md", frozenset(), " ")
    assert filled.catalog.index()[Key(left)].state is State.UNTRANSLATED
    assert [remark.why for remark in filled.remarks] == ["it is not translated"]


@given(st.lists(st.sampled_from(GERMAN.split("---\n")[2].strip().split("\n\n")), max_size=12))
def test_every_text_is_in_one_pair_in_order(blocks: list[str]) -> None:
    """However a translation was cut up, nothing of either article is lost or doubled."""
    german = read("---\ntitle: Schlaf\n---\n\n" + "\n\n".join(blocks), "de-DE")
    source = read(SOURCE, "en-US")
    one = importing.align(source, german)
    assert [segment for pair in one.pairs for segment in pair.source] == list(extract.segments(source))
    assert [segment for pair in one.pairs for segment in pair.target] == list(extract.segments(german))


# --- the command ----------------------------------------------------------------------------------

COPIED = "Rest\nRest is more than sleep. It takes time, and it takes peace of mind that no pill can give.\n"


def run(project: Path, *arguments: str) -> int:
    """The exit code of ``handrail import`` in a project."""
    return cli.main(["--project", str(project), "import", *arguments])


def test_import_writes_a_draft_once(starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The draft lies among the articles, and a second import does not overwrite it."""
    file = tmp_path / "Rest at Night.txt"
    file.write_text(COPIED, encoding="utf-8")
    assert run(starter, str(file)) == 0
    made = starter / "source" / "articles" / "rest-at-night.md"
    assert "made  source/articles/rest-at-night.md" in capsys.readouterr().out
    made.write_text("mine", encoding="utf-8")
    assert run(starter, str(file)) == 2
    assert made.read_text(encoding="utf-8") == "mine"
    assert "is there already" in capsys.readouterr().err


def test_check_writes_nothing_and_tells_by_its_code(starter: Path, tmp_path: Path) -> None:
    """1 where a person has to look, 0 where not; the articles stay as they are either way."""
    before = sorted((starter / "source" / "articles").iterdir())
    clean, doubtful = tmp_path / "clean.txt", tmp_path / "doubtful.txt"
    clean.write_text(COPIED, encoding="utf-8")
    doubtful.write_text(
        COPIED + "It helps to have:\nA long walk is of use to most of us, in any weather.\n", encoding="utf-8"
    )
    assert run(starter, str(clean), "--check") == 0
    assert run(starter, str(doubtful), "--check") == 1
    assert sorted((starter / "source" / "articles").iterdir()) == before


def test_one_bad_file_does_not_stop_the_others(starter: Path, tmp_path: Path) -> None:
    """What can be imported is; the exit code tells that something was not."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(COPIED, encoding="utf-8")
    bad.write_bytes(b"\xff\xfe")
    assert run(starter, str(bad), str(good), str(tmp_path / "missing.txt")) == 2
    assert (starter / "source" / "articles" / "good.md").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a.txt", "b.txt", "--slug", "c"],
        ["a.txt", "--trust"],
        ["--translation", "a.md"],
        ["b.txt", "--translation", "a.md", "--article", "a", "--locale", "es-US"],
    ],
)
def test_arguments_that_make_no_sense_are_refused(starter: Path, arguments: list[str]) -> None:
    """A command that cannot mean anything is an error, not a guess."""
    assert run(starter, *arguments) == 2


def test_a_translation_goes_into_the_catalog(starter: Path, tmp_path: Path) -> None:
    """With --check there is no catalog; without, its messages have fuzzy texts; with --trust, accepted ones."""
    (starter / "source" / "articles" / "sleep.md").write_text(SOURCE, encoding="utf-8")
    file = tmp_path / "old.md"
    file.write_text(GERMAN, encoding="utf-8")
    catalog = starter / "locales" / "es_US" / "LC_MESSAGES" / "sleep.po"
    asked = ["--translation", str(file), "--article", "sleep", "--locale", "es-US"]
    assert run(starter, *asked, "--check") == 1
    assert not catalog.exists()
    assert run(starter, *asked) == 0
    made = po.load(catalog.read_bytes(), "sleep.po")
    assert {message.key.source: message.target for message in made.messages} == ALL
    assert all(message.fuzzy for message in made.messages)
    catalog.unlink()
    assert run(starter, *asked, "--trust") == 0
    assert [m.key for m in po.load(catalog.read_bytes(), "sleep.po").messages if m.fuzzy] == list(SAFETY)


def test_a_translation_of_another_format_is_refused(starter: Path, tmp_path: Path) -> None:
    """Pasted text has no structure to align by, so a person makes an article of it first."""
    file = tmp_path / "old.txt"
    file.write_text("Schlaf", encoding="utf-8")
    assert run(starter, "--translation", str(file), "--article", "feeling-low", "--locale", "es-US") == 2
