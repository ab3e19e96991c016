"""Masking: what a machine sees, and what comes back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import inline, locales
from pipeline.engines.masking import Masking, sentences
from pipeline.model import Key, Locale, Refusal, Suggestion
from pipeline.prefill import Answer

ENGLISH = locales.locale("en-US")
FRENCH = locales.locale("fr-FR")
MARK = re.compile(r"<x\d+/>|\[X\d+X\]")


@dataclass
class Machine:
    """A machine that does something to each text, and remembers what it saw."""

    change: Callable[[str], str]
    name: str = "machine"
    machine: bool = True
    seen: list[str] = field(default_factory=list)

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        assert (source, target) == (ENGLISH, FRENCH)
        self.seen += [key.source for key in keys]
        return [Suggestion(self.change(key.source), "machine") for key in keys]


def shout(text: str) -> str:
    """A translation into capitals, marks aside."""
    return "".join(part if MARK.fullmatch(part) else part.upper() for part in re.split(f"({MARK.pattern})", text))


def ask(machine: Machine, source: str) -> Answer:
    """One answer."""
    [answer] = Masking(machine).suggest([Key(source)], ENGLISH, FRENCH)
    return answer


SOURCES = [
    ("Call {crisis.name} at {crisis.phone}.", "CALL {crisis.name} AT {crisis.phone}."),
    ("**Name one feeling a day.** A word is *enough*.", "**NAME ONE FEELING A DAY.** A WORD IS *ENOUGH*."),
    ("See [our *other* article](x.html) now", "SEE [OUR *OTHER* ARTICLE](x.html) NOW"),
    ("Press `Ctrl` and <kbd>x</kbd>", "PRESS `Ctrl` AND <kbd>X</kbd>"),
    ("Read <a1>this</a1> and <span1>that</span1>", "READ <a1>THIS</a1> AND <span1>THAT</span1>"),
    ("Most of them, 89.4%, said so", "MOST OF THEM, 89.4%, SAID SO"),
    ("one\\\ntwo", "ONE\\\nTWO"),
    (
        "Write to help@example.org or see https://example.org/a?b=c",
        "WRITE TO help@example.org OR SEE https://example.org/a?b=c",
    ),
    ("2 \\* 3 is not < 5 & so on", "2 \\* 3 IS NOT < 5 & SO ON"),
]


@pytest.mark.parametrize(("source", "expected"), SOURCES)
def test_markup_and_placeables_survive(source: str, expected: str) -> None:
    """The words change, nothing else does."""
    answer = ask(Machine(shout), source)
    assert isinstance(answer, Suggestion)
    assert inline.parse(answer.text) == inline.parse(expected)
    assert answer.origin == "machine"


def test_a_machine_sees_no_markup_no_variables_and_no_addresses() -> None:
    """What it cannot see it cannot spoil."""
    machine = Machine(shout)
    ask(machine, "**Call** {crisis.phone} or write to help@example.org, see [this](https://example.org/x)")
    [seen] = machine.seen
    assert not set("*{}@[]()") & set(MARK.sub("", seen))
    assert "example" not in seen


def test_lost_marks_are_asked_again_in_another_way() -> None:
    """A machine that eats tags may keep brackets."""
    machine = Machine(lambda text: shout(re.sub(r"<[^>]*>", "", text)))
    answer = ask(machine, "Call {crisis.phone} now")
    assert answer == Suggestion("CALL {crisis.phone} NOW", "machine")
    assert len(machine.seen) == 2


def test_a_text_that_is_damaged_as_a_whole_is_asked_by_sentence() -> None:
    """A machine that doubles marks in long texts only."""
    machine = Machine(lambda text: shout(text if len(text) < 30 else MARK.sub(lambda mark: mark[0] * 2, text)))
    answer = ask(machine, "Call {crisis.phone} now. Or else call {emergency.phone} now.")
    assert answer == Suggestion("CALL {crisis.phone} NOW. OR ELSE CALL {emergency.phone} NOW.", "machine")
    assert len(machine.seen) == 4


@pytest.mark.parametrize(
    "change",
    [
        lambda text: MARK.sub("", text),
        lambda text: MARK.sub(lambda mark: mark[0] * 2, text),
        lambda text: MARK.sub("{crisis.phone}", text),
        lambda text: text.replace("1", "7").replace("0", "7"),
        lambda text: "".join(reversed(MARK.findall(text))) + " words",
    ],
    ids=["lost", "doubled", "invented", "renumbered", "out of order"],
)
def test_a_text_that_cannot_be_mended_is_refused(change: Callable[[str], str]) -> None:
    """An empty target is safer than a wrong one."""
    answer = ask(Machine(change), "**Call {crisis.phone}** or *see* {referral.name}")
    assert isinstance(answer, Refusal)
    assert answer.reason.startswith("the answer is damaged: ")


def test_one_damaged_text_does_not_touch_its_neighbours() -> None:
    """Answers keep their places."""
    machine = Machine(lambda text: "gone" if "lose" in text else shout(text))
    keys = [Key("one"), Key("lose **this**"), Key("{crisis.phone}"), Key("<b>open"), Key("five **5**")]
    answers = Masking(machine).suggest(keys, ENGLISH, FRENCH)
    assert [answer.text if isinstance(answer, Suggestion) else "" for answer in answers] == [
        "ONE",
        "",
        "",
        "",
        "FIVE **5**",
    ]


def test_a_refusal_is_not_asked_again() -> None:
    """A server that is down is not asked three times for each text."""

    class Down(Machine):
        def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
            return [Refusal("down") for _ in super().suggest(keys, source, target)]

    machine = Down(shout)
    assert ask(machine, "Call **me**") == Refusal("down")
    assert len(machine.seen) == 1


@pytest.mark.parametrize("source", ["{crisis.phone}", "**89.4%**", "—", "https://example.org"])
def test_a_text_without_words_is_not_sent(source: str) -> None:
    """There is nothing to translate in it."""
    machine = Machine(shout)
    assert isinstance(ask(machine, source), Refusal)
    assert not machine.seen


def test_a_text_that_looks_like_our_own_tags_is_refused() -> None:
    """No article can smuggle a tag of ours through."""
    assert isinstance(ask(Machine(shout), "See \\<g1> and **this**"), Refusal)


def test_spaces_that_a_machine_misplaces_are_put_right() -> None:
    """Emphasis with a space inside would be stars on the page."""
    machine = Machine(lambda text: shout(MARK.sub(lambda mark: f" {mark[0]} ", text)))
    answer = ask(machine, "See **this *word*** or [that](a.html) now")
    assert answer == Suggestion("SEE **THIS *WORD*** OR [THAT](a.html) NOW", "machine")


def test_white_space_around_a_text_survives() -> None:
    """A catalog wants line breaks at the ends of both texts or of none."""
    parts = sentences(" One. Two! ")
    assert parts == (" One. ", "Two! ")


@given(st.text(st.sampled_from("aB.!?。 \n\t\"'”)…{}<>1"), max_size=60))
def test_sentences_joined_are_the_text(text: str) -> None:
    """Nothing is lost where a text is cut."""
    assert "".join(sentences(text)) == text


WORDS = st.lists(st.sampled_from(["call", "now", "be", "calm"]), min_size=1, max_size=3).map(" ".join)
BITS = st.one_of(
    WORDS,
    st.sampled_from(["{crisis.phone}", "{crisis.name}", "`x y`", "12.5 mg", "https://a.example/b", "3 < 4"]),
    WORDS.map(lambda words: f"**{words}**"),
    WORDS.map(lambda words: f"[*{words}* {{crisis.phone}}](a.html)"),
)


@given(st.lists(BITS, min_size=1, max_size=6).map(" ".join))
def test_whatever_comes_through_has_the_markup_of_its_source(source: str) -> None:
    """A good machine loses nothing, and changes the words only."""
    answer = ask(Machine(shout), source)
    if isinstance(answer, Suggestion):
        assert inline.parse(answer.text.lower()) == inline.parse(source.lower())
        inline.conform(inline.parse(answer.text), inline.parse(source))
    else:
        assert answer.reason.endswith("no words")
