"""XLIFF 2.0 and 2.1: https://docs.oasis-open.org/xliff/xliff-core/v2.1/xliff-core-v2.1.html

Codes are ``<pc>`` and ``<ph/>``, what they stand for is their original data. Units that another tool cut into
segments are put together again; the least advanced of their states counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.errors import ExchangeError
from pipeline.exchange import xml
from pipeline.exchange.codes import ALONE, CLOSE, OPEN, Code, Pieces, joined
from pipeline.exchange.units import FINAL, INITIAL, REVIEWED, TRANSLATED, Bundle, Note, Unit
from pipeline.model import Place

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
"""The core namespace of 2.1, too."""

_LEAVES = frozenset({"source", "target", "note", "data"})
_STATES = (INITIAL, TRANSLATED, REVIEWED, FINAL)
_TYPES = {"bold": ("fmt", "xlf:b"), "italic": ("fmt", "xlf:i"), "link": ("link", ""), "image": ("image", "")}
_PLURALS = "gettext:plurals"


def write(bundles: Sequence[Bundle], version: str) -> bytes:
    """A document with a ``<file>`` for each bundle; all of them have the languages of the first."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap={None: NAMESPACE})
    root.set("version", version)
    root.set("srcLang", bundles[0].source)
    root.set("trgLang", bundles[0].target)
    for number, bundle in enumerate(bundles, 1):
        file = xml.add(root, "file", {"id": f"f{number}", "original": bundle.name})
        group = file
        for unit in bundle.units:
            if not unit.group:
                _write(file, unit)
                continue
            if group.get("id") != unit.group:
                group = xml.add(file, "group", {"id": unit.group, "type": _PLURALS})
            _write(group, unit)
    return xml.serialize(root, _LEAVES)


def read(root: etree._Element, path: str) -> tuple[Bundle, ...]:
    """The bundles of a document; ExchangeError, with the line, for what is no XLIFF 2."""
    source, target = root.get("srcLang", ""), root.get("trgLang", "")
    return tuple(
        Bundle(file.get("original", ""), source, target, tuple(_units(file, path)))
        for file in xml.children(root, "file")
    )


# --- writing ------------------------------------------------------------------------------------


def _write(parent: etree._Element, unit: Unit) -> None:
    made = xml.add(parent, "unit", {"id": unit.id, f"{xml.XML}space": "preserve"})
    if unit.notes:
        notes = xml.add(made, "notes", {})
        for note in unit.notes:
            priority = "1" if note.category == "safety" else ""
            xml.add(notes, "note", {"category": note.category, "priority": priority}, note.text)
    data = _Data(dict.fromkeys(piece.data for piece in (*unit.source, *unit.target) if isinstance(piece, Code)))
    if data.ids:
        original = xml.add(made, "originalData", {})
        for text, id in data.ids.items():
            xml.add(original, "data", {"id": id}, text)
    segment = xml.add(made, "segment", {"state": unit.state})
    _fill(xml.add(segment, "source", {}), unit.source, data)
    if unit.target:
        _fill(xml.add(segment, "target", {}), unit.target, data)


class _Data:
    """The original data of a unit: what its codes are in the message, each text once."""

    def __init__(self, texts: dict[str, None]) -> None:
        self.ids = {text: f"d{number}" for number, text in enumerate(texts, 1)}


def _fill(element: etree._Element, pieces: Pieces, data: _Data) -> None:
    stack = [element]
    ends = {piece.id: piece.data for piece in pieces if isinstance(piece, Code) and piece.kind == CLOSE}
    for piece in pieces:
        if isinstance(piece, str):
            xml.append(stack[-1], piece)
        elif piece.kind == CLOSE:
            stack.pop()
        else:
            sort, sub = _TYPES.get(piece.sort, ("other", ""))
            common = {"id": piece.id, "type": sort, "subType": sub, "canCopy": "no", "canDelete": "no"}
            if piece.kind == ALONE:
                xml.add(stack[-1], "ph", {**common, "dataRef": data.ids[piece.data], "equiv": piece.data})
                continue
            refs = {"dataRefStart": data.ids[piece.data], "dataRefEnd": data.ids[ends[piece.id]]}
            stack.append(xml.add(stack[-1], "pc", {**common, **refs}))


# --- reading ------------------------------------------------------------------------------------


def _units(file: etree._Element, path: str) -> Iterator[Unit]:
    for element in file.iter(f"{{{etree.QName(file).namespace}}}unit"):
        parent = element.getparent()
        plural = parent is not None and parent.get("type") == _PLURALS
        parts = [part for part in element if xml.local(part) in ("segment", "ignorable")]
        states = [part.get("state", INITIAL) for part in parts if xml.local(part) == "segment"]
        known = [state for state in _STATES if state in states]
        yield Unit(
            id=element.get("id", ""),
            source=_text(parts, "source", path),
            target=_text(parts, "target", path),
            state=known[0] if known and set(states) <= set(_STATES) else INITIAL,
            notes=tuple(_notes(element)),
            group=parent.get("id", "") if plural and parent is not None else "",
            line=xml.line(element),
        )


def _notes(element: etree._Element) -> Iterator[Note]:
    for notes in xml.children(element, "notes"):
        for note in xml.children(notes, "note"):
            yield Note(note.get("category", "translator"), xml.text(note))


def _text(parts: Sequence[etree._Element], name: str, path: str) -> Pieces:
    """The texts of all segments together; nothing where a segment lacks its target."""
    found: list[str | Code] = []
    for part in parts:
        element = xml.child(part, name)
        if element is None and xml.local(part) == "ignorable":
            element = xml.child(part, "source")
        if element is None:
            return ()
        if part.get("order") or element.get("order"):
            raise ExchangeError(
                "Segments in another order than the source's cannot be put together; join them.",
                Place(path, xml.line(element)),
            )
        _take(element, found, path)
    return joined(found)


def _take(element: etree._Element, found: list[str | Code], path: str) -> None:
    found.append(element.text or "")
    for one in element:
        name, id = xml.local(one), one.get("id", "")
        if name == "pc":
            found.append(Code(id, OPEN))
            _take(one, found, path)
            found.append(Code(id, CLOSE))
        elif name == "ph":
            found.append(Code(id, ALONE))
        elif name == "sc":
            found.append(Code(id, OPEN))
        elif name == "ec":
            found.append(Code(one.get("startRef", id), CLOSE))
        elif name == "mrk":
            _take(one, found, path)
        elif name not in ("sm", "em"):
            raise ExchangeError(f"<{name}> may not stand in a text here; take it out.", Place(path, xml.line(one)))
        found.append(one.tail or "")
