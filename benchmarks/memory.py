"""The memory: how fast it learns and answers as it grows, and what its index misses.

    python benchmarks/memory.py SENTENCES [--sizes 10000 100000 1000000] [--queries 200] [--stores words grams server]

SENTENCES is a text file with a source sentence on each line, or TICO-19's TSV (the second column counts). Where
there are fewer than the size, more are made from them by a seeded generator, which exchanges words. A query is a
sentence of the memory with one word exchanged. What a search over all sentences with rapidfuzz finds is what an
index should find (looked for with a tenth of the queries). ``words`` and ``grams`` are SQLite files, ``server`` is a
PostgreSQL that is started for it (apt-get install postgresql). Times are processor seconds, but for the server,
which works in other processes; it ends with the benchmark, however that ends. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))  # the server for tests

import postgresql
from pipeline import locales
from pipeline.engines.memory import Entry, Shelf, Store
from pipeline.engines.memory.near import NEAR
from pipeline.engines.memory.postgres import Server
from pipeline.engines.memory.sqlite import File
from pipeline.model import Key, Locale

SEED = 20261126
STORES = ("words", "grams", "server")
ENGLISH, FRENCH = locales.locale("en-US"), locales.locale("fr-FR")
LETTERS = locales.locale("th-TH")
"""A locale without spaces between words: what is said to be Thai is indexed by every three characters."""


@dataclass(frozen=True)
class Row:
    """What one store did at one size."""

    store: str
    size: int
    learned: float
    bytes: int
    exact: float
    near: Sequence[float]
    found: int
    looked_for: int


def sentences(path: Path, size: int, dice: random.Random) -> list[str]:
    """So many different sentences."""
    lines = path.read_text(encoding="utf-8").splitlines()
    real = [line.split("\t")[1] if "\t" in line else line for line in lines]
    real = [line for line in dict.fromkeys(real) if 20 < len(line) < 400]
    words = [word for line in real for word in line.split() if word.isalpha()]
    made = dict.fromkeys(real[:size])
    while len(made) < size:
        line = dice.choice(real).split()
        for place in dice.sample(range(len(line)), min(len(line), dice.randint(2, 6))):
            line[place] = dice.choice(words)
        made[" ".join(line)] = None
    return list(made)


def edited(text: str, dice: random.Random) -> str:
    """The sentence with one word exchanged."""
    words = text.split()
    words[dice.randrange(len(words))] = dice.choice(("perhaps", "neighbour", "evening", "quickly"))
    return " ".join(words)


@contextmanager
def opened(name: str, folder: Path) -> Iterator[tuple[Store, Locale]]:
    """A store, and the locale to use it with."""
    if name == "server":
        with postgresql.server("shared_buffers=512MB", "maintenance_work_mem=512MB") as address:
            store = Server(address)
            yield store, ENGLISH
            store.close()
    else:
        yield File(folder / f"{name}.sqlite"), ENGLISH if name == "words" else LETTERS


def size_of(store: Store) -> int:
    """Bytes on the disk."""
    if isinstance(store, File):
        return store.path.stat().st_size
    assert isinstance(store, Server)
    with store._open() as database:
        row = database.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row is not None
    return int(str(row[0]))


def measure(name: str, texts: Sequence[str], queries: Sequence[str], best: dict[str, float]) -> Row:
    """One store with these sentences."""
    with tempfile.TemporaryDirectory() as folder, opened(name, Path(folder)) as (store, source):
        clock = time.perf_counter if name == "server" else time.process_time
        shelf = Shelf("benchmark", "x", source.tag, FRENCH.tag)
        begun = clock()
        store.put(shelf, (Entry(text, text.upper(), "", "x") for text in texts), "1")
        learned = clock() - begun
        keys = [Key(text) for text in random.Random(SEED).sample(list(texts), min(1000, len(texts)))]
        begun = clock()
        assert all(store.exact(keys, source, FRENCH))
        exact = (clock() - begun) / len(keys)
        times, found = [], 0
        for query in queries:
            begun = clock()
            scores = [fuzz.ratio(query, entry.source) for entry in store.alike(query, source, FRENCH, NEAR)]
            times.append(clock() - begun)
            found += query in best and max(scores, default=0.0) >= best[query] - 1e-9
        return Row(name, len(texts), learned, size_of(store), exact, times, found, len(best))


def table(path: Path, sizes: Sequence[int], queries: int, stores: Sequence[str]) -> None:
    """A row for each store at each size, asked so many queries."""
    print("| store | sources | learned, s | MB | exact, µs | near, ms (median) | near, ms (95 %) | best match found |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    for size in sizes:
        dice = random.Random(SEED)
        texts = sentences(path, size, dice)
        asked = [edited(dice.choice(texts), dice) for _ in range(queries)]
        best = {}
        for query in asked[: max(1, len(asked) // 10)]:
            found = process.extractOne(query, texts, scorer=fuzz.ratio, score_cutoff=NEAR)
            if found:
                best[query] = found[1]
        for name in stores:
            row = measure(name, texts, asked, best)
            near = [1000 * one for one in row.near]
            print(
                f"| {row.store} | {row.size:,} | {row.learned:.1f} | {row.bytes / 1e6:.0f} | {row.exact * 1e6:.0f} "
                f"| {statistics.median(near):.1f} | {statistics.quantiles(near, n=20)[-1]:.1f} "
                f"| {row.found} of {row.looked_for} |",
                flush=True,
            )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--stores", nargs="+", choices=STORES, default=STORES)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that files and the server's folder are cleared away
    table(arguments.sentences, arguments.sizes, arguments.queries, arguments.stores)


if __name__ == "__main__":
    main()
