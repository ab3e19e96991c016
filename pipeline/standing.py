"""How far an edition is: what is translated, what is signed off, what closes its gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline import extract, signoff
from pipeline.model import Edition, Finding, Message, Segment, Severity, SignOff, Standing, State


@dataclass(frozen=True, slots=True)
class SafetyMessage:
    """A safety message of an edition, and the sign-off that counts for it as it stands."""

    segment: Segment
    message: Message
    """An empty one where the catalog has none."""

    review: SignOff | None
    """None where nobody signed, a text changed since, or only a demonstration did and the project is none."""


def safety_messages(edition: Edition) -> Iterator[SafetyMessage]:
    """The safety messages, each of which needs a sign-off, in reading order; those of the source locale too."""
    messages = edition.catalog.index()
    seen = set()
    for segment in extract.segments(edition.article):
        if segment.safety and (segment.key, segment.safety) not in seen:
            seen.add((segment.key, segment.safety))
            message = messages.get(segment.key, Message(segment.key))
            yield SafetyMessage(segment, message, _review(edition, segment, message))


def standing(edition: Edition, findings: Iterable[Finding]) -> Standing:
    """The counts of an edition, and the errors among ``findings`` that are about it."""
    messages = edition.catalog.index()
    keys = {segment.key for segment in extract.segments(edition.article)}
    states = [messages[key].state for key in keys if key in messages]
    safety = list(safety_messages(edition))
    reasons = closing(findings, edition.article.slug, edition.locale.tag)
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
    )


def closing(findings: Iterable[Finding], slug: str, tag: str) -> tuple[str, ...]:
    """The rules of the errors that are about an article in a locale, each once; empty: the gate is open."""
    rules = (
        finding.rule
        for finding in findings
        if finding.severity is Severity.ERROR and finding.article in ("", slug) and finding.locale in ("", tag)
    )
    return tuple(dict.fromkeys(rules))


def _review(edition: Edition, segment: Segment, message: Message) -> SignOff | None:
    found = signoff.find(edition.signoffs, edition.article.slug, segment.key, segment.safety)
    if found is None or message.state is not State.TRANSLATED:
        return None
    if found.target_hash != signoff.target_hash(message.target):
        return None
    return found if found.kind == "review" or edition.policy.demonstration else None
