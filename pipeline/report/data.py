"""The report for programs: JSON whose shape is a promise, described in docs/report.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Protocol

from pipeline import __version__, records
from pipeline.model import Outcome

SCHEMA = 1
"""Rises when a field changes its meaning or goes away; new fields do not raise it."""


class Recorded(Protocol):
    """An outcome as :mod:`pipeline.records`; each of them is one record, or several with what stands between them."""

    @property
    def open(self) -> bool:
        """As :attr:`pipeline.model.Outcome.open`."""

    @property
    def edition_records(self) -> Iterable[bytes]:
        """Of :attr:`pipeline.model.Outcome.standings`."""

    @property
    def finding_records(self) -> Iterable[bytes]:
        """Of :attr:`pipeline.model.Outcome.findings`."""

    @property
    def accepted_records(self) -> Iterable[bytes]:
        """Of :attr:`pipeline.model.Outcome.accepted`."""


def to_json(outcome: Outcome) -> bytes:
    """The outcome as UTF-8 JSON with a newline at its end; the same outcome gives the same bytes."""
    editions = map(records.edition, outcome.standings)
    findings, accepted = map(records.finding, outcome.findings), map(records.accepted, outcome.accepted)
    return b"".join(_pieces(outcome.open, editions, findings, accepted))


def json_pieces(outcome: Recorded) -> Iterator[bytes]:
    """As :func:`to_json`, in pieces: however long it is, little of it is held."""
    return _pieces(outcome.open, outcome.edition_records, outcome.finding_records, outcome.accepted_records)


def _pieces(
    is_open: object, editions: Iterable[bytes], findings: Iterable[bytes], accepted: Iterable[bytes]
) -> Iterator[bytes]:
    yield b'{\n  "schema": %d,\n' % SCHEMA
    yield f'  "handrail": {json.dumps(__version__)},\n'.encode()
    yield b'  "open": %s,\n' % (b"true" if is_open else b"false")
    yield from _list(b"editions", editions)
    yield b",\n"
    yield from _list(b"findings", findings)
    yield b",\n"
    yield from _list(b"accepted", accepted)
    yield b"\n}\n"


def _list(name: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A field with a list of objects, in the layout of ``json.dumps(..., indent=2)``."""
    yield b'  "%b": [' % name
    separator, end = b"\n    ", b""
    for piece in pieces:
        yield separator + piece
        separator, end = records.BETWEEN.encode(), b"\n  "
    yield b"%b]" % end
