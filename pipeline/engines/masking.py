"""Protect what must survive before a machine sees a text, and verify that it did.

Markup becomes numbered tags; tags and other placeables become marks; the answer must hold every mark
once. When it does not, the text is asked again with marks of another kind, then sentence by
sentence, and then refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline import inline, placeables
from pipeline.errors import MarkupError, MaskError
from pipeline.model import Element, Key, Locale, Node, Refusal, Suggestion, Text
from pipeline.placeables import Masked, Scheme
from pipeline.prefill import Answer, Engine

__all__ = ["VERSION", "Masking", "sentences"]

VERSION = "1"
"""Changes whenever texts are masked in another way, so that old cached answers are not used."""

_SENTENCE_END = re.compile(r"""(?<=[.!?…])["'”’»)\]]*\s+(?=\S)|(?<=[。！？])(?=\S)""")


def sentences(text: str) -> tuple[str, ...]:
    """The text cut after each sentence; the parts joined are the text again."""
    cuts = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    return tuple(text[start:end] for start, end in pairwise(cuts) if start < end)


class Masking:
    """An engine around an engine that sees nothing but words and marks.

    The inner engine gets keys whose source is masked text, and what it offers is masked text too. Their context
    is what ``notes`` say about the key, for engines that can use it.
    """

    machine = True

    def __init__(self, engine: Engine, notes: Mapping[Key, str] | None = None) -> None:
        self.engine = engine
        self.name = engine.name
        self._notes = notes or {}

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key, in message syntax with all its markup in place, or a refusal."""
        answers: dict[int, Answer] = {}
        waiting: dict[int, _Flat] = {}
        for number, key in enumerate(keys):
            try:
                waiting[number] = replace(_flatten(key.source), note=self._notes.get(key, key.context))
            except (MarkupError, MaskError) as error:
                answers[number] = Refusal(f"the source cannot be masked: {error.message}")
        for attempt in _ATTEMPTS:
            waiting = self._try(attempt, waiting, answers, source, target)
        return [answers[number] for number in range(len(keys))]

    def _try(
        self,
        attempt: Callable[[str], list[Masked]],
        waiting: dict[int, _Flat],
        answers: dict[int, Answer],
        source: Locale,
        target: Locale,
    ) -> dict[int, _Flat]:
        """Put an answer for each waiting text into ``answers``; return those that came back damaged."""
        parts = {number: attempt(flat.text) for number, flat in waiting.items()}
        asked = [Key(part.text, waiting[number].note) for number, masked in parts.items() for part in masked]
        replies = iter(self.engine.suggest(asked, source, target) if asked else [])
        damaged = {}
        for number, masked in parts.items():
            taken = [next(replies) for _ in masked]
            try:
                answers[number] = _joined(waiting[number], masked, taken)
            except (MarkupError, MaskError) as error:
                answers[number] = Refusal(f"the answer is damaged: {error.message}")
                damaged[number] = waiting[number]
        return damaged


def _whole(scheme: Scheme) -> Callable[[str], list[Masked]]:
    return lambda text: [placeables.mask(text, scheme)]


def _by_sentence(text: str) -> list[Masked]:
    return [placeables.mask(sentence, Scheme.XML) for sentence in sentences(text)]


_ATTEMPTS = (_whole(Scheme.XML), _whole(Scheme.BRACKETS), _by_sentence)


def _joined(flat: _Flat, masked: Sequence[Masked], replies: Sequence[Answer]) -> Answer:
    """The answers to the parts of a text as one answer; MaskError or MarkupError if one is damaged."""
    texts, origin = [], ""
    for part, reply in zip(masked, replies, strict=True):
        if isinstance(reply, Refusal):
            return reply
        origin = origin or reply.origin
        texts.append(placeables.unmask(_as_spaced(part.text, reply.text), part))
    nodes = _raised(_as_spaced(flat.text, _tidy("".join(texts))), flat.elements)
    text = inline.dump(nodes)
    inline.conform(inline.parse(text), flat.nodes)
    return Suggestion(text, origin)


def _as_spaced(source: str, text: str) -> str:
    """The text with the white space around it that its source has."""
    start = source[: len(source) - len(source.lstrip())]
    end = source[len(source.rstrip()) :]
    return f"{start}{text.strip()}{end}"


# --- markup as numbered tags ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Flat:
    """A text whose markup is numbered tags: ``<g1>one feeling</g1> a <g2/>``."""

    text: str
    nodes: tuple[Node, ...]
    elements: tuple[Node, ...]
    """What the tags stand for; the first is number 1."""

    note: str = ""


_TAG = re.compile(r"<(?P<end>/?)g(?P<number>[0-9]+)(?P<empty>/?)>")
_STARTS = re.compile(r"(?:<g[0-9]+>[ \t\n]*)+")
_ENDS = re.compile(r"(?:[ \t\n]*</g[0-9]+>)+")
_SPACES = re.compile(r"[ \t\n]+")


def _flatten(source: str) -> _Flat:
    nodes = inline.parse(source)
    elements: list[Node] = []
    text = "".join(_lowered(node, elements) for node in nodes)
    if len(_TAG.findall(text)) != sum(2 if _holds_text(node) else 1 for node in elements):
        raise MaskError("It holds text that looks like the tags used for masking")
    if not _has_words(text):
        raise MaskError("It holds no words")
    return _Flat(text, nodes, tuple(elements))


def _tidy(text: str) -> str:
    """Single spaces, and outside the tags: machines leave some inside and double others."""
    text = _SPACES.sub(" ", text)
    text = _STARTS.sub(lambda tags: " " * bool(_SPACES.search(tags[0])) + _SPACES.sub("", tags[0]), text)
    text = _ENDS.sub(lambda tags: _SPACES.sub("", tags[0]) + " " * bool(_SPACES.search(tags[0])), text)
    return _SPACES.sub(" ", text)


def _has_words(text: str) -> bool:
    hidden = {index for found in placeables.find(text) for index in range(found.start, found.end)}
    return any(character.isalpha() for index, character in enumerate(text) if index not in hidden)


def _holds_text(node: Node) -> bool:
    return isinstance(node, Element) and node.tag != "code" and bool(node.children)


def _lowered(node: Node, elements: list[Node]) -> str:
    """Text as it is, everything else as a tag; the nodes behind the tags are added to ``elements``."""
    if isinstance(node, Text):
        return node.value
    elements.append(node)
    number = len(elements)
    if isinstance(node, Element) and _holds_text(node):
        inside = "".join(_lowered(child, elements) for child in node.children)
        return f"<g{number}>{inside}</g{number}>"
    return f"<g{number}/>"


def _raised(text: str, elements: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes of a text with tags; MarkupError if the tags do not nest."""
    open_: list[tuple[int, list[Node]]] = [(0, [])]
    end = 0
    for tag in _TAG.finditer(text):
        if plain := text[end : tag.start()]:
            open_[-1][1].append(Text(plain))
        end = tag.end()
        number = int(tag["number"])
        if tag["empty"]:
            open_[-1][1].append(elements[number - 1])
        elif not tag["end"]:
            open_.append((number, []))
        elif open_[-1][0] != number:
            raise MarkupError("Its markup is out of order")
        else:
            _, children = open_.pop()
            element = elements[number - 1]
            assert isinstance(element, Element), "only elements have a tag that ends"
            open_[-1][1].append(replace(element, children=tuple(children)))
    if len(open_) > 1:
        raise MarkupError("Its markup is out of order")
    if plain := text[end:]:
        open_[0][1].append(Text(plain))
    return tuple(open_[0][1])
