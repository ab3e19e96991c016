"""The article of a page -> blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline import inline
from pipeline.importing.blocks import Block, Remark, shown
from pipeline.importing.pageparts import (
    FURNITURE_TAGS,
    HEADINGS,
    SILENT,
    furniture_reason,
    is_callout,
    names_of,
    prose,
    words_of,
)
from pipeline.model import Element, Node, Text
from pipeline.placeables import phones
from pipeline.readers.pages import Part

__all__ = ["Walk"]

_OTHERS = """
    address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure hgroup hr
    legend li main ol p pre section summary table tbody td tfoot th thead tr ul html
"""
_BLOCKS = HEADINGS | frozenset(_OTHERS.split())
_EMPHASIS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "code": "code",
    "kbd": "kbd",
    "sub": "sub",
    "sup": "sup",
    "mark": "mark",
    "del": "del",
    "s": "del",
    "abbr": "",
    "cite": "em",
}


@dataclass(slots=True)
class Walk:
    """Goes through the article and collects its blocks."""

    limit: int
    """Characters of prose: an element with more is never removed for its name."""

    blocks: list[Block] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def block(self, part: Part, lists: tuple[str, ...]) -> None:
        """One element that holds blocks, a block, or a part of a run of text."""
        if part.tag == "table":
            self.table(part)
        elif part.tag == "pre":
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", _raw(part)) or [""]))
            self.blocks.append(Block("raw", (Text(f"{fence}\n{_raw(part).strip(chr(10))}\n{fence}"),), part.line))
        elif part.tag == "li":
            self.children(part, lists, "li" if not lists or lists[-1] != "ol" else "oli")
        elif part.tag in ("ul", "ol"):
            self.children(part, (*lists, part.tag), "p")
        elif part.tag == "blockquote":
            self.children(part, (), "quote")
        elif is_callout(part, names_of(part)):
            self.callout(part)
        else:
            self.children(part, lists, part.tag if part.tag in HEADINGS else "p")

    def children(self, part: Part, lists: tuple[str, ...], kind: str) -> None:
        """The blocks and runs of text inside an element; ``kind`` is what a run becomes."""
        run: list[Part] = []
        for child in part.children:
            if child.tag in SILENT or self.removed(child):
                continue
            if child.tag == "hr" or child.tag in _BLOCKS or any(one.tag in _BLOCKS for one in child.walk()):
                self.run(run, lists, kind)
                run = []
                if kind in ("quote", "li", "oli") and child.tag in ("p", "div"):
                    self.children(child, lists, kind)
                else:
                    self.block(child, lists)
            else:
                run.append(child)
        self.run(run, lists, kind)

    def run(self, run: list[Part], lists: tuple[str, ...], kind: str) -> None:
        """A run of inline parts as a block."""
        content = _folded(node for part in run for node in _inline(part))
        if inline.plain(content).strip() or any(part.tag == "img" for one in run for part in one.walk()):
            line = next((part.line for part in run if part.tag or part.text.strip()), 0)
            text = next((part for part in run if part.text.strip()), None)
            line += len(text.text[: len(text.text) - len(text.text.lstrip())].split("\n")) - 1 if text is run[0] else 0
            self.blocks.append(Block(kind, content, line, depth=max(len(lists) - 1, 0)))

    def callout(self, part: Part) -> None:
        """A box with a heading, or without one."""
        inside = Walk(self.limit)
        inside.children(part, (), "p")
        self.remarks += inside.remarks
        if not inside.blocks:
            return
        first, *rest = inside.blocks
        title = first.content if first.kind in HEADINGS and rest else ()
        body = rest if title else inside.blocks
        notes = [replace(one, kind="note", depth=0) if one.kind != "raw" else one for one in body]
        notes[0] = replace(notes[0], title=title or (Text("Note"),))
        self.blocks += notes
        self.remarks.append(Remark(part.line, "guessed", shown(words_of(part)), "a callout"))

    def table(self, part: Part) -> None:
        """A table of one header row and rows of text."""
        rows = [one for one in part.walk() if one.tag == "tr"]
        cells = [[_cell(cell) for cell in row.children if cell.tag in ("td", "th")] for row in rows]
        width = max((len(row) for row in cells), default=0)
        if width < 2 or any(one.tag == "table" for row in rows for one in row.walk()):
            for row in rows:
                for cell in row.children:
                    self.children(cell, (), "p")
            return
        padded = [[*row, *[""] * (width - len(row))] for row in cells]
        written = [f"| {' | '.join(row)} |" for row in padded]
        written.insert(1, f"|{' --- |' * width}")
        self.blocks.append(Block("raw", (Text("\n".join(written)),), part.line))

    def removed(self, part: Part) -> bool:
        """Whether an element is furniture; then it is remarked upon."""
        why = furniture_reason(part) if part.tag else ""
        if not why or (prose(part) > self.limit and part.tag not in FURNITURE_TAGS):
            return False
        text = words_of(part)
        if phones(text):
            why = f"removed, because {why}; but a phone number was in it"
            self.remarks.append(Remark(part.line, "look", shown(text), why))
        elif text:
            self.remarks.append(Remark(part.line, "removed", shown(text), why))
        return True


# --- texts --------------------------------------------------------------------------------------


def _inline(part: Part) -> Iterator[Node]:
    if part.tag == "":
        yield Text(part.text)
    elif part.tag in SILENT or furniture_reason(part):
        return
    elif part.tag == "br":
        yield Text(" ")
    elif part.tag == "img":
        src = "".join(part.get("src").split())
        if src and not src.startswith("data:"):
            yield Element("img", (("src", src), ("alt", " ".join(part.get("alt").split()))))
    else:
        children = inline.joined(node for child in part.children for node in _inline(child))
        href = "".join(part.get("href").split()) if part.tag == "a" else ""
        if not inline.plain(children).strip():
            yield from children
        elif href and not href.lower().startswith(("javascript:", "data:", "vbscript:")) and not _has_link(children):
            yield Element("a", (("href", href),), children)
        elif _EMPHASIS.get(part.tag):
            yield Element(_EMPHASIS[part.tag], (), children)
        else:
            yield from children


def _has_link(nodes: Iterable[Node]) -> bool:
    return any(isinstance(node, Element) and (node.tag == "a" or _has_link(node.children)) for node in nodes)


def _folded(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """A run with its white space folded and none at its ends."""
    return _fold(tuple(inline.joined(nodes)), " ")[0]


def _fold(nodes: tuple[Node, ...], before: str) -> tuple[tuple[Node, ...], str]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Text):
            value = re.sub(r"\s+", " ", node.value)
            value = value.lstrip() if before == " " else value
            before = value[-1:] or before
            node = Text(value)
        elif isinstance(node, Element) and node.children:
            children, before = _fold(node.children, before)
            node = Element(node.tag, node.attrs, children)
        elif isinstance(node, Element):
            before = "x"
        result.append(node)
    return inline.joined(result), before


def _cell(part: Part) -> str:
    content = _folded(node for child in part.children for node in _inline(child))
    return re.sub(r"(?<!\\)\|", r"\\|", inline.dump(content).replace("\\\n", " ")).strip()


def _raw(part: Part) -> str:
    return "".join(one.text for one in part.walk())
