"""The engines that offer texts: the memory of accepted messages, and machines.

Each is an :class:`pipeline.prefill.Engine`; what protects, verifies and remembers is wrapped around it
here, once, so that no machine can be used without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.engines.memory import Memory
from pipeline.errors import EngineError
from pipeline.prefill import Engine

__all__ = ["NAMES", "Memory", "make"]

_ONLINE = ("google", "mymemory", "libre", "deepl", "microsoft", "baidu")

NAMES = ("memory", "apertium", *_ONLINE)
"""What the settings may call for."""


def make(names: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[Engine, ...]:
    """The engines of these names, in this order.

    ``folder`` is where they may keep files (``.handrail``); ``environment`` holds the keys of online
    services, such as ``DEEPL_API_KEY``. Raises EngineError for an unknown name and for a missing key.
    """
    return tuple(_made(name, folder, environment) for name in names)


def _made(name: str, folder: Path, environment: Mapping[str, str]) -> Engine:
    if name == "memory":
        return Memory(folder / "memory.sqlite")
    from pipeline.engines.masking import Masking  # with what it needs, only where a machine is used

    if name == "apertium":
        from pipeline.engines.apertium import Apertium

        return Masking(Apertium())
    if name in _ONLINE:
        from pipeline.engines.cache import Cache
        from pipeline.engines.deep import Deep

        return Cache(Masking(Deep(name, environment)), folder / "machine.jsonl")
    raise EngineError(f"There is no engine called {name}. The engines are {', '.join(NAMES)}.")
