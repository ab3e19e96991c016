"""``handrail extract`` and ``update``: the files of translators."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from pipeline import catalogs, project
from pipeline.cli import ERROR, OPEN, complain, one_line
from pipeline.cli.choice import slugs, targets
from pipeline.cli.clock import today
from pipeline.cli.sourcing import report_leftovers
from pipeline.errors import UsageError


def extract(arguments: argparse.Namespace) -> int:
    """Write the templates, or with ``--report`` nothing at all."""
    one = project.open_project(arguments.project)
    if arguments.report:
        return report_leftovers(one, slugs(one, arguments.article), arguments.format)
    return print_changes(catalogs.write_templates(one, slugs(one, arguments.article)))


def update(arguments: argparse.Namespace) -> int:
    """Write the templates and merge them into the catalogs."""
    one = project.open_project(arguments.project)
    chosen, named = targets(one, arguments.locale), slugs(one, arguments.article)
    if arguments.trivial:
        return print_changes(catalogs.update_trivially(one, chosen, named, arguments.message, today()))
    if arguments.message:
        raise UsageError("--message says which edits are trivial; it needs --trivial.")
    return print_changes(catalogs.update(one, chosen, named))


def print_changes(changes: Iterable[catalogs.Change]) -> int:
    """Print one line a file; the exit code: 2 where any failed."""
    code = OPEN
    for change in changes:
        if change.error is not None:
            complain(change.error)
            code = ERROR
        else:
            print(f"{change.did:9}  {change.path}" + (f"  ({one_line(change.detail)})" if change.detail else ""))
    return code
