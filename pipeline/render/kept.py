"""What is made of packaged templates once and for all: their code, and their words.

Code that is loaded is run. So it lies where Python keeps the bytecode of this package, and nowhere that a project
could bring along: whoever may write there may change the package itself. Nothing is kept of a project's own
templates, and nothing where Python is told to write no bytecode, or may not.
"""

from __future__ import annotations

import contextlib
import os
import sys
from importlib.util import cache_from_source
from pathlib import Path

from pipeline import ledger

PACKAGED = Path(__file__).parent.parent / "templates"


def load(file: Path, made_of: str) -> bytes | None:
    """What was kept under the name of a file, made of the same by the same program; None where nothing was."""
    key = _key(made_of)
    try:
        data = Path(cache_from_source(str(file))).read_bytes()
    except OSError:
        return None
    return data[len(key) :] if data.startswith(key) else None


def keep(file: Path, made_of: str, data: bytes) -> None:
    """Keep something under the name of a file, in the place of what was kept there before."""
    if sys.dont_write_bytecode:
        return
    place = Path(cache_from_source(str(file)))
    beside = place.with_name(f"{place.name}.{os.urandom(4).hex()}")
    with contextlib.suppress(OSError):  # an installation that belongs to somebody else is made anew each time
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(_key(made_of) + data)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)


def _key(made_of: str) -> bytes:
    return ledger.digest(ledger.fingerprint(), made_of).encode()
