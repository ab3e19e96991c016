"""Apertium, the real one: its programs and its server, with the pairs that scripts/system-packages installs."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline import inline, locales
from pipeline.engines.apertium import Apertium, Programs
from pipeline.engines.apertium.pairs import advice, route
from pipeline.engines.apertium.server import Server
from pipeline.engines.masking import Masking
from pipeline.engines.spending import OFFLINE, Purse
from pipeline.engines.web import Patience
from pipeline.errors import EngineError
from pipeline.model import Catalog, Key, Message, Refusal, State, Suggestion
from pipeline.prefill import Answer, Assignment, prefill

ENGLISH = locales.locale("en-US")
CATALAN = locales.locale("ca-ES")
FRENCH = locales.locale("fr-FR")
JAPANESE = locales.locale("ja-JP")
SPANISH = locales.locale("es-US")
BRAZILIAN = locales.locale("pt-BR")
PAIRS = ("eng-cat", "eng-spa", "es-pt_BR", "es-fr")
ADVICE = "these tests need pairs of Apertium: run scripts/system-packages"


@pytest.fixture(scope="module")
def apertium() -> Apertium:
    """The installed one; without it the tests fail, because nothing else shows that drafts can be made."""
    assert shutil.which("apertium"), ADVICE
    modes = subprocess.run(["apertium", "-l"], capture_output=True, text=True, timeout=20, check=True).stdout
    assert set(PAIRS) <= set(modes.split()), ADVICE
    return Apertium(Programs(deadline=30))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real APY on loopback."""
    assert shutil.which("apertium-apy"), ADVICE
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (tmp_path_factory.mktemp("apy") / "log").open("wb")
    command = ["apertium-apy", "--port", str(port), "--num-processes", "1", "/usr/share/apertium"]
    with log, subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/listPairs")
            yield address
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"nobody answers at {address}")


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
    assert apertium.suggest([Key("house")] * 2, ENGLISH, JAPANESE) == [Refusal(advice(ENGLISH, JAPANESE))] * 2
    assert advice(ENGLISH, JAPANESE) == "Apertium cannot translate from en to ja: Debian has no package for this pair"
    assert advice(ENGLISH, SPANISH).endswith("from en to es here: install the Debian package apertium-eng-spa")
    assert advice(ENGLISH, FRENCH).endswith("apertium-eng-spa and apertium-fr-es, to go by way of es")


def test_the_way_is_the_straightest_to_the_closest_variety() -> None:
    """A pair of its own before two, Spanish before other thirds, the region's variety before the plain one."""
    modes = {"eng-cat", "eng-spa", "es-pt", "es-pt_BR", "spa-eng", "cat-fra", "es-fr", "eco-es-fr"}
    assert route(modes, ENGLISH, CATALAN) == ("eng-cat",)
    assert route(modes, ENGLISH, BRAZILIAN) == ("eng-spa", "es-pt_BR")
    assert route(modes, ENGLISH, locales.locale("pt-PT")) == ("eng-spa", "es-pt")
    assert route(modes, ENGLISH, FRENCH) == ("eng-spa", "es-fr")
    assert route(modes - {"es-fr"}, ENGLISH, FRENCH) == ("eng-cat", "cat-fra")
    assert route(modes, ENGLISH, JAPANESE) == ()


def test_drafts_by_way_of_a_third_language_say_so(apertium: Apertium) -> None:
    """Two translations lose more than one; whoever reads the draft should know."""
    assert apertium.suggest([Key("The house is big.")], ENGLISH, BRAZILIAN) == [
        Suggestion("A casa é grande.", "apertium eng-spa, es-pt_BR (by way of spa)")
    ]
    [french] = apertium.suggest([Key("The house is big.")], ENGLISH, FRENCH)
    assert french == Suggestion("La maison est grande.", "apertium eng-spa, es-fr (by way of spa)")


# --- the server -----------------------------------------------------------------------------------


def test_the_server_says_what_the_programs_say(apertium: Apertium, server: str) -> None:
    """One machine has the pairs, and the others ask it."""
    sources = ["The child is small", "Is it harmful? No. The house is big.", "a < b > d <x0/> [X1X]", " Two "]
    asked = Apertium(Server(server)).suggest([Key(source) for source in sources], ENGLISH, CATALAN)
    local = apertium.suggest([Key(source) for source in sources], ENGLISH, CATALAN)
    assert [text.strip() for text in texts(asked)] == [text.strip() for text in texts(local)]
    assert all(answer.origin == "apertium eng-cat" for answer in asked if isinstance(answer, Suggestion))


def test_the_server_goes_by_way_of_a_third_language(server: str) -> None:
    """The same routes, in the names of the server."""
    [answer] = Apertium(Server(server)).suggest([Key("The house is big.")], ENGLISH, BRAZILIAN)
    assert answer == Suggestion("A casa é grande.", "apertium eng-spa, spa-por_BR (by way of spa)")


def test_markup_survives_the_server(server: str) -> None:
    """Masks come back through its HTML."""
    machine = Masking(Apertium(Server(server)))
    [answer] = machine.suggest([Key("Call **{crisis.name}** at {crisis.phone} & wait.")], ENGLISH, SPANISH)
    assert isinstance(answer, Suggestion)
    assert inline.plain(inline.parse(answer.text)).count("{crisis.") == 2
    assert "**{crisis.name}**" in answer.text


def test_a_server_that_is_not_there_refuses_in_time() -> None:
    """Each text gets the reason."""
    engine = Apertium(Server("http://127.0.0.1:9", Patience(timeout=0.5, deadline=2, retries=1, pause=0.01)))
    answers = engine.suggest([Key("One"), Key("Two")], ENGLISH, CATALAN)
    assert len(answers) == 2
    assert all(isinstance(answer, Refusal) and "apertium failed" in answer.reason for answer in answers)


def test_offline_asks_no_server(server: str) -> None:
    """A server is on the network, even one's own."""
    engine = Apertium(Server(server, purse=Purse(closed=OFFLINE)))
    assert engine.suggest([Key("One")], ENGLISH, CATALAN) == [OFFLINE]


def test_a_server_elsewhere_needs_https() -> None:
    """Texts travel as safely as with any other service."""
    with pytest.raises(EngineError, match="APERTIUM_URL"):
        Server("http://apertium.example:2737")


# --- programs that break --------------------------------------------------------------------------


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
    answers = Apertium(Programs(deadline=0.5)).suggest([Key("One"), Key("Two")], ENGLISH, CATALAN)
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
    done = prefill(catalog, [Masking(apertium)], Assignment(ENGLISH, CATALAN, frozenset({Key(sources[0])})))
    assert [message.state for message in done.catalog.messages] == [State.UNTRANSLATED, *[State.FUZZY] * 4]
    for message in done.catalog.messages[1:]:
        inline.conform(inline.parse(message.target), inline.parse(message.key.source))
        assert message.comments == ("handrail: suggested by apertium eng-cat",)
    assert "](supporting-a-partner.html)" in done.catalog.messages[2].target
    assert "89.4%" in done.catalog.messages[3].target
