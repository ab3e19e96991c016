"""What operators start from, a good edition with everything around it, and how copies of it are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline import extract, helplines, merge, readers, render, signoff
from pipeline.errors import HandrailError
from pipeline.model import Article, Catalog, Edition, Key, Page, Segment, SignOff
from pipeline.render import Site, Theme


@dataclass(frozen=True, slots=True)
class Subject:
    """An edition whose gate is open, and the texts that it was made of."""

    edition: Edition
    others: Mapping[str, Edition]
    """The same article in the other locales, by tag."""

    neighbours: tuple[Edition, ...]
    """The other articles in the same locale."""

    source: str
    """Of the article's file."""

    registry: str
    """Of ``source/helplines.toml``."""

    site: Site
    theme: Theme
    page: Page

    @property
    def language(self) -> str:
        """Of the locale: the key of the phrases."""
        return self.edition.locale.language

    @property
    def is_source(self) -> bool:
        """Whether the edition is in the source's own language."""
        return self.edition.locale.tag == self.edition.source_locale.tag


@dataclass(frozen=True, slots=True)
class Case:
    """A copy of a subject as the gate is given it."""

    site: str
    """Where the change was made: a safety id, the id of a helpline, a number of a place."""

    edition: Edition | None = None
    """None where a reader refuses the changed text, which is one way to catch it."""

    page: Page | None = None
    """A finished page; where there is none it is rendered."""

    theme: Theme | None = None
    """Where the change is in the theme."""

    fresh: Edition | None = None
    """The edition as if nobody had ever signed or verified the original, where that is another one."""


REFUSED: Edition | None = None
"""In the place of an edition that cannot be read."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A safety message of a subject."""

    text: str
    """The target; in the source locale the text as it stands in the article."""

    segment: Segment
    subject: Subject

    @property
    def language(self) -> str:
        """Of the text."""
        return self.subject.language


def sentences(subject: Subject) -> tuple[Sentence, ...]:
    """The safety messages of a subject, each once, in reading order."""
    found: dict[Key, Sentence] = {}
    messages = subject.edition.catalog.index()
    data = subject.source.encode()
    for segment in extract.segments(subject.edition.article):
        if segment.safety and segment.key not in found:
            own = data[slice(*segment.span)].decode() if subject.is_source else messages[segment.key].target
            text = " ".join(own.split()) if subject.is_source else own
            found[segment.key] = Sentence(text, segment, subject)
    return tuple(found.values())


# --- copies -------------------------------------------------------------------------------------


def with_text(subject: Subject, segment: Segment, text: str) -> Edition | None:
    """The edition with another text of one message; None where it cannot be read.

    In the source locale the text goes into the article, which is read again.
    """
    if not subject.is_source:
        return with_messages(subject.edition, segment.key, targets=(text,))
    data = subject.source.encode()
    start, end = segment.span
    return with_source(subject, (data[:start] + text.encode() + data[end:]).decode())


def with_messages(edition: Edition, key: Key, /, **fields: object) -> Edition:
    """The edition with other fields of one message."""
    messages = tuple(
        replace(message, **fields) if message.key == key else message  # type: ignore[arg-type]  # by name
        for message in edition.catalog.messages
    )
    return with_catalog(edition, replace(edition.catalog, messages=messages))


def with_catalog(edition: Edition, catalog: Catalog) -> Edition:
    """The edition with another catalog."""
    return replace(edition, catalog=catalog)


def with_source(subject: Subject, source: str) -> Edition | None:
    """The edition after its article changed and its catalog was brought up to date; None where it cannot be read."""
    edition = subject.edition
    try:
        article = readers.read(source.encode(), edition.article.path, edition.article.locale)
    except HandrailError:
        return REFUSED
    template = extract.template(article)
    if subject.is_source:
        own = tuple(replace(message, targets=(message.key.source,)) for message in template.messages)
        return replace(edition, article=article, catalog=replace(edition.catalog, messages=own))
    return replace(edition, article=article, catalog=merge.merge(edition.catalog, template, safety_keys(article)))


def safety_keys(article: Article) -> frozenset[Key]:
    """The keys of an article's safety messages."""
    return frozenset(segment.key for segment in extract.segments(article) if segment.safety)


def with_registry(edition: Edition, registry: str) -> Edition | None:
    """The edition with another registry; None where it cannot be read."""
    try:
        return replace(edition, registry=helplines.load(registry.encode(), edition.registry.path))
    except HandrailError:
        return REFUSED


def verified_anew(edition: Edition) -> Edition:
    """The edition with every registry entry verified as it stands, as by somebody who did not look."""
    lines = {
        id: replace(line, verified=replace(line.verified, hash=helplines.facts_hash(line))) if line.verified else line
        for id, line in edition.registry.helplines.items()
    }
    return replace(edition, registry=replace(edition.registry, helplines=lines))


def signed_anew(edition: Edition) -> Edition:
    """The edition with every safety message signed off as it stands, as a demonstration."""
    messages = edition.catalog.index()
    records: dict[tuple[str, Key], SignOff] = {}
    for segment in extract.segments(edition.article):
        message = messages.get(segment.key)
        if segment.safety and message:
            records[segment.safety, segment.key] = SignOff(
                article=edition.article.slug,
                locale=edition.locale.tag,
                safety=segment.safety,
                source_hash=signoff.source_hash(segment.key, segment.safety),
                target_hash=signoff.target_hash(message.target),
                kind="demonstration",
                translator="Audit (translation)",
                reviewer="Audit (demonstration sign-off)",
                qualification="none: this is a demonstration",
                method="none: no person has compared the texts",
                date=edition.today,
            )
    others = tuple(record for record in edition.signoffs if record.article != edition.article.slug)
    return replace(edition, signoffs=(*others, *records.values()))


def rendered(subject: Subject, edition: Edition) -> Page:
    """The page of an edition of the subject's article."""
    return render.render(edition, subject.site, subject.theme)
