"""An HTML page -> the blocks of its article: navigation, cookie banners, scripts and the like left out."""

from __future__ import annotations

from dataclasses import replace

from pipeline.importing import citations, furniture
from pipeline.importing.blocks import Block, Remark, shown, squashed
from pipeline.importing.pageblocks import Walk
from pipeline.importing.pageparts import HEADINGS, prose, words_of
from pipeline.model import Element
from pipeline.readers.pages import Part, parse

__all__ = ["read"]

_TEXTS = frozenset({"p", "li", "dd", "blockquote", "td"})
_SHARE = 0.7
"""How much of the prose an element must hold to be gone into in search of the article."""


def read(text: str, path: str) -> tuple[str, list[str], list[Block], list[Remark]]:
    """The title, no entries of contents, the blocks, and what was removed."""
    root = parse(text, path)
    title = next((words_of(part) for part in root.walk() if part.tag == "title" and words_of(part)), "")
    main, why = _main(root)
    walk = Walk(limit=prose(main) // 2)
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


def _main(root: Part) -> tuple[Part, str]:
    """The element of the article, and why it is taken for that."""
    parts = list(root.walk())
    for why, chosen in (
        ("it is <main>", [part for part in parts if part.tag == "main" or part.get("role") == "main"]),
        ("it is the longest <article>", [part for part in parts if part.tag == "article"]),
        ("it is marked as the body of one", [part for part in parts if part.get("itemprop") == "articleBody"]),
    ):
        best = max(chosen, key=prose, default=None)
        if best is not None and prose(best):
            inner = max((part for part in best.walk() if part.tag == "article"), key=prose, default=best)
            return (inner, why) if prose(inner) >= _SHARE * prose(best) else (best, why)
    part = next((part for part in parts if part.tag == "body"), root)
    total = prose(part)
    while heavy := next((child for child in part.children if prose(child) > _SHARE * total), None):
        if heavy.tag in _TEXTS:
            break
        part, total = heavy, prose(heavy)
    return part, "most of the prose is in it"


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
            if one.kind in HEADINGS:
                in_sources = citations.is_heading(one.text)
            bare = one.kind in ("p", "li", "oli") and not any(isinstance(node, Element) for node in one.content)
            kept.append(replace(one, kind="source") if in_sources and bare else one)
    return kept, remarks
