"""A file of sealed notes: what goes wrong with it costs time and nothing else.

Two commands may have it open at once. Where one of them writes, the other reads nothing and notes nothing.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ledger.program import fingerprint
from pipeline.ledger.sight import digest

_APPLICATION = 0x48616E4E
_SCHEMA = 1
_BEGINNING = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_SCHEMA};
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT, seal TEXT) WITHOUT ROWID;
"""
_OFTEN = 100
"""After so many notes they are kept, whatever happens next."""


@dataclass(slots=True)
class Notes:
    """Values, as JSON knows them, under names."""

    file: Path
    database: sqlite3.Connection
    unsaved: int = 0

    def get(self, name: str) -> Any:
        """What was noted under a name; None where nothing was, or its seal is broken."""
        try:
            row = self.database.execute("SELECT value, seal FROM notes WHERE name = ?", (name,)).fetchone()
        except sqlite3.DatabaseError as error:
            self._lose(error)
            return None
        return json.loads(row[0]) if row and row[1] == _seal(name, row[0]) else None

    def put(self, name: str, value: object) -> None:
        """Note something, in the place of what was noted under this name before."""
        text = json.dumps(value, separators=(",", ":"))
        self._write("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", name, text, _seal(name, text))

    def forget(self, name: str) -> None:
        """Note nothing under a name."""
        self._write("DELETE FROM notes WHERE name = ?", name)

    def names(self) -> tuple[str, ...]:
        """The names under which anything is noted."""
        try:
            return tuple(name for (name,) in self.database.execute("SELECT name FROM notes"))
        except sqlite3.DatabaseError as error:
            self._lose(error)
            return ()

    def _write(self, statement: str, *values: str) -> None:
        try:
            self.database.execute(statement, values)
            self.unsaved += 1
            if self.unsaved >= _OFTEN:
                self.unsaved = 0
                self.database.commit()
        except sqlite3.DatabaseError as error:
            self._lose(error)

    def close(self) -> None:
        """Keep the notes."""
        try:
            self.database.commit()
        except sqlite3.DatabaseError as error:
            self._lose(error)
        self.database.close()

    def _lose(self, error: sqlite3.DatabaseError) -> None:
        """Go on with none; a file that is broken is thrown away, one that another command writes to is not."""
        self.database.close()
        if not isinstance(error, sqlite3.OperationalError):
            _discard(self.file)
        self.database = _none()


@contextmanager
def notes(file: Path) -> Iterator[Notes]:
    """The notes in a file, which is made where there is none; none where it cannot be used."""
    found = Notes(file, _opened(file))
    try:
        yield found
    finally:
        found.close()


def _opened(file: Path) -> sqlite3.Connection:
    for _ in range(2):
        database = None
        try:
            file.parent.mkdir(exist_ok=True)
            database = sqlite3.connect(file, timeout=0)
            database.execute("PRAGMA synchronous = OFF")
            if _kind(database) == (0, 0):
                database.executescript(_BEGINNING)
            if _kind(database) == (_APPLICATION, _SCHEMA):
                return database
        except (OSError, sqlite3.OperationalError):  # a folder that cannot be written to, or another command writes
            if database:
                database.close()
            return _none()
        except sqlite3.DatabaseError:
            pass  # no database: it is thrown away, as one of another version is
        if database:
            database.close()
        _discard(file)
    return _none()


def _kind(database: sqlite3.Connection) -> tuple[int, int]:
    application, version = (
        database.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    return application[0], version[0]


def _none() -> sqlite3.Connection:
    database = sqlite3.connect("")
    database.executescript(_BEGINNING)
    return database


def _discard(file: Path) -> None:
    for suffix in ("", "-wal", "-journal", "-shm"):
        with contextlib.suppress(OSError):
            file.with_name(f"{file.name}{suffix}").unlink()


def _seal(name: str, value: str) -> str:
    """Another for every version of the program: what one has noted counts for no other."""
    return digest(fingerprint(), name, value)[:32]
