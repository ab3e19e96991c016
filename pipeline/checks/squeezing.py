"""Texts compared without what a renderer may fold, indent and wrap."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.checks.expected import SEAM, Expected

_ADDED = r"(?:\[[a-z]{1,3}\]|\([^()]{1,300}\)|~~)?"
"""What a plain text may add after a link, an abbreviation or a deletion: a mark, the long form, its end."""

INVISIBLE_MARKS = re.compile("[\u2066-\u2069\u200e\u200f\u061c\u200b\u2060\ufeff]")


@lru_cache(maxsize=1024)
def squeezed(text: str) -> str:
    """A text without white space and without the marks that only steer direction or line breaks.

    White space is where a renderer may fold, indent and wrap; in scripts without spaces a line may break anywhere.
    """
    return "".join(INVISIBLE_MARKS.sub("", text).split())


def pattern(item: Expected) -> re.Pattern[str]:
    """Finds an expected text in a squeezed one, with what a plain text may add at its seams."""
    return re.compile(_ADDED.join(re.escape(squeezed(part)) for part in item.seamed.split(SEAM)))
