"""Paragraphs that the source split or joined: their translated sentences, put together for the new paragraphs.

A text can be taken apart where source and target have as many sentences, and a sentence is used where numbers,
variables and markup are the same on both sides. What is put together is a proposal, never an accepted text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline import inline, placeables
from pipeline.errors import MarkupError
from pipeline.merge.sentences import sentences
from pipeline.merge.similar import FEW, NEAR, Held, Likenesses, Sources
from pipeline.merge.wording import quoted
from pipeline.model import Key, Message, State
from pipeline.remarks import JOINED, PART

_ENGLISH = "en"
"""The language of source articles, as in :mod:`pipeline.merge.danger`."""

_WITHOUT_SPACES = frozenset({"zh", "ja"})
"""Languages that put nothing between sentences."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text put together for a new source."""

    source: str
    """What was translated: the sentences of the earlier sources that the text is made of."""

    target: str
    likeness: float
    """How much of the new source is in the earlier ones, from 0 to 1, like that of near sources."""

    remark: str
    """For the translator: where the parts come from, and what has none."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A message in sentences; no targets where they cannot be told apart."""

    message: Message
    sources: tuple[str, ...]
    targets: tuple[str, ...]


class _Holder(NamedTuple):
    """A message that holds a sentence."""

    place: int
    at: int
    """Which of its sentences it is."""

    text: _Text


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some sentences of one message, in a row, and their translation."""

    sources: tuple[str, ...]
    target: str
    text: _Text
    likeness: float = 1.0


class Parts:
    """The sentences of messages that left the article; those of a target are told apart only where they may serve."""

    def __init__(self, left: Held, locale: str, likenesses: Likenesses) -> None:
        """``locale``: tag of the language of the targets; ``likenesses``: of sentences, shared with other catalogs."""
        self._language = locale.partition("-")[0]
        self._gap = "" if self._language in _WITHOUT_SPACES else " "
        self._left = left
        self._likenesses = likenesses
        self._texts: dict[int, _Text | None] = {}

    @cached_property
    def _places(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Sentence -> the messages whose sources hold it, and which of their sentences it is."""
        found = defaultdict[str, list[tuple[int, int]]](list)
        for key, place in self._left.places.items():
            for at, sentence in enumerate(sentences(key.source, _ENGLISH)):
                found[sentence].append((place, at))
        return found

    @cached_property
    def _search(self) -> tuple[Sources, Sequence[_Holder]] | None:
        """Where there are many sentences in texts of several: a search among them."""
        split = (sentences(key.source, _ENGLISH) for key in self._left.places)
        apart = [sentence for found in split if len(found) > 1 for sentence in found]
        if len(apart) > FEW:
            every = sorted(holders for sentence in self._places if (holders := self._holders(sentence)))
            several = [holder for holders in every for holder in holders if len(holder.text.targets) > 1]
            if len(several) > FEW:
                return Sources([holder.text.sources[holder.at] for holder in several]), several
        self._likenesses.add(apart)
        return None

    def propose(self, key: Key) -> Proposal | None:
        """A text for this source if most of it stands in messages that left; None if it does not."""
        wanted = sentences(key.source, _ENGLISH)
        if len(wanted) == 1 and not self._holders(wanted[0]):
            return None  # one sentence that changed is a near source, not a part of one
        rows = list(self._rows(wanted))
        used = [piece for _, piece in rows if piece]
        total = sum(len(sentence) for sentence in wanted)
        like = sum(piece.likeness * len("".join(row)) for row, piece in rows if piece) / max(total, 1)
        if like < NEAR or not all(map(_agrees, used)):
            return None
        source = " ".join(sentence for piece in used for sentence in piece.sources)
        return Proposal(source, self._gap.join(piece.target for piece in used), like, _remark(rows))

    def _holders(self, sentence: str) -> list[_Holder]:
        """The messages of whose texts this sentence may be a piece, in their order."""
        found = [
            _Holder(place, at, text) for place, at in self._places.get(sentence, ()) if (text := self._text(place))
        ]
        return [holder for holder in found if holder.at == 0 or holder.text.targets]

    def _text(self, place: int) -> _Text | None:
        """An accepted message in sentences; where its source is only one, its target is one text, too."""
        if place not in self._texts:
            message = self._left.message(place)
            if message.state is not State.TRANSLATED or message.source_plural:
                self._texts[place] = None
            else:
                sources = sentences(message.key.source, _ENGLISH)
                targets = sentences(message.target, self._language) if len(sources) > 1 else ()
                self._texts[place] = _Text(message, sources, targets if len(sources) == len(targets) else ())
        return self._texts[place]

    def _rows(self, wanted: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], _Piece | None]]:
        """The wanted sentences in rows, from the first on, each with the longest piece that translates it."""
        at = 0
        while at < len(wanted):
            pieces = [self._piece(text, first, wanted[at:]) for _, first, text in self._holders(wanted[at])]
            fitting = [piece for piece in pieces if piece]
            best = max(fitting, key=lambda piece: len(piece.sources)) if fitting else self._near(wanted[at])
            row = wanted[at : at + (len(best.sources) if best else 1)]
            yield row, best
            at += len(row)

    def _piece(self, text: _Text, first: int, wanted: tuple[str, ...]) -> _Piece | None:
        """As many sentences of a text as are wanted in a row; the whole text where they cannot be told apart."""
        same = 0
        for own, other in zip(text.sources[first:], wanted, strict=False):
            if own != other:
                break
            same += 1
        if (first, same) == (0, len(text.sources)):
            return _Piece(text.sources, text.message.target.strip(), text)
        if not text.targets:
            return None
        return _Piece(text.sources[first : first + same], self._gap.join(text.targets[first : first + same]), text)

    def _near(self, sentence: str) -> _Piece | None:
        """The sentence most like this one, in a text of several."""
        found = self._nearest(sentence)
        if found is None:
            return None
        (_, at, text), likeness = found
        return _Piece((text.sources[at],), text.targets[at], text, likeness)

    def _nearest(self, sentence: str) -> tuple[_Holder, float] | None:
        """Among few, by what other catalogs of the same article found out already; of equals, the first."""
        if self._search:
            sources, several = self._search
            near = sources.nearest(sentence)
            return (several[near.number], near.likeness) if near else None
        ranked: list[tuple[float, int, int, _Holder]] = []
        for other, likeness in self._likenesses.near(sentence).items():
            holders = self._holders(other)
            several = [holder for holder in holders if len(holder.text.targets) > 1]
            if several:
                ranked.append((likeness, -holders[0].place, -holders[0].at, several[0]))
        best = max(ranked, key=lambda one: one[:3], default=None)
        return (best[3], best[0]) if best else None


def _agrees(piece: _Piece) -> bool:
    """Whether numbers and markup of a piece are the same on both sides: a sign that it was cut in the right place."""
    if len(piece.sources) == len(piece.text.sources):
        return True  # nothing was cut
    source = " ".join(piece.sources)
    try:
        inline.conform(inline.parse(piece.target), inline.parse(source))
    except MarkupError:
        return False
    return Counter(placeables.numbers(source)) == Counter(placeables.numbers(piece.target))


def _remark(rows: Sequence[tuple[tuple[str, ...], _Piece | None]]) -> str:
    """Where the parts come from, and what has none."""
    origins = list(dict.fromkeys(quoted(piece.text.message.key.source) for _, piece in rows if piece))
    missing = " ".join(sentence for row, piece in rows if not piece for sentence in row)
    rest = f"; nothing yet for {quoted(missing)}" if missing else ""
    return (PART if len(origins) == 1 else JOINED) + " and ".join(origins) + rest
