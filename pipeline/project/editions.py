"""Every edition of a project: one article in one locale, with all that its page depends on.

A file that cannot be read costs the editions that need it and no others: it comes back as
:class:`Broken`, which closes their gate. What every edition needs (the settings, the registry of
helplines, articles at all) raises instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline import extract, po
from pipeline.errors import HandrailError
from pipeline.model import Article, Catalog, Edition, Locale, Message, Place, Registry, SignOff, Term
from pipeline.project import loading
from pipeline.project.loading import Project
from pipeline.project.settings import Target


@dataclass(frozen=True, slots=True)
class Broken:
    """Files that cannot be read, and so the editions that cannot go out."""

    article: str
    """Slug; empty where every article is concerned."""

    locale: str
    """Tag; empty where every locale is concerned."""

    error: HandrailError


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a project holds."""

    slugs: tuple[str, ...]
    """Of every article file, readable or not, sorted."""

    editions: tuple[Edition, ...]
    """Article by article: the source locale first, then the locales in the order of the settings."""

    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What all editions of one locale share."""

    target: Target
    interface: Catalog
    signoffs: Mapping[str, tuple[SignOff, ...]]
    """Slug -> those in the file that all articles share."""

    terms: tuple[Term, ...]


def load(project: Project, today: date) -> Loaded:
    """Every edition of the project that can be read, and what cannot.

    Raises HandrailError for what every edition needs: articles at all, the registry, and the theme.
    """
    paths = loading.article_paths(project)
    registry = loading.registry(project)
    words = loading.interface_template(project)
    articles: list[Article] = []
    broken: list[Broken] = []
    for slug, path in paths.items():
        try:
            articles.append(loading.article(project, path))
        except Exception as error:
            broken.append(Broken(slug, "", reported(error, path)))
    editions: dict[str, list[Edition]] = {article.slug: [] for article in articles}
    for target in targets(project):
        for found in _editions(project, target, articles, registry, words, today):
            if isinstance(found, Broken):
                broken.append(found)
            else:
                editions[found.article.slug].append(found)
    return Loaded(tuple(paths), tuple(edition for row in editions.values() for edition in row), tuple(broken))


def targets(project: Project) -> tuple[Target, ...]:
    """The locales of every article's editions: the source locale first."""
    return (Target(project.settings.source, True, ()), *project.settings.targets)


def column(project: Project, target: Target, words: Catalog) -> Column:
    """What all editions of a locale share; ``words`` are the theme's own. Raises HandrailError where it is broken."""
    signoffs: dict[str, list[SignOff]] = {}
    for one in loading.signoffs(project, target.locale):
        signoffs.setdefault(one.article, []).append(one)
    return Column(
        target,
        _interface(project, target.locale, words),
        {slug: tuple(found) for slug, found in signoffs.items()},
        loading.terms(project, target.locale),
    )


def edition(project: Project, shared: Column, article: Article, registry: Registry, today: date) -> Edition:
    """One article in one locale. Raises HandrailError where its catalog, or its sign-offs, cannot be read."""
    locale = shared.target.locale
    own = loading.own_signoffs(project, locale, article.slug)
    return Edition(
        article=article,
        catalog=_catalog(project, locale, article),
        locale=locale,
        source_locale=project.settings.source,
        interface=shared.interface,
        registry=registry,
        signoffs=(*shared.signoffs.get(article.slug, ()), *own),
        terms=shared.terms,
        policy=project.settings.policy,
        published=shared.target.published,
        today=today,
    )


def _editions(
    project: Project, target: Target, articles: Sequence[Article], registry: Registry, words: Catalog, today: date
) -> Iterator[Edition | Broken]:
    """The editions of one locale."""
    locale = target.locale
    try:
        shared = column(project, target, words)
    except Exception as error:
        yield Broken("", locale.tag, reported(error, f"locales/{locale.folder}"))
        return
    for article in articles:
        try:
            yield edition(project, shared, article, registry, today)
        except Exception as error:
            yield Broken(article.slug, locale.tag, reported(error, loading.catalog_path(locale, article.slug)))


def reported(error: Exception, path: str) -> HandrailError:
    """The error as one that has a place: whatever a reader stumbles over costs the editions that need the file."""
    if isinstance(error, HandrailError):
        return error
    said = error.strerror if isinstance(error, OSError) else error  # its text has the path of this machine
    return HandrailError(f"reading this failed: {type(error).__name__}: {said}".rstrip(": ") + ".", Place(path))


def _interface(project: Project, locale: Locale, words: Catalog) -> Catalog:
    """The theme's words in a locale; those that the catalog lacks, because it was cut off or is old, as empty ones."""
    if locale == project.settings.source:
        return _of_source(words, locale)
    own = loading.catalog(project, locale, loading.INTERFACE)
    there = own.index()
    lacking = tuple(Message(word.key) for word in words.messages if word.key not in there)
    return replace(own, messages=(*own.messages, *lacking))


def _catalog(project: Project, locale: Locale, article: Article) -> Catalog:
    if locale != project.settings.source:
        return loading.catalog(project, locale, article.slug)
    own = _of_source(extract.template(article), locale)
    lines = {segment.key: segment.place.line for segment in reversed(list(extract.segments(article)))}
    messages = tuple(replace(message, line=lines.get(message.key, 0)) for message in own.messages)
    return replace(own, messages=messages, path=article.path)


def _of_source(template: Catalog, locale: Locale) -> Catalog:
    """The catalog of the source locale: every target is its source."""
    messages = []
    for message in template.messages:
        plurals = (message.source_plural,) * (locale.plural_count - 1) if message.source_plural else ()
        messages.append(replace(message, targets=(message.key.source, *plurals)))
    return replace(po.new(locale), messages=tuple(messages))
