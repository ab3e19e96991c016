"""TMX 1.4b, the memory of other tools: https://www.gala-global.org/tmx-14b

It says nothing about states: what is read from it is somebody's suggestion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from lxml import etree

from pipeline import __version__
from pipeline.exchange import xml
from pipeline.exchange.codes import ALONE, CLOSE, OPEN, Pieces
from pipeline.exchange.units import Bundle, Note, Unit
from pipeline.exchange.xliff1 import pieces

_T = TypeVar("_T")

_LEAVES = frozenset({"seg", "note", "prop"})
ARTICLE, CONTEXT = "x-article", "x-context"
"""Types of our own properties."""


def write(bundles: Sequence[Bundle]) -> bytes:
    """A memory of every unit that a person accepted."""
    root = etree.Element("tmx", version="1.4")
    header = {
        "creationtool": "Handrail",
        "creationtoolversion": __version__,
        "segtype": "paragraph",
        "o-tmf": "PO",
        "adminlang": "en",
        "srclang": bundles[0].source,
        "datatype": "plaintext",
    }
    xml.add(root, "header", header)
    body = xml.add(root, "body", {})
    for bundle in bundles:
        for unit in bundle.units:
            if unit.accepted:
                _write(body, bundle, unit)
    return xml.serialize(root, _LEAVES)


def read(root: etree._Element, path: str, source: str, target: str) -> tuple[Bundle, ...]:
    """One bundle for each article named, all with these two languages; units without either of them are left out."""
    found: dict[str, list[Unit]] = {}
    for element in root.iter("tu"):
        name = next((xml.text(prop) for prop in xml.children(element, "prop") if prop.get("type") == ARTICLE), "")
        texts = dict(_texts(element, path))
        mine, theirs = best(texts, source), best(texts, target)
        if mine and theirs:
            notes = tuple(
                Note("context", xml.text(p)) for p in xml.children(element, "prop") if p.get("type") == CONTEXT
            )
            unit = Unit(element.get("tuid", ""), mine, theirs, notes=notes, line=xml.line(element))
            found.setdefault(name, []).append(unit)
    return tuple(Bundle(name, source, target, tuple(units)) for name, units in found.items())


def _write(body: etree._Element, bundle: Bundle, unit: Unit) -> None:
    made = xml.add(body, "tu", {"tuid": unit.id})
    xml.add(made, "prop", {"type": ARTICLE}, bundle.name)
    for note in unit.notes:
        if note.category == "context":
            xml.add(made, "prop", {"type": CONTEXT}, note.text)
    for tag, content in ((bundle.source, unit.source), (bundle.target, unit.target)):
        fill(xml.add(xml.add(made, "tuv", {f"{xml.XML}lang": tag}), "seg", {}), content)


_NAMES = {OPEN: "bpt", CLOSE: "ept", ALONE: "ph"}
_TYPES = {"bold": "bold", "italic": "italic", "link": "link", "image": "image", "variable": "x-variable"}


def fill(element: etree._Element, content: Pieces) -> None:
    """Put a text into an element, its codes as TMX's."""
    for piece in content:
        if isinstance(piece, str):
            xml.append(element, piece)
            continue
        type = "" if piece.kind == CLOSE else _TYPES.get(piece.sort, "x-other")
        named = {"i": piece.id} if piece.kind == CLOSE else {"x": piece.id}
        both = {"i": piece.id, "x": piece.id} if piece.kind == OPEN else named
        xml.add(element, _NAMES[piece.kind], {**both, "type": type}, piece.data)


def _texts(element: etree._Element, path: str) -> Iterator[tuple[str, Pieces]]:
    for variant in xml.children(element, "tuv"):
        tag = variant.get(f"{xml.XML}lang") or variant.get("lang") or ""
        yield tag.casefold(), pieces(xml.child(variant, "seg"), path)


def best(texts: Mapping[str, _T], tag: str) -> _T | None:
    """The text of that tag, else that of its bare language; None where there is neither."""
    wanted = tag.casefold()
    return texts.get(wanted) or texts.get(wanted.partition("-")[0])
