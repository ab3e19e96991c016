"""Words of the templates that have no translation, set apart in the page from what is in its own language.

A template writes words anywhere: in text, in an attribute, in a title. Only when the page is whole is it known where
an element may stand, so such words are first written between marks, and the marks give way to elements, or to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model import Locale

__all__ = ["has_marks", "marked", "settled"]

LANGUAGE = "en"
"""That of the templates."""

_FOREIGN, _OWN, _END = "\ufdd0", "\ufdd1", "\ufdd2"
"""Noncharacters of Unicode, which stand in no text."""

_PLACEHOLDER = re.compile(r"%\(\w+\)s")
_PLAIN = "title|script|style|textarea"
"""Elements that hold no others."""

_TOKEN = re.compile(f"<(?:{_PLAIN})\\b|</(?:{_PLAIN})\\b|[<>{_FOREIGN}{_OWN}{_END}]", re.IGNORECASE)


def marked(words: str, locale: Locale) -> str:
    """A template's own words for a page in a locale; what is filled into them is in the page's language."""
    if locale.language == LANGUAGE:
        return words
    return f"{_FOREIGN}{_PLACEHOLDER.sub(lambda found: f'{_OWN}{found[0]}{_END}', words)}{_END}"


def settled(pieces: Iterable[str], locale: Locale) -> Iterator[str]:
    """A page, in pieces, whose marks have become elements with ``lang`` and ``dir`` where elements may stand."""
    directions = (' dir="ltr"', ' dir="rtl"') if locale.direction == "rtl" else ("", "")
    foreign, own = f'<span lang="{LANGUAGE}"{directions[0]}>', f'<span lang="{locale.tag}"{directions[1]}>'
    written = {_FOREIGN: foreign, _OWN: own, _END: "</span>"}
    in_tag, plain = False, False

    def settle(found: re.Match[str]) -> str:
        nonlocal in_tag, plain
        token = found[0]
        if token in written:
            return "" if in_tag or plain else written[token]
        if token.startswith("<") and len(token) > 1:
            plain = not token.startswith("</")
        in_tag = token != ">"
        return token

    for piece in pieces:
        yield _TOKEN.sub(settle, piece)


def has_marks(text: str) -> bool:
    """Whether anything in a text is marked; on few pages anything is."""
    return _FOREIGN in text or _OWN in text or _END in text
