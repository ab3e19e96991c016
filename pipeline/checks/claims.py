"""The rule about what safety text says of a line besides its name and number."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import helplines, locales
from pipeline.checks import concepts, when
from pipeline.checks.rules import Fault, Pair, message_rule
from pipeline.checks.units import Unit, variables
from pipeline.errors import RegistryError
from pipeline.model import Helpline, Severity

_CLAIMS = {"free": "free", "confidential": "confidential", "always open": "always"}
"""What a text may say of a line, and the registry's word for it."""

_LANGUAGES = (
    *("en", "es", "fr", "de", "pt", "it", "ar", "hi", "ja"),
    *("th", "zh", "ko", "ru", "vi", "fil", "ur", "bn", "tr"),
)
"""What lines say most often that they answer in."""

_LIKE = {"confidential": {"confidential", "anonymous"}}


@message_rule(
    "helpline/claim",
    Severity.ERROR,
    when=when.safety,
    flagged=(Pair("Call {crisis.phone}.", "Appelez le {crisis.phone}. C’est confidentiel.", safety="crisis"),),
    passed=(
        Pair("Call {crisis.phone}.", "Appelez gratuitement le {crisis.phone}.", safety="crisis"),
        Pair("Feel free to talk.", "N’hésitez pas à parler : c’est gratuit.", safety="crisis"),
    ),
)
def claim(unit: Unit) -> Iterator[Fault]:
    """Safety text says of a line that it is free, confidential or always open, and the registry does not.

    What is true of the line in the source's country need not be true of the one that stands there now. What a line
    costs and when it answers is shown from the registry.
    """
    lines = tuple(_lines(unit))
    if not lines:
        return
    known = {fact for line in lines for fact in _facts(line)}
    for concept, word in _CLAIMS.items():
        if concepts.says(concept, unit.target, unit.edition.locale.language) and not _LIKE.get(word, {word}) & known:
            names = ", ".join(line.id for line in lines)
            text = f"The text says that the line is {concept}, and the registry does not say so of {names}."
            yield Fault(text, "Take it out: the page shows what the registry says of cost and hours.")


@message_rule(
    "helpline/language-claim",
    Severity.ERROR,
    when=when.safety,
    flagged=(Pair("Call {crisis.phone}.", "Appelez le {crisis.phone}. On y répond en espagnol.", safety="crisis"),),
    passed=(
        Pair("Call {crisis.phone}.", "Appelez le {crisis.phone}. On y répond en français.", safety="crisis"),
        Pair("Ask somebody.", "Demandez à quelqu’un qui parle espagnol.", safety="crisis"),
    ),
)
def language_claim(unit: Unit) -> Iterator[Fault]:
    """Safety text says that a line answers in a language, and the registry does not.

    Which languages a line speaks differs from country to country, and is shown from the registry. Names of languages
    are CLDR's, in the reader's language.
    """
    lines = tuple(_lines(unit))
    if not lines:
        return
    known = {language for line in lines for language in spoken(line)}
    text = unit.target.casefold()
    for language in _LANGUAGES:
        name = locales.language_name(language, unit.edition.locale).casefold()
        if language not in known and name in text:
            names = ", ".join(line.id for line in lines)
            said = f"The text names the language “{name}”, and the registry does not say that {names} speaks it."
            yield Fault(said, "Take it out: the page shows what the registry says of languages.")


def spoken(line: Helpline) -> Iterator[str]:
    """The languages in which a line answers."""
    yield from (tag.partition("-")[0] for tag in line.languages)
    for contact in line.contacts:
        yield from (tag.partition("-")[0] for tag in contact.languages)


def _lines(unit: Unit) -> Iterator[Helpline]:
    """The lines that the message speaks of."""
    edition = unit.edition
    roles = {variable.role for variable in variables(unit.segment.content)} if unit.segment else set()
    for role in sorted(roles):
        try:
            line = helplines.resolve(edition.registry, edition.locale, role)
        except RegistryError:  # helpline/undeclared says so
            continue
        if line is not None:
            yield line


def _facts(line: Helpline) -> Iterator[str]:
    yield from line.claims
    yield from (line.hours, line.cost)
    for contact in line.contacts:
        yield from (contact.hours, contact.cost)
