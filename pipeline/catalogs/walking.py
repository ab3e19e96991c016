"""What every verb about catalogs needs: the templates of a project, and a way to put a catalog in its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from pipeline import extract, po, project, segmentation
from pipeline.errors import HandrailError
from pipeline.model import Article, Catalog, Key, Locale, State
from pipeline.project import Project


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one file."""

    path: str
    did: str
    """``made``, ``moved``, ``updated``, ``kept``, ``unchanged`` or ``failed``."""

    detail: str = ""
    error: HandrailError | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """The messages of an article, or of the theme."""

    name: str
    """The slug, or :data:`pipeline.project.INTERFACE`."""

    catalog: Catalog
    safety: frozenset[Key]
    article: Article | None
    """None for the theme."""


def write_templates(one: Project, slugs: Collection[str]) -> Iterator[Change]:
    """Write ``locales/templates/<slug>.pot`` for some articles (none named: for all), and the theme's own."""
    for template in templates(one, slugs):
        if isinstance(template, Change):
            yield template
        else:
            yield write_template(one, template)


def write_template(one: Project, template: Template) -> Change:
    """Write one template: its header says that it is UTF-8, or gettext would not read it."""
    headed = replace(segmentation.stamped(po.new(None)), messages=template.catalog.messages)
    return attempt(one, f"{project.TEMPLATES}/{template.name}.pot", lambda: (headed, ""))


def templates(one: Project, slugs: Collection[str]) -> Iterator[Template | Change]:
    """The templates of the named articles, and the theme's; a failed Change for an article that cannot be read."""
    for slug, path in project.article_paths(one).items():
        if slugs and slug not in slugs:
            continue
        try:
            article = project.article(one, path)
            yield Template(slug, extract.template(article), project.safety_keys(article), article)
        except HandrailError as error:
            yield Change(path, "failed", error=error)
    yield Template(project.INTERFACE, project.interface_template(one), frozenset(), None)


def known(one: Project, locale: Locale) -> Iterator[Catalog]:
    """Every catalog of a locale that can be read; what cannot be read teaches nothing."""
    for slug in project.article_paths(one):
        try:
            yield project.catalog(one, locale, slug)
        except HandrailError:
            continue


def attempt(one: Project, path: str, make: Callable[[], tuple[Catalog, str]]) -> Change:
    """Make a catalog and put it in its place."""
    there = (one.root / path).exists()
    try:
        made, detail = make()
        changed = project.save(one.root, path, po.dump(made))
    except HandrailError as error:
        return Change(path, "failed", error=error)
    did = "unchanged" if not changed else "updated" if there else "made"
    return Change(path, did, f"{detail}{_recoded(made)}" if changed else detail)


def _recoded(catalog: Catalog) -> str:
    charset = po.recoded(catalog)
    return f"; was in {charset}, is in UTF-8 now" if charset else ""


def progress(catalog: Catalog) -> str:
    """How far a catalog is, for the line about it."""
    messages = [message for message in catalog.messages if not message.obsolete]
    fuzzy = sum(message.state is State.FUZZY for message in messages)
    empty = sum(message.state is State.UNTRANSLATED for message in messages)
    return f"{len(messages)} messages, {fuzzy} fuzzy, {empty} untranslated"
