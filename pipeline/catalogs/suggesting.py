"""Suggestions into empty messages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from pipeline import engines, po, prefill, project
from pipeline.catalogs.walking import Change, Template, attempt, progress, templates
from pipeline.errors import HandrailError
from pipeline.model import Catalog
from pipeline.project import Project, Target

CACHE = ".handrail"
"""Where engines remember; deleting it loses nothing but time."""


def suggest(
    one: Project, targets: Sequence[Target], slugs: Collection[str], environment: Mapping[str, str]
) -> Iterator[Change]:
    """Fill untranslated messages of some locales with suggestions, all fuzzy.

    ``environment`` holds the keys of online engines. Raises EngineError for an engine that cannot be used.
    """
    found = list(templates(one, slugs))
    yield from (template for template in found if isinstance(template, Change))
    articles = [template for template in found if isinstance(template, Template) and template.article]
    for target in targets:
        asked = engines.make(target.engines, one.root / CACHE, environment)
        for engine in asked:
            if isinstance(engine, engines.Memory):
                engine.learn(_known(one, target), one.settings.source)
        for template in articles:
            path = project.catalog_path(target.locale, template.name)
            yield attempt(one, path, partial(_prefilled, one, path, target, template, asked))


def _prefilled(
    one: Project, path: str, target: Target, template: Template, asked: Sequence[prefill.Engine]
) -> tuple[Catalog, str]:
    old = po.load(project.read(one.root, path), path)
    result = prefill.prefill(old, asked, one.settings.source, target.locale, template.safety)
    given = ", ".join(f"{count} from {name}" for name, count in result.counts)
    return result.catalog, f"{given}; {progress(result.catalog)}"


def _known(one: Project, target: Target) -> Iterator[Catalog]:
    """Every catalog of a locale that can be read; what cannot be read teaches nothing."""
    for slug in project.article_paths(one):
        try:
            yield project.catalog(one, target.locale, slug)
        except HandrailError:
            continue
