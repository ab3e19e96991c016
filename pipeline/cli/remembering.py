"""``handrail memory``: what people accepted before, looked through and exchanged."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pipeline import catalogs, project, report
from pipeline.cli import CLOSED, OPEN, one_line
from pipeline.cli.choice import targets
from pipeline.engines.memory import Memory
from pipeline.errors import UsageError
from pipeline.project import Project, Target

_SHOWN = 10


def memory(arguments: argparse.Namespace) -> int:
    """Do one of the actions; ``search`` and ``import`` exit with 1 where they find nothing to use."""
    one = project.open_project(arguments.project)
    chosen = targets(one, arguments.locale)
    if arguments.action in ("search", "import") and not arguments.item:
        what = "a text to look for" if arguments.action == "search" else "a TMX file"
        raise UsageError(f"`handrail memory {arguments.action}` needs {what}.")
    if arguments.action == "export" and arguments.to is None:
        raise UsageError("`handrail memory export` needs --to, the folder to write to.")
    found = catalogs.memory_of(one, os.environ)
    with closing(found.store):
        if arguments.action == "import":
            return _import(one, found, chosen, [Path(item) for item in arguments.item])
        catalogs.learned(one, found, chosen)
        if arguments.action == "search":
            return _search(one, found, chosen, " ".join(arguments.item), arguments.least)
        if arguments.action == "stats":
            return _stats(found)
        for path, many in catalogs.export(one, found, chosen, arguments.to):
            print(f"{path}  ({many} units)")
    return OPEN


def _search(one: Project, memory: Memory, chosen: Sequence[Target], text: str, least: int) -> int:
    """The likest sources in each locale, with what could turn their meaning round."""
    any_found = False
    for target in chosen:
        for match in memory.search(text, one.settings.source, target.locale, float(least))[:_SHOWN]:
            any_found = True
            article = one_line(match.entry.article)
            print(f"{match.score:3.0f} %  {target.locale.tag}  {article}: {one_line(match.entry.source)}")
            print(f"{'':6} {one_line(match.entry.target)}")
            if match.dangers:
                print(f"{'':6} differs dangerously: {one_line('; '.join(match.dangers))}")
    if not any_found:
        print(f"Nothing in the memory is {least} % like it; --least lowers the bar.")
    return OPEN if any_found else CLOSED


def _stats(memory: Memory) -> int:
    """A row for each article and locale."""
    held = memory.store.holdings()
    rows = [
        (one.shelf.source, one.shelf.target, one_line(one.shelf.owner), one_line(one.shelf.article), str(one.entries))
        for one in held
    ]
    report.table(("source", "target", "from", "article", "messages"), rows, sys.stdout)
    print(f"{sum(one.entries for one in held)} messages in {memory.store.name}.")
    return OPEN


def _import(one: Project, memory: Memory, chosen: Sequence[Target], files: Sequence[Path]) -> int:
    """Each file for each locale that it has; 1 where one has none of them."""
    code = OPEN
    for file in dict.fromkeys(files):
        pairs = 0
        for taken in catalogs.take(one, memory, chosen, file):
            pairs += taken.pairs
            if taken.pairs or taken.refused:
                print(f"{'taken':9}  {file}  ({taken.locale}: {taken.pairs} pairs, {taken.refused.total()} refused)")
            for reason, many in sorted(taken.refused.items()):
                print(f"{'refused':9}  {many} pairs: {one_line(reason)}")
        if not pairs:
            print(f"{'nothing':9}  {file}  (no pairs of {one.settings.source.tag} and the locales of this project)")
            code = CLOSED
    return code
