"""The files that translators work on, kept up to date: templates from articles, catalogs from templates.

Each verb walks the project and yields what became of every file. A file that cannot be read is left
exactly as it is and reported; the walk goes on with the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline import engines, extract, merge, po, prefill, project
from pipeline.errors import HandrailError
from pipeline.model import Catalog, Key, State
from pipeline.project import Project, Target

CACHE = ".handrail"
"""Where engines remember; deleting it loses nothing but time."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one file."""

    path: str
    did: str
    """``made``, ``updated``, ``unchanged`` or ``failed``."""

    detail: str = ""
    error: HandrailError | None = None


@dataclass(frozen=True, slots=True)
class _Template:
    name: str
    catalog: Catalog
    safety: frozenset[Key]


def write_templates(one: Project, slugs: Collection[str]) -> Iterator[Change]:
    """Write ``locales/templates/<slug>.pot`` for some articles (none named: for all), and the theme's own."""
    for template in _templates(one, slugs):
        if isinstance(template, Change):
            yield template
        else:
            path = f"{project.TEMPLATES}/{template.name}.pot"
            yield _attempt(one, path, partial(_headed, template.catalog))


def update(one: Project, targets: Sequence[Target], slugs: Collection[str]) -> Iterator[Change]:
    """Bring templates, then the catalogs of some locales, up to date; makes the catalogs that are missing."""
    yield from write_templates(one, slugs)
    for template in _templates(one, slugs):
        if isinstance(template, Change):
            continue  # reported above
        for target in targets:
            path = project.catalog_path(target.locale, template.name)
            yield _attempt(one, path, partial(_merged, one, path, target, template))


def suggest(
    one: Project, targets: Sequence[Target], slugs: Collection[str], environment: Mapping[str, str]
) -> Iterator[Change]:
    """Fill untranslated messages of some locales with suggestions, all fuzzy.

    ``environment`` holds the keys of online engines. Raises EngineError for an engine that cannot be used.
    """
    templates = list(_templates(one, slugs))
    yield from (template for template in templates if isinstance(template, Change))
    articles = [t for t in templates if isinstance(t, _Template) and t.name != project.INTERFACE]
    for target in targets:
        asked = engines.make(target.engines, one.root / CACHE, environment)
        for engine in asked:
            if isinstance(engine, engines.Memory):
                engine.learn(_known(one, target), one.settings.source)
        for template in articles:
            path = project.catalog_path(target.locale, template.name)
            yield _attempt(one, path, partial(_prefilled, one, path, target, template, asked))


def _templates(one: Project, slugs: Collection[str]) -> Iterator[_Template | Change]:
    """The templates of the named articles, and the theme's; a failed Change for an article that cannot be read."""
    for slug, path in project.article_paths(one).items():
        if slugs and slug not in slugs:
            continue
        try:
            article = project.article(one, path)
            yield _Template(slug, extract.template(article), project.safety_keys(article))
        except HandrailError as error:
            yield Change(path, "failed", error=error)
    yield _Template(project.INTERFACE, project.interface_template(one), frozenset())


def _headed(template: Catalog) -> tuple[Catalog, str]:
    """A template as a file: its header says that it is UTF-8, or gettext would not read it."""
    return replace(po.new(None), messages=template.messages), ""


def _merged(one: Project, path: str, target: Target, template: _Template) -> tuple[Catalog, str]:
    there = (one.root / path).exists()
    old = po.load(project.read(one.root, path), path) if there else po.new(target.locale)
    merged = merge.merge(old, template.catalog, template.safety)
    merged = replace(merged, messages=tuple(prefill.accepted(message) for message in merged.messages))
    return merged, _progress(merged)


def _prefilled(
    one: Project, path: str, target: Target, template: _Template, asked: Sequence[prefill.Engine]
) -> tuple[Catalog, str]:
    old = po.load(project.read(one.root, path), path)
    result = prefill.prefill(old, asked, one.settings.source, target.locale, template.safety)
    given = ", ".join(f"{count} from {name}" for name, count in result.counts)
    return result.catalog, f"{given}; {_progress(result.catalog)}"


def _known(one: Project, target: Target) -> Iterator[Catalog]:
    """Every catalog of a locale that can be read; what cannot be read teaches nothing."""
    for slug in project.article_paths(one):
        try:
            yield project.catalog(one, target.locale, slug)
        except HandrailError:
            continue


def _attempt(one: Project, path: str, make: Callable[[], tuple[Catalog, str]]) -> Change:
    """Make a catalog and put it in its place."""
    there = (one.root / path).exists()
    try:
        made, detail = make()
        changed = project.save(one.root, path, po.dump(made))
    except HandrailError as error:
        return Change(path, "failed", error=error)
    did = "unchanged" if not changed else "updated" if there else "made"
    return Change(path, did, detail)


def _progress(catalog: Catalog) -> str:
    messages = [message for message in catalog.messages if not message.obsolete]
    fuzzy = sum(message.state is State.FUZZY for message in messages)
    empty = sum(message.state is State.UNTRANSLATED for message in messages)
    return f"{len(messages)} messages, {fuzzy} fuzzy, {empty} untranslated"
