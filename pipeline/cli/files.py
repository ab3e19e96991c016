"""``handrail extract``, ``update`` and ``prefill``: the files of translators."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable

from pipeline import catalogs, project
from pipeline.cli import ERROR, OPEN, complain
from pipeline.cli.choice import slugs, targets


def extract(arguments: argparse.Namespace) -> int:
    """Write the templates."""
    one = project.open_project(arguments.project)
    return _print(catalogs.write_templates(one, slugs(one, arguments.article)))


def update(arguments: argparse.Namespace) -> int:
    """Write the templates and merge them into the catalogs."""
    one = project.open_project(arguments.project)
    return _print(catalogs.update(one, targets(one, arguments.locale), slugs(one, arguments.article)))


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
            print(f"{change.did:9}  {change.path}" + (f"  ({change.detail})" if change.detail else ""))
    return code
