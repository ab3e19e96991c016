"""The memory of accepted messages."""

from __future__ import annotations

import sqlite3
from itertools import permutations
from pathlib import Path

import pytest

from pipeline import locales
from pipeline.engines import Memory
from pipeline.errors import EngineError
from pipeline.model import Catalog, Key, Message, Refusal, Suggestion

ENGLISH = locales.locale("en-US")
FRENCH = locales.locale("fr-FR")
GERMAN = locales.locale("de-DE")


def catalog(article: str, *pairs: tuple[str, str] | Message, locale: str = "fr-FR") -> Catalog:
    """A catalog of accepted messages."""
    messages = [pair if isinstance(pair, Message) else Message(Key(pair[0]), targets=(pair[1],)) for pair in pairs]
    return Catalog(locale, tuple(messages), path=f"locales/{locale.replace('-', '_')}/LC_MESSAGES/{article}.po")


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """An empty one."""
    return Memory(tmp_path / "memory.sqlite")


def ask(memory: Memory, source: str, context: str = "") -> Suggestion | Refusal:
    """One answer in French."""
    [answer] = memory.suggest([Key(source, context)], ENGLISH, FRENCH)
    return answer


def test_an_exact_source_gives_the_text_with_its_article(memory: Memory) -> None:
    """The origin tells a translator where to look."""
    memory.learn([catalog("grief", ("You are not alone.", "Vous n'êtes pas seul."))], ENGLISH)
    assert ask(memory, "You are not alone.") == Suggestion("Vous n'êtes pas seul.", "memory: grief")


def test_the_same_context_is_preferred_to_another(memory: Memory) -> None:
    """``May`` the month and ``may`` the verb keep apart where the context is known."""
    month = Message(Key("May", "month"), targets=("mai",))
    verb = Message(Key("May", "verb"), targets=("peut",))
    memory.learn([catalog("x", month, verb), catalog("y", verb)], ENGLISH)
    assert ask(memory, "May", "month") == Suggestion("mai", "memory: x")
    assert ask(memory, "May", "elsewhere") == Suggestion("peut", "memory: x"), "what most articles chose"


def test_only_accepted_messages_are_learned(memory: Memory) -> None:
    """Fuzzy, empty and plural messages teach nothing; obsolete ones were accepted once."""
    fuzzy = Message(Key("Fuzzy"), targets=("Flou",), fuzzy=True)
    empty = Message(Key("Empty"), targets=(" ",))
    plural = Message(Key("%d day"), source_plural="%d days", targets=("%d jour", "%d jours"))
    obsolete = Message(Key("Old"), targets=("Vieux",), obsolete=True)
    memory.learn([catalog("x", fuzzy, empty, plural, obsolete)], ENGLISH)
    assert [isinstance(ask(memory, source), Suggestion) for source in ("Fuzzy", "Empty", "%d day", "Old")] == [
        False,
        False,
        False,
        True,
    ]


def test_learning_again_forgets_what_a_catalog_no_longer_holds(memory: Memory) -> None:
    """A text that was mended is gone for good, in the near matches too."""
    memory.learn([catalog("x", ("Look after the basics", "Faux")), catalog("y", ("Start small", "Petit"))], ENGLISH)
    memory.learn([catalog("x", ("Look after the basics", "Juste"))], ENGLISH)
    assert ask(memory, "Look after the basics") == Suggestion("Juste", "memory: x")
    memory.learn([catalog("x")], ENGLISH)
    assert isinstance(ask(memory, "Look after the basics"), Refusal)
    assert isinstance(ask(memory, "Look after the basic"), Refusal)
    assert ask(memory, "Start small") == Suggestion("Petit", "memory: y")


def test_languages_do_not_mix(memory: Memory) -> None:
    """German text is not offered in French."""
    memory.learn([catalog("x", ("Start small", "Klein anfangen"), locale="de-DE")], ENGLISH)
    assert isinstance(ask(memory, "Start small"), Refusal)
    assert memory.suggest([Key("Start small")], ENGLISH, GERMAN) == [Suggestion("Klein anfangen", "memory: x")]
    assert isinstance(memory.suggest([Key("Start small")], GERMAN, GERMAN)[0], Refusal)


def test_a_near_match_comes_with_its_score_and_its_source(memory: Memory) -> None:
    """The translator sees what differs."""
    memory.learn([catalog("grief", ("Talk to a friend you trust.", "Parlez à un ami de confiance."))], ENGLISH)
    answer = ask(memory, "Talk to a relative you trust.")
    assert answer == Suggestion(
        "Parlez à un ami de confiance.",
        'memory: grief, 86 % alike: the source said "friend" where it now says "relative"',
        Key("Talk to a friend you trust."),
    )


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("Take 4 tablets in 24 hours.", "Take 8 tablets in 24 hours."),
        ("Take your medicine with food.", "Do not take your medicine with food."),
        ("You can stop taking your medicine.", "You can't stop taking your medicine."),
        ("Take 5 mg in the morning.", "Take 5 g in the morning."),
        ("Wait two hours before you drive.", "Wait ten hours before you drive."),
        ("Eat before you take the tablets.", "Eat after you take the tablets."),
        ("Drink more water in the evening.", "Drink less water in the evening."),
    ],
)
def test_a_near_match_that_could_turn_the_meaning_round_is_refused(memory: Memory, known: str, asked: str) -> None:
    """Likeness is surest where it is most dangerous."""
    memory.learn([catalog("x", (known, "Quelque chose."))], ENGLISH)
    answer = ask(memory, asked)
    assert isinstance(answer, Refusal)
    assert "dangerously" in answer.reason


def test_a_source_language_without_a_word_list_gets_exact_matches_only(memory: Memory) -> None:
    """Where negations are not known, none can be told from the rest."""
    memory.learn([catalog("x", ("Sprechen Sie mit einem Freund.", "Parlez à un ami."))], GERMAN)
    exact, near = (Key("Sprechen Sie mit einem Freund."), Key("Sprechen Sie mit einem Freunde."))
    answers = memory.suggest([exact, near], GERMAN, FRENCH)
    assert answers[0] == Suggestion("Parlez à un ami.", "memory: x")
    assert answers[1] == Refusal("the memory has nothing exact, and near matches are not safe to judge in de")


def test_answers_do_not_depend_on_the_order_of_learning(tmp_path: Path) -> None:
    """Ties are broken by text."""
    catalogs = [
        catalog("x", ("Start small", "Un"), ("Talk to a friend you trust.", "Deux")),
        catalog("y", ("Start small", "Trois"), ("Talk to a friend you trusts", "Quatre")),
        catalog("z", ("Start small", "Cinq"), ("Talk to a friend you trust.", "Six")),
    ]
    answers = set()
    for number, order in enumerate(permutations(catalogs)):
        memory = Memory(tmp_path / f"{number}.sqlite")
        memory.learn(order, ENGLISH)
        answers.add((ask(memory, "Start small"), ask(memory, "Talk to a friends you trust.")))
    assert len(answers) == 1
    assert next(iter(answers))[0] == Suggestion("Cinq", "memory: z")


def test_hostile_words_in_a_source_are_only_words(memory: Memory) -> None:
    """Quotes and operators of the full-text search do nothing."""
    memory.learn([catalog("x", ('Say "NOT" OR go* (now): ^a-b', "Dites"))], ENGLISH)
    assert isinstance(ask(memory, 'Say "NOT" OR go* (now): ^a-c NEAR(x'), Suggestion | Refusal)
    assert isinstance(ask(memory, "'; DROP TABLE message; --"), Refusal)
    assert ask(memory, 'Say "NOT" OR go* (now): ^a-b') == Suggestion("Dites", "memory: x")


def test_a_memory_that_is_not_there_refuses(memory: Memory) -> None:
    """Asking makes no file."""
    assert ask(memory, "Hello") == Refusal("the memory is empty")
    assert not memory.path.exists()


def test_a_broken_file_says_what_to_do(memory: Memory) -> None:
    """Deleting it loses nothing."""
    memory.path.write_bytes(b"no database at all, but long enough to look like one" * 20)
    with pytest.raises(EngineError, match="Delete it"):
        ask(memory, "Hello")


def test_the_file_of_another_version_is_not_touched(memory: Memory) -> None:
    """Tables that mean something else are not read as if they were ours."""
    with sqlite3.connect(memory.path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(EngineError, match="another version"):
        memory.learn([catalog("x")], ENGLISH)
