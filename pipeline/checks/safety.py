"""Rules about the presence of safety text: in the source, in the catalog, and in the locale's region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.checks import changes, when
from pipeline.checks.expected import shows
from pipeline.checks.rules import Change, Fault, Pair, edition_rule, message_rule
from pipeline.checks.units import Unit, article_segments, variables
from pipeline.errors import RegistryError
from pipeline.model import Edition, Place, Policy, Severity, State


@edition_rule(
    "safety/missing-in-source",
    Severity.ERROR,
    flagged=(Change("the article lost its crisis block", lambda edition: changes.without_block(edition, "crisis")),),
)
def missing_in_source(edition: Edition) -> Iterator[Fault]:
    """The source article lacks a safety text that the policy asks of every article.

    What is not in the source is in no translation either. A block that was deleted, or that lost its mark, would
    disappear from every page at once, and no catalog would show it.
    """
    there = {segment.safety for segment in article_segments(edition.article)}
    for safety in edition.policy.required:
        if safety not in there:
            text = f"The article has no safety text “{safety}”, which the policy requires."
            yield Fault(text, "Write it, or mark the block that says it.", Place(edition.article.path))


@edition_rule(
    "safety/gone",
    Severity.ERROR,
    flagged=(
        Change(
            "the article lost a block that is signed off",
            lambda edition: changes.without_block(replace(edition, policy=Policy()), "see-a-provider"),
        ),
    ),
    passed=(Change("nothing is different", lambda edition: edition),),
)
def gone(edition: Edition) -> Iterator[Fault]:
    """A safety text that was signed off is no longer in the article.

    Somebody deleted or emptied its block, or took its mark away. If that was meant, its sign-offs go, too.
    """
    there = {segment.safety for segment in article_segments(edition.article)}
    signed = {record.safety: record for record in edition.signoffs if record.article == edition.article.slug}
    for safety in sorted(signed.keys() - there):
        text = f"The safety text “{safety}” was signed off by {signed[safety].reviewer} and is not in the article."
        advice = "Put it back; if it was taken out on purpose, delete its sign-offs, too."
        yield Fault(text, advice, Place(edition.article.path))


@edition_rule(
    "safety/number-missing-in-source",
    Severity.ERROR,
    flagged=(
        Change(
            "the crisis block names the line and not its number",
            lambda edition: changes.resource(edition, "crisis", "Call {crisis.name}."),
        ),
        Change(
            "the crisis block has the variable misspelled",
            lambda edition: changes.resource(edition, "crisis", "Call {Crisis.phone}."),
        ),
    ),
    passed=(Change("nothing is different", lambda edition: edition),),
)
def number_missing_in_source(edition: Edition) -> Iterator[Fault]:
    """A safety text that has the name of a role does not show the number of that role.

    A crisis text without the crisis line's number, or with that of another line, sends nobody to it.
    """
    roles = {role for region in edition.registry.roles.values() for role in region}
    shown: dict[str, set[str]] = {}
    for segment in article_segments(edition.article):
        if segment.safety in roles and not segment.lacks:
            numbers = {variable.role for variable in variables(segment.content) if variable.field == "phone"}
            shown.setdefault(segment.safety, set()).update(numbers)
    for safety in sorted(safety for safety, numbers in shown.items() if safety not in numbers):
        text = f"The safety text “{safety}” does not show {{{safety}.phone}}."
        yield Fault(text, "Write the variable where the number belongs.", Place(edition.article.path))


@edition_rule(
    "safety/missing-in-region",
    Severity.ERROR,
    flagged=(
        Change(
            "the region has no referral line, and the article says nothing for such regions",
            lambda edition: changes.without_block(edition, "referral", lacks="referral"),
        ),
    ),
    passed=(
        Change(
            "the region has a referral line, and the block for other regions is gone",
            lambda edition: changes.without_block(
                changes.with_role(edition, "referral", "fr-referral"), "referral", lacks="referral"
            ),
        ),
    ),
)
def missing_in_region(edition: Edition) -> Iterator[Fault]:
    """A safety text that the policy requires is not shown in the locale's region.

    A block that names a line is left out where the region has no such line. Then another block has to say what to do
    instead, or readers there are left without help.
    """
    segments = tuple(article_segments(edition.article))
    try:
        shown = {segment.safety for segment in segments if shows(segment, edition)}
    except RegistryError:  # helpline/undeclared says so
        return
    there = {segment.safety for segment in segments}
    for safety in edition.policy.required:
        if safety in there and safety not in shown:
            text = f"No block of the safety text “{safety}” is shown in {edition.locale.region}."
            advice = f"Add a block for regions without that line, marked “safety: {safety}; lacks: …”."
            yield Fault(text, advice, Place(edition.article.path))


@message_rule(
    "safety/untranslated",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Pair("Call {crisis.phone}.", "", safety="crisis"),
        Pair("Call {crisis.phone}.", "Appelez le {crisis.phone}.", safety="crisis", fuzzy=True),
        Change("the catalog lacks the crisis message", lambda edition: changes.without_message(edition, "crisis")),
    ),
    passed=(Pair("Call {crisis.phone}.", "Appelez le {crisis.phone}.", safety="crisis"), Pair("Feeling numb", "")),
)
def untranslated(unit: Unit) -> Iterator[Fault]:
    """A safety message has no target, or one that nobody has accepted.

    No page goes out without its safety text, however complete the rest of it is, and none with text that only a
    machine, a memory or a near match has produced.
    """
    if unit.safety and unit.message.state is not State.TRANSLATED:
        name, state = ", ".join(unit.safety), unit.message.state.value
        yield Fault(f"The safety text “{name}” is {state}.", "Translate and accept it, then have it signed off.")
