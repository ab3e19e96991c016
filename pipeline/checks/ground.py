"""Colours of text and of what lies behind it, as far as style sheets say them in so many words.

The cascade is followed by order and specificity, once for the page as it is and once for each condition, such as a
dark scheme or paper. A browser sees more; see ``handrail verify --browser``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.checks import styles
from pipeline.checks.hiding import Colour, colour
from pipeline.checks.reading import found
from pipeline.checks.styles import Block, Sheet

LEAST = 1.6
"""The contrast below which text is taken to be hidden on purpose; for reading it has to be 4.5 (WCAG 2.2, 1.4.3)."""

_INK = ("color", "-webkit-text-fill-color")
_GROUND = ("background", "background-color")
_INHERITED = frozenset({"inherit", "initial", "unset", "currentcolor", "revert"})
_HASHES = re.compile(r"#[\w-]+")
_CLASSES = re.compile(r"\.[\w-]+|\[[^\]]*\]|:(?!where|is|not)[\w-]+")
_TAGS = re.compile(r"(?<![\w.#:\[-])[a-z][\w-]*")


@dataclass(frozen=True, slots=True)
class _Said:
    """A colour that a rule gives an element."""

    weight: tuple[int, ...]
    condition: str
    value: str


class Colours:
    """The colours of a page, element by element."""

    def __init__(self, tree: LexborHTMLParser, sheet: Sheet) -> None:
        self.root = tree.css_first("html")
        self.ink: dict[int, list[_Said]] = {}
        self.ground: dict[int, list[_Said]] = {}
        blocks = [block for block in sheet.blocks if not block.pseudo]
        self.conditions = tuple(dict.fromkeys(["", *(block.condition for block in blocks if _colours(block))]))
        always = dict(_variables(blocks, ""))
        self.variables = {
            condition: {name: (value,) for name, value in {**always, **dict(_variables(blocks, condition))}.items()}
            for condition in self.conditions
        }
        self.filled: dict[tuple[str, str], str] = {}
        for order, block in enumerate(blocks):
            for names, said in ((_INK, self.ink), (_GROUND, self.ground)):
                values = [value for name, value in block.written if name in names]
                for node in found(tree, block.selector) if values else ():
                    weight = (*_specificity(block.selector), order)
                    said.setdefault(node.mem_id, []).append(_Said(weight, block.condition, values[-1]))

    def faint(self, node: LexborNode) -> str:
        """The condition in which an element's text has about the colour of its ground; empty if it never has."""
        for condition in self.conditions:
            ink, ground = self._of(node, self.ink, condition), self._of(node, self.ground, condition)
            if ink and ground and _contrast(ink, ground) < LEAST:
                return condition or "always"
        return ""

    def _of(self, node: LexborNode, said: Mapping[int, list[_Said]], condition: str) -> Colour | None:
        above: LexborNode | None = node
        while above is not None:
            there = [one for one in said.get(above.mem_id, ()) if one.condition in ("", condition)]
            if there:
                value = self._filled(max(there, key=lambda one: one.weight).value, condition)
                if value not in _INHERITED and value not in ("none", "transparent"):
                    return colour(value)
            above = above.parent
        return None

    def _filled(self, value: str, condition: str) -> str:
        if (value, condition) not in self.filled:
            self.filled[value, condition] = styles.filled(value, self.variables[condition])[0]
        return self.filled[value, condition]


def _colours(block: Block) -> bool:
    return any(name in (*_INK, *_GROUND) or name.startswith("--") for name, _ in block.written)


def _variables(blocks: Iterable[Block], condition: str) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if block.condition == condition:
            yield from ((name, value) for name, value in block.written if name.startswith("--"))


def _specificity(selector: str) -> tuple[int, int, int]:
    """Ids, classes and tags of a selector; ``:where()`` counts for nothing."""
    bare = re.sub(r":where\((?:[^()]|\([^()]*\))*\)", "", selector)
    classes = len(_CLASSES.findall(bare))
    return len(_HASHES.findall(bare)), classes, len(_TAGS.findall(_CLASSES.sub(" ", bare)))


def _contrast(first: Colour, second: Colour) -> float:
    """WCAG 2.2, contrast ratio; what shines through counts as opaque."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(one: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in one[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
