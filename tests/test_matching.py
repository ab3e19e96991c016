"""Expected texts are found in a squeezed one with what a plain text may add at their seams."""

from __future__ import annotations

import re
from itertools import dropwhile

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.squeezing import matches_of

_ADDED = r"(?:\[[^\[\]]{1,300}\]|\([^()]{1,300}\)|~~)?"

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
