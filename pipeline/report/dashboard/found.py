"""Findings with the text of the source beside the text of the page, and why pages are withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline import checks
from pipeline.errors import UsageError
from pipeline.model import Finding, Outcome, Standing
from pipeline.report.dashboard.matrices import Column, withheld_id
from pipeline.report.ranking import Rank, ranked, related

SHOWN = 200
"""Findings on the page; the JSON report has all of them."""

SHOWN_DRAFTS = 50

_LONGEST = 600
"""Characters of a text that are shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, ready to print."""

    rank: str
    """``blocks``, ``asks`` or ``draft``."""

    rule: str
    anchor: str
    text: str
    advice: str
    article: str
    locale: str
    direction: str
    source: str
    """The text of the article; empty where the finding is about no text."""

    source_place: str
    target: str
    place: str
    page: str
    """The address of the page that shows it; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that withholds a page."""

    rule: str
    anchor: str
    summary: str
    number: int
    """Of its findings there."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A page that does not go out."""

    id: str
    article: str
    locale: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A rule that found something, and why it is there."""

    rule: str
    anchor: str
    summary: str
    reason: str
    number: int


@dataclass(frozen=True, slots=True)
class Findings:
    """Those that are shown, by their weight, and how many are not."""

    shown: tuple[Found, ...]
    left_out: int
    drafts: tuple[Found, ...]
    drafts_left_out: int
    rules: tuple[RuleNote, ...]


def findings(outcome: Outcome, heads: Sequence[Column]) -> Findings:
    """The findings of an outcome, those that close the gate first."""
    directions = {head.tag: head.direction for head in heads}
    pages = {(one.article, one.locale): _page(one) for one in outcome.standings}
    everything = [_found(finding, rank, directions, pages) for finding, rank in ranked(outcome)]
    serious = [one for one in everything if one.rank != "draft"]
    drafts = [one for one in everything if one.rank == "draft"]
    return Findings(
        tuple(serious[:SHOWN]),
        max(0, len(serious) - SHOWN),
        tuple(drafts[:SHOWN_DRAFTS]),
        max(0, len(drafts) - SHOWN_DRAFTS),
        tuple(_notes(outcome)),
    )


def withheld(outcome: Outcome) -> tuple[Withheld, ...]:
    """The pages that should go out and do not, with the reasons in words."""
    counts: dict[tuple[str, str, str], int] = {}
    for finding in outcome.findings:
        key = (finding.article, finding.locale, finding.rule)
        counts[key] = counts.get(key, 0) + 1
    return tuple(_withheld(one, counts) for one in outcome.standings if one.published and not one.open)


def _withheld(one: Standing, counts: Mapping[tuple[str, str, str], int]) -> Withheld:
    def number(rule: str) -> int:
        return sum(counts.get((article, tag, rule), 0) for article in {"", one.article} for tag in {"", one.locale})

    reasons = tuple(Reason(rule, anchor(rule), _summary(rule), number(rule)) for rule in one.reasons)
    return Withheld(withheld_id(one), one.article, one.locale, reasons)


def anchor(rule: str) -> str:
    """The fragment at which a rule is explained."""
    return f"rule-{rule.replace('/', '-')}"


def _notes(outcome: Outcome) -> Iterator[RuleNote]:
    counts: dict[str, int] = {}
    for finding in outcome.findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    for rule, number in sorted(counts.items()):
        yield RuleNote(rule, anchor(rule), _summary(rule), _reason(rule), number)


def _found(finding: Finding, rank: Rank, directions: Mapping[str, str], pages: Mapping[tuple[str, str], str]) -> Found:
    return Found(
        rank=rank.value,
        rule=finding.rule,
        anchor=anchor(finding.rule),
        text=finding.text,
        advice=finding.advice,
        article=finding.article,
        locale=finding.locale,
        direction=directions.get(finding.locale, "ltr"),
        source=_short(finding.key.source) if finding.key else "",
        source_place=str(related(finding) or ""),
        target=_short(finding.target),
        place=str(finding.place or ""),
        page=pages.get((finding.article, finding.locale), ""),
    )


def _page(one: Standing) -> str:
    if one.published and not one.open:
        return ""
    folder = "site" if one.published else "preview"
    return f"../{folder}/{one.locale}/{one.article}/index.html"


def _summary(rule: str) -> str:
    try:
        return checks.rule(rule).summary
    except UsageError:  # rules of the browser are no rules of the gate
        return rule


def _reason(rule: str) -> str:
    try:
        return checks.rule(rule).reason
    except UsageError:
        return ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
