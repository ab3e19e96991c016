"""Which format a file is in, and who reads and writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from lxml import etree

from pipeline.errors import ExchangeError
from pipeline.exchange import terms, tmx, xliff1, xliff2, xml
from pipeline.exchange.units import Bundle
from pipeline.model import Place, Term

_WRITERS: dict[str, tuple[str, Callable[[Sequence[Bundle]], bytes]]] = {
    "xliff-1.2": ("xlf", xliff1.write),
    "xliff-2.0": ("xlf", lambda bundles: xliff2.write(bundles, "2.0")),
    "xliff-2.1": ("xlf", lambda bundles: xliff2.write(bundles, "2.1")),
    "tmx": ("tmx", tmx.write),
}
FORMATS: dict[str, str] = {name: suffix for name, (suffix, _) in _WRITERS.items()}
"""The formats of texts, and how the names of their files end."""

GLOSSARIES: dict[str, str] = {"tbx": "tbx", "csv": "csv", "tsv": "tsv"}
"""The formats of glossaries, likewise."""

_DELIMITERS = {"csv": ",", "tsv": "\t"}


def write(bundles: Sequence[Bundle], form: str) -> bytes:
    """A file of one of :data:`FORMATS`; ExchangeError for what it cannot hold. All bundles have the same languages."""
    return _WRITERS[form][1](bundles)


def read(data: bytes, path: str, source: str, target: str) -> tuple[Bundle, ...]:
    """The bundles of an XLIFF or TMX file; the tags say which languages of a TMX file are wanted.

    Raises ExchangeError, with the line, for a file that is none or cannot be read.
    """
    root = xml.parse(data, path)
    name, version = xml.local(root), root.get("version", "")
    if name == "tmx":
        return tmx.read(root, path, source, target)
    if name == "xliff" and version == "1.2":
        return xliff1.read(root, path)
    if name == "xliff" and version in ("2.0", "2.1"):
        return xliff2.read(root, path)
    raise _unknown(root, path)


def write_terms(found: Sequence[Term], form: str, source: str, target: str) -> bytes:
    """A file of one of :data:`GLOSSARIES`."""
    if form == "tbx":
        return terms.write_tbx(found, source, target)
    return terms.write_table(found, _DELIMITERS[form])


def read_terms(data: bytes, path: str, source: str, target: str) -> tuple[Term, ...]:
    """The terms of a TBX, CSV or TSV file, by the end of its name; HandrailError, with the line, where it is none."""
    form = PurePosixPath(path).suffix.lower().removeprefix(".")
    if form in _DELIMITERS:
        return terms.read_table(data, path, _DELIMITERS[form])
    root = xml.parse(data, path)
    if xml.local(root) not in ("martif", "tbx"):
        raise _unknown(root, path)
    return terms.read_tbx(root, path, source, target)


def _unknown(root: etree._Element, path: str) -> ExchangeError:
    name, version = xml.local(root), root.get("version", "")
    return ExchangeError(
        f"This is {' '.join(filter(None, (name, version)))}, and not XLIFF 1.2, 2.0 or 2.1, TMX or TBX; "
        "ask for one of these.",
        Place(path, xml.line(root)),
    )
