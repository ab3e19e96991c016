"""Ways to hide text by style, read from declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from tinycss2.color4 import Color, parse_color

from pipeline.checks import styles
from pipeline.checks.styles import Style

Colour: TypeAlias = tuple[float, float, float, float]

_FAR = 200.0
"""Pixels, about: what is moved so far is off the screen of a phone, or under something else."""

_SMALLEST = 8.0
"""Pixels: below this nobody reads."""

_NEUTRAL = {"none", "normal", "auto", "initial", "unset", "revert", "inherit", ""}
_SIDES = frozenset({"width", "height", "inline-size", "block-size"})
HEIGHTS = ("height", "max-height", "block-size", "max-block-size")
_MOVES = re.compile(r"(?:left|right|top|bottom|translate|text-indent|inset.*|margin.*|padding.*|border.*-width|gap)")
_TRANSFORM = re.compile(r"([a-z0-9]+)\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_SPACES = frozenset({"letter-spacing", "word-spacing"})

UNSEEN = frozenset(
    {*("audio", "canvas", "datalist", "embed", "head", "iframe", "noscript", "object", "script", "style", "template")}
    | {*("marquee", "noembed", "noframes", "rp", "select", "textarea", "video")}
)
"""Elements whose text readers of a page do not see as its text."""

_HIDING = frozenset({"aria-hidden", "hidden", "inert", "popover", "role", "style"})
"""Attributes that may hide what is in an element."""

_SILENT_ROLES = frozenset(
    {*("img", "image", "math", "meter", "progressbar", "scrollbar", "separator", "slider", "switch", "tab", "checkbox")}
    | {*("menuitemcheckbox", "menuitemradio", "option", "radio")}
)
"""Roles in the place of whose contents a screen reader speaks a label (WAI-ARIA 1.2, children presentational)."""


def may_hide(tag: str, attrs: Mapping[str, str | None]) -> bool:
    """Whether an element may hide what is in it by what it is or says; most do not."""
    return tag in UNSEEN or tag == "dialog" or not _HIDING.isdisjoint(attrs)


def of_element(tag: str, attrs: Mapping[str, str | None], variables: Mapping[str, Sequence[str]]) -> str:
    """Why an element hides what is in it by what it is or says, style sheets aside; empty if it does not."""
    if tag in UNSEEN:
        return f"it is inside <{tag}>"
    if tag == "dialog" and "open" not in attrs:
        return "it is inside a closed <dialog>"
    if "hidden" in attrs or "inert" in attrs:
        return f"<{tag}> has the attribute hidden or inert"
    if (attrs.get("aria-hidden") or "").strip().lower() == "true":
        return f"<{tag}> has aria-hidden"
    if style := attrs.get("style"):
        meant = styles.meanings(styles.declarations(style), variables)
        if said := next(filter(None, map(why, meant)), ""):
            return f"the style of <{tag}> says {said}"
    if "popover" in attrs:
        return f"<{tag}> is shown only when it is asked for"
    if (attrs.get("role") or "").strip().lower() in _SILENT_ROLES:
        return f"the role of <{tag}> silences what is in it"
    return ""


def hides(declarations: str) -> str:
    """The declaration of an attribute ``style`` that hides an element's text; empty if none does."""
    return why(styles.declarations(declarations))


def why(style: Style) -> str:
    """The declaration that hides an element's text, as ``property: value``; empty if none does."""
    whole = dict(style)
    for name, value in style:
        bare = name.removeprefix("-webkit-").removeprefix("-moz-")
        if _hides(bare, value, whole):
            return f"{name}: {value}"
    limit = next((name for name in HEIGHTS if is_limit(whole.get(name, ""))), "")
    if limit and cuts(style):
        return f"{limit}: {whole[limit]}"
    return ""


def is_limit(height: str) -> bool:
    """Whether a height may be less than the text needs."""
    size = styles.pixels(height)
    return size is not None and not height.endswith("%")


def cuts(style: Style) -> bool:
    """Whether what does not fit into an element is not shown, or only to those who scroll inside it."""
    for name, value in style:
        if name in ("overflow", "overflow-y", "overflow-block") and not set(value.split()) & {"visible", *_NEUTRAL}:
            return True
        if name == "contain" and set(value.split()) & {"strict", "size", "block-size"}:
            return True
    return False


@lru_cache(maxsize=1024)
def colour(value: str) -> Colour | None:
    """A colour as red, green, blue and alpha, 0 to 1; None for what is no colour by itself."""
    try:
        found = parse_color(value)
        return _rounded(found) if isinstance(found, Color) else None
    except NotImplementedError:  # a space that has no way to red, green and blue
        return None


def _rounded(found: Color) -> Colour:
    converted: Any = found.to("srgb")  # the stubs know no attributes
    red, green, blue = (min(1.0, max(0.0, float(part or 0))) for part in converted.coordinates)
    return red, green, blue, float(converted.alpha)


def _hides(name: str, value: str, style: Mapping[str, str]) -> bool:
    match name:
        case "display":
            return value in {"none", "table-column", "table-column-group"}
        case "content-visibility" | "visibility":
            return value in {"hidden", "collapse"}
        case "opacity":
            return _share(value) < 0.5
        case "font-size":
            return _is_tiny(value)
        case "font":
            return any(_is_tiny(part) for part in re.split(r"[\s/]+", value.partition("/")[0])) or value.startswith(
                "0/"
            )
        case "line-height":
            return _is_below(value, 0.7, 10)
        case "zoom":
            return _share(value) < 0.6
        case "color" | "text-fill-color":
            return _is_clear(value) or value in {style.get("background"), style.get("background-color")} - {None}
        case "z-index":
            return value.startswith("-")
        case "white-space" | "white-space-collapse" | "text-wrap" | "text-wrap-mode":
            return "nowrap" in value and cuts_sideways(style)
        case "line-clamp" | "max-lines":
            return value not in _NEUTRAL
        case "text-overflow":
            return value not in {"clip", *_NEUTRAL} and cuts_sideways(style)
        case "clip" | "clip-path" | "mask" | "mask-image" | "text-security":
            return value not in _NEUTRAL
        case "content":
            return value not in {"normal", *_NEUTRAL}
        case "filter":
            return any(_filters(function, argument) for function, argument in _TRANSFORM.findall(value))
        case "mix-blend-mode":
            return value not in _NEUTRAL
        case "transform" | "scale" | "rotate":
            return _distorts(name, value)
    if name in _SPACES:
        size = styles.pixels(value)
        return size is not None and (size < -2 or size > 32)
    if name in _SIDES or name in ("max-width", "max-height", "max-inline-size", "max-block-size"):
        size = styles.pixels(value)
        return size is not None and size < 2 * _SMALLEST
    return bool(_MOVES.fullmatch(name)) and any(abs(size) >= _FAR for size in styles.lengths(value))


def cuts_sideways(style: Mapping[str, str]) -> bool:
    """Whether an element shows no more than its width."""
    return any(style.get(name, "").startswith(("hidden", "clip")) for name in ("overflow", "overflow-x"))


def _distorts(name: str, value: str) -> bool:
    """Whether a transformation makes text small, mirrored, turned or distant."""
    if value in _NEUTRAL:
        return False
    if name in ("scale", "rotate"):
        return _distorts("transform", f"{name}({','.join(value.split())})")
    for function, arguments in _TRANSFORM.findall(value):
        numbers = list(_numbers(arguments))
        if function.startswith("scale") and any(not 0.6 <= number <= 3 for number in numbers):
            return True
        if function.startswith(("matrix", "perspective", "skew")):
            return True
        if function.startswith("rotate") and any(abs(number) > 20 for number in _degrees(arguments)):
            return True
        if function.startswith("translate") and any(abs(size) >= _FAR / 4 for size in styles.lengths(arguments)):
            return True
    return False


def _filters(function: str, argument: str) -> bool:
    """Whether a filter makes text faint or blurred."""
    match function:
        case "opacity" | "brightness" | "contrast":
            return not 0.5 <= _share(argument) <= 2
        case "invert":
            return _share(argument) > 0.2
        case "blur":
            return (styles.pixels(argument) or 0.0) > 1
        case _:
            return function == "url"


def _numbers(text: str) -> Iterator[float]:
    for part in re.split(r"[\s,]+", text):
        if part:
            yield _share(part)


def _degrees(text: str) -> Iterator[float]:
    turns = {"deg": 1.0, "grad": 0.9, "rad": 57.3, "turn": 360.0}
    for number, unit in re.findall(r"([+-]?\d{0,9}\.?\d{1,9})(deg|grad|rad|turn)", text):
        yield float(number) * turns[unit]


def _is_tiny(value: str) -> bool:
    size = styles.pixels(value) if re.match(r"[+-]?[\d.]|calc|min|max|clamp", value) else None
    if value.endswith("%"):
        return size is not None and size < 0.5 * styles.pixels("100%")  # type: ignore[operator]  # it is a number
    return size is not None and size < _SMALLEST and not re.fullmatch(r"[1-9]00|950", value)


def _is_below(value: str, number: float, pixels: float) -> bool:
    if re.fullmatch(r"[\d.]+", value):
        return float(value if value.strip(".") else 1) < number
    size = styles.pixels(value)
    return size is not None and size < pixels


def _is_clear(value: str) -> bool:
    """Whether a colour lets more than half of its ground through."""
    if re.search(r"\btransparent\b", value):
        return True
    found = colour(value)
    return found is not None and found[-1] < 0.5


def _share(value: str) -> float:
    """A number, percentage or calculation as a number; 1 where it is neither."""
    match = re.fullmatch(r"([+-]?\d{0,9}\.?\d{0,9})(%?)", value)
    if match and match[1].strip("+-."):
        return float(match[1]) / (100 if match[2] else 1)
    size = styles.pixels(value) if value.startswith(("calc", "min", "max", "clamp")) else None
    return 1.0 if size is None else size
