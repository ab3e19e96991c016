"""``handrail roundtrip``: whether files of any kind come through without a loss; needs no project."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from pipeline import project, readers
from pipeline import roundtrip as tripping
from pipeline.cli import CLOSED, OPEN, one_line
from pipeline.errors import HandrailError, UsageError
from pipeline.model import Place

_ALONE = 8
"""So few files are done before a second process has started."""

_BATCH = 8
"""Files that a process takes at a time."""

_TICK = 0.1
"""Seconds between two signs of progress."""


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of one file, in a form that goes from process to process."""

    path: str
    segments: int
    losses: tuple[tuple[int, str], ...]
    """Line, or 0, and sentence."""


def roundtrip(arguments: argparse.Namespace) -> int:
    """Report the losses of every file; 1 where there is any."""
    files = list(dict.fromkeys(_files(arguments.path)))
    if not files:
        names = ", ".join(str(path) for path in arguments.path)
        raise UsageError(f"there is nothing to check: no {', '.join(readers.FORMATS)} file in {names}.")
    coming = _shown_progress(_results(files), len(files))
    if arguments.format == "json":
        results = list(coming)
        sys.stdout.write(_json(results))
    else:
        results = [_print(result) for result in coming]
        _sum_up(results)
    return CLOSED if any(result.losses for result in results) else OPEN


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that were named, and those that a reader knows in the folders that were."""
    for path in paths:
        if path.is_dir():
            for folder, below, names in os.walk(path):
                below[:] = sorted(name for name in below if not name.startswith("."))
                yield from (Path(folder, name) for name in sorted(names) if _is_known(Path(name)))
        elif not path.exists():
            raise UsageError("this file is missing.", Place(path.as_posix()))
        elif not _is_known(path):
            raise UsageError(f"no reader for this file; use {', '.join(readers.FORMATS)}.", Place(path.as_posix()))
        else:
            yield path


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in readers.FORMATS


def _results(files: Sequence[Path]) -> Iterator[_Result]:
    """One result a file, in order, from as many processes as there are processors."""
    workers = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 61)
    if len(files) <= _ALONE or workers == 1:
        yield from map(_result, files)
        return
    with ProcessPoolExecutor(workers) as pool:
        try:
            yield from pool.map(_result, files, chunksize=_BATCH)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _result(file: Path) -> _Result:
    """What became of a file; a file that cannot be read is lost altogether."""
    path = file.as_posix()
    try:
        trip = tripping.check(project.read(Path(), path), path)
    except HandrailError as error:
        return _Result(path, 0, ((error.place.line if error.place else 0, error.message),))
    except Exception as error:
        return _Result(path, 0, ((0, f"internal error: {error!r}; please report it with the file."),))
    return _Result(path, trip.segments, tuple((loss.place.line, loss.what) for loss in trip.losses))


def _shown_progress(results: Iterable[_Result], total: int) -> Iterator[_Result]:
    """The results as they come, counted on a terminal; the count is gone while a result is printed."""
    shows, last = sys.stderr.isatty(), 0.0
    for number, result in enumerate(results, start=1):
        if shows and last:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
        yield result
        if shows and monotonic() - last > _TICK and number < total:
            print(f"{number}/{total} files", end="", file=sys.stderr, flush=True)
            last = monotonic()


def _print(result: _Result) -> _Result:
    """A line for each loss of a file, or one that says that it is whole."""
    lines = [f"{result.path}:{line}: {text}" if line else f"{result.path}: {text}" for line, text in result.losses]
    for line in lines or [f"{result.path}: whole, {result.segments} segments"]:
        print(one_line(line))
    sys.stdout.flush()
    return result


def _sum_up(results: Sequence[_Result]) -> None:
    lossy = sum(1 for result in results if result.losses)
    segments = sum(result.segments for result in results)
    account = f"{lossy} with losses" if lossy else "nothing is lost"
    print(f"\n{len(results)} {'file' if len(results) == 1 else 'files'}, {segments} segments: {account}")


def _json(results: Sequence[_Result]) -> str:
    files = [
        {
            "path": result.path,
            "segments": result.segments,
            "losses": [{"line": line, "what": text} for line, text in result.losses],
        }
        for result in results
    ]
    return json.dumps({"files": files}, ensure_ascii=False, indent=2) + "\n"
