"""Words that lost the space between them, as where a scraper drops the edges of links.

The words of the rest of the document say what is a word; a few function words say where one is likely to
have been glued on. Only what can hardly be anything else is split: a full stop inside a word, a bracket,
a phone number, a capital after a function word, and a function word that no English word begins or ends
with, glued to a word that the document knows. Everything else is shown to a person.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.importing.blocks import Block, Remark, changed
from pipeline.model import Text
from pipeline.placeables import phones

__all__ = ["Glue", "find", "mend", "vocabulary"]

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+(?:['’]{_LETTER}+)*")
_SENTENCE = re.compile(r"(?<=[a-zß-ÿ\d)”]{3})(?<!www)[.?!](?=[A-ZÀ-Þ][a-zß-ÿ]+(?: |[,’'-]))")
_BRACKET = re.compile(r"(?<=[a-zß-ÿ]{3})(?=\([A-ZÀ-Þ]{2,}\))")
_SOLID = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|www\.|@|\b10\.\d{4,9}/")

_BEFORE = frozenset({"the", "of", "from", "and", "that", "their", "your", "our", "an", "with", "which"})
"""Before a word of six letters or more that the document knows, these begin no word of English ..."""

_AFTER = frozenset({"and", "the", "from", "with", "of", "that", "which"})
"""... and after one these end none."""

_CAPITAL = _BEFORE | {"at", "to", "in", "on", "by", "for", "as", "or", "is", "are", "called", "include", "see"}
"""Before a capital, inside a word, these are words of their own."""

_EDGE = re.compile(rf"(?<={_LETTER})(?=[+(]?\d)|(?<=\d)(?={_LETTER})")
"""Where a number touches a word."""

_CALLS = ("at", "on", "call", "dial", "to", "text", "is")
_REAL = """
    anaerobic anovulatory anesthetic theatrical thereafter therein theorem theology android ofttimes withstand
    withdrawing withholding withdrawn without within yourself yourselves themselves otherwise fromage thesaurus
"""
_WORDS = frozenset(_REAL.split())
"""What looks glued and is a word."""

_SUFFIXES = """
    ing ings ed ly ness ship ships ment ments ful able ible ation ations ity ities ies ist ists ism ive ally ised
    ized ization isation ional ional less like ward wards wise hood some ering ance ence ences ances ers ors
    related based person people where thing things times
"""
_ENDINGS = tuple(_SUFFIXES.split())
_PREFIXES = """
    neuro psycho inter counter hyper under over super micro macro multi cardio gastro trans electro immuno radio
    physio socio grand after anti extra infra intra photo proto pseudo retro tele thermo ultra through thorough
    every other cross mental maltreat
"""
_BEGINNINGS = frozenset(_PREFIXES.split())
_LONGEST = 60
"""Letters: what is longer is no two words."""

_SEEN, _LONG = 5, 5
"""Letters that each half must have where neither is a function word."""


@dataclass(frozen=True, slots=True)
class Glue:
    """A place where a space was lost."""

    start: int
    end: int
    split: str
    """What should stand from start to end."""

    certain: bool


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in the document, in small letters."""
    return Counter(word.casefold() for text in texts for word in _WORD.findall(text))


def find(text: str, known: Counter[str]) -> list[Glue]:
    """The places in a text where a space was lost, in order, none inside an address."""
    addresses = [match.span() for match in _SOLID.finditer(text) if _ADDRESS.search(match[0])]
    found = [*_punctuated(text), *_dialled(text, known), *_words(text, known)]
    taken: list[Glue] = []
    for glue in sorted(found, key=lambda glue: (glue.start, -glue.end)):
        inside = any(start < glue.end and glue.start < end for start, end in addresses)
        if not inside and (not taken or taken[-1].end <= glue.start):
            taken.append(glue)
    return taken


def mend(blocks: list[Block]) -> tuple[list[Block], list[Remark]]:
    """The blocks with certain splits made; every split, made or not, is a remark."""
    known = vocabulary(one.text for one in blocks if one.kind not in ("source", "raw"))
    remarks: list[Remark] = []
    mended: list[Block] = []
    for one in blocks:
        if one.kind in ("source", "raw"):
            mended.append(one)
            continue

        def split(text: str, line: int = one.line) -> tuple[Text, ...]:
            new, more = _mended(text, line, known)
            remarks.extend(more)
            return (Text(new),)

        mended.append(replace(one, content=changed(one.content, split)))
    return mended, remarks


def _mended(text: str, line: int, known: Counter[str]) -> tuple[str, list[Remark]]:
    remarks, pieces, at = [], [], 0
    for glue in find(text, known):
        was = text[glue.start : glue.end]
        did, verb = ("guessed", "split into") if glue.certain else ("look", "two words? perhaps")
        remarks.append(Remark(line, did, was, f"{verb} “{glue.split}”"))
        pieces += [text[at : glue.start], glue.split if glue.certain else was]
        at = glue.end
    return "".join([*pieces, text[at:]]), remarks


def _punctuated(text: str) -> Iterator[Glue]:
    """``detachment.This``, ``disorder(PTSD)``: the word before, and the one after."""
    for pattern in (_SENTENCE, _BRACKET):
        for match in pattern.finditer(text):
            low = max(match.start() - 40, 0)
            start = max(text.rfind(" ", low, match.start()) + 1, low)
            end = match.end() + next((i for i, c in enumerate(text[match.end() :][:40]) if not c.isalpha()), 0)
            if pattern is _BRACKET:
                end = text.index(")", match.end()) + 1
            yield Glue(start, end, f"{text[start : match.end()]} {text[match.end() : end]}", certain=True)


def _dialled(text: str, known: Counter[str]) -> Iterator[Glue]:
    """``Helplineat1-800-662-4357for``: a phone number glued to the words around it."""
    for start, end in _glued_numbers(text):
        begin = start
        while begin and text[begin - 1].isalpha():
            begin -= 1
        before = _before_number(text[begin:start], known)
        after = re.match(rf"{_LETTER}*", text[end:])
        word = after[0] if after else ""
        split = f"{before} " * bool(before) + text[start:end] + f" {word}" * bool(word)
        yield Glue(begin, end + len(word), split, certain=True)


def _before_number(word: str, known: Counter[str]) -> str:
    """The word before a number, its ``at`` or ``call`` apart where it was glued on as well."""
    call = next((call for call in _CALLS if word.casefold().endswith(call)), "")
    rest = word[: len(word) - len(call)]
    if call and len(rest) > 2 and (rest[0].isupper() or known[rest.casefold()]):
        return f"{rest} {word[len(rest) :]}"
    return word


def _glued_numbers(text: str) -> Iterator[tuple[int, int]]:
    """The spans of phone numbers that touch a letter; :func:`phones` takes those for parts of words."""
    edges = [match.start() for match in _EDGE.finditer(text)]
    if not edges:
        return
    pieces = [text[a:b] for a, b in zip([0, *edges], [*edges, len(text)], strict=True)]
    spaces = [edge + order for order, edge in enumerate(edges)]
    touched = frozenset(edges)
    for call in phones(" ".join(pieces)):
        inserted = bisect_left(spaces, call.start)
        start, end = call.start - inserted, call.end - inserted
        if text[start:end] == call.text and touched & {start, end}:
            yield start, end


def _words(text: str, known: Counter[str]) -> Iterator[Glue]:
    for match in _WORD.finditer(text):
        if len(match[0]) > _LONGEST:
            continue
        parts = _capital(match[0]) or _function_word(match[0], known)
        certain = bool(parts)
        parts = parts or _guess(match[0], known)
        if parts:
            yield Glue(match.start(), match.end(), " ".join(parts), certain)


def _capital(word: str) -> tuple[str, ...]:
    """``theSubstance``"""
    found = re.fullmatch(r"([A-Za-z][a-z]*)([A-Z][a-z]{2,})", word)
    return found.groups() if found and found[1].casefold() in _CAPITAL else ()


def _function_word(word: str, known: Counter[str]) -> tuple[str, ...]:
    """``anemotional``, ``traumaand``; and both at once."""
    low = word.casefold()
    if known[low] > 1 or low in _WORDS:
        return ()
    for first in _BEFORE:
        rest = low.removeprefix(first)
        if rest != low and _is_known(rest, known) and (first != "an" or rest[0] in "aeiouh"):
            return word[: len(first)], word[len(first) :]
    for last in _AFTER:
        rest = low.removesuffix(last)
        if rest != low and _is_known(rest, known):
            return word[: len(rest)], word[len(rest) :]
    return ()


def _is_known(word: str, known: Counter[str]) -> bool:
    return len(word) >= 6 and (known[word] > 0 or known[f"{word}s"] > 0)


def _guess(word: str, known: Counter[str]) -> tuple[str, ...]:
    """``fromburnout``, ``Complexchildhood``, ``includecognitive``: likely enough to be shown to a person."""
    low = word.casefold()
    if known[low] > 1 or low in _WORDS or not word.isalpha():
        return ()
    if inner := re.fullmatch(r"([A-Za-z]?[a-z]{3,})([A-Z][a-z]+)", word):
        first, rest = inner.groups()
        is_name = first[0].isupper() and not (known[first.casefold()] and known[rest.casefold()])
        return () if is_name else (first, rest)
    if low.startswith("from") and len(low) > 7:
        return word[:4], word[4:]
    for cut in range(_SEEN, len(low) - _LONG + 1):
        first, rest = low[:cut], low[cut:]
        if rest.startswith(_ENDINGS) or first in _BEGINNINGS:
            continue
        if (known[first] and first.isalpha() and not _inflects(first, rest)) or (known[rest] and len(rest) >= 6):
            return word[:cut], word[cut:]
    return ()


def _inflects(first: str, rest: str) -> bool:
    """Whether the second half may be an ending of the first: ``relation|ships``."""
    return (rest.endswith(_ENDINGS) and len(rest) < 8) or len(first) + len(rest) < 12
