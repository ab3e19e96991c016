"""A catalog by itself: what can be said of its messages without the article, the sign-offs or a project.

The messages come from any tool and in any markup. What is no markup that Handrail reads is compared by its tags.
Catalogs of one template have the same sources, so what is to be known of a source is worked out once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from pipeline import inline, locales, placeables
from pipeline.checks import when
from pipeline.checks.dialling import digits_of
from pipeline.checks.phones import numbers, registered, without_numbers
from pipeline.checks.units import Unit
from pipeline.errors import CatalogError, LocaleError, MarkupError
from pipeline.model import (
    Article,
    Catalog,
    Edition,
    Key,
    Locale,
    Message,
    Node,
    Place,
    Policy,
    Registry,
    Segment,
    Text,
)

SOURCE = "en"
"""The language of the sources where the header has no X-Source-Language."""

HELPLINE = "helpline"
"""The safety id of a message whose source has a phone number and which is marked with none."""

_OLD_CODES = {"in": "id", "iw": "he", "ji": "yi", "no": "nb", "tl": "fil"}
"""Codes that older catalogs still have; https://www.iana.org/assignments/language-subtag-registry."""

_MODIFIERS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}

_MARK = re.compile(r"safety: ([a-z][a-z0-9-]*)")
_LINE = re.compile(r"(.+):([0-9]{1,9})")


def edition(catalog: Catalog, registry: Registry, today: date) -> Edition:
    """The catalog as an edition of an article that consists of its messages.

    Raises CatalogError where the header does not say which language it is in.
    """
    header = dict(catalog.header)
    locale = _locale(header.get("Language", ""), "Language", catalog.path)
    source = _locale(header.get("X-Source-Language", "") or SOURCE, "X-Source-Language", catalog.path)
    title = Segment(Key(""), (), "title", Place(catalog.path))
    # A plural stands for its message: a text of an article has no plural forms.
    texts = (
        replace(message, key=message.key._replace(source=message.source_plural)) if message.source_plural else message
        for message in catalog.messages
        if not message.obsolete
    )
    body = tuple([_segment(message.key, message.references, message.notes) for message in texts])
    return Edition(
        article=Article(catalog.path, catalog.path, source.tag, title, None, (), body),
        catalog=replace(catalog, locale=locale.tag),
        locale=locale,
        source_locale=source,
        interface=Catalog(locale.tag, path=catalog.path),
        registry=registry,
        signoffs=(),
        terms=(),
        policy=Policy(complete=0.0),
        published=True,
        today=today,
    )


def units(one: Edition) -> tuple[Unit, ...]:
    """One for each message that is not obsolete, and for each of its plural forms."""
    found: list[Unit] = []
    messages = (message for message in one.catalog.messages if not message.obsolete)
    for message, segment in zip(messages, one.article.body, strict=True):
        if len(message.targets) == 1:
            found.append(_unit(one, message, segment))
        else:
            found += [_unit(one, form, segment) for form in _forms(message)]
    return tuple(found)


def _locale(name: str, field: str, path: str) -> Locale:
    """The locale of a gettext name such as ``pt_BR``, ``sr@latin`` or ``zh_hans``."""
    language, _, modifier = name.strip().partition(".")[0].partition("@")
    parts = [_OLD_CODES.get(language.lower(), language.lower())] if len(language) < 4 else re.split("[_-]", language)
    script = _MODIFIERS.get(modifier)
    tag = "-".join([parts[0].lower(), *([script] if script else []), *(_cased(part) for part in parts[1:])])
    try:
        return locales.locale(tag)
    except LocaleError:
        said = f"says “{name}”, which is no locale" if name.strip() else "is missing"
        raise CatalogError(f"The header {field} {said}, so nobody knows what to compare.", Place(path, 1)) from None


def _cased(part: str) -> str:
    """A script in title case, a region in upper case: RFC 5646, section 2.1.1."""
    return part.title() if len(part) == 4 else part.upper()


def _forms(message: Message) -> Iterator[Message]:
    """The message once for each plural form, with the source that the form belongs to."""
    for number, target in enumerate(message.targets):
        source = message.source_plural if number and message.source_plural else message.key.source
        yield replace(message, key=message.key._replace(source=source), targets=(target,))


def _unit(one: Edition, message: Message, segment: Node) -> Unit:
    """The segment is the one that the edition has for the message."""
    place = Place(one.catalog.path, message.line)
    if not isinstance(segment, Segment) or segment.key != message.key:  # a plural has one for its last form only
        segment = _segment(message.key, message.references, message.notes)
    source = _source(message.key.source)
    written = message.target
    target, broken = _target(source, written) if written else ("", "")
    safety = _safety(message.notes, source)
    unit = Unit(
        one,
        message,
        segment,
        safety,
        place,
        segment.place if segment.place.path else place,
        source.text,
        target,
        broken,
    )
    if not source.numbers and not when.has_digit(written):
        return unit
    spoken = {*source.numbers, *numbers(written)}
    spoken |= {digits for contact in registered(unit) for digits in digits_of(contact)}
    if not spoken:
        return unit
    return unit._replace(source=without_numbers(source.text, spoken), target=without_numbers(target, spoken))


@dataclass(frozen=True, slots=True)
class _Source:
    """A source text, and what every catalog that has it asks about it."""

    written: str
    """As it is written."""

    content: tuple[Node, ...]
    """Its nodes; its text alone where it has no variables, as those are what rules look for."""

    is_read: bool
    """Whether its markup is such as Handrail reads."""

    text: str
    """What is visible of it; all of it where nobody knows."""

    numbers: tuple[str, ...]
    """The digits of its phone numbers."""

    marks: tuple[str, ...] | None
    """Its code and its links; None where it has other markup."""

    safety: tuple[str, ...]
    """The safety id of a message without any: one of its own for a phone number."""


@lru_cache(maxsize=16384)
def _source(source: str) -> _Source:
    digits = tuple(numbers(source))
    safety = (HELPLINE,) if digits or ".phone}" in source else ()
    if outline := inline.outline(source):
        text, marks = outline
        return _Source(source, (Text(text),), True, text, digits, marks, safety)
    try:
        nodes = inline.parse(source)
    except MarkupError:
        return _Source(source, (Text(source),), False, source, digits, None, safety)
    return _Source(source, nodes, True, inline.plain(nodes), digits, None, safety)


@lru_cache(maxsize=4096)
def _unchanged(source: str) -> tuple[str, str]:
    """As :func:`_target`, of a target that is its source, as one in six is in catalogs of technical texts."""
    return _compared(_source(source), source)


def _target(source: _Source, target: str) -> tuple[str, str]:
    """What is visible of a target, and what is wrong with its markup."""
    if not target or target.isspace():
        return target, ""
    return _unchanged(target) if target == source.written else _compared(source, target)


def _compared(source: _Source, target: str) -> tuple[str, str]:
    if source.marks is not None and (outline := inline.outline(target)):
        shown, marks = outline
        broken = inline.difference(Counter(source.marks), Counter(marks)) if marks != source.marks else ""
        return target if broken else shown, broken
    if not source.is_read:
        return target, _tags_differ(source.text, target)
    try:
        return inline.plain(inline.conform(inline.parse(target), inline.parse(source.written))), ""
    except MarkupError as error:
        return target, error.message


def _tags_differ(source: str, target: str) -> str:
    ours, theirs = _tags(source), _tags(target)
    if lost := sorted((ours - theirs).keys()):
        return f"{lost[0]} is missing from the translation."
    if invented := sorted((theirs - ours).keys()):
        return f"The translation has {invented[0]}, which the source does not have."
    return ""


def _tags(text: str) -> Counter[str]:
    """The tags of a text by name, with their ends told apart."""
    return Counter(
        re.sub(r"^(</?[A-Za-z][A-Za-z0-9-]*).*", r"\1>", one.text, flags=re.DOTALL)
        for one in placeables.find(text)
        if one.kind == "tag"
    )


@lru_cache(maxsize=16384)
def _segment(key: Key, references: tuple[str, ...], notes: tuple[str, ...]) -> Segment:
    """A message in the article, the same for every catalog of a template.

    Its place is the one that a reference names, or has no path: then nobody knows more than where the catalog has it.
    """
    place = next(filter(None, map(_named, references)), None) or Place("")
    source = _source(key.source)
    safety = _safety(notes, source)
    return Segment(key, source.content, "message", place, safety=safety[0] if safety else "")


def _named(reference: str) -> Place | None:
    """The line that a reference names, if it names one."""
    match = _LINE.fullmatch(reference) if ":" in reference else None
    return Place(match[1], int(match[2])) if match else None


def _safety(notes: tuple[str, ...], source: _Source) -> tuple[str, ...]:
    """The safety ids that the notes give, as Handrail's own templates do, or else the source's own."""
    marked = tuple([match[1] for note in notes if (match := _MARK.fullmatch(note.strip()))]) if notes else ()
    return marked or source.safety
