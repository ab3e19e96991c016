"""When a file that a build reads changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline import project
from pipeline.cli.clock import today

_FILES = ("handrail.toml", "pyproject.toml")
_FOLDERS = ("source", "locales")
_QUIET = 50
_LONGEST = 1_000
"""Milliseconds without a change before a build begins, and after which it begins in any case."""

_WAKE = 250
"""Milliseconds after which it is asked again which day it is."""


def changes(root: Path) -> Iterator[None]:
    """At once, then after each change (or several that come together), and on each new day.

    What changes while nobody asks is told when somebody does. It ends when the user interrupts it.
    """
    from watchfiles import watch  # slow to import, and of use to nobody else

    def counts(_change: object, path: str) -> bool:
        """Whether a build reads a file: no build would end if it saw what it writes itself."""
        file = Path(path)
        if file.name.endswith(project.TEMPORARY) or not file.is_relative_to(root):
            return False
        first, *rest = file.relative_to(root).parts
        return first in _FOLDERS if rest else first in (*_FILES, *_FOLDERS)

    day = None
    for found in watch(
        root,
        watch_filter=counts,
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=_WAKE,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if found or today() != day:
            day = today()
            yield
