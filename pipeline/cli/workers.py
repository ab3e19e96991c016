"""Who does the work of a command: ``--jobs``, ``--executor``, ``--scheduler`` and ``--store``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

from pipeline import build
from pipeline.build import Workforce


@contextmanager
def workforce(arguments: argparse.Namespace) -> Iterator[Workforce]:
    """The workers that the options ask for: by default a process for each processor of this machine."""
    with closing(_hired(arguments)) as workers:
        yield workers


def _hired(arguments: argparse.Namespace) -> Workforce:
    if getattr(arguments, "executor", "local") == "dask":
        return build.cluster(arguments.scheduler, arguments.store or "")
    return build.local(arguments.jobs or len(os.sched_getaffinity(0)))
