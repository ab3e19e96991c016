"""``update``: templates into catalogs, with what a translator of each locale should know."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pipeline import merge, notes, po, prefill, project, segmentation, tomlfile
from pipeline.catalogs.renaming import follow
from pipeline.catalogs.walking import (
    Change,
    Made,
    Template,
    attempt,
    made,
    names,
    progress,
    state,
    templates,
    write_template,
)
from pipeline.errors import CatalogError, HandrailError
from pipeline.merge import Declared, Kinship
from pipeline.model import Catalog, Locale, Message, Place, Registry
from pipeline.notes import Facts
from pipeline.project import Project, Target

_LOG = b"""\
# Source edits that somebody declared trivial, so that the translations stayed accepted. `handrail update --trivial`
# adds to this file; only people read it.
"""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the catalogs of one locale share."""

    target: Target
    facts: Facts


@dataclass(frozen=True, slots=True)
class _Work:
    """One catalog to bring up to date."""

    path: str
    locale: Locale
    template: Template
    ready: Catalog
    """The template with the notes of the locale."""

    kinship: Kinship
    """What merging the template into each of its catalogs has in common."""


def update(one: Project, targets: Sequence[Target], slugs: Collection[str]) -> Iterator[Change]:
    """Bring templates and the catalogs of some locales up to date, article by article; makes those that are missing.

    The catalog of a renamed article is moved to its new name. Raises RegistryError for a registry that cannot be read.
    """
    for work in _work(one, targets, slugs):
        yield work if isinstance(work, Change) else _put(one, work)


def update_trivially(
    one: Project, targets: Sequence[Target], slugs: Collection[str], parts: Collection[str], today: date
) -> Iterator[Change]:
    """Like :func:`update`, but an edited source keeps its accepted translation where the edit may be trivial.

    ``parts``: only messages whose new source holds one of these texts; none given means all that changed. What is
    kept is logged in ``locales/<tag>/trivial.toml``, before the catalog is written. What is refused comes back as
    failed, with the reason, and is merged as :func:`update` merges it.
    """
    for work in _work(one, targets, slugs):
        if isinstance(work, Change):
            yield work
            continue
        try:
            declared = merge.declare(_old(one, work), work.ready, work.template.safety, parts)
            _log(one, work, declared, today)
        except HandrailError as error:
            yield Change(work.path, "failed", error=error)
            continue
        yield from _account(work.path, declared)
        yield attempt(one, work.path, partial(_remade, declared.catalog, work))


def current(one: Project, target: Target, slug: str) -> Catalog:
    """The catalog of an article as :func:`update` would write it; raises what is wrong with any of its files."""
    found = next(iter(templates(one, [slug])))
    if isinstance(found, Change):
        raise found.error or CatalogError("the article cannot be read.", Place(found.path))
    work = _for(one, shared(one, target, registry(one)), found, Kinship(found.catalog))
    return _finished(_old(one, work), work)


def catalogs_of(one: Project, template: Template, columns: Sequence[Shared]) -> Iterator[Change]:
    """Bring the catalogs of one template up to date in some locales."""
    for work in _each(one, template, columns):
        yield work if isinstance(work, Change) else _put(one, work)


def shared(one: Project, target: Target, registry: Registry) -> Shared:
    """What the catalogs of a locale share; raises what is wrong with its files."""
    terms, signoffs = project.terms(one, target.locale), project.signoffs(one, target.locale)
    return Shared(target, Facts(target.locale, one.settings.source, terms, registry, signoffs))


def legible(one: Project, targets: Sequence[Target], registry: Registry) -> Iterator[Shared | Change]:
    """What the catalogs of each locale share; a failed Change for one whose files cannot be read."""
    for target in targets:
        try:
            yield shared(one, target, registry)
        except HandrailError as error:
            path = error.place.path if error.place else project.catalog_path(target.locale, project.INTERFACE)
            yield Change(path, "failed", error=error)


def registry(one: Project) -> Registry:
    """The helplines of the project; none where it has no registry yet."""
    return project.registry(one) if one.has(project.REGISTRY) else Registry({}, {})


# --- what there is to do --------------------------------------------------------------------------


def _work(one: Project, targets: Sequence[Target], slugs: Collection[str]) -> Iterator[Change | _Work]:
    """Catalogs of renamed articles in their places, then, article by article, its template and its catalogs."""
    helplines = registry(one)
    yield from follow(one, targets, names(one, slugs))
    found = list(legible(one, targets, helplines))
    yield from (column for column in found if isinstance(column, Change))
    columns = [column for column in found if isinstance(column, Shared)]
    for template in templates(one, slugs):
        if isinstance(template, Change):
            yield template
            continue
        yield write_template(one, template)
        yield from _each(one, template, columns)


def _each(one: Project, template: Template, columns: Sequence[Shared]) -> Iterator[Change | _Work]:
    kinship = Kinship(template.catalog)
    for column in columns:  # the catalogs of one article together: they share their sources
        try:
            yield _for(one, column, template, kinship)
        except HandrailError as error:
            yield Change(project.catalog_path(column.target.locale, template.name), "failed", error=error)


def _for(one: Project, column: Shared, template: Template, kinship: Kinship) -> _Work:
    locale = column.target.locale
    own = project.own_signoffs(one, locale, template.name)
    facts = replace(column.facts, signoffs=(*column.facts.signoffs, *own)) if own else column.facts
    ready = notes.localized(template.catalog, template.article, facts)
    return _Work(project.catalog_path(locale, template.name), locale, template, ready, kinship)


# --- one catalog ----------------------------------------------------------------------------------


def _old(one: Project, work: _Work) -> Catalog:
    data = project.read(one.root, work.path) if (one.root / work.path).exists() else b""
    if not data.strip():  # a file with nothing in it has no header to say its language, either
        return segmentation.stamped(po.new(work.locale))
    return segmentation.migrated(po.load(data, work.path), work.ready)


def _put(one: Project, work: _Work) -> Change:
    return attempt(one, work.path, partial(_merged, one, work))


def _merged(one: Project, work: _Work) -> Made:
    """The catalog merged; of most entries nothing is made but a copy."""
    there = os.path.exists(f"{one.root}/{work.path}")  # noqa: PTH110  # a Path for each of many files takes longer
    before = project.read(one.root, work.path) if there else None
    sketch = po.sketch(before, work.path) if before and not before.isspace() else None
    if sketch is None or segmentation.version(sketch.catalog) != segmentation.VERSION:
        return _remade(_old(one, work), work)
    parts = merge.merge_sketch(sketch, work.ready, work.template.safety, work.kinship)
    found = [prefill.accepted(part) if isinstance(part, Message) else part for part in parts]
    states = (state(part) if isinstance(part, Message) else sketch.state(part) for part in found)
    return Made(sketch.dump(found), progress(states), before=before)


def _finished(old: Catalog, work: _Work) -> Catalog:
    merged = merge.merge(old, work.ready, work.template.safety, work.kinship)
    return replace(merged, messages=tuple(prefill.accepted(message) for message in merged.messages))


def _remade(old: Catalog, work: _Work) -> Made:
    catalog = _finished(old, work)
    return made(catalog, progress(map(state, catalog.messages)))


# --- trivial edits --------------------------------------------------------------------------------


def _account(path: str, declared: Declared) -> Iterator[Change]:
    """What was kept, and what was not and why."""
    for kept in declared.kept:
        yield Change(path, "kept", f'"{kept.message.key.source}"')
    for declined in declared.declined:
        sentence = f'"{declined.key.source}" is not kept: {declined.reason.rstrip(".")}. It waits for a translator.'
        yield Change(path, "failed", error=CatalogError(sentence, Place(path)))


def _log(one: Project, work: _Work, declared: Declared, today: date) -> None:
    """Note what is kept, each edit once; CatalogError where the log is no TOML."""
    if not declared.kept:
        return
    path = f"locales/{work.locale.folder}/trivial.toml"
    data = project.read(one.root, path) if (one.root / path).exists() else _LOG
    noted = {
        (table.text("article"), table.text("before"), table.text("now"))
        for table in tomlfile.read(data, path, CatalogError).tables("edit")
    }
    for kept in declared.kept:
        edit = (work.template.name, kept.before.source, kept.message.key.source)
        if edit not in noted:
            slug, before, now = edit
            fields = (("article", slug), ("before", before), ("now", now), ("date", today))
            data = tomlfile.append(data, "edit", fields)
    project.save(one.root, path, data)
