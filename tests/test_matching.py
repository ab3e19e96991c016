"""Expected texts are found in a squeezed one with what a plain text may add at their seams."""

from __future__ import annotations

import re
from itertools import dropwhile

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.expected import PICTURE
from pipeline.checks.squeezing import matches_of

_ADDED = r"(?:\[[a-z]{1,3}\]|\([^()]{1,300}\)|~~)?"

_PIECES = st.text(alphabet="ab[](~)", max_size=4)


@given(st.lists(_PIECES, min_size=1, max_size=4), st.text(alphabet="ab[](~)", max_size=16))
def test_matches_are_those_of_a_pattern(parts: list[str], text: str) -> None:
    """Walking over the text finds what a regular expression of the parts and the additions finds, from words on."""
    worded = tuple(dropwhile(lambda part: not part, parts))
    pattern = re.compile(_ADDED.join(map(re.escape, worded)))
    found = [match.span() for match in pattern.finditer(text)] if worded else []
    assert list(matches_of(tuple(parts), text)) == found


def test_many_seams_cost_no_more_than_their_number() -> None:
    """A text of nothing but seams ends: a pattern would try every combination, and never come to its end."""
    assert not list(matches_of(("",) * 60 + ("x",), "~~" * 50))


def test_a_picture_is_told_in_its_own_words_or_not_at_all() -> None:
    """Where one stands, nothing else may be said, not even what a link may add."""
    parts = ("see", f"{PICTURE}[apath]", "there")
    for text in ("seethere", "see[apath]there"):
        assert list(matches_of(parts, text)) == [(0, len(text))]
    for text in ("see[no]there", "see[apath][a]there", "see(never)there", "see[a]path]there"):
        assert not list(matches_of(parts, text))


def test_no_words_in_brackets_pass_for_the_mark_of_a_link() -> None:
    """A mark has three letters at most; a template that adds a sentence to a safety text is not taken for one."""
    assert list(matches_of(("call", "now"), "call[a]now"))
    assert not list(matches_of(("call", "now"), "call[never]now"))
