"""Catalogs on the disk: what ``update`` does to them through edits, renames, interruptions and declarations."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, TODAY
from pipeline import catalogs, cli, extract, notes, po, project
from pipeline.merge import merge
from pipeline.model import Catalog, Key, Message, Registry, State, Term
from pipeline.notes import Facts
from pipeline.project import Project
from pipeline.remarks import is_human

ARTICLE = "source/articles/feeling-low.md"
CATALOG = "locales/es_US/LC_MESSAGES/feeling-low.po"
PARAGRAPHS = (
    "Low mood can follow a loss. It can also come without one.",
    "Low mood can follow a loss.",
    "It can also come without one. Talk to somebody.",
    "Talk to somebody.",
    "Talk to somebody you know.",
    "Walk for 20 minutes.",
    "Walk for 30 minutes.",
)
"""Some of them near, split or joined forms of others."""


def opened(folder: Path) -> Project:
    """The project in a folder."""
    return project.open_project(folder)


def updated(folder: Path) -> dict[str, str]:
    """Bring everything up to date: path -> what became of it."""
    one = opened(folder)
    return {change.path: change.did for change in catalogs.update(one, one.settings.targets, ())}


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Change a file of a project; fails where there is nothing to change."""
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


def read(folder: Path, path: str = CATALOG) -> Catalog:
    """A catalog as it is on the disk."""
    return po.load((folder / path).read_bytes(), path)


def words(catalog: Catalog) -> set[str]:
    """Every line that a person wrote into a catalog: texts, and comments."""
    texts = (line for message in catalog.messages for target in message.targets for line in target.split("\n"))
    comments = (comment for message in catalog.messages for comment in message.comments if is_human(comment))
    return {line.strip() for line in (*texts, *comments) if line.strip()}


# --- nothing is lost --------------------------------------------------------------------------------

STEPS = st.one_of(
    st.tuples(st.just("source"), st.lists(st.sampled_from(PARAGRAPHS), max_size=4, unique=True)),
    st.tuples(st.just("translate"), st.integers(0, 9)),
    st.tuples(st.just("comment"), st.integers(0, 9)),
    st.tuples(st.just("accept"), st.integers(0, 9)),
    st.tuples(st.just("update"), st.integers(0, 5)),
    st.tuples(st.just("trivial"), st.integers(0, 5)),
)
"""Edits of the source, of a translator, and updates that are interrupted after so many files."""


@settings(max_examples=25)
@given(st.lists(STEPS, min_size=2, max_size=8))
def test_no_human_word_is_lost(steps: list[tuple[str, object]]) -> None:
    """Through edits of source and catalog, updates, declarations and interruptions between two files, all stays.

    A text that a translator replaces is the translator's to replace; nothing else may go. A whole update at the end
    changes nothing when it is run again.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        shutil.copytree(ROOT / "pipeline" / "starter", folder)
        head = (folder / ARTICLE).read_text(encoding="utf-8").split("\n---\n")[0]
        expected = words(read(folder))
        for number, (step, what) in enumerate(steps):
            _play(folder, head, step, what, number, expected)
            assert expected <= words(read(folder))
        updated(folder)
        assert expected <= words(read(folder))
        assert set(updated(folder).values()) == {"unchanged"}


def _play(folder: Path, head: str, step: str, what: object, number: int, expected: set[str]) -> None:
    """One step; ``expected`` gains what a person wrote and loses what that person wrote over."""
    if step == "source":
        assert isinstance(what, list)
        (folder / ARTICLE).write_text("\n\n".join([f"{head}\n---", *what]) + "\n", encoding="utf-8")
        return
    assert isinstance(what, int)
    if step in ("update", "trivial"):
        one = opened(folder)
        run = catalogs.update(one, one.settings.targets, ())
        if step == "trivial":
            run = catalogs.update_trivially(one, one.settings.targets, (), (), TODAY)
        list(itertools.islice(run, what))  # an interruption: the files after these are not written
        return
    catalog = read(folder)
    current = [message for message in catalog.messages if not message.obsolete]
    message = current[what % len(current)]
    edited = message
    if step == "translate":
        edited = replace(message, targets=(f"texto {number}",), fuzzy=False)
    elif step == "comment":
        edited = replace(message, comments=(*message.comments, f"nota {number}"))
    elif message.state is State.FUZZY:
        edited = replace(message, fuzzy=False)
    changed = replace(catalog, messages=tuple(edited if one is message else one for one in catalog.messages))
    (folder / CATALOG).write_bytes(po.dump(changed))
    gone = words(catalog) - words(changed)
    expected -= gone
    expected |= words(changed) - words(catalog)


KEYS = st.sampled_from([Key(paragraph) for paragraph in PARAGRAPHS])
ACCEPTED = st.lists(KEYS, max_size=6, unique=True).map(
    lambda keys: Catalog("fr", tuple(Message(key, targets=(key.source.upper(),), comments=("mine",)) for key in keys))
)
TEMPLATES = st.lists(KEYS, max_size=6, unique=True).map(lambda keys: Catalog("", tuple(map(Message, keys))))


@given(ACCEPTED, TEMPLATES, TEMPLATES)
def test_the_way_does_not_matter_for_human_text(old: Catalog, first: Catalog, last: Catalog) -> None:
    """Merging one template and then another ends with the human text of merging the last one alone.

    The same messages stand there in the same order; every message that the catalog knew has its text, state and
    comments; every human word is in both. Only proposals, which are fuzzy, may depend on the way.
    """
    direct, around = merge(old, last, frozenset()), merge(merge(old, first, frozenset()), last, frozenset())
    assert list(direct.index()) == list(around.index()) == [message.key for message in last.messages]
    known = {message.key for message in old.messages}
    for key in known & direct.index().keys():
        assert direct.index()[key] == around.index()[key]
    assert words(old) <= words(direct)
    assert words(old) <= words(around)
    assert all(around.index()[key].state is not State.TRANSLATED for key in around.index().keys() - known)


@given(ACCEPTED, TEMPLATES, st.randoms(use_true_random=False))
def test_the_order_of_a_template_does_not_matter(old: Catalog, template: Catalog, dice: object) -> None:
    """Messages in another order get the same texts, remarks and proposals, in that order."""
    mixed = list(template.messages)
    dice.shuffle(mixed)  # type: ignore[attr-defined] - hypothesis gives a Random
    assert (
        merge(old, replace(template, messages=tuple(mixed)), frozenset()).index()
        == merge(old, template, frozenset()).index()
    )


# --- renamed articles -------------------------------------------------------------------------------


def test_a_renamed_article_keeps_its_catalog(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its catalog and template move; the output says that its sign-offs do not count for the new name."""
    before = read(starter)
    (starter / ARTICLE).rename(starter / "source/articles/low-mood.md")
    assert cli.main(["--project", str(starter), "update"]) == cli.OPEN
    output = capsys.readouterr().out
    new = CATALOG.replace("feeling-low", "low-mood")
    assert f"moved      {new}  (from feeling-low.po, which has 10 of its 10 messages; its 3 sign-offs name" in output
    assert "sign them again" in output
    assert not (starter / CATALOG).exists()
    assert not (starter / "locales/templates/feeling-low.pot").exists()
    assert [message.targets for message in read(starter, new).messages] == [m.targets for m in before.messages]
    assert set(updated(starter).values()) == {"unchanged"}
    assert cli.main(["--project", str(starter), "check"]) == cli.CLOSED


def test_an_article_of_other_words_takes_no_catalog(starter: Path) -> None:
    """Where an article is gone and another is new, they are two articles unless half of their messages are one."""
    (starter / ARTICLE).rename(starter / "source/articles/low-mood.md")
    text = (starter / "source/articles/low-mood.md").read_text(encoding="utf-8").split("\n---\n")[0]
    (starter / "source/articles/low-mood.md").write_text(
        f"{text}\n---\nOne.\n\nTwo.\n\nThree.\n\nFour.\n", encoding="utf-8"
    )
    assert updated(starter)[CATALOG.replace("feeling-low", "low-mood")] == "made"
    assert (starter / CATALOG).exists()


def test_a_copied_article_leaves_the_catalog_where_it_is(starter: Path) -> None:
    """The catalog of an article that is still there never moves."""
    shutil.copy(starter / ARTICLE, starter / "source/articles/low-mood.md")
    assert updated(starter)[CATALOG.replace("feeling-low", "low-mood")] == "made"
    assert (starter / CATALOG).exists()


# --- trivial edits ------------------------------------------------------------------------------------


def test_a_catalog_in_another_charset_becomes_utf_8(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is lost, and the output says what happened to the file; one that needs no update keeps its charset."""
    edit(starter, CATALOG, "charset=UTF-8", "charset=ISO-8859-1")
    text = (starter / CATALOG).read_text(encoding="utf-8")
    (starter / CATALOG).write_text(text, encoding="latin-1")
    before = read(starter)
    edit(starter, ARTICLE, "Everyone feels low at times.", "Everyone feels very low at times.")
    assert cli.main(["--project", str(starter), "update"]) == cli.OPEN
    assert "; was in ISO-8859-1, is in UTF-8 now)" in capsys.readouterr().out
    (starter / CATALOG).read_text(encoding="utf-8")
    assert words(before) <= words(read(starter))


def test_a_trivial_edit_is_logged(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The translation stays accepted, the log says what was declared, and a second run changes nothing."""
    edit(starter, ARTICLE, "Everyone feels low at times.", "Everyone feels low, at times.")
    arguments = ["--project", str(starter), "update", "--trivial"]
    code = cli.main(arguments)
    output = capsys.readouterr()
    assert code == cli.OPEN, output.err
    assert "kept" in output.out
    log = (starter / "locales/es_US/trivial.toml").read_text(encoding="utf-8")
    assert log.count("[[edit]]") == 1
    assert 'article = "feeling-low"' in log
    assert all(m.state is State.TRANSLATED for m in read(starter).messages)
    assert cli.main(arguments) == cli.OPEN
    assert "kept" not in capsys.readouterr().out
    assert (starter / "locales/es_US/trivial.toml").read_text(encoding="utf-8") == log


def test_a_refused_declaration_is_an_error(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Safety text is not kept, whatever is declared; the command says so and ends with 2."""
    edit(starter, ARTICLE, "{crisis.phone}", "the {crisis.phone}")
    assert cli.main(["--project", str(starter), "update", "--trivial"]) == cli.ERROR
    assert "is not kept: it is safety text" in capsys.readouterr().err
    assert not (starter / "locales/es_US/trivial.toml").exists()


def test_message_needs_trivial(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An option that would do nothing is an error."""
    assert cli.main(["--project", str(starter), "update", "--message", "x"]) == cli.ERROR
    assert "needs --trivial" in capsys.readouterr().err


# --- what a translator sees ---------------------------------------------------------------------------


def _notes(folder: Path, tag: str, part: str) -> tuple[str, ...]:
    """The notes of the first message of an article whose source holds a text."""
    one = opened(folder)
    path = project.catalog_path(one.target(tag).locale, "emotional-detachment")
    return next(message.notes for message in read(folder, path).messages if part in message.key.source)


@pytest.mark.parametrize(
    ("tag", "part", "note"),
    [
        ("fr-FR", "{crisis.phone}", '{crisis.phone} becomes "3114".'),
        ("de-DE", "{emergency.phone}", 'In Germany, {emergency.phone} becomes "112".'),
        ("fr-FR", "{referral.phone}", "France has no referral line, so this text is not shown there."),
        ("fr-FR", "{crisis.phone}", "A reviewer asks whether each negation"),
        ("ja-JP", "emotionally detached", '"感情を切り離している", never "冷淡な" or "薄情な"'),
        ("fr-FR", "When someone seems", "use the same translation all through the article"),
        ("fr-FR", "Feel numb", "list item, under: What is emotional detachment?"),
    ],
)
def test_a_translator_sees(demonstration: Path, tag: str, part: str, note: str) -> None:
    """Place, author's notes, placeables and what they become, safety and what is asked, and the glossary's wording."""
    assert any(note in line for line in _notes(demonstration, tag, part))


def test_notes_are_those_of_the_files(demonstration: Path) -> None:
    """Another number in the registry is in the notes after the next update, and no text has changed."""
    before = {
        m.key: m.targets for m in read(demonstration, "locales/fr_FR/LC_MESSAGES/emotional-detachment.po").messages
    }
    edit(demonstration, project.REGISTRY, '"3114"', '"3115"')
    updated(demonstration)
    assert any('becomes "3115"' in line for line in _notes(demonstration, "fr-FR", "{crisis.phone}"))
    after = read(demonstration, "locales/fr_FR/LC_MESSAGES/emotional-detachment.po").messages
    assert {message.key: message.targets for message in after} == before


def test_a_term_is_explained_once(starter: Path) -> None:
    """The note of a term stands with the first message that uses it, its wording with each."""
    one = opened(starter)
    template = Catalog("", (Message(Key("Feeling numb")), Message(Key("Still numb"))))
    term = Term("numb", "adormecido", ("tonto",), "About feelings,\nnot the body.")
    facts = Facts(one.settings.targets[0].locale, one.settings.source, (term,), Registry({}, {}))
    wording = 'Glossary: "numb" is "adormecido", never "tonto".'
    assert [message.notes for message in notes.localized(template, None, facts).messages] == [
        (f"{wording} About feelings, not the body.",),
        (wording,),
    ]


def test_without_a_registry_nothing_is_promised(starter: Path) -> None:
    """What the registry does not say is no note; the gate reports it."""
    one = opened(starter)
    article = project.article(one, ARTICLE)
    facts = Facts(one.settings.targets[0].locale, one.settings.source, (), Registry({}, {}))
    template = extract.template(article)
    assert notes.localized(template, article, facts) == template


def test_a_broken_glossary_stops_its_locale_only(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The catalogs of its locale stay as they are, the others are brought up to date."""
    (demonstration / "source/glossary/fr-FR.csv").write_text("nonsense\n", encoding="utf-8")
    edit(demonstration, project.REGISTRY, '"3114"', '"3115"')
    edit(demonstration, "source/glossary/de-DE.csv", "innerlich taub", "innerlich leer")
    assert cli.main(["--project", str(demonstration), "update"]) == cli.ERROR
    printed = capsys.readouterr()
    assert "source/glossary/fr-FR.csv:1" in printed.err
    assert "locales/fr_FR" not in printed.out
    assert "updated    locales/de_DE/LC_MESSAGES/emotional-detachment.po" in printed.out
