"""The files of a project as values: where each lies, and who reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import extract, glossary, helplines, locales, po, readers, render, signoff
from pipeline.errors import CatalogError, LocaleError, SourceError, ThemeError
from pipeline.model import Article, Catalog, Key, Locale, Place, Registry, SignOff, Term
from pipeline.project import disk, settings
from pipeline.project.settings import Settings, Target

ARTICLES = "source/articles"
REGISTRY = "source/helplines.toml"
THEME = "source/templates"
TEMPLATES = "locales/templates"
INTERFACE = "interface"
"""The name of the catalog of the theme's own words; no article may have it."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with settings: everything else is read from it when it is asked for."""

    root: Path
    settings: Settings

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
    folder = project.root / ARTICLES
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.suffix not in readers.FORMATS:
            continue
        path = f"{ARTICLES}/{file.name}"
        if file.stem in paths:
            raise SourceError(f"{paths[file.stem]} has the same name; rename one of them.", Place(path))
        if file.stem == INTERFACE:
            raise SourceError(
                f"the name {INTERFACE} belongs to the theme's own catalog; rename this file.", Place(path)
            )
        paths[file.stem] = path
    if not paths:
        raise SourceError("there is no article here: write one as <name>.md or <name>.html.", Place(ARTICLES))
    return paths


def article(project: Project, path: str) -> Article:
    """The article at a path of the project; SourceError where it cannot be read."""
    chosen = project.settings
    return readers.read(disk.read(project.root, path), path, chosen.source.tag, selection=chosen.sources)


def registry(project: Project) -> Registry:
    """The helplines of the project; RegistryError where they cannot be read.

    Pseudo-locales have no region on Earth: they show the lines of the source locale's.
    """
    found = helplines.load(disk.read(project.root, REGISTRY), REGISTRY)
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
    if not (project.root / path).exists():
        raise CatalogError("this catalog is missing; `handrail update` makes it.", Place(path))
    return replace(po.load(disk.read(project.root, path), path), locale=locale.tag)


def signoff_path(locale: Locale) -> str:
    """Where the sign-offs of a locale lie."""
    return f"locales/{locale.folder}/signoffs.toml"


def signoffs(project: Project, locale: Locale) -> tuple[SignOff, ...]:
    """The sign-offs of a locale; none where nobody has signed anything yet."""
    path = signoff_path(locale)
    if not _is_there(project, path):
        return ()
    return signoff.load(disk.read(project.root, path), path)


def terms(project: Project, locale: Locale) -> tuple[Term, ...]:
    """The glossary of a locale; empty where it has none."""
    path = f"source/glossary/{locale.tag}.csv"
    if not _is_there(project, path):
        return ()
    return glossary.load(disk.read(project.root, path), path)


def interface_template(project: Project) -> Catalog:
    """The theme's own words, without a locale."""
    return render.interface_template(theme(project))


def theme(project: Project) -> render.Theme:
    """The theme of the project: its own templates before the packaged ones.

    Raises ThemeError where its own cannot be read.
    """
    try:
        return render.load_theme(project.root / THEME if _is_there(project, THEME) else None)
    except OSError as error:
        raise ThemeError(f"a template cannot be read: {error.strerror or error}.", Place(THEME)) from error


def _is_there(project: Project, path: str) -> bool:
    """Whether something has this name, even a link to nothing: then it is read, and the reader says what is wrong."""
    return os.path.lexists(project.root / path)


def safety_keys(one: Article) -> frozenset[Key]:
    """The keys of an article's safety messages."""
    return frozenset(segment.key for segment in extract.segments(one) if segment.safety)


def open_project(start: Path) -> Project:
    """The project that ``start`` lies in; UsageError or SettingsError where there is none that can be used."""
    root = settings.find(start)
    return Project(root, settings.load(root))
