"""The articles of a build, and the files of their editions.

Those that it looks at are in a table of the ledger, ``scope``, with the round in which they are next. In the first they
are checked, in later ones rendered: their pages of the site (``going`` is GOING), previews (DRAFT), or both (NULL).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import ledger, project
from pipeline.build.columns import Shared
from pipeline.build.plan import Run


def list_articles(run: Run) -> None:
    """Note the articles; refuse two of one name and none at all, in the words of :func:`project.article_paths`."""
    book, count = run.book, 0
    book.execute("DELETE FROM articles")
    for slug, path in project.article_files(run.one):
        count += 1
        if slug == project.INTERFACE or book.one("SELECT 1 FROM articles WHERE slug = ?", slug):
            project.article_paths(run.one)
        book.execute("INSERT OR REPLACE INTO articles VALUES (?, ?)", slug, path)
    if not count:
        project.article_paths(run.one)
    if run.wanted.slugs:
        for (slug,) in book.all("SELECT slug FROM articles"):
            if slug not in run.wanted.slugs:
                book.execute("DELETE FROM articles WHERE slug = ?", slug)


def articles(run: Run) -> Iterator[tuple[str, str]]:
    """(slug, path) of every article of this round, in order; the ledger may be written to meanwhile."""
    last = ""
    query = (
        "SELECT slug, path FROM scope JOIN articles USING (slug) WHERE slug > ? AND round >= ? ORDER BY slug LIMIT 500"
    )
    while rows := run.book.all(query, last, run.round):
        yield from rows
        last = rows[-1][0]


ALSO = "ON CONFLICT DO UPDATE SET round = max(round, excluded.round), going = iif(going IS excluded.going, going, NULL)"
"""Pages beside others of the same article that are in scope already."""


def note_links(run: Run) -> None:
    """Note which articles link to which."""
    run.book.execute("DELETE FROM linked")
    links = "judged, json_each(judged.links) WHERE judged.links <> '[]'"
    run.book.execute(f"INSERT OR IGNORE INTO linked SELECT value, slug FROM {links}")


def said(run: Run) -> str:
    """A hash of what lists say of the pages of the articles that a run looks at."""
    query = (
        "SELECT slug, pos, going, title, about, changed FROM judged WHERE loaded AND slug IN (SELECT slug FROM scope)"
    )
    return ledger.digest(repr(run.book.all(f"{query} ORDER BY slug, pos")))


def own_files(run: Run, column: Shared, slug: str) -> tuple[tuple[str, str], ...]:
    """(path, hash) of the files of one edition; the source locale has no catalogs."""
    return tuple((path, run.book.sight(path).hash) for path in own_paths(column, slug))


def own_paths(column: Shared, slug: str) -> list[str]:
    """The paths of those files."""
    paths = [project.catalog_path(column.target.locale, slug)] if column.pos else []
    if column.apart:
        paths.append(project.own_signoff_path(column.target.locale, slug))
    return paths
