"""A page read back as a reader meets it: runs of text, each with what surrounds it.

The page is parsed by another library than the one that read the article, and hiding is judged from attributes, inline
styles and the page's own style sheets, whatever screen or paper they are for. A rule that applies to some readers only
counts as if it applied to all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pipeline.checks.expected import SEAM, Expected, expected
from pipeline.checks.hiding import hides, hiding_rules
from pipeline.model import Edition, Page

_BLOCKS = frozenset(
    {*("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dl")}
    | {*("div", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6")}
    | {*("header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre")}
    | {*("search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul")}
)
_UNSEEN = frozenset(
    {*("audio", "canvas", "datalist", "embed", "head", "iframe", "noscript", "object", "script", "style", "template")}
    | {"video"}
)
STYLE = "it is inside <style>"
"""Why nobody sees the text of a style sheet; numbers in it are sizes, not phones."""

_FOLDED = re.compile("[ \\t\\n\\f\\r]+")
_ADDED = r"(?:\[[a-z]{1,3}\]|\([^()]{1,300}\)|~~)?"
"""What a plain text may add after a link, an abbreviation or a deletion: a mark, the long form, its end."""

_INVISIBLE_MARKS = re.compile("[\u2066-\u2069\u200e\u200f\u061c\u200b\u2060\ufeff]")


class Run(NamedTuple):
    """A run of text between two tags, with what its surroundings say about it."""

    text: str = ""
    block: int = 0
    """Counts blocks; runs of one number stand on one line if there is room."""

    hidden: str = ""
    """Why a reader does not see it; empty if they do."""

    in_main: bool = False
    lang: str = ""
    direction: str = ""
    isolated: bool = False
    """Whether it stands in an element of its own direction: ``<bdi>``, or any with ``dir``, below its block."""

    href: str = ""
    """Of the link that it is in."""

    safety: str = ""
    """The ``data-safety`` of the nearest block that has one."""

    helpline: str = ""
    """The ``data-helpline`` of the card that it is in."""

    notice: str = ""
    """The ``data-notice`` of the nearest element in main that has one."""

    heading: bool = False
    """Whether it is in an h1."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page that was read back, and what it has to show."""

    page: Page
    edition: Edition
    expected: tuple[Expected, ...]
    tree: LexborHTMLParser
    runs: tuple[Run, ...]
    """Of the body, in reading order."""

    main: str
    """The visible text of ``<main>``, a line for each block."""


def read(page: Page, edition: Edition) -> Reading:
    """Read a page back."""
    tree = LexborHTMLParser(page.html)
    runs = tuple(_Walk(tree).runs())
    main = joined(run for run in runs if run.in_main and not run.hidden)
    return Reading(page, edition, expected(edition), tree, runs, main)


def joined(runs: Iterator[Run]) -> str:
    """The text of runs; a new line where a new block begins."""
    parts: list[str] = []
    block = 0
    for run in runs:
        if parts and run.block != block:
            parts.append("\n")
        parts.append(run.text)
        block = run.block
    return "".join(parts)


@lru_cache(maxsize=1024)
def squeezed(text: str) -> str:
    """A text without white space and without the marks that only steer direction or line breaks.

    White space is where a renderer may fold, indent and wrap; in scripts without spaces a line may break anywhere.
    """
    return "".join(_INVISIBLE_MARKS.sub("", text).split())


def slices(text: str, item: Expected) -> Iterator[str]:
    """The stretches of a text that show an expected one, with their own spaces and line breaks."""
    bare, kept = _bare(text)
    for match in pattern(item).finditer(bare):
        if match.end() > match.start():
            yield text[kept[match.start()] : kept[match.end() - 1] + 1]


@lru_cache(maxsize=8)
def _bare(text: str) -> tuple[str, tuple[int, ...]]:
    """A squeezed text, and where each of its characters stands in the text itself."""
    kept = [index for index, char in enumerate(text) if not (char.isspace() or _INVISIBLE_MARKS.match(char))]
    return "".join(text[index] for index in kept), tuple(kept)


def pattern(item: Expected) -> re.Pattern[str]:
    """Finds an expected text in a squeezed one, with what a plain text may add at its seams."""
    return re.compile(_ADDED.join(re.escape(squeezed(part)) for part in item.seamed.split(SEAM)))


class _Walk:
    """One pass over a document; counts blocks as it goes."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.root = tree.root
        self.block = 0
        self.hidden_by_sheet = dict(_hidden_by_sheet(tree))

    def runs(self) -> Iterator[Run]:
        if self.root is not None:
            yield from self.below(self.root, Run())

    def below(self, node: LexborNode, above: Run) -> Iterator[Run]:
        # An explicit stack: a hostile page may nest deeper than Python recurses.
        stack: list[tuple[LexborNode | None, Run]] = [(node, above)]
        while stack:
            current, around = stack.pop()
            if current is None:
                self.block += 1
                continue
            if current.is_text_node:
                yield around._replace(text=_FOLDED.sub(" ", current.text_content or ""), block=self.block)
                continue
            inside = self.inside(current, around)
            if current.tag == "br":
                yield inside._replace(text="\n", block=self.block)
            children = [(child, self.of_child(current, child, inside)) for child in current.iter(include_text=True)]
            if current.tag in _BLOCKS:
                self.block += 1
                stack.append((None, around))
            stack.extend(reversed(children))

    def inside(self, node: LexborNode, above: Run) -> Run:
        """What the inside of an element is surrounded by."""
        attrs = node.attributes
        tag = node.tag or ""
        is_block = tag in _BLOCKS
        direction = attrs.get("dir") or ""
        isolated = bool(direction) or tag == "bdi" or (above.isolated and not is_block)
        return above._replace(
            hidden=STYLE if tag == "style" else above.hidden or self.why_hidden(node, tag, attrs),
            in_main=above.in_main or tag == "main",
            lang=attrs.get("lang") or above.lang,
            direction=direction.lower() or above.direction,
            isolated=isolated and not is_block,
            href=(attrs.get("href") or "") if tag == "a" else above.href,
            safety=attrs.get("data-safety") or above.safety,
            helpline=attrs.get("data-helpline") or above.helpline,
            notice=(attrs.get("data-notice") or above.notice) if above.in_main else "",
            heading=above.heading or tag == "h1",
        )

    def of_child(self, node: LexborNode, child: LexborNode, inside: Run) -> Run:
        """A closed ``details`` shows its summary and hides the rest."""
        if node.tag == "details" and "open" not in node.attributes and child.tag != "summary":
            return inside._replace(hidden=inside.hidden or "it is inside a closed <details>")
        return inside

    def why_hidden(self, node: LexborNode, tag: str, attrs: Mapping[str, str | None]) -> str:
        if tag in _UNSEEN:
            return f"it is inside <{tag}>"
        if tag == "dialog" and "open" not in attrs:
            return "it is inside a closed <dialog>"
        if "hidden" in attrs or "inert" in attrs:
            return f"<{tag}> has the attribute hidden or inert"
        if (attrs.get("aria-hidden") or "").strip().lower() == "true":
            return f"<{tag}> has aria-hidden"
        style = attrs.get("style")
        if style and (why := hides(style)):
            return f"the style of <{tag}> says {why}"
        return self.hidden_by_sheet.get(node.mem_id, "")


def _hidden_by_sheet(tree: LexborHTMLParser) -> Iterator[tuple[int, str]]:
    """The elements that the page's own style sheets hide, and how."""
    for sheet in tree.css("style"):
        for selector, why in hiding_rules(sheet.text_content or sheet.text()):
            try:
                nodes = tree.css(selector)
            except (SelectolaxError, ValueError):
                # A selector that cannot be read might mean anything: it counts as meaning everything.
                nodes = tree.css("main")
            for node in nodes:
                yield node.mem_id, f"the style sheet says {selector} {{ {why} }}"
