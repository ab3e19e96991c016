"""What a build came to, read from the ledger: one edition at a time, or as a whole where somebody wants that."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from pipeline import checks, records
from pipeline.build.columns import Shared
from pipeline.build.packing import (
    SEVERITIES,
    unpacked,
    unpacked_accepted,
    unpacked_figures,
    unpacked_standing,
    with_texts,
)
from pipeline.build.plan import AWAY, Run
from pipeline.build.survey import WITHOUT_FINDINGS, rendered_of
from pipeline.model import Accepted, Finding, Outcome, Severity, Standing, Suppression, Tally
from pipeline.project import Target

_Item = TypeVar("_Item")
_HELD = 20_000
"""Editions whose figures are held, because they are asked for again and again; those of more are read again."""

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
        self.held: tuple[Standing, ...] = ()
        self.counted: tuple[Tally, ...] = ()

    def outcome(self) -> Outcome:
        """Everything at once."""
        return Outcome(tuple(self.standings), tuple(self.findings), tuple(self.accepted))

    @property
    def standings(self) -> Iterable[Standing]:
        """Every edition, article by article, in the order of the settings."""
        return _Again(self._held_standings if self.held else lambda: self._standings(unpacked_standing))

    @property
    def figures(self) -> Iterable[Standing]:
        """As :attr:`standings`, without the safety messages, which take most of the time to read."""
        if not self.held and self.editions <= _HELD:
            self.held = tuple(self._standings(unpacked_figures))
        return self.held or _Again(lambda: self._standings(unpacked_figures))

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
        looked_at = Counter[bool]()
        for pos, number in self.run.book.all("SELECT pos, count(*) FROM judged GROUP BY pos"):
            looked_at[self.columns[pos].target.published] += number
        counted = bool(looked_at[True])
        where = ", ".join(str(one.pos) for one in self.columns if one.target.published is counted)
        closed = f"WHERE pos IN ({where}) AND (reasons <> '' OR page <> '' OR standing = '')"
        return bool(looked_at[counted]) and all(one.open for one in self._standings(unpacked_figures, closed))

    @property
    def editions(self) -> int:
        """How many there are."""
        return int(self.run.book.one("SELECT count(*) FROM judged")[0])

    # --- from what is kept of each edition, once :func:`pipeline.build.telling.tell` has brought it up to date ---

    @property
    def edition_records(self) -> Iterator[bytes]:
        """:attr:`standings` as :mod:`pipeline.records`."""
        return (edition for (edition,) in self.run.book.each("SELECT edition FROM told ORDER BY slug, pos"))

    @property
    def finding_records(self) -> Iterator[bytes]:
        """:attr:`findings` as :mod:`pipeline.records`, those of an edition together."""
        once = _Once()
        query = "SELECT slug, pos, whole, findings FROM told WHERE NOT whole OR tallies <> '' ORDER BY slug, pos"
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
        for slug, tag, tallies, found in self._counted():
            for rule, severity, number in json.loads(tallies or "[]"):
                yield Tally(slug, tag, rule, SEVERITIES[severity], number)
            yield from Outcome((), tuple(found)).tallies
        yield from Outcome((), tuple(self._stale())).tallies

    def picked(self, wanted: Callable[[str, Severity], bool]) -> Iterator[Finding]:
        """As :meth:`pipeline.model.Outcome.picked`; only editions that have any are looked at."""
        positions = {column.target.locale.tag: column.pos for column in self.columns}
        for slug, tag, tallies, found in self._counted():
            if any(f'"{one.value}"' in tallies and wanted(tag, one) for one in Severity):
                found = self._found(slug, positions[tag])
            yield from (one for one in found if wanted(one.locale, one.severity))
        yield from (one for one in self._stale() if wanted(one.locale, one.severity))

    def _counted(self) -> Iterator[tuple[str, str, str, Sequence[Finding]]]:
        """(slug, tag, tallies, ()) of every edition whose findings are its own; findings of another one themselves."""
        once = _Once()
        query = "SELECT slug, pos, whole, tallies FROM told WHERE NOT whole OR tallies <> '' ORDER BY slug, pos"
        for slug, pos, whole, tallies in self.run.book.each(query):
            found = () if whole else tuple(once.of(slug, self._found(slug, pos)))
            yield slug, self.columns[pos].target.locale.tag, tallies, found

    def _found(self, slug: str, pos: int) -> tuple[Finding, ...]:
        """The findings of one edition."""
        findings, page = self.run.book.one("SELECT findings, page FROM judged WHERE slug = ? AND pos = ?", slug, pos)
        return (*unpacked(findings), *unpacked(page))

    # --- from what every edition came to ---

    def _standings(self, unpack: Unpack, which: str = "") -> Iterator[Standing]:
        query = f"SELECT slug, pos, standing, reasons, page FROM judged {which} ORDER BY slug, pos"
        for slug, pos, standing, reasons, page in self.run.book.each(query):
            yield standing_of(self.columns[pos].target, slug, standing, reasons, page, unpack)

    def _held_standings(self) -> Iterator[Standing]:
        rows = self.run.book.each("SELECT standing FROM judged ORDER BY slug, pos")
        return (with_texts(one, standing) for one, (standing,) in zip(self.held, rows, strict=True))

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
