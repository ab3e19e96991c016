"""A memory that a team shares, on PostgreSQL with pg_trgm: https://www.postgresql.org/docs/current/pgtrgm.html

The database must sort and classify characters as UTF-8 (any locale but ``C``), or pg_trgm sees no letters beyond
ASCII. Whoever may create tables and the extension makes them at the first use; passwords belong into ``PGPASSWORD``
or ``~/.pgpass``, not into settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from pipeline.engines.memory.store import Entry, Holding, Shelf, batches
from pipeline.errors import EngineError
from pipeline.model import Key, Locale

try:
    import psycopg
except ImportError as error:
    raise EngineError("A shared memory needs a driver: pip install 'handrail[postgresql]'.") from error

__all__ = ["Server"]

_TABLES = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE SCHEMA IF NOT EXISTS handrail_memory_2;
SET LOCAL search_path TO handrail_memory_2, public;
CREATE TABLE IF NOT EXISTS source (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, locale text NOT NULL, text text NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS source_text ON source (locale, md5(text));
CREATE INDEX IF NOT EXISTS source_trigrams ON source USING gin (text gin_trgm_ops);
CREATE TABLE IF NOT EXISTS shelf (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner text NOT NULL, article text NOT NULL,
    source_locale text NOT NULL, target_locale text NOT NULL, digest text NOT NULL,
    UNIQUE (owner, article, source_locale, target_locale)
);
CREATE TABLE IF NOT EXISTS message (
    source bigint NOT NULL REFERENCES source, target_locale text NOT NULL, context text NOT NULL,
    target text NOT NULL, article text NOT NULL, shelf bigint NOT NULL REFERENCES shelf
);
CREATE INDEX IF NOT EXISTS message_source ON message (source, target_locale);
CREATE INDEX IF NOT EXISTS message_shelf ON message (shelf);
"""
"""In a schema whose name holds the version of the tables, so that two versions of Handrail can share a server."""

_SET_UP = "SELECT to_regclass('handrail_memory_2.message_shelf') IS NOT NULL"
_LOCK = 4_721_536
"""Of PostgreSQL's advisory locks: one writer at a time, so that no two make the same tables or sources."""

_LIKENESS = 0.45
"""Of pg_trgm, from 0 to 1; what is 75 % alike for rapidfuzz seldom has less."""

_CANDIDATES = 50


class Server:
    """The server at an address such as ``postgresql://translator@db.example/memory``."""

    def __init__(self, address: str) -> None:
        self._address = address
        parts = urlsplit(address)
        self.name = f"postgresql://{parts.hostname or ''}{parts.path}"
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None

    def put(self, shelf: Shelf, entries: Iterable[Entry], digest: str) -> bool:
        """See :class:`Store`."""
        names = (shelf.owner, shelf.article, shelf.source, shelf.target)
        same = "owner = %s AND article = %s AND source_locale = %s AND target_locale = %s"
        with self._open() as database:
            held = database.execute(f"SELECT digest FROM shelf WHERE {same}", names).fetchone()
            if held == (digest,):
                return False
            database.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            [id] = _one(
                database.execute(
                    """INSERT INTO shelf (owner, article, source_locale, target_locale, digest)
                    VALUES (%s, %s, %s, %s, %s)
                    ON CONFLICT (owner, article, source_locale, target_locale) DO UPDATE SET digest = excluded.digest
                    RETURNING id""",
                    (*names, digest),
                )
            )
            gone = database.execute("DELETE FROM message WHERE shelf = %s RETURNING source", (id,)).fetchall()
            for batch in batches(entries, 5000):
                _add(database, id, shelf, batch)
            database.execute(
                "DELETE FROM source WHERE id = ANY(%s) AND NOT EXISTS (SELECT FROM message WHERE source = source.id)",
                ([source for (source,) in gone],),
            )
        return True

    def exact(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Entry | None]:
        """See :class:`Store`."""
        with self._open() as database:
            found = []
            for key in keys:
                row = database.execute(
                    """SELECT target, min(context COLLATE "C"), min(article COLLATE "C") FROM message
                    JOIN source ON source.id = message.source
                    WHERE locale = %s AND md5(text) = md5(%s) AND text = %s AND target_locale = %s
                    GROUP BY target
                    ORDER BY bool_or(context = %s) DESC, count(*) DESC, target COLLATE "C" LIMIT 1""",
                    (source.tag, key.source, key.source, target.tag, key.context),
                ).fetchone()
                found.append(Entry(key.source, *map(str, row)) if row else None)
            return found

    def alike(self, text: str, source: Locale, target: Locale, least: float) -> list[Entry]:
        """See :class:`Store`."""
        with self._open() as database:
            database.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", (str(_LIKENESS),))
            rows = database.execute(
                """SELECT near.text, min(target COLLATE "C"), min(context COLLATE "C"), min(article COLLATE "C")
                FROM (
                    SELECT id, text FROM source WHERE locale = %s AND text %% %s
                    AND EXISTS (SELECT FROM message WHERE source = source.id AND target_locale = %s)
                    ORDER BY similarity(text, %s) DESC, text COLLATE "C" LIMIT %s
                ) near
                JOIN message ON message.source = near.id
                WHERE target_locale = %s GROUP BY near.text""",
                (source.tag, text, target.tag, text, _CANDIDATES, target.tag),
            )
            found = [Entry(*map(str, row)) for row in rows]
            return [entry for entry in found if fuzz.ratio(text, entry.source, score_cutoff=least)]

    def entries(self, source: Locale, target: Locale) -> Iterator[Entry]:
        """See :class:`Store`."""
        with self._open() as database, database.cursor("entries") as cursor:
            cursor.execute(
                """SELECT text, target, context, article FROM (
                    SELECT DISTINCT text, target, context, article FROM message
                    JOIN source ON source.id = message.source WHERE target_locale = %s AND locale = %s
                ) every ORDER BY text COLLATE "C", target COLLATE "C", context COLLATE "C", article COLLATE "C" """,
                (target.tag, source.tag),
            )
            for row in cursor:
                yield Entry(*map(str, row))

    def holdings(self) -> list[Holding]:
        """See :class:`Store`."""
        with self._open() as database:
            rows = database.execute(
                """SELECT owner, shelf.article, source_locale, shelf.target_locale, count(message.source) FROM shelf
                LEFT JOIN message ON message.shelf = shelf.id GROUP BY shelf.id
                ORDER BY source_locale, shelf.target_locale, owner COLLATE "C", shelf.article COLLATE "C" """
            )
            return [Holding(Shelf(*map(str, names)), int(str(many))) for *names, many in rows]

    def close(self) -> None:
        """See :class:`Store`."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _open(self) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """A transaction on the one connection that is kept open."""
        try:
            if self._connection is None:
                self._connection = psycopg.connect(self._address, connect_timeout=10, autocommit=True)
            with self._connection.transaction():
                self._connection.execute("SET LOCAL statement_timeout = '60s'")
                if _one(self._connection.execute(_SET_UP)) == (False,):
                    self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
                    self._connection.execute(_TABLES)
                self._connection.execute("SET LOCAL search_path TO handrail_memory_2, public")
                yield self._connection
        except psycopg.Error as error:
            self.close()
            reason = " ".join(str(error).split()).replace(urlsplit(self._address).password or "\0", "…")
            raise EngineError(f"The memory {self.name} cannot be used: {reason}.") from None


def _one(cursor: psycopg.Cursor[tuple[object, ...]]) -> tuple[object, ...]:
    row = cursor.fetchone()
    assert row is not None, "the statement returns a row"
    return row


def _add(database: psycopg.Connection[tuple[object, ...]], shelf: object, of: Shelf, entries: Sequence[Entry]) -> None:
    """Put entries on a shelf; NUL, which PostgreSQL cannot hold, stands in no message."""
    sources = list(dict.fromkeys(entry.source for entry in entries))
    database.execute(
        "INSERT INTO source (locale, text) SELECT %s, unnest(%s::text[]) ON CONFLICT DO NOTHING", (of.source, sources)
    )
    database.execute(
        """INSERT INTO message (source, target_locale, context, target, article, shelf)
        SELECT source.id, %s, new.context, new.target, new.article, %s
        FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS new (text, target, context, article)
        JOIN source ON source.locale = %s AND md5(source.text) = md5(new.text) AND source.text = new.text""",
        (
            of.target,
            shelf,
            [entry.source for entry in entries],
            [entry.target for entry in entries],
            [entry.context for entry in entries],
            [entry.article for entry in entries],
            of.source,
        ),
    )
