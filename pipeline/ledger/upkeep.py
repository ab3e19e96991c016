"""What earlier updates found out of templates and catalogs, in ``.handrail/update.sqlite``.

A template or a catalog is up to date where its bytes are those that an update left there, and everything that the
update made it of is what it was: updating twice changes nothing that updating once did not. As in the ledger of
builds, nothing counts because it is written here: not without its seal, nor for a file that is not what it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.ledger.answer import SETTINGS, nearest
from pipeline.ledger.program import fingerprint
from pipeline.ledger.sealed import Notes, notes
from pipeline.ledger.sight import ABSENT, Sight, digest, is_same, look, names
from pipeline.ledger.store import FOLDER

_FILE = f"{FOLDER}/update.sqlite"


class Column(NamedTuple):
    """A locale: where its catalogs lie, and what all of them depend on."""

    tag: str
    folder: str
    """Of its catalogs, ``<slug>.po``."""

    apart: str
    """Of files that one catalog alone depends on, ``<slug>.toml``."""

    about: str
    """What of the settings they depend on."""

    files: tuple[str, ...]


class Layout(NamedTuple):
    """Where articles, templates and catalogs lie, and what they depend on."""

    articles: str
    """The folder of the articles, ``<slug><suffix>``."""

    suffixes: tuple[str, ...]
    templates: str
    """The folder of the templates, ``<slug>.pot``."""

    theme: str
    """The folder of the files that make the one template that is no article's, ..."""

    interface: str
    """... which has this name."""

    about: str
    """What of the settings all of them depend on."""

    files: tuple[str, ...]
    columns: tuple[Column, ...]


class Kept(NamedTuple):
    """A template or a catalog as an update left it."""

    key: str
    """Of what it depends on beside its article."""

    signature: str
    hash: str
    told: str
    """How far it is, for the line about it."""


class Shelf(NamedTuple):
    """A locale in this run."""

    column: Column
    shared: str
    """The key of what all locales depend on."""

    key: str
    """Of everything that all its catalogs depend on."""

    is_apart: bool
    """Whether any of its catalogs has a file of its own to depend on."""

    inputs: tuple[tuple[str, str], ...]
    """(path, hash) of the files that all its catalogs depend on."""


class Stale(NamedTuple):
    """A catalog that is not up to date."""

    path: str
    shelf: Shelf
    key: str
    """Of what it depends on beside its article."""


class Outlook(NamedTuple):
    """What is up to date of an article, or of the theme, and what is not."""

    slug: str
    path: str
    """Of the article; empty for the theme."""

    sight: Sight
    key: str
    """Of the article, and of everything else that its template depends on."""

    files: tuple[tuple[str, Kept | None], ...]
    """(path, as it was left) of its template, then of its catalogs; None for those that are not up to date."""

    stale: tuple[Stale, ...]
    """These catalogs."""

    inputs: tuple[tuple[str, str], ...]
    """(path, hash) of the files that the template, and one catalog alone, are made of; not all of them where nothing is
    to be done."""

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to do."""
        return not self.stale and self.files[0][1] is not None


class _Known(NamedTuple):
    """What is noted of an article."""

    sight: tuple[str, str] = ("", "")
    key: str = ""
    files: Mapping[str, Sequence[str]] = {}


@dataclass(slots=True)
class Upkeep:
    """An open ledger of updates."""

    root: Path
    notes: Notes
    seen: dict[str, Sight] = field(default_factory=dict)
    """Files that much depends on, as this run saw them first."""

    # --- where everything lies ---

    def layout(self) -> Layout | None:
        """Where everything lies; None where nobody has noted it for the settings as they are."""
        settings, *raw = self.notes.get("layout") or [""]
        if settings != self._settings():
            return None
        articles, suffixes, templates, theme, interface, about, files, columns = raw
        found = tuple(Column(tag, folder, apart, about, tuple(own)) for tag, folder, apart, about, own in columns)
        return Layout(articles, tuple(suffixes), templates, theme, interface, about, tuple(files), found)

    def arrange(self, layout: Layout) -> None:
        """Note where everything lies by the settings as they are."""
        self.notes.put("layout", [self._settings(), *layout])

    def articles(self, layout: Layout) -> dict[str, str] | None:
        """Slug -> path of the articles, sorted by path; None where there are none, or a name is no good."""
        try:
            there = sorted(os.listdir(self.root / layout.articles))  # noqa: PTH208  # as in look
        except (FileNotFoundError, NotADirectoryError):
            return None
        split = [(os.path.splitext(name), name) for name in there]  # noqa: PTH122  # as in look
        files = [(stem, f"{layout.articles}/{name}") for (stem, suffix), name in split if suffix in layout.suffixes]
        found = dict(files)
        return found if 0 < len(found) == len(files) and layout.interface not in found else None

    # --- catalogs that belong to nothing ---

    def orphans(self, layout: Layout, column: Column, slugs: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
        """Path of each catalog of a locale without an article, and whether it is known that it can be read."""
        try:
            there = sorted(os.listdir(self.root / column.folder))  # noqa: PTH208  # as in look
        except (FileNotFoundError, NotADirectoryError):
            return
        for name in there:
            stem = name.removesuffix(".po")
            if stem != name and stem not in slugs and stem != layout.interface:
                path = f"{column.folder}/{name}"
                yield path, self.notes.get(f"orphan {path}") == look(f"{self.root}/{path}").hash

    def note_orphan(self, path: str) -> None:
        """Note that a catalog without an article can be read."""
        self.notes.put(f"orphan {path}", look(f"{self.root}/{path}").hash)

    # --- articles ---

    def shelves(self, layout: Layout, columns: Iterable[Column]) -> tuple[Shelf, ...]:
        """The locales of some columns."""
        shared = self._shared(layout)
        found = []
        for column in columns:
            inputs = self._hashes((*layout.files, *column.files))
            key = digest(shared, column.about, *(hash for _, hash in inputs))
            found.append(Shelf(column, shared, key, (self.root / column.apart).is_dir(), inputs))
        return tuple(found)

    def outlooks(
        self, layout: Layout, articles: Iterable[tuple[str, str]], shelves: Sequence[Shelf]
    ) -> Iterator[Outlook]:
        """What is up to date of each of the articles, (slug, path), and of the theme, in these locales."""
        shared = self._shared(layout)
        for slug, path in articles:
            known = self._known(slug)
            before = Sight(*known.sight) if known.sight[0] else None
            sight = look(f"{self.root}/{path}", before)
            key = digest(shared, path, sight.hash)
            yield self._outlook(layout, Outlook(slug, path, sight, key, (), (), ((path, sight.hash),)), known, shelves)
        below = self._below(layout.theme)
        key = digest(shared, *(part for one in below for part in one))
        theme = Outlook(layout.interface, "", Sight("", ""), key, (), (), below)
        yield self._outlook(layout, theme, self._known(layout.interface), shelves)

    def keep(self, outlook: Outlook, left: Iterable[tuple[str, Kept]]) -> None:
        """Keep templates and catalogs, (path, as it was left), made of what the article was when it was looked at."""
        known = self._known(outlook.slug)
        files = {**(known.files if known.key == outlook.key else {}), **dict(left)}
        self.notes.put(f"article {outlook.slug}", [outlook.sight, outlook.key, files])

    def forget(self, layout: Layout, slugs: Mapping[str, str]) -> None:
        """Forget articles that are no more."""
        for name in self.notes.names():
            kind, _, slug = name.partition(" ")
            if kind == "article" and slug not in slugs and slug != layout.interface:
                self.notes.forget(name)

    def _outlook(self, layout: Layout, empty: Outlook, known: _Known, shelves: Sequence[Shelf]) -> Outlook:
        """An outlook with its files."""
        slug, before = empty.slug, known.files if known.key == empty.key else {}
        template = f"{layout.templates}/{slug}.pot"
        files = [(template, self._still(template, before.get(template), ""))]
        stale, hashes = [], []
        for shelf in shelves:
            hash = look(f"{self.root}/{shelf.column.apart}/{slug}.toml").hash if shelf.is_apart else ABSENT
            path, key = f"{shelf.column.folder}/{slug}.po", shelf.key + hash
            kept = self._still(path, before.get(path), key)
            files.append((path, kept))
            hashes.append(hash)
            if kept is None:
                stale.append(Stale(path, shelf, key))
        outlook = empty._replace(files=tuple(files), stale=tuple(stale))
        if not outlook.is_done:
            apart = [(f"{shelf.column.apart}/{slug}.toml", hash) for shelf, hash in zip(shelves, hashes, strict=True)]
            outlook = outlook._replace(inputs=(*empty.inputs, *apart))
        there = [(path, kept) for path, kept in files if kept]
        if before and (empty.sight != known.sight or any(kept[1] != before[path][1] for path, kept in there)):
            self.keep(outlook, there)  # the file system can tell now what it could not tell before
        return outlook

    def _still(self, path: str, row: Sequence[str] | None, key: str) -> Kept | None:
        """A file as it was left, if it is there and made of the same."""
        if row is None or row[0] != key:
            return None
        before = Kept(*row)
        if is_same(f"{self.root}/{path}", before.signature):
            return before  # as nearly every file
        now = look(f"{self.root}/{path}", Sight(before.signature, before.hash) if before.signature else None)
        return before._replace(signature=now.signature) if now.hash == before.hash else None

    def _known(self, slug: str) -> _Known:
        raw: Any = self.notes.get(f"article {slug}")
        return _Known((raw[0][0], raw[0][1]), raw[1], raw[2]) if raw else _Known()

    def _shared(self, layout: Layout) -> str:
        return digest(fingerprint(), layout.about, *(hash for _, hash in self._hashes(layout.files)))

    def _below(self, folder: str) -> tuple[tuple[str, str], ...]:
        """(path, hash) of what is below a folder; folders have no hash, and a slash at their end."""
        found = names(self.root, folder)
        return tuple((path, "" if path.endswith("/") else self._sight(path).hash) for path in found)

    def _hashes(self, paths: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return tuple((path, self._sight(path).hash) for path in paths)

    def _sight(self, path: str) -> Sight:
        """One of the few files that much depends on; they are read in every run."""
        if path not in self.seen:
            self.seen[path] = look(f"{self.root}/{path}")
        return self.seen[path]

    def _settings(self) -> str:
        return digest(fingerprint(), *(hash for _, hash in self._hashes(SETTINGS)))


@contextmanager
def updates(root: Path) -> Iterator[Upkeep]:
    """The ledger of updates of a project; an empty one where there is none that can be used."""
    with notes(root / _FILE) as found:
        yield Upkeep(root, found)


def root_of_updates(start: Path) -> Path | None:
    """The root of the project that ``start`` lies in, where it has a ledger of updates; else None."""
    root = nearest(Path(os.path.realpath(start)))
    return root if root and (root / _FILE).is_file() else None
