"""The last phase: what is withheld disappears, then what goes out is moved to its place, and nothing else is there."""

from __future__ import annotations

import json
import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline import ledger, project
from pipeline.build.around import around
from pipeline.build.columns import Shared
from pipeline.build.jobs import PREVIEW, SITE, STAGE, page_paths, staged
from pipeline.build.plan import AWAY, DRAFT, GOING, Run
from pipeline.errors import HandrailError
from pipeline.ledger import Ledger
from pipeline.model import Place

_HASHES = ("$[3]", "$[4]")
"""Where the hashes of a page's HTML and text stand in what :func:`pipeline.build.survey.note_rendered` keeps."""

_YOUNG = 1_000
"""Files that are noted only when so many more were moved: of one that just changed, a file system cannot tell much."""


def publish(run: Run, columns: Sequence[Shared]) -> tuple[int, int]:
    """Bring the output up to date; how many files were written, and how many removed.

    What is withheld disappears before anything is written, so that no failure on the way leaves it there.
    """
    book = run.book
    book.execute(
        "DELETE FROM expected WHERE slug NOT IN (SELECT slug FROM articles) OR slug IN (SELECT slug FROM scope)"
    )
    _expect_pages(run, columns)
    for going in (GOING, DRAFT):
        for path, hash in around(run, columns, going):
            _expect(book, path, hash, "")
    book.flush()
    removed = 0 if _is_whole(run) else sum(1 for _ in _swept(run))
    written, young = 0, deque[tuple[str, str, str]]()
    for path, hash, source, is_another in _expected(book):
        if is_another or book.sight(path).hash != hash:
            young.append((path, hash, _put(run, path, hash, source)))
            written += 1
            _remember(run, young, _YOUNG)
    _remember(run, young, 0)
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


def _expected(book: Ledger) -> Iterator[tuple[str, str, str, object]]:
    """(path, hash, source) of the output, in order, but for what was found in its place by this run already.

    Also whether this run found something else there, or nothing. The ledger may be written to meanwhile.
    """
    last = ""
    query = (
        "SELECT expected.path, expected.hash, source, run = ? FROM expected"
        " LEFT JOIN files ON files.path = expected.path"
        " WHERE expected.path > ? AND (files.hash IS NOT expected.hash OR run <> ?) ORDER BY expected.path LIMIT 500"
    )
    while rows := book.all(query, book.run, last, book.run):
        yield from rows
        last = rows[-1][0]


def _expect(book: Ledger, path: str, hash: str, source: str) -> None:
    """A file that is no article's; ``source``: the file to copy, empty for one that waits for its place."""
    book.execute("INSERT OR REPLACE INTO expected VALUES (?, '', ?, ?)", path, hash, source)


def _expect_pages(run: Run, columns: Sequence[Shared]) -> None:
    """Expect the pages that go out, and what they show; there are many, so the database itself names and joins them."""
    for column in columns:
        paths = page_paths(column.target.locale.tag, "*", not column.target.published)
        for place, path in zip(_HASHES, paths, strict=True):
            run.book.execute(
                "INSERT OR REPLACE INTO expected"
                " SELECT replace(?, '*', judged.slug), judged.slug, json_extract(rendered.value, ?), ''"
                " FROM judged JOIN rendered ON rendered.slug = judged.slug AND rendered.pos = judged.pos"
                " AND rendered.key = judged.page_key WHERE judged.going <> ? AND judged.pos = ?"
                " AND judged.slug IN (SELECT slug FROM scope)",
                *(path, place, AWAY, column.pos),
            )
    for assets, going in run.book.each("SELECT assets, going FROM judged WHERE going <> ? AND assets <> '[]'", AWAY):
        for name in json.loads(assets):
            source = f"{project.ARTICLES}/{name}"
            hash = run.book.sight(source).hash
            if hash != ledger.ABSENT and not hash.startswith(ledger.UNREADABLE):  # a preview goes without it
                _expect(run.book, f"{PREVIEW if going == DRAFT else SITE}/assets/{name}", hash, source)


def _is_whole(run: Run) -> bool:
    """Whether everything in the output belongs there: there is no more than this run saw and expects."""
    query = "SELECT count(*) FROM expected JOIN files ON files.path = expected.path WHERE run = ? AND files.hash <> ?"
    (known,) = run.book.one(query, run.book.run, ledger.ABSENT)
    return bool(known == sum(ledger.count(f"{run.one.root}/{folder}") for folder in (SITE, PREVIEW)))


def _swept(run: Run) -> Iterator[str]:
    for folder in (SITE, PREVIEW):
        yield from project.sweep(run.one.root, folder, _Expected(run.book))


def _put(run: Run, path: str, hash: str, source: str) -> str:
    """Bring a file to its place; its mark."""
    waiting = f"{STAGE}/{staged(path, hash)}"
    if source:
        project.write(run.one.root, waiting, project.read(run.one.root, source))
    mark = ledger.mark(f"{run.one.root}/{waiting}")
    if source and ledger.look(f"{run.one.root}/{waiting}").hash != hash:
        raise HandrailError("this file changed while the build was running; build again.", Place(source))
    project.place(run.one.root, waiting, path)
    return mark


def _remember(run: Run, moved: deque[tuple[str, str, str]], left: int) -> None:
    """Note (path, hash, mark) of files that were moved, but for the last few."""
    while len(moved) > left:
        path, hash, mark = moved.popleft()
        run.book.remember(path, ledger.marked(f"{run.one.root}/{path}", hash, mark))
