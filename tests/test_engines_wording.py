"""The glossary as an engine, and what it says about the texts of other engines."""

from __future__ import annotations

import pytest

from pipeline import locales
from pipeline.engines.wording import Wording
from pipeline.model import Key, Refusal, Suggestion, Term
from pipeline.prefill import Answer, Assignment, ask

ENGLISH, FRENCH = locales.locale("en-US"), locales.locale("fr-FR")
TERMS = (
    Term("talk therapy", "thérapie par la parole", ("thérapie verbale",)),
    Term("PTSD", "TSPT"),
    Term("what’s next", "la suite"),
)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("talk therapy", "thérapie par la parole"),
        ("Talk therapy", "Thérapie par la parole"),
        ("PTSD", "TSPT"),
        ("What's next", "La suite"),
    ],
)
def test_a_text_that_is_a_term_has_its_wording(source: str, text: str) -> None:
    """Headings and labels often are nothing else; a capital stays one."""
    [answer] = Wording(TERMS).suggest([Key(source)], ENGLISH, FRENCH)
    assert isinstance(answer, Suggestion)
    assert answer.text == text
    assert answer.origin.startswith("glossary: ")


def test_a_text_with_more_than_a_term_is_none() -> None:
    """A term put into a sentence needs a translator."""
    assert Wording(TERMS).suggest([Key("Try talk therapy.")], ENGLISH, FRENCH) == [
        Refusal("the glossary has no such term")
    ]


class Says:
    """An engine with one answer."""

    def __init__(self, text: str, machine: str) -> None:
        self.name, self.machine = machine or "memory", bool(machine)
        self._text = text

    def suggest(self, keys: list[Key], *_: object) -> list[Answer]:
        return [Suggestion(self._text, self.name)] * len(keys)


def judged(text: str, machine: str) -> Answer:
    """What becomes of an answer to a question about talk therapy."""
    said = Says(text, machine)
    [answer] = ask(said, [Key("Talk therapy helps.")], Assignment(ENGLISH, FRENCH, terms=TERMS))  # type: ignore[arg-type]  # a list is a sequence
    return answer


def test_the_approved_wording_raises_no_remark() -> None:
    """In any form."""
    text = "Les thérapies par la parole aident."
    assert judged(text, "deepl") == Suggestion(text, "deepl")


def test_a_missing_term_is_told_to_the_translator() -> None:
    """The draft is worth having; the line about its origin says what the glossary wants."""
    text = "La cure aide."
    said = "deepl; the glossary has “thérapie par la parole” for “talk therapy”"
    assert judged(text, "deepl") == Suggestion(text, said)


def test_a_forbidden_wording_from_a_machine_is_refused() -> None:
    """What the project judged wrong or hurtful is not proposed."""
    assert judged("La thérapie verbale aide.", "deepl") == Refusal(
        "the glossary forbids “thérapie verbale” for “talk therapy”"
    )


def test_a_forbidden_wording_that_a_person_once_accepted_is_pointed_out() -> None:
    """The glossary may be younger than the memory."""
    answer = judged("La thérapie verbale aide.", "")
    assert isinstance(answer, Suggestion)
    assert answer.origin.endswith("the glossary forbids “thérapie verbale” for “talk therapy”")
