"""Everything that a page may say: the article's texts, the theme's translated words, and the registry's facts.

What is left of a page when all of this is taken away was written by nobody whom the gate knows: in no catalog, in one
language, under no sign-off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter

from pipeline import helplines, locales
from pipeline.checks.expected import SEAM, Expected, expected_texts, plain_texts
from pipeline.checks.squeezing import matches_of, squeezed
from pipeline.identity import Same
from pipeline.model import Article, Catalog, Edition, Element, Helpline, Locale, Node, Registry, Segment, State

WORDED = ("alt", "title", "aria-label", "aria-description", "placeholder", "value")
"""Attributes with words for readers."""

_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")
_REST = r"[!-'*-;=?-Z^-~]*[#-&*+/-9=@-Z^-~-]"
_WEB = rf"(?i:(?:https?://|www\.|mailto:|doi:|\.{{1,2}}/){_REST})"
_MAIL = r"[a-zA-Z0-9.+-]{1,64}@[a-zA-Z0-9.-]{2,254}[a-zA-Z0-9]"
_HOST = (
    r"\b(?:[a-z0-9-]{1,63}\.){1,3}(?:com|org|net|info|gov|int|edu|eu|example|health|care|chat|[a-z]{2})\b"
    rf"(?:/(?:{_REST})?)?"
)
_ADDRESS, _ADDRESS_OR_MAIL = re.compile(f"{_WEB}|{_HOST}"), re.compile(f"{_WEB}|{_MAIL}|{_HOST}")
"""Addresses of the web and of mail, which are in no language; a bracket, a letter beyond ASCII or the punctuation of a
sentence ends them."""

_SIGN = re.compile(r"[.@:][!-~]")
"""In every word that has an address; words are sorted out by it because few have one."""

_BETWEEN = re.compile(r"\n[=~-]{2,}(?=\n)|\n(?:\s*\n\s*)?(?:(?<=\n)\s*(?:-|\d{1,4}\.) )|\n\s*\n")
"""What parts the paragraphs and items of a plain text: blank lines, the lines below titles, bullets and numbers."""

_BULLET = re.compile(r"^\s*(?:-|\d{1,4}\.) ")

_LISTED = re.compile(rf"^(\[[a-z]{{1,3}}\]) (?:(?:(?:https?|mailto|tel|sms):|\.{{0,2}}/)\S+|{_MAIL})$", re.MULTILINE)
"""A line of the list of links at the end of a plain text: the mark of a link, and its address, brackets and all."""

_LETTERS = len("O: A")
"""The longest line that holds letters alone: the cell of a table below its heading."""

_GONE = "\0"


@dataclass(frozen=True, slots=True)
class Known:
    """What one page may say."""

    shared: frozenset[str]
    """What every page of its locale may, squeezed and without addresses."""

    own: frozenset[str]
    """What its article says besides, likewise; texts with addresses also with these, which a line may end in."""

    seamed: tuple[str, ...]
    """The texts between whose parts a plain text may add something."""

    wholes: tuple[str, ...]
    """Texts of several paragraphs that nobody translates, such as code, as they are written."""

    def __contains__(self, text: object) -> bool:
        """Whether a text, squeezed and without addresses, is known as it is."""
        return text in self.own or text in self.shared


def known_texts(edition: Edition, expected: Iterable[Expected]) -> Known:
    """All that the page of an edition may say."""
    worded = (words for item in expected for words in item.worded)
    texts = (*(item.text for item in expected), *worded, *_texts(edition))
    return Known(
        _shared(Same(edition.interface), Same(edition.registry), edition.locale, edition.source_locale),
        frozenset(filter(None, (*map(_told, texts), *(squeezed(text) for text in texts if _SIGN.search(text))))),
        tuple([item.seamed for item in expected if item.seamed != item.text]),
        _wholes(Same(edition.article)),
    )


def strange(text: str, known: Known) -> tuple[str, ...]:
    """What a text of the page says besides what is known: stretches of two letters and more, squeezed.

    The marks of links that a plain text lists at its end say nothing.
    """
    marks = link_marks(text)
    text = _LISTED.sub("", text) if marks else text
    rest = _unknown(text, known)
    if not rest or not _strange(rest, known, marks):
        return ()
    bare = _strange(_without_letters(text, known), known, marks)
    return tuple([part for part in _strange(text, known, marks) if any(one in part for one in bare)])


def link_marks(text: str) -> frozenset[str]:
    """The marks that a plain text lists the addresses of links under: ``[a]``."""
    return frozenset(_LISTED.findall(text))


def _without_letters(text: str, known: Known) -> str:
    """A text without known lines of a letter, such as cells of tables: they are too short to be looked for in words."""
    lines = [_BULLET.sub("", line) for line in text.split("\n")]
    return "\n".join([_GONE if 0 < len(line.strip()) <= _LETTERS and _is_cell(line, known) else line for line in lines])


def _unknown(text: str, known: Known) -> str:
    """The lines of a text or, where it has paragraphs, those and the items of lists, that are not known as they are.

    Most are; if nothing is strange in the others there is nothing strange in the text.
    """
    if "\n\n" not in text:
        parts = text.split("\n")
    else:
        for whole in known.wholes:
            text = text.replace(whole, "\n\n")
        parts = _BETWEEN.split(text)
    return f"\n{_GONE}\n".join([part for part in parts if not part.isspace() and not _is_known(part, known)])


def _is_known(part: str, known: Known) -> bool:
    """Whether a part of a text is known as it is, or is made of nothing but what every page may say."""
    told = _told(part)
    if told in known or squeezed(part) in known.own or _is_shared(told, Same(known.shared)):
        return True
    return ": " in part and all(_is_cell(line, known) for line in part.split("\n"))


def _is_cell(line: str, known: Known) -> bool:
    """Whether a line is known, or is the cell of a table below its heading, as plain texts write it: "Day: Monday"."""
    heading, _, cell = line.partition(": ")
    return _told(line) in known or (_told(heading) in known and _told(cell) in known)


@lru_cache(maxsize=256)
def _is_shared(told: str, shared: Same[frozenset[str]]) -> bool:
    """Such as "3 minutes to read", where the number is the page's own."""
    for _, one in _measured(shared):
        told = told.replace(one, _GONE)
    return not any(map(_is_strange, told.split(_GONE)))


def _strange(text: str, known: Known, marks: frozenset[str]) -> tuple[str, ...]:
    return tuple([part for part in leftovers(text, known) if any(map(_is_strange, _between(part, marks)))])


def _between(part: str, marks: frozenset[str]) -> list[str]:
    for mark in marks:
        part = part.replace(mark, _GONE)
    return part.split(_GONE)


def _is_strange(part: str) -> bool:
    return sum(char.isalpha() for char in part) > 1


def leftovers(text: str, known: Known) -> tuple[str, ...]:
    """What is left of a text of the page when all that is known is taken away, squeezed.

    The longest goes first: a short text may be a part of a longer one.
    """
    left = _told(text)
    own = sorted(((len(one), one) for one in known.own if len(one) > 1), key=itemgetter(0), reverse=True)
    apart = map(_parts, known.seamed)
    seamed: list[tuple[int, str | tuple[str, ...]]] = [(sum(map(len, parts)), parts) for parts in apart]
    for _, one in sorted([*_measured(Same(known.shared)), *own, *seamed], key=itemgetter(0), reverse=True):
        left = left.replace(one, _GONE) if isinstance(one, str) else _without(one, left)
    return tuple(filter(None, left.split(_GONE)))


@lru_cache(maxsize=64)
def _measured(known: Same[frozenset[str]]) -> tuple[tuple[int, str], ...]:
    """Texts with their lengths, longest first; a single character may be a part of anything."""
    return tuple(sorted(((len(one), one) for one in known.value if len(one) > 1), key=itemgetter(0), reverse=True))


def _without(parts: tuple[str, ...], text: str) -> str:
    """A squeezed text with a mark in the place of an expected one, wherever it stands."""
    pieces, at = [], 0
    for start, end in matches_of(parts, text):
        pieces.append(text[at:start])
        at = end
    return _GONE.join([*pieces, text[at:]])


@lru_cache(maxsize=512)
def _parts(seamed: str) -> tuple[str, ...]:
    """The squeezed parts of an expected text between its seams, without addresses."""
    return tuple(map(squeezed, _without_addresses(seamed).split(SEAM)))


@lru_cache(maxsize=512)
def _told(text: str) -> str:
    """A text squeezed and without addresses."""
    return squeezed(_without_addresses(text))


def _without_addresses(text: str) -> str:
    if not _SIGN.search(text):
        return text
    pattern = _ADDRESS_OR_MAIL if "@" in text else _ADDRESS
    return " ".join([pattern.sub(" ", word) if _has_sign(word) else word for word in text.split()])


def _has_sign(word: str) -> bool:
    """Whether a word may be or have an address; few have any of the signs, and to look for them is quickest."""
    return ("." in word or ":" in word or "@" in word) and _SIGN.search(word) is not None


def _texts(edition: Edition) -> Iterator[str]:
    article = edition.article
    told = [*([article.description] if article.description else []), *_worded(Same(article))]
    yield from expected_texts(told, edition)
    yield from plain_texts(article)
    yield from _kept_words(Same(article))
    yield from _dates(edition)


@lru_cache(maxsize=256)
def _shared(interface: Same[Catalog], registry: Same[Registry], locale: Locale, source: Locale) -> frozenset[str]:
    """What every page of a locale may show, squeezed and without addresses."""
    return frozenset(filter(None, map(_told, _of_locale(interface.value, registry.value, locale, source))))


def _of_locale(interface: Catalog, registry: Registry, locale: Locale, source: Locale) -> Iterator[str]:
    yield from words(interface)
    roles = helplines.roles(registry, locale.region, locale.language)
    for id in set(roles.values()) & registry.helplines.keys():
        yield from facts(registry.helplines[id], locale)
    yield locales.language_name(source.language, locale)
    for region in {locale.region, *registry.roles} - {""}:
        yield locales.region_name(region, locale)


def words(interface: Catalog) -> Iterator[str]:
    """The theme's own words in the page's language; the source's where nobody has translated them."""
    for message in interface.messages:
        if message.obsolete:
            continue
        done = message.state is State.TRANSLATED
        for text in message.targets if done else (message.key.source, message.source_plural):
            yield from (part.replace("%%", "%") for part in _PLACEHOLDER.split(text))


def facts(line: Helpline, locale: Locale) -> Iterator[str]:
    """What the registry says of a line, in the words of a page."""
    yield helplines.name_in(line, locale)[0]
    for contact in line.contacts:
        yield contact.display
    for hours in (line.hours, *(contact.hours for contact in line.contacts)):
        yield hours
        yield helplines.hours_in(hours, locale)
    for spoken in (line.languages, *(contact.languages for contact in line.contacts)):
        yield locales.list_of([locales.language_name(one, locale) for one in spoken], locale) if spoken else ""
    if line.verified:
        yield locales.format_date(line.verified.date, locale)


@lru_cache(maxsize=64)
def _wholes(article: Same[Article]) -> tuple[str, ...]:
    texts = (text.strip("\n") for text in plain_texts(article.value))
    return tuple(dict.fromkeys(text for text in texts if "\n\n" in text))


@lru_cache(maxsize=32)
def _worded(article: Same[Article]) -> tuple[Segment, ...]:
    """The texts of an article's attributes: the same places in every locale."""
    return tuple(_attributes((*article.value.body, *article.value.head)))


@lru_cache(maxsize=32)
def _kept_words(article: Same[Article]) -> tuple[str, ...]:
    """What attributes say in blocks that nobody translates, such as tooltips in code."""
    return tuple(_outside_messages(article.value.body))


def _outside_messages(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Element):
            said = (
                value for name, value in node.attrs if name in WORDED and name != "value" and isinstance(value, str)
            )
            yield from said
            yield from _outside_messages(node.children)


def _attributes(nodes: Iterable[Node]) -> Iterator[Segment]:
    """The texts of attributes, such as the words for a picture."""
    for node in nodes:
        if isinstance(node, Element):
            yield from (value for _, value in node.attrs if isinstance(value, Segment))
            yield from _attributes(node.children)
        elif isinstance(node, Segment):
            yield from _attributes(node.content)


def _dates(edition: Edition) -> Iterator[str]:
    revised = dict(edition.catalog.header).get("PO-Revision-Date", "")[:10]
    for value in (revised, *(value for _, value in edition.article.meta)):
        try:
            yield locales.format_date(date.fromisoformat(value), edition.locale)
        except ValueError:
            yield value
