"""What an audit came to: one row for each operator in each edition, and the figures out of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.audit.judging import Verdict
from pipeline.audit.operators import BENIGN


@dataclass(frozen=True, slots=True)
class Row:
    """One operator at one site of one edition."""

    operator: str
    kind: str
    """Its class; :data:`pipeline.audit.operators.BENIGN` for a variation."""

    article: str
    locale: str
    site: str
    signed: Verdict
    """With sign-offs in force."""

    fresh: Verdict | None
    """On a translation that nobody has signed; None where that means nothing."""

    rules: tuple[str, ...]
    """What found something, with sign-offs in force."""

    @property
    def benign(self) -> bool:
        """Whether the gate had to let it pass."""
        return self.kind == BENIGN

    @property
    def failed(self) -> bool:
        """A damage that the gate let pass, or a variation that it did not."""
        return (self.signed is Verdict.CLOSED) == self.benign


@dataclass(frozen=True, slots=True)
class Score:
    """How many of some cases the gate closed for, warned about, and let pass."""

    closed: int = 0
    warned: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.closed + self.warned + self.open

    @property
    def share(self) -> float:
        """The share that the gate closed for, 0 to 1; 1 where there was none."""
        return self.closed / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """Every row of an audit."""

    rows: tuple[Row, ...]
    idle: tuple[tuple[str, str], ...]
    """(operator, locale) where an operator did not apply."""

    @property
    def failures(self) -> tuple[Row, ...]:
        """Damage that survived, and variations that were flagged as errors."""
        return tuple(row for row in self.rows if row.failed)

    def locales(self) -> tuple[str, ...]:
        """The locales, in the order of the project."""
        return tuple(dict.fromkeys(row.locale for row in self.rows))

    def kinds(self) -> tuple[str, ...]:
        """The classes of damage that occurred, in the order of their first row."""
        return tuple(dict.fromkeys(row.kind for row in self.rows if not row.benign))

    def of(self, locale: str = "", kind: str = "") -> Iterator[Row]:
        """The rows of damage in a locale and of a class; empty stands for all."""
        for row in self.rows:
            if not row.benign and locale in ("", row.locale) and kind in ("", row.kind):
                yield row

    def benign(self, locale: str = "") -> Iterator[Row]:
        """The rows of variations in a locale; empty stands for all."""
        return (row for row in self.rows if row.benign and locale in ("", row.locale))


def signed(rows: Iterable[Row]) -> Score:
    """The score with sign-offs in force."""
    return _score(row.signed for row in rows)


def fresh(rows: Iterable[Row]) -> Score:
    """The score on translations that nobody has signed off."""
    return _score(row.fresh for row in rows if row.fresh)


def _score(verdicts: Iterable[Verdict]) -> Score:
    found = list(verdicts)
    return Score(found.count(Verdict.CLOSED), found.count(Verdict.WARNED), found.count(Verdict.OPEN))
