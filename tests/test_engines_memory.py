"""The memory of accepted messages, in a file and on a real PostgreSQL server: the same answers from both."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice, permutations
from pathlib import Path

import psycopg
import pytest

import postgresql
from pipeline import locales
from pipeline.engines.memory import Memory, Shelf
from pipeline.engines.memory.postgres import Server
from pipeline.engines.memory.sqlite import File
from pipeline.engines.memory.store import Entry, Store, digest
from pipeline.errors import EngineError
from pipeline.model import Catalog, Key, Message, Refusal, Suggestion

ENGLISH = locales.locale("en-US")
FRENCH = locales.locale("fr-FR")
GERMAN = locales.locale("de-DE")


def catalog(article: str, *pairs: tuple[str, str] | Message, locale: str = "fr-FR") -> Catalog:
    """A catalog of accepted messages."""
    messages = [pair if isinstance(pair, Message) else Message(Key(pair[0]), targets=(pair[1],)) for pair in pairs]
    return Catalog(locale, tuple(messages), path=f"locales/{locale.replace('-', '_')}/LC_MESSAGES/{article}.po")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the server is."""
    with postgresql.server() as found:
        yield found


@pytest.fixture(params=["file", "server"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Makes an empty store."""
    numbers = iter(range(100))
    made: list[Server] = []

    def make() -> Store:
        if request.param == "file":
            return File(tmp_path / f"{next(numbers)}.sqlite")
        where = request.getfixturevalue("address")
        with psycopg.connect(where, autocommit=True) as database:
            database.execute("DROP SCHEMA IF EXISTS handrail_memory_3 CASCADE")
        made.append(Server(where))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def memory(new_store: Callable[[], Store]) -> Memory:
    """An empty one."""
    return Memory(new_store())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is not there yet."""
    return tmp_path / "memory.sqlite"


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
    finnish = locales.locale("fi-FI")
    memory.learn([catalog("x", ("Puhu ystävälle, johon luotat.", "Parlez à un ami."))], finnish)
    exact, near = (Key("Puhu ystävälle, johon luotat."), Key("Puhu ystävillesi, joihin luotat."))
    answers = memory.suggest([exact, near], finnish, FRENCH)
    assert answers[0] == Suggestion("Parlez à un ami.", "memory: x")
    assert answers[1] == Refusal("the memory has nothing exact, and near matches are not safe to judge in fi")


def test_answers_do_not_depend_on_the_order_of_learning(new_store: Callable[[], Store]) -> None:
    """Ties are broken by text."""
    catalogs = [
        catalog("x", ("Start small", "Un"), ("Talk to a friend you trust.", "Deux")),
        catalog("y", ("Start small", "Trois"), ("Talk to a friend you trusts", "Quatre")),
        catalog("z", ("Start small", "Cinq"), ("Talk to a friend you trust.", "Six")),
    ]
    answers = set()
    for order in permutations(catalogs):
        memory = Memory(new_store())
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


def test_a_memory_that_is_not_there_refuses(path: Path) -> None:
    """Asking makes no file."""
    memory = Memory(File(path))
    assert ask(memory, "Hello") == Refusal("the memory has nothing alike")
    assert memory.search("Hello", ENGLISH, FRENCH, 50) == []
    assert list(memory.store.entries(ENGLISH, FRENCH)) == []
    assert memory.store.holdings() == []
    assert not path.exists()


def test_a_broken_file_says_what_to_do(path: Path) -> None:
    """Deleting it loses nothing."""
    path.write_bytes(b"no database at all, but long enough to look like one" * 20)
    with pytest.raises(EngineError, match="Delete it"):
        ask(Memory(File(path)), "Hello")


def test_the_file_of_a_newer_version_is_not_touched(path: Path) -> None:
    """Tables that mean something else are not read as if they were ours."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(EngineError, match="newer version"):
        Memory(File(path)).learn([catalog("x")], ENGLISH)


def test_the_file_of_an_older_version_is_made_anew(path: Path) -> None:
    """What it held is learned again from the catalogs."""
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE message (id INTEGER PRIMARY KEY, source TEXT);"
            "CREATE VIRTUAL TABLE words USING fts5 (source, content=message, content_rowid=id);"
            "PRAGMA user_version = 1"
        )
    database.close()
    memory = Memory(File(path))
    memory.learn([catalog("x", ("Start small", "Petit"))], ENGLISH)
    assert ask(memory, "Start small") == Suggestion("Petit", "memory: x")


# --- shelves --------------------------------------------------------------------------------------


def test_projects_that_share_a_memory_do_not_overwrite_each_other(new_store: Callable[[], Store]) -> None:
    """Two projects may have an article of one name; each learns and forgets its own."""
    store = new_store()
    ours, theirs = Memory(store, "https://a.example"), Memory(store, "https://b.example")
    ours.learn([catalog("grief", ("Start small", "Commencez petit"))], ENGLISH)
    theirs.learn([catalog("grief", ("Look after the basics", "L'essentiel"))], ENGLISH)
    assert ask(ours, "Look after the basics") == Suggestion("L'essentiel", "memory: grief")
    ours.learn([catalog("grief")], ENGLISH)
    assert isinstance(ask(theirs, "Start small"), Refusal)
    assert isinstance(ask(ours, "Look after the basics"), Suggestion)
    assert [(held.shelf.owner, held.entries) for held in store.holdings()] == [
        ("https://a.example", 0),
        ("https://b.example", 1),
    ]


def test_what_has_not_changed_is_not_written_again(new_store: Callable[[], Store]) -> None:
    """A digest says so; a run over many catalogs costs little."""
    store = new_store()
    entries = [Entry("Start small", "Petit", "", "x"), Entry("Two", "Deux", "c", "x")]
    shelf = Shelf("me", "x", "en-US", "fr-FR")
    assert store.put(shelf, entries, digest(entries))
    assert not store.put(shelf, entries, digest(entries))
    assert store.put(shelf, entries[:1], digest(entries[:1]))
    assert list(store.entries(ENGLISH, FRENCH)) == entries[:1]


def test_entries_come_back_whole_and_sorted(new_store: Callable[[], Store]) -> None:
    """Whatever stands in them."""
    store = new_store()
    entries = sorted(
        [
            Entry("Call {crisis.phone}", "Appelez le {crisis.phone}", "menu", "x"),
            Entry("**No** \\* 'a' \"b\"", "**Non**", "", "x"),
            Entry("情緒 🙂\nline", "émotion", "", "x"),
            Entry("", " ", "", "x"),
        ]
    )
    store.put(Shelf("me", "x", "en-US", "fr-FR"), entries, "1")
    assert list(store.entries(ENGLISH, FRENCH)) == entries


# --- other languages of sources -------------------------------------------------------------------

SPANISH, CHINESE, THAI = locales.locale("es-ES"), locales.locale("zh-Hans-CN"), locales.locale("th-TH")


def near(memory: Memory, source: str, language: object) -> Suggestion | Refusal:
    """An answer in French to a question in another language."""
    [answer] = memory.suggest([Key(source)], language, FRENCH)  # type: ignore[arg-type]  # a locale
    return answer


@pytest.mark.parametrize(
    ("tag", "known", "asked"),
    [
        ("es-ES", "Hable con un amigo de confianza.", "Hable con un vecino de confianza."),
        ("zh-Hans-CN", "请和您信任的朋友谈一谈您的感受。", "请和您信任的邻居谈一谈您的感受。"),
        ("th-TH", "พูดคุยกับเพื่อนที่คุณไว้ใจเกี่ยวกับความรู้สึก", "พูดคุยกับญาติที่คุณไว้ใจเกี่ยวกับความรู้สึก"),
    ],
)
def test_near_matches_in_languages_whose_negations_are_known(memory: Memory, tag: str, known: str, asked: str) -> None:
    """Scripts without spaces are searched by characters."""
    source = locales.locale(tag)
    memory.learn([catalog("x", (known, "Quelque chose."))], source)
    answer = near(memory, asked, source)
    assert isinstance(answer, Suggestion)
    assert answer.made_for == Key(known)


@pytest.mark.parametrize(
    ("tag", "known", "asked"),
    [
        ("es-ES", "Tome su medicina con la comida.", "No tome su medicina con la comida."),
        ("es-ES", "Espere dos horas antes de conducir.", "Espere tres horas antes de conducir."),
        ("es-ES", "Tome 4 pastillas por la noche.", "Tome 8 pastillas por la noche."),
        ("es-ES", "Tome 5 mg por la noche.", "Tome 5 g por la noche."),
        ("zh-Hans-CN", "请您在饭后服用这种药物。", "请您不要在饭后服用这种药物。"),
        ("th-TH", "คุณควรหยุดใช้ยานี้ก่อนพบแพทย์", "คุณไม่ควรหยุดใช้ยานี้ก่อนพบแพทย์"),
    ],
)
def test_dangers_in_other_languages_are_seen(memory: Memory, tag: str, known: str, asked: str) -> None:
    """Numbers, units, number words and negations."""
    source = locales.locale(tag)
    memory.learn([catalog("x", (known, "Quelque chose."))], source)
    answer = near(memory, asked, source)
    assert isinstance(answer, Refusal)
    assert "dangerously" in answer.reason


# --- search ---------------------------------------------------------------------------------------


def test_search_shows_what_is_like_a_text(memory: Memory) -> None:
    """With scores and dangers: it is a person who looks."""
    memory.learn(
        [catalog("x", ("Take 4 tablets now.", "Quatre"), ("Talk to a friend about your tablets and more.", "Parlez"))],
        ENGLISH,
    )
    found = memory.search("Take 8 tablets now.", ENGLISH, FRENCH, 60)
    assert [(match.entry.target, round(match.score), match.dangers) for match in found] == [
        ("Quatre", 95, ("number 4 → 8",))
    ]


def test_a_near_match_is_found_where_no_word_is_rare(new_store: Callable[[], Store]) -> None:
    """Thousands of sentences of the same few words: the neighbours of a word tell them apart."""
    words = ["bread", "water", "rest", "walk", "sleep", "music", "tea", "light"]
    sources = [" ".join(order) for order in islice(permutations(words), 4500)]
    store = new_store()
    shelf = Shelf("me", "x", "en-US", "fr-FR")
    store.put(shelf, [Entry(text, text.upper(), "", "x") for text in sources], "1")
    [first, *_] = Memory(store).search(sources[1234].replace("music", "drums"), ENGLISH, FRENCH, 75)
    assert first.entry.source == sources[1234]


# --- servers --------------------------------------------------------------------------------------


def test_a_server_that_is_not_there_is_one_sentence_without_the_password() -> None:
    """Names of hosts help, passwords do not."""
    store = Server("postgresql://me:s3cret@127.0.0.1:9/memory")
    with pytest.raises(EngineError, match=r"postgresql://127\.0\.0\.1/memory cannot be used") as error:
        store.holdings()
    assert "s3cret" not in str(error.value)


def test_two_writers_at_once(address: str) -> None:
    """A team's runs meet; each finds its own work whole."""

    def write(number: int) -> bool:
        entries = [Entry(f"Sentence {index}", f"Phrase {index}", "", str(number)) for index in range(300)]
        with closing(Server(address)) as store:
            return store.put(Shelf("me", f"two-{number}", "en-GB", "fr-FR"), entries, digest(entries))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(write, range(4)))
    with closing(Server(address)) as store:
        held = {one.shelf.article: one.entries for one in store.holdings() if one.shelf.source == "en-GB"}
    assert held == {f"two-{number}": 300 for number in range(4)}


def test_a_connection_that_broke_is_made_anew(address: str) -> None:
    """A server that was restarted costs one run a message, not the next."""
    with closing(Server(address)) as store, psycopg.connect(address, autocommit=True) as other:
        store.holdings()
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        with pytest.raises(EngineError, match="cannot be used"):
            store.holdings()
        assert isinstance(store.holdings(), list)


def test_a_disk_that_refuses_is_no_reason_to_delete_a_memory(tmp_path: Path) -> None:
    """What cannot be written to says so; only what is damaged is to be made anew."""
    (tmp_path / "folder").write_text("", encoding="utf-8")
    (tmp_path / "memory.sqlite").write_bytes(b"no database" * 100)
    for name, advice in (
        ("folder/memory.sqlite", "See that its folder may be written to"),
        ("memory.sqlite", "Delete it"),
    ):
        with closing(File(tmp_path / name)) as store, pytest.raises(EngineError, match=f"cannot be used: .*{advice}"):
            store.put(Shelf("me", "one", "en-GB", "fr-FR"), (), digest(()))
