"""Remember what a machine answered, so that an interrupted run pays for nothing twice.

One file for each locale, one JSON object a line, written as soon as the answer is there, and put in order when a run
ends. The folder may be kept in the repository: then continuous integration needs no network and repeats itself
exactly.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import BinaryIO, Protocol

from pipeline.engines.masking import VERSION
from pipeline.errors import EngineError
from pipeline.model import Key, Locale, Refusal, Suggestion
from pipeline.prefill import Answer, Engine, objection

__all__ = ["Cache", "Machine"]

_FIELDS = ("engine", "masking", "source_locale", "variant", "source", "target", "origin")
"""Of one line; all but the last two are the question."""

_Question = tuple[str, ...]


class Machine(Engine, Protocol):
    """An engine whose answers cost something."""

    batch: int
    """Texts that it is asked for at once."""

    def variant(self, key: Key, source: Locale) -> str:
        """Whatever its answer depends on beside engine, text and languages."""


class Cache:
    """A machine, wrapped into ``engine``, that is asked for each text once.

    Only answers that a catalog could take are remembered: refusals and errors are asked again next time. ``jobs``
    batches are asked for at a time. ``answered`` is told how many texts have just been dealt with.
    """

    machine = True

    def __init__(
        self, engine: Engine, asked: Machine, folder: Path, jobs: int = 1, answered: Callable[[int], None] | None = None
    ) -> None:
        self.engine = engine
        self.name = engine.name
        self.folder = folder
        self._asked = asked
        self._jobs = jobs
        self._answered = answered or (lambda _: None)
        self._known: dict[str, dict[_Question, Suggestion]] = {}
        self._lock = threading.Lock()

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key. Raises EngineError if the cache cannot be read or written."""
        known = self._load(target)
        questions = [self._question(key, source) for key in keys]
        missing = {question: key for question, key in zip(questions, keys, strict=True) if question not in known}
        self._answered(len(keys) - len(missing))
        refused: dict[_Question, Refusal] = {}
        for batch, answers in self._ask(list(missing.items()), source, target):
            for (question, key), answer in zip(batch, answers, strict=True):
                if isinstance(answer, Suggestion) and (reason := objection(key, answer.text, target)):
                    answer = Refusal(reason)
                if isinstance(answer, Refusal):
                    refused[question] = answer
                else:
                    self._remember(question, answer, target)
            self._answered(len(batch))
        return [refused[question] if question in refused else known[question] for question in questions]

    def settle(self) -> None:
        """Put the files in order, so that they do not tell which answer came first; call it when a run ends."""
        for tag in self._known:
            path = self.folder / f"{tag}.jsonl"
            if not path.exists():
                continue
            known = dict(_entries(path))
            text = "".join(sorted(_line(question, known[question]) for question in known))
            if text != path.read_text(encoding="utf-8"):
                _replace(path, text)

    def _ask(
        self, missing: Sequence[tuple[_Question, Key]], source: Locale, target: Locale
    ) -> Iterator[tuple[Sequence[tuple[_Question, Key]], Sequence[Answer]]]:
        """Each batch with its answers, as they come."""
        size = self._asked.batch
        batches = [missing[start : start + size] for start in range(0, len(missing), size)]

        def ask(batch: Sequence[tuple[_Question, Key]]) -> tuple[Sequence[tuple[_Question, Key]], Sequence[Answer]]:
            return batch, self.engine.suggest([key for _, key in batch], source, target)

        if self._jobs == 1 or len(batches) < 2:
            yield from map(ask, batches)
            return
        with ThreadPool(min(self._jobs, len(batches))) as pool:  # its threads do not keep a program alive
            yield from pool.imap_unordered(ask, batches)

    def _question(self, key: Key, source: Locale) -> _Question:
        return (self.name, VERSION, source.tag, self._asked.variant(key, source), key.source)

    def _load(self, target: Locale) -> dict[_Question, Suggestion]:
        if target.tag not in self._known:
            self._known[target.tag] = dict(_entries(self.folder / f"{target.tag}.jsonl"))
        return self._known[target.tag]

    def _remember(self, question: _Question, answer: Suggestion, target: Locale) -> None:
        self._known[target.tag][question] = answer
        path = self.folder / f"{target.tag}.jsonl"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with path.open("ab+") as file:
                torn = file.tell() and not _ends_whole(file)
                file.write(("\n" * bool(torn) + _line(question, answer)).encode())
        except OSError as error:
            raise EngineError(f"The cache {path.name} cannot be written: {error.strerror}.") from error


def _ends_whole(file: BinaryIO) -> bool:
    """Whether the last line is complete; a killed run may have left half of one."""
    file.seek(-1, os.SEEK_END)
    return file.read() == b"\n"


def _line(question: _Question, answer: Suggestion) -> str:
    values = (*question, answer.text, answer.origin)
    return json.dumps(dict(zip(_FIELDS, values, strict=True)), ensure_ascii=False) + "\n"


def _entries(path: Path) -> Iterator[tuple[_Question, Suggestion]]:
    """What a file holds; torn lines and those of other versions are passed over."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise EngineError(f"The cache {path.name} cannot be read: {error}. Delete it.") from error
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and tuple(entry) == _FIELDS and all(isinstance(one, str) for one in entry.values()):
            *question, text, origin = entry.values()
            yield tuple(question), Suggestion(text, origin)


def _replace(path: Path, text: str) -> None:
    """Write a file whole, or leave the old one."""
    new = path.with_suffix(".new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise EngineError(f"The cache {path.name} cannot be written: {error.strerror}.") from error
