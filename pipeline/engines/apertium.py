"""Apertium, the rule-based translator that works offline: its programs on this machine.

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
from functools import cached_property
from itertools import product

from pipeline.model import Key, Locale, Refusal, Suggestion
from pipeline.prefill import Answer

__all__ = ["Apertium"]

_BATCH = 100
"""Texts per process: what is lost when one dies."""

_THREE_LETTERS = {
    "af": "afr", "an": "arg", "ast": "ast", "be": "bel", "bg": "bul", "br": "bre", "ca": "cat", "da": "dan",
    "en": "eng", "eo": "epo", "es": "spa", "eu": "eus", "fr": "fra", "gl": "glg", "hi": "hin", "hr": "hbs",
    "bs": "hbs", "id": "ind", "is": "isl", "it": "ita", "mk": "mkd", "ms": "zlm", "nb": "nob", "nl": "nld",
    "nn": "nno", "oc": "oci", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sc": "srd", "sl": "slv",
    "sr": "hbs", "sv": "swe", "szl": "szl", "uk": "ukr", "ur": "urd",
}  # fmt: skip
"""ISO 639-1 to 639-3 for the languages that Debian packages; older pairs use two letters."""

_DEBIAN = """
af-nl afr-nld arg-cat bel-rus br-fr cat-ita cat-srd dan-nor en-gl eng-cat eng-spa eo-ca eo-en eo-es eo-fr es-gl
es-pt es-ro eu-en eu-es fra-cat fra-frp fr-es hbs-eng hbs-mkd hbs-slv id-ms ind-zlm isl-eng isl-swe is-sv mk-bg
mkd-bul mkd-eng mk-en nno-nob oc-ca oc-es oci-fra pol-szl por-cat pt-gl rus-ukr spa-arg spa-ast spa-cat spa-ita
srd-ita swe-dan swe-nor urd-hin
"""
"""The pairs that Debian packages as ``apertium-PAIR`` (``apt-cache search ^apertium-``, 2026); both directions
are in one package."""

_SPECIAL = re.compile(r"[\^$/<>{}\[\]@\\]")
_FULL_STOP = re.compile(r"(?<=[A-Za-z][a-z])\.(?=\s|$)")
_ESCAPED = re.compile(r"\\(.)|\[\]")
_END = ".[]"
"""An end of sentence without a character of output, so that the last words are read as complete."""


class Apertium:
    """The local ``apertium`` command.

    ``deadline`` is in seconds, for each batch of at most 100 texts.
    """

    name = "apertium"
    machine = True

    def __init__(self, deadline: float = 60.0) -> None:
        self.deadline = deadline

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key. A language pair that is not installed refuses with the package to install."""
        mode = next((mode for mode in _wanted_modes(source, target) if mode in self._modes), "")
        if not mode:
            return [Refusal(self._advice(source, target))] * len(keys)
        answers: list[Answer] = []
        for start in range(0, len(keys), _BATCH):
            answers += self._batch([key.source for key in keys[start : start + _BATCH]], mode)
        return answers

    @cached_property
    def _modes(self) -> frozenset[str]:
        """The directions that are installed."""
        if not shutil.which("apertium"):
            return frozenset()
        listed = subprocess.run(["apertium", "-l"], capture_output=True, text=True, timeout=self.deadline, check=False)
        return frozenset(listed.stdout.split())

    def _advice(self, source: Locale, target: Locale) -> str:
        pairs = {f"{one}-{other}" for one, other in product(_codes(source), _codes(target))}
        pairs |= {f"{other}-{one}" for one, other in product(_codes(source), _codes(target))}
        packages = [
            f"apertium-{pair}" for pair in sorted(pairs & set(_DEBIAN.split()), key=lambda pair: (-len(pair), pair))
        ]
        direction = f"from {source.language} to {target.language}"
        if packages:
            return f"Apertium cannot translate {direction} here: install the Debian package {packages[0]}"
        return f"Apertium cannot translate {direction}: Debian has no package for this pair"

    def _batch(self, texts: Sequence[str], mode: str) -> list[Answer]:
        try:
            output = _run(["apertium", "-z", "-u", "-f", "none", mode], "".join(map(_sealed, texts)), self.deadline)
        except subprocess.TimeoutExpired:
            return [Refusal(f"apertium {mode} did not answer within {self.deadline:g} seconds")] * len(texts)
        except OSError as error:
            return [Refusal(f"apertium cannot be started: {error.strerror}")] * len(texts)
        parts = output.split("\0")
        if len(parts) < len(texts) or any(not part.endswith(_END) for part in parts[: len(texts)]):
            return [Refusal(f"apertium {mode} did not finish its answer")] * len(texts)
        return [Suggestion(_opened(part), f"apertium {mode}") for part in parts[: len(texts)]]


def _codes(locale: Locale) -> list[str]:
    """A language as pairs name it, newest habit first."""
    three = _THREE_LETTERS.get(locale.language)
    return [three, locale.language] if three else [locale.language]


def _wanted_modes(source: Locale, target: Locale) -> list[str]:
    """Names of modes from the closest variety to the plainest: ``eng-por_BR``, ``eng-por``, ``en-pt``."""
    suffixes = (f"_{target.region}", "")
    return [f"{one}-{other}{suffix}" for suffix, one, other in product(suffixes, _codes(source), _codes(target))]


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
