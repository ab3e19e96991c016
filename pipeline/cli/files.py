"""``handrail extract`` and ``update``: the files of translators.

What is up to date is known from the ledger of updates, without importing what reading an article would need.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.cli import ERROR, OPEN, complain, one_line
from pipeline.errors import UsageError
from pipeline.ledger import Column, Layout, Upkeep

if TYPE_CHECKING:
    from pipeline.catalogs import Change


def extract(arguments: argparse.Namespace) -> int:
    """Write the templates, or with ``--report`` nothing at all."""
    if arguments.report:
        from pipeline import project
        from pipeline.cli.choice import slugs
        from pipeline.cli.sourcing import report_leftovers

        one = project.open_project(arguments.project)
        return report_leftovers(one, slugs(one, arguments.article), arguments.format)
    with _upkeep(arguments) as (book, layout):
        return _brought(arguments, book, layout, ())


def update(arguments: argparse.Namespace) -> int:
    """Write the templates and merge them into the catalogs."""
    if arguments.trivial:
        return _trivially(arguments)
    if arguments.message:
        raise UsageError("--message says which edits are trivial; it needs --trivial.")
    with _upkeep(arguments) as (book, layout):
        return _brought(arguments, book, layout, _columns(arguments, layout))


def print_changes(changes: Iterable[Change]) -> int:
    """Print one line a file; the exit code: 2 where any failed."""
    code = OPEN
    for change in changes:
        if change.error is not None:
            complain(change.error)
            code = ERROR
        else:
            _print(change.did, change.path, change.detail)
    return code


def _print(did: str, path: str, detail: str) -> None:
    sys.stdout.write(f"{did:9}  {path}  ({one_line(detail)})\n" if detail else f"{did:9}  {path}\n")


def _trivially(arguments: argparse.Namespace) -> int:
    from pipeline import catalogs, project
    from pipeline.cli.choice import slugs, targets
    from pipeline.cli.clock import today

    one = project.open_project(arguments.project)
    chosen, named = targets(one, arguments.locale), slugs(one, arguments.article)
    return print_changes(catalogs.update_trivially(one, chosen, named, arguments.message, today()))


@contextmanager
def _upkeep(arguments: argparse.Namespace) -> Iterator[tuple[Upkeep, Layout]]:
    """The ledger of updates of a project, and where its files lie."""
    root = ledger.root_of_updates(arguments.project)
    if root:
        with ledger.updates(root) as book:
            if layout := book.layout():
                yield book, layout
                return
    from pipeline import catalogs, project

    one = project.open_project(arguments.project)
    with ledger.updates(one.root) as book:
        layout = catalogs.layout(one)
        book.arrange(layout)
        yield book, layout


def _jobs(arguments: argparse.Namespace) -> int:
    """How many processes share the work."""
    jobs = len(os.sched_getaffinity(0)) if arguments.jobs is None else int(arguments.jobs)
    if jobs < 1:
        raise UsageError("--jobs is a number of processes, at least 1.")
    return jobs


def _columns(arguments: argparse.Namespace, layout: Layout) -> tuple[Column, ...]:
    """The locales that were named, or all; LocaleError for an unknown one."""
    known = {column.tag: column for column in layout.columns}
    if not arguments.locale:
        return layout.columns
    if any(tag not in known for tag in arguments.locale):
        from pipeline import project
        from pipeline.cli.choice import targets

        targets(project.open_project(arguments.project), arguments.locale)
    return tuple(known[tag] for tag in dict.fromkeys(arguments.locale))


def _articles(arguments: argparse.Namespace, book: Upkeep, layout: Layout) -> dict[str, str]:
    """Slug -> path of every article; UsageError for an unknown one, SourceError where there is none at all."""
    found = book.articles(layout)
    if found is None or any(slug not in found for slug in arguments.article):
        from pipeline import project
        from pipeline.cli.choice import slugs

        one = project.open_project(arguments.project)
        slugs(one, arguments.article)
        found = project.article_paths(one)
    return found


def _brought(arguments: argparse.Namespace, book: Upkeep, layout: Layout, columns: tuple[Column, ...]) -> int:
    """Bring templates and catalogs up to date; nothing is imported for those that are."""
    jobs = _jobs(arguments)
    every = _articles(arguments, book, layout)
    chosen = {slug: path for slug, path in every.items() if not arguments.article or slug in arguments.article}
    code = _followed(arguments, book, layout, columns, every, chosen)
    shelves = book.shelves(layout, columns)
    outlooks = book.outlooks(layout, chosen.items(), shelves)
    for outlook in outlooks:
        if not outlook.is_done:
            from pipeline import catalogs, project

            one = project.open_project(arguments.project)
            rest = chain([outlook], outlooks)
            code = max(code, print_changes(catalogs.brought(one, book, shelves, rest, jobs)))
            break
        for path, kept in outlook.files:
            _print("unchanged", path, kept.told if kept else "")
    if not arguments.article:
        book.forget(layout, every)
    return code


def _followed(
    arguments: argparse.Namespace,
    book: Upkeep,
    layout: Layout,
    columns: tuple[Column, ...],
    every: dict[str, str],
    chosen: dict[str, str],
) -> int:
    """Move the catalogs of renamed articles."""
    orphans = {column.tag: list(book.orphans(layout, column, every)) for column in columns}
    names = (*chosen, layout.interface)
    tags = [
        column.tag
        for column in columns
        if (found := orphans[column.tag])
        and not (
            all(is_legible for _, is_legible in found)
            and all((book.root / column.folder / f"{name}.po").exists() for name in names)
        )
    ]
    if not tags:
        return OPEN
    from pipeline import catalogs, project

    one = project.open_project(arguments.project)
    paths = [path for tag in tags for path, _ in orphans[tag]]
    return print_changes(catalogs.moved(one, book, [one.target(tag) for tag in tags], tuple(chosen), paths))
