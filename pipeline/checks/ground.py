"""Colours of text and of what lies behind it, as far as style sheets say them in so many words.

The cascade is followed by order and specificity, once for the page as it is and once for each condition, such as a
dark scheme or paper. A browser sees more; see ``handrail verify --browser``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

from pipeline.checks import styles
from pipeline.checks.hiding import Colour, colour
from pipeline.checks.styles import Block, Sheet
from pipeline.checks.tree import Tree
from pipeline.identity import Same

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


@dataclass(frozen=True, slots=True)
class _Palette:
    """What a style sheet says about colours; many pages have the same sheet."""

    conditions: tuple[str, ...]
    variables: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Condition -> the value of each variable in it."""

    rules: tuple[tuple[str, tuple[tuple[str, _Said], ...]], ...]
    """Selectors, each with what it says of ink and ground."""

    filled: dict[tuple[str, str], str] = field(default_factory=dict)
    """(value, condition) -> the value with its variables filled in, as far as somebody asked."""

    def value(self, said: _Said, condition: str) -> str:
        """A colour with its variables filled in."""
        name = said.value, condition
        if name not in self.filled:
            self.filled[name] = styles.filled(said.value, self.variables[condition])[0]
        return self.filled[name]


@lru_cache(maxsize=64)
def _palette(sheet: Same[Sheet]) -> _Palette:
    blocks = [block for block in sheet.value.blocks if not block.pseudo]
    conditions = tuple(dict.fromkeys(["", *(block.condition for block in blocks if _colours(block))]))
    always = dict(_variables(blocks, ""))
    variables = {
        condition: {name: (value,) for name, value in {**always, **dict(_variables(blocks, condition))}.items()}
        for condition in conditions
    }
    rules = ((block.selector, tuple(_sayings(block, order))) for order, block in enumerate(blocks))
    return _Palette(conditions, variables, tuple(rule for rule in rules if rule[1]))


def _sayings(block: Block, order: int) -> Iterator[tuple[str, _Said]]:
    for what, names in (("ink", _INK), ("ground", _GROUND)):
        values = [value for name, value in block.written if name in names]
        if values:
            yield what, _Said((*_specificity(block.selector), order), block.condition, values[-1])


class Colours:
    """The colours of a page, element by element."""

    def __init__(self, tree: Tree, sheet: Sheet) -> None:
        self.palette = _palette(Same(sheet))
        self.said: dict[tuple[int, str], list[_Said]] = {}
        """Of an element, by its id in memory, and of its ink or its ground."""
        self.known: dict[tuple[int, str, str], Colour | None] = {}
        for selector, sayings in self.palette.rules:
            for node in tree.matching(selector):
                for what, said in sayings:
                    self.said.setdefault((node.mem_id, what), []).append(said)

    def faint(self, node: LexborNode) -> str:
        """The condition in which an element's text has about the colour of its ground; empty if it never has."""
        for condition in self.palette.conditions:
            ink, ground = self._of(node, "ink", condition), self._of(node, "ground", condition)
            if ink and ground and _contrast(ink, ground) < LEAST:
                return condition or "always"
        return ""

    def _of(self, node: LexborNode, what: str, condition: str) -> Colour | None:
        """What an element has by itself, or from those around it."""
        passed: list[tuple[int, str, str]] = []
        result: Colour | None = None
        above: LexborNode | None = node
        while above is not None:
            name = above.mem_id, what, condition
            if name in self.known:
                result = self.known[name]
                break
            passed.append(name)
            there = [one for one in self.said.get((above.mem_id, what), ()) if one.condition in ("", condition)]
            if there:
                value = self.palette.value(max(there, key=lambda one: one.weight), condition)
                if value not in _INHERITED and value not in ("none", "transparent"):
                    result = colour(value)
                    break
            above = above.parent
        self.known.update(dict.fromkeys(passed, result))
        return result


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


@lru_cache(maxsize=4096)
def _contrast(first: Colour, second: Colour) -> float:
    """WCAG 2.2, contrast ratio; what shines through counts as opaque."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(one: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in one[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
