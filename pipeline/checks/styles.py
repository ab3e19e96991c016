"""Style sheets taken apart: whatever could apply to some reader counts as if it applied to all.

Rules in ``@media``, ``@supports``, layers and containers, nested rules, states such as ``:hover`` and every value that
a variable has anywhere are told like plain ones. Values come in lower case, without comments and escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product
from typing import Any

import tinycss2

Style = tuple[tuple[str, str], ...]
"""Property and value of each declaration, in order."""

_STATES = re.compile(
    r":(?:hover|focus-visible|focus-within|focus|active|target-within|target|visited|link|any-link|checked|disabled"
    r"|enabled|popover-open|fullscreen|modal)\b"
)
_NOT_STATE = re.compile(r":not\((?:\s*:[a-z-]+\s*,?)+\)")
_PSEUDO = re.compile(r"::?((?:before|after|first-line|first-letter)|(?<=::)[a-z-]+)\b(?:\([^()]*\))?")
_ANYTHING = frozenset({"media", "supports", "layer", "container", "scope", "starting-style", "document"})
_MOST_VALUES = 8
_DEEPEST = 5

_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "em": 16.0, "rem": 16.0,
    "ch": 8.0, "ex": 8.0, "cap": 11.0, "ic": 16.0, "lh": 24.0, "rlh": 24.0, "%": 3.2,
    **{f"{kind}{side}": size for kind in ("", "s", "l", "d") for side, size in
       (("vw", 3.2), ("vi", 3.2), ("vh", 6.4), ("vb", 6.4), ("vmin", 3.2), ("vmax", 6.4))},
}  # fmt: skip
"""Rough sizes on a phone of 320 by 640 pixels."""


@dataclass(frozen=True, slots=True)
class Block:
    """The declarations of one rule for one selector."""

    selector: str
    """Of elements; without states and pseudo-elements."""

    pseudo: str
    """``before``, ``first-line`` ...; empty for the element itself."""

    condition: str
    """The at-rules around it; empty where it always applies."""

    written: Style
    """As the sheet says it, variables and all."""

    meant: tuple[Style, ...] = field(default=())
    """Each with the variables filled in, in every way that the sheet gives them a value."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet."""

    blocks: tuple[Block, ...] = ()
    frames: tuple[tuple[str, Style], ...] = ()
    """The declarations of each frame of an animation, by its name."""

    faces: tuple[Style, ...] = ()
    """Of fonts."""

    imports: tuple[str, ...] = ()
    """Addresses of sheets that are not here."""

    variables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The values that each variable has anywhere."""


@lru_cache(maxsize=64)
def read(text: str) -> Sheet:
    """A style sheet; one that is torn is read as far as a browser reads it."""
    walk = _Walk()
    walk.rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), (), "")
    known = _variables([*(block.written for block in walk.blocks), *(style for _, style in walk.frames)])
    blocks = tuple(
        Block(block.selector, block.pseudo, block.condition, block.written, meanings(block.written, known))
        for block in walk.blocks
    )
    frames = tuple((name, style) for name, written in walk.frames for style in meanings(written, known))
    return Sheet(blocks, frames, tuple(walk.faces), tuple(walk.imports), known)


@lru_cache(maxsize=1024)
def declarations(text: str) -> Style:
    """The declarations of an attribute ``style``."""
    return _style(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True))


def meanings(style: Style, known: Mapping[str, Sequence[str]]) -> tuple[Style, ...]:
    """A style with its variables filled in, in each way that they have a value; a few at most."""
    if not any("var(" in value for _, value in style):
        return (style,)
    ways = [[(name, value) for value in filled(value, known)] for name, value in style]
    most = max(map(len, ways))
    # Alternatives side by side, not multiplied: one variable at a time is enough to hide a text.
    return tuple(tuple(way[min(index, len(way) - 1)] for way in ways) for index in range(most))


def filled(value: str, known: Mapping[str, Sequence[str]], depth: int = 0) -> tuple[str, ...]:
    """The values that a value with variables may have; itself where it has none."""
    if "var(" not in value or depth > _DEEPEST:
        return (value,)
    ways: list[tuple[str, ...]] = []
    tokens: list[Any] = tinycss2.parse_component_value_list(value)
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            name, _, other = _text(token.arguments).partition(",")
            values = (*known.get(name.strip(), ()), *([other.strip()] if other.strip() else []))
            ways.append(tuple(one for value in values for one in filled(value, known, depth + 1)) or ("",))
        elif token.type == "function":
            inner = filled(_text(token.arguments), known, depth + 1)
            ways.append(tuple(f"{token.lower_name}({one})" for one in inner))
        else:
            ways.append((_text([token]),))
    return tuple("".join(one).strip() for one in islice(product(*ways), _MOST_VALUES))


@lru_cache(maxsize=4096)
def pixels(value: str) -> float | None:
    """About how many pixels a length, percentage or calculation is on a phone; None where it is none."""
    tokens = [token for token in tinycss2.parse_component_value_list(value) if token.type != "whitespace"]
    try:
        return _sum(tokens) if tokens else None
    except (ValueError, ZeroDivisionError, IndexError):
        return None


@lru_cache(maxsize=4096)
def lengths(value: str) -> tuple[float, ...]:
    """About how many pixels each length in a value is."""
    tokens: list[Any] = tinycss2.parse_component_value_list(value)
    kinds = ("dimension", "percentage", "number", "function")
    sizes = (pixels(_text([token])) for token in tokens if token.type in kinds)
    return tuple([size for size in sizes if size is not None])


class _Walk:
    """One pass over a sheet."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.frames: list[tuple[str, Style]] = []
        self.faces: list[Style] = []
        self.imports: list[str] = []

    def rules(self, nodes: Iterable[Any], parents: tuple[str, ...], condition: str) -> None:
        for node in nodes:
            if node.type == "qualified-rule":
                self.qualified(node, parents, condition)
            elif node.type == "at-rule":
                self.at_rule(node, parents, condition)

    def qualified(self, node: Any, parents: tuple[str, ...], condition: str) -> None:
        selectors = tuple(_nested(selector, parents) for selector in _split(node.prelude))
        inside = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        self.add(_style(inside), selectors, condition)
        self.rules(inside, selectors, condition)

    def add(self, style: Style, selectors: Iterable[str], condition: str) -> None:
        for selector in selectors if style else ():
            bare = _STATES.sub("", _NOT_STATE.sub("", selector))
            found = _PSEUDO.search(bare)
            host = _PSEUDO.sub("", bare).strip()
            host = f"{host}*" if not host or host[-1] in " >+~" else host
            self.blocks.append(Block(host, found[1] if found else "", condition, style))

    def at_rule(self, node: Any, parents: tuple[str, ...], condition: str) -> None:
        name, prelude = node.lower_at_keyword, _text(node.prelude).strip()
        if name == "import":
            self.imports.append(prelude)
        elif node.content is None:
            return
        elif name == "font-face":
            self.faces.append(_style(_contents(node)))
        elif name.endswith("keyframes"):
            frames = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            self.frames += [(prelude, _style(_contents(one))) for one in frames if one.type == "qualified-rule"]
        elif name in _ANYTHING:
            around = f"{condition} @{name} {prelude}".strip()
            if parents:
                inside = _contents(node)
                self.add(_style(inside), parents, around)
            else:
                inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            self.rules(inside, parents, around)


def _contents(node: Any) -> list[Any]:
    return list(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))


def _style(nodes: Iterable[Any]) -> Style:
    return tuple((node.lower_name, _text(node.value).strip()) for node in nodes if node.type == "declaration")


def _variables(styles: Iterable[Style]) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for style in styles:
        for name, value in style:
            if name.startswith("--") and value not in known.get(name, ()):
                known[name] = (*known.get(name, ()), value)
    return known


def _split(prelude: Sequence[Any]) -> Iterator[str]:
    """The selectors of a list, each by itself."""
    part: list[Any] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield tinycss2.serialize(part).strip()
            part = []
        elif token.type != "comment":
            part.append(token)
    yield tinycss2.serialize(part).strip()


def _nested(selector: str, parents: tuple[str, ...]) -> str:
    """A nested selector with its parents in the place of ``&``."""
    if not parents:
        return selector
    around = f":is({', '.join(parents)})" if len(parents) > 1 else parents[0]
    return selector.replace("&", around) if "&" in selector else f"{around} {selector}"


def _text(tokens: Iterable[Any]) -> str:
    """Tokens as text, in lower case and without escapes; strings keep their letters."""
    return "".join(_token(token) for token in tokens)


def _token(token: Any) -> str:
    match token.type:
        case "comment":
            return ""
        case "whitespace":
            return " "
        case "ident":
            return str(token.lower_value)
        case "string":
            return f'"{token.value}"'
        case "url":
            return f"url({token.value})"
        case "function":
            return f"{token.lower_name}({_text(token.arguments)})"
        case "() block":
            return f"({_text(token.content)})"
        case _:
            return str(token.serialize()).lower()


# --- calculations -------------------------------------------------------------------------------


def _sum(tokens: list[Any]) -> float:
    parts, sign, part = [], 1.0, list[Any]()
    for token in [*tokens, None]:
        if token is None or (token.type == "literal" and token.value in "+-"):
            parts.append(sign * _product(part))
            sign, part = (-1.0 if token is not None and token.value == "-" else 1.0), []
        else:
            part.append(token)
    return sum(parts)


def _product(tokens: list[Any]) -> float:
    value = _single(tokens[0])
    for operator, token in zip(tokens[1::2], tokens[2::2], strict=True):
        value = value * _single(token) if operator.value == "*" else value / _single(token)
    return value


def _single(token: Any) -> float:
    if token.type == "number":
        return float(token.value)
    if token.type == "percentage":
        return float(token.value) * _PIXELS["%"]
    if token.type == "dimension" and token.lower_unit in _PIXELS:
        return float(token.value) * _PIXELS[token.lower_unit]
    if token.type == "() block":
        return _sum([one for one in token.content if one.type != "whitespace"])
    if token.type == "function" and token.lower_name in ("calc", "min", "max", "clamp"):
        return _function(token)
    raise ValueError(token.type)


def _function(token: Any) -> float:
    arguments: list[list[Any]] = [[]]
    for one in token.arguments:
        if one.type == "literal" and one.value == ",":
            arguments.append([])
        elif one.type != "whitespace":
            arguments[-1].append(one)
    values = [_sum(argument) for argument in arguments]
    match token.lower_name:
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "clamp":
            return max(values[0], min(values[1], values[2]))
        case _:
            return values[0]
