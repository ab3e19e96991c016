"""Paragraphs that the source split or joined: their translated sentences, put together for the new paragraphs.

A text can be taken apart where source and target have as many sentences, and a sentence is used where numbers,
variables and markup are the same on both sides. What is put together is a proposal, never an accepted text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import inline, placeables
from pipeline.errors import MarkupError
from pipeline.merge.sentences import sentences
from pipeline.merge.similar import FEW, NEAR, Likenesses, Near, Sources
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some sentences of one message, in a row, and their translation."""

    sources: tuple[str, ...]
    target: str
    text: _Text
    likeness: float = 1.0


class Parts:
    """The sentences of messages that left the article."""

    def __init__(self, messages: Sequence[Message], locale: str, likenesses: Likenesses) -> None:
        """``locale``: tag of the language of the targets; ``likenesses``: of sentences, shared with other catalogs."""
        self._language = locale.partition("-")[0]
        self._gap = "" if self._language in _WITHOUT_SPACES else " "
        self._found: dict[str, list[tuple[_Text, int]]] = defaultdict(list)
        for message in messages:
            if message.state is State.TRANSLATED and not message.source_plural:
                self._add(message)
        self._several = [(text, at) for found in self._found.values() for text, at in found if len(text.targets) > 1]
        self._likenesses = likenesses
        self._first: dict[str, int] = {}
        """Sentence -> number of the first that is the same."""

        self._search: Sources | None = None

    def propose(self, key: Key) -> Proposal | None:
        """A text for this source if most of it stands in messages that left; None if it does not."""
        wanted = sentences(key.source, _ENGLISH)
        if len(wanted) == 1 and wanted[0] not in self._found:
            return None  # one sentence that changed is a near source, not a part of one
        rows = list(self._rows(wanted))
        used = [piece for _, piece in rows if piece]
        total = sum(len(sentence) for sentence in wanted)
        like = sum(piece.likeness * len("".join(row)) for row, piece in rows if piece) / max(total, 1)
        if like < NEAR or not all(map(_agrees, used)):
            return None
        source = " ".join(sentence for piece in used for sentence in piece.sources)
        return Proposal(source, self._gap.join(piece.target for piece in used), like, _remark(rows))

    def _add(self, message: Message) -> None:
        sources = sentences(message.key.source, _ENGLISH)
        if len(sources) == 1:  # then its target is one text, whatever its sentences
            self._found[sources[0]].append((_Text(message, sources, ()), 0))
            return
        targets = sentences(message.target, self._language)
        text = _Text(message, sources, targets if len(sources) == len(targets) else ())
        for at, sentence in enumerate(sources):
            if at == 0 or text.targets:
                self._found[sentence].append((text, at))

    def _rows(self, wanted: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], _Piece | None]]:
        """The wanted sentences in rows, from the first on, each with the longest piece that translates it."""
        at = 0
        while at < len(wanted):
            pieces = [self._piece(text, first, wanted[at:]) for text, first in self._found.get(wanted[at], ())]
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
        text, at = self._several[found.number]
        return _Piece((text.sources[at],), text.targets[at], text, found.likeness)

    def _nearest(self, sentence: str) -> Near | None:
        """Among few, by what other catalogs of the same article found out already."""
        if len(self._several) > FEW:
            self._search = self._search or Sources([text.sources[at] for text, at in self._several])
            return self._search.nearest(sentence)
        if not self._first:
            for number, (text, at) in enumerate(self._several):
                self._first.setdefault(text.sources[at], number)
            self._likenesses.add(self._first)
        near = self._likenesses.near(sentence)
        found = (Near(self._first[other], like) for other, like in near.items() if other in self._first)
        return max(found, key=lambda near: (near.likeness, -near.number), default=None)


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
