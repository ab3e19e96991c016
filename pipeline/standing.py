"""How far an edition is: what is translated, what is signed off, what closes its gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline import extract, helplines, keys, remarks, signoff
from pipeline.checks.expected import shows
from pipeline.checks.units import variables
from pipeline.errors import RegistryError
from pipeline.model import Edition, Finding, Message, SafetyText, Segment, Severity, SignOff, Standing, State


@dataclass(frozen=True, slots=True)
class SafetyMessage:
    """A safety message of an edition, and the sign-off that counts for it as it stands."""

    segment: Segment
    message: Message
    """An empty one where the catalog has none."""

    review: SignOff | None
    """The last one. None where nobody signed, a text changed since, only a demonstration did and the project is
    none, a second reviewer is missing, or a key that the project asks for."""


def safety_messages(edition: Edition) -> Iterator[SafetyMessage]:
    """The safety messages, each of which needs a sign-off, in reading order; those of the source locale too."""
    messages = edition.catalog.index()
    seen = set()
    for segment in extract.segments(edition.article):
        if segment.safety and (segment.key, segment.safety) not in seen:
            seen.add((segment.key, segment.safety))
            message = messages.get(segment.key, Message(segment.key))
            yield SafetyMessage(segment, message, _review(edition, segment, message))


def standing(edition: Edition, reasons: tuple[str, ...]) -> Standing:
    """The counts of an edition, and the rules that close its gate, as :meth:`Closing.of` has them."""
    messages = edition.catalog.index()
    keys = {segment.key for segment in extract.segments(edition.article)}
    found = [messages[key] for key in keys if key in messages]
    states = [message.state for message in found]
    safety = list(safety_messages(edition))
    return Standing(
        article=edition.article.slug,
        locale=edition.locale.tag,
        messages=len(keys),
        translated=states.count(State.TRANSLATED),
        fuzzy=states.count(State.FUZZY),
        safety=len(safety),
        signed=sum(one.review is not None for one in safety),
        published=edition.published,
        open=not reasons,
        reasons=reasons,
        machine=sum(message.state is State.FUZZY and remarks.by_machine(message.comments) for message in found),
        texts=tuple(_safety_text(edition, one) for one in safety),
    )


class Closing:
    """The errors among findings, by what they are about: asked for each of many editions."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.rules: dict[tuple[str, str], dict[str, int]] = {}
        """(slug, tag), each of them empty where the error is about all -> rule -> number of its first finding."""
        for number, finding in enumerate(findings):
            if finding.severity is Severity.ERROR:
                self.rules.setdefault((finding.article, finding.locale), {}).setdefault(finding.rule, number)

    def of(self, slug: str, tag: str) -> tuple[str, ...]:
        """The rules of the errors that are about an article in a locale, each once; empty: the gate is open."""
        about = {(article, locale) for article in ("", slug) for locale in ("", tag)}
        found = sorted((number, rule) for one in about for rule, number in self.rules.get(one, {}).items())
        return tuple(dict.fromkeys(rule for _, rule in found))


def _safety_text(edition: Edition, one: SafetyMessage) -> SafetyText:
    try:
        shown = shows(one.segment, edition)
        names = [f"{variable.role}.phone" for variable in variables(one.segment.content)]
        numbers = [helplines.variable_text(name, edition.registry, edition.locale) for name in names if shown]
    except RegistryError:  # helpline/undeclared is among the findings
        shown, numbers = True, ["?"]
    return SafetyText(one.segment.safety, one.segment.key.source, shown, tuple(dict.fromkeys(numbers)), one.review)


def _review(edition: Edition, segment: Segment, message: Message) -> SignOff | None:
    if message.state is not State.TRANSLATED:
        return None
    policy, safety = edition.policy, segment.safety
    made = signoff.reviews(edition.signoffs, edition.article.slug, segment.key, safety, message.target)
    counting = [
        one
        for one in made
        if (one.kind == "review" or policy.demonstration) and not keys.fault(one, dict(policy.signers))
    ]
    return counting[-1] if len(counting) > (safety in policy.second_reviewer) else None
