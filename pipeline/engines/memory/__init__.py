"""What people accepted before, in every article, offered again.

It lies in a file of one's own (:mod:`.sqlite`), or in a team's PostgreSQL (:mod:`.postgres`); which, says an address.
A near match is offered with the source that it was made for, so that its translator sees the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from pipeline.engines.memory.near import NEAR, Match, is_judged, ranked
from pipeline.engines.memory.sqlite import File
from pipeline.engines.memory.store import Entry, Holding, Shelf, Store, digest
from pipeline.merge.wording import changed
from pipeline.model import Catalog, Key, Locale, Refusal, State, Suggestion
from pipeline.prefill import Answer

__all__ = ["Entry", "Holding", "Match", "Memory", "Shelf", "Store", "is_shared", "open_memory"]

IMPORTED = "import"
"""The owner of what came from files."""


def is_shared(address: str) -> bool:
    """Whether a memory is on a server."""
    return address.startswith(("postgresql://", "postgres://"))


def open_memory(address: str, root: Path, owner: str) -> Memory:
    """The memory at an address: ``postgresql://...``, or a file, relative to ``root``.

    ``owner`` names the project among those that share a memory. EngineError where it cannot be reached.
    """
    if is_shared(address):
        from pipeline.engines.memory.postgres import Server  # needs a driver, which only teams have

        return Memory(Server(address), owner)
    return Memory(File(root / address), owner)


class Memory:
    """Accepted messages of every article and locale."""

    name = "memory"
    machine = False

    def __init__(self, store: Store, owner: str = "") -> None:
        self.store = store
        self._owner = owner

    def learn(self, catalogs: Iterable[Catalog], source: Locale) -> None:
        """Make what is known of these catalogs what they hold now: translated messages, nothing else.

        Raises EngineError if it cannot be written.
        """
        for catalog in catalogs:
            article = PurePosixPath(catalog.path).stem
            entries = [
                Entry(message.key.source, message.target, message.key.context, article)
                for message in catalog.messages
                if message.state is State.TRANSLATED and not message.source_plural
            ]
            self.store.put(Shelf(self._owner, article, source.tag, catalog.locale), entries, digest(entries))

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """For each key the text of the same source, the same context first, or of a near one.

        The answers depend on what was learned, never on its order. Raises EngineError where it cannot be read.
        """
        found = self.store.exact(keys, source, target)
        return [
            Suggestion(entry.target, f"memory: {entry.article}") if entry else self._near(key, source, target)
            for key, entry in zip(keys, found, strict=True)
        ]

    def search(self, text: str, source: Locale, target: Locale, least: float) -> list[Match]:
        """Everything that is like a text by at least so many per cent; the likest first, whatever its dangers."""
        return list(ranked(text, self.store.alike(text, source, target, least), source, least))

    def _near(self, key: Key, source: Locale, target: Locale) -> Answer:
        """The most alike source whose difference cannot turn the meaning round."""
        if not is_judged(source):
            reason = f"near matches are not safe to judge in {source.language}"
            return Refusal(f"the memory has nothing exact, and {reason}")
        first: Match | None = None
        for match in ranked(key.source, self.store.alike(key.source, source, target, NEAR), source):
            if not match.dangers:
                near = Key(match.entry.source, match.entry.context)
                said = f"{match.score:.0f} % alike: the source {changed(near, key)}"
                return Suggestion(match.entry.target, f"memory: {match.entry.article}, {said}", near)
            first = first or match
        if first is None:
            return Refusal("the memory has nothing alike")
        return Refusal(f"what the memory has differs dangerously: {'; '.join(first.dangers)}")
