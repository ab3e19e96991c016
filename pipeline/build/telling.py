"""What the report says of each edition: made where it changed, and kept for the next build."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from pipeline import ledger, records
from pipeline.build.columns import Shared
from pipeline.build.packing import unpacked, unpacked_standing
from pipeline.build.plan import Run
from pipeline.build.results import standing_of

_WINDOW = 200
"""Editions that are looked at together."""

_NEXT = (
    "SELECT judged.slug, judged.pos, standing, reasons, page, judged.findings,"
    " made_of, told.seal, whole, tallies, edition, told.findings"
    " FROM judged LEFT JOIN told ON told.slug = judged.slug AND told.pos = judged.pos"
    " WHERE (judged.slug, judged.pos) > (?, ?) ORDER BY judged.slug, judged.pos LIMIT ?"
)


def tell(run: Run, columns: Sequence[Shared]) -> None:
    """Bring the records of every edition up to date with what it came to."""
    book, last = run.book, ("", -1)
    book.drop("told")
    while rows := book.all(_NEXT, *last, _WINDOW):
        made = []
        for slug, pos, standing, reasons, page, findings, made_of, seal, *known in rows:
            now = ledger.digest(standing, reasons, page, findings)
            if now != made_of or seal != _seal(slug, pos, now, *known):
                one = standing_of(columns[pos].target, slug, standing, reasons, page, unpacked_standing)
                whole, tallies, found = _told(slug, columns[pos].target.locale.tag, findings, page)
                row = (whole, tallies, records.edition(one), found)
                made.append((slug, pos, now, _seal(slug, pos, now, *row), *row))
        book.many("INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?, ?, ?, ?)", made)
        last = rows[-1][:2]


def _told(slug: str, tag: str, findings: str, page: str) -> tuple[bool, str, bytes]:
    """Whether all findings of an edition are about it alone; their numbers; and their records."""
    found = (*unpacked(findings), *unpacked(page))
    if any((one.article, one.locale) != (slug, tag) for one in found):  # told once for all that they are about
        return False, "", b""
    counts = Counter((one.rule, one.severity.value) for one in found)
    tallies = [[rule, severity, number] for (rule, severity), number in counts.items()]
    return True, json.dumps(tallies) if tallies else "", records.findings(found)


def _seal(slug: str, pos: int, made_of: str, whole: int, tallies: str, edition: bytes, findings: bytes) -> str:
    hashes = (hashlib.sha256(one).hexdigest() for one in (edition, findings))
    return ledger.digest(slug, str(pos), made_of, str(int(whole)), tallies, *hashes)
