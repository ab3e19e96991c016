"""What an element of a page is: furniture, a callout, or maybe a part of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.importing.blocks import squashed
from pipeline.readers.pages import Part

__all__ = ["FURNITURE_TAGS", "HEADINGS", "SILENT", "furniture_reason", "is_callout", "names_of", "prose", "words_of"]

SILENT = frozenset({"script", "style", "noscript", "template", "link", "meta", "head", "svg", "canvas", "base"})
FURNITURE_TAGS = frozenset(
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
HEADINGS = {f"h{level}" for level in range(1, 7)}


def prose(part: Part) -> int:
    """Characters of text in it outside furniture and links."""
    count, stack = 0, [part]
    while stack:
        one = stack.pop()
        if one.tag in SILENT or (one.tag in FURNITURE_TAGS and one is not part) or one.tag == "a":
            continue
        count += len(squashed(one.text))
        stack += one.children
    return count


def furniture_reason(part: Part) -> str:
    """Why an element is no part of the article; empty where it may be."""
    names = names_of(part)
    if is_callout(part, names):
        return ""
    if part.tag in FURNITURE_TAGS and not (part.tag == "header" and any(one.tag == "h1" for one in part.walk())):
        return f"<{part.tag}> is furniture of the page"
    role = part.get("role").lower()
    if role in _FURNITURE_ROLES:
        return f"its role is {role}"
    if any(name in ("hidden", "aria-hidden") and value != "false" for name, value in part.attrs) or re.search(
        r"display:\s*none", part.get("style")
    ):
        return "it is hidden"
    found = next((name for name in names if name in _FURNITURE_NAMES), "")
    return f"it is named “{found}”" if found and part.tag not in HEADINGS else ""


def names_of(part: Part) -> list[str]:
    """The words of an element's class and id."""
    return re.split(r"[^a-z]+", f"{part.get('class')} {part.get('id')}".lower())


def is_callout(part: Part, names: Iterable[str]) -> bool:
    """Whether an element is a box beside the text that belongs to it."""
    return part.get("role") == "note" or (
        part.tag in ("aside", "div", "section") and any(name in _CALLOUTS for name in names)
    )


def words_of(part: Part) -> str:
    """The words in a part, for a report."""
    texts = []
    stack = [part]
    while stack:
        one = stack.pop()
        if one.tag not in SILENT:
            texts.append(one.text)
            stack += reversed(one.children)
    return " ".join("".join(f"{text} " if text else "" for text in texts).split())
