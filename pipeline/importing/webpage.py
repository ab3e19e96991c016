"""An HTML page -> the blocks of its article: navigation, cookie banners, scripts and the like left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline import inline
from pipeline.importing import citations, furniture
from pipeline.importing.blocks import Block, Remark, shown, squashed
from pipeline.model import Element, Node, Text
from pipeline.placeables import phones
from pipeline.readers.pages import Part, parse

__all__ = ["read"]

_SILENT = frozenset({"script", "style", "noscript", "template", "link", "meta", "head", "svg", "canvas", "base"})
_FURNITURE_TAGS = frozenset(
    ["nav", "header", "footer", "aside", "form", "button", "dialog", "iframe", "object", "embed", "select", "menu"]
)
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "toolbar"}
)
_NAMES = """
    cookie cookies consent gdpr newsletter subscribe subscription share sharing social breadcrumb breadcrumbs
    related recommended promo advert advertisement ad ads sidebar comments toc feedback byline pagination popup modal
    skip nav navbar navigation footer masthead author rating print
"""
_FURNITURE_NAMES = frozenset(_NAMES.split())
_CALLOUTS = frozenset({"callout", "note", "tip", "warning", "important", "caution", "alert", "infobox", "highlight"})
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_OTHERS = """
    address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure hgroup hr
    legend li main ol p pre section summary table tbody td tfoot th thead tr ul html
"""
_BLOCKS = _HEADINGS | frozenset(_OTHERS.split())
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
_PROSE = frozenset({"p", "li", "dd", "blockquote", "td"})
_SHARE = 0.7
"""How much of the prose an element must hold to be gone into in search of the article."""


def read(text: str, path: str) -> tuple[str, list[str], list[Block], list[Remark]]:
    """The title, no entries of contents, the blocks, and what was removed."""
    root = parse(text, path)
    title = next((_words(part) for part in root.walk() if part.tag == "title" and _words(part)), "")
    main, why = _main(root)
    walk = _Walk(limit=_prose(main) // 2)
    walk.remarks.append(Remark(main.line, "guessed", f"<{main.tag}>", f"the article, because {why}"))
    walk.block(main, ())
    blocks, remarks = _settled(walk.blocks)
    first = next((one for one in blocks if one.kind == "h1"), None)
    if first:
        title = first.text
        blocks = [one for one in blocks if one is not first]
    named = [Remark(first.line if first else 1, "guessed", shown(title), "the title")] if title else []
    blocks = [replace(one, kind="h2") if one.kind == "h1" else one for one in blocks]
    return title, [], blocks, [*walk.remarks, *remarks, *named]


# --- where the article is -------------------------------------------------------------------------


def _main(root: Part) -> tuple[Part, str]:
    """The element of the article, and why it is taken for that."""
    parts = list(root.walk())
    for why, chosen in (
        ("it is <main>", [part for part in parts if part.tag == "main" or part.get("role") == "main"]),
        ("it is the longest <article>", [part for part in parts if part.tag == "article"]),
        ("it is marked as the body of one", [part for part in parts if part.get("itemprop") == "articleBody"]),
    ):
        best = max(chosen, key=_prose, default=None)
        if best is not None and _prose(best):
            inner = max((part for part in best.walk() if part.tag == "article"), key=_prose, default=best)
            return (inner, why) if _prose(inner) >= _SHARE * _prose(best) else (best, why)
    part = next((part for part in parts if part.tag == "body"), root)
    while heavy := [child for child in part.children if _prose(child) > _SHARE * _prose(part)]:
        if heavy[0].tag in _PROSE:
            break
        part = heavy[0]
    return part, "most of the prose is in it"


def _prose(part: Part) -> int:
    """Characters of text in it outside furniture and links."""
    count, stack = 0, [part]
    while stack:
        one = stack.pop()
        if one.tag in _SILENT or (one.tag in _FURNITURE_TAGS and one is not part) or one.tag == "a":
            continue
        count += len(squashed(one.text))
        stack += one.children
    return count


def _furniture(part: Part) -> str:
    """Why an element is no part of the article; empty where it may be."""
    names = re.split(r"[^a-z]+", f"{part.get('class')} {part.get('id')}".lower())
    if _is_callout(part, names):
        return ""
    if part.tag in _FURNITURE_TAGS and not (part.tag == "header" and any(one.tag == "h1" for one in part.walk())):
        return f"<{part.tag}> is furniture of the page"
    role = part.get("role").lower()
    if role in _FURNITURE_ROLES:
        return f"its role is {role}"
    if any(name in ("hidden", "aria-hidden") and value != "false" for name, value in part.attrs) or re.search(
        r"display:\s*none", part.get("style")
    ):
        return "it is hidden"
    found = next((name for name in names if name in _FURNITURE_NAMES), "")
    return f"it is named “{found}”" if found and part.tag not in _HEADINGS else ""


def _is_callout(part: Part, names: Iterable[str]) -> bool:
    return part.get("role") == "note" or (
        part.tag in ("aside", "div", "section") and any(name in _CALLOUTS for name in names)
    )


# --- its blocks -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Walk:
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
        elif _is_callout(part, re.split(r"[^a-z]+", part.get("class").lower())):
            self.callout(part)
        else:
            self.children(part, lists, part.tag if part.tag in _HEADINGS else "p")

    def children(self, part: Part, lists: tuple[str, ...], kind: str) -> None:
        """The blocks and runs of text inside an element; ``kind`` is what a run becomes."""
        run: list[Part] = []
        for child in part.children:
            if child.tag in _SILENT or self.removed(child):
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
        inside = _Walk(self.limit)
        inside.children(part, (), "p")
        self.remarks += inside.remarks
        if not inside.blocks:
            return
        first, *rest = inside.blocks
        title = first.content if first.kind in _HEADINGS and rest else ()
        body = rest if title else inside.blocks
        notes = [replace(one, kind="note", depth=0) if one.kind != "raw" else one for one in body]
        notes[0] = replace(notes[0], title=title or (Text("Note"),))
        self.blocks += notes
        self.remarks.append(Remark(part.line, "guessed", shown(_words(part)), "a callout"))

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
        why = _furniture(part) if part.tag else ""
        if not why or (_prose(part) > self.limit and part.tag not in _FURNITURE_TAGS):
            return False
        text = _words(part)
        if phones(text):
            why = f"removed, because {why}; but a phone number was in it"
            self.remarks.append(Remark(part.line, "look", shown(text), why))
        elif text:
            self.remarks.append(Remark(part.line, "removed", shown(text), why))
        return True


def _settled(blocks: list[Block]) -> tuple[list[Block], list[Remark]]:
    """The blocks without furniture in words and without prose that stood before; sources as sources."""
    kept: list[Block] = []
    remarks: list[Remark] = []
    seen: dict[str, int] = {}
    in_sources = False
    for one in blocks:
        why = furniture.reason(one.text) if one.kind not in ("raw", "h1") else ""
        key = squashed(one.text)
        if why:
            remarks.append(Remark(one.line, "removed", shown(one.text), why))
        elif len(key) >= 60 and key in seen:
            remarks.append(Remark(one.line, "merged", shown(one.text), f"line {seen[key]} says the same"))
        else:
            seen.setdefault(key, one.line)
            if one.kind in _HEADINGS:
                in_sources = citations.is_heading(one.text)
            bare = one.kind in ("p", "li", "oli") and not any(isinstance(node, Element) for node in one.content)
            kept.append(replace(one, kind="source") if in_sources and bare else one)
    return kept, remarks


# --- texts ----------------------------------------------------------------------------------------


def _inline(part: Part) -> Iterator[Node]:
    if part.tag == "":
        yield Text(part.text)
    elif part.tag in _SILENT or _furniture(part):
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


def _words(part: Part) -> str:
    """The words in a part, for a report."""
    texts = []
    stack = [part]
    while stack:
        one = stack.pop()
        if one.tag not in _SILENT:
            texts.append(one.text)
            stack += reversed(one.children)
    return " ".join("".join(f"{text} " if text else "" for text in texts).split())


def _raw(part: Part) -> str:
    return "".join(one.text for one in part.walk())
