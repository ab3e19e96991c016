"""A page read back as a reader meets it: runs of text, each with what surrounds it.

The page is parsed by another library than the one that read the article, and hiding is judged from attributes, inline
styles and the page's own style sheets, whatever screen or paper they are for. A rule that applies to some readers only
counts as if it applied to all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

from selectolax.lexbor import LexborNode

from pipeline import inline
from pipeline.checks import hiding, styles
from pipeline.checks.expected import Expected, expected
from pipeline.checks.known import Known, known_texts
from pipeline.checks.squeezing import INVISIBLE_MARKS, matches, squeezed
from pipeline.checks.tree import BLOCKS, Attrs, Tree
from pipeline.model import Edition, Page

ASIDE = frozenset({"footer", "form", "nav"})
"""Parts of the main part that are no text of the article."""

_TELLING = hiding.UNSEEN | ASIDE | {"a", "bdi", "dialog", "h1", "main"}
"""Elements that say something of what is in them even without attributes."""

_SAYING = frozenset(
    {*("aria-hidden", "data-helpline", "data-notice", "data-safety", "dir", "hidden", "inert", "lang", "popover")}
    | {"role", "style"}
)
"""Attributes that say something of what is in an element."""

CLOSED = "it is inside a closed <details>"
"""Why nobody sees the text of an author's ``details`` before opening it."""

STYLE = "it is inside <style>"
"""Why nobody sees the text of a style sheet; numbers in it are sizes, not phones."""

_GAP = re.compile(rf"(?:\s|{INVISIBLE_MARKS.pattern})+")


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

    aside: bool = False
    """Whether it is in a part of the main part that is no text of the article: a menu, a footer, a form."""


_OUTSIDE = Run()

_Open: TypeAlias = tuple[int, Run, tuple[Any, ...], bool, bool]
"""An element whose end has not come yet: its id in memory, what is said of what is in it, the same without text and
block, whether it is a block, and whether it is a ``details`` that shows its summary and hides the rest."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page that was read back, and what it has to show."""

    page: Page
    edition: Edition
    expected: tuple[Expected, ...]
    tree: Tree
    runs: tuple[Run, ...]
    """Of the body, in reading order."""

    main: str
    """The visible text of ``<main>``, a line for each block."""

    opened: str
    """The same with what closed ``details`` hold."""

    known: Known
    """What the page may say."""

    sheet: str
    """The style sheets that stand in the page, as one."""


def read(page: Page, edition: Edition) -> Reading:
    """Read a page back."""
    tree = Tree(page.html)
    sheet = "\n".join([node.text_content or node.text() for node, _ in tree.tagged("style")])
    runs = _Walk(tree, sheet).runs()
    opened = [run for run in runs if run.in_main and run.hidden in ("", CLOSED)]
    main = joined([run for run in opened if not run.hidden])
    wanted = expected(edition)
    return Reading(page, edition, wanted, tree, runs, main, joined(opened), known_texts(edition, wanted), sheet)


def joined(runs: Iterable[Run]) -> str:
    """The text of runs; a new line where a new block begins."""
    parts: list[str] = []
    block = 0
    for run in runs:
        if parts and run.block != block:
            parts.append("\n")
        parts.append(run.text)
        block = run.block
    return "".join(parts)


def slices(text: str, item: Expected) -> Iterator[str]:
    """The stretches of a text that show an expected one, with their own spaces and line breaks."""
    written = text.count(item.text) if item.text.strip() else 0
    if written and written == sum(1 for _ in matches(item, squeezed(text))):  # as on most pages
        yield from [item.text] * written
        return
    bare = _bare(text)
    for start, end in matches(item, bare.text):
        if end > start:
            yield text[bare.place(start) : bare.place(end - 1) + 1]


class _Bare(NamedTuple):
    """A squeezed text, and where its characters stand in the text itself."""

    text: str
    gaps: tuple[int, ...]
    """Before which of its characters something was left out, in order."""

    left_out: tuple[int, ...]
    """How many characters were left out up to each gap."""

    def place(self, at: int) -> int:
        """Where a character stands in the text itself."""
        passed = bisect_right(self.gaps, at)
        return at + (self.left_out[passed - 1] if passed else 0)


@lru_cache(maxsize=8)
def _bare(text: str) -> _Bare:
    spans = [gap.span() for gap in _GAP.finditer(text)]
    left_out = tuple(accumulate([end - start for start, end in spans]))
    gaps = tuple([start - out for (start, _), out in zip(spans, (0, *left_out), strict=False)])
    return _Bare(_GAP.sub("", text), gaps, left_out)


class _Walk:
    """One pass over a document; counts blocks as it goes."""

    def __init__(self, tree: Tree, sheet: str) -> None:
        self.tree = tree
        self.hidden_by_sheet = {**dict(_hidden_by_sheet(tree, sheet)), **dict(_hidden_by_shadow(tree))}
        self.variables = styles.read(sheet).variables

    def runs(self) -> tuple[Run, ...]:
        """The text of the page in document order; a new block begins and ends with a new number."""
        found: list[Run] = []
        block = 0
        around, beyond = _OUTSIDE, _OUTSIDE[2:]
        above: list[_Open] = []
        blank: Run | None = None  # around the last text, if that was white space that nobody sees
        made = tuple.__new__
        for node, attrs in self.tree.nodes:
            if above:
                parent = node.parent
                id = parent.mem_id if parent is not None else 0
                while above[-1][0] != id:
                    block += above.pop()[3]
                _, around, beyond, _, is_closed = above[-1]
                if is_closed and node.tag != "summary":
                    around = around._replace(hidden=around.hidden or CLOSED)
                    beyond = around[2:]
            if attrs is None:
                text = node.text_content or ""
                if text == "\n":  # between two blocks, as most are
                    if around is blank:  # in the head, most elements hold no text
                        continue
                    blank = around if around.hidden else None
                    text = " "
                else:
                    blank = None
                    text = _folded_sheet(text) if around.hidden == STYLE else inline.folded(text)
                found.append(made(Run, (text, block, *beyond)))
                continue
            tag = node.tag or ""
            inside = self.inside(node, tag, attrs, around)
            if tag == "br":
                blank = None
                found.append(made(Run, ("\n", block, *inside[2:])))
            is_block = tag in BLOCKS
            if is_block:
                blank = None
                block += 1
            within = beyond if inside is around else inside[2:]
            above.append((node.mem_id, inside, within, is_block, tag == "details" and "open" not in attrs))
        return tuple(found)

    def inside(self, node: LexborNode, tag: str, attrs: Attrs, above: Run) -> Run:
        """What the inside of an element is surrounded by."""
        is_block = tag in BLOCKS
        if tag not in _TELLING and _SAYING.isdisjoint(attrs) and node.mem_id not in self.hidden_by_sheet:
            return above._replace(isolated=False) if is_block and above.isolated else above
        direction = attrs.get("dir") or ""
        isolated = bool(direction) or tag == "bdi" or (above.isolated and not is_block)
        return Run(
            "",
            0,
            hidden=STYLE if tag == "style" else self.hidden(node, tag, attrs, above.hidden),
            in_main=above.in_main or tag == "main",
            lang=attrs.get("lang") or above.lang,
            direction=direction.lower() or above.direction,
            isolated=isolated and not is_block,
            href=(attrs.get("href") or "") if tag == "a" else above.href,
            safety=attrs.get("data-safety") or above.safety,
            helpline=attrs.get("data-helpline") or above.helpline,
            notice=(attrs.get("data-notice") or above.notice) if above.in_main else "",
            heading=above.heading or tag == "h1",
            aside=above.aside or tag in ASIDE,
        )

    def hidden(self, node: LexborNode, tag: str, attrs: Attrs, above: str) -> str:
        """Why a reader does not see an element; what opening ``details`` does not mend comes first."""
        return above if above not in ("", CLOSED) else self.why_hidden(node, tag, attrs) or above

    def why_hidden(self, node: LexborNode, tag: str, attrs: Attrs) -> str:
        if hiding.may_hide(tag, attrs) and not (tag == "rp" and _is_punctuation(node.text())):
            return hiding.of_element(tag, attrs, self.variables) or self.hidden_by_sheet.get(node.mem_id, "")
        return self.hidden_by_sheet.get(node.mem_id, "")


def _is_punctuation(text: str) -> bool:
    """Whether a text says nothing: browsers leave the brackets around ruby out, a plain text has them."""
    return not any(map(str.isalnum, text))


@lru_cache(maxsize=64)
def _folded_sheet(text: str) -> str:
    """A style sheet with its white space folded; many pages have the same."""
    return inline.folded(text)


def _hidden_by_sheet(tree: Tree, sheet: str) -> Iterator[tuple[int, str]]:
    """The elements that the page's own style sheets hide, and how."""
    suspects = _suspects(sheet)
    for selector, why in suspects.hiding:
        for node in tree.matching(selector):
            yield node.mem_id, f"the style sheet says {selector} {{ {why} }}"
    cutting = suspects.cutting if suspects.limiting else ()
    cut = {node.mem_id for selector in cutting for node in tree.matching(selector)}
    for selector, why in suspects.limiting if cut else ():
        for node in tree.matching(selector):
            if node.mem_id in cut:
                yield node.mem_id, f"the style sheet says {selector} {{ {why} }} and cuts what does not fit"


def _hidden_by_shadow(tree: Tree) -> Iterator[tuple[int, str]]:
    """The elements in the place of whose contents a browser shows a shadow tree."""
    for shadow in tree.css("template[shadowrootmode], template[shadowroot]", ["template"]):
        if shadow.parent is not None:
            yield shadow.parent.mem_id, f"a shadow tree stands in the place of what is in <{shadow.parent.tag}>"


@dataclass(frozen=True, slots=True)
class _Suspects:
    """The selectors of a style sheet that matter, so that a page asks for no others."""

    hiding: tuple[tuple[str, str], ...]
    limiting: tuple[tuple[str, str], ...]
    """Those that limit a height."""

    cutting: tuple[str, ...]
    """Those that do not show what does not fit."""


@lru_cache(maxsize=64)
def _suspects(text: str) -> _Suspects:
    sheet = styles.read(text)
    fading = {name for name, frame in sheet.frames if hiding.why(frame)}
    hidden: list[tuple[str, str]] = []
    limiting: list[tuple[str, str]] = []
    cutting: list[str] = []
    for block in sheet.blocks:
        if block.pseudo not in ("", "first-line", "first-letter"):
            continue
        why = next(filter(None, map(hiding.why, block.meant)), "") or _fades(block.written, fading)
        if why:
            hidden.append((block.selector, why))
        for style in block.meant:
            limits = [(name, value) for name, value in style if name in hiding.HEIGHTS and hiding.is_limit(value)]
            limiting += [(block.selector, f"{name}: {value}") for name, value in limits]
            if hiding.cuts(style):
                cutting.append(block.selector)
    return _Suspects(tuple(hidden), tuple(limiting), tuple(cutting))


def _fades(style: styles.Style, fading: set[str]) -> str:
    """The declaration that plays an animation which hides text."""
    plays = ((name, value) for name, value in style if name.endswith(("animation", "animation-name")))
    return next((f"{name}: {value}" for name, value in plays if fading & set(value.replace(",", " ").split())), "")
