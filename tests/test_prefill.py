"""Prefill: what may be written, where, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import locales
from pipeline.errors import EngineError
from pipeline.model import Catalog, Key, Locale, Message, Refusal, State, Suggestion
from pipeline.prefill import ORIGIN, Answer, Assignment, accepted, error_text, objection, prefill

ENGLISH = locales.locale("en-US")
FRENCH = locales.locale("fr-FR")
JAPANESE = locales.locale("ja-JP")


@dataclass
class Said:
    """An engine that says what it is told to say, and remembers what it was asked."""

    answer: Callable[[Key], Answer]
    name: str = "said"
    machine: bool = True
    asked: list[Key] = field(default_factory=list)

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        assert (source, target) == (ENGLISH, FRENCH)
        self.asked += keys
        return [self.answer(key) for key in keys]


def say(text: str, made_for: Key | None = None) -> Callable[[Key], Answer]:
    """Always the same suggestion."""
    return lambda _: Suggestion(text, "said: somewhere", made_for)


def catalog(*messages: Message) -> Catalog:
    """A French catalog."""
    return Catalog("fr-FR", messages, path="locales/fr_FR/LC_MESSAGES/x.po")


TEXTS = st.sampled_from(["", " ", "Bonjour", "Appelez {crisis.phone}", "**Non**"])
MESSAGES = st.builds(
    Message,
    key=st.builds(
        Key, st.sampled_from(["Hello", "Call {crisis.phone}", "**No**", "Take 4 pills"]), st.text("ab", max_size=2)
    ),
    targets=st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    fuzzy=st.booleans(),
    obsolete=st.booleans(),
    comments=st.lists(st.sampled_from(["mine", f"{ORIGIN}old"]), max_size=3).map(tuple),
)
CATALOGS = st.lists(MESSAGES, max_size=8, unique_by=lambda message: message.key).map(lambda found: catalog(*found))
ANSWERS = st.sampled_from(
    ["", " ", "Salut", "Appelez {crisis.phone} !", "**Non !**", "Prenez 4 pilules", "<script>x</script>"]
)


@given(CATALOGS, ANSWERS, st.booleans(), st.booleans())
def test_only_empty_messages_change_and_nothing_comes_out_accepted(
    before: Catalog, text: str, machine: bool, near: bool
) -> None:
    """A message with text stays as it is, and every new text is fuzzy and says where it is from."""
    engine = Said(say(text, Key("Another") if near else None), machine=machine)
    safety = frozenset(message.key for message in before.messages[::2])
    after = prefill(before, [engine], Assignment(ENGLISH, FRENCH, safety)).catalog
    assert [message.key for message in after.messages] == [message.key for message in before.messages]
    for old, new in zip(before.messages, after.messages, strict=True):
        if new == old:
            continue
        assert not any(text.strip() for text in old.targets)
        assert not old.obsolete
        assert new.state is State.FUZZY
        assert sum(line.startswith(ORIGIN) for line in new.comments) == 1
        assert [line for line in new.comments if line == "mine"] == [line for line in old.comments if line == "mine"]
        assert not (new.key in safety and (machine or near))


@given(CATALOGS, ANSWERS)
def test_prefilling_twice_changes_nothing_more(before: Catalog, text: str) -> None:
    """What has been suggested is not suggested again."""
    once = prefill(before, [Said(say(text))], Assignment(ENGLISH, FRENCH)).catalog
    assert prefill(once, [Said(say(text))], Assignment(ENGLISH, FRENCH)).catalog == once


def test_a_message_with_a_plural_form_of_a_person_is_left_alone() -> None:
    """One written form makes it a person's message, although it counts as untranslated."""
    half = Message(Key("%d day"), source_plural="%d days", targets=("un jour", ""))
    assert prefill(catalog(half), [Said(say("Salut"))], Assignment(ENGLISH, FRENCH)).catalog == catalog(half)


def test_plural_messages_wait_for_a_person() -> None:
    """One text cannot fill several forms, so engines are not asked for them."""
    plural = Message(Key("%d day"), source_plural="%d days", targets=("", ""))
    engine = Said(say("Salut"))
    done = prefill(catalog(plural), [engine], Assignment(ENGLISH, FRENCH))
    assert done.catalog == catalog(plural)
    assert not engine.asked


def test_engines_are_asked_in_order_for_what_is_still_empty() -> None:
    """The second engine sees only what the first refused; both are counted."""
    first = Said(lambda key: Suggestion("Un", "a") if key.source == "One" else Refusal("no"), name="first")
    second = Said(say("Deux"), name="second")
    done = prefill(catalog(Message(Key("One")), Message(Key("Two"))), [first, second], Assignment(ENGLISH, FRENCH))
    assert [message.target for message in done.catalog.messages] == ["Un", "Deux"]
    assert second.asked == [Key("Two")]
    assert done.counts == (("first", 1), ("second", 1))
    assert [(refused.key, refused.engine, refused.reason) for refused in done.refusals] == [(Key("Two"), "first", "no")]


def test_a_machine_is_never_asked_for_safety_text() -> None:
    """Not even the question leaves the house."""
    machine = Said(say("Appelez"))
    done = prefill(catalog(Message(Key("Call"))), [machine], Assignment(ENGLISH, FRENCH, frozenset({Key("Call")})))
    assert not machine.asked
    assert done.catalog.messages[0].target == ""
    assert "safety" in done.refusals[0].reason


def test_safety_text_comes_from_exact_memory_only() -> None:
    """What was accepted for the same source is suggested, a near match is not."""
    messages = catalog(Message(Key("Call")))
    exact = Said(say("Appelez"), name="memory", machine=False)
    near = Said(say("Appelez", Key("Call now")), name="memory", machine=False)
    assert prefill(messages, [exact], Assignment(ENGLISH, FRENCH, frozenset({Key("Call")}))).catalog.messages[0].fuzzy
    assert prefill(messages, [near], Assignment(ENGLISH, FRENCH, frozenset({Key("Call")}))).catalog == messages


def test_a_near_match_shows_the_source_it_was_made_for() -> None:
    """Editors show the difference between the two sources from ``#|``."""
    near = Said(say("Appelez", Key("Call now")), machine=False)
    [message] = prefill(catalog(Message(Key("Call"))), [near], Assignment(ENGLISH, FRENCH)).catalog.messages
    assert message.previous == Key("Call now")


def test_a_new_suggestion_replaces_the_line_about_the_old_one() -> None:
    """One origin line, on one line whatever the engine says, after the translator's own lines."""
    emptied = Message(Key("Hello"), comments=(f"{ORIGIN}old", "mine"))
    engine = Said(lambda _: Suggestion("Bonjour", "new\nengine"))
    [message] = prefill(catalog(emptied), [engine], Assignment(ENGLISH, FRENCH)).catalog.messages
    assert message.comments == ("mine", f"{ORIGIN}new engine")


@pytest.mark.parametrize(
    ("text", "fuzzy", "kept"), [("Bonjour", True, True), ("Bonjour", False, False), ("", True, False)]
)
def test_the_origin_goes_when_a_person_decides(text: str, fuzzy: bool, kept: bool) -> None:
    """A text that is accepted or deleted is no suggestion any longer."""
    message = Message(Key("Hello"), targets=(text,), fuzzy=fuzzy, comments=("mine", f"{ORIGIN}memory: x"))
    assert accepted(message).comments == (("mine", f"{ORIGIN}memory: x") if kept else ("mine",))


def test_an_engine_with_too_few_answers_is_stopped() -> None:
    """Answers that cannot be told apart must not be written beside the wrong source."""

    class Forgetful(Said):
        def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
            return super().suggest(keys, source, target)[1:]

    with pytest.raises(EngineError, match="0 answers to 1 question"):
        prefill(catalog(Message(Key("Hello"))), [Forgetful(say("Salut"))], Assignment(ENGLISH, FRENCH))


GOOD = [
    ("You are not alone.", "Vous n'êtes pas seul."),
    ("**Stop** now", "Arrêtez <strong>maintenant</strong>"),
    ("Call {crisis.name} at {crisis.phone}.", "Au {crisis.phone}, appelez {crisis.name}."),
    ("89.4% of them", "89,4 % d'entre eux"),
    ("PTSD", "PTSD"),
    ("Write to help@example.org", "Écrivez à help@example.org"),
    ("Stop. Stop taking them at once, please.", "Arrêtez. Cessez tout de suite de les prendre, s'il vous plaît."),
    ("You may see “Error 500 (Server Error)!!” on the page.", "La page peut afficher « Error 500 (Server Error)!! »."),
]
BAD = [
    ("Hello", "", "empty"),
    ("Hello", " \n", "empty"),
    ("You are not alone.", "You are not alone.", "source itself"),
    ("Take 4 pills in 24 hours", "Prenez 8 pilules en 24 heures", "numbers"),
    ("Take 4 pills", "Prenez des pilules", "numbers"),
    ("Write to help@example.org", "Écrivez à aide@example.org", "addresses"),
    ("Call {crisis.phone} now", "Appelez maintenant", "crisis.phone"),
    ("Call now", "Appelez {crisis.phone} maintenant", "crisis.phone"),
    ("Read [this](a.html)", "Lisez [ceci](https://evil.example)", "evil.example"),
    ("**No**", "Non", "**"),
    ("Hello", "<b>Bonjour", "<b>"),
    ("Hello", "<script>alert(1)</script>", "script"),
    ("Hello", "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.", "error message"),
    ("Hello", "Error 500 (Server Error)!!1500.That’s an error.", "error message"),
    ("Hello", "<!DOCTYPE html><html><body>Bonjour", "error message"),
    ("Hello", "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS", "error message"),
    ("Hello", "Bonjour " * 12, "characters"),
    ("People who are emotionally detached find it hard to notice what they feel.", "Oui", "characters"),
    ("Hello", "Bon\u200bjour", "invisible"),
    ("Hello", "Bon\u202ejour", "invisible"),
    ("You are not alone.", "Vous n'Ãªtes pas seul.", "decoded"),
    ("You are not alone.", "Vous n'\ufffdtes pas seul.", "decoded"),
    ("Talk to somebody you trust. It helps more than you think.", "Parlez à quelqu'un de confiance. Cela", "middle"),
    (
        "Feelings come and go. People who are detached find it hard to notice them.",
        "Les feelings come and go. People who are detached find it hard de les remarquer.",
        "words of its source",
    ),
    (
        "Talk to somebody you trust. It helps.",
        "Parlez à quelqu'un de confiance. Parlez à quelqu'un de confiance.",
        "more than once",
    ),
    ("Hello", "Here is the translation: Bonjour", "error message"),
]


@pytest.mark.parametrize(("source", "text"), GOOD)
def test_a_fitting_text_is_not_refused(source: str, text: str) -> None:
    """False alarms leave a translator with nothing."""
    assert objection(Key(source), text, FRENCH) == ""


@pytest.mark.parametrize(("source", "text", "reason"), BAD)
def test_an_unfit_machine_text_is_refused_with_its_reason(source: str, text: str, reason: str) -> None:
    """Each kind of damage that machines are known for leaves the message empty."""
    engine = Said(say(text))
    done = prefill(catalog(Message(Key(source))), [engine], Assignment(ENGLISH, FRENCH))
    assert done.catalog.messages[0].target == ""
    assert reason in done.refusals[0].reason


def test_text_in_the_wrong_script_is_refused() -> None:
    """A Japanese draft in Latin letters is no draft; acronyms in Japanese are."""
    assert "script" in objection(Key("You are not alone here."), "Anata wa hitori ja nai.", JAPANESE)
    assert objection(Key("PTSD and CBT are two of them."), "PTSDとCBTはそのうちの二つです。", JAPANESE) == ""


def test_months_may_be_numbers() -> None:
    """Chinese counts its months; the number is that of the month and of no other."""
    chinese = locales.locale("zh-Hant-TW")
    assert objection(Key("On February 11, 2020, it was given a name."), "2020年2月11日，它有了名字。", chinese) == ""
    assert "numbers" in objection(
        Key("On February 11, 2020, it was given a name."), "2020年3月11日，它有了名字。", chinese
    )


def test_error_texts_are_told_from_sources_that_speak_of_errors() -> None:
    """An article may quote an error message."""
    assert error_text("Hello", "Too Many Requests") == "Too Many Requests"
    assert error_text("Too many requests can tire you", "Too many requests") == ""


@pytest.mark.parametrize("text", ["Prenez quatre comprimés", "PTSD"])
def test_what_a_person_accepted_is_not_judged_like_a_machine(text: str) -> None:
    """A person may write a number as a word; only the markup has to fit."""
    memory = Said(say(text), machine=False)
    [message] = prefill(catalog(Message(Key("Take 4 pills"))), [memory], Assignment(ENGLISH, FRENCH)).catalog.messages
    assert message.target == text


def test_memory_with_other_markup_is_refused() -> None:
    """A near match may lack the variable of the new source."""
    memory = Said(say("Appelez", Key("Call")), machine=False)
    done = prefill(catalog(Message(Key("Call {crisis.phone}"))), [memory], Assignment(ENGLISH, FRENCH))
    assert done.catalog.messages[0].target == ""
    assert "crisis.phone" in done.refusals[0].reason
