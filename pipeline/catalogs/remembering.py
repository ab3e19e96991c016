"""The memory of a project by itself: what it holds, and its exchange with other tools."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import engines, exchange, prefill
from pipeline.catalogs.suggesting import engines_run
from pipeline.catalogs.walking import known
from pipeline.engines.memory import IMPORTED, Entry, Memory, Shelf, open_memory
from pipeline.errors import ExchangeError
from pipeline.exchange import Pair
from pipeline.model import Key, Locale, Place
from pipeline.project import Project, Target

__all__ = ["Taken", "export", "learned", "memory_of", "take"]


@dataclass
class Taken:
    """What became of a file for one locale."""

    locale: str
    pairs: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """Reasons, and how many pairs."""


def memory_of(one: Project, environment: Mapping[str, str]) -> Memory:
    """The memory that the settings name; EngineError where it cannot be reached."""
    run = engines_run(one, environment)
    return open_memory(engines.address_of(run), run.folder, run.owner)


def learned(one: Project, memory: Memory, targets: Sequence[Target]) -> Memory:
    """The same memory, up to date with the catalogs of some locales."""
    for target in targets:
        memory.learn(known(one, target.locale), one.settings.source)
    return memory


def export(one: Project, memory: Memory, targets: Sequence[Target], folder: Path) -> Iterator[tuple[Path, int]]:
    """Write ``<tag>.tmx`` for each locale that the memory has texts for; yields the paths and the numbers of units."""
    for target in targets:
        entries = memory.store.entries(one.settings.source, target.locale)
        pairs = (Pair(entry.source, entry.target, entry.context, entry.article) for entry in entries)
        path = folder / f"{target.locale.tag}.tmx"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            new = path.with_suffix(".new")
            with new.open("wb") as file:
                many = exchange.write_pairs(file, pairs, one.settings.source.tag, target.locale.tag)
            if many:
                new.replace(path)
            else:
                new.unlink()
        except OSError as error:
            raise ExchangeError(f"It cannot be written: {error.strerror}.", Place(str(path))) from error
        if many:
            yield path, many


def take(one: Project, memory: Memory, targets: Sequence[Target], file: Path) -> Iterator[Taken]:
    """Put a TMX file into the memory, in place of what the file of that name brought before.

    Whoever imports a file stands for its texts as if they had been accepted here; they are offered as suggestions
    all the same. Raises ExchangeError where the file cannot be read.
    """
    try:
        with file.open("rb") as opened:
            mark = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ExchangeError(f"It cannot be read: {error.strerror}.", Place(str(file))) from error
    for target in targets:
        taken = Taken(target.locale.tag)
        shelf = Shelf(IMPORTED, file.stem, one.settings.source.tag, target.locale.tag)
        if not memory.store.put(shelf, _entries(file, one.settings.source, target.locale, taken), mark):
            held = (one.entries for one in memory.store.holdings() if one.shelf == shelf)
            taken.pairs = next(held, 0)
        yield taken


def _entries(file: Path, source: Locale, target: Locale, taken: Taken) -> Iterator[Entry]:
    with file.open("rb") as opened:
        for pair in exchange.read_pairs(opened, str(file), source.tag, target.tag):
            if reason := prefill.markup_objection(Key(pair.source), pair.target):
                taken.refused[reason] += 1
                continue
            taken.pairs += 1
            yield Entry(pair.source, pair.target, pair.context, pair.article or file.stem)
