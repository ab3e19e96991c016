"""Whole processes, timed from outside: wall and processor seconds, and the peak of memory.

As a program it runs one command and prints what that took, so that the command starts from a small process: a child
begins with the memory of its parent in its peak. Processes that the command started and left behind, as a pool does,
are waited for, so that their work counts.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): what a child leaves behind becomes a child of this process."""

SLOW = 20.0
"""Seconds; what takes longer is run once."""


@dataclass(frozen=True)
class Command:
    """A program's part of a piece of work: commands that run one after the other."""

    tool: str
    lines: tuple[tuple[str, ...], ...]
    folder: Path
    reset: tuple[Path, ...] = ()
    """What is removed before each run, outside the time."""

    codes: frozenset[int] = frozenset({0})
    """The exit codes that mean that the work was done; checkers say with theirs what they found."""


@dataclass(frozen=True)
class Run:
    """What a piece of work took."""

    wall: float
    cpu: float
    peak: float
    """Megabytes, of its largest process."""


@dataclass(frozen=True)
class Median:
    """The medians of some runs."""

    wall: float
    cpu: float
    peak: float
    runs: int


def run(command: Command) -> Run:
    """Run it once; RuntimeError where it fails. What it prints is thrown away."""
    for path in command.reset:
        subprocess.run(["rm", "-rf", str(path)], check=True)
    runs = []
    for line in command.lines:
        measured = subprocess.run([sys.executable, "-IS", __file__, *line], cwd=command.folder, capture_output=True)
        code, *figures = json.loads(measured.stdout)
        if code not in command.codes:
            raise RuntimeError(f"{' '.join(line)[:200]} ended with {code}: {measured.stderr.decode()[-400:]}")
        runs.append(Run(*figures))
    return Run(sum(one.wall for one in runs), sum(one.cpu for one in runs), max(one.peak for one in runs))


def in_turn(commands: Sequence[Command], rounds: int) -> Iterator[tuple[Command, Median]]:
    """The medians of each command, run in turn, so that a machine that slows down slows all of them."""
    runs: dict[str, list[Run]] = {command.tool: [] for command in commands}
    for number in range(rounds):
        for command in commands:
            done = runs[command.tool]
            if number == 0 or done[0].wall < SLOW:
                done.append(run(command))
    for command in commands:
        done = runs[command.tool]
        wall, cpu, peak = (statistics.median(getattr(one, name) for one in done) for name in ("wall", "cpu", "peak"))
        yield command, Median(wall, cpu, peak, len(done))


def main(line: Sequence[str]) -> None:
    """Run one command and print its exit code, wall seconds, processor seconds, and peak in megabytes."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    start = time.monotonic()
    child = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss
    for left in _left():
        cpu, peak = cpu + left.ru_utime + left.ru_stime, max(peak, left.ru_maxrss)
    print(json.dumps([child.returncode, wall, cpu, peak / 1024]))


def _left() -> Iterator[resource.struct_rusage]:
    """What processes used that the command left behind."""
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return


if __name__ == "__main__":
    main(sys.argv[1:])
