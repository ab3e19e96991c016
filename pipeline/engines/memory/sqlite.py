"""A memory in an SQLite file, with an FTS5 index of words and pairs (:mod:`.index`)."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path

from rapidfuzz import fuzz

from pipeline import locales
from pipeline.engines.memory.index import CANDIDATES, LOOKED_UP, indexed, questions, words
from pipeline.engines.memory.store import Entry, Holding, Shelf, batches
from pipeline.errors import EngineError
from pipeline.model import Key, Locale

__all__ = ["File"]

_LAYOUT = 3
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

_OFFERED = 50
"""Matches are not looked for among worse ones when there are so many."""

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
        except (sqlite3.OperationalError, OSError) as error:
            self.close()
            reason = error.strerror if isinstance(error, OSError) else error
            raise EngineError(
                f"The memory {self.name} cannot be used: {reason}. See that its folder may be written to, "
                "that there is room on the disk, and that no other program holds it."
            ) from error
        except sqlite3.Error as error:
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
            found = words(text, locale)
            said = " ".join(indexed(found, locale))
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
                found = words(entry.source, locale)
                counted.update(set(found))
                added.append((new[0], " ".join(indexed(found, locale))))
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
    scored = [(fuzz.ratio(text, found, score_cutoff=least), found, id) for id, found in rows]
    near = {id: found for score, found, id in sorted(scored, reverse=True) if score}
    entries: list[Entry] = []
    for ids in batches(near, _OFFERED):
        said = database.execute(
            """SELECT source, min(target), min(context), min(article) FROM message
            WHERE source IN (SELECT value FROM json_each(?)) AND target_locale = ? GROUP BY source""",
            (json.dumps(ids), target.tag),
        )
        entries += [Entry(near[id], *rest) for id, *rest in said]
        if len(entries) >= _OFFERED:
            break
    return entries


def _sharing(database: sqlite3.Connection, text: str, source: Locale) -> list[int]:
    """The sources that share most of the rarest words of a text, or of its rarest pairs."""
    shared: Counter[int] = Counter()
    for gram in questions(text, source, partial(_frequencies, database)):
        found = database.execute(
            "SELECT rowid FROM grams WHERE grams MATCH ? LIMIT ?", (f'"{gram}"', LOOKED_UP)
        ).fetchall()
        shared.update(chain.from_iterable(found))
    return [id for id, _ in shared.most_common(CANDIDATES)]


def _frequencies(database: sqlite3.Connection, found: Sequence[str]) -> dict[str, int]:
    asked = "SELECT gram, many FROM gram WHERE gram IN (SELECT value FROM json_each(?)) AND many > 0"
    return dict(database.execute(asked, (json.dumps(found),)).fetchall())
