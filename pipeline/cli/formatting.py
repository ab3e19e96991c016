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
            data = _read(file)
            charset = po.foreign(data)
            changed = po.formatted(data, str(file)) != data if arguments.check else _rewrite(file, data)
        except HandrailError as error:
            code = complain(error)
            continue
        if changed:
            recoded = f"  (from {charset} to UTF-8)" if charset else ""
            print(f"{'would change' if arguments.check else 'formatted':12}  {file}{recoded}")
            code = max(code, CLOSED) if arguments.check else code
    return code


def _rewrite(file: Path, data: bytes) -> bool:
    """Whether the file changed; the old one stays, whole, where anything goes wrong."""
    target = file.resolve()  # a symbolic link stays one: what it points to is rewritten
    return project.save(target.parent, target.name, po.formatted(data, str(file)))


def _read(file: Path) -> bytes:
    return project.read(Path(), str(file))
