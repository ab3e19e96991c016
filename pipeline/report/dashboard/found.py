"""Findings with the text of the source beside the text of the page, and why pages are withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat

from pipeline import checks
from pipeline.errors import UsageError
from pipeline.model import Finding, Standing
from pipeline.report.dashboard.matrices import Column, withheld_id
from pipeline.report.ranking import Rank, drafts, kinds, related
from pipeline.report.text import Told

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


def findings(outcome: Told, heads: Sequence[Column]) -> Findings:
    """The findings of an outcome, those that close the gate first."""
    hidden = drafts({head.tag: head.published for head in heads})
    blocks, asks, left = [zip(outcome.picked(kind), repeat(rank), strict=False) for rank, kind in kinds(hidden).items()]
    serious, other = list(islice(chain(blocks, asks), SHOWN)), list(islice(left, SHOWN_DRAFTS))
    about = {(one.article, one.locale) for one, _ in (*serious, *other)}
    pages = {(one.article, one.locale): _page(one) for one in outcome.of({article for article, _ in about})}
    directions = {head.tag: head.direction for head in heads}
    rules, numbers = Counter[str](), Counter[bool]()
    for tally in outcome.tallies:
        rules[tally.rule] += tally.number
        numbers[tally.locale in hidden] += tally.number
    return Findings(
        tuple(_found(one, rank, directions, pages) for one, rank in serious),
        max(0, numbers[False] - SHOWN),
        tuple(_found(one, rank, directions, pages) for one, rank in other),
        max(0, numbers[True] - SHOWN_DRAFTS),
        tuple(RuleNote(rule, anchor(rule), _summary(rule), _reason(rule), rules[rule]) for rule in sorted(rules)),
    )


def withheld(outcome: Told) -> tuple[Withheld, ...]:
    """The pages that should go out and do not, with the reasons in words."""
    held = [*outcome.withheld]
    articles, tags = {"", *(one.article for one in held)}, {"", *(one.locale for one in held)}
    counts = Counter[tuple[str, str, str]]()
    for tally in outcome.tallies:
        if tally.article in articles and tally.locale in tags:
            counts[tally.article, tally.locale, tally.rule] += tally.number
    return tuple(_withheld(one, counts) for one in held)


def _withheld(one: Standing, counts: Mapping[tuple[str, str, str], int]) -> Withheld:
    def number(rule: str) -> int:
        return sum(counts.get((article, tag, rule), 0) for article in {"", one.article} for tag in {"", one.locale})

    reasons = tuple(Reason(rule, anchor(rule), _summary(rule), number(rule)) for rule in one.reasons)
    return Withheld(withheld_id(one), one.article, one.locale, reasons)


def anchor(rule: str) -> str:
    """The fragment at which a rule is explained."""
    return f"rule-{rule.replace('/', '-')}"


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
