"""Containers between lines of colons: ``::: warning Title`` ... ``:::``, as VuePress, Docusaurus and Pandoc have them.

While Markdown is parsed a line of stars stands for each such line: a break that begins and ends anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from pipeline.errors import SourceError
from pipeline.inline.literals import Masked
from pipeline.model import Place
from pipeline.readers.ground import Ground, in_bytes

_LINE = r"^[ \t>]*(:{{3,}}[^\n]*?{})[ \t]*\r?$"
_BLOCK = re.compile(r"\{\{[<%]|\{%")
"""Shortcodes that may open or close something."""

_OPENING = re.compile(
    r":{3,}[ \t]*(?P<name>[A-Za-z][\w-]*)?[ \t]*(?:\[(?P<label>.*)\])?(?:\{(?P<attrs>[^{}]*)\})?"
    r"[ \t]*(?P<title>.*?)[ \t]*(?P<colons>:{3,})?"
)
_CLOSING = re.compile(r":{3,}")
_ATTRIBUTE = re.compile(
    r"""[.\#](?P<word>[\w-]+)|(?P<key>[a-z][a-z-]*)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=]+))"""
)
_KEPT = re.compile(r"data-[a-z-]+|lang|dir|translate")

DEPTH = 50
"""How many containers may be open at once."""

CALLOUTS = {
    "note": "",
    "tip": "",
    "important": "",
    "warning": "",
    "caution": "",
    "info": "note",
    "hint": "tip",
    "success": "tip",
    "attention": "warning",
    "danger": "caution",
    "error": "caution",
}
"""Names of callouts, and the one of GitHub's five that a page may style and name them as."""


@dataclass(frozen=True, slots=True)
class Fence:
    """One line of colons."""

    html: tuple[str, ...]
    """What it stands for: the start tag, then what comes before and after its title; or the end tag alone."""

    title: tuple[int, int] = (0, 0)
    """Its title in characters of the text; empty where it has none."""

    title_byte: int = 0


@dataclass(frozen=True, slots=True)
class Fenced:
    """A text with stars for its lines of colons."""

    text: str
    fences: dict[int, Fence]
    """By the byte that each starts at."""


def find(text: str, ground: Ground, top: Place, masks: Masked) -> Fenced:
    """The containers of a text that begins at ``top``; a line that opens or closes nothing is left as it is.

    A shortcode of ``masks`` on a line of its own is a block, too, so that it divides paragraphs.

    Raises SourceError for more containers inside each other than :data:`DEPTH`.
    """
    fences: dict[int, Fence] = {}
    pieces, at = [], 0
    opened: list[str] = []
    for found, (byte, end) in _lines(text, masks):
        if ground.code.end_at(byte):
            continue
        start = found.start(1)
        if not found[1].startswith(":"):
            fences[byte] = Fence(("", "", ""), found.span(1), byte)
        elif _CLOSING.fullmatch(found[1]):
            if not opened:
                continue
            fences[byte] = Fence((f"</{opened.pop()}>",))
        else:
            opening = _OPENING.fullmatch(text, start, found.end(1))
            if not opening or not (opening["name"] or opening["attrs"]):
                continue
            tag, fences[byte] = _fence(text, opening, byte)
            opened.append(tag)
            if len(opened) > DEPTH:
                place = top._replace(line=top.line + text.count("\n", 0, start))
                raise SourceError(f"More than {DEPTH} containers are open here; close them with :::.", place)
        pieces += [text[at:start], "*" * (end - byte)]
        at = found.end(1)
    return Fenced("".join((*pieces, text[at:])), fences)


def _lines(text: str, masks: Masked) -> Iterator[tuple[re.Match[str], tuple[int, int]]]:
    blocks = {first for first, part in masks.parts.items() if _BLOCK.match(part)}
    shortcode = f"|[{''.join(blocks)}]\\S*" if blocks else ""
    lines = list(re.finditer(_LINE.format(shortcode), text, re.MULTILINE))
    spans = in_bytes(text, (line.span(1) for line in lines))
    yield from zip(lines, (bytes_ for _, bytes_ in spans), strict=True)


def _fence(text: str, opening: re.Match[str], byte: int) -> tuple[str, Fence]:
    """The tag of a container, and the line that opens it."""
    name, classes, attrs = (opening["name"] or "").lower(), [], {}
    part = "label" if opening["label"] is not None else "title"
    title = opening.span(part) if opening[part] else (0, 0)
    for found in _ATTRIBUTE.finditer(text, *opening.span("attrs")) if opening["attrs"] else ():
        value = next((found[kind] for kind in ("double", "single", "bare") if found[kind] is not None), "")
        if found["word"] and found[0].startswith("#"):
            attrs["id"] = found["word"]
        elif found["word"]:
            classes.append(found["word"])
        elif found["key"] == "title" and title == (0, 0):
            title = next(found.span(kind) for kind in ("double", "single", "bare") if found[kind] is not None)
        elif _KEPT.fullmatch(found["key"]):
            attrs[found["key"]] = value
    if not name:
        name = next((kind for kind in (item.removeprefix("callout-") for item in classes) if kind in CALLOUTS), "")
    words = [word for word in dict.fromkeys((name, CALLOUTS.get(name, ""), *classes)) if word]
    tag, before, after = "div", '<p class="title">', "</p>"
    if name in CALLOUTS:
        tag, words = "aside", ["callout", *words]
        attrs["role"] = "note"
    elif name == "details":
        tag, words, before, after = "details", classes, "<summary>", "</summary>"
    if words:
        attrs = {"class": " ".join(words), **attrs}
    written = "".join(f' {key}="{escape(value)}"' for key, value in attrs.items())
    title_byte = byte + len(text[opening.start() : title[0]].encode()) if title[1] else 0
    return tag, Fence((f"<{tag}{written}>", before, after), title, title_byte)
