"""What belongs to a page and not to its article: the table of contents, buttons, credits, appeals.

A line goes only where all of it is furniture. Known phrases may be glued together, as scrapers do.
"""

from __future__ import annotations

import re

from pipeline.importing.blocks import Line, Remark, is_title, shown, squashed

__all__ = ["reason", "without_contents", "without_furniture"]

_CONTENTS = ("tableofcontents", "onthispage", "inthisarticle", "jumpto", "pagecontents", "articlecontents")
_SURE = """
    table of contents|view all|on this page|in this article|share feedback|was this page helpful
    |was this article helpful|was this helpful|thanks for your feedback|thank you for your feedback
    |what is your feedback|report an error|give feedback|skip to content|skip to main content|back to top
    |sign up|subscribe|subscribe now|sign up for our newsletter|get our newsletter|accept all|accept cookies
    |accept all cookies|reject all|cookie settings|manage cookies|advertisement|sponsored|print this page|copy link
    |share this article|share this page|share on facebook|share on twitter|email this page|read more|learn more
    |see more|show more|load more|continue reading|leave a comment|follow us|log in|sign in|privacy policy
    |terms of use|terms of service|all rights reserved|previous article|next article|related articles
    |trending articles|you might also like|more from|no thanks
"""
_WEAK = """
    other|helpful|submit|share|save|print|email|tweet|pin|facebook|twitter|pinterest|linkedin|whatsapp|reddit|menu
    |search|close|yes|no|next|previous|home|thanks|feedback|comments|x
"""
"""Furniture only where a sure sign stands in the same line or in the one before or after."""

_SURE_PHRASES = tuple(squashed(phrase) for phrase in _SURE.split("|"))
_WEAK_PHRASES = tuple(squashed(phrase) for phrase in _WEAK.split("|"))
_LONGEST = 200
"""Characters of a line of buttons."""

_PATTERNS = (
    (
        r".{1,80}?\s?/\s?(?:getty images|istock(?:photo)?|shutterstock|adobe stock|alamy|stocksy|unsplash|afp|reuters)"
        r"\b.*",
        "a picture credit",
    ),
    (r"(?:photo|image|illustration|picture|video)s? (?:by|credit|courtesy|source)\b.{0,80}", "a picture credit"),
    (r"(?:credits?: |©|copyright (?:©|\(c\)|\d)).{0,100}", "a credit"),
    (
        r"(?:medically |clinically |expert |last )?(?:reviewed|fact[- ]checked|written|updated|published)"
        r"(?: by| on|:) .{1,100}",
        "who wrote or reviewed it, and when",
    ),
    (r"(?-i:By [A-Z][\w.'-]+ [A-Z][\w.'-]+(?:, [A-Z].{0,40})?)", "who wrote it"),
    (
        r"(?:meet|learn about|about) (?:our|the) .{0,60}(?:board|team|experts?|reviewers?|editors?)",
        "about the publisher",
    ),
    (
        r"(?:read more|learn more|see also|also read|related(?: reading| articles?)?|recommended|further reading)"
        r"\s?[:>»→–—-].{1,120}",
        "a link to another page",
    ),
    (r".{0,200}\b(?:we|this (?:web)?site|our partners) uses? cookies\b.{0,300}", "a notice about cookies"),
    (r".{0,120}\b(?:newsletter|your inbox|email updates)\b.{0,120}", "an appeal to subscribe"),
    (r"(?:enter|add) your e-?mail\b.{0,80}", "an appeal to subscribe"),
    (r"(?:thank you|thanks),? .{0,40}for signing up.{0,40}", "an appeal to subscribe"),
    (r".{0,200}\bour ?editorial (?:process|policy|guidelines|standards).{0,300}", "about the publisher"),
)
_KNOWN = tuple((re.compile(pattern, re.IGNORECASE), why) for pattern, why in _PATTERNS)
_LONGEST_PATTERN = 500


def reason(text: str) -> str:
    """Why a line is furniture by itself; empty where it is not."""
    if _made_of(text, _SURE_PHRASES) or (_made_of(text, _SURE_PHRASES + _WEAK_PHRASES) and _holds_sure(text)):
        return "buttons and furniture of the page"
    if len(text) > _LONGEST_PATTERN:
        return ""
    return next((why for pattern, why in _KNOWN if pattern.fullmatch(text)), "")


def without_furniture(given: list[Line]) -> tuple[list[Line], list[Remark]]:
    """The lines that are not furniture."""
    reasons = [reason(line.text) for line in given]
    for order in (range(len(given)), range(len(given) - 1, -1, -1)):
        previous = ""
        for index in order:
            if previous and not reasons[index] and _made_of(given[index].text, _WEAK_PHRASES):
                reasons[index] = previous
            previous = reasons[index]
    kept = [line for line, why in zip(given, reasons, strict=True) if not why]
    remarks = [
        Remark(line.number, "removed", shown(line.text), why) for line, why in zip(given, reasons, strict=True) if why
    ]
    return kept, remarks


def without_contents(given: list[Line]) -> tuple[list[Line], list[str], list[Remark]]:
    """The lines without a table of contents, its entries, and what was removed."""
    start = next((index for index, line in enumerate(given) if _opens_contents(line.text)), None)
    if start is None:
        return given, [], []
    entries: dict[str, int] = {}
    end = start + 1
    while end < len(given):
        text = given[end].text
        if not (_opens_contents(text) or _made_of(text, _SURE_PHRASES)):
            if not is_title(text) or text.casefold() in entries:
                break
            entries[text.casefold()] = end
        end += 1
    later = {line.text.casefold() for line in given[end:]}
    last = next(reversed(entries), "")
    if last and last not in later and sum(entry in later for entry in entries) >= 2:
        end = entries.pop(last)  # the other entries come back as headings, so this is the first heading itself
    removed = given[start:end]
    remarks = [Remark(line.number, "removed", shown(line.text), "the table of contents") for line in removed]
    return [*given[:start], *given[end:]], [given[index].text for index in entries.values()], remarks


def _opens_contents(text: str) -> bool:
    solid = squashed(text[:400]).casefold()
    return (solid.startswith(_CONTENTS) and (len(solid) < 40 or _is_glued(solid))) or solid == "contents"


def _is_glued(solid: str) -> bool:
    """Whether a long line begins with two signs of a table of contents, so that it is all of it, glued."""
    rest = next((solid.removeprefix(sign) for sign in _CONTENTS if solid.startswith(sign)), "")
    return rest.startswith((*_CONTENTS, "viewall"))


def _made_of(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a line is nothing but phrases, glued or not."""
    if len(text) > _LONGEST:
        return False
    solid = re.sub(r"[\s?!.:|•·,»>→]", "", text).casefold()
    reached = {0}
    for at in range(len(solid)):
        if at in reached:
            reached |= {at + len(phrase) for phrase in phrases if solid.startswith(phrase, at)}
    return bool(solid) and len(solid) in reached


def _holds_sure(text: str) -> bool:
    solid = squashed(text).casefold()
    return any(phrase in solid for phrase in _SURE_PHRASES)
