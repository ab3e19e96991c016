"""A memory of any size as TMX 1.4b, one unit at a time: https://www.gala-global.org/tmx-14b

Markup and variables travel as inline codes that hold how they are written here, so that what this module writes it
reads back letter by letter. Codes of other tools are taken as they are; a text that they break is of no use later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from pipeline import __version__, inline
from pipeline.errors import ExchangeError
from pipeline.exchange import tmx, xml
from pipeline.exchange.codes import codes
from pipeline.model import Key, Message, Place, Text

__all__ = ["Pair", "read_pairs", "write_pairs"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and a target that somebody accepted for it."""

    source: str
    target: str
    context: str = ""
    article: str = ""


def write_pairs(file: BinaryIO, pairs: Iterable[Pair], source: str, target: str) -> int:
    """Write a memory between two languages; the number of its units. ExchangeError for what XML cannot hold."""
    header = {
        "creationtool": "Handrail",
        "creationtoolversion": __version__,
        "segtype": "paragraph",
        "o-tmf": "PO",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    many = 0
    with etree.xmlfile(file, encoding="UTF-8") as document:
        document.write_declaration()
        with document.element("tmx", version="1.4"):
            document.write("\n", etree.Element("header", header), "\n")
            with document.element("body"):
                for pair in pairs:
                    document.write("\n", _unit(pair, source, target))
                    many += 1
                document.write("\n")
            document.write("\n")
    return many


def read_pairs(file: BinaryIO, path: str, source: str, target: str) -> Iterator[Pair]:
    """The units that have both languages; those without either are left out.

    Raises ExchangeError, with the line, for a file that is no TMX, or that defines entities of its own.
    """
    walk = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    is_first = True
    try:
        for event, element in walk:
            if is_first:
                _need_tmx(element, path)
                is_first = False
            if event == "end" and xml.local(element) == "tu":
                if pair := _pair(element, path, source, target):
                    yield pair
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise ExchangeError(f"This is no well-formed XML: {error.msg}.", Place(path, error.lineno or 0)) from None


def _need_tmx(root: etree._Element, path: str) -> None:
    if xml.local(root) != "tmx":
        raise ExchangeError(f"This is {xml.local(root)}, and not TMX.", Place(path, xml.line(root)))
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise ExchangeError("The file defines entities of its own, which are not read.", Place(path))


def _unit(pair: Pair, source: str, target: str) -> etree._Element:
    known = codes(Message(Key(pair.source, pair.context)))
    made = etree.Element("tu")
    for name, value in ((tmx.ARTICLE, pair.article), (tmx.CONTEXT, pair.context)):
        if value:
            xml.add(made, "prop", {"type": name}, value)
    for tag, content in ((source, known.write(pair.source)), (target, known.known(pair.target).write(pair.target))):
        tmx.fill(xml.add(xml.add(made, "tuv", {f"{xml.XML}lang": tag}), "seg", {}), content)
    return made


def _pair(unit: etree._Element, path: str, source: str, target: str) -> Pair | None:
    texts: dict[str, str] = {}
    for variant in xml.children(unit, "tuv"):
        tag = variant.get(f"{xml.XML}lang") or variant.get("lang") or ""
        texts[tag.casefold()] = _text(xml.child(variant, "seg"), path)
    mine, theirs = tmx.best(texts, source) or "", tmx.best(texts, target) or ""
    props = {prop.get("type"): xml.text(prop) for prop in xml.children(unit, "prop")}
    if not (mine.strip() and theirs.strip()):
        return None
    return Pair(mine, theirs, props.get(tmx.CONTEXT, ""), props.get(tmx.ARTICLE, ""))


def _text(segment: etree._Element | None, path: str) -> str:
    """A text as it is written here: words escaped where they look like markup, codes as they are."""
    return "" if segment is None else "".join(_parts(segment, path))


def _parts(element: etree._Element, path: str) -> Iterator[str]:
    yield _written(element.text)
    for one in element:
        if isinstance(one, etree._Entity):
            raise ExchangeError(
                "The text has an entity of its own; write the character.", Place(path, xml.line(element))
            )
        if xml.local(one) in ("hi", "sub"):
            yield from _parts(one, path)
        else:
            yield xml.text(one)
        yield _written(one.tail)


def _written(text: str | None) -> str:
    return inline.dump((Text(text),)) if text else ""


def _forget(element: etree._Element) -> None:
    """Free what has been read, or a large file would fill the memory."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        del parent[: parent.index(element)]
