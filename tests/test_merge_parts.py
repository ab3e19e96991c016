"""Paragraphs split and joined, the words that differ, and where sentences end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.merge import merge
from pipeline.merge.sentences import sentences
from pipeline.merge.wording import changed
from pipeline.model import Catalog, Key, Message

NOBODY: frozenset[Key] = frozenset()
TALK, WALK, REST = "Talk to a friend.", "Walk for 20 minutes every day.", "Rest when you are tired!"
PARLER, MARCHER, REPOS = "Parlez à un ami.", "Marchez 20 minutes par jour.", "Reposez-vous !"


def catalog(*pairs: tuple[str, str], locale: str = "fr-FR") -> Catalog:
    """Accepted messages."""
    return Catalog(locale, tuple(Message(Key(source), targets=(target,)) for source, target in pairs))


def template(*sources: str) -> Catalog:
    """A template of these sources."""
    return Catalog("", tuple(Message(Key(source)) for source in sources))


def offered(old: Catalog, *sources: str) -> list[tuple[str, tuple[str, ...]]]:
    """Text and remarks of each message of a template of these sources; a text is always fuzzy."""
    merged = merge(old, template(*sources), NOBODY).messages[: len(sources)]
    assert all(message.fuzzy == bool(message.target) for message in merged)
    return [(message.target, message.comments) for message in merged]


# --- parts ----------------------------------------------------------------------------------------


def test_a_split_paragraph_keeps_its_parts() -> None:
    """Each new paragraph is offered the sentences that it took along, and told from where."""
    whole = f"{TALK} {WALK} {REST}"
    remark = (f'handrail: a part of the earlier text for "{whole[:59].rstrip()}…"',)
    assert offered(catalog((whole, f"{PARLER} {MARCHER} {REPOS}")), TALK, f"{WALK} {REST}") == [
        (PARLER, remark),
        (f"{MARCHER} {REPOS}", remark),
    ]


def test_joined_paragraphs_keep_their_texts() -> None:
    """A paragraph that was two is offered both texts, in its own order."""
    old = catalog((WALK, MARCHER), (TALK, PARLER))
    remark = f'handrail: put together from the earlier texts for "{TALK}" and "{WALK}"'
    assert offered(old, f"{TALK} {WALK}") == [(f"{PARLER} {MARCHER}", (remark,))]


def test_what_has_no_translation_is_named() -> None:
    """The remark says which sentence nobody has translated."""
    old = catalog((f"{TALK} {WALK}", f"{PARLER} {MARCHER}"), (REST, REPOS))
    [(text, [remark])] = offered(old, f"{WALK} Hum. {REST}")
    assert text == f"{MARCHER} {REPOS}"
    assert remark.endswith('; nothing yet for "Hum."')


def test_parts_of_languages_without_spaces() -> None:
    """Japanese and Chinese sentences are told apart by their full stops and joined without a space."""
    old = catalog(
        (f"{TALK} {WALK}", "友人に話しましょう。毎日20分歩きましょう。"), (REST, "休みましょう。"), locale="ja-JP"
    )
    assert offered(old, f"{WALK} {REST}")[0][0] == "毎日20分歩きましょう。休みましょう。"


@pytest.mark.parametrize(
    "target",
    [
        f"{MARCHER} {PARLER}",  # the number stands in the wrong sentence
        "Parlez à un ami et marchez 20 minutes par jour.",  # one sentence for two
    ],
)
def test_a_doubtful_cut_offers_nothing(target: str) -> None:
    """Where sentences do not answer each other one by one, none is taken out."""
    assert offered(catalog((f"{TALK} {WALK}", target)), TALK) == [("", ())]


def test_markup_across_sentences_is_not_cut() -> None:
    """A part whose markup would differ from its source is not offered."""
    old = catalog((f"**{TALK} Now.** {WALK}", f"**{PARLER}** Là. {MARCHER}"))
    assert [text for text, _ in offered(old, f"**{TALK} Now.** Hm. {REST}")] == [""]


def test_a_dangerous_part_is_not_offered() -> None:
    """Parts that are near but say another number are blocked, and the remark says so."""
    old = catalog((f"{TALK} {WALK}", f"{PARLER} {MARCHER}"), (REST, REPOS))
    [(text, [remark])] = offered(old, f"{WALK.replace('20', '90')} {REST}")
    assert text == ""
    assert "number 20 → 90" in remark


def test_safety_messages_take_no_parts() -> None:
    """A safety message that was split starts empty."""
    old = catalog((f"{TALK} {WALK}", f"{PARLER} {MARCHER}"))
    merged = merge(old, template(TALK, WALK), frozenset([Key(TALK)])).messages
    assert [message.target for message in merged[:2]] == ["", MARCHER]


def test_parts_come_from_accepted_texts_that_left() -> None:
    """Neither a fuzzy text nor one that still has its place is taken apart."""
    old = catalog((f"{TALK} {WALK}", f"{PARLER} {MARCHER}"))
    assert merge(old, template(f"{TALK} {WALK}", TALK), NOBODY).messages[1] == Message(Key(TALK))
    fuzzy = replace(old, messages=tuple(replace(message, fuzzy=True) for message in old.messages))
    assert offered(fuzzy, TALK) == [("", ())]


def test_the_likest_wins() -> None:
    """A paragraph with one edited word takes its own earlier text, not the sentences that are left of it."""
    old = catalog((f"{TALK} {WALK} {REST}", f"{PARLER} {MARCHER} {REPOS}"))
    [(text, [remark])] = offered(old, f"{TALK} {WALK.replace('Walk', 'Run')} {REST}")
    assert text == f"{PARLER} {MARCHER} {REPOS}"
    assert remark == 'handrail: the source said "Walk" where it now says "Run"'


SENTENCES = st.lists(st.sampled_from([TALK, WALK, REST, "Eat well.", "Sleep."]), min_size=1, max_size=4, unique=True)


@given(st.lists(SENTENCES, min_size=1, max_size=4), st.lists(SENTENCES, min_size=1, max_size=4))
def test_parts_say_what_their_source_says(before: list[list[str]], after: list[list[str]]) -> None:
    """Whatever is split and joined, an offered sentence translates a sentence of its source, in the same order."""
    old = catalog(*{" ".join(part): " ".join(part).upper() for part in before}.items())
    sources = dict.fromkeys(" ".join(part) for part in after)
    merged = merge(old, template(*sources), NOBODY)
    assert merge(merged, template(*sources), NOBODY) == merged
    for message in merged.messages[: len(sources)]:
        if any("earlier text" in comment for comment in message.comments) and message.target:
            made_for = message.previous.source if message.previous else message.key.source
            assert message.target == made_for.upper()


# --- remarks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "remark"),
    [
        ("Breathe in now.", "Breathe out now.", 'said "in" where it now says "out"'),
        ("Go now.", "Go there now.", 'now also says "there"'),
        ("Go there now.", "Go now.", 'no longer says "there"'),
        (
            "a b c d e",
            "a x c y e z",
            'said "b" where it now says "x"; it said "d" where it now says "y"; it now also says "z"',
        ),
        (
            "a b c d e f g h",
            "a 1 c 2 e 3 g 4",
            'said "b" where it now says "1"; it said "d" where it now says "2"; '
            'it said "f" where it now says "3"; 1 more place differs',
        ),
        ("a  b", "a b", "differs in spaces only"),
    ],
)
def test_the_words_that_differ(old: str, new: str, remark: str) -> None:
    """Each difference in the order of the text, three of them at most."""
    assert changed(Key(old), Key(new)) == remark


def test_another_context_is_named() -> None:
    """The same source in another place is no other source."""
    assert changed(Key("Open", "menu"), Key("Open")) == 'is the same, but stood in the context "menu"'


def test_a_remark_stays_until_the_text_is_accepted() -> None:
    """It is the same from run to run; once a person takes the fuzzy mark away, it goes."""
    once = merge(catalog(("Breathe in now, slowly.", "x")), template("Breathe in now, deeply."), NOBODY)
    again = merge(once, template("Breathe in now, deeply."), NOBODY)
    assert once.messages[0].comments == again.messages[0].comments != ()
    accepted = replace(
        again, messages=(replace(again.messages[0], fuzzy=False, comments=(*again.messages[0].comments, "mine")),)
    )
    assert merge(accepted, template("Breathe in now, deeply."), NOBODY).messages[0].comments == ("mine",)  # fmt: skip


@given(st.text(max_size=80), st.text(max_size=80))
def test_remarks_are_one_line(old: str, new: str) -> None:
    """Whatever stands in a source, a remark is one line of a catalog."""
    assert len(f"x{changed(Key(old), Key(new))}x".splitlines()) == 1


# --- sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        (
            "en",
            "Dr. Who asks e.g. Ms. Lee. So do I. J. Smith left.",
            ["Dr. Who asks e.g. Ms. Lee.", "So do I.", "J. Smith left."],
        ),
        ("en", "Take 2.5 mg. In 1990. Then stop.", ["Take 2.5 mg.", "In 1990.", "Then stop."]),
        ("en", "**Bold.** (In brackets.) “Quoted.” End.", ["**Bold.**", "(In brackets.)", "“Quoted.”", "End."]),
        ("en", "Wait... and see. iPhone", ["Wait... and see. iPhone"]),
        ("de", "Am 3. Mai, z. B. abends. Danach nicht.", ["Am 3. Mai, z. B. abends.", "Danach nicht."]),
        ("fr", "M. Martin vient ! Et Mme Roux ?", ["M. Martin vient !", "Et Mme Roux ?"]),
        ("es", "El Dr. Paz llama. ¿Vienes? ¡Sí!", ["El Dr. Paz llama.", "¿Vienes?", "¡Sí!"]),
        ("ja", "「はい。」と言った。次の文！終わり", ["「はい。」と言った。", "次の文！", "終わり"]),
        ("zh", "第一句。第二句？", ["第一句。", "第二句？"]),
        ("ar", "اتصل الآن. هل أنت بخير؟ نعم", ["اتصل الآن.", "هل أنت بخير؟", "نعم"]),
        ("hi", "अभी फ़ोन करें। क्या आप ठीक हैं? हाँ", ["अभी फ़ोन करें।", "क्या आप ठीक हैं?", "हाँ"]),
        ("th", "โทรเลย ตอนนี้ได้", ["โทรเลย ตอนนี้ได้"]),
        ("en", "", []),
    ],
)
def test_where_sentences_end(language: str, text: str, expected: list[str]) -> None:
    """Each script's marks count, abbreviations, initials and ordinals do not."""
    assert list(sentences(text, language)) == expected


@given(st.text(st.sampled_from("aB1.!?…。」”)* \n।؟I"), max_size=60), st.sampled_from(["en", "de", "ja", "hi"]))
def test_sentences_lose_nothing(text: str, language: str) -> None:
    """Only white space is lost between sentences."""
    assert "".join("".join(sentences(text, language)).split()) == "".join(text.split())
