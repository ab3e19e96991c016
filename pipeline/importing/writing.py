"""Blocks -> the Markdown of a draft."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pipeline import inline
from pipeline.importing import citations
from pipeline.importing.blocks import Block
from pipeline.model import Node

__all__ = ["markdown"]

_STARTS = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|```|~~~|[-=_*]{3,}|:(?=\s)|\|)|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)
_LISTS = ("li", "oli", "source")


def markdown(title: str, description: str, blocks: list[Block]) -> str:
    """The draft with its front matter."""
    front = [f"title: {json.dumps(title, ensure_ascii=False)}"]
    if description:
        front.append(f"description: {json.dumps(description, ensure_ascii=False)}")
    pieces = ["---", *front, "---", ""]
    previous = Block("", (), 0)
    numbers: dict[int, int] = {}
    for index, one in enumerate(blocks):
        tight = _is_tight(previous, one)
        if one.kind == previous.kind == "quote":
            pieces.append(">")
        elif not tight and pieces[-1] != "":
            pieces.append("")
        if one.kind in _LISTS and not tight:
            pieces += _list_mark(blocks, index)
        numbers = {depth: count for depth, count in numbers.items() if tight and depth <= one.depth}
        numbers[one.depth] = numbers.get(one.depth, 0) + 1
        pieces += _block(one, numbers[one.depth])
        previous = one
    return "\n".join(pieces) + "\n"


def _is_tight(previous: Block, one: Block) -> bool:
    """Whether two blocks are items of one list, or of one in the other."""
    if previous.kind not in _LISTS or one.kind not in _LISTS:
        return False
    return previous.kind == one.kind or previous.depth + one.depth > 0


def _list_mark(blocks: list[Block], index: int) -> Iterator[str]:
    """The safety mark of a list: an item can have none of its own in Markdown."""
    for one in blocks[index:]:
        if one.kind != blocks[index].kind:
            return
        if one.safety:
            yield f"<!-- safety: {one.safety} -->"
            return


def _block(one: Block, number: int) -> Iterator[str]:
    mark = [f"<!-- safety: {one.safety} -->"] if one.safety else []
    match one.kind:
        case "li" | "oli" | "source":
            content = citations.content(one.text) if one.kind == "source" else one.content
            bullet = "-" if one.kind == "li" else f"{number}."
            yield f"{'    ' * one.depth}{bullet} {_text(content)}"
        case "note":
            if one.title:
                yield from ("> [!NOTE]", f"> **{inline.dump(one.title)}**")
            yield from (">", *(f"> {line}" for line in (*mark, _text(one.content))))
        case "quote":
            yield from (f"> {line}" for line in (*mark, _text(one.content)))
        case "raw":
            yield from one.text.split("\n")
        case "p":
            yield from (*mark, _text(one.content))
        case heading:
            text = inline.dump(one.content).replace("\\\n", " ")
            text = re.sub(r"(?<!\\)\{", r"\\{", text)
            yield f"{'#' * int(heading[1])} " + re.sub(r"#+$", lambda found: "\\" + found[0], text)


def _text(content: tuple[Node, ...]) -> str:
    """A run of inline content that begins no other block."""
    return "\n".join(_escaped(line) for line in inline.dump(content).split("\n"))


def _escaped(line: str) -> str:
    found = _STARTS.match(line)
    if not found or line.startswith("**"):
        return line
    if found["number"]:
        return f"{found['number']}\\{line[found.end() :]}"
    return f"\\{line}"
