"""Articles that were given another name: their catalogs follow.

A catalog whose article is gone belongs to a new article if at least half of the messages of each stand in the other.
Moving is one stroke for the file system, and the merge that comes after it loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial

from pipeline import project
from pipeline.catalogs.walking import Change, Template, template_of
from pipeline.errors import HandrailError
from pipeline.model import Catalog
from pipeline.project import Project, Target

_REMEMBERED = 64
"""Templates of new articles, which every locale asks for."""


def follow(one: Project, targets: Sequence[Target], names: Mapping[str, str]) -> Iterator[Change]:
    """Move the catalogs of renamed articles, and their templates, to the new names: name -> path of the article."""
    every = {*project.article_paths(one), project.INTERFACE}
    template = lru_cache(maxsize=_REMEMBERED)(partial(template_of, one))
    for target in targets:
        orphans: dict[str, Catalog] = {}
        for name in project.catalog_names(one, target.locale):
            if name not in every:
                try:
                    orphans[name] = project.catalog(one, target.locale, name)
                except HandrailError as error:
                    yield Change(project.catalog_path(target.locale, name), "failed", error=error)
        for name, path in names.items():
            if not orphans or (one.root / project.catalog_path(target.locale, name)).exists():
                continue
            new = template(name, path)
            if isinstance(new, Template) and (old := _origin(new, orphans)):
                yield _moved(one, target, orphans.pop(old), old, new)


def _origin(template: Template, orphans: dict[str, Catalog]) -> str:
    """The catalog without an article that shares most with a template, the first among equals; empty if none is it."""
    keys = frozenset(message.key for message in template.catalog.messages)
    shares = {name: len(keys & orphan.index().keys()) for name, orphan in orphans.items()}
    old = max(shares, key=lambda name: shares[name], default="")
    if not old or 2 * shares[old] < max(len(keys), len(orphans[old].index())):
        return ""
    return old


def _moved(one: Project, target: Target, catalog: Catalog, old: str, template: Template) -> Change:
    path = project.catalog_path(target.locale, template.name)
    shared = len(catalog.index().keys() & {message.key for message in template.catalog.messages})
    before, after = f"{project.TEMPLATES}/{old}.pot", f"{project.TEMPLATES}/{template.name}.pot"
    try:
        detail = f"from {old}.po, which has {shared} of its {len(template.catalog.messages)} messages"
        detail += _reviews(one, target, old)
        project.move(one.root, catalog.path, path)
        if (one.root / before).exists() and not (one.root / after).exists():
            project.move(one.root, before, after)
    except HandrailError as error:
        return Change(path, "failed", error=error)
    return Change(path, "moved", detail)


def _reviews(one: Project, target: Target, old: str) -> str:
    """What becomes of the sign-offs: they name the old article, and only a person can review the new one."""
    shared = sum(signoff.article == old for signoff in project.signoffs(one, target.locale))
    count = shared + len(project.own_signoffs(one, target.locale, old))
    if not count:
        return ""
    return f"; its {count} sign-offs name {old} and do not count here: review the safety messages and sign them again"
