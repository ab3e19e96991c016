"""How a build grows: cold, with nothing to do, after one edit, with more workers, and its memory.

    python benchmarks/scaling.py --sizes 100 1000 10000 [--rounds 3] [--jobs 2]
    python benchmarks/scaling.py --sizes 1000 100000 --shape small --rounds 1 --workers-only

Every run is a process of its own, ``handrail build``, on a project that ``projects.py`` makes. Seconds are those of a
clock and those of the processor, workers included. Memory is what all processes of a build hold at a time, and what
the largest of them does. Both are looked at every tenth of a second. ``--workers-only`` leaves out the cold builds by
one process, which at 100,000 articles take the better part of an hour. Prints a table in Markdown, and how a page's
time and the memory grew from the first size to the last.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import projects

EDITED = "source/articles/article-000003.md"
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_LOCALES = {"whole": 2, "small": 1}


@dataclass
class Run:
    """What one build took."""

    wall: float = 0.0
    cpu: float = 0.0
    largest: float = 0.0
    """Megabytes of the largest process."""

    whole: float = 0.0
    """Megabytes of all processes together."""

    spent: dict[int, float] = field(default_factory=dict)
    """Processor seconds of each process, when it was last seen."""

    done: threading.Event = field(default_factory=threading.Event)


def build(folder: Path, jobs: int) -> Run:
    """Build a project; fails where the gate does not open."""
    run = Run()
    command = [sys.executable, "-m", "pipeline", "--project", str(folder), "build", "--jobs", str(jobs)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=projects.ROOT)
    watcher = threading.Thread(target=_watch, args=(run, process.pid))
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    run.wall = time.perf_counter() - start
    run.done.set()
    watcher.join()
    others = sum(spent for pid, spent in run.spent.items() if pid != process.pid)
    run.cpu = usage.ru_utime + usage.ru_stime + others
    if process.returncode not in (0, 1):
        raise SystemExit(f"the build of {folder} ended with {process.returncode}")
    return run


def _watch(run: Run, pid: int) -> None:
    while not run.done.wait(0.1):
        family = list(_family(pid))
        run.spent.update((one, spent) for one in family if (spent := _processor(one)))
        held = [size for one in family if (size := _resident(one))]
        run.largest, run.whole = max([run.largest, *held]), max(run.whole, sum(held))


def _family(pid: int) -> Iterator[int]:
    """A process and those that it started, and so on."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it has ended
        return
    for child in children:
        yield from _family(int(child))


def _processor(pid: int) -> float:
    """Seconds that a process has used of a processor."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:  # it has ended
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _resident(pid: int) -> float:
    """Megabytes that a process holds; what it shares with others is among them."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:  # it has ended
        return 0.0
    return int(fields[1]) * _PAGE / 2**20


def edit(folder: Path, number: int) -> None:
    """Change one paragraph of one article."""
    file = folder / EDITED
    front, _, body = file.read_text(encoding="utf-8").partition("\n---\n\n")
    lines = body.split("\n")
    at = next(at for at, line in enumerate(lines) if line[:1].isalpha())
    lines[at] = lines[at].replace(" ", f" really{number} ", 1)
    file.write_text("\n---\n\n".join((front, "\n".join(lines))), encoding="utf-8")


@dataclass(frozen=True)
class Asked:
    """What is measured at each size."""

    rounds: int
    jobs: int
    shape: str
    workers_only: bool


@dataclass(frozen=True)
class Size:
    """What was measured at one size."""

    articles: int
    pages: int
    cold: list[Run]
    """By one process; none where only workers were asked for."""

    many: list[Run]
    nothing: list[Run]
    edited: list[Run]
    output: float
    """Bytes a page."""

    ledger: float

    def page(self) -> float:
        """Processor milliseconds that a page takes in a cold build."""
        return 1000 * _median(one.cpu for one in self.cold or self.many) / self.pages

    def largest(self) -> float:
        """Megabytes of the largest process of a cold build."""
        return max(one.largest for one in (*self.cold, *self.many))

    def row(self) -> tuple[str, ...]:
        """The row of the table."""
        pairs = list(zip(self.cold, self.many, strict=True)) if self.cold else []
        return (
            f"{self.articles:,}",
            f"{self.pages:,}",
            f"{_median(one.cpu for one in self.cold or self.many):.1f}",
            f"{self.page():.1f}",
            f"{_median(one.wall for one in self.cold):.1f}" if self.cold else "",
            f"{_median(one.wall for one in self.many):.1f}",
            f"{_median(a.wall / b.wall for a, b in pairs):.2f}" if pairs else "",
            f"{_median(one.cpu for one in self.nothing):.2f}",
            f"{_median(one.cpu for one in self.edited):.2f}",
            f"{self.largest():.0f}",
            f"{max(one.whole for one in self.many):.0f}",
            f"{self.output / 1000:.1f}",
            f"{self.ledger / 1000:.1f}",
        )


def measure(articles: int, asked: Asked) -> Size:
    """Build a project of a size in every way."""
    with tempfile.TemporaryDirectory() as name:
        folder = projects.make(Path(name) / "project", articles, shape=asked.shape)
        cold: list[Run] = []
        many: list[Run] = []
        for _ in range(asked.rounds):
            for runs, workers in ((many, asked.jobs), (cold, 1)):
                if runs is cold and asked.workers_only:
                    continue
                for made in ("build", ".handrail"):
                    shutil.rmtree(folder / made, ignore_errors=True)
                runs.append(build(folder, workers))
        build(folder, 1)
        nothing = [build(folder, 1) for _ in range(asked.rounds)]
        edited = []
        for number in range(asked.rounds):
            edit(folder, number)
            edited.append(build(folder, 1))
        size = sum(file.stat().st_size for file in (folder / "build" / "site").rglob("*") if file.is_file())
        ledger = (folder / ".handrail" / "build.sqlite").stat().st_size
    pages = _LOCALES[asked.shape] * articles
    return Size(articles, pages, cold, many, nothing, edited, size / pages, ledger / pages)


def growth(first: Size, last: Size) -> str:
    """How a page's time and the memory grew, in a sentence."""
    return (
        f"From {first.articles:,} to {last.articles:,} articles a page's time is {last.page() / first.page():.2f} times"
        f" what it was, and the largest process {last.largest() / first.largest():.2f} times"
        f" ({first.largest():.0f} and {last.largest():.0f} MB)."
    )


def _median(values: Iterator[float]) -> float:
    return statistics.median(values)


def table(rows: Sequence[tuple[str, ...]], jobs: int) -> str:
    """The rows as Markdown."""
    heads = (
        "articles",
        "pages",
        "cold, CPU s",
        "CPU ms a page",
        "cold, s",
        f"{jobs} workers, s",
        "times faster",
        "nothing to do, CPU s",
        "one edit, CPU s",
        "largest process, MB",
        f"all, {jobs} workers, MB",
        "output, kB a page",
        "ledger, kB a page",
    )
    lines = [heads, tuple("---:" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="How a build grows.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--shape", choices=projects.SHAPES, default=projects.SHAPES[0])
    parser.add_argument("--workers-only", action="store_true", help="no cold builds by one process")
    arguments = parser.parse_args()
    asked = Asked(arguments.rounds, arguments.jobs, arguments.shape, arguments.workers_only)
    sizes = []
    for articles in arguments.sizes:
        sizes.append(measure(articles, asked))
        print(table([size.row() for size in sizes], arguments.jobs), flush=True)
    if len(sizes) > 1:
        print(f"\n{growth(sizes[0], sizes[-1])}")


if __name__ == "__main__":
    main()
