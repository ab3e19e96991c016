"""The engines that offer texts: the memory of accepted messages, and machines.

Each is an :class:`pipeline.prefill.Engine`; what protects, verifies and remembers is wrapped around it
here, once, so that no machine can be used without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.engines.brief import Brief
from pipeline.engines.memory import Memory, open_memory
from pipeline.engines.spending import NOT_SENT, OFFLINE, Budget, Purse
from pipeline.errors import EngineError
from pipeline.prefill import Engine

if TYPE_CHECKING:
    from pipeline.engines.web import Patience  # with the network libraries, which memory does not need

__all__ = ["NAMES", "NOT_SENT", "OFFLINE", "Brief", "Budget", "Memory", "Purse", "Run", "address_of", "make", "settle"]

_DEEP = ("google", "mymemory", "libre", "deepl", "microsoft", "baidu")
_ONLINE = (*_DEEP, "openai")

NAMES = ("memory", "glossary", "apertium", *_ONLINE, "pseudo")
"""What the settings may call for."""


@dataclass(frozen=True, slots=True)
class Run:
    """What the engines of one run have, and what they may do."""

    folder: Path
    """Of the project."""

    environment: Mapping[str, str]
    """Keys, addresses and models of online services, such as ``DEEPL_API_KEY``."""

    answers: Path
    """The folder of the cache."""

    memory: str = ".handrail/memory.sqlite"
    """Where the memory is: a file of the project, or ``postgresql://...``; ``HANDRAIL_MEMORY`` overrides it."""

    owner: str = ""
    """The project's name among those that share a memory."""

    purse: Purse = field(default_factory=Purse)
    rates: Mapping[str, float] = field(default_factory=dict)
    """Requests a second, by engine, where not the usual ones."""

    jobs: int = 1
    """Batches that an online machine is asked for at a time."""

    answered: Callable[[int], None] | None = None
    """Is told how many texts an online machine has just dealt with."""


def make(names: Sequence[str], run: Run, brief: Brief) -> tuple[Engine, ...]:
    """The engines of these names, in this order, for one locale.

    Raises EngineError for an unknown name and for a missing key.
    """
    return tuple(_made(name, run, brief) for name in names)


def address_of(run: Run) -> str:
    """Where the memory of a run is."""
    return run.environment.get("HANDRAIL_MEMORY") or run.memory


def settle(engines: Sequence[Engine]) -> None:
    """End a run: put in order what the engines have written, and let go of connections."""
    for engine in engines:
        if isinstance(engine, Memory):
            engine.store.close()
    if any(engine.name in (*_ONLINE, "apertium") for engine in engines):
        from pipeline.engines.cache import Cache

        for engine in engines:
            if isinstance(engine, Cache):
                engine.settle()


def _made(name: str, run: Run, brief: Brief) -> Engine:
    if name == "memory":
        return open_memory(address_of(run), run.folder, run.owner)
    if name == "glossary":
        from pipeline.engines.wording import Wording

        return Wording(brief.terms)
    if name == "pseudo":
        from pipeline.engines.masking import Masking  # with what it needs, only where a machine is used
        from pipeline.engines.pseudo import Pseudo

        return Masking(Pseudo())
    if name == "apertium":
        return _apertium(run)
    if name in _ONLINE:
        return _online(name, run, brief)
    raise EngineError(f"There is no engine called {name}. The engines are {', '.join(NAMES)}.")


def _apertium(run: Run) -> Engine:
    """The programs on this machine; or a server, whose answers are kept so that later runs can do without it."""
    from pipeline.engines.apertium import Apertium
    from pipeline.engines.masking import Masking

    address = run.environment.get("APERTIUM_URL", "")
    if not address:
        return Masking(Apertium())
    from pipeline.engines.apertium.server import PATIENCE, Server
    from pipeline.engines.cache import Cache

    machine = Apertium(Server(address, _patience("apertium", PATIENCE, run), run.purse))
    return Cache(Masking(machine), machine, run.answers, run.jobs, run.answered)


def _online(name: str, run: Run, brief: Brief) -> Engine:
    """A service: paid for, masked, tried before it is trusted, and asked for nothing twice."""
    from pipeline.engines.cache import Cache, Machine
    from pipeline.engines.canary import Canary
    from pipeline.engines.masking import Masking

    machine: Machine
    if name == "openai":
        from pipeline.engines.chat import PATIENCE, Chat

        machine = Chat(run.environment, brief, _patience(name, PATIENCE, run), run.purse)
    else:
        from pipeline.engines.deep import Deep
        from pipeline.engines.providers import PROVIDERS

        machine = Deep(name, run.environment, _patience(name, PROVIDERS[name].patience, run), run.purse)
    guarded = Canary(Masking(machine, brief.notes), run.purse)
    return Cache(guarded, machine, run.answers, run.jobs, run.answered)


def _patience(name: str, usual: Patience, run: Run) -> Patience:
    return replace(usual, rate=run.rates[name]) if name in run.rates else usual
