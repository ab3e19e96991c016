"""How much there is to translate: segments and words, by state, and what is there already.

Words are those of Unicode Standard Annex #29 as ICU finds them, which knows Thai, Chinese and Japanese words by
dictionary; because dictionaries differ, characters are counted as well. Markup is no word, and a variable is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from icu4py.breakers import WordBreaker

from pipeline import extract, inline
from pipeline.errors import MarkupError
from pipeline.model import Edition, Locale, Segment, State


@dataclass(frozen=True, slots=True)
class Tally:
    """An amount of text."""

    segments: int = 0
    words: int = 0
    characters: int = 0
    """Without white space."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.segments + other.segments, self.words + other.words, self.characters + other.characters)


@dataclass(frozen=True, slots=True)
class Count:
    """The amounts of one article in one locale. All but :attr:`target` count the text of the source."""

    article: str
    locale: str
    all: Tally = field(default=Tally())
    states: Mapping[State, Tally] = field(default_factory=dict)
    repeated: Tally = field(default=Tally())
    """What stands a second time or more in the project, articles in alphabetical order: translated once."""

    known: Tally = field(default=Tally())
    """What nobody accepted here yet, and somebody did in another article of the project."""

    safety: Tally = field(default=Tally())
    target: Tally = field(default=Tally())
    """The accepted text."""


def count(editions: Iterable[Edition]) -> tuple[Count, ...]:
    """The counts of editions in their order, those of the source locale left out.

    Repetitions and known texts are looked for among these editions.
    """
    mine = [edition for edition in editions if edition.locale != edition.source_locale]
    accepted = _accepted(mine)
    seen: dict[str, set[str]] = {}
    return tuple(_count(edition, seen.setdefault(edition.locale.tag, set()), accepted) for edition in mine)


def total(counts: Sequence[Count], locale: str) -> Count:
    """The counts of all articles of a locale together."""
    of_locale = [one for one in counts if one.locale == locale]
    return Count(
        article="",
        locale=locale,
        all=_sum(one.all for one in of_locale),
        states={state: _sum(one.states[state] for one in of_locale) for state in State},
        repeated=_sum(one.repeated for one in of_locale),
        known=_sum(one.known for one in of_locale),
        safety=_sum(one.safety for one in of_locale),
        target=_sum(one.target for one in of_locale),
    )


def measure(text: str, locale: Locale) -> Tally:
    """The amount of a text that is not markup."""
    words = sum(any(character.isalnum() for character in word) for word in WordBreaker(text, locale.tag))
    return Tally(1, words, sum(not character.isspace() for character in text))


@lru_cache(maxsize=100_000)
def source_words(source: str, locale: Locale) -> int:
    """The words of a message's source; the same sources come again in every locale and at every commit."""
    return measure(_shown(source), locale).words


def _count(edition: Edition, seen: set[str], accepted: Mapping[str, Mapping[str, set[str]]]) -> Count:
    """``seen`` are the sources that stood before, in this locale; those of the edition are added."""
    messages = edition.catalog.index()
    known_in = accepted[edition.locale.tag]
    states = dict.fromkeys(State, Tally())
    whole = repeated = known = safety = target = Tally()
    for segment in extract.segments(edition.article):
        source = segment.key.source
        size = measure(_plain(segment), edition.source_locale)
        message = messages.get(segment.key)
        state = message.state if message else State.UNTRANSLATED
        whole += size
        states[state] += size
        safety += size if segment.safety else Tally()
        repeated += size if source in seen else Tally()
        if message and state is State.TRANSLATED:
            target += measure(_shown(message.target), edition.locale)
        elif known_in.get(source, set()) - {edition.article.slug}:
            known += size
        seen.add(source)
    return Count(edition.article.slug, edition.locale.tag, whole, states, repeated, known, safety, target)


def _accepted(editions: Iterable[Edition]) -> dict[str, dict[str, set[str]]]:
    """Locale -> source -> the articles in which somebody accepted a text for it."""
    found: dict[str, dict[str, set[str]]] = {}
    for edition in editions:
        here = found.setdefault(edition.locale.tag, {})
        for message in edition.catalog.messages:
            if message.state is State.TRANSLATED and not message.obsolete:
                here.setdefault(message.key.source, set()).add(edition.article.slug)
    return found


def _plain(segment: Segment) -> str:
    """The words of a segment, a variable as one of them."""
    return _without_braces(inline.plain(inline.parse(segment.key.source)))


def _shown(text: str) -> str:
    try:
        return _without_braces(inline.plain(inline.parse(text)))
    except MarkupError:
        return text


def _without_braces(text: str) -> str:
    """``{crisis.phone}`` is one word to Unicode once its braces are gone."""
    return text.replace("{", " ").replace("}", " ")


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, start=Tally())
