"""What a run may send to machines that cost, and what it has sent.

Characters are counted where a request is sent, so that what is asked again is counted again. Prices are per million
characters in any one currency; Handrail knows no prices of its own.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model import Refusal

__all__ = ["NOT_SENT", "OFFLINE", "Budget", "Purse"]

_MILLION = 1_000_000

NOT_SENT = Refusal("a dry run sends nothing")
"""Why a machine has no answer in a dry run."""

OFFLINE = Refusal("this run is offline, and the answer is not in the cache")
"""Why a machine has no answer without the network."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What all machines of one run may cost together; None for no bound."""

    characters: int | None = None
    money: float | None = None


@dataclass
class Purse:
    """Keeps to a budget, whichever threads spend from it.

    ``closed`` is the reason where nothing may be sent at all: :data:`NOT_SENT` or :data:`OFFLINE`.
    """

    budget: Budget = Budget()
    prices: Mapping[str, float] = field(default_factory=dict)
    """Per million characters, by the name of the engine; one that is not named costs nothing."""

    closed: Refusal | None = None
    characters: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    """By engine and locale: what was sent, or in a dry run what would be."""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def take(self, engine: str, locale: str, characters: int) -> Refusal | None:
        """Pay for a request; the reason where that cannot be."""
        with self._lock:
            if self.closed is OFFLINE:
                return OFFLINE
            if self.closed is None and (reason := self._too_much(engine, characters)):
                return Refusal(reason)
            self.characters[engine, locale] += characters
            return self.closed

    def cost(self, engine: str, characters: int) -> float:
        """The price of so many characters."""
        return characters * self.prices.get(engine, 0.0) / _MILLION

    def _too_much(self, engine: str, characters: int) -> str:
        sent = sum(self.characters.values()) + characters
        if self.budget.characters is not None and sent > self.budget.characters:
            return f"the budget of {self.budget.characters:,} characters is used up"
        spent = sum(self.cost(name, many) for (name, _), many in self.characters.items())
        if self.budget.money is not None and spent + self.cost(engine, characters) > self.budget.money:
            return f"the budget of {self.budget.money:g} is used up"
        return ""
