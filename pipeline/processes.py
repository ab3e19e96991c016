"""Processes of this machine that share work.

A piece of work whose process is lost is done once more, by itself, so that one that kills its process takes no other
along; one that is lost again comes to the error.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import forkserver, resource_tracker
from typing import Generic, TypeVar

Label = TypeVar("Label")
Item = TypeVar("Item")
Value = TypeVar("Value")

_AHEAD = 4
"""Pieces of work in hand for each process."""

_WINDOW = 1_000
"""Items that are held while the first of them is worked on."""


_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
"""A clean server that forks: no threads or open files of this process come along, and imports are made once."""


def prepare(preload: Sequence[str]) -> None:
    """Let the server of a :func:`pool` that will be needed import its modules while this process goes on."""
    if _METHOD == "forkserver":
        multiprocessing.get_context(_METHOD).set_forkserver_preload([*preload])
        with _safe_path(), _deaf_to_interrupts():
            forkserver.ensure_running()


def pool(size: int, preload: Sequence[str]) -> Executor:
    """So many processes, which have imported some modules before they begin."""
    prepare(preload)
    context = multiprocessing.get_context(_METHOD)
    return ProcessPoolExecutor(size, mp_context=context, initializer=_obey_the_parent_only)


def forked(size: int, preload: Sequence[str]) -> Executor:
    """As :func:`pool`, but copies of this process, which begin in half the time.

    For a process that has nothing open, since its copies would have it, too. One that has threads has a clean server
    fork: a lock that another thread holds would never be free in a copy.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return pool(size, preload)
    for module in preload:
        importlib.import_module(module)
    return ProcessPoolExecutor(size, mp_context=multiprocessing.get_context("fork"), initializer=_begin_anew)


def alone(function: Callable[[Item], Value], item: Item, preload: Sequence[str]) -> Value | BrokenExecutor:
    """The function's value, worked out by a process of its own."""
    with pool(1, preload) as executor:
        try:
            return executor.submit(function, item).result()
        except BrokenExecutor as error:
            return error


@dataclass(frozen=True, slots=True)
class Work(Generic[Item, Value]):
    """What is done for some items, and for how many at least processes are worth their start."""

    function: Callable[[Item], Value]
    preload: tuple[str, ...]
    least: int
    hire: Callable[[int, Sequence[str]], Executor] = pool
    together: int = 1
    """So many items go to a process at once: handing one over takes a third of a millisecond."""

    def in_order(
        self, items: Iterable[tuple[Label, Item | None]], size: int
    ) -> Iterator[tuple[Label, Value | BrokenExecutor | None]]:
        """Each label with the function's value of its item, in their order, worked out by so many processes.

        Where there is no item, there is no value. However many items there are, few are held.
        """
        crew: _Crew[Label, Item, Value] = _Crew(self, size)
        try:
            for label, item in items:
                crew.take(label, item)
                while crew.is_ready():
                    yield crew.first()
            crew.hand_over()
            while crew.waiting:
                yield crew.first()
        finally:
            crew.dismiss()


def shared_out(
    function: Callable[[Item], Value], items: Sequence[Item], size: int, preload: tuple[str, ...]
) -> Iterator[Value | BrokenExecutor]:
    """The function's value of each item, in their order, worked out by so many copies of this process.

    An item whose worker is lost is done once more, by itself; one whose worker is lost again comes to the error.
    """
    work = Work(function, preload, least=1, hire=forked)
    for _, value in work.in_order(((None, item) for item in items), min(size, len(items))):
        if value is not None:
            yield value


@dataclass(slots=True)
class _Task(Generic[Label, Item, Value]):
    """One item, if there is any, and where its value will be: in this place of what a process gives back."""

    label: Label
    item: Item | None
    future: Future[list[Value]] | None = None
    place: int = 0


@dataclass(slots=True)
class _Crew(Generic[Label, Item, Value]):
    """Processes that are hired once there is enough to do, and what they have in hand."""

    work: Work[Item, Value]
    size: int
    waiting: deque[_Task[Label, Item, Value]] = field(default_factory=deque)
    gathered: list[_Task[Label, Item, Value]] = field(default_factory=list)
    """Those of them that no process has yet."""

    busy: int = 0
    """So many of those that wait have items."""

    executor: Executor | None = None

    def take(self, label: Label, item: Item | None) -> None:
        """One more."""
        task: _Task[Label, Item, Value] = _Task(label, item)
        self.waiting.append(task)
        if item is None:
            return
        self.gathered.append(task)
        self.busy += 1
        if not self.executor and self.size > 1 and self.busy >= self.work.least:
            self.executor = self.work.hire(self.size, self.work.preload)
        if self.executor and len(self.gathered) >= self.work.together:
            self.hand_over()

    def hand_over(self) -> None:
        """Give what was gathered to processes, to new ones where the others are lost."""
        while self.executor and self.gathered:
            tasks, self.gathered = self.gathered[: self.work.together], self.gathered[self.work.together :]
            items = [task.item for task in tasks if task.item is not None]
            try:
                future = self.executor.submit(_each, self.work.function, items)
            except BrokenExecutor:
                self.executor = self.work.hire(self.size, self.work.preload)
                future = self.executor.submit(_each, self.work.function, items)
            for place, task in enumerate(tasks):
                task.future, task.place = future, place

    def is_ready(self) -> bool:
        """Whether the first value is there, or so much waits that it has to be waited for."""
        if not self.waiting:
            return False
        first = self.waiting[0]
        is_there = first.item is None or (first.future is not None and first.future.done())
        is_full = len(self.waiting) >= _WINDOW or (
            self.executor is not None and self.busy > _AHEAD * self.size * self.work.together
        )
        return is_there or is_full or self.size == 1

    def first(self) -> tuple[Label, Value | BrokenExecutor | None]:
        """The first value."""
        task = self.waiting.popleft()
        if task.item is None:
            return task.label, None
        self.busy -= 1
        if task.future is None:
            self.hand_over()
        if task.future is None:
            self.gathered.pop(0)
            return task.label, self.work.function(task.item)
        try:
            return task.label, task.future.result()[task.place]
        except BrokenExecutor:
            return task.label, alone(self.work.function, task.item, self.work.preload)

    def dismiss(self) -> None:
        """Let the processes go."""
        if self.executor is not None:
            self.executor.shutdown(cancel_futures=True)


def _each(function: Callable[[Item], Value], items: Sequence[Item]) -> list[Value]:
    """What a process does at a time."""
    return [function(item) for item in items]


@contextmanager
def _safe_path() -> Iterator[None]:
    """The server looks for what it imports first in the current folder, whose ``pipeline`` is somebody else's."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """The server ignores Ctrl-C when it has imported everything; before, it would say where it was interrupted.

    What is started here inherits that it does not hear of it; this process does, a moment later.
    """
    resource_tracker.ensure_running()  # which hears again of what it was deaf to, so that it comes first
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _obey_the_parent_only() -> None:
    """Ctrl-C reaches every process of a terminal; the parent ends the others, in that it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """A parent that is killed says nothing, and the queue of a pool waits for its next word for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _begin_anew() -> None:
    """As a process that makes values without cycles until it ends, and searches for none."""
    _obey_the_parent_only()
    gc.disable()
