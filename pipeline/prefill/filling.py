"""Write suggestions into the messages that have no text yet.

Everything written is fuzzy and says where it comes from; nothing that a person wrote is touched, and
safety messages get nothing but what people accepted for that very source. What a machine offers is
judged here, in one place, whichever engine it came through: an empty target is safer than a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from pipeline import glossary
from pipeline.errors import EngineError
from pipeline.model import Catalog, Key, Locale, Message, Refusal, State, Suggestion, Term
from pipeline.prefill.objections import markup_objection, objection
from pipeline.remarks import SUGGESTED, without_explanations

__all__ = ["ORIGIN", "Answer", "Assignment", "Engine", "Prefilled", "Refused", "accepted", "ask", "prefill", "waiting"]

Answer: TypeAlias = Suggestion | Refusal

ORIGIN = SUGGESTED
"""How the comment line begins that says where a suggestion comes from."""


class Engine(Protocol):
    """Whoever offers texts: the memory, or a machine."""

    @property
    def name(self) -> str:
        """As written in the settings: ``memory``, ``apertium``, ``deepl`` ..."""

    @property
    def machine(self) -> bool:
        """Whether no person ever accepted its texts as translations of whole messages."""

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key, in the same order; failures are refusals, not exceptions."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What engines are asked for, and what of it may be written."""

    source: Locale
    target: Locale
    safety: frozenset[Key] = frozenset()
    """The keys of safety messages."""

    terms: tuple[Term, ...] = ()
    """The glossary of the target locale."""

    safety_drafts: bool = False
    """Whether machines and near matches may draft safety text, which nobody sees before it is signed off."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A message for which an engine offered nothing usable."""

    key: Key
    engine: str
    reason: str


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A catalog with suggestions, and the account of them."""

    catalog: Catalog
    counts: tuple[tuple[str, int], ...]
    """Engine and number of its suggestions, in the order in which the engines were asked."""

    refusals: tuple[Refused, ...]
    """Why messages are still empty, or why a later engine had to fill them."""


# --- the verb -----------------------------------------------------------------------------------


def prefill(catalog: Catalog, engines: Sequence[Engine], assignment: Assignment) -> Prefilled:
    """Ask the engines in order for each message without any text; the first good suggestion is written.

    Raises EngineError when an engine breaks its promise.
    """
    open_ = waiting(catalog)
    given: dict[Key, Suggestion] = {}
    counts: list[tuple[str, int]] = []
    refusals: list[Refused] = []
    for engine in engines:
        keys = [key for key in open_ if key not in given]
        before = len(given)
        for key, answer in zip(keys, ask(engine, keys, assignment), strict=True):
            if isinstance(answer, Suggestion):
                given[key] = answer
            else:
                refusals.append(Refused(key, engine.name, answer.reason))
        counts.append((engine.name, len(given) - before))
    messages = tuple(
        _written(message, given[message.key]) if _is_open(message) and message.key in given else message
        for message in catalog.messages
    )
    return Prefilled(replace(catalog, messages=messages), tuple(counts), tuple(refusals))


def waiting(catalog: Catalog) -> list[Key]:
    """The messages that a suggestion may be written into."""
    return [message.key for message in catalog.messages if _is_open(message)]


def accepted(message: Message) -> Message:
    """The message without the line about its origin, once a person has accepted or emptied its text.

    ``update`` calls it on every message: a translator only has to take the fuzzy mark away.
    """
    if not message.comments or message.state is State.FUZZY:
        return message
    comments = tuple(line for line in message.comments if not line.startswith(ORIGIN))
    return message if comments == message.comments else replace(message, comments=comments)


def _is_open(message: Message) -> bool:
    """Nothing at all in it, so that nothing a person wrote can be lost; one text cannot fill plural forms."""
    return not (message.obsolete or message.source_plural or any(text.strip() for text in message.targets))


def _written(message: Message, suggestion: Suggestion) -> Message:
    origin = ORIGIN + " ".join(suggestion.origin.split())
    return replace(
        message,
        targets=(suggestion.text,),
        fuzzy=True,
        comments=(*(line for line in without_explanations(message.comments) if not line.startswith(ORIGIN)), origin),
        previous=suggestion.made_for,
    )


def ask(engine: Engine, keys: Sequence[Key], assignment: Assignment) -> list[Answer]:
    """One judged answer for each key; a machine is asked for a safety message only where drafts of them are allowed.

    Raises EngineError when the engine breaks its promise.
    """
    barred = assignment.safety if engine.machine and not assignment.safety_drafts else frozenset()
    allowed = [key for key in keys if key not in barred]
    answers = engine.suggest(allowed, assignment.source, assignment.target) if allowed else []
    if len(answers) != len(allowed):
        raise EngineError(
            f"The engine {engine.name} gave {len(answers)} answers to {len(allowed)} questions, so nobody "
            f"can tell which belongs to which. Take it out of the settings and report it."
        )
    judged = {key: _judged(engine, key, answer, assignment) for key, answer in zip(allowed, answers, strict=True)}
    return [judged.get(key, Refusal("safety text is never made by a machine")) for key in keys]


def _judged(engine: Engine, key: Key, answer: Answer, assignment: Assignment) -> Answer:
    if isinstance(answer, Refusal):
        return answer
    if key in assignment.safety and answer.made_for is not None and not assignment.safety_drafts:
        return Refusal("safety text is never taken from a near match")
    target = assignment.target
    reason = objection(key, answer.text, target) if engine.machine else markup_objection(key, answer.text)
    return Refusal(reason) if reason else _by_glossary(engine, key, answer, assignment)


def _by_glossary(engine: Engine, key: Key, answer: Suggestion, assignment: Assignment) -> Answer:
    """No forbidden wording from a machine; where an approved one is missing, the line about the origin says so."""
    terms, target = assignment.terms, assignment.target
    wrong = [f"“{wording}” for “{term.source}”" for term, wording in glossary.forbidden(terms, answer.text, target)]
    if wrong and engine.machine:
        return Refusal(f"the glossary forbids {', '.join(wrong)}")
    missing = glossary.missing(terms, key.source, answer.text, assignment.source, target)
    said = [f"the glossary has “{term.target}” for “{term.source}”" for term in missing]
    said += [f"the glossary forbids {one}" for one in wrong]
    return replace(answer, origin="; ".join([answer.origin, *said])) if said else answer
