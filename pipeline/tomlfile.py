"""TOML files of repeated tables: strict reading with a place for every table, writing that keeps comments.

A file that people edit by hand deserves errors that name the line, so each table knows where its
header stands, and a misspelt key is an error instead of a field silently left empty.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn

from pipeline.errors import HandrailError
from pipeline.model import Place

if TYPE_CHECKING:
    from tomlkit.items import Table as WrittenTable

__all__ = ["Table", "append", "put", "read"]

_LINE_IN_MESSAGE = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table whose every reading is checked; ``error`` is what a wrong one raises."""

    values: Mapping[str, object]
    place: Place
    error: type[HandrailError]
    label: str
    """What the table is called in error messages: ``helpline 'us-988'``."""

    headers: tuple[str, ...] = ()
    """The lines of the file that begin with a bracket, by line number; empty for an inline table."""

    def labelled(self, label: str) -> Table:
        """The same table under a better name, once that is known."""
        return replace(self, label=label)

    def fail(self, sentence: str) -> NoReturn:
        """Raise the error of this file, at this table."""
        raise self.error(sentence, self.place)

    def only(self, *keys: str) -> None:
        """Raise if the table has any other key."""
        unknown = [key for key in self.values if key not in keys]
        if unknown:
            self.fail(f"{self.label} has the unknown key {unknown[0]!r}. Known keys: {', '.join(keys)}.")

    def text(self, key: str) -> str:
        """A text that must be there and must not be blank."""
        value = self._get(key)
        if not isinstance(value, str):
            self.fail(f"{key} of {self.label} must be a text in quotes.")
        if not value.strip():
            self.fail(f"{key} of {self.label} is blank. Fill it in.")
        return value

    def text_or_empty(self, key: str) -> str:
        """A text that may be left out."""
        return self.text(key) if key in self.values else ""

    def one_of(self, key: str, choices: Collection[str]) -> str:
        """A text out of a fixed set."""
        value = self.text(key)
        if value not in choices:
            self.fail(f"{key} of {self.label} is {value!r}, which must be one of: {', '.join(sorted(choices))}.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that must be there, maybe empty."""
        value = self._get(key)
        if not isinstance(value, list):
            self.fail(f"{key} of {self.label} must be a list of texts.")
        texts = tuple(item for item in value if isinstance(item, str) and item.strip())
        if len(texts) != len(value):
            self.fail(f"{key} of {self.label} must hold only texts that are not blank.")
        return texts

    def pairs_of_texts(self) -> tuple[tuple[str, str], ...]:
        """Every key with its text, in file order."""
        return tuple((key, self.text(key)) for key in self.values)

    def day(self, key: str) -> date:
        """A calendar date that must be there, written without quotes: ``2026-11-24``."""
        value = self._get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fail(f"{key} of {self.label} must be a date without quotes, such as 2026-11-24.")
        return value

    def day_or_none(self, key: str) -> date | None:
        """A calendar date that may be left out."""
        return self.day(key) if key in self.values else None

    def table(self, key: str) -> Table:
        """A table inside this one."""
        value = self._get(key)
        if not isinstance(value, dict):
            self.fail(f"{key} of {self.label} must be a table.")
        return Table(value, self.place, self.error, f"{key} of {self.label}")

    def tables(self, key: str) -> tuple[Table, ...]:
        """The ``[[key]]`` tables inside this one, maybe none; those of the whole file know their lines."""
        found = self.values.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self.fail(f"{key} of {self.label} must be written as [[...{key}]] tables.")
        lines = self._lines(rf"\[\[\s*{re.escape(key)}\s*\]\]")
        places = [Place(self.place.path, line) for line in lines] if len(lines) == len(found) else []
        return tuple(
            Table(item, places[index] if places else self.place, self.error, f"{key} {index + 1} of {self.label}")
            for index, item in enumerate(found)
        )

    def named_tables(self, key: str) -> tuple[tuple[str, Table], ...]:
        """The ``[key.name]`` tables of the file, by name; each knows its line."""
        parent = self.table(key)
        found = []
        for name in parent.values:
            lines = self._lines(rf"\[\s*{re.escape(key)}\s*\.\s*[\"']?{re.escape(name)}[\"']?\s*\]")
            place = Place(self.place.path, lines[0]) if lines else self.place
            child = parent.table(name)
            found.append((name, Table(child.values, place, self.error, f"[{key}.{name}]")))
        return tuple(found)

    def _get(self, key: str) -> object:
        if key not in self.values:
            self.fail(f"{self.label} has no {key}. Add it.")
        return self.values[key]

    def _lines(self, header: str) -> list[int]:
        return [number for number, line in enumerate(self.headers, 1) if re.match(header, line)]


def read(data: bytes, path: str, error: type[HandrailError]) -> Table:
    """The whole file as one table; raises ``error`` where it is not UTF-8 or not TOML."""
    try:
        text = data.decode("utf-8")
        values = tomllib.loads(text)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise error("The file is not UTF-8. Save it as UTF-8.", Place(path, line)) from problem
    except tomllib.TOMLDecodeError as problem:
        at = _LINE_IN_MESSAGE.search(str(problem))
        reason = _LINE_IN_MESSAGE.sub("", str(problem)).rstrip(".")
        place = Place(path, int(at[1]) if at else 0)
        raise error(f"The file is not valid TOML: {reason}. Correct it.", place) from problem
    lines = (line.strip() for line in text.split("\n"))
    headers = tuple(line if line.startswith("[") else "" for line in lines)
    return Table(values, Place(path), error, "the file", headers)


def append(data: bytes, name: str, values: Iterable[tuple[str, str | date]]) -> bytes:
    """The file with one more ``[[name]]`` table at its end; every other byte stays."""
    import tomlkit  # slow to import, and of use to those who write only

    document = tomlkit.document()
    tables = tomlkit.aot()
    tables.append(_written(values))
    document.append(name, tables)
    gap = b"" if not data else b"\n" if data.endswith(b"\n") else b"\n\n"
    return data + gap + tomlkit.dumps(document).encode("utf-8")


def put(data: bytes, name: str, number: int, key: str, values: Iterable[tuple[str, str | date]]) -> bytes:
    """The file with the table ``key`` of its ``number``-th ``[[name]]`` (from 0) set anew; comments stay."""
    import tomlkit  # as above
    from tomlkit.items import AoT
    from tomlkit.items import Table as WrittenTable

    document = tomlkit.parse(data)
    tables = document[name]
    assert isinstance(tables, AoT), "the caller has read the file already"
    entry = tables[number]
    old = entry.get(key)
    if isinstance(old, WrittenTable):
        for field, value in values:
            old[field] = value
    else:
        table = _written(values)
        if number + 1 < len(tables):
            table.add(tomlkit.nl())
        entry[key] = table
    return tomlkit.dumps(document).encode("utf-8")


def _written(values: Iterable[tuple[str, str | date]]) -> WrittenTable:
    import tomlkit  # as above

    table = tomlkit.table()
    for key, value in values:
        table.append(key, value)
    return table
