"""Which articles a build looks at: all of them, or those that can have changed since the last one.

An edition depends on its own files, on what all editions share, and on its neighbours: the other languages of its
article, and the articles that it links to. Where nothing changed but files of a few articles, no other edition can come
to anything else than it did, save those of articles that link to them: the build goes on with the last one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice
from pathlib import PurePosixPath

from pipeline import ledger, project
from pipeline.build.columns import Shared
from pipeline.build.kept import broken
from pipeline.build.plan import Run
from pipeline.build.scope import ALSO, note_links, own_paths, said
from pipeline.build.telling import untold

_BASIS = "basis"

_MOST = 1_000
"""Files that changed; after more of them, all articles are looked at."""


def choose(run: Run, columns: Sequence[Shared]) -> None:
    """Note the articles that this run looks at; where they are not all, it goes on with the last run."""
    book = run.book
    touched = _touched(run, columns)
    book.forget(_BASIS)  # this run changes what the last one noted
    book.execute("DELETE FROM scope")
    if touched is None:
        book.execute("INSERT INTO scope SELECT slug, 1, NULL FROM articles")
        for table in ("checked", "judged", "told"):
            gone = "slug NOT IN (SELECT slug FROM articles) OR pos >= ?"
            book.execute(f"DELETE FROM {table} WHERE {gone}", len(columns))
        return
    note_links(run)
    book.many("INSERT INTO scope VALUES (?, 1, NULL)", [(slug,) for slug in touched])
    # Of these, the pages alone: one that was withheld for what it shows goes out again until it is found again.
    book.execute(f"INSERT INTO scope SELECT slug, 0, checked FROM judged WHERE going <> checked {ALSO}")
    linking = "SELECT linked.slug, going FROM linked JOIN scope ON scope.slug = target"
    for slug, going in book.all(linking):
        book.execute(f"INSERT INTO scope VALUES (?, 0, ?) {ALSO}", slug, going)
    run.said = said(run)
    book.resume()


def note_basis(run: Run, columns: Sequence[Shared], folders: str) -> None:
    """Note that this run has come to its end, and that another can go on with it."""
    run.book.note(_BASIS, _basis(run, columns, run.book.run, folders))


def listings(run: Run) -> str:
    """A text that changes with the names of articles, templates and files of sign-offs."""
    folders = [project.ARTICLES, project.THEME]
    folders += [
        str(PurePosixPath(project.signoff_path(one.locale)).with_suffix("")) for one in project.targets(run.one)
    ]
    return json.dumps({folder: ledger.listing(run.book.root, folder) for folder in folders})


def _basis(run: Run, columns: Sequence[Shared], number: int, folders: str) -> str:
    """A hash of everything that all editions share, or those of a locale, but for the day."""
    common = (number, run.common.program, run.common.settings, run.common.hashes, run.debt_key)
    return ledger.digest(repr(common), repr([column.hashes for column in columns]), folders)


def _touched(run: Run, columns: Sequence[Shared]) -> set[str] | None:
    """The articles of which a file changed, or what the ledger says of them; None where anything else may have."""
    book, today = run.book, run.today.isoformat()
    basis, first, until = (book.fact(name) or "" for name in (_BASIS, "from", "until"))
    if not basis or not first <= today < until:
        return None
    if basis != _basis(run, columns, book.run - 1, listings(run)):
        return None
    changed = set(islice(book.changed(), _MOST + 1))
    stems = sorted({PurePosixPath(path).stem for path in changed})
    found = [row for stem in stems for row in book.all("SELECT slug, path FROM articles WHERE slug = ?", stem)]
    slugs, own = {slug for slug, _ in found}, {path for _, path in found}
    own.update(path for slug in slugs for column in columns for path in own_paths(column, slug))
    if len(changed) > _MOST or not changed <= own or not _is_complete(run, columns):
        return None
    return slugs if book.is_as_left else slugs | set(broken(book)) | set(untold(book))


def _is_complete(run: Run, columns: Sequence[Shared]) -> bool:
    """Whether the ledger knows of every edition, and of every file of the output, what should be there."""
    (editions,) = run.book.one("SELECT count(*) FROM judged JOIN articles USING (slug)")
    (articles,) = run.book.one("SELECT count(*) FROM articles")
    (expected,) = run.book.one("SELECT count(*) FROM expected")
    (there,) = run.book.one("SELECT count(*) FROM expected JOIN files USING (path, hash)")
    (files,) = run.book.one("SELECT count(*) FROM files WHERE path LIKE 'build/site/%' OR path LIKE 'build/preview/%'")
    return bool(editions == articles * len(columns) and expected == there == files)
