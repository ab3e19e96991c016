"""Sign-off files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import signoff
from pipeline.errors import SignOffError
from pipeline.model import Key, Place, SignOff

KEY = Key("Call {crisis.phone} now.")
REVIEW = SignOff(
    locale="es-US",
    article="detachment",
    safety="crisis",
    source_hash=signoff.source_hash(KEY, "crisis"),
    target_hash=signoff.target_hash("Llame al {crisis.phone} ahora."),
    kind="review",
    translator="Ana Gómez",
    reviewer="Luis Ortiz",
    qualification="certified medical translator, en-es",
    method="read both texts, line by line",
    date=date(2026, 11, 24),
)
FILE = signoff.add(b"# kept\n", REVIEW)
PATH = "locales/es_US/signoffs.toml"


def test_hashes_have_one_form_and_depend_on_every_part() -> None:
    """Source, context and safety id make the source hash; every letter makes the target hash."""
    hashes = {
        signoff.source_hash(KEY, "crisis"),
        signoff.source_hash(KEY, "emergency"),
        signoff.source_hash(KEY._replace(context="box"), "crisis"),
        signoff.source_hash(Key("Call {crisis.phone} today."), "crisis"),
        signoff.target_hash("a"),
        signoff.target_hash("a "),
    }
    assert len(hashes) == 6
    assert all(value.startswith("sha256:") and len(value) == 71 for value in hashes)


def test_source_hashes_do_not_run_parts_together() -> None:
    """Moving letters from the context to the source gives another hash."""
    assert signoff.source_hash(Key("ab", "c"), "d") != signoff.source_hash(Key("b", "ca"), "d")


def test_what_is_added_is_read_back() -> None:
    """A sign-off survives the file; it knows its line."""
    (found,) = signoff.load(FILE, PATH)
    assert found == REVIEW
    assert found.place == Place(PATH, 3)


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_any_words_survive_the_file(words: str) -> None:
    """Quotes, line ends and control characters in a field change nothing."""
    (found,) = signoff.load(signoff.add(b"", replace(REVIEW, method=words)), PATH)
    assert found.method == words


def test_adding_keeps_every_byte_that_was_there() -> None:
    """Comments, order and odd spacing stay; the new one comes last."""
    odd = b"# a comment\n\n" + FILE.replace(b"article = ", b"article   =  ") + b"\n# the end"
    added = signoff.add(odd, replace(REVIEW, safety="emergency"))
    assert added.startswith(odd)
    assert [found.safety for found in signoff.load(added, PATH)] == ["crisis", "emergency"]


def test_find_gives_the_last_review_of_the_present_source() -> None:
    """A review of another article, safety id or source vouches for nothing."""
    later = replace(REVIEW, target_hash=signoff.target_hash("Llame ya."))
    signoffs = (REVIEW, later, replace(REVIEW, article="other"))
    assert signoff.find(signoffs, "detachment", KEY, "crisis") is later
    assert signoff.find(signoffs, "detachment", KEY, "emergency") is None
    assert signoff.find(signoffs, "third", KEY, "crisis") is None
    assert signoff.find(signoffs, "detachment", Key("Call {crisis.phone}."), "crisis") is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"reviewer = ", b"reveiwer = ", "unknown key 'reveiwer'"),
        (b'safety = "crisis"\n', b"", "has no safety"),
        (b'"Luis Ortiz"', b'" "', "reviewer .* is blank"),
        (b'"Luis Ortiz"', b"7", "reviewer .* must be a text"),
        (b'"review"', b'"approval"', "must be one of"),
        (b"2026-11-24", b'"2026-11-24"', "date without quotes"),
        (b"2026-11-24", b"2026-11-24T10:00:00", "date without quotes"),
        (b"sha256:", b"md5:", "64 lower-case hexadecimal digits"),
    ],
)
def test_a_wrong_table_names_its_line(old: bytes, new: bytes, words: str) -> None:
    """Nothing is skipped in silence: the second table is wrong, and the error points at it."""
    wrong = FILE + b"\n" + FILE.removeprefix(b"# kept\n\n").replace(old, new)
    with pytest.raises(SignOffError, match=words) as error:
        signoff.load(wrong, PATH)
    assert error.value.place == Place(PATH, 16)


@pytest.mark.parametrize(
    ("data", "line"), [(b"a = \n", 1), (b"# x\n\xff", 2), (b"[signoff]\n", 0), (b"signoff = 1", 0), (b"[other]", 0)]
)
def test_what_is_no_sign_off_file_is_refused(data: bytes, line: int) -> None:
    """Bad TOML, bad UTF-8 and other tables are errors with a place."""
    with pytest.raises(SignOffError) as error:
        signoff.load(data, PATH)
    assert error.value.place == Place(PATH, line)


def test_nothing_is_added_to_a_broken_file() -> None:
    """A file that cannot be read is not made longer."""
    with pytest.raises(SignOffError):
        signoff.add(b"[[signoff]]\n", REVIEW)


def test_a_sign_off_that_would_not_be_read_back_is_not_added() -> None:
    """A blank reviewer never reaches the file."""
    with pytest.raises(SignOffError, match="reviewer"):
        signoff.add(b"", replace(REVIEW, reviewer=""))
