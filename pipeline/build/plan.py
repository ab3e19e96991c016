"""What a build is asked to do, and the words that its phases share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from pipeline.build.jobs import Common
from pipeline.build.workforce import Workforce
from pipeline.debt import Debt, Entry
from pipeline.ledger import Ledger
from pipeline.model import Suppression
from pipeline.project import Project

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many editions are settled, and how many there are."""


def silent(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


_OFTEN = 500
"""Editions after which the ledger is committed: an interrupted build goes on where it was."""

AWAY, GOING, DRAFT = 0, 1, 2
"""What becomes of an edition: no page, a page of the site, a preview."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which editions are asked for."""

    slugs: frozenset[str] = frozenset()
    """Empty: every article."""

    tags: frozenset[str] = frozenset()
    """Empty: every locale."""

    def has(self, slug: str, tag: str) -> bool:
        """Whether an edition is asked for; an empty slug or tag stands for all of them."""
        return (not self.slugs or not slug or slug in self.slugs) and (not self.tags or not tag or tag in self.tags)


EVERYTHING = Wanted()


@dataclass(slots=True)
class Run:
    """A build under way."""

    one: Project
    today: date
    wanted: Wanted
    debt: Debt
    book: Ledger
    workforce: Workforce
    progress: Progress
    common: Common
    check_key: str
    """What every check depends on, besides the files of its article and locale."""

    page_key: str
    """What every page depends on, besides that."""

    debt_key: str = ""
    """A hash of what may pass; empty where nothing may."""

    keep: str = ""
    """Where pages wait for their place, below the root; empty where nobody wants them."""

    lost: int = 0
    """Editions that nobody could finish."""

    round: int = 1
    """In the first round editions are checked, in later ones their pages are rendered."""

    said: str = ""
    """:func:`pipeline.build.scope.said` before this run; empty where it looks at all articles."""

    stale: list[Entry | Suppression] = field(default_factory=list)
    """What lets nothing pass any more."""

    steps: int = 0
    total: int = 0

    def step(self) -> None:
        """One more edition is settled."""
        self.steps += 1
        self.progress(self.steps, self.total)
        if self.steps % _OFTEN == 0:
            self.book.commit()
