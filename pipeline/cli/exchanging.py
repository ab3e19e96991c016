"""``handrail send`` and ``receive``: files for translation agencies, and what comes back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from pipeline import agency, project
from pipeline.agency import Received
from pipeline.cli import CLOSED, ERROR, OPEN, complain, one_line
from pipeline.cli.choice import slugs, targets
from pipeline.cli.clock import today
from pipeline.errors import HandrailError
from pipeline.exchange import Fate

_TOLD = (Fate.REFUSED, Fate.KEPT)
"""What a person has to know of each message."""


def send(arguments: argparse.Namespace) -> int:
    """Write the files."""
    one = project.open_project(arguments.project)
    chosen = targets(one, arguments.locale)
    for path in agency.send(one, chosen, slugs(one, arguments.article), arguments.format, arguments.to):
        print(path)
    return OPEN


def receive(arguments: argparse.Namespace) -> int:
    """Take the files in; 1 where any text was refused, 2 where a file could not be read."""
    one = project.open_project(arguments.project)
    existing = "replace" if arguments.replace else "keep"
    code = OPEN
    for file in dict.fromkeys(arguments.file):
        try:
            for received in agency.receive(one, file, arguments.locale or "", existing, today()):
                print("\n".join(_lines(received)))
                refused = any(entry.fate is Fate.REFUSED for entry in received.entries)
                code = max(code, CLOSED) if refused else code
        except HandrailError as error:
            complain(error)
            code = ERROR
    return code


def _lines(received: Received) -> Iterator[str]:
    counted = (f"{number} {fate.value}" for fate, number in agency.counts(received).items())
    recoded = [f"was in {received.charset}, is in UTF-8 now"] if received.charset else []
    told = ", ".join((*counted, *recoded))
    yield f"{received.did:9}  {received.path}" + (f"  ({told})" if told else "")
    for entry in received.entries:
        if entry.fate in _TOLD:
            yield f"{one_line(str(entry.place))}: {entry.fate.value}: {one_line(entry.reason)}"
    for term in received.kept:
        yield f"{one_line(str(term.place))}: kept: the glossary has another entry for {one_line(term.source)}"
