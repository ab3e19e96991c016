"""Apertium, the real one: the Debian package apertium-eng-cat must be installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline import inline, locales
from pipeline.engines.apertium import Apertium
from pipeline.engines.masking import Masking
from pipeline.model import Catalog, Key, Message, Refusal, State, Suggestion
from pipeline.prefill import Answer, prefill

ENGLISH = locales.locale("en-US")
CATALAN = locales.locale("ca-ES")
FRENCH = locales.locale("fr-FR")
JAPANESE = locales.locale("ja-JP")
ADVICE = "these tests need Apertium's English-Catalan: sudo apt install apertium-eng-cat"


@pytest.fixture(scope="module")
def apertium() -> Apertium:
    """The installed one; without it the tests fail, because nothing else shows that drafts can be made."""
    assert shutil.which("apertium"), ADVICE
    modes = subprocess.run(["apertium", "-l"], capture_output=True, text=True, timeout=20, check=True).stdout
    assert "eng-cat" in modes.split(), ADVICE
    return Apertium(deadline=30)


def texts(answers: Sequence[Answer]) -> list[str]:
    """What was suggested; a refusal fails."""
    assert [answer for answer in answers if isinstance(answer, Refusal)] == []
    return [answer.text for answer in answers if isinstance(answer, Suggestion)]


def test_texts_of_one_batch_do_not_run_into_each_other(apertium: Apertium) -> None:
    """Each text comes out as if it had been alone."""
    sources = ["The child is small", "Hello", "The house is big.", "", "Two\nlines", "Look after the basics"]
    together = texts(apertium.suggest([Key(source) for source in sources], ENGLISH, CATALAN))
    alone = [texts(apertium.suggest([Key(source)], ENGLISH, CATALAN))[0] for source in sources[:3]]
    assert together[:3] == alone
    assert together[0] == "El nen és petit"
    assert together[3] == ""


def test_special_characters_of_its_stream_are_only_characters(apertium: Apertium) -> None:
    """Nothing in a text can open a tag, end the text or vanish."""
    source = r"a ^b$ /c/ <d> {e} [f] @g \h [] .[] *i"
    [text] = texts(apertium.suggest([Key(source)], ENGLISH, CATALAN))
    for special in ("^", "$", "/", "<", ">", "{", "}", "[", "]", "@", "\\", "*"):
        assert text.count(special) == source.count(special), special


def test_no_is_not_a_number(apertium: Apertium) -> None:
    """At the end of a sentence Apertium reads the abbreviation of "number", and a negation is lost."""
    sources = ["No.", "Is it harmful? No. The house is big."]
    drafts = texts(apertium.suggest([Key(source) for source in sources], ENGLISH, CATALAN))
    assert drafts == ["No.", "L'és lesiu? No. La casa és gran."]


def test_unknown_words_carry_no_marks(apertium: Apertium) -> None:
    """A star before a word would be read as markup."""
    assert texts(apertium.suggest([Key("flurbish grompel")], ENGLISH, CATALAN)) == ["flurbish grompel"]


def test_the_origin_names_the_direction(apertium: Apertium) -> None:
    """Both directions are there, and the variety of the target if there is one."""
    assert apertium.suggest([Key("house")], ENGLISH, CATALAN) == [Suggestion("casa", "apertium eng-cat")]
    assert apertium.suggest([Key("la casa")], CATALAN, ENGLISH) == [Suggestion("the home", "apertium cat-eng_US")]


def test_a_pair_that_is_not_installed_names_its_package(apertium: Apertium) -> None:
    """A refusal says what to do, or that nothing can be done."""
    spanish = locales.locale("es-US")
    assert (
        apertium.suggest([Key("house")] * 2, ENGLISH, spanish)
        == [Refusal("Apertium cannot translate from en to es here: install the Debian package apertium-eng-spa")] * 2
    )
    [answer] = apertium.suggest([Key("house")], ENGLISH, JAPANESE)
    assert answer == Refusal("Apertium cannot translate from en to ja: Debian has no package for this pair")


def test_without_apertium_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the program gets the same advice."""
    monkeypatch.setenv("PATH", "/nowhere")
    [answer] = Apertium().suggest([Key("house")], ENGLISH, CATALAN)
    assert isinstance(answer, Refusal)
    assert answer.reason.endswith("install the Debian package apertium-eng-cat")


PROGRAMS = {
    "hangs": "sleep 60",
    "dies": "exit 3",
    "stops half way": r"printf 'One.[]\0'",
    "says nothing": "cat > /dev/null",
}


@pytest.mark.parametrize("script", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_a_broken_apertium_refuses_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Whatever the program does, each text gets its refusal and no process is left behind."""
    program = tmp_path / "apertium"
    program.write_text(f'#!/bin/sh\n[ "$1" = -l ] && echo eng-cat && exit\n{script} | cat\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    answers = Apertium(deadline=0.5).suggest([Key("One"), Key("Two")], ENGLISH, CATALAN)
    assert len(answers) == 2
    assert all(isinstance(answer, Refusal) for answer in answers)


def test_drafts_keep_variables_links_and_emphasis(apertium: Apertium) -> None:
    """Sentences of a real article through the whole of prefill."""
    sources = [
        "Call {crisis.name} at {crisis.phone}. You do not have to go through this alone.",
        "**Name one feeling a day.** A single word is enough. Writing it down may help.",
        "You can find more ideas in our article on [supporting a partner who is detached](supporting-a-partner.html).",
        "Most of them, 89.4%, said that their depression had improved with the medicine [[9]](#sources).",
        "Talk therapy, also called *psychotherapy*, may help. Examples are:",
    ]
    catalog = Catalog("ca-ES", tuple(Message(Key(source)) for source in sources))
    done = prefill(catalog, [Masking(apertium)], ENGLISH, CATALAN, frozenset({Key(sources[0])}))
    assert [message.state for message in done.catalog.messages] == [State.UNTRANSLATED, *[State.FUZZY] * 4]
    for message in done.catalog.messages[1:]:
        inline.conform(inline.parse(message.target), inline.parse(message.key.source))
        assert message.comments == ("handrail: suggested by apertium eng-cat",)
    assert "](supporting-a-partner.html)" in done.catalog.messages[2].target
    assert "89.4%" in done.catalog.messages[3].target
