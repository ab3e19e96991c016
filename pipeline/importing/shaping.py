"""Lines -> blocks: which are headings, callouts, items of a list, sources, and which are prose."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline import inline
from pipeline.importing import citations
from pipeline.importing.blocks import Block, Line, Remark, block, is_title, is_title_case, shown, words
from pipeline.model import Text

__all__ = ["levels", "missing_lists", "shape"]

_BULLET = re.compile(r"[•●▪‣◦·*–-]\s+(?=\S)")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_LINK_WORDS = 5
"""Titles of other articles are longer than the parent of a subheading."""

_SHORT_SENTENCE = 10
_CLOSING = ("summary", "takeaway", "key takeaways", "conclusion", "frequently asked", "a word from", "sources")


def shape(given: list[Line]) -> tuple[list[Block], list[Remark]]:
    """The blocks of the lines, and what was guessed on the way."""
    blocks: list[Block] = []
    remarks: list[Remark] = []
    index = 0
    while index < len(given):
        made, more, count = _next(given, index, blocks)
        blocks += made
        remarks += more
        index += count
    return blocks, remarks


def missing_lists(blocks: list[Block]) -> list[Remark]:
    """A remark for each paragraph that announces a list where none follows."""
    remarks = []
    for index, one in enumerate(blocks):
        follows = blocks[index + 1].kind if index + 1 < len(blocks) else ""
        announces = one.kind == "p" and one.text.rstrip().endswith((":", "：")) and "\n" not in one.text
        if announces and follows not in ("li", "oli", "quote", "raw"):
            what = {"": "nothing", "p": "a paragraph", "note": "a callout"}.get(follows, "a heading")
            why = f"it announces a list, but {what} follows; put the items back from the page"
            remarks.append(Remark(one.line, "look", shown(one.text), why))
    return remarks


def levels(blocks: list[Block], contents: list[str]) -> tuple[list[Block], list[Remark]]:
    """Headings that the table of contents does not name, made subheadings of those that it does."""
    headings = [index for index, one in enumerate(blocks) if one.kind == "h2"]
    named: set[int] = set()
    at = 0
    for entry in contents:
        found = next((i for i in range(at, len(headings)) if _is_alike(entry, blocks[headings[i]].text)), None)
        if found is not None:
            named.add(headings[found])
            at = found + 1
    if len(named) < 2:
        return blocks, []
    lower = {
        index
        for index in headings
        if index > min(named) and index not in named and not blocks[index].text.casefold().startswith(_CLOSING)
    }
    why = "a subheading, because the table of contents does not name it"
    remarks = [Remark(blocks[index].line, "guessed", shown(blocks[index].text), why) for index in sorted(lower)]
    return [replace(one, kind="h3") if index in lower else one for index, one in enumerate(blocks)], remarks


_Made = tuple[list[Block], list[Remark], int]


def _next(given: list[Line], index: int, before: list[Block]) -> _Made:
    """The blocks that start at a line, and how many lines they take."""
    line = given[index]
    text = line.text
    if citations.is_heading(text):
        return _sources(given, index)
    box = _box(given, index)
    if box > 1:
        return _callout(given[index : index + box])
    if found := _BULLET.match(text):
        return [block("li", text[found.end() :], line.number)], [], 1
    if found := _NUMBER.match(text):
        return [block("oli", text[found.end() :], line.number)], [], 1
    if before and before[-1].kind == "p" and before[-1].text.endswith((":", "：")):
        items = _items(given, index)
        if items:
            made = [block("li", item.text, item.number) for item in items]
            why = f"{len(items)} items of a list, because the line before ends with a colon"
            return made, [Remark(line.number, "guessed", shown(text), why)], len(items)
    if not is_title(text):
        return [block("p", text, line.number)], [], 1
    return _title(given, index, before)


def _title(given: list[Line], index: int, before: list[Block]) -> _Made:
    line = given[index]
    if index + 1 == len(given):
        why = "it looks like a heading, but no text follows; it is a paragraph now"
        return [block("p", line.text, line.number)], [Remark(line.number, "look", shown(line.text), why)], 1
    follows_title = is_title(given[index + 1].text) and not given[index + 1].box
    after_colon = bool(before) and before[-1].text.endswith((":", "："))
    if (
        before
        and words(line.text) >= _LINK_WORDS
        and is_title_case(line.text)
        and (follows_title or after_colon)
        and not line.box
    ):
        why = "taken for a link to another article, because no text of its own follows; if it is a heading, put it back"
        return [], [Remark(line.number, "look", shown(line.text), why)], 1
    return [block("h2", line.text, line.number)], [Remark(line.number, "guessed", shown(line.text), "a heading")], 1


def _items(given: list[Line], index: int) -> list[Line]:
    """The items of a list that was announced just above; a heading that follows it is none of them."""
    end = index
    while end < len(given) and not given[end].box and _may_be_item(given[end].text):
        end += 1
    run = given[index:end]
    if end < len(given) and run and is_title(run[-1].text) and _stands_apart(run):
        run = run[:-1]
    return run if len(run) > 1 else []


def _stands_apart(run: list[Line]) -> bool:
    """Whether the last line of a run is written as a heading."""
    return is_title_case(run[-1].text) or run[-1].text.endswith("?")


def _may_be_item(text: str) -> bool:
    if text.endswith((":", "：")) or citations.is_heading(text) or words(text) > 25:
        return False
    return not text.endswith((".", "!", "?")) or words(text) <= _SHORT_SENTENCE or is_title(text)


def _box(given: list[Line], index: int) -> int:
    """How many lines a callout takes that starts here: a title and some prose that were one element."""
    line = given[index]
    if not line.box or (index and given[index - 1].box == line.box) or not is_title(line.text):
        return 0
    end = index + 1
    while end < len(given) and given[end].box == line.box:
        end += 1
    return end - index if 2 <= end - index <= 6 else 0


def _callout(box: list[Line]) -> _Made:
    title, body = box[0], box[1:]
    made = [Block("note", (Text(line.text),), line.number) for line in body]
    made[0] = replace(made[0], title=(Text(title.text),))
    why = "a callout, because the page had its heading and text in one box"
    return made, [Remark(title.number, "guessed", shown(title.text), why)], len(box)


def _sources(given: list[Line], index: int) -> _Made:
    """Everything below the heading of the sources, as one list."""
    line = given[index]
    parts: list[Block] = []
    remarks = [Remark(line.number, "guessed", shown(line.text), "the heading of the sources")]
    for one in given[index + 1 :]:
        split = citations.split(one.text)
        if len(split) > 1:
            why = f"{len(split)} sources run together, split after each DOI and before each author; compare them"
            remarks.append(Remark(one.number, "look", shown(one.text), why))
        parts += [block("source", part, one.number) for part in split]
        if len(split) == 1 and inline.dump(citations.content(one.text)) != one.text:
            remarks.append(
                Remark(one.number, "guessed", shown(one.text), "a source; spaces, or the link of its DOI, added")
            )
    announced = citations.announced(line.text)
    if announced and announced != len(parts):
        why = f"it announces {announced} sources, but {len(parts)} were found"
        remarks.append(Remark(line.number, "look", shown(line.text), why))
    return [block("h2", "Sources", line.number), *parts], remarks, len(given) - index


def _is_alike(entry: str, heading: str) -> bool:
    """Whether a short entry names a heading: Coping, How to Cope With Grief."""
    pairs = ((a, b) for a in entry.casefold().split() for b in heading.casefold().split())
    return any(_is_related(a, b) for a, b in pairs if min(len(a), len(b)) > 3)


def _is_related(a: str, b: str) -> bool:
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= 3 and common * 10 >= min(len(a), len(b)) * 6
