"""Apertium, the rule-based translator that needs no network: its programs on this machine, or its server.

Where no pair of its languages leads from the source to the target, two are used, one after the other
(:mod:`.pairs`); its drafts then say by way of which language they came. A second translation loses more than
one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.engines.apertium.pairs import advice, route
from pipeline.engines.apertium.programs import Programs
from pipeline.model import Key, Locale, Refusal, Suggestion
from pipeline.prefill import Answer

__all__ = ["Apertium", "Programs", "Runner"]


class Runner(Protocol):
    """Where Apertium runs."""

    def modes(self) -> frozenset[str] | Refusal:
        """The directions that are installed there, such as ``eng-cat``; or why nobody knows."""

    def translate(self, texts: Sequence[str], mode: str, tag: str) -> list[str | Refusal]:
        """Each text in one direction, in the same order; ``tag`` is of the locale that they are for."""


class Apertium:
    """The engine, wherever it runs; on this machine unless told otherwise."""

    name = "apertium"
    machine = True
    batch = 20

    def __init__(self, runner: Runner | None = None) -> None:
        self._runner = runner or Programs()

    def variant(self, key: Key, source: Locale) -> str:
        """What an answer depends on beside text and languages: nothing."""
        del key, source
        return ""

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key. A language pair that is not installed refuses with the package to install."""
        modes = self._runner.modes()
        if isinstance(modes, Refusal):
            return [modes] * len(keys)
        way = route(modes, source, target)
        if not way:
            return [Refusal(advice(source, target))] * len(keys)
        texts: list[str | Refusal] = [key.source for key in keys]
        for mode in way:
            texts = self._through(texts, mode, target)
        return [text if isinstance(text, Refusal) else Suggestion(text, _origin(way)) for text in texts]

    def _through(self, texts: Sequence[str | Refusal], mode: str, target: Locale) -> list[str | Refusal]:
        """What becomes of the texts in one direction; refusals stay what they are."""
        said = iter(self._runner.translate([text for text in texts if isinstance(text, str)], mode, target.tag))
        return [next(said) if isinstance(text, str) else text for text in texts]


def _origin(way: Sequence[str]) -> str:
    """``apertium eng-cat``, or ``apertium eng-spa, es-pt (by way of spa)``."""
    third = f" (by way of {way[0].split('-')[1]})" if len(way) > 1 else ""
    return f"apertium {', '.join(way)}{third}"
