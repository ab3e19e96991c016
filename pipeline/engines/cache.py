"""Remember what a machine answered, so that an interrupted run pays for nothing twice.

One JSON object a line in ``.handrail/machine.jsonl``, written as soon as the answer is there. The file may be
kept in the repository: then continuous integration needs no network and repeats itself exactly.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from pipeline.engines.masking import VERSION
from pipeline.errors import EngineError
from pipeline.model import Key, Locale, Suggestion
from pipeline.prefill import Answer, Engine, objection

__all__ = ["Cache"]


class Cache:
    """An engine around an engine, which is asked for one text at a time and for each text once.

    Only answers that a catalog could take are remembered: refusals and errors are asked again next time.
    """

    machine = True

    def __init__(self, engine: Engine, path: Path) -> None:
        self.engine = engine
        self.name = engine.name
        self.path = path

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key. Raises EngineError if the cache cannot be read or written."""
        return [self._answer(key, source, target) for key in keys]

    def _answer(self, key: Key, source: Locale, target: Locale) -> Answer:
        question = (self.name, VERSION, source.tag, target.tag, key.source)
        if question in self._known:
            return self._known[question]
        [answer] = self.engine.suggest([key], source, target)
        if isinstance(answer, Suggestion) and not objection(key, answer.text, target):
            self._remember(question, answer)
        return answer

    @cached_property
    def _known(self) -> dict[tuple[str, ...], Suggestion]:
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        except (OSError, UnicodeDecodeError) as error:
            raise EngineError(f"The cache {self.path.name} cannot be read: {error}. Delete it.") from error
        return dict(entry for line in lines if (entry := _read(line)))

    def _remember(self, question: tuple[str, ...], answer: Suggestion) -> None:
        self._known[question] = answer
        line = json.dumps([*question, answer.text, answer.origin], ensure_ascii=False)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as file:
                if file.tell() and not _ends_whole(file):
                    file.write(b"\n")
                file.write(f"{line}\n".encode())
        except OSError as error:
            raise EngineError(f"The cache {self.path.name} cannot be written: {error.strerror}.") from error


def _ends_whole(file: BinaryIO) -> bool:
    """Whether the last line is complete; a killed run may have left half of one."""
    file.seek(-1, os.SEEK_END)
    return file.read() == b"\n"


def _read(line: str) -> tuple[tuple[str, ...], Suggestion] | None:
    """One line of the file; None for a torn one."""
    try:
        *question, text, origin = json.loads(line)
    except ValueError:
        return None
    return (tuple(question), Suggestion(text, origin)) if len(question) == 5 else None
