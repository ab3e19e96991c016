"""``handrail extract``, ``update`` and ``prefill``: the files of translators."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable

from pipeline import catalogs, project
from pipeline.cli import ERROR, OPEN, complain, one_line
from pipeline.cli.choice import slugs, targets, today
from pipeline.cli.sourcing import report_leftovers
from pipeline.errors import UsageError


def extract(arguments: argparse.Namespace) -> int:
    """Write the templates, or with ``--report`` nothing at all."""
    one = project.open_project(arguments.project)
    if arguments.report:
        return report_leftovers(one, slugs(one, arguments.article), arguments.format)
    return _print(catalogs.write_templates(one, slugs(one, arguments.article)))


def update(arguments: argparse.Namespace) -> int:
    """Write the templates and merge them into the catalogs."""
    one = project.open_project(arguments.project)
    chosen, named = targets(one, arguments.locale), slugs(one, arguments.article)
    if arguments.trivial:
        return _print(catalogs.update_trivially(one, chosen, named, arguments.message, today()))
    if arguments.message:
        raise UsageError("--message says which edits are trivial; it needs --trivial.")
    return _print(catalogs.update(one, chosen, named))


def prefill(arguments: argparse.Namespace) -> int:
    """Write suggestions into empty messages."""
    one = project.open_project(arguments.project)
    chosen = targets(one, arguments.locale)
    return _print(catalogs.suggest(one, chosen, slugs(one, arguments.article), os.environ))


def _print(changes: Iterable[catalogs.Change]) -> int:
    """One line a file; 2 where any failed."""
    code = OPEN
    for change in changes:
        if change.error is not None:
            complain(change.error)
            code = ERROR
        else:
            print(f"{change.did:9}  {change.path}" + (f"  ({one_line(change.detail)})" if change.detail else ""))
    return code
