"""A memory in an SQLite file.

Near matches are looked up by their rarest words, rarest first, until enough candidates are found: what the texts of
a memory have in common says nothing about any of them. An FTS5 index holds where each word stands, and a table how
often, because counting it anew takes longer than all else.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from heapq import nlargest
from itertools import chain, combinations, islice
from pathlib import Path

from rapidfuzz import fuzz

from pipeline import locales
from pipeline.engines.memory.store import Entry, Holding, Shelf, batches, grams
from pipeline.errors import EngineError
from pipeline.model import Key, Locale

__all__ = ["File"]

_LAYOUT = 2
"""Version of the tables."""

_TABLES = f"""
CREATE TABLE source (id INTEGER PRIMARY KEY, locale TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (locale, text));
CREATE TABLE message (
    source INTEGER NOT NULL, target_locale TEXT NOT NULL, context TEXT NOT NULL, target TEXT NOT NULL,
    article TEXT NOT NULL, shelf INTEGER NOT NULL
);
CREATE INDEX exact ON message (source, target_locale);
CREATE INDEX shelved ON message (shelf);
CREATE TABLE shelf (
    id INTEGER PRIMARY KEY, owner TEXT NOT NULL, article TEXT NOT NULL, source_locale TEXT NOT NULL,
    target_locale TEXT NOT NULL, digest TEXT NOT NULL, UNIQUE (owner, article, source_locale, target_locale)
);
CREATE TABLE gram (gram TEXT PRIMARY KEY, many INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE grams USING fts5 (
    text, content='', columnsize=0, detail=none,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
PRAGMA user_version = {_LAYOUT};
"""

_RAREST = 8
"""How many of its rarest words find the candidates for a text."""

_LOOKED_UP = 2000
"""Words are looked up, rarest first, until they stand in more sources than this."""

_ENOUGH = 5
"""Where fewer words than this could be looked up, because the next are too frequent, so are pairs of the rarest six."""

_CANDIDATES = 200
"""Sources that share most of the rarest words; more where they are tied."""

_BATCH = 5000


class File:
    """A file that can be deleted at any time: what it holds is learned anew from catalogs and imported files."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self._database: sqlite3.Connection | None = None

    def put(self, shelf: Shelf, entries: Iterable[Entry], digest: str) -> bool:
        """See :class:`Store`."""
        with self._open() as database:
            names = (shelf.owner, shelf.article, shelf.source, shelf.target)
            same = "owner = ? AND article = ? AND source_locale = ? AND target_locale = ?"
            row = database.execute(f"SELECT id, digest FROM shelf WHERE {same}", names).fetchone()
            if row and row[1] == digest:
                return False
            if row:
                _clear(database, int(row[0]), shelf)
                database.execute("UPDATE shelf SET digest = ? WHERE id = ?", (digest, row[0]))
            else:
                values = (*names, digest)
                row = database.execute("INSERT INTO shelf VALUES (NULL, ?, ?, ?, ?, ?) RETURNING id", values).fetchone()
            for batch in batches(entries, _BATCH):
                _add(database, int(row[0]), shelf, batch)
        return True

    def exact(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Entry | None]:
        """See :class:`Store`."""
        if not self.path.exists():
            return [None] * len(keys)
        with self._open() as database:
            return [_exact(database, key, source, target) for key in keys]

    def alike(self, text: str, source: Locale, target: Locale, least: float) -> list[Entry]:
        """See :class:`Store`."""
        if not self.path.exists():
            return []
        with self._open() as database:
            return _alike(database, text, source, target, least)

    def entries(self, source: Locale, target: Locale) -> Iterator[Entry]:
        """See :class:`Store`."""
        if not self.path.exists():
            return
        with self._open() as database:
            yield from (
                Entry(*row)
                for row in database.execute(
                    """SELECT DISTINCT text, target, context, article FROM message
                    JOIN source ON source.id = message.source
                    WHERE target_locale = ? AND locale = ? ORDER BY text, target, context, article""",
                    (target.tag, source.tag),
                )
            )

    def holdings(self) -> list[Holding]:
        """See :class:`Store`."""
        if not self.path.exists():
            return []
        with self._open() as database:
            rows = database.execute(
                """SELECT owner, shelf.article, source_locale, shelf.target_locale, count(message.source) FROM shelf
                LEFT JOIN message ON message.shelf = shelf.id
                GROUP BY shelf.id ORDER BY source_locale, shelf.target_locale, owner, shelf.article"""
            )
            return [Holding(Shelf(*names), many) for *names, many in rows]

    def close(self) -> None:
        """See :class:`Store`."""
        if self._database is not None:
            self._database.close()
            self._database = None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The connection; changes are kept if nothing goes wrong."""
        try:
            if self._database is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._database = sqlite3.connect(self.path, timeout=30)
                _prepare(self._database)
            with self._database:
                yield self._database
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise EngineError(
                f"The memory {self.name} cannot be used: {error}. Delete it: it is made anew from the catalogs, "
                "and what was imported can be imported again."
            ) from error


def _prepare(database: sqlite3.Connection) -> None:
    """Make the tables in a new file, or in place of those of an older Handrail; refuse those of a newer one."""
    [version] = database.execute("PRAGMA user_version").fetchone()
    if version == _LAYOUT:
        return
    if version > _LAYOUT:
        raise sqlite3.DatabaseError("a newer version of Handrail made it")
    for kind, name in database.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL").fetchall():
        if kind == "table" and "_" not in name:
            database.execute(f'DROP TABLE IF EXISTS "{name}"')
    database.executescript(_TABLES)


# --- putting in -----------------------------------------------------------------------------------


def _clear(database: sqlite3.Connection, shelf: int, of: Shelf) -> None:
    """Empty a shelf; sources that no other shelf has go, too."""
    before = [row[0] for row in database.execute("SELECT DISTINCT source FROM message WHERE shelf = ?", (shelf,))]
    database.execute("DELETE FROM message WHERE shelf = ?", (shelf,))
    locale = locales.locale(of.source)
    counted = Counter[str]()
    for id in before:
        if not database.execute("SELECT 1 FROM message WHERE source = ? LIMIT 1", (id,)).fetchone():
            [text] = database.execute("DELETE FROM source WHERE id = ? RETURNING text", (id,)).fetchone()
            found = grams(text, locale)
            said = " ".join(found)
            database.execute("INSERT INTO grams (grams, rowid, text) VALUES ('delete', ?, ?)", (id, said))
            counted.subtract(set(found))
    _count(database, counted)


def _add(database: sqlite3.Connection, shelf: int, of: Shelf, entries: Sequence[Entry]) -> None:
    locale = locales.locale(of.source)
    counted = Counter[str]()
    added: list[tuple[int, str]] = []
    messages: list[tuple[object, ...]] = []
    known: dict[str, int] = {}
    for entry in entries:
        if entry.source not in known:
            new = database.execute(
                "INSERT OR IGNORE INTO source (locale, text) VALUES (?, ?) RETURNING id", (of.source, entry.source)
            ).fetchone()
            if new:
                found = grams(entry.source, locale)
                counted.update(set(found))
                added.append((new[0], " ".join(found)))
            known[entry.source] = int((new or _id(database, of.source, entry.source))[0])
        messages.append((known[entry.source], of.target, entry.context, entry.target, entry.article, shelf))
    database.executemany("INSERT INTO grams (rowid, text) VALUES (?, ?)", added)
    database.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)", messages)
    _count(database, counted)


def _count(database: sqlite3.Connection, counted: Counter[str]) -> None:
    database.executemany(
        "INSERT INTO gram VALUES (?, ?) ON CONFLICT (gram) DO UPDATE SET many = many + excluded.many",
        sorted(counted.items()),
    )


def _id(database: sqlite3.Connection, locale: str, text: str) -> tuple[int]:
    row: tuple[int] = database.execute("SELECT id FROM source WHERE locale = ? AND text = ?", (locale, text)).fetchone()
    return row


# --- looking up -----------------------------------------------------------------------------------


def _exact(database: sqlite3.Connection, key: Key, source: Locale, target: Locale) -> Entry | None:
    row = database.execute(
        """SELECT target, min(context), min(article) FROM message
        WHERE source = (SELECT id FROM source WHERE locale = ? AND text = ?) AND target_locale = ?
        GROUP BY target ORDER BY max(context = ?) DESC, count(*) DESC, target LIMIT 1""",
        (source.tag, key.source, target.tag, key.context),
    ).fetchone()
    return Entry(key.source, *row) if row else None


def _alike(database: sqlite3.Connection, text: str, source: Locale, target: Locale, least: float) -> list[Entry]:
    sharing = json.dumps(_sharing(database, text, source))
    rows = database.execute(  # +: not by the index of locales, which leads through all that there is
        "SELECT id, text FROM source WHERE id IN (SELECT value FROM json_each(?)) AND +locale = ?",
        (sharing, source.tag),
    )
    near = {id: found for id, found in rows if fuzz.ratio(text, found, score_cutoff=least)}
    return [
        Entry(near[id], *said)
        for id, *said in database.execute(
            """SELECT source, min(target), min(context), min(article) FROM message
            WHERE source IN (SELECT value FROM json_each(?)) AND target_locale = ? GROUP BY source""",
            (json.dumps(list(near)), target.tag),
        )
    ]


def _sharing(database: sqlite3.Connection, text: str, source: Locale) -> list[int]:
    """The sources that share most of the rarest words of a text."""
    shared: Counter[int] = Counter()
    for question in _questions(_known(database, text, source)):
        found = database.execute("SELECT rowid FROM grams WHERE grams MATCH ?", (question,)).fetchall()
        shared.update(chain.from_iterable(found))
    if len(shared) <= _CANDIDATES:
        return list(shared)
    least = nlargest(_CANDIDATES, shared.values())[-1]
    return list(islice((id for id, many in shared.items() if many >= least), 4 * _CANDIDATES))


def _questions(known: Sequence[tuple[int, str]]) -> Iterator[str]:
    """What to ask the index: the rarest words; the next ones are too frequent but for two of them together."""
    total, rare = 0, 0
    for many, gram in known:
        total += many
        if total > _LOOKED_UP:
            break
        rare += 1
        yield f'"{gram}"'
    if rare < _ENOUGH:
        yield from (f'"{one}" AND "{other}"' for (_, one), (_, other) in combinations(known[: _ENOUGH + 1], 2))


def _known(database: sqlite3.Connection, text: str, source: Locale) -> list[tuple[int, str]]:
    """The rarest of its words that the memory knows, with the number of sources, the rarest first.

    In scripts without spaces no two of them overlap in the text: one changed character would change them all.
    """
    counted = []
    for place, gram in enumerate(grams(text, source)):
        row = database.execute("SELECT many FROM gram WHERE gram = ?", (gram,)).fetchone()
        if row and row[0] > 0:
            counted.append((int(row[0]), gram, place))
    chosen: dict[str, tuple[int, int]] = {}
    for many, gram, place in sorted(counted):
        is_apart = source.spaced or all(abs(place - other) >= len(gram) for _, other in chosen.values())
        if gram not in chosen and is_apart and len(chosen) < _RAREST:
            chosen[gram] = (many, place)
    return [(many, gram) for gram, (many, _) in chosen.items()]
