"""What checking made of an edition, kept under a seal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline import ledger
from pipeline.build.plan import Run
from pipeline.ledger import Ledger


class Kept(NamedTuple):
    """What an earlier build settled of an edition."""

    checked: int
    """What checking alone made of it."""

    loaded: int
    key: str
    first: str
    until: str
    title: str
    about: str
    changed: str
    reasons: str
    links: str
    assets: str
    debt: str
    """:attr:`pipeline.build.plan.Run.debt_key` of the run that settled it."""

    owed: str
    """What became of the debt, as JSON: fingerprints of entries that are stale here, numbers of suppressions that are
    of use; empty where nothing."""

    standing: str
    accepted: str
    findings: str


_FIELDS = ", ".join(Kept._fields)


def kept(run: Run, slug: str) -> dict[int, Kept]:
    """Position -> what was settled of an article, and still holds today where the key is the same.

    Only of editions without a picture, which may be gone.
    """
    today = run.today.isoformat()
    query = f"SELECT pos, seal, {_FIELDS} FROM judged WHERE slug = ? AND debt = ? AND assets = '[]'"
    rows = ((pos, seal, Kept(*row)) for pos, seal, *row in run.book.all(query, slug, run.debt_key))
    return {pos: one for pos, seal, one in rows if one.first <= today < one.until and seal == seal_of(slug, pos, one)}


def seal_of(slug: str, pos: int, one: Kept) -> str:
    """What stands beside it in the ledger while nobody damages it."""
    return ledger.digest(slug, str(pos), *map(str, one))


def broken(book: Ledger) -> Iterator[str]:
    """The articles of which something has no seal, or another one."""
    for slug, pos, seal, *row in book.each(f"SELECT slug, pos, seal, {_FIELDS} FROM judged"):
        if seal != seal_of(slug, pos, Kept._make(row)):
            yield slug
