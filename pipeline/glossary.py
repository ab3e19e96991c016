"""Approved and forbidden wording: ``source/glossary/<tag>.csv`` and where a text departs from it.

Words are inflected, and no list of endings is kept here but English's, the language of most sources. Instead the
comparison is quiet by design: a term counts as used in a source, and a wording as forbidden, only as the whole word
with at most three letters after it; a target counts as approved as soon as the first three quarters of each word are
there, with or without accents. Words of fewer than five letters are not cut, and take no ending where the comparison
is strict. In Arabic and Hebrew up to four letters may stand before a word (articles, prepositions). In scripts without
spaces a term is found wherever its characters stand, but one of one or two characters only where ICU's dictionaries
see a word begin and end.

Where :mod:`pipeline.lemmas` knows the language, a wording that seems to be missing is looked for once more by the
dictionary forms of its words.
"""

from __future__ import annotations

import csv
import functools
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from pipeline import lemmas
from pipeline.errors import GlossaryError
from pipeline.model import Locale, Place, Term

__all__ = ["forbidden", "load", "missing", "used"]

_HEADER = ["term", "target", "forbidden", "note"]

_ENDING = 3
"""Letters that a word of five letters or more may gain at its end where the comparison is strict."""

_AMBIGUOUS = 2
"""Characters of a wording that may well stand inside of another word."""

_ENGLISH_ENDING = "(?:'s|s'?|es|e?d|ings?)?"
"""The inflections of English: "respiratory" is no "respirator", and "infection" no form of "infect"."""

_LETTERS = r"\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff"
"""What words are made of: ``\\w`` leaves out the vowel signs of Hebrew, Arabic and the scripts of India."""

_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u0304\u0306-\u036f]+")
"""On Latin letters; elsewhere a mark may be a vowel, or make another letter."""

_PREFIXED = frozenset({"Arab", "Hebr"})
"""Scripts of languages that write articles, conjunctions and prepositions onto the next word."""


def load(data: bytes, path: str) -> tuple[Term, ...]:
    """The terms in ``data`` in file order; ``path`` is for messages.

    The file is CSV in UTF-8 with the header ``term,target,forbidden,note``; forbidden wordings are
    separated by semicolons. Raises GlossaryError, with the line, for anything else: another header,
    another number of fields, a term without a target, or a term that stands there twice.
    """
    rows = _rows(data, path)
    place, header = next(rows, (Place(path, 1), []))
    if header != _HEADER:
        raise GlossaryError(f"The first line must be {','.join(_HEADER)!r}.", place)
    terms: dict[str, Term] = {}
    for place, row in rows:
        term = _term(row, place)
        if term.source.casefold() in terms:
            first = terms[term.source.casefold()].place
            raise GlossaryError(f"The term {term.source!r} already stands at {first}. Remove one.", place)
        terms[term.source.casefold()] = term
    return tuple(terms.values())


def missing(terms: Sequence[Term], source: str, target: str, source_locale: Locale, locale: Locale) -> Iterator[Term]:
    """The terms that ``source`` uses and ``target`` does not render as approved."""
    for term in used(terms, source, source_locale):
        if not (_generous(term.target, locale).search(_bare(target)) or _is_inflected(term.target, target, locale)):
            yield term


def used(terms: Sequence[Term], source: str, source_locale: Locale) -> Iterator[Term]:
    """The terms that ``source`` uses, in the order of the glossary."""
    plain = _plain(source)
    return (term for term in terms if _stands(term.source, plain, source_locale))


def forbidden(terms: Sequence[Term], target: str, locale: Locale) -> Iterator[tuple[Term, str]]:
    """The terms with each of their forbidden wordings that ``target`` uses.

    A forbidden wording inside the approved one of the same term is no offence.
    """
    for term in terms:
        rest = _strict(term.target, locale).sub(" ", _plain(target))
        for wording in term.forbidden:
            if _stands(wording, rest, locale):
                yield term, wording


def _rows(data: bytes, path: str) -> Iterator[tuple[Place, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise GlossaryError("The file is not UTF-8. Save it as UTF-8.", Place(path, line)) from problem
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield Place(path, line), [field.strip() for field in row]
            line = reader.line_num + 1
    except csv.Error as problem:
        raise GlossaryError(f"The line is not valid CSV: {problem}. Check its quotes.", Place(path, line)) from problem


def _term(row: list[str], place: Place) -> Term:
    if len(row) != len(_HEADER):
        raise GlossaryError(
            f"The line has {len(row)} fields and must have {len(_HEADER)}: {', '.join(_HEADER)}. "
            "A text with a comma in it needs quotes.",
            place,
        )
    source, target, wordings, note = row
    if not source or not target:
        raise GlossaryError("The line lacks its term or its target. Fill in both.", place)
    forbidden_wordings = tuple(wording.strip() for wording in wordings.split(";") if wording.strip())
    return Term(source, target, forbidden_wordings, note, place)


def _plain(text: str) -> str:
    """One spelling for what is one word to a reader: composed, without case, straight apostrophes."""
    return unicodedata.normalize("NFC", text).casefold().replace("’", "'")


def _is_inflected(wording: str, text: str, locale: Locale) -> bool:
    """Whether a text has all words of a wording in some form."""
    if not (locale.spaced and lemmas.are_known(locale.language)):
        return False
    return lemmas.lemmas(wording, locale.language) <= lemmas.lemmas(text, locale.language)


def _stands(wording: str, text: str, locale: Locale) -> bool:
    """Whether a text has the wording as a word of its own."""
    found = _strict(wording, locale).search(text)
    if found is None or locale.spaced or len(found[0]) > _AMBIGUOUS:
        return found is not None
    edges = _edges(text, locale.tag)
    return any({place.start(), place.end()} <= edges for place in _strict(wording, locale).finditer(text))


@functools.lru_cache(maxsize=256)
def _edges(text: str, tag: str) -> frozenset[int]:
    """Where words begin and end in a text without spaces."""
    from icu4py.breakers import WordBreaker  # only where a short wording stands in such a text

    return frozenset(place for segment in WordBreaker(text, tag).segments() for place in segment)


def _bare(text: str) -> str:
    """Without accents, too: ``periodo`` is right like ``período``, and an accent moves when a word is inflected."""
    apart = unicodedata.normalize("NFD", _plain(text))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


@functools.lru_cache(maxsize=4096)
def _strict(wording: str, locale: Locale) -> re.Pattern[str]:
    """The wording itself, in one of its inflected forms at most."""
    return _pattern(wording, locale, _english if locale.language == "en" else _ended)


def _ended(word: str) -> str:
    return word + f"[{_LETTERS}]{{0,{_ENDING}}}" if len(word) > 4 else word


def _english(word: str) -> str:
    if len(word) < 5:
        return word
    return f"{word[:-1]}(?:y(?:'s|ing)?|ies|ied)" if re.search("[^aeiou]y$", word) else word + _ENGLISH_ENDING


@functools.lru_cache(maxsize=4096)
def _generous(wording: str, locale: Locale) -> re.Pattern[str]:
    """Whatever may be a form of the wording."""
    return _pattern(_bare(wording), locale, lambda word: _stem(word) + f"[{_LETTERS}]*")


def _stem(word: str) -> str:
    # The Arabic article comes and goes, and the feminine ending turns into another letter before a suffix.
    word = word.removeprefix("ال").removesuffix("ة") or word
    return word if len(word) < 5 else word[: -(-len(word) * 3 // 4)]


def _pattern(wording: str, locale: Locale, form: Callable[[str], str]) -> re.Pattern[str]:
    words = [re.escape(word) for word in _plain(wording).split()]
    if not locale.spaced:
        return re.compile(r"[\s-]*".join(map(_edged, words)))
    before = f"[{_LETTERS}]{{0,4}}?" if locale.script in _PREFIXED else ""
    inflected = (before + (form(word) if re.fullmatch(f"[{_LETTERS}]+", word) else word) for word in words)
    return re.compile(f"(?<![{_LETTERS}])" + f"[^{_LETTERS}]+".join(inflected) + f"(?![{_LETTERS}])")


def _edged(word: str) -> str:
    """Latin words have edges in scripts without spaces, too: "ED" is not in "MEDICINE"."""
    before = "(?<![a-z0-9])" if re.match("[a-z0-9]", word) else ""
    after = "(?![a-z0-9])" if re.search("[a-z0-9]$", word) else ""
    return before + word + after
