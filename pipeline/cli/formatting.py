"""``handrail fmt``: any PO file wholly in gettext's layout, with or without a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline import po, project
from pipeline.cli import CLOSED, OPEN, complain
from pipeline.errors import HandrailError


def fmt(arguments: argparse.Namespace) -> int:
    """Rewrite the files, or with ``--check`` name those that would change (1); 2 where any cannot be read."""
    code = OPEN
    for file in dict.fromkeys(arguments.file):
        try:
            changed = _would_change(file) if arguments.check else _rewrite(file)
        except HandrailError as error:
            code = complain(error)
            continue
        if changed:
            print(f"{'would change' if arguments.check else 'formatted':12}  {file}")
            code = max(code, CLOSED) if arguments.check else code
    return code


def _would_change(file: Path) -> bool:
    data = _read(file)
    return po.formatted(data, str(file)) != data


def _rewrite(file: Path) -> bool:
    """Whether the file changed; the old one stays, whole, where anything goes wrong."""
    data = po.formatted(_read(file), str(file))
    target = file.resolve()  # a symbolic link stays one: what it points to is rewritten
    return project.save(target.parent, target.name, data)


def _read(file: Path) -> bytes:
    return project.read(Path(), str(file))
