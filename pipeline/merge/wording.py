"""The words in which two sources differ, in a sentence for translators."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipeline.model import Key

_SHOWN = 3
"""So many differences are spelt out."""

_LONGEST = 60
"""Characters of a quotation."""


def quoted(text: str) -> str:
    """The text, or its beginning, between quotation marks on one line."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= _LONGEST else f'"{line[: _LONGEST - 1].rstrip()}…"'


@lru_cache(maxsize=4096)
def changed(old: Key, new: Key) -> str:
    """How the source changed: ``said "nose" where it now says "mouth"; it no longer says "twice"``.

    Goes on after the words "the source"; the same for the same two keys, in every catalog that asks.
    """
    if old.source == new.source:
        return f"is the same, but stood {_standing(old.context)}"
    found = list(_differences(old.source.split(), new.source.split()))
    if not found:
        return "differs in spaces only"
    more = len(found) - _SHOWN
    rest = [f"{more} more {'place differs' if more == 1 else 'places differ'}"] if more > 0 else []
    return "; ".join(["; it ".join(found[:_SHOWN]), *rest])


def _standing(context: str) -> str:
    return f"in the context {quoted(context)}" if context else "without a context"


def _differences(old: list[str], new: list[str]) -> Iterator[str]:
    for went, came in _between_equals(old, new):
        if went and came:
            yield f"said {quoted(' '.join(went))} where it now says {quoted(' '.join(came))}"
        elif went:
            yield f"no longer says {quoted(' '.join(went))}"
        elif came:
            yield f"now also says {quoted(' '.join(came))}"


def _between_equals(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """What went and what came between the words that stayed, in order."""
    from rapidfuzz.distance import Levenshtein  # most merges have nothing to compare

    at_old = at_new = 0
    for step in Levenshtein.opcodes(old, new):
        if step.tag == "equal":
            yield old[at_old : step.src_start], new[at_new : step.dest_start]
            at_old, at_new = step.src_end, step.dest_end
    yield old[at_old:], new[at_new:]
