"""The answer of a build with nothing to do, from the ledger alone."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.ledger.commits import commit
from pipeline.ledger.program import fingerprint
from pipeline.ledger.sight import below, digest, look
from pipeline.ledger.store import Ledger, LedgerError, existing, leave, was_left

SETTINGS = ("handrail.toml", "pyproject.toml")


class Answer(NamedTuple):
    """What the last build came to."""

    code: int
    """Its exit code."""

    terminal: str
    """What the layout of its text depended on; empty where it printed something else."""

    findings: str
    """What it printed of its findings and standings, as in a log."""

    summary: str
    """Its last lines."""

    previews: bool
    """Whether it made any."""


def unchanged(start: Path, today: date, baseline: Path | None, outputs: tuple[str, ...]) -> tuple[Path, Answer] | None:
    """The root of the project that ``start`` lies in, and the last answer; None where anything may have changed.

    ``outputs`` are the folders that hold what a build wrote, and nothing else. Whatever is in doubt is None: then
    the build goes the whole way.
    """
    root = nearest(Path(os.path.realpath(start)))
    database = existing(root) if root else None
    if root is None or database is None:
        return None
    with closing(database):
        try:
            ledger = Ledger(root, database, is_as_left=was_left(root))
            answer = _answer(ledger, today, baseline, outputs)
            database.commit()
            if database.total_changes:
                leave(root)
        except (LedgerError, sqlite3.Error, ValueError, TypeError):
            return None
    return (root, answer) if answer else None


def conditions(root: Path, program: str, baseline: Path | None) -> str:
    """What an answer depends on besides files and the day, as one fact."""
    return digest(program, commit(root), look(str(baseline.resolve())).hash if baseline else "", str(baseline or ""))


def listing(root: Path, folder: str) -> str:
    """A hash of the names below a folder, in whatever order: there may be many, and none is held."""
    hashes = (hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest() for name in below(root, folder))
    return f"{sum(int.from_bytes(one) for one in hashes):x}"


def nearest(start: Path) -> Path | None:
    """The nearest folder with a file that may hold settings; the ledger knows whether it did."""
    for folder in (start, *start.parents):
        if any((folder / name).is_file() for name in SETTINGS):
            return folder
    return None


def _answer(ledger: Ledger, today: date, baseline: Path | None, outputs: tuple[str, ...]) -> Answer | None:
    told = ledger.fact("answer")
    if not told or ledger.fact("conditions") != conditions(ledger.root, fingerprint(), baseline):
        return None
    first, last = ledger.fact("from"), ledger.fact("until")
    day = today.isoformat()
    if first is None or last is None or day < first or (last and day >= last):
        return None
    folders = json.loads(ledger.fact("folders") or "{}")
    if not folders or any(listing(ledger.root, folder) != found for folder, found in folders.items()):
        return None
    if next(ledger.changed(), None) is not None:
        return None
    inside = " OR ".join("path LIKE ?" for _ in outputs)
    there = sum(count(f"{ledger.root}/{folder}") for folder in outputs)
    if there != ledger.one(f"SELECT count(*) FROM files WHERE {inside}", *(f"{folder}/%" for folder in outputs))[0]:
        return None
    return Answer(*json.loads(told))


def count(folder: str) -> int:
    """How many files and links there are below a folder."""
    found = 0
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                found += count(entry.path) if entry.is_dir(follow_symlinks=False) else 1
    except FileNotFoundError:
        return 0
    return found
