"""``handrail reconcile``: two versions of a catalog, as git's merge driver gets them."""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

from pipeline import merge, po, project
from pipeline.cli import CLOSED, OPEN, complain, one_line
from pipeline.errors import HandrailError
from pipeline.model import Catalog


def reconcile(arguments: argparse.Namespace) -> int:
    """Write both versions into ours; 1 where a person has to choose between texts, 2 where a version is no PO file.

    In that case git merges the lines, conflict markers and all, as it does without a driver.
    """
    name = arguments.name or str(arguments.ours)
    try:
        base, ours, theirs = (_load(file, name) for file in (arguments.base, arguments.ours, arguments.theirs))
        result = merge.reconcile(base, ours, theirs)
        project.save(arguments.ours.resolve().parent, arguments.ours.resolve().name, po.dump(result.catalog))
    except HandrailError as error:
        subprocess.run(["git", "merge-file", arguments.ours, arguments.base, arguments.theirs], check=False)
        return complain(error)
    lines = {message.key: message.line for message in po.load(_read(arguments.ours), name).messages}
    for key in result.conflicts:
        print(f'{one_line(name)}:{lines[key]}: two translations of "{one_line(key.source)}": choose one')
    return CLOSED if result.conflicts else OPEN


def _load(file: Path, name: str) -> Catalog:
    data = _read(file)
    return po.load(data, name) if data.strip() else Catalog("", path=name)


def _read(file: Path) -> bytes:
    return project.read(Path(), str(file))
