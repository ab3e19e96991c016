"""What the report says of each edition: made where it changed, and kept for the next build."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline import ledger, records
from pipeline.build.columns import Shared
from pipeline.build.packing import unpacked, unpacked_standing
from pipeline.build.plan import Run
from pipeline.build.results import standing_of
from pipeline.ledger import Ledger

_WINDOW = 200
"""Editions that are looked at together."""

_KNOWN = (
    "SELECT judged.slug, judged.pos, judged.seal, going, page,"
    " made_of, told.seal, whole, tallies, open, messages, translated, fuzzy, machine, safety, signed, edition,"
    " told.findings"
    " FROM judged LEFT JOIN told ON told.slug = judged.slug AND told.pos = judged.pos"
)
"""What an edition came to, and what is kept of it."""

_NEXT = (
    f"{_KNOWN} WHERE judged.slug IN (SELECT slug FROM scope) AND (judged.slug, judged.pos) > (?, ?)"
    " ORDER BY judged.slug, judged.pos LIMIT ?"
)


def tell(run: Run, columns: Sequence[Shared]) -> None:
    """Bring the records of every edition in scope up to date with what it came to."""
    book, last = run.book, ("", -1)
    while rows := book.all(_NEXT, *last, _WINDOW):
        made = []
        for slug, pos, *about in rows:
            now = _made_of(*about[:3])
            if not _is_told(slug, pos, *about):
                query = "SELECT standing, reasons, page, findings FROM judged WHERE slug = ? AND pos = ?"
                standing, reasons, page, findings = book.one(query, slug, pos)
                one = standing_of(columns[pos].target, slug, standing, reasons, page, unpacked_standing)
                whole, tallies, found = _told(slug, columns[pos].target.locale.tag, findings, page)
                figures = (one.open, one.messages, one.translated, one.fuzzy, one.machine, one.safety, one.signed)
                row = (whole, tallies, *figures, records.edition(one), found)
                made.append((slug, pos, now, _seal(slug, pos, now, *row), *row))
        book.many(f"INSERT OR REPLACE INTO told VALUES ({', '.join('?' * 15)})", made)
        last = rows[-1][:2]


def untold(book: Ledger) -> Iterator[str]:
    """The articles of which a record is missing, damaged or made of something else."""
    for slug, pos, *about in book.each(_KNOWN):
        if not _is_told(slug, pos, *about):
            yield slug


def _is_told(
    slug: str, pos: int, content: str, going: int, page: str, made_of: str | None, seal: str, *known: Any
) -> bool:
    """Whether what is kept of an edition was made of what it came to."""
    return made_of == _made_of(content, going, page) and seal == _seal(slug, pos, made_of, *known)


def _made_of(content: str, going: int, page: str) -> str:
    return ledger.digest(content, str(going), page)


def _told(slug: str, tag: str, findings: str, page: str) -> tuple[bool, str, bytes]:
    """Whether all findings of an edition are about it alone; their numbers; and their records."""
    found = (*unpacked(findings), *unpacked(page))
    if any((one.article, one.locale) != (slug, tag) for one in found):  # told once for all that they are about
        return False, "", b""
    counts = Counter((one.rule, one.severity.value) for one in found)
    tallies = [[rule, severity, number] for (rule, severity), number in counts.items()]
    return True, json.dumps(tallies) if tallies else "", records.findings(found)


def _seal(slug: str, pos: int, made_of: str, whole: int, tallies: str, *rest: Any) -> str:
    *figures, edition, findings = rest
    numbers = " ".join([str(int(one)) for one in (pos, whole, *figures)])
    return ledger.digest(slug, numbers, made_of, tallies, edition, findings)
