"""The glossary as an engine: a text that is a term and nothing else has its approved wording."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Key, Locale, Refusal, Suggestion, Term
from pipeline.prefill import Answer

__all__ = ["Wording"]


class Wording:
    """Offers the glossary of one locale for headings, labels and list items that are single terms.

    Nobody has accepted a term as the whole text of a message, so it is treated as a machine's.
    """

    name = "glossary"
    machine = True

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = {_folded(term.source): term for term in terms}

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key."""
        del source, target
        return [self._answer(key) for key in keys]

    def _answer(self, key: Key) -> Answer:
        term = self._terms.get(_folded(key.source))
        if term is None:
            return Refusal("the glossary has no such term")
        text = key.source.strip()
        raised = text[:1].isupper() and not term.source[:1].isupper()
        wording = term.target[:1].upper() + term.target[1:] if raised else term.target
        return Suggestion(wording, f"glossary: {term.source}")


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
