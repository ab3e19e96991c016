"""The last phase: what is withheld disappears, then what goes out is moved to its place, and nothing else is there."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from pipeline import ledger, project, render
from pipeline.build.bench import bench
from pipeline.build.columns import Shared
from pipeline.build.jobs import PREVIEW, SITE, page_paths, staged
from pipeline.build.plan import AWAY, DRAFT, GOING, Run
from pipeline.build.survey import rendered_of
from pipeline.build.units import previews, site_around
from pipeline.errors import HandrailError
from pipeline.ledger import Ledger
from pipeline.model import Catalog, Locale, Place

_Text = TypeVar("_Text")

STAGE = f"{ledger.FOLDER}/pages"
"""Where pages wait until it is settled which of them go out; emptied by every build."""


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
    _expect_around(run, columns, GOING)
    _expect_around(run, columns, DRAFT)
    removed = sum(1 for folder in (SITE, PREVIEW) for _ in project.sweep(run.one.root, folder, _Expected(book)))
    written = 0
    for path, hash, source in _expected(book):
        if book.sight(path).hash != hash:
            _put(run, path, hash, source)
            written += 1
    for path, hash, mark in book.all("SELECT path, hash, mark FROM expected WHERE mark <> ''"):
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


def _expect_around(run: Run, columns: Sequence[Shared], going: int) -> None:
    """Write the lists and the site map where they wait for their place."""
    here, words = bench(run.common), _Interfaces(run, columns)
    published = _Published(run.book, columns, going)
    site = replace(
        site_around(run.one.settings, published),
        titles=_Said(run.book, columns, "title", str),
        descriptions=_Said(run.book, columns, "about", str),
        dates=_Said(run.book, columns, "changed", _day),
    )
    folder = PREVIEW if going == DRAFT else SITE
    shown = previews(site) if going == DRAFT else site
    for name, pieces in render.around(shown, here.theme, words, here.registry):
        path = f"{folder}/{name}"
        whole = hashlib.sha256()
        waiting = run.one.root / STAGE / "around"
        waiting.parent.mkdir(parents=True, exist_ok=True)
        with waiting.open("wb") as stream:
            for piece in pieces:
                data = piece.encode()
                whole.update(data)
                stream.write(data)
        hash = whole.hexdigest()
        _expect(run.book, path, hash, "")
        target = run.one.root / STAGE / staged(path, hash)
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting.replace(target)


def _put(run: Run, path: str, hash: str, source: str) -> None:
    waiting = f"{STAGE}/{staged(path, hash)}"
    if source:
        project.write(run.one.root, waiting, project.read(run.one.root, source))
    mark = ledger.mark(f"{run.one.root}/{waiting}")
    if source and ledger.look(f"{run.one.root}/{waiting}").hash != hash:
        raise HandrailError("this file changed while the build was running; build again.", Place(source))
    project.place(run.one.root, waiting, path)
    run.book.execute("UPDATE expected SET mark = ? WHERE path = ?", mark, path)


class _Published(Mapping[str, tuple[Locale, ...]]):
    """Slug -> locales of its pages, asked of the ledger."""

    def __init__(self, book: Ledger, columns: Sequence[Shared], going: int) -> None:
        self.book = book
        self.going = going
        self.locales = [column.target.locale for column in columns]

    def __getitem__(self, slug: str) -> tuple[Locale, ...]:
        query = "SELECT pos FROM judged WHERE slug = ? AND going = ? ORDER BY pos"
        found = tuple(self.locales[pos] for (pos,) in self.book.all(query, slug, self.going))
        if not found:
            raise KeyError(slug)
        return found

    def __iter__(self) -> Iterator[str]:
        query = "SELECT DISTINCT slug FROM judged WHERE going = ? ORDER BY slug"
        return (slug for (slug,) in self.book.each(query, self.going))

    def __len__(self) -> int:
        query = "SELECT count(DISTINCT slug) FROM judged WHERE going = ?"
        return int(self.book.one(query, self.going)[0])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


class _Said(Mapping[str, Mapping[str, _Text]]):
    """Slug -> tag -> what one column of the ledger says of the page, where it says anything."""

    def __init__(self, book: Ledger, columns: Sequence[Shared], name: str, read: Callable[[str], _Text | None]) -> None:
        self.book = book
        self.tags = [column.target.locale.tag for column in columns]
        self.name = name
        self.read = read

    def __getitem__(self, slug: str) -> Mapping[str, _Text]:
        rows = self.book.all(f"SELECT pos, {self.name} FROM judged WHERE slug = ? AND loaded", slug)
        read = ((self.tags[pos], self.read(text)) for pos, text in rows)
        return {tag: said for tag, said in read if said is not None}

    def __iter__(self) -> Iterator[str]:
        return (slug for (slug,) in self.book.each("SELECT DISTINCT slug FROM judged WHERE loaded ORDER BY slug"))

    def __len__(self) -> int:
        return int(self.book.one("SELECT count(DISTINCT slug) FROM judged WHERE loaded")[0])


class _Interfaces(Mapping[str, Catalog]):
    """Tag -> the theme's own words."""

    def __init__(self, run: Run, columns: Sequence[Shared]) -> None:
        self.run = run
        self.columns = {column.target.locale.tag: column for column in columns}

    def __getitem__(self, tag: str) -> Catalog:
        column = self.columns[tag]
        words = bench(self.run.common).words
        return project.column(self.run.one, column.target, words).interface

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)
