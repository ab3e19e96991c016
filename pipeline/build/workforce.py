"""Who does the jobs: this process, a pool of processes, or any executor with the interface of concurrent.futures.

Jobs are handed out a few at a time, so however many there are, few are held. A job whose worker is lost is done once
more, by itself, so that one job that kills its worker takes no other along; then it is given up, and said so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias, TypeVar

from pipeline import processes
from pipeline.build.jobs import Done, Job
from pipeline.build.shelves import Folder, store_at
from pipeline.build.units import work
from pipeline.errors import HandrailError
from pipeline.model import Place

Item = TypeVar("Item")
Value = TypeVar("Value")

Result: TypeAlias = tuple[Done, ...] | str
"""What a job came to, or the reason why nobody could do it."""

_PRELOAD = ("pipeline.build.units", "pipeline.render.page", "pipeline.render.wordlist", "phonenumbers")
"""What every worker needs, imported once for all of them."""

_FEW = 4
"""Jobs that one process has done before a pool has started."""

_TERM = 400
"""Jobs that a worker of this machine does before a new one takes its place: a process remembers texts that come again,
and what it holds would grow with the site."""

_AHEAD = 3
"""Jobs in hand for each worker: enough to keep it busy while results are noted."""


@dataclass(frozen=True, slots=True)
class Here:
    """This process, one job after another."""

    size: int = 1
    shelf: str = ""

    def offer(self, root: Path, files: Iterable[tuple[str, str]]) -> None:
        """It reads the project's folder by itself."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Result]]:
        """Each job with its result."""
        for job in jobs:
            yield job, work(job)

    def close(self) -> None:
        """Nothing is open."""


@dataclass(slots=True)
class Team:
    """Workers behind an executor."""

    size: int
    hire: Callable[[int], Executor]
    """Makes an executor of so many workers; called again after one broke."""

    losses: tuple[type[BaseException], ...] = (BrokenExecutor,)
    """What a future raises whose worker was lost."""

    shelf: str = ""
    """Address of the store through which workers get files and leave pages; empty: they see the project's folder."""

    least: int = 1
    """Fewer jobs than this are done by this process: the others would take longer to start."""

    term: int = 0
    """Jobs for each worker after which others are hired in their place; 0: they stay."""

    end: Callable[[], object] = tuple
    """Called when no more workers will be hired."""

    executor: Executor | None = None
    busy: dict[Future[tuple[Done, ...]], Job] = field(default_factory=dict)
    given: int = 0
    """Jobs that these workers were given."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Result]]:
        """Each job with its result, in the order in which they are done."""
        waiting = iter(jobs)
        first = list(islice(waiting, self.least))
        if len(first) < self.least:
            yield from Here().run(first)
            return
        waiting = chain(first, waiting)
        while True:
            lost = self.fill(waiting)
            if not self.busy and not lost:
                if not self.is_over():
                    return
                self.dismiss()
                continue
            if not lost:
                yield from self.finished(wait(self.busy, return_when=FIRST_COMPLETED).done, lost)
            if lost:
                yield from self.finished(wait(self.busy).done, lost)  # no executor lets a future hang
                self.dismiss()
                yield from self.again(lost)

    def fill(self, waiting: Iterator[Job]) -> list[Job]:
        """Hand out jobs until every worker has enough; returns a job that nobody could take."""
        while len(self.busy) < _AHEAD * self.size and not self.is_over():
            job = next(waiting, None)
            if job is None:
                break
            self.offer(Path(job.common.root), _inputs(job))
            try:
                self.busy[self.hired().submit(work, job)] = job
                self.given += 1
            except self.losses:
                return [job]
        return []

    def is_over(self) -> bool:
        """Whether these workers have done enough."""
        return 0 < self.term * self.size <= self.given

    def finished(self, done: Iterable[Future[tuple[Done, ...]]], lost: list[Job]) -> Iterator[tuple[Job, Result]]:
        """Jobs that are done, with their results; those whose worker is gone are added to ``lost``."""
        for future in done:
            job = self.busy.pop(future)
            try:
                result = future.result()
            except self.losses:
                lost.append(job)
                continue
            self.fetch(job, result)
            yield job, result

    def again(self, lost: Iterable[Job]) -> Iterator[tuple[Job, Result]]:
        """Each of the jobs that were in hand when a worker was lost, once more and by itself."""
        for job in lost:
            alone = self.hire(1)
            try:
                result = alone.submit(work, job).result()
                self.fetch(job, result)
                yield job, result
            except self.losses as error:
                yield job, f"its worker was lost twice ({type(error).__name__})"
            finally:
                alone.shutdown(wait=False)

    def offer(self, root: Path, files: Iterable[tuple[str, str]]) -> None:
        """Put files where the workers find them."""
        if self.shelf:
            store = store_at(self.shelf)
            for path, hash in files:
                store.offer(root, path, hash)

    def fetch(self, job: Job, results: Iterable[Done]) -> None:
        """Bring the pages of a job from the store to where they wait for their place."""
        if self.shelf:
            for one in results:
                for name, hash in one.left:
                    self.take(Path(job.common.root), name, hash)

    def take(self, root: Path, name: str, hash: str) -> None:
        """As :meth:`fetch`, for one file."""
        data = store_at(self.shelf).take(name)
        if hashlib.sha256(data).hexdigest() != hash:
            raise HandrailError(f"the store {self.shelf} has other bytes than a worker left there.", Place(name))
        Folder(root).put(name, data)

    def hired(self) -> Executor:
        """The executor, made when it is first needed."""
        if self.executor is None:
            self.executor = self.hire(self.size)
        return self.executor

    def close(self) -> None:
        """Let the workers go, for good."""
        self.dismiss()
        self.end()

    def dismiss(self) -> None:
        """Let the workers go; others can be hired."""
        if self.executor is not None:
            is_idle = not self.busy
            for future in self.busy:
                future.cancel()
            self.busy.clear()
            # Python 3.11 may stumble over a pool that ends while it ends itself, so that an idle one is waited for.
            self.executor.shutdown(wait=is_idle)
            self.executor = None
            self.given = 0


def _inputs(job: Job) -> Iterator[tuple[str, str]]:
    yield job.path, job.hash
    for task in job.tasks:
        yield from task.shared
        yield from task.own


Workforce: TypeAlias = Here | Team


def local(size: int) -> Workforce:
    """So many processes of this machine; one is this process."""
    return Here() if size == 1 else Team(size, _pool, least=_FEW, term=_TERM)


def _pool(size: int) -> Executor:
    return processes.pool(size, _PRELOAD)
