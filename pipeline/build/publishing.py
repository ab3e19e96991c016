"""The last phase: what is withheld disappears, then what goes out is moved to its place, and nothing else is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline import ledger, project
from pipeline.build.around import around
from pipeline.build.columns import Shared
from pipeline.build.jobs import PREVIEW, SITE, STAGE, page_paths, staged
from pipeline.build.plan import AWAY, DRAFT, GOING, Run
from pipeline.build.survey import rendered_of
from pipeline.errors import HandrailError
from pipeline.ledger import Ledger
from pipeline.model import Place


def publish(run: Run, columns: Sequence[Shared]) -> tuple[int, int]:
    """Bring the output up to date; how many files were written, and how many removed.

    What is withheld disappears before anything is written, so that no failure on the way leaves it there.
    """
    book = run.book
    book.note_used()
    book.execute("DELETE FROM expected")
    for row in book.each(
        "SELECT judged.slug, judged.pos, going, assets, rendered.value FROM judged JOIN rendered ON rendered.slug ="
        " judged.slug AND rendered.pos = judged.pos AND rendered.key = judged.page_key WHERE going <> ?",
        AWAY,
    ):
        _expect_page(run, columns, *row)
    for going in (GOING, DRAFT):
        for path, hash in around(run, columns, going):
            _expect(book, path, hash, "")
    removed = sum(1 for folder in (SITE, PREVIEW) for _ in project.sweep(run.one.root, folder, _Expected(book)))
    written = 0
    for path, hash, source in _expected(book):
        if book.sight(path).hash != hash:
            _put(run, path, hash, source)
            written += 1
    for path, hash, mark in book.each("SELECT path, hash, mark FROM expected WHERE mark <> ''"):
        book.remember(path, ledger.marked(f"{run.one.root}/{path}", hash, mark))
    return written, removed


def clear(root: Path) -> None:
    """Remove pages that wait for a place."""
    shutil.rmtree(root / STAGE, ignore_errors=True)


class _Expected:
    """The paths of the output."""

    def __init__(self, book: Ledger) -> None:
        self.book = book

    def __contains__(self, path: object) -> bool:
        return bool(self.book.one("SELECT 1 FROM expected WHERE path = ?", path))


def _expected(book: Ledger) -> Iterator[tuple[str, str, str]]:
    """(path, hash, source) of the output, in order, but for what was found in its place by this run already.

    The ledger may be written to meanwhile.
    """
    last = ""
    query = (
        "SELECT path, hash, source FROM expected WHERE path > ? AND NOT EXISTS (SELECT 1 FROM files WHERE"
        " files.path = expected.path AND files.hash = expected.hash AND run = ?) ORDER BY path LIMIT 500"
    )
    while rows := book.all(query, last, book.run):
        yield from rows
        last = rows[-1][0]


def _expect(book: Ledger, path: str, hash: str, source: str) -> None:
    """``source``: the file to copy; empty for one that waits for its place."""
    book.execute("INSERT OR REPLACE INTO expected VALUES (?, ?, ?, '')", path, hash, source)


def _expect_page(run: Run, columns: Sequence[Shared], slug: str, pos: int, going: int, assets: str, value: str) -> None:
    page = rendered_of(value)
    paths = page_paths(columns[pos].target.locale.tag, slug, going == DRAFT)
    for path, hash in zip(paths, (page.html, page.text), strict=True):
        _expect(run.book, path, hash, "")
    for name in json.loads(assets):
        source = f"{project.ARTICLES}/{name}"
        hash = run.book.sight(source).hash
        if hash != ledger.ABSENT and not hash.startswith(ledger.UNREADABLE):  # a preview goes without it
            _expect(run.book, f"{PREVIEW if going == DRAFT else SITE}/assets/{name}", hash, source)


def _put(run: Run, path: str, hash: str, source: str) -> None:
    waiting = f"{STAGE}/{staged(path, hash)}"
    if source:
        project.write(run.one.root, waiting, project.read(run.one.root, source))
    mark = ledger.mark(f"{run.one.root}/{waiting}")
    if source and ledger.look(f"{run.one.root}/{waiting}").hash != hash:
        raise HandrailError("this file changed while the build was running; build again.", Place(source))
    project.place(run.one.root, waiting, path)
    run.book.execute("UPDATE expected SET mark = ? WHERE path = ?", mark, path)
