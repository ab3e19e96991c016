"""How a build grows: cold, with nothing to do, after one edit, with more workers, and its memory.

    python benchmarks/scaling.py --sizes 100 1000 10000 [--rounds 3] [--jobs 2]

Every run is a process of its own, ``handrail build``, on a project that ``projects.py`` makes. Seconds are those of a
clock and, for runs with one worker, those of the processor. Memory is what all processes of a build hold at a time, and
what the largest of them does, looked at every tenth of a second. Prints a table in Markdown.
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


@dataclass
class Run:
    """What one build took."""

    wall: float = 0.0
    cpu: float = 0.0
    largest: float = 0.0
    """Megabytes of the largest process."""

    whole: float = 0.0
    """Megabytes of all processes together."""

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
    run.wall, run.cpu = time.perf_counter() - start, usage.ru_utime + usage.ru_stime
    run.done.set()
    watcher.join()
    if process.returncode not in (0, 1):
        raise SystemExit(f"the build of {folder} ended with {process.returncode}")
    return run


def _watch(run: Run, pid: int) -> None:
    while not run.done.wait(0.1):
        held = [size for one in _family(pid) if (size := _resident(one))]
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
    text = file.read_text(encoding="utf-8")
    head, _, rest = text.partition("\n\n## ")
    words = rest.split(" ")
    words.insert(8, f"really{number}")
    file.write_text(f"{head}\n\n## {' '.join(words)}", encoding="utf-8")


def measure(articles: int, rounds: int, jobs: int) -> tuple[str, ...]:
    """One row of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = projects.make(Path(name) / "project", articles)
        cold, many = [], []
        for _ in range(rounds):
            for runs, workers in ((many, jobs), (cold, 1)):
                for made in ("build", ".handrail"):
                    shutil.rmtree(folder / made, ignore_errors=True)
                runs.append(build(folder, workers))
        build(folder, 1)
        nothing = [build(folder, 1) for _ in range(rounds)]
        edited = []
        for number in range(rounds):
            edit(folder, number)
            edited.append(build(folder, 1))
        size = sum(file.stat().st_size for file in (folder / "build" / "site").rglob("*") if file.is_file())
        ledger = (folder / ".handrail" / "build.sqlite").stat().st_size
    pages = 2 * articles
    return (
        f"{articles:,}",
        f"{pages:,}",
        f"{_median(one.cpu for one in cold):.1f}",
        f"{1000 * _median(one.cpu for one in cold) / pages:.1f}",
        f"{_median(one.wall for one in cold):.1f}",
        f"{_median(one.wall for one in many):.1f}",
        f"{_median(a.wall / b.wall for a, b in zip(cold, many, strict=True)):.2f}",
        f"{_median(one.cpu for one in nothing):.2f}",
        f"{_median(one.cpu for one in edited):.2f}",
        f"{max(one.largest for one in cold):.0f}",
        f"{max(one.whole for one in many):.0f}",
        f"{size / pages / 1000:.1f}",
        f"{ledger / pages / 1000:.1f}",
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
    arguments = parser.parse_args()
    rows = []
    for size in arguments.sizes:
        rows.append(measure(size, arguments.rounds, arguments.jobs))
        print(table(rows, arguments.jobs), flush=True)


if __name__ == "__main__":
    main()
