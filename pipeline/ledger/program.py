"""Which program makes the pages: its own code and templates, Python, and what is installed beside it."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

_OWN = Path(__file__).parent.parent
_SUFFIXES = (".py", ".jinja", ".css", ".svg", ".toml", ".txt", ".json", ".csv")


@cache
def fingerprint() -> str:
    """SHA-256, in hexadecimal, of everything but the project that can change a page or a finding.

    A library counts by the name and version of its distribution, Handrail itself by its bytes.
    """
    whole = hashlib.sha256(sys.version.encode())
    for base, folders, files in os.walk(_OWN):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            if name.endswith(_SUFFIXES):
                path = Path(base) / name
                data = path.read_bytes()
                whole.update(f"\n{path.relative_to(_OWN).as_posix()} {len(data)}\n".encode())
                whole.update(data)
    for folder in sys.path:
        try:
            there = os.listdir(folder or ".")  # noqa: PTH208  # a Path for each of many names costs more
        except OSError:  # not every entry of the path is a folder
            continue
        found = sorted(name for name in there if name.endswith((".dist-info", ".egg-info")))
        whole.update("\n".join(["", *found]).encode("utf-8", "surrogateescape"))
    return whole.hexdigest()
