"""Small editions for tests: the sample of the gate, whole or with one thing changed.

The sample itself, with every change that the rules' own examples make, lives in ``pipeline.checks.samples``.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline import extract, signoff
from pipeline.checks import samples
from pipeline.model import Edition, Finding, Page, SignOff, Verification


def good(tag: str = "fr-FR") -> Edition:
    """An edition in ``fr-FR`` or ``ar-EG`` that is right in every respect, as a demonstration."""
    return samples.edition(tag)


def good_page(tag: str = "fr-FR") -> Page:
    """The page of that edition, written by hand."""
    return samples.page(tag)


def reviewed() -> Edition:
    """The good edition with reviews by named persons in the place of demonstrations, and a policy that wants them."""
    edition = good()
    lines = {id: replace(line, verified=_reviewed(line.verified)) for id, line in edition.registry.helplines.items()}
    return replace(
        edition,
        registry=replace(edition.registry, helplines=lines),
        signoffs=tuple(_signed(record) for record in edition.signoffs),
        policy=replace(edition.policy, demonstration=False),
    )


def source() -> Edition:
    """The good article in its own language: every target is its source, and signed off as that."""
    edition = good()
    messages = tuple(replace(message, targets=(message.key.source,)) for message in edition.catalog.messages)
    header = tuple((name, "en_US" if name == "Language" else value) for name, value in edition.catalog.header)
    roles = {**edition.registry.roles, "US": {"crisis": "us-crisis", "emergency": "us-emergency", "referral": "none"}}
    lines = {
        f"us-{role}": replace(edition.registry.helplines[f"fr-{role}"], id=f"us-{role}", region="US")
        for role in ("crisis", "emergency")
    }
    verified = {id: samples.verified(line) for id, line in lines.items()}
    return replace(
        edition,
        catalog=replace(edition.catalog, locale="en-US", messages=messages, header=header),
        locale=edition.source_locale,
        interface=replace(edition.interface, messages=()),
        registry=replace(edition.registry, helplines={**edition.registry.helplines, **verified}, roles=roles),
        signoffs=tuple(
            replace(record, locale="en-US", target_hash=signoff.target_hash(text))
            for record, text in zip(edition.signoffs, _signed_sources(edition), strict=True)
        ),
        terms=(),
    )


def ids(findings: tuple[Finding, ...]) -> list[str]:
    """The rules of findings, each once, in order."""
    return list(dict.fromkeys(finding.rule for finding in findings))


def _signed_sources(edition: Edition) -> tuple[str, ...]:
    """The sources that the sign-offs of an edition are about, in their order."""
    found = {
        signoff.source_hash(segment.key, segment.safety): segment.key.source
        for segment in extract.segments(edition.article)
        if segment.safety
    }
    return tuple(found[record.source_hash] for record in edition.signoffs)


def _signed(record: SignOff) -> SignOff:
    return replace(record, kind="review", qualification="sworn translator")


def _reviewed(verification: Verification | None) -> Verification | None:
    return replace(verification, kind="review", by="Nadia Haddad") if verification else None
