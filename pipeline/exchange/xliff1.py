"""XLIFF 1.2: https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html

Codes are ``<g>`` and ``<x/>``, plural forms a group as in the representation guide for gettext PO
(https://docs.oasis-open.org/xliff/v1.2/xliff-profile-po/xliff-profile-po-1.2.html). What other tools make of
the codes (``bpt``, ``ept``, ``ph``, ``bx``, ``ex``, ``it``) is read as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.errors import ExchangeError
from pipeline.exchange import xml
from pipeline.exchange.codes import ALONE, CLOSE, OPEN, Code, Pieces, joined
from pipeline.exchange.units import FINAL, INITIAL, REVIEWED, TRANSLATED, Bundle, Note, Unit
from pipeline.model import Place

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_LEAVES = frozenset({"source", "target", "note", "context"})
_WRITTEN = {INITIAL: "needs-review-translation", TRANSLATED: "translated", REVIEWED: "signed-off", FINAL: "final"}
_READ = {written: state for state, written in _WRITTEN.items()}
_CTYPES = {"bold": "bold", "italic": "italic", "link": "link", "image": "image", "variable": "x-variable"}
_PLURALS = "x-gettext-plurals"
_CONTEXTS = {"context": "x-gettext-msgctxt", "location": "sourcefile"}
_CATEGORIES = {type: category for category, type in _CONTEXTS.items()}


def write(bundles: Sequence[Bundle]) -> bytes:
    """A document with a ``<file>`` for each bundle."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap={None: NAMESPACE})
    root.set("version", "1.2")
    for bundle in bundles:
        file = xml.add(
            root,
            "file",
            {
                "original": bundle.name,
                "source-language": bundle.source,
                "target-language": bundle.target,
                "datatype": "po",
            },
        )
        body = xml.add(file, "body", {})
        group = body
        for unit in bundle.units:
            if not unit.group:
                _write(body, unit)
                continue
            if group.get("id") != unit.group:
                group = xml.add(body, "group", {"id": unit.group, "restype": _PLURALS})
            _write(group, unit)
    return xml.serialize(root, _LEAVES)


def read(root: etree._Element, path: str) -> tuple[Bundle, ...]:
    """The bundles of a document; ExchangeError, with the line, for what is no XLIFF 1.2."""
    return tuple(
        Bundle(
            file.get("original", ""),
            file.get("source-language", ""),
            file.get("target-language", ""),
            tuple(_units(file, path)),
        )
        for file in xml.children(root, "file")
    )


# --- writing ------------------------------------------------------------------------------------


def _write(parent: etree._Element, unit: Unit) -> None:
    approved = "yes" if unit.accepted else ""
    made = xml.add(parent, "trans-unit", {"id": unit.id, f"{xml.XML}space": "preserve", "approved": approved})
    _fill(xml.add(made, "source", {}), unit.source)
    if unit.target:
        _fill(xml.add(made, "target", {"state": _WRITTEN[unit.state]}), unit.target)
    where = [note for note in unit.notes if note.category in _CONTEXTS]
    if where:
        group = xml.add(made, "context-group", {"purpose": "information"})
        for note in where:
            xml.add(group, "context", {"context-type": _CONTEXTS[note.category]}, note.text)
    for note in unit.notes:
        if note.category not in _CONTEXTS:
            priority = "1" if note.category == "safety" else ""
            xml.add(made, "note", {"from": note.category, "priority": priority}, note.text)


def _fill(element: etree._Element, pieces: Pieces) -> None:
    stack = [element]
    for piece in pieces:
        if isinstance(piece, str):
            xml.append(stack[-1], piece)
        elif piece.kind == CLOSE:
            stack.pop()
        else:
            name = "g" if piece.kind == OPEN else "x"
            ctype = _CTYPES.get(piece.sort, "x-other")
            made = xml.add(stack[-1], name, {"id": piece.id, "ctype": ctype, "equiv-text": piece.data})
            if piece.kind == OPEN:
                stack.append(made)


# --- reading ------------------------------------------------------------------------------------


def _units(file: etree._Element, path: str) -> Iterator[Unit]:
    for element in file.iter(f"{{{etree.QName(file).namespace}}}trans-unit", "trans-unit"):
        parent = element.getparent()
        plural = parent is not None and parent.get("restype") == _PLURALS
        target = xml.child(element, "target")
        yield Unit(
            id=element.get("id", ""),
            source=pieces(xml.child(element, "source"), path),
            target=pieces(target, path),
            state=_state(element, target),
            notes=tuple(_notes(element)),
            group=parent.get("id", "") if plural and parent is not None else "",
            line=xml.line(element),
        )


def _state(element: etree._Element, target: etree._Element | None) -> str:
    """What is no state of accepted text needs a person; a bare ``approved="yes"`` says that one accepted it."""
    state = target.get("state") if target is not None else None
    if state is None and element.get("approved") == "yes":
        return TRANSLATED
    return _READ.get(state or "", INITIAL)


def _notes(element: etree._Element) -> Iterator[Note]:
    for group in xml.children(element, "context-group"):
        for context in xml.children(group, "context"):
            category = _CATEGORIES.get(context.get("context-type", ""))
            if category:
                yield Note(category, xml.text(context))
    for note in xml.children(element, "note"):
        yield Note(note.get("from", "translator"), xml.text(note))


def pieces(element: etree._Element | None, path: str) -> Pieces:
    """The content of a source or target, of XLIFF 1.2 or of TMX."""
    if element is None:
        return ()
    found: list[str | Code] = []
    _take(element, found, path)
    return joined(found)


def _take(element: etree._Element, found: list[str | Code], path: str) -> None:
    found.append(element.text or "")
    for one in element:
        name = xml.local(one)
        id = one.get("rid") or one.get("x") or one.get("i") or one.get("id") or ""
        if name == "g":
            found.append(Code(id, OPEN))
            _take(one, found, path)
            found.append(Code(id, CLOSE))
        elif name in ("bpt", "bx"):
            found.append(Code(id, OPEN))
        elif name in ("ept", "ex"):
            found.append(Code(id, CLOSE))
        elif name in ("x", "ph"):
            found.append(Code(id, ALONE))
        elif name == "it":
            found.append(Code(id, OPEN if one.get("pos") in ("open", "begin") else CLOSE))
        elif name in ("mrk", "hi"):
            _take(one, found, path)
        else:
            raise ExchangeError(f"<{name}> may not stand in a text here; take it out.", Place(path, xml.line(one)))
        found.append(one.tail or "")
