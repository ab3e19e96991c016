"""What a build came to, read from the ledger: one edition at a time, or as a whole where somebody wants that."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline import checks
from pipeline.build.columns import Shared
from pipeline.build.packing import unpacked, unpacked_accepted, unpacked_figures, unpacked_standing
from pipeline.build.plan import AWAY, Run
from pipeline.build.survey import WITHOUT_FINDINGS, rendered_of
from pipeline.model import Accepted, Finding, Outcome, Severity, Standing, Suppression

_Item = TypeVar("_Item")


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

    def outcome(self) -> Outcome:
        """Everything at once."""
        return Outcome(tuple(self.standings), tuple(self.findings), tuple(self.accepted))

    @property
    def standings(self) -> Iterable[Standing]:
        """Every edition, article by article, in the order of the settings."""
        return _Again(lambda: self._standings(unpacked_standing))

    @property
    def figures(self) -> Iterable[Standing]:
        """As :attr:`standings`, without the safety messages, which take most of the time to read."""
        return _Again(lambda: self._standings(unpacked_figures))

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
        looked_at, closed = Counter[bool](), Counter[bool]()
        for pos, number in self.run.book.all("SELECT pos, count(*) FROM judged GROUP BY pos"):
            looked_at[self.columns[pos].target.published] += number
        for one in self._standings(unpacked_figures, "WHERE reasons <> '' OR page <> '' OR standing = ''"):
            closed[one.published] += not one.open
        counted = bool(looked_at[True])
        return bool(looked_at[counted]) and not closed[counted]

    @property
    def editions(self) -> int:
        """How many there are."""
        return int(self.run.book.one("SELECT count(*) FROM judged")[0])

    def _standings(self, unpack: Callable[[str, tuple[str, ...]], Standing], which: str = "") -> Iterator[Standing]:
        query = f"SELECT slug, pos, standing, reasons, page FROM judged {which} ORDER BY slug, pos"
        for slug, pos, standing, errors, page in self.run.book.each(query):
            found = [one.rule for one in unpacked(page) if one.severity is Severity.ERROR]
            reasons = tuple(dict.fromkeys([*json.loads(errors or "[]"), *found]))
            if standing:
                yield unpack(standing, reasons)
            else:
                target = self.columns[pos].target
                yield Standing(slug, target.locale.tag, 0, 0, 0, 0, 0, target.published, False, reasons)

    def _findings(self) -> Iterator[Finding]:
        told: set[tuple[str, str, str]] = set()
        article = ""
        query = "SELECT slug, findings, page FROM judged WHERE findings <> '' OR page <> '' ORDER BY slug, pos"
        for slug, findings, page in self.run.book.each(query):
            if slug != article:
                article, told = slug, {one for one in told if not one[0]}
            for one in (*unpacked(findings), *unpacked(page)):
                if not one.article or not one.locale:  # a file that several editions need
                    mark = (one.article, one.locale, f"{one.place} {one.text}")
                    if mark in told:
                        continue
                    told.add(mark)
                yield one
        for stale in self.run.stale:
            what = "The suppression" if isinstance(stale, Suppression) else "The baseline"
            yield checks.stale(f"{what} of {stale.rule}", stale.article, stale.locale, stale.place)

    def _accepted(self) -> Iterator[Accepted]:
        query = "SELECT accepted FROM judged WHERE accepted <> '' ORDER BY slug, pos"
        for (accepted,) in self.run.book.each(query):
            yield from unpacked_accepted(accepted)


def note_page_findings(run: Run) -> None:
    """Put what reading back the pages found that go out beside what checking them found."""
    query = (
        "SELECT judged.slug, judged.pos, rendered.value FROM judged JOIN rendered ON rendered.slug = judged.slug"
        " AND rendered.pos = judged.pos AND rendered.key = judged.page_key WHERE judged.going <> ?"
        " AND rendered.value NOT LIKE ? AND (judged.slug, judged.pos) > (?, ?)"
        " ORDER BY judged.slug, judged.pos LIMIT 500"
    )
    last = ("", -1)
    while rows := run.book.all(query, AWAY, WITHOUT_FINDINGS, *last):
        found = ((rendered_of(value).findings, slug, pos) for slug, pos, value in rows)
        run.book.many("UPDATE judged SET page = ? WHERE slug = ? AND pos = ?", found)
        last = rows[-1][:2]
