"""Ways to hide text by style, read from declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_STATES = re.compile(r":(?:hover|focus-visible|focus-within|focus|active|target|visited|link|any-link)\b")
_NOT_STATE = re.compile(r":not\((?:\s*:[a-z-]+\s*,?)+\)")
_PSEUDO = re.compile(r"::|:(?:before|after|first-line|first-letter)\b")
_NOTHING = re.compile(r"[+-]?(?:0*\.?0+|0*1(?:\.0*)?(?=px))(?:[a-z]+|%)?")
_FAR_AWAY = re.compile(r"-\s*\d{3,}|-\s*\d{2,}(?:\.\d+)?(?:r?em|v[wh]|%)|-\s*(?:\d\d?)%?\s*vw")
_SMALL_SIDES = ("width", "height", "max-width", "max-height", "inline-size", "block-size")
_SHIFTS = frozenset({"left", "right", "top", "bottom", "margin", "text-indent", "translate", "transform"})
_SHIFT_FAMILIES = ("inset", "margin-")


@lru_cache(maxsize=16)
def sheet_rules(sheet: str) -> tuple[tuple[str, str], ...]:
    """(selector, declarations) of each rule of a style sheet, those inside ``@media`` and the like included.

    States such as ``:hover`` are taken out, so a rule that holds only now and then counts as if it always held.
    Pseudo-elements are left out: they are no text of the page.
    """
    return tuple(_sheet_rules(sheet))


@lru_cache(maxsize=16)
def hiding_rules(sheet: str) -> tuple[tuple[str, str], ...]:
    """The selector of each rule of a style sheet that hides, and the declaration by which it does."""
    return tuple((selector, why) for selector, declarations in sheet_rules(sheet) if (why := hides(declarations)))


def _sheet_rules(sheet: str) -> Iterator[tuple[str, str]]:
    for match in _RULE.finditer(_COMMENT.sub(" ", sheet)):
        selectors = _STATES.sub("", _NOT_STATE.sub("", match[1].rpartition(";")[2]))
        for selector in selectors.split(","):
            if selector.strip() and not _PSEUDO.search(selector) and not selector.strip().startswith("@"):
                yield selector.strip(), match[2]


def hides(declarations: str) -> str:
    """The declaration that hides an element's text, as ``property: value``; empty if none does."""
    style = dict(_declarations(declarations))
    for name, value in style.items():
        if _hides(name, value, style):
            return f"{name}: {value}"
    return ""


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for declaration in _COMMENT.sub(" ", text).split(";"):
        name, _, value = declaration.partition(":")
        if name.strip():
            yield name.strip().lower(), " ".join(value.lower().replace("!important", "").split())


def _hides(name: str, value: str, style: dict[str, str]) -> bool:
    zero = bool(_NOTHING.fullmatch(value))
    match name:
        case "display" | "content-visibility":
            return value in {"none", "hidden"}
        case "visibility":
            return value in {"hidden", "collapse"}
        case "opacity":
            return _number(value) < 0.3
        case "font-size" | "zoom" | "scale":
            return zero
        case "color" | "-webkit-text-fill-color":
            return value == "transparent" or value in {style.get("background"), style.get("background-color")}
        case "z-index":
            return value.startswith("-")
        case "line-clamp" | "-webkit-line-clamp":
            return value not in {"none", "unset", "initial"}
        case "text-overflow":
            return value != "clip" and style.get("overflow", "").startswith("hidden")
        case "clip" | "clip-path":
            return value not in {"auto", "none"}
        case "content":
            return value.startswith("url(")
        case "filter":
            return bool(re.search(r"opacity\(0|blur\((?!0)", value))
        case "transform" if re.search(r"scale[xy]?\(\s*0|rotate[xy]\(90", value):
            return True
    if name in _SMALL_SIDES:
        return zero
    return (name in _SHIFTS or name.startswith(_SHIFT_FAMILIES)) and bool(_FAR_AWAY.search(value))


def _number(value: str) -> float:
    """A number or percentage as a number; 1 where it is neither."""
    match = re.fullmatch(r"[+-]?(\d{0,9}\.?\d{0,9})(%?)", value)
    if not match or not match[1].strip("."):
        return 1.0
    return float(match[1]) / (100 if match[2] else 1)
