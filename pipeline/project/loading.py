"""The files of a project as values: where each lies, and who reads it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from pipeline import extract, glossary, locales, po, readers, render, signoff
from pipeline.errors import CatalogError, LocaleError, SignOffError, SourceError, ThemeError
from pipeline.model import Article, Catalog, Key, Locale, Place, Registry, SignOff, Term
from pipeline.project import disk, settings
from pipeline.project.settings import Settings, Target

ARTICLES = "source/articles"
REGISTRY = "source/helplines.toml"
THEME = "source/templates"
TEMPLATES = "locales/templates"
INTERFACE = "interface"
"""The name of the catalog of the theme's own words; no article may have it."""


class Files(Protocol):
    """Where the files of a project come from, if not from its folder."""

    def read(self, path: str) -> bytes:
        """The bytes at a path of the project; HandrailError where there are none."""

    def has(self, path: str) -> bool:
        """Whether something is there, even a link to nothing."""

    def folder(self, path: str) -> Path:
        """A folder of this machine with the files below a path of the project."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with settings: everything else is read from it when it is asked for."""

    root: Path
    settings: Settings
    files: Files | None = None
    """Asked instead of the folder, where a unit of work must read what it was told to, and nothing newer."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; HandrailError where it is missing or cannot be read."""
        return self.files.read(path) if self.files else disk.read(self.root, path)

    def has(self, path: str) -> bool:
        """Whether something has this name, even a link to nothing: it is read, and the reader says what is wrong."""
        return self.files.has(path) if self.files else os.path.lexists(f"{self.root}/{path}")

    def target(self, tag: str) -> Target:
        """The locale of that tag that the project translates into; LocaleError where there is none."""
        for target in self.settings.targets:
            if target.locale.tag == tag:
                return target
        known = ", ".join(target.locale.tag for target in self.settings.targets)
        raise LocaleError(f"{tag} is not a locale of this project; its locales are {known}.", Place(self.settings.path))


def article_paths(project: Project) -> dict[str, str]:
    """Slug -> path of every article of the project, sorted.

    Raises SourceError where there is none: a check that finds nothing to check must not pass.
    """
    paths: dict[str, str] = {}
    for slug, path in sorted(article_files(project), key=lambda file: file[1]):
        if slug in paths:
            raise SourceError(f"{paths[slug]} has the same name; rename one of them.", Place(path))
        if slug == INTERFACE:
            raise SourceError(
                f"the name {INTERFACE} belongs to the theme's own catalog; rename this file.", Place(path)
            )
        paths[slug] = path
    if not paths:
        raise SourceError("there is no article here: write one as <name>.md or <name>.html.", Place(ARTICLES))
    return paths


def article_files(project: Project) -> Iterator[tuple[str, str]]:
    """(slug, path) of every file that is an article, one at a time, in no order."""
    folder = project.root / ARTICLES
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            stem, suffix = os.path.splitext(entry.name)  # noqa: PTH122  # a Path for each of many names costs more
            if suffix in readers.FORMATS:
                yield stem, f"{ARTICLES}/{entry.name}"


def article(project: Project, path: str) -> Article:
    """The article at a path of the project; SourceError where it cannot be read."""
    chosen = project.settings
    return readers.read(project.read(path), path, chosen.source.tag, selection=chosen.sources)


def registry(project: Project) -> Registry:
    """The helplines of the project; RegistryError where they cannot be read.

    Pseudo-locales have no region on Earth: they show the lines of the source locale's.
    """
    from pipeline import helplines  # templates are made without

    found = helplines.load(project.read(REGISTRY), REGISTRY)
    own = found.roles.get(project.settings.source.region, {})
    made_up = {one.locale.region: own for one in project.settings.targets if locales.is_pseudo(one.locale)}
    return replace(found, roles={**made_up, **found.roles}) if made_up else found


def catalog_path(locale: Locale, name: str) -> str:
    """Where the catalog of an article, or of the interface, lies."""
    return f"locales/{locale.folder}/LC_MESSAGES/{name}.po"


def catalog_names(project: Project, locale: Locale) -> tuple[str, ...]:
    """The names of the catalogs that a locale has, sorted; some may be of articles that are no more."""
    folder = project.root / catalog_path(locale, INTERFACE)
    return tuple(sorted(file.stem for file in folder.parent.glob("*.po")))


def catalog(project: Project, locale: Locale, name: str) -> Catalog:
    """A catalog of the project; CatalogError where it is missing or cannot be read."""
    path = catalog_path(locale, name)
    if not project.has(path):
        raise CatalogError("this catalog is missing; `handrail update` makes it.", Place(path))
    return replace(po.load(project.read(path), path), locale=locale.tag)


def signoff_path(locale: Locale) -> str:
    """Where the sign-offs of a locale lie."""
    return f"locales/{locale.folder}/signoffs.toml"


def own_signoff_path(locale: Locale, slug: str) -> str:
    """Where an article has its sign-offs in a locale with so many that each has a file of its own."""
    return f"locales/{locale.folder}/signoffs/{slug}.toml"


def signoffs(project: Project, locale: Locale) -> tuple[SignOff, ...]:
    """The sign-offs in the file that all articles of a locale share; none where nobody has signed anything yet."""
    return _signoffs(project, signoff_path(locale))


def own_signoffs(project: Project, locale: Locale, slug: str) -> tuple[SignOff, ...]:
    """The sign-offs in the file of one article; none where it has none of its own.

    Raises SignOffError where one of them is about another article: nobody would look for it there.
    """
    path = own_signoff_path(locale, slug)
    found = _signoffs(project, path)
    for one in found:
        if one.article != slug:
            raise SignOffError(f"this sign-off is about {one.article}; move it to the file of that article.", one.place)
    return found


def _signoffs(project: Project, path: str) -> tuple[SignOff, ...]:
    return signoff.load(project.read(path), path) if project.has(path) else ()


def glossary_path(locale: Locale) -> str:
    """Where the glossary of a locale lies."""
    return f"source/glossary/{locale.tag}.csv"


def terms(project: Project, locale: Locale) -> tuple[Term, ...]:
    """The glossary of a locale; empty where it has none."""
    path = glossary_path(locale)
    if not project.has(path):
        return ()
    return glossary.load(project.read(path), path)


def interface_template(project: Project) -> Catalog:
    """The theme's own words, without a locale. Raises ThemeError where its templates cannot be read."""
    with _readable():
        return render.interface_template(_theme_folder(project))


def theme(project: Project) -> render.Theme:
    """The theme of the project: its own templates before the packaged ones.

    Raises ThemeError where its own cannot be read.
    """
    with _readable():
        return render.load_theme(_theme_folder(project))


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ThemeError(f"a template cannot be read: {error.strerror or error}.", Place(THEME)) from error


def _theme_folder(project: Project) -> Path | None:
    """Where the project's own templates are; None where it has none."""
    if not project.has(THEME):
        return None
    return project.files.folder(THEME) if project.files else project.root / THEME


def safety_keys(one: Article) -> frozenset[Key]:
    """The keys of an article's safety messages."""
    return frozenset(segment.key for segment in extract.segments(one) if segment.safety)


def open_project(start: Path) -> Project:
    """The project that ``start`` lies in; UsageError or SettingsError where there is none that can be used."""
    root = settings.find(start)
    return Project(root, settings.load(root))
