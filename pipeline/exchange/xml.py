"""XML in and out, distrusting what comes in: no entities, no network, bounded depth and size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.errors import ExchangeError
from pipeline.model import Place

LARGEST = 64 * 1024 * 1024
"""Bytes; no export of a catalog comes near it."""

XML = "{http://www.w3.org/XML/1998/namespace}"


def parse(data: bytes, path: str) -> etree._Element:
    """The root of a document, without comments and processing instructions; ExchangeError with the line."""
    if len(data) > LARGEST:
        raise ExchangeError(
            f"This file is larger than {LARGEST // 2**20} MiB; export fewer articles at once.", Place(path)
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ExchangeError(f"This is no well-formed XML: {error.msg}.", Place(path, error.lineno or 0)) from None
    if any(entity.text for entity in root.iter(etree.Entity)) or _defines(root):
        raise ExchangeError(
            "The file defines entities of its own, which are not read; write the characters.", Place(path)
        )
    return root


def _defines(root: etree._Element) -> bool:
    """A DOCTYPE that names a public DTD is the habit of TMX and TBX; one that defines something is no exchange."""
    dtd = root.getroottree().docinfo.internalDTD
    return dtd is not None and any(True for _ in dtd.iterentities())


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that local name, whatever their namespace."""
    return (child for child in element if local(child) == name)


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that local name."""
    return next(children(element, name), None)


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line(element: etree._Element) -> int:
    """Where an element starts, from 1."""
    return element.sourceline or 0


def text(element: etree._Element | None) -> str:
    """All character data in an element."""
    return "" if element is None else "".join(str(part) for part in element.itertext())


def add(parent: etree._Element, name: str, attributes: Mapping[str, str], content: str = "") -> etree._Element:
    """A new last child; attributes without a value are left out.

    Raises ExchangeError for a character that XML cannot hold.
    """
    made = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, name))
    try:
        for key, value in attributes.items():
            if value:
                made.set(key, value)
        if content:
            made.text = content
    except ValueError:
        raise ExchangeError(
            f"XML cannot hold a control character of {content[:40]!r}; take it out of the text."
        ) from None
    return made


def append(element: etree._Element, content: str) -> None:
    """More character data at the end of an element."""
    try:
        if len(element):
            element[-1].tail = (element[-1].tail or "") + content
        else:
            element.text = (element.text or "") + content
    except ValueError:
        raise ExchangeError(
            f"XML cannot hold a control character of {content[:40]!r}; take it out of the text."
        ) from None


def serialize(root: etree._Element, leaves: frozenset[str]) -> bytes:
    """UTF-8 with two spaces a level; nothing is added inside the elements named as leaves."""
    _indent(root, 0, leaves)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _indent(element: etree._Element, level: int, leaves: frozenset[str]) -> None:
    if not len(element) or local(element) in leaves:
        return
    element.text = "\n" + "  " * (level + 1)
    for one in element:
        _indent(one, level + 1, leaves)
        one.tail = "\n" + "  " * (level + 1)
    element[-1].tail = "\n" + "  " * level
