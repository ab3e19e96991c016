"""Rules about approved and forbidden wording."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import glossary
from pipeline.checks import when
from pipeline.checks.rules import Fault, Pair, message_rule
from pipeline.checks.units import Unit
from pipeline.model import Severity


@message_rule(
    "glossary/missing-term",
    Severity.WARNING,
    when=when.worded,
    flagged=(Pair("The treatment works.", "La cure fonctionne."),),
    passed=(
        Pair("The treatment works.", "Le traitement fonctionne."),
        Pair("The treatment works.", "Les traitements fonctionnent."),
        Pair("Feeling numb", "Se sentir engourdi"),
    ),
)
def missing_term(unit: Unit) -> Iterator[Fault]:
    """The source uses a term of the glossary, and the target not its approved wording.

    One thing with two names reads like two things. Words are inflected, so this is a question to the translator.
    """
    edition = unit.edition
    for term in glossary.missing(edition.terms, unit.source, unit.target, edition.source_locale, edition.locale):
        text = f"“{term.source}” is usually translated as “{term.target}”."
        yield Fault(text, "Use the approved wording, if it fits.")


@message_rule(
    "glossary/forbidden-term",
    Severity.WARNING,
    when=when.worded,
    flagged=(Pair("The treatment works.", "La cure fonctionne."),),
    passed=(Pair("The treatment works.", "Le traitement fonctionne."),),
)
def forbidden_term(unit: Unit) -> Iterator[Fault]:
    """The target uses wording that the glossary forbids.

    Such words are wrong, hurtful or out of use. For safety text see safety/forbidden-term.
    """
    if not unit.safety:
        yield from forbidden_wordings(unit)


@message_rule(
    "safety/forbidden-term",
    Severity.ERROR,
    when=when.safety,
    flagged=(Pair("The treatment works.", "La cure fonctionne.", safety="referral"),),
    passed=(Pair("The treatment works.", "Le traitement fonctionne.", safety="referral"),),
)
def forbidden_in_safety(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message uses wording that the glossary forbids.

    A person in distress must not meet a word that the project has already judged wrong or hurtful.
    """
    if unit.safety:
        yield from forbidden_wordings(unit)


def forbidden_wordings(unit: Unit) -> Iterator[Fault]:
    """A fault for each forbidden wording in a target."""
    for term, wording in glossary.forbidden(unit.edition.terms, unit.target, unit.edition.locale):
        yield Fault(f"“{wording}” must not be used for “{term.source}”.", f"Write “{term.target}”.")
