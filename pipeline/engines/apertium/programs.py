"""Apertium's programs on this machine.

Install a language pair with the system's package manager: ``apt install apertium-eng-cat``. Each batch
is one process. Texts are separated by NUL, at which Apertium flushes every stage of its pipeline:
separated by line breaks, words would move from one text into the next.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence

from pipeline.model import Refusal

__all__ = ["Programs"]

_BATCH = 100
"""Texts per process: what is lost when one dies."""

_SPECIAL = re.compile(r"[\^$/<>{}\[\]@\\]")
_FULL_STOP = re.compile(r"(?<=[A-Za-z][a-z])\.(?=\s|$)")
_ESCAPED = re.compile(r"\\(.)|\[\]")
_END = ".[]"
"""An end of sentence without a character of output, so that the last words are read as complete."""


class Programs:
    """The local ``apertium`` command.

    ``deadline`` is in seconds, for each batch of at most 100 texts.
    """

    def __init__(self, deadline: float = 60.0) -> None:
        self.deadline = deadline
        self._modes: frozenset[str] | None = None

    def modes(self) -> frozenset[str]:
        """The directions that are installed; none where Apertium is not."""
        if self._modes is None:
            self._modes = self._listed()
        return self._modes

    def translate(self, texts: Sequence[str], mode: str, tag: str) -> list[str | Refusal]:
        """Each text in one direction; a batch that fails is refused as a whole."""
        del tag
        said: list[str | Refusal] = []
        for start in range(0, len(texts), _BATCH):
            said += self._batch(texts[start : start + _BATCH], mode)
        return said

    def _listed(self) -> frozenset[str]:
        if not shutil.which("apertium"):
            return frozenset()
        try:
            return frozenset(_run(["apertium", "-l"], "", self.deadline).split())
        except (subprocess.TimeoutExpired, OSError):
            return frozenset()

    def _batch(self, texts: Sequence[str], mode: str) -> list[str] | list[Refusal]:
        try:
            output = _run(["apertium", "-z", "-u", "-f", "none", mode], "".join(map(_sealed, texts)), self.deadline)
        except subprocess.TimeoutExpired:
            return [Refusal(f"apertium {mode} did not answer within {self.deadline:g} seconds")] * len(texts)
        except OSError as error:
            return [Refusal(f"apertium cannot be started: {error.strerror}")] * len(texts)
        parts = output.split("\0")
        if len(parts) < len(texts) or any(not part.endswith(_END) for part in parts[: len(texts)]):
            return [Refusal(f"apertium {mode} did not finish its answer")] * len(texts)
        return [_opened(part) for part in parts[: len(texts)]]


def _sealed(text: str) -> str:
    """A text in Apertium's stream format, ended so that nothing runs into the next.

    An empty blank before each full stop: else it may be read as part of an abbreviation, and "Is it harmful? No."
    becomes "Is it harmful? Number".
    """
    escaped = _SPECIAL.sub(r"\\\g<0>", text.replace("\0", ""))
    return _FULL_STOP.sub("[].", escaped) + _END + "\0"


def _opened(part: str) -> str:
    return _ESCAPED.sub(lambda found: found[1] or "", part.removesuffix(_END))


def _run(command: Sequence[str], text: str, deadline: float) -> str:
    """Output of a command; TimeoutExpired after the deadline, with every process of its pipeline ended."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    with process:
        try:
            output, _ = process.communicate(text.encode(), timeout=deadline)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return output.decode("utf-8", "replace")
