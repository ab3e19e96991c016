"""The ledger's file: a SQLite database whose rows are sealed."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.ledger.sight import Sight, digest, is_same, look, rest, signature_of

FOLDER = ".handrail"
FILE = f"{FOLDER}/build.sqlite"
_LEFT = f"{FILE}-left"
SCHEMA = 9
"""Of the tables; a ledger of another one is thrown away."""

_APPLICATION = 0x48616E64
_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT, seal TEXT) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, signature TEXT, hash TEXT, seal TEXT, run INT) WITHOUT ROWID;
CREATE TABLE checked (slug TEXT, pos INT, key TEXT, value TEXT, seal TEXT, PRIMARY KEY (slug, pos)) WITHOUT ROWID;
CREATE TABLE rendered (slug TEXT, pos INT, key TEXT, value TEXT, seal TEXT, run INT, PRIMARY KEY (slug, pos, key))
  WITHOUT ROWID;
CREATE TABLE articles (slug TEXT PRIMARY KEY, path TEXT) WITHOUT ROWID;
CREATE TABLE judged (slug TEXT, pos INT, going INT, page_key TEXT, page TEXT, seal TEXT, checked INT, loaded INT,
  key TEXT, first TEXT, until TEXT, title TEXT, about TEXT, changed TEXT, reasons TEXT, links TEXT, assets TEXT,
  debt TEXT, owed TEXT, standing TEXT, accepted TEXT, findings TEXT, PRIMARY KEY (slug, pos)) WITHOUT ROWID;
CREATE TABLE told (slug TEXT, pos INT, made_of TEXT, seal TEXT, whole INT, tallies TEXT, open INT, messages INT,
  translated INT, fuzzy INT, machine INT, safety INT, signed INT, edition BLOB, findings BLOB, PRIMARY KEY (slug, pos))
  WITHOUT ROWID;
CREATE INDEX found ON told (slug, pos, whole, tallies) WHERE NOT whole OR tallies <> '';
CREATE TABLE linked (target TEXT, slug TEXT, PRIMARY KEY (target, slug)) WITHOUT ROWID;
CREATE TABLE scope (slug TEXT PRIMARY KEY, round INT, going INT) WITHOUT ROWID;
CREATE TABLE bare (slug TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE expected (path TEXT PRIMARY KEY, slug TEXT, hash TEXT, source TEXT) WITHOUT ROWID;
"""


_TOGETHER = 1_000
"""Rows that a statement waits for."""


class LedgerError(Exception):
    """The ledger cannot be read: throw it away and begin anew."""


class Ledger:
    """An open ledger. One build at a time has it."""

    def __init__(self, root: Path, database: sqlite3.Connection, *, is_as_left: bool = False) -> None:
        self.root = root
        self.database = database
        self.is_as_left = is_as_left
        """Whether nobody but Handrail wrote to it, so far as the file system can tell: then no row is damaged."""
        self.run = int(self.fact("run") or 0) + 1
        self.waiting: dict[str, list[tuple[Any, ...]]] = {}
        """The values with which statements wait to be run."""

    # --- facts ---

    def fact(self, name: str) -> str | None:
        """What was noted under a name; None where nothing was, or its seal is broken."""
        row = self.one("SELECT value, seal FROM facts WHERE name = ?", name)
        return row[0] if row and row[1] == digest(name, row[0]) else None

    def note(self, name: str, value: str) -> None:
        """Note something under a name."""
        self.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", name, value, digest(name, value))

    def forget(self, name: str) -> None:
        """Note nothing under a name."""
        self.execute("DELETE FROM facts WHERE name = ?", name)

    # --- files ---

    def sight(self, path: str) -> Sight:
        """A file of the project as it is now; remembered for the next build."""
        return self._seen(path, self.one("SELECT signature, hash, seal, run FROM files WHERE path = ?", path))

    def _seen(self, path: str, row: Sequence[Any] | None) -> Sight:
        before = Sight(row[0], row[1]) if row and row[2] == _seal(path, row[0], row[1]) else None
        now = look(f"{self.root}/{path}", before if before and before.signature else None)
        if now != before:
            self.remember(path, now)
        elif row and row[3] != self.run:
            self.later("UPDATE files SET run = ? WHERE path = ?", self.run, path)
        return now

    def hashes(self, paths: Sequence[str]) -> list[str]:
        """The hashes of files, each as :meth:`sight` has it; asked for together, which costs less."""
        query = f"SELECT path, signature, hash, seal, run FROM files WHERE path IN ({', '.join('?' * len(paths))})"
        known = {path: row for path, *row in self.all(query, *paths)}
        return [self._seen(path, known.get(path)).hash for path in paths]

    def changed(self) -> Iterator[str]:
        """Each file that is not what it was when it was noted, those that people edit first, or whose note is broken.

        Where the file system can tell now what it could not tell then, that is noted at the end.
        """
        settled: list[tuple[str, Sight]] = []
        root = str(self.root)
        query = "SELECT path, signature, hash, seal FROM files WHERE path {} 'build/%'"
        for path, signature, found, seal in chain(*(self.each(query.format(one)) for one in ("NOT LIKE", "LIKE"))):
            if self.is_as_left and is_same(f"{root}/{path}", signature):
                continue  # as nearly every file
            before = Sight(signature, found)
            now = look(f"{root}/{path}", before if signature else None)
            if now.hash != found or not (self.is_as_left or seal == _seal(path, signature, found)):
                yield path
            elif now != before:
                settled.append((path, now))
        update = "UPDATE files SET signature = ?, seal = ? WHERE path = ?"  # no run has had a use for them by this
        self.many(update, [(now.signature, _seal(path, *now), path) for path, now in settled])

    def remember(self, path: str, seen: Sight) -> None:
        """Remember a file as it was seen."""
        row = (path, *seen, _seal(path, *seen), self.run)
        self.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", *row)

    # --- results ---

    def checked(self, slug: str) -> dict[int, tuple[str, str]]:
        """Position of the locale -> (key, value) of what checking an article's editions found."""
        rows = self.all("SELECT pos, key, value, seal FROM checked WHERE slug = ?", slug)
        return {pos: (key, value) for pos, key, value, seal in rows if seal == _seal(slug, str(pos), key, value)}

    def keep_checked(self, slug: str, pos: int, key: str, value: str) -> None:
        """Keep what checking an edition found, in the place of what it found before."""
        seal = _seal(slug, str(pos), key, value)
        self.execute("INSERT OR REPLACE INTO checked VALUES (?, ?, ?, ?, ?)", slug, pos, key, value, seal)

    def rendered(self, slug: str, keys: Mapping[int, str]) -> dict[int, str]:
        """Position of the locale -> what rendering and reading back a page came to, under the key of that position.

        Pages are left out that nobody made under this key yet.
        """
        found = {}
        for pos, key, value, seal, run in self.all(
            "SELECT pos, key, value, seal, run FROM rendered WHERE slug = ?", slug
        ):
            if keys.get(pos) == key and seal == _seal(slug, str(pos), key, value):
                found[pos] = value
                if run != self.run:
                    update = "UPDATE rendered SET run = ? WHERE slug = ? AND pos = ? AND key = ?"
                    self.later(update, self.run, slug, pos, key)
        return found

    def keep_rendered(self, slug: str, pos: int, key: str, value: str) -> None:
        """Keep what rendering and reading back a page came to."""
        seal = _seal(slug, str(pos), key, value)
        self.execute("INSERT OR REPLACE INTO rendered VALUES (?, ?, ?, ?, ?, ?)", slug, pos, key, value, seal, self.run)

    def later(self, statement: str, *values: Any) -> None:
        """Run a statement together with others of its kind; :meth:`flush` runs those that wait."""
        rows = self.waiting.setdefault(statement, [])
        rows.append(values)
        if len(rows) >= _TOGETHER:
            self.many(statement, rows)
            rows.clear()

    def flush(self) -> None:
        """Run the statements that wait."""
        for statement, rows in self.waiting.items():
            self.many(statement, rows)
            rows.clear()

    def begin(self) -> None:
        """Begin a run of its own, however the last one ended."""
        self.note("run", str(self.run))

    def resume(self) -> None:
        """Go on with the last run: what it saw and made counts as if this one had, save pages in scope."""
        self.flush()
        self.execute("UPDATE files SET run = ? WHERE run = ?", self.run - 1, self.run)
        self.run -= 1
        self.begin()
        pages = (
            "SELECT slug, pos FROM judged JOIN scope USING (slug) WHERE scope.going IS NULL OR scope.going = checked"
        )
        self.execute(f"UPDATE rendered SET run = 0 WHERE (slug, pos) IN ({pages})")

    def settle(self) -> None:
        """Throw away what this run had no use for, and end it."""
        self.flush()
        self.execute("DELETE FROM files WHERE run <> ?", self.run)
        self.execute("DELETE FROM files WHERE (path LIKE 'build/site/%' OR path LIKE 'build/preview/%')"
                     " AND path NOT IN (SELECT path FROM expected)")  # fmt: skip
        self.execute("DELETE FROM rendered WHERE run <> ?", self.run)
        self.commit()

    # --- the database ---

    def commit(self) -> None:
        """Keep everything so far, whatever happens next."""
        self.flush()
        with _translated():
            self.database.commit()

    def execute(self, statement: str, *values: Any) -> None:
        """Run a statement that returns nothing."""
        try:
            self.database.execute(statement, values)
        except sqlite3.DatabaseError as error:
            raise LedgerError(str(error)) from error

    def many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run a statement for each of many rows."""
        with _translated():
            self.database.executemany(statement, rows)

    def one(self, statement: str, *values: Any) -> Any:
        """The first row of a query; None where there is none."""
        try:
            return self.database.execute(statement, values).fetchone()
        except sqlite3.DatabaseError as error:
            raise LedgerError(str(error)) from error

    def all(self, statement: str, *values: Any) -> list[Any]:
        """Every row of a query that has few."""
        try:
            return self.database.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise LedgerError(str(error)) from error

    def each(self, statement: str, *values: Any) -> Iterator[Any]:
        """The rows of a query that may have many, one at a time; nothing else may write to its tables meanwhile."""
        with _translated():
            yield from self.database.execute(statement, values)


@contextmanager
def opened(root: Path) -> Iterator[Ledger]:
    """The ledger of a project, an empty one where there is none that can be used.

    Raises UsageError where another build has it.
    """
    file = root / FILE
    is_as_left = was_left(root)
    database = _connect(file)
    try:
        yield Ledger(root, database, is_as_left=is_as_left)
        database.commit()
    finally:
        database.close()
        leave(root)


def was_left(root: Path) -> bool:
    """Whether the ledger of a project is the very file that :func:`leave` saw."""
    try:
        return (root / _LEFT).read_text(encoding="utf-8") == signature_of(f"{root}/{FILE}")
    except OSError:  # there is none, or nobody could note it
        return False


def leave(root: Path) -> None:
    """Note what the file system says of the ledger that was just closed."""
    with contextlib.suppress(OSError):
        rest()
        (root / _LEFT).write_text(signature_of(f"{root}/{FILE}") or "in doubt", encoding="utf-8")


@contextmanager
def temporary(root: Path) -> Iterator[Ledger]:
    """An empty ledger that nobody keeps; SQLite moves it to the disk where it grows."""
    with contextlib.closing(sqlite3.connect("", isolation_level="DEFERRED")) as database:
        database.executescript(_TABLES)
        yield Ledger(root, database)


def discard(root: Path) -> None:
    """Throw the ledger of a project away."""
    for suffix in ("", "-wal", "-journal", "-shm", "-left"):
        (root / f"{FILE}{suffix}").unlink(missing_ok=True)


def existing(root: Path) -> sqlite3.Connection | None:
    """The database of the ledger that a project has; None where it has none that can be used, or a build has it."""
    file = root / FILE
    if not file.is_file():
        return None
    try:
        database = sqlite3.connect(file, timeout=0)
        try:
            if _is_ours(database):
                database.execute("PRAGMA synchronous = OFF")
                return database
        except sqlite3.Error:
            pass  # not ours, or in use: the whole way decides
        database.close()
    except sqlite3.Error:
        pass  # as above
    return None


def _connect(file: Path) -> sqlite3.Connection:
    try:
        file.parent.mkdir(exist_ok=True)
    except OSError:
        return _in_memory()
    for _ in range(2):
        database = sqlite3.connect(file, timeout=0)
        try:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA cache_size = -16000")
            database.execute("PRAGMA temp_store = FILE")
            database.execute("BEGIN EXCLUSIVE")
            if _is_ours(database):
                return database
            if database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                database.commit()
                database.executescript(
                    f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {SCHEMA}; {_TABLES}"
                )
                return database
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                database.close()
                raise UsageError("another build of this project is running; wait until it ends.") from None
        except sqlite3.DatabaseError:
            pass  # no database, or a broken one: it is thrown away below
        database.close()
        with contextlib.suppress(OSError):
            discard(file.parent.parent)
    return _in_memory()


def _in_memory() -> sqlite3.Connection:
    """Where the folder cannot be written to: the build takes its time, and nothing is kept."""
    database = sqlite3.connect("")
    database.executescript(_TABLES)
    return database


def _is_ours(database: sqlite3.Connection) -> bool:
    application = database.execute("PRAGMA application_id").fetchone()
    version = database.execute("PRAGMA user_version").fetchone()
    return (application, version) == ((_APPLICATION,), (SCHEMA,))


def _seal(*parts: str) -> str:
    return digest(*parts)[:32]


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise LedgerError(str(error)) from error
