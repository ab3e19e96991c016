"""What a template wants of a catalog, and which entries of one stay as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from pipeline.model import Catalog, Key, Message
from pipeline.po import Head


class Wanted:
    """The messages of a template, for however many catalogs."""

    def __init__(self, template: Catalog) -> None:
        self.messages = tuple(message for message in template.messages if not message.obsolete)
        self.places = {message.key: place for place, message in enumerate(self.messages)}
        """Where each stands among them."""

        self._kept: dict[Head, int] = {}
        """Where those stand that stay as they are under such a head: each in the few ways that catalogs write it."""

    @cached_property
    def by_source(self) -> Mapping[str, Sequence[Key]]:
        """The keys of each source."""
        found = defaultdict[str, list[Key]](list)
        for key in self.places:
            found[key.source].append(key)
        return found

    def kept(self, heads: Sequence[Head]) -> list[int | None]:
        """Which message each is, if its entry stays as it is in any catalog; else None."""
        found = list(map(self._kept.get, heads))
        for number, place in enumerate(found):
            if place is None:
                found[number] = self._kept_now(heads[number])
        return found

    def _kept_now(self, head: Head) -> int | None:
        place = None if head.obsolete else self.places.get(head.key)
        if place is None or not _stays(head, self.messages[place]):
            return None
        self._kept[head] = place
        return place


def _stays(head: Head, new: Message) -> bool:
    """So it does, unless it is obsolete, where its template does, and nothing was said of its text."""
    about = head.about
    return (
        not (head.previous or about.comments or new.source_plural)
        and about.notes == new.notes
        and about.references == new.references
        and about.flags == new.flags
    )
