"""A memory that a team shares, on PostgreSQL, with a GIN index of words and pairs (:mod:`.index`).

Not pg_trgm: its index leads to every text that shares many trigrams, which on a hundred thousand sentences takes half
a second. Whoever may create a schema makes the tables at the first use; passwords belong into ``PGPASSWORD`` or
``~/.pgpass``, not into settings.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from pipeline import locales
from pipeline.engines.memory.index import CANDIDATES, LOOKED_UP, indexed, questions, words
from pipeline.engines.memory.store import Entry, Holding, Shelf, batches
from pipeline.errors import EngineError
from pipeline.model import Key, Locale

try:
    import psycopg
except ImportError as error:
    raise EngineError("A shared memory needs a driver: pip install 'handrail[postgresql]'.") from error

__all__ = ["Server"]

_TABLES = """
CREATE SCHEMA IF NOT EXISTS handrail_memory_3;
SET LOCAL search_path TO handrail_memory_3, public;
CREATE TABLE IF NOT EXISTS source (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, locale text NOT NULL, text text NOT NULL,
    grams int[] NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS source_text ON source (locale, md5(text));
CREATE INDEX IF NOT EXISTS source_grams ON source USING gin (grams);
CREATE TABLE IF NOT EXISTS gram (gram int PRIMARY KEY, many bigint NOT NULL);
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

_SET_UP = "SELECT to_regclass('handrail_memory_3.message_shelf') IS NOT NULL"
_LOCK = 4_721_536
"""Of PostgreSQL's advisory locks: one writer at a time, so that no two make the same tables or sources."""


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
            counted = Counter[int]()
            for batch in batches(entries, 5000):
                counted.update(_add(database, id, shelf, batch))
            left = database.execute(
                """DELETE FROM source WHERE id = ANY(%s) AND NOT EXISTS (SELECT FROM message WHERE source = source.id)
                RETURNING text""",
                ([source for (source,) in gone],),
            )
            counted.subtract(_counted((str(text) for (text,) in left), shelf.source))
            database.execute(
                """INSERT INTO gram SELECT * FROM unnest(%s::int[], %s::bigint[])
                ON CONFLICT (gram) DO UPDATE SET many = gram.many + excluded.many""",
                (list(counted), list(counted.values())),
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
            database.execute("SET LOCAL enable_seqscan = off")  # a plan for every word, however frequent
            asked = [_hash(gram) for gram in questions(text, source, partial(_frequencies, database))]
            sharing = database.execute(
                """SELECT text, source.id FROM source JOIN (
                    SELECT id FROM unnest(%s::int[]) AS asked (gram),
                    LATERAL (SELECT id FROM source WHERE grams @> ARRAY[asked.gram] LIMIT %s) found
                    GROUP BY id ORDER BY count(*) DESC, id LIMIT %s
                ) shared ON shared.id = source.id WHERE locale = %s""",
                (asked, LOOKED_UP, CANDIDATES, source.tag),
            )
            near = [id for near, id in sharing if fuzz.ratio(text, str(near), score_cutoff=least)]
            rows = database.execute(
                """SELECT text, min(target COLLATE "C"), min(context COLLATE "C"), min(article COLLATE "C")
                FROM message JOIN source ON source.id = message.source
                WHERE source.id = ANY(%s) AND target_locale = %s GROUP BY text""",
                (near, target.tag),
            )
            return [Entry(*map(str, row)) for row in rows]

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
                self._connection.execute("SET LOCAL search_path TO handrail_memory_3, public")
                yield self._connection
        except psycopg.Error as error:
            self.close()
            reason = " ".join(str(error).split()).replace(urlsplit(self._address).password or "\0", "…")
            raise EngineError(f"The memory {self.name} cannot be used: {reason}.") from None


def _one(cursor: psycopg.Cursor[tuple[object, ...]]) -> tuple[object, ...]:
    row = cursor.fetchone()
    assert row is not None, "the statement returns a row"
    return row


def _add(
    database: psycopg.Connection[tuple[object, ...]], shelf: object, of: Shelf, entries: Sequence[Entry]
) -> Counter[int]:
    """Put entries on a shelf, and count the words of new sources; no message has NUL, which PostgreSQL cannot hold."""
    sources = list(dict.fromkeys(entry.source for entry in entries))
    locale = locales.locale(of.source)
    grams = [[_hash(gram) for gram in indexed(words(text, locale), locale)] for text in sources]
    new = database.execute(
        """INSERT INTO source (locale, text, grams)
        SELECT %s, new.text, new.grams::int[] FROM unnest(%s::text[], %s::text[]) AS new (text, grams)
        ON CONFLICT DO NOTHING RETURNING text""",
        (of.source, sources, [f"{{{','.join(map(str, one))}}}" for one in grams]),
    ).fetchall()
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
    return _counted((str(text) for (text,) in new), of.source)


def _counted(texts: Iterable[str], tag: str) -> Counter[int]:
    """In how many of some sources each word stands."""
    locale = locales.locale(tag)
    return Counter(chain.from_iterable({_hash(word) for word in words(text, locale)} for text in texts))


def _frequencies(database: psycopg.Connection[tuple[object, ...]], found: Sequence[str]) -> dict[str, int]:
    hashed = {word: _hash(word) for word in found}
    asked = "SELECT gram, many FROM gram WHERE gram = ANY(%s) AND many > 0"
    known = {gram: int(str(many)) for gram, many in database.execute(asked, (list(hashed.values()),))}
    return {word: known[gram] for word, gram in hashed.items() if gram in known}


def _hash(gram: str) -> int:
    """A number of four bytes instead of a word: an array of them is small, and two words of one number do no harm."""
    return zlib.crc32(gram.encode("utf-8", "surrogatepass")) - 2**31
