"""Elements that are opened and opened: an HTML parser's time grows with the square of their number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from pipeline.errors import SourceError
from pipeline.model import Place
from pipeline.readers.tags import ELEMENTS

MOST = 400
"""Open elements; a page that people wrote has some tens."""

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|title)\b.*?(?:</(?P=raw)\b|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/<>]*)[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_SINGLE = """
    a area base body br button col colgroup dd dt embed h1 h2 h3 h4 h5 h6 head hr html img input li link meta nobr
    optgroup option p param rb rp rt rtc source tbody td tfoot th thead tr track wbr
"""
_ENDS_ITSELF = frozenset(_SINGLE.split())
"""Elements that are void, or that another one of them closes."""


def refuse(text: str, place: Callable[[int], Place]) -> None:
    """SourceError where too many elements of a text are open at once; ``place`` tells where a character stands."""
    if text.count("<") <= MOST:
        return
    opened: Counter[str] = Counter()
    depth = 0
    for found in _TOKEN.finditer(text):
        name = (found["name"] or "").lower()
        if not name or name in _ENDS_ITSELF or (found[0].endswith("/>") and name not in ELEMENTS):
            continue
        if found["end"]:
            depth -= opened[name] > 0
            opened[name] -= opened[name] > 0
            continue
        opened[name] += 1
        depth += 1
        if depth > MOST:
            raise SourceError(
                f"Elements are nested more than {MOST} deep here; close them, or simplify the markup.",
                place(found.start()),
            )
