"""``[prefill]`` of the settings: which engines are asked, and what machines may cost."""

from __future__ import annotations

from typing import Annotated

import msgspec

_Positive = Annotated[float, msgspec.Meta(gt=0)]


class Budget(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What all machines of one run may cost together; no bound where a figure is missing."""

    characters: Annotated[int, msgspec.Meta(ge=0)] | None = None
    money: Annotated[float, msgspec.Meta(ge=0)] | None = None
    """In the currency of the prices."""


class OpenAI(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which server and model the engine ``openai`` asks, where the environment does not say."""

    url: str = ""
    model: str = ""


class Apertium(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Where the engine ``apertium`` runs; on this machine where nothing is said."""

    url: str = ""


class Prefill(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How empty messages get suggestions."""

    engines: tuple[str, ...] = ("memory",)
    """In the order in which they are asked; a locale may name its own."""

    cache: Annotated[str, msgspec.Meta(pattern=r"^(?!/|[A-Za-z]:)(?!(?:.*/)?\.\.(?:/|$)).+$")] = ".handrail/answers"
    """The folder of machines' answers, in the project."""

    memory: str = ".handrail/memory.sqlite"
    """A file of the project, or a server that a team shares: ``postgresql://db.example/memory``."""

    jobs: Annotated[int, msgspec.Meta(ge=1, le=64)] = 4
    """Batches that a machine is asked for at a time."""

    budget: Budget = Budget()
    prices: dict[str, Annotated[float, msgspec.Meta(ge=0)]] = {}
    """Per million characters, by engine."""

    rates: dict[str, _Positive] = {}
    """Requests a second, by engine, where not the usual ones."""

    safety_drafts: bool = False
    """Whether machines and near matches may draft safety text, for reviewers to mend; it is never published so."""

    openai: OpenAI = OpenAI()
    apertium: Apertium = Apertium()
