"""Merge: what is kept, what is offered, and what never is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import po
from pipeline.merge import Kinship, merge, merge_sketch
from pipeline.merge.danger import differences
from pipeline.merge.similar import Sources
from pipeline.model import Catalog, Key, Message, State

NOBODY: frozenset[Key] = frozenset()
HEADER = (("Language", "fr"), ("Plural-Forms", "nplurals=2; plural=(n > 1);"))
BREATHE = "Breathe in slowly through your nose and hold it."
BREATHE_NOW = "Breathe in slowly through the nose and hold it."
YOUR_THE = 'handrail: the source said "your" where it now says "the"'
"""The remark about a text that was made for the first of these and is offered to the second."""


def catalog(*messages: Message) -> Catalog:
    """A French catalog."""
    return Catalog("fr", messages, HEADER, ("The team",))


def template(*sources: str | Message) -> Catalog:
    """A template of these sources."""
    return Catalog("", tuple(Message(Key(one)) if isinstance(one, str) else one for one in sources))


def said(source: str, target: str = "texte", context: str = "") -> Message:
    """An accepted message."""
    return Message(Key(source, context), targets=(target,))


# --- what always holds --------------------------------------------------------------------------

SOURCES = st.sampled_from(
    [
        BREATHE,
        BREATHE_NOW,
        "Take 4 tablets every day with water.",
        "Take 8 tablets every day with water.",
        "Do not take the tablets with milk.",
        "Do take the tablets with milk.",
        "Call a friend.",
        "Call a friend",
        "Ça va",
    ]
)
KEYS = st.builds(Key, SOURCES, st.sampled_from(["", "menu"]))
WORDS = st.sampled_from(["", " ", "un", "deux", "trois\nquatre", "cinq"])
COMMENTS = st.lists(st.sampled_from(["seen", "handrail: suggested by memory: x", "ask Ana"]), max_size=2).map(tuple)
PLURALS = st.sampled_from(["", "", "", "Call friends."])


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """A message as translators, tools and earlier merges leave it."""
    plural = draw(PLURALS)
    return Message(
        draw(KEYS),
        plural,
        tuple(draw(st.lists(WORDS, min_size=2 if plural else 1, max_size=2 if plural else 1))),
        fuzzy=draw(st.booleans()),
        obsolete=draw(st.booleans()),
        flags=draw(st.sampled_from([(), ("python-brace-format",), ("no-wrap", "x-own")])),
        comments=draw(COMMENTS),
        notes=draw(st.sampled_from([(), ("paragraph",)])),
        previous=draw(st.none() | KEYS),
    )


@st.composite
def originals(draw: st.DrawFn) -> Message:
    """A message of a template."""
    flags, notes = draw(st.sampled_from([((), ()), (("python-brace-format",), ("heading 2",))]))
    plural = draw(PLURALS)
    return Message(draw(KEYS), plural, ("", "") if plural else ("",), flags=flags, notes=notes, references=("a.md",))


def unique(one: st.SearchStrategy[Message]) -> st.SearchStrategy[tuple[Message, ...]]:
    """Several, each key once."""
    return st.lists(one, max_size=8, unique_by=lambda message: message.key).map(tuple)


CATALOGS = unique(messages()).map(lambda found: catalog(*found))
TEMPLATES = unique(originals()).map(lambda found: Catalog("", found))
SAFETY = st.frozensets(KEYS)


@given(st.lists(CATALOGS, max_size=3), TEMPLATES)
def test_what_catalogs_share_changes_none_of_them(some: list[Catalog], new: Catalog) -> None:
    """A catalog is merged as if there were no others, whichever were merged before it."""
    kinship = Kinship(new)
    for old in [*some, *some]:
        assert merge(old, new, NOBODY, kinship) == merge(old, new, NOBODY)


@given(CATALOGS, TEMPLATES, SAFETY)
def test_a_sketch_is_merged_as_its_catalog_is(old: Catalog, new: Catalog, safety: frozenset[Key]) -> None:
    """Where entries are copied and not read, the bytes are the same; plural forms are left to the catalog."""
    simple = catalog(*(message for message in old.messages if len(message.targets) == 1))
    noted = replace(new, messages=tuple(replace(message, notes=("Of a locale.",)) for message in new.messages))
    kinship = Kinship(new)
    for wanted in (new, noted, new, new):
        data = po.dump(simple)
        sketch = po.sketch(data, "x.po")
        assert sketch is not None
        places = range(len(sketch.heads))
        assert sketch.dump(map(sketch.message, places)) == sketch.dump(places) == data
        states = [None if one.obsolete else one.state for one in po.load(data, "x.po").messages]
        assert list(map(sketch.state, places)) == states
        whole = merge(po.load(data, "x.po"), wanted, safety)
        assert sketch.dump(merge_sketch(sketch, wanted, safety, kinship)) == po.dump(whole)
        simple = catalog(*(message for message in whole.messages if not message.source_plural))


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (b"\n", b"\r\n"),
        (b"UTF-8", b"ISO-8859-1"),
        (b'msgstr "texte"', b'msgid_plural "b"\nmsgstr[0] "texte"'),
        (b"texte", b"\\q"),
        (b"texte", b"#-#-#-#-#  a.po  #-#-#-#-#\\n"),
        (b'msgid "b"', b'msgid "a"'),
    ],
)  # fmt: skip
def test_what_is_not_simple_has_no_sketch(there: bytes, instead: bytes) -> None:
    """Other line ends, charsets and plural forms are left to the reader of catalogs, and so is what it refuses."""
    header = (*HEADER, ("Content-Type", "text/plain; charset=UTF-8"))
    data = po.dump(replace(catalog(said("a"), said("b")), header=header))
    assert po.sketch(data, "x.po") is not None
    changed = data.replace(there, instead)
    assert changed != data
    assert po.sketch(changed, "x.po") is None


@given(CATALOGS, TEMPLATES, SAFETY)
def test_a_second_merge_changes_nothing(old: Catalog, new: Catalog, safety: frozenset[Key]) -> None:
    """Merging is idempotent."""
    once = merge(old, new, safety)
    assert merge(once, new, safety) == once


@given(CATALOGS, st.lists(TEMPLATES, min_size=1, max_size=4), SAFETY)
def test_no_human_word_is_lost(old: Catalog, steps: list[Catalog], safety: frozenset[Key]) -> None:
    """Through any sequence of source edits every text and every comment of a person stays in the catalog."""
    merged = old
    for step in steps:
        merged = merge(merged, step, safety)
    kept = "\n".join(text for message in merged.messages for text in (*message.targets, *message.comments))
    for message in old.messages:
        for target in message.targets:
            assert all(line in kept for line in target.split("\n") if line.strip())
        comments = [comment for comment in message.comments if not comment.startswith("handrail: ")]
        after = next((other for other in merged.messages if other.key == message.key), None)
        assert not comments or (after is not None and set(comments) <= set(after.comments))


@given(CATALOGS, TEMPLATES)
def test_a_source_comes_back_with_its_text(old: Catalog, new: Catalog) -> None:
    """A message that left the article and returns has the text and the state that it had."""
    here = Catalog("", tuple(Message(message.key, message.source_plural) for message in old.messages))
    before = merge(old, here, NOBODY).index()
    after = merge(merge(merge(old, here, NOBODY), template(), NOBODY), here, NOBODY).index()
    for key, message in before.items():
        if any(target.strip() for target in message.targets):
            assert (after[key].targets, after[key].state) == (message.targets, message.state)
    assert list(merge(old, new, NOBODY).index()) == [message.key for message in new.messages]


@given(CATALOGS, TEMPLATES, SAFETY)
def test_nothing_is_accepted_for_another_source(old: Catalog, new: Catalog, safety: frozenset[Key]) -> None:
    """What is translated after a merge was translated before it, with the same key, plural and text."""
    before = {message.key: message for message in old.messages}
    for message in merge(old, new, safety).messages:
        if message.state is State.TRANSLATED:
            was = before[message.key]
            assert (was.state, was.targets, was.source_plural) == (
                State.TRANSLATED,
                message.targets,
                message.source_plural,
            )


@given(CATALOGS, TEMPLATES, SAFETY)
def test_safety_messages_take_no_text(old: Catalog, new: Catalog, safety: frozenset[Key]) -> None:
    """A new safety message stays empty, whatever the catalog holds."""
    known = {message.key for message in old.messages}
    for key, message in merge(old, new, safety).index().items():
        if key in safety - known:
            assert not any(message.targets)
            assert not message.fuzzy


@given(CATALOGS, TEMPLATES)
def test_merged_catalogs_are_po(old: Catalog, new: Catalog) -> None:
    """Every merged catalog can be written and read again: no key stands twice."""
    merged = merge(old, new, NOBODY)
    assert po.load(po.dump(merged), "fr.po") == merged


# --- what is kept -------------------------------------------------------------------------------


def test_an_unchanged_article_changes_no_byte() -> None:
    """A file that another editor wrote stays byte for byte where the template says nothing new."""
    head = b'msgid ""\nmsgstr "Language: fr\\n"\n\n'
    data = head + b'#. note\n#: a.md\nmsgid   "a"\nmsgstr "1"\n\n#. old\n#~ msgid "b"\n#~ msgstr "2"\n'
    old = po.load(data, "fr.po")
    assert po.dump(merge(old, template(Message(Key("a"), notes=("note",), references=("a.md",))), NOBODY)) == data


def test_template_and_translator_each_keep_their_part() -> None:
    """Notes, references and format flags come from the template; comments, own flags, text and header stay."""
    old = catalog(
        replace(said("a"), flags=("c-format", "x-own"), comments=("mine",), notes=("old",), references=("b.md",))
    )
    original = Message(Key("a"), flags=("python-brace-format",), notes=("new",), references=("a.md",))
    merged = merge(old, template(original), NOBODY)
    assert merged == catalog(
        replace(
            said("a"),
            flags=("x-own", "python-brace-format"),
            comments=("mine",),
            notes=("new",),
            references=("a.md",),
        )
    )


def test_what_left_the_article_becomes_obsolete() -> None:
    """Texts and comments stay as obsolete, without notes and references; what nobody wrote in goes."""
    old = catalog(
        replace(said("a"), notes=("n",), references=("a.md",)),
        replace(Message(Key("b")), comments=("think about it",)),
        replace(Message(Key("c")), comments=("handrail: x",)),
    )
    assert [(m.key.source, m.obsolete, m.notes, m.references) for m in merge(old, template(), NOBODY).messages] == [
        ("a", True, (), ()),
        ("b", True, (), ()),
    ]


def test_an_accepted_text_needs_no_previous() -> None:
    """Once a person has accepted a text, the earlier source and our remark about it go."""
    blocked = merge(catalog(said("Take 4 tablets.")), template("Take 8 tablets."), NOBODY).messages[0]
    done = replace(blocked, targets=("Prenez 8 comprimés.",))
    assert merge(catalog(done), template("Take 8 tablets."), NOBODY).messages == (
        said("Take 8 tablets.", "Prenez 8 comprimés."),
    )


# --- what is offered ----------------------------------------------------------------------------


def test_a_near_source_offers_its_text_as_fuzzy() -> None:
    """An edited source gets the earlier text as fuzzy, with its source; the earlier message is obsolete."""
    merged = merge(catalog(said(BREATHE, "Inspirez.")), template(BREATHE_NOW), NOBODY)
    assert merged.messages == (
        Message(Key(BREATHE_NOW), targets=("Inspirez.",), fuzzy=True, comments=(YOUR_THE,), previous=Key(BREATHE)),
        replace(said(BREATHE, "Inspirez."), obsolete=True),
    )


def test_comments_do_not_move_to_another_source() -> None:
    """`# approved` speaks of one source; a near one does not inherit it, but learns where a suggestion came from."""
    old = replace(said(BREATHE), comments=("approved", "handrail: suggested by memory: x"))
    merged = merge(catalog(old), template(BREATHE_NOW), NOBODY)
    assert merged.messages[0].comments == ("handrail: suggested by memory: x", YOUR_THE)
    assert merged.messages[1].comments == old.comments


def test_the_same_source_comes_before_a_near_one() -> None:
    """The same source in another context is offered first, even if a nearer context has a near source."""
    old = catalog(said(BREATHE_NOW, "near", "menu"), said(BREATHE, "same"))
    first = merge(old, template(Message(Key(BREATHE, "menu"))), NOBODY).messages[0]
    assert (first.target, first.fuzzy, first.previous) == ("same", True, Key(BREATHE))


def test_the_own_context_comes_before_others() -> None:
    """Of near sources, one of the same context is offered, even if another is nearer."""
    old = catalog(said(BREATHE_NOW + "!", "other"), said(BREATHE + " Now", "own", "menu"))
    assert merge(old, template(Message(Key(BREATHE_NOW, "menu"))), NOBODY).messages[0].target == "own"


def test_what_left_the_article_comes_before_what_stays() -> None:
    """A source that was edited is likelier the origin than one that still stands, even if that one is nearer."""
    old = catalog(said(BREATHE_NOW + "!", "stays"), said(BREATHE + " Now", "left"))
    merged = merge(old, template(BREATHE_NOW + "!", BREATHE_NOW), NOBODY)
    assert [message.target for message in merged.messages] == ["stays", "left", "left"]


def test_a_fuzzy_text_remembers_what_it_was_made_for() -> None:
    """A text passed on twice still shows the source that a person translated."""
    old = replace(said(BREATHE), fuzzy=True, previous=Key("Breathe in slowly through the nose."))
    assert merge(catalog(old), template(BREATHE_NOW), NOBODY).messages[0].previous == old.previous


def test_unlike_sources_offer_nothing() -> None:
    """A source with nothing like it in the catalog starts empty."""
    merged = merge(catalog(said(BREATHE)), template("Eat regularly."), NOBODY)
    assert merged.messages[0] == Message(Key("Eat regularly."))


def test_safety_shows_the_earlier_source_only() -> None:
    """A changed safety message starts empty and shows the source that was translated before."""
    merged = merge(catalog(said(BREATHE)), template(BREATHE_NOW), frozenset([Key(BREATHE_NOW)]))
    said_so = ('handrail: safety text takes no earlier text; the source said "your" where it now says "the"',)
    assert merged.messages[0] == Message(Key(BREATHE_NOW), comments=said_so, previous=Key(BREATHE))


def test_plural_forms_follow_the_header() -> None:
    """A new message with a plural has as many texts as the locale has forms; one that gains a plural keeps its text."""
    old = catalog(said("One day"))
    days = Message(Key("One day"), "{n} days", ("", ""))
    merged = merge(old, template(days, Message(Key("A week or so"), "{n} weeks", ("", ""))), NOBODY)
    assert [message.targets for message in merged.messages] == [("texte", ""), ("", "")]
    assert merged.messages[0].previous == Key("One day")
    back = merge(catalog(replace(days, targets=("un", "deux"))), template("One day"), NOBODY).messages[0]
    assert (back.targets, back.fuzzy, back.comments) == (("un",), True, ("handrail: plural form 1: deux",))


# --- what is dangerous --------------------------------------------------------------------------

DANGEROUS = [
    ("Take 4 tablets a day.", "Take 8 tablets a day.", "number 4 → 8"),
    ("Take the tablets.", "Do not take the tablets.", "negation none → not"),
    ("You don’t need help.", "You need help.", "negation don't → none"),
    ("Wait 2 hours, then call.", "Wait 2 days, then call.", "unit hour → day"),
    ("Take it once a day.", "Take it twice a day.", "count once → twice"),
    ("Take it before a meal.", "Take it after a meal.", "opposite before → after"),
    ("Call {crisis.phone} now.", "Call {emergency.phone} now.", "variable {crisis.phone} → {emergency.phone}"),
    ("Take 5 mg of it.", "Take 5 mcg of it.", "unit mg → mcg"),
]


@pytest.mark.parametrize(("old", "new", "difference"), DANGEROUS)
def test_a_dangerous_difference_is_named_and_nothing_offered(old: str, new: str, difference: str) -> None:
    """Numbers, units, negations, variables: the message starts empty and a comment names what differs."""
    first, left = merge(catalog(said(old)), template(new), NOBODY).messages
    assert (first.targets, first.fuzzy, first.previous) == (("",), False, Key(old))
    assert first.comments[0].startswith("handrail: ")
    assert difference in first.comments[0]
    assert left == replace(said(old), obsolete=True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (BREATHE, BREATHE_NOW),
        ("See [page 1](a1.md) now.", "See [page 1](b22.md) now."),
        ("Read <a1>this</a1> today.", "Read <a2>this</a2> today."),
        ("In 1,000 homes", "In 1000 homes"),
        ("It isn't far.", "It isn’t far."),
        ("One notable night.", "One notable evening."),
    ],
)
def test_harmless_differences_are_none(old: str, new: str) -> None:
    """Words, links, tags, and the same number or negation in another spelling are no danger."""
    assert differences(old, new) == ()


# --- many ---------------------------------------------------------------------------------------


def test_a_near_source_is_found_among_very_many() -> None:
    """Where there are too many sources to compare each, the one that shares rare words is found."""
    sources = [f"Ward {number:x} opens when nurse {number * 7919:x} has come." for number in range(3_000)]
    many = Sources(sources)
    assert [near.number for near in [many.nearest(sources[1234].replace("opens", "closes"))] if near] == [1234]
    assert many.nearest("Entirely unlike anything.") is None
    assert Sources([]).nearest("a") is None


def test_scripts_without_spaces_are_found_among_very_many() -> None:
    """A source in Japanese shares characters where it shares no words between spaces."""
    sources = [f"病棟{chr(0x4E00 + number)}は看護師{chr(0x5E00 + number)}が来たら開きます。" for number in range(1_500)]
    near = Sources(sources).nearest(sources[700].replace("開き", "閉じ"))
    assert near is not None
    assert near.number == 700
