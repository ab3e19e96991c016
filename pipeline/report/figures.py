"""A table of any figures, and a bar for work that takes a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from pipeline.report.text import LOG_WIDTH, clean


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], stream: TextIO) -> None:
    """Print rows under headings: the first column for names, the others for figures."""
    from rich import box  # slow to import, and many commands print no table
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD if stream.isatty() else None, pad_edge=False, show_edge=False)
    for position, heading in enumerate(headings):
        shown.add_column(heading, justify="right" if position else "left", no_wrap=True)
    for row in rows:
        shown.add_row(*map(clean, row))
    width = None if stream.isatty() else LOG_WIDTH
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(shown)
    stream.writelines(line.rstrip() + "\n" for line in captured.get().splitlines())


@contextmanager
def progress(label: str, stream: TextIO) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how many of how many things are done; nothing where nobody looks."""
    if not stream.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # as above
    from rich.progress import Progress

    with Progress(console=Console(file=stream), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
