"""Shortcodes and formulas of a source, out of the way of its parser."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.errors import MarkupError, SourceError
from pipeline.inline import literals
from pipeline.inline.literals import Masked
from pipeline.model import Place

_HELPLINE = re.compile(r"\{\{\s+((?:crisis|emergency|referral)\.(?:name|phone))\s+\}\}")


def masked(text: str, spans: Iterable[tuple[int, int]], top: Place) -> Masked:
    """The text with those parts masked; ``top`` is where it begins.

    Raises SourceError where one was meant for a helpline, and where there are too many different ones.
    """
    try:
        masks = literals.mask(text, spans)
    except MarkupError as error:
        raise SourceError(error.message, top) from None
    for part in masks.parts.values():
        meant = _HELPLINE.fullmatch(part)
        if meant:
            place = top._replace(line=top.line + text.count("\n", 0, text.index(part)))
            raise SourceError(
                f"{part} shows no helpline; write {{{meant[1]}}}, with single braces and no space.", place
            )
    return masks
