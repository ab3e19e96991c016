"""The lists of pages, the site map and the feeds: made again where anything changed that they say of any page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import NamedTuple, TypeVar

from pipeline import ledger, project, render
from pipeline.build.bench import bench
from pipeline.build.columns import Shared
from pipeline.build.jobs import PREVIEW, SITE, STAGE, staged
from pipeline.build.plan import DRAFT, Run
from pipeline.build.scope import said
from pipeline.build.units import previews, site_around
from pipeline.ledger import Ledger
from pipeline.model import Catalog, Locale

_Text = TypeVar("_Text")

_WINDOW = 200
"""Articles of which the ledger is asked at a time; lists name them in order."""


def around(run: Run, columns: Sequence[Shared], going: int) -> Iterator[tuple[str, str]]:
    """(path, hash) of what lies around the pages of the site, or around the previews.

    Those files stand in their place as an earlier build left them, or wait for it.
    """
    name, shared = f"around {going}", _shared(run, columns, going)
    before, key, made = json.loads(run.book.fact(name) or '["", "", []]')
    is_said = before == shared and (run.said == said(run) or key == _key(run, going))
    if is_said and all(run.book.sight(path).hash == hash for path, hash in made):
        yield from ((path, hash) for path, hash in made)
        return
    made = []
    for one in _made(run, columns, going):
        made.append(one)
        yield one
    run.book.note(name, json.dumps([shared, _key(run, going), made]))


def _shared(run: Run, columns: Sequence[Shared], going: int) -> str:
    """A hash of all that those files may say but for pages."""
    locales = [(column.target.locale.tag, column.target.published, column.hashes) for column in columns]
    return ledger.digest(run.common.digest, run.page_key, str(going), repr(locales))


def _key(run: Run, going: int) -> str:
    """A hash of all that they may say of pages."""
    whole = hashlib.sha256()
    query = "SELECT slug, pos, going = ?, title, about, changed FROM judged WHERE loaded ORDER BY slug, pos"
    for row in run.book.each(query, going):
        whole.update(repr(row).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def _made(run: Run, columns: Sequence[Shared], going: int) -> Iterator[tuple[str, str]]:
    """Write those files where they wait for their place."""
    here, words = bench(run.common), _Interfaces(run, columns)
    window = _Window(run.book)
    site = replace(
        site_around(run.one.settings, _Published(window, columns, going)),
        titles=_Said(window, columns, lambda row: row.title),
        descriptions=_Said(window, columns, lambda row: row.about),
        dates=_Said(window, columns, lambda row: date.fromisoformat(row.changed) if row.changed else None),
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
        target = run.one.root / STAGE / staged(path, hash)
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting.replace(target)
        yield path, hash


class _Row(NamedTuple):
    """What the ledger says of a page."""

    slug: str
    pos: int
    going: int
    title: str
    about: str
    changed: str


class _Window:
    """What the ledger says of pages: those of some articles at a time."""

    def __init__(self, book: Ledger) -> None:
        self.book = book
        self.first = self.end = ""
        """The articles that are known, up to the one at which they end; empty where no more follow."""
        self.known: dict[str, tuple[_Row, ...]] = {}

    def rows(self, slug: str) -> tuple[_Row, ...]:
        """The pages of an article that can be read, in the order of the settings."""
        if not self.known or slug < self.first or (self.end and slug >= self.end):
            self.look(slug)
        return self.known.get(slug, ())

    def look(self, slug: str) -> None:
        """Know an article and those after it."""
        after = self.book.one("SELECT slug FROM articles WHERE slug > ? ORDER BY slug LIMIT 1 OFFSET ?", slug, _WINDOW)
        self.first, self.end = slug, after[0] if after else ""
        query = "SELECT slug, pos, going, title, about, changed FROM judged WHERE loaded AND slug >= ?"
        rows = self.book.each(f"{query} AND (? = '' OR slug < ?) ORDER BY slug, pos", slug, self.end, self.end)
        found = groupby(map(_Row._make, rows), lambda row: row.slug)
        self.known = {name: tuple(group) for name, group in found}


class _Published(Mapping[str, tuple[Locale, ...]]):
    """Slug -> locales of its pages."""

    def __init__(self, window: _Window, columns: Sequence[Shared], going: int) -> None:
        self.window = window
        self.going = going
        self.locales = [column.target.locale for column in columns]

    def __getitem__(self, slug: str) -> tuple[Locale, ...]:
        found = tuple(self.locales[row.pos] for row in self.window.rows(slug) if row.going == self.going)
        if not found:
            raise KeyError(slug)
        return found

    def __iter__(self) -> Iterator[str]:
        query = "SELECT DISTINCT slug FROM judged WHERE going = ? ORDER BY slug"
        return (slug for (slug,) in self.window.book.each(query, self.going))

    def __len__(self) -> int:
        query = "SELECT count(DISTINCT slug) FROM judged WHERE going = ?"
        return int(self.window.book.one(query, self.going)[0])


class _Said(Mapping[str, Mapping[str, _Text]]):
    """Slug -> tag -> what the ledger says of a page, where it says anything."""

    def __init__(self, window: _Window, columns: Sequence[Shared], read: Callable[[_Row], _Text | None]) -> None:
        self.window = window
        self.tags = [column.target.locale.tag for column in columns]
        self.read = read

    def __getitem__(self, slug: str) -> Mapping[str, _Text]:
        read = ((self.tags[row.pos], self.read(row)) for row in self.window.rows(slug))
        return {tag: said for tag, said in read if said is not None}

    def __iter__(self) -> Iterator[str]:
        query = "SELECT DISTINCT slug FROM judged WHERE loaded ORDER BY slug"
        return (slug for (slug,) in self.window.book.each(query))

    def __len__(self) -> int:
        return int(self.window.book.one("SELECT count(DISTINCT slug) FROM judged WHERE loaded")[0])


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
