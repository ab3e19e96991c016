"""What a translator into one locale should know about a message, beside what holds for all locales.

The lines are made anew at each update, from the glossary and the helpline registry, and stand below those of the
template. The same files give the same lines. What the glossary notes about a term stands with the first message
that uses it, and its approved and forbidden wording with each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline import extract, glossary, helplines, locales, signoff
from pipeline.errors import RegistryError
from pipeline.identity import Same
from pipeline.model import (
    Article,
    Catalog,
    Element,
    Key,
    Locale,
    Message,
    Node,
    Registry,
    Segment,
    SignOff,
    Term,
    Variable,
)

__all__ = ["Facts", "localized"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the notes of one locale are made of."""

    locale: Locale
    source: Locale
    terms: tuple[Term, ...]
    registry: Registry
    signoffs: tuple[SignOff, ...] = ()


def localized(template: Catalog, article: Article | None, facts: Facts) -> Catalog:
    """The template with the notes of a locale below its own.

    ``article`` is what the template was extracted from; None for the theme's own words, which have no helplines.
    """
    places = _places(Same(article)) if article else {}
    if article and not facts.terms and not places:
        return template
    messages: list[Message] = []
    explained: set[Term] = set()
    for message in template.messages:
        terms = list(glossary.used(facts.terms, message.key.source, facts.source))
        more = (
            *(line for segment in places.get(message.key, ()) for line in _helplines(segment, facts)),
            *(line for segment in places.get(message.key, ()) if article for line in _signed(segment, article, facts)),
            *(_wording(term) if term in explained else _explanation(term) for term in terms),
        )
        explained.update(terms)
        notes = tuple(dict.fromkeys((*message.notes, *more)))
        messages.append(message if notes == message.notes else replace(message, notes=notes))
    return replace(template, messages=tuple(messages))


@lru_cache(maxsize=4)  # the locales of an article come one after another
def _places(article: Same[Article]) -> Mapping[Key, Sequence[Segment]]:
    """Where each message stands that names a helpline, depends on one, or is safety text: others have no such notes."""
    places: dict[Key, list[Segment]] = defaultdict(list)
    for segment in extract.segments(article.value):
        if segment.safety or segment.lacks or any(_variables(segment.content)):
            places[segment.key].append(segment)
    return dict(places)


def _helplines(segment: Segment, facts: Facts) -> Iterator[str]:
    """What the variables become in the locale's region, and whether the text is shown there at all."""
    variables = list(dict.fromkeys(_variables(segment.content)))
    if not facts.locale.region or not (variables or segment.lacks):
        return
    region = locales.region_name(facts.locale.region, facts.source)
    try:
        for role in dict.fromkeys(variable.role for variable in variables):
            if helplines.resolve(facts.registry, facts.locale, role) is None:
                yield f"{region} has no {role} line, so this text is not shown there."
                return
        filled = [
            f'{{{variable.name}}} becomes "{helplines.variable_text(variable.name, facts.registry, facts.locale)}"'
            for variable in variables
        ]
        if filled:
            yield f"In {region}, {' and '.join(filled)}."
        if segment.lacks and helplines.resolve(facts.registry, facts.locale, segment.lacks) is None:
            yield f"{region} has none, so this text is shown there."
        elif segment.lacks:
            yield f"{region} has one, so this text is not shown there."
    except RegistryError:
        return  # what the registry lacks is a finding of the gate


def _signed(segment: Segment, article: Article, facts: Facts) -> Iterator[str]:
    """Who signed the safety text off in its present source, and the hash of the very text that they signed."""
    found = signoff.find(facts.signoffs, article.slug, segment.key, segment.safety) if segment.safety else None
    if found and found.kind == "review":
        yield f"Signed off by {found.reviewer} on {found.date}, for the text {found.target_hash} and no other."
    elif found:
        yield f"Demonstration sign-off of {found.date}: nobody compared the texts. Text {found.target_hash}."


def _explanation(term: Term) -> str:
    """The line for a term, and what the glossary notes about it: where it stands for the first time."""
    return " ".join(f"{_wording(term)} {term.note}".split())


def _wording(term: Term) -> str:
    never = " or ".join(f'"{wording}"' for wording in term.forbidden)
    sentence = f'Glossary: "{term.source}" is "{term.target}"' + (f", never {never}" if never else "")
    return f"{' '.join(sentence.split())}."


def _variables(nodes: Sequence[Node]) -> Iterator[Variable]:
    for node in nodes:
        if isinstance(node, Variable):
            yield node
        elif isinstance(node, Element):
            yield from _variables(node.children)
