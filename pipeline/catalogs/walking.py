"""What every verb about catalogs needs: the templates of a project, and a way to put a catalog in its place."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from pipeline import extract, po, project, segmentation
from pipeline.errors import HandrailError
from pipeline.model import Article, Catalog, Key, Locale, Message, State
from pipeline.project import Project


class Change(NamedTuple):
    """What became of one file; there are many, of which a tuple is made in no time."""

    path: str
    did: str
    """``made``, ``moved``, ``updated``, ``kept``, ``unchanged`` or ``failed``."""

    detail: str = ""
    error: HandrailError | None = None
    hash: str = ""
    """Of the bytes of a template or a catalog that is up to date now: SHA-256, in hexadecimal."""

    progress: str = ""
    """How far a catalog is."""


@dataclass(frozen=True, slots=True)
class Template:
    """The messages of an article, or of the theme."""

    name: str
    """The slug, or :data:`pipeline.project.INTERFACE`."""

    catalog: Catalog
    safety: frozenset[Key]
    article: Article | None
    """None for the theme."""


@dataclass(frozen=True, slots=True)
class Made:
    """A template or a catalog to put in its place."""

    data: bytes
    progress: str = ""
    """How far it is, for the line about it."""

    remark: str = ""
    """What else that line says where the file changes."""

    before: bytes | None = None
    """What stood in its place when it was made; None where nobody knows."""


def made(catalog: Catalog, progress: str = "") -> Made:
    """The bytes of a catalog; CatalogError where PO cannot hold it."""
    charset = po.recoded(catalog)
    return Made(po.dump(catalog), progress, f"; was in {charset}, is in UTF-8 now" if charset else "")


def write_template(one: Project, template: Template) -> Change:
    """Write one template: its header says that it is UTF-8, or gettext would not read it.

    No person writes into templates, so nothing waits for the disk.
    """
    headed = replace(segmentation.stamped(po.new(None)), messages=template.catalog.messages)
    return _put(one, f"{project.TEMPLATES}/{template.name}.pot", lambda: made(headed), project.write)


def templates(one: Project, slugs: Collection[str]) -> Iterator[Template | Change]:
    """The templates of the named articles, and the theme's; a failed Change for an article that cannot be read."""
    for name, path in names(one, slugs).items():
        yield template_of(one, name, path)


def names(one: Project, slugs: Collection[str]) -> dict[str, str]:
    """Name -> path of the named articles (none named: of all), and at the end the theme's, which has no path."""
    paths = project.article_paths(one).items()
    return {**{slug: path for slug, path in paths if not slugs or slug in slugs}, project.INTERFACE: ""}


def template_of(one: Project, name: str, path: str) -> Template | Change:
    """The template of an article, or without a path the theme's; a failed Change for one that cannot be read."""
    if not path:
        return Template(project.INTERFACE, project.interface_template(one), frozenset(), None)
    try:
        article = project.article(one, path)
        return Template(name, extract.template(article), project.safety_keys(article), article)
    except HandrailError as error:
        return Change(path, "failed", error=error)


def known(one: Project, locale: Locale) -> Iterator[Catalog]:
    """Every catalog of a locale that can be read; what cannot be read teaches nothing."""
    for slug in project.article_paths(one):
        try:
            yield project.catalog(one, locale, slug)
        except HandrailError:
            continue


def attempt(one: Project, path: str, make: Callable[[], Made]) -> Change:
    """Make a catalog, and put it in its place."""
    return _put(one, path, make, project.save)


def _put(one: Project, path: str, make: Callable[[], Made], write: Callable[[Path, str, bytes], bool]) -> Change:
    there = os.path.exists(f"{one.root}/{path}")  # noqa: PTH110  # a Path for each of many files takes longer
    try:
        new = make()
        changed = new.data != new.before and write(one.root, path, new.data)
    except HandrailError as error:
        return Change(path, "failed", error=error)
    did = "unchanged" if not changed else "updated" if there else "made"
    detail = f"{new.progress}{new.remark}" if changed else new.progress
    return Change(path, did, detail, hash=hashlib.sha256(new.data).hexdigest(), progress=new.progress)


def progress(states: Iterable[State | None]) -> str:
    """How far a catalog is, for the line about it, by the states of its messages."""
    counts = Counter(states)
    total = counts.total() - counts[None]
    return f"{total} messages, {counts[State.FUZZY]} fuzzy, {counts[State.UNTRANSLATED]} untranslated"


def state(message: Message) -> State | None:
    """None for an obsolete one."""
    return None if message.obsolete else message.state
