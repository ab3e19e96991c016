"""What a build came to, read from the ledger: one edition at a time, or as a whole where somebody wants that."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeAlias, TypeVar

from pipeline import checks, records
from pipeline.build.columns import Shared
from pipeline.build.packing import (
    SEVERITIES,
    unpacked,
    unpacked_accepted,
    unpacked_figures,
    unpacked_standing,
)
from pipeline.build.plan import AWAY, Run
from pipeline.build.survey import WITHOUT_FINDINGS, rendered_of
from pipeline.model import Accepted, Finding, Outcome, Severity, Standing, Suppression, Tally, Total
from pipeline.project import Target

_Item = TypeVar("_Item")
_HELD = 20_000
"""Editions whose numbers of findings are held, because they are asked for again; those of more are read again."""

_TOLD = "(NOT whole OR tallies <> '')"
"""Of editions with findings; the ledger has an index of them."""

Unpack: TypeAlias = Callable[[str, tuple[str, ...]], Standing]


@dataclass(frozen=True, slots=True)
class _Again(Generic[_Item]):
    """Something that is read anew each time one goes through it."""

    read: Callable[[], Iterator[_Item]]

    def __iter__(self) -> Iterator[_Item]:
        return self.read()


class Results:
    """The results of a run that is over: an outcome that is read from the ledger, which must stay open meanwhile."""

    def __init__(self, run: Run, columns: Sequence[Shared]) -> None:
        self.run = run
        self.columns = columns
        self.counted: tuple[Tally, ...] = ()

    def outcome(self) -> Outcome:
        """Everything at once."""
        return Outcome(tuple(self.standings), tuple(self.findings), tuple(self.accepted))

    @property
    def standings(self) -> Iterable[Standing]:
        """Every edition, article by article, in the order of the settings."""
        return _Again(lambda: self._standings(unpacked_standing))

    @property
    def findings(self) -> Iterable[Finding]:
        """Every finding that counts, edition by edition; one about several editions once."""
        return _Again(self._findings)

    @property
    def accepted(self) -> Iterable[Accepted]:
        """What a baseline or the settings let pass."""
        return _Again(self._accepted)

    @property
    def open(self) -> bool:
        """As :attr:`pipeline.model.Outcome.open`."""
        counted = [one for one in self.totals if one.published] or self.totals
        return bool(counted) and all(one.open == one.editions for one in counted)

    @property
    def editions(self) -> int:
        """How many there are."""
        return int(self.run.book.one("SELECT count(*) FROM judged")[0])

    # --- from what is kept of each edition, once :func:`pipeline.build.telling.tell` has brought it up to date ---

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """As :attr:`pipeline.model.Outcome.totals`."""
        sums = "sum(messages), sum(translated), sum(fuzzy), sum(machine), sum(safety), sum(signed)"
        query = f"SELECT pos, count(*), sum(open), sum(messages = 0), {sums} FROM told GROUP BY pos ORDER BY pos"
        targets = [column.target for column in self.columns]
        rows = self.run.book.all(query)
        return tuple(Total(targets[pos].locale.tag, targets[pos].published, *numbers) for pos, *numbers in rows)

    @property
    def withheld(self) -> Iterable[Standing]:
        """As :attr:`pipeline.model.Outcome.withheld`, without the safety messages."""
        where = ", ".join(str(one.pos) for one in self.columns if one.target.published)
        which = f"WHERE (slug, pos) IN (SELECT slug, pos FROM told WHERE NOT open AND pos IN ({where}))"
        return _Again(lambda: self._standings(unpacked_figures, which))

    @property
    def articles(self) -> Iterable[str]:
        """As :attr:`pipeline.model.Outcome.articles`."""
        return (slug for (slug,) in self.run.book.each("SELECT DISTINCT slug FROM told ORDER BY slug"))

    def of(self, articles: Collection[str]) -> Iterator[Standing]:
        """As :meth:`pipeline.model.Outcome.of`, without the safety messages, and what closes gates."""
        query = (
            "SELECT pos, slug, open, messages, translated, fuzzy, safety, signed, machine FROM told"
            " WHERE slug IN (SELECT value FROM json_each(?)) ORDER BY slug, pos"
        )
        targets = [(column.target.locale.tag, column.target.published) for column in self.columns]
        for pos, slug, is_open, all, translated, fuzzy, safety, signed, machine in self.run.book.each(
            query, json.dumps([*articles])
        ):
            tag, published = targets[pos]
            counts = (all, translated, fuzzy, safety, signed)
            yield Standing(slug, tag, *counts, published, bool(is_open), (), machine)

    @property
    def guarded(self) -> Iterable[Standing]:
        """As :attr:`pipeline.model.Outcome.guarded`."""
        return self._standings(unpacked_standing, "WHERE slug IN (SELECT slug FROM told WHERE safety > 0)")

    @property
    def edition_records(self) -> Iterator[bytes]:
        """:attr:`standings` as :mod:`pipeline.records`."""
        return (edition for (edition,) in self.run.book.each("SELECT edition FROM told ORDER BY slug, pos"))

    @property
    def finding_records(self) -> Iterator[bytes]:
        """:attr:`findings` as :mod:`pipeline.records`, those of an edition together."""
        once = _Once()
        query = f"SELECT slug, pos, whole, findings FROM told WHERE {_TOLD} ORDER BY slug, pos"
        for slug, pos, whole, findings in self.run.book.each(query):
            if told := findings if whole else records.findings(once.of(slug, self._found(slug, pos))):
                yield told
        if stale := records.findings(self._stale()):
            yield stale

    @property
    def accepted_records(self) -> Iterator[bytes]:
        """:attr:`accepted` as :mod:`pipeline.records`."""
        return map(records.accepted, self._accepted())

    @property
    def tallies(self) -> Iterable[Tally]:
        """As :attr:`pipeline.model.Outcome.tallies`, edition by edition."""
        if not self.counted and self.editions <= _HELD:
            self.counted = tuple(self._tallies())
        return self.counted or _Again(self._tallies)

    def _tallies(self) -> Iterator[Tally]:
        once = _Once()
        query = f"SELECT slug, pos, whole, tallies FROM told WHERE {_TOLD} ORDER BY slug, pos"
        for slug, pos, whole, tallies in self.run.book.each(query):
            for rule, severity, number in json.loads(tallies or "[]"):
                yield Tally(slug, self.columns[pos].target.locale.tag, rule, SEVERITIES[severity], number)
            if not whole:
                yield from Outcome((), tuple(once.of(slug, self._found(slug, pos)))).tallies
        yield from Outcome((), tuple(self._stale())).tallies

    def picked(self, wanted: Callable[[str, Severity], bool]) -> Iterator[Finding]:
        """As :meth:`pipeline.model.Outcome.picked`; only editions that have any are looked at."""
        once, which = _Once(), ["NOT whole"]
        for severity in Severity:
            tags = ((one.pos, one.target.locale.tag) for one in self.columns)
            if positions := [str(pos) for pos, tag in tags if wanted(tag, severity)]:
                which.append(f"pos IN ({', '.join(positions)}) AND instr(tallies, '\"{severity.value}\"')")
        query = f"SELECT slug, pos, whole FROM told WHERE {_TOLD} AND ({' OR '.join(which)}) ORDER BY slug, pos"
        for slug, pos, whole in self.run.book.each(query):
            found = self._found(slug, pos)
            yield from (one for one in (found if whole else once.of(slug, found)) if wanted(one.locale, one.severity))
        yield from (one for one in self._stale() if wanted(one.locale, one.severity))

    def _found(self, slug: str, pos: int) -> tuple[Finding, ...]:
        """The findings of one edition."""
        findings, page = self.run.book.one("SELECT findings, page FROM judged WHERE slug = ? AND pos = ?", slug, pos)
        return (*unpacked(findings), *unpacked(page))

    # --- from what every edition came to ---

    def _standings(self, unpack: Unpack, which: str = "") -> Iterator[Standing]:
        query = f"SELECT slug, pos, standing, reasons, page FROM judged {which} ORDER BY slug, pos"
        for slug, pos, standing, reasons, page in self.run.book.each(query):
            yield standing_of(self.columns[pos].target, slug, standing, reasons, page, unpack)

    def _findings(self) -> Iterator[Finding]:
        once = _Once()
        query = "SELECT slug, findings, page FROM judged WHERE findings <> '' OR page <> '' ORDER BY slug, pos"
        for slug, findings, page in self.run.book.each(query):
            yield from once.of(slug, (*unpacked(findings), *unpacked(page)))
        yield from self._stale()

    def _stale(self) -> Iterator[Finding]:
        for stale in self.run.stale:
            what = "The suppression" if isinstance(stale, Suppression) else "The baseline"
            yield checks.stale(f"{what} of {stale.rule}", stale.article, stale.locale, stale.place)

    def _accepted(self) -> Iterator[Accepted]:
        query = "SELECT accepted FROM judged WHERE accepted <> '' ORDER BY slug, pos"
        for (accepted,) in self.run.book.each(query):
            yield from unpacked_accepted(accepted)


class _Once:
    """Findings about several editions, which are told once."""

    def __init__(self) -> None:
        self.told: set[tuple[str, str, str]] = set()
        self.article = ""

    def of(self, slug: str, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Those of an edition that were not told yet; editions come article by article."""
        if slug != self.article:
            self.article, self.told = slug, {one for one in self.told if not one[0]}
        for one in findings:
            if not one.article or not one.locale:  # a file that several editions need
                mark = (one.article, one.locale, f"{one.place} {one.text}")
                if mark in self.told:
                    continue
                self.told.add(mark)
            yield one


def standing_of(target: Target, slug: str, standing: str, reasons: str, page: str, unpack: Unpack) -> Standing:
    """How far an edition is, of what the ledger has of it: the rules that close its gate, and the page's findings."""
    rules: tuple[str, ...] = ()
    if reasons or page:  # of most there is neither
        found = [one.rule for one in unpacked(page) if one.severity is Severity.ERROR]
        rules = tuple(dict.fromkeys([*json.loads(reasons or "[]"), *found]))
    if standing:
        return unpack(standing, rules)
    return Standing(slug, target.locale.tag, 0, 0, 0, 0, 0, target.published, False, rules)


def note_page_findings(run: Run) -> None:
    """Put what reading back the pages found that go out beside what checking them found."""
    query = (
        "SELECT judged.slug, judged.pos, rendered.value FROM judged JOIN rendered ON rendered.slug = judged.slug"
        " AND rendered.pos = judged.pos AND rendered.key = judged.page_key WHERE judged.going <> ?"
        " AND rendered.value NOT LIKE ? AND judged.slug IN (SELECT slug FROM scope)"
        " AND (judged.slug, judged.pos) > (?, ?) ORDER BY judged.slug, judged.pos LIMIT 500"
    )
    last = ("", -1)
    while rows := run.book.all(query, AWAY, WITHOUT_FINDINGS, *last):
        found = ((rendered_of(value).findings, slug, pos) for slug, pos, value in rows)
        run.book.many("UPDATE judged SET page = ? WHERE slug = ? AND pos = ?", found)
        last = rows[-1][:2]
