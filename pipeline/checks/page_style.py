"""Rules about what a style does to safety text besides hiding it: another order, another direction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode, SelectolaxError

from pipeline.checks.hiding import sheet_rules
from pipeline.checks.reading import Reading
from pipeline.checks.rules import Fault, Swap, page_rule
from pipeline.model import Severity

_ORDER = re.compile(r"(?:flex-direction|flex-flow)\s*:[^;]*reverse|(?<![-\w])order\s*:\s*-?[1-9]")
_DIRECTION = re.compile(r"unicode-bidi\s*:\s*(?:bidi-override|isolate-override)")
_CRISIS = '<p data-safety="crisis">'


@page_rule(
    "page/safety-style",
    Severity.ERROR,
    flagged=(
        Swap("</style>", "main { display: flex; flex-direction: column-reverse }</style>"),
        Swap("</style>", "@media print { [data-safety] { order: -1 } }</style>"),
        Swap(_CRISIS, '<p data-safety="crisis" style="order: 2">'),
        Swap("</style>", ".phone bdi { direction: rtl; unicode-bidi: bidi-override }</style>"),
    ),
    passed=(
        Swap("</style>", "nav { display: flex; flex-direction: row-reverse }</style>"),
        Swap("</style>", "main { border: 1px solid; unicode-bidi: isolate }</style>"),
    ),
)
def safety_style(reading: Reading) -> Iterator[Fault]:
    """A style shows safety text in another order than it is written in, or turns its direction.

    The eye then meets another text than the one that was checked, and a number in reverse is another number.
    """
    for where, declarations, nodes in _styled(reading):
        if not any(_is_safety(node) for node in nodes):
            continue
        for pattern, what in ((_ORDER, "changes the order"), (_DIRECTION, "forces the direction")):
            if found := pattern.search(declarations.lower()):
                text = f"{where} says {found[0]}, which {what} of safety text."
                yield Fault(text, "Take it out of the theme's style.")


def _styled(reading: Reading) -> Iterator[tuple[str, str, list[LexborNode]]]:
    """Declarations that may touch order or direction, with where they stand and the elements that they are about."""
    for sheet in reading.tree.css("style"):
        for selector, declarations in sheet_rules(sheet.text_content or sheet.text()):
            if _ORDER.search(declarations.lower()) or _DIRECTION.search(declarations.lower()):
                try:
                    nodes = reading.tree.css(selector)
                except (SelectolaxError, ValueError):  # what cannot be read might mean anything
                    nodes = reading.tree.css("main")
                yield f"the style sheet for {selector}", declarations, nodes
    for node in reading.tree.css("[style]"):
        yield f"the style of <{node.tag}>", node.attributes.get("style") or "", [node]


def _is_safety(node: LexborNode) -> bool:
    """Whether an element is, holds, or stands in safety text, or shows a number."""
    above: LexborNode | None = node
    while above is not None:
        if "data-safety" in (above.attributes or {}) or (above.attributes or {}).get("class") == "phone":
            return True
        above = above.parent
    return node.css_first("[data-safety], a[href^=tel]") is not None
