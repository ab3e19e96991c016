"""Rules about what a style does to safety text besides hiding it: another order, other words, another look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborNode

from pipeline.checks import hiding, styles
from pipeline.checks.ground import Colours
from pipeline.checks.known import Known
from pipeline.checks.reading import Reading
from pipeline.checks.rules import Fault, Swap, page_rule
from pipeline.checks.squeezing import squeezed
from pipeline.checks.styles import Style
from pipeline.checks.tree import Tree
from pipeline.identity import Same
from pipeline.model import Element, Node, Segment, Severity

_CRISIS = '<p data-safety="crisis">'
_ADVICE = "Take it out of the theme's style."
_NONE = {"", "none", "normal", "auto", "initial", "unset", "inherit"}
_ROWS = re.compile(r"grid-row(?:-start|-end)?|grid-area|order")
_FLOWS = re.compile(r"flex-direction|flex-flow|flex-wrap|grid-auto-flow|grid")
_FEATURES = re.compile(r'"(?:frac|afrc|sups|subs|ordn|sinf|dnom|numr)"')
_VARIANTS = re.compile(r"(?:diagonal|stacked)-fractions|ordinal|\bsuper\b|\bsub\b")
_STRING = re.compile(r'"([^"]*)"')
_ATTRIBUTE = re.compile(r"attr\(\s*([a-z-]+)[^()]*\)")
_GENERATED = frozenset({"before", "after", "marker"})
_STRIKING = ("del", "s", "strike")
_DIALLING = ("tel:", "sms:")
_OWN_ATTRIBUTES = frozenset({"href", "aria-label"})


@page_rule(
    "page/safety-style",
    Severity.ERROR,
    flagged=(
        Swap("</style>", "main { display: flex; flex-direction: column-reverse }</style>"),
        Swap("</style>", "@media print { [data-safety] { order: -1 } }</style>"),
        Swap(_CRISIS, '<p data-safety="crisis" style="order: 2">'),
        Swap("</style>", ".phone bdi { direction: rtl; unicode-bidi: bidi-override }</style>"),
        Swap("</style>", ".phone bdi { direction: rtl }</style>"),
        Swap("</style>", "[data-safety] { text-decoration: line-through }</style>"),
        Swap("</style>", ".phone { pointer-events: none }</style>"),
        Swap("</style>", ".phone { user-select: none }</style>"),
        Swap("</style>", "main { interactivity: inert }</style>"),
        Swap("</style>", "[data-safety] { text-transform: full-width }</style>"),
        Swap("</style>", "[data-safety] { offset-path: path('M0 0L-9000 0') }</style>"),
        Swap("</style>", "[data-safety] { position: absolute; top: 0 }</style>"),
        Swap("</style>", "[data-safety] { font-feature-settings: 'frac' }</style>"),
        Swap(f"{_CRISIS}Si", f"{_CRISIS}<del>Si vous vous ennuyez</del> Si"),
        Swap(_CRISIS, f"<s>{_CRISIS}"),
    ),
    passed=(
        Swap("</style>", "nav { display: flex; flex-direction: row-reverse }</style>"),
        Swap("</style>", "main { border: 1px solid; unicode-bidi: isolate; position: relative }</style>"),
        Swap("</style>", "[data-safety] { text-decoration: underline; direction: ltr }</style>"),
    ),
)
def safety_style(reading: Reading) -> Iterator[Fault]:
    """A style shows safety text in another order, direction or place than it is written in, or struck out.

    The eye then meets another text than the one that was checked, and a number in reverse is another number.
    """
    watched = _watched(Same(reading.tree))
    if not watched.anything:
        return
    direction = reading.edition.locale.direction
    struck = {element.tag for item in reading.expected if item.segment.safety for element in _elements(item.segment)}
    for node in reading.tree.css("del, s, strike", _STRIKING):
        if watched.near(node) and node.tag not in struck:
            yield Fault(f"<{node.tag}> strikes safety text out.", "Take it out of the theme.")
            break
    for where, style, nodes in _styled(reading, frozenset({""}), _matters):
        for name, value in style:
            for node in nodes if _may_do(name, value) else ():
                if what := _does(name, value, node, watched, direction):
                    yield Fault(f"{where} says {name}: {value}, which {what}.", _ADVICE)
                    break


@page_rule(
    "page/words-by-style",
    Severity.ERROR,
    flagged=(
        Swap("</style>", "[data-safety]::before { content: 'Plus valable : ' }</style>"),
        Swap("</style>", ".phone bdi::after { content: '9' }</style>"),
        Swap("</style>", "[data-safety]::before { content: open-quote; quotes: '9' '9' }</style>"),
        Swap("</style>", "[data-safety] { hyphens: auto; hyphenate-character: '7' }</style>"),
        Swap("</style>", "main::after { content: counter(page) }</style>"),
        Swap("</style>", "[data-safety] { display: list-item; list-style: '9 ' }</style>"),
        Swap("</style>", "@font-face { font-family: F; src: url(f.woff2); unicode-range: U+30-39 }</style>"),
    ),
    passed=(
        Swap("</style>", "[data-safety]::before { content: '⚠ ' }</style>"),
        Swap("</style>", "nav::before { content: 'Menu' }</style>"),
        Swap("</style>", "@font-face { font-family: F; src: url(f.woff2); unicode-range: U+0000-00FF }</style>"),
    ),
)
def words_by_style(reading: Reading) -> Iterator[Fault]:
    """A style adds words or digits to safety text, or draws digits in a font of their own.

    What a style sheet adds is in no catalog, in no language but its author's, and under no sign-off.
    """
    watched = _watched(Same(reading.tree))
    for selector, value in _adding(reading.sheet) if watched.anything else ():
        for node in reading.tree.matching(selector):
            if watched.near(node) and (added := _words(value, node, reading.known)):
                yield Fault(f"The style sheet adds “{added}” to safety text by {selector}.", _ADVICE)
                break
    for face in styles.read(reading.sheet).faces:
        ranges = dict(face).get("unicode-range", "")
        if _only_digits(ranges):
            yield Fault(f"The style sheet has a font for digits alone ({ranges}).", "Use one font for all of a text.")


@page_rule(
    "page/covered",
    Severity.ERROR,
    flagged=(
        Swap("</main>", '<div style="position: fixed; inset: 0; background: #fff"></div></main>'),
        Swap(
            "</style>", "main::before { content: ''; position: absolute; inset: 0; background: var(--x, #fff) }</style>"
        ),
    ),
    passed=(
        Swap("</main>", '<div hidden style="position: fixed; inset: 0; background: #fff"></div></main>'),
        Swap("</style>", "body::before { content: ''; position: absolute; top: 0; height: 4px; width: 100% }</style>"),
    ),
)
def covered(reading: Reading) -> Iterator[Fault]:
    """Something lies over the page, as large as the screen.

    A text behind it is there for a program and for no reader. Dialogs that open by a touch are closed at first.
    """
    for where, _style, nodes in _styled(reading, _GENERATED | {""}, _covers):
        for node in nodes:
            attrs = node.attributes
            if not {"hidden", "popover"} & attrs.keys() and (node.tag != "dialog" or "open" in attrs):
                yield Fault(f"{where} lays <{node.tag}> over the whole page.", _ADVICE)
                break


@page_rule(
    "page/colour-of-ground",
    Severity.ERROR,
    flagged=(
        Swap("</style>", "body { background: #fbfaf6 } [data-safety] { color: rgb(251 250 246) }</style>"),
        Swap("</style>", ":root { --p: #fff } main { background: var(--p) } .phone { color: var(--p) }</style>"),
    ),
    passed=(
        Swap("</style>", "body { background: #fff } .phone { color: #fff; background: #025 }</style>"),
        Swap("</style>", "body { background: #fff; color: #111 } [data-safety] { color: inherit }</style>"),
    ),
)
def colour_of_ground(reading: Reading) -> Iterator[Fault]:
    """A style gives safety text or a number the colour of what lies behind it.

    The text is there, can be copied and searched, and is seen by nobody.
    """
    if not _watched(Same(reading.tree)).anything:
        return
    nodes = reading.tree.parsed.css('[data-safety], [data-safety] *, a[href^="tel:"], a[href^="tel:"] *')
    colours = Colours(reading.tree, styles.read(reading.sheet))
    for node in nodes:
        if condition := colours.faint(node):
            text = (
                f"The style sheet gives <{node.tag}> of a safety text or number the colour of its ground ({condition})."
            )
            yield Fault(text, _ADVICE)
            break


def _elements(segment: Segment) -> Iterator[Element]:
    stack: list[Node] = list(segment.content)
    while stack:
        node = stack.pop()
        if isinstance(node, Element):
            yield node
            stack += node.children


# --- what is looked at --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Watched:
    """The elements of a page that hold, are, or stand in safety text or a number, by their ids in memory."""

    safety: frozenset[int]
    """In and around safety text, below the main part."""

    around: frozenset[int]
    """Around safety text or a number."""

    numbers: frozenset[int]
    """In a link that dials."""

    inside: frozenset[int]
    """In safety text."""

    @property
    def anything(self) -> bool:
        """Whether there is safety text or a number at all."""
        return bool(self.around or self.inside or self.numbers)

    def near(self, node: LexborNode) -> bool:
        """Whether an element has to do with safety text or a number at all."""
        id = node.mem_id
        return id in self.around or id in self.inside or id in self.numbers


@lru_cache(maxsize=1)  # several rules about one page ask
def _watched(trees: Same[Tree]) -> _Watched:
    tree = trees.value
    texts = [node for node, _ in tree.having("data-safety")]
    links = [node for node, attrs in tree.tagged("a") if (attrs.get("href") or "").startswith(_DIALLING)]
    inside = {one.mem_id for text in texts for one in (text, *text.css("*"))}
    numbers = {one.mem_id for link in links for one in (link, *link.css("*"))}
    below_main = {one.mem_id for text in texts for one in _above(text) if one.tag not in ("main", "body", "html")}
    around = {one.mem_id for node in (*texts, *links) for one in _above(node)}
    return _Watched(frozenset(inside | below_main), frozenset(around), frozenset(numbers), frozenset(inside))


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


@lru_cache(maxsize=64)
def _blocks(sheet: str, pseudos: frozenset[str], wanted: Callable[[Style], bool]) -> tuple[tuple[str, Style], ...]:
    """The selector and the declarations of each rule of a style sheet that is wanted."""
    blocks = (block for block in styles.read(sheet).blocks if block.pseudo in pseudos)
    return tuple((block.selector, style) for block in blocks for style in block.meant if wanted(style))


@lru_cache(maxsize=64)
def _adding(sheet: str) -> tuple[tuple[str, str], ...]:
    """The selector of each rule of a style sheet that adds something to a text, and what."""
    return tuple(
        (block.selector, value)
        for block in styles.read(sheet).blocks
        for style in block.meant
        for name, value in style
        if (name == "content" and block.pseudo in _GENERATED)
        or name.startswith(("list-style", "hyphenate-character", "quotes"))
    )


def _styled(
    reading: Reading, pseudos: frozenset[str], wanted: Callable[[Style], bool]
) -> Iterator[tuple[str, Style, list[LexborNode]]]:
    """Every declaration block that is wanted, with where it stands and the elements that it is about."""
    for selector, style in _blocks(reading.sheet, pseudos, wanted):
        yield f"The style sheet for {selector}", style, reading.tree.matching(selector)
    variables = styles.read(reading.sheet).variables
    for node, attrs in reading.tree.having("style"):
        for style in styles.meanings(styles.declarations(attrs["style"] or ""), variables):
            if wanted(style):
                yield f"The style of <{node.tag}>", style, [node]


def _matters(style: Style) -> bool:
    """Whether any of the declarations may do something to safety text."""
    return any(_may_do(name, value) for name, value in style)


def _covers(style: Style) -> bool:
    """Whether an element of this style lies over the page, and is seen."""
    return (
        any(_may_matter(name) for name, _ in style)
        and _is_cover(dict(style))
        and not hiding.why(tuple(pair for pair in style if pair[0] != "content"))
    )


def _may_matter(name: str) -> bool:
    return name in _MATTERS or bool(_ROWS.fullmatch(name) or _FLOWS.fullmatch(name) or name.startswith("font-"))


@lru_cache(maxsize=4096)
def _may_do(name: str, value: str) -> bool:
    """Whether a declaration does something to safety text in some place; :func:`_does` says in which."""
    if not _may_matter(name):
        return False
    return (
        bool(_ROWS.fullmatch(name) or _FLOWS.fullmatch(name) or _FEATURES.search(value) or _is_variant(name, value))
        or name == "unicode-bidi"
        or (name == "direction" and value in ("ltr", "rtl"))
        or (name == "position" and value in ("absolute", "fixed"))
        or (name.startswith("text-decoration") and "line-through" in value)
        or (name in _TOUCH and value == _TOUCH[name])
        or (name == "text-transform" and "full-" in value)
        or (name in ("offset", "offset-path") and value not in _NONE)
    )


_TOUCH = {"pointer-events": "none", "interactivity": "inert", "user-select": "none", "-webkit-user-select": "none"}
"""What keeps a reader from a number: it cannot be touched, reached, or copied."""

_MATTERS = frozenset(
    {"direction", "unicode-bidi", "position", "text-decoration", "text-decoration-line", "text-transform"}
    | {"offset", "offset-path", *_TOUCH}
)


def _does(name: str, value: str, node: LexborNode, watched: _Watched, direction: str) -> str:
    """What a declaration does to safety text or a number in, at or around an element; empty for nothing."""
    id = node.mem_id
    if not watched.near(node):
        return ""
    inside = id in watched.inside or id in watched.numbers
    if _ROWS.fullmatch(name) and id in watched.safety and value not in {*_NONE, "0"} and not _is_first(name, value):
        return "changes the order of safety text"
    if _FLOWS.fullmatch(name) and re.search(r"reverse|dense", value):
        return "changes the order of safety text"
    if name == "unicode-bidi" and "override" in value:
        return "forces the direction of safety text"
    if name == "direction" and value in ("ltr", "rtl"):
        wanted = "ltr" if id in watched.numbers else direction
        return "" if value == wanted else "turns the direction of safety text"
    if name == "position" and value in ("absolute", "fixed") and (id in watched.safety or inside):
        return "takes safety text out of its place"
    if name.startswith("text-decoration") and "line-through" in value:
        return "strikes safety text out"
    if name in _TOUCH and value == _TOUCH[name]:
        return "keeps fingers from a number"
    if name == "text-transform" and "full-" in value and inside:
        return "draws digits in another way"
    if name.startswith("offset") and value not in _NONE:
        return "takes safety text out of its place"
    if inside and (_FEATURES.search(value) if name == "font-feature-settings" else _is_variant(name, value)):
        return "draws digits in another way"
    return ""


def _is_first(name: str, value: str) -> bool:
    """Whether a grid area spans every row, which orders nothing."""
    return name != "order" and bool(re.fullmatch(r"1\s*/\s*(?:-1|span \d{1,3})", value))


def _is_variant(name: str, value: str) -> bool:
    return name.startswith("font-variant") and bool(_VARIANTS.search(value))


def _words(value: str, node: LexborNode, known: Known) -> str:
    """What a value of ``content`` adds in letters or digits that nobody translated; empty for nothing."""
    if re.search(r"\bcounters?\(", value):
        return value
    for text in _STRING.findall(value):
        if any(char.isalnum() for char in text):
            return str(text)
    for name in _ATTRIBUTE.findall(value):
        said = node.attributes.get(name) or ""
        is_known = name == "href" or squeezed(said) in known
        if any(char.isalnum() for char in said) and not (name in _OWN_ATTRIBUTES and is_known):
            return said
    return ""


def _only_digits(ranges: str) -> bool:
    """Whether a font's range of characters has the digits and not the Latin letters."""
    spans = [
        (int(low.replace("?", "0"), 16), int((high or low).replace("?", "f"), 16))
        for low, high in re.findall(r"u\+([0-9a-f?]{1,6})(?:-([0-9a-f]{1,6}))?", ranges)
    ]
    digit, letter = (any(low <= ord(char) <= high for low, high in spans) for char in "5a")
    return digit and not letter


def _is_cover(style: dict[str, str]) -> bool:
    """Whether an element of this style lies over the page, opaque and as large as the screen."""
    grounds = [style.get(name, "") for name in ("background", "background-color", "background-image")]
    seen = any(ground and ground not in _NONE and "transparent" not in ground for ground in grounds)
    if style.get("position") not in ("absolute", "fixed") or not seen or style.get("z-index", "").startswith("-"):
        return False
    return _spans(style, ("left", "right", "inset-inline"), ("width", "inline-size", "min-width")) and _spans(
        style, ("top", "bottom", "inset-block"), ("height", "block-size", "min-height")
    )


def _spans(style: dict[str, str], sides: tuple[str, ...], sizes: tuple[str, ...]) -> bool:
    inset = style.get("inset", style.get(sides[2], ""))
    if inset and all(abs(size) < 100 for size in styles.lengths(inset)):
        return True
    if all(abs(styles.pixels(style.get(side, "")) or 0.0) < 100 and side in style for side in sides[:2]):
        return True
    return any((styles.pixels(style.get(name, "")) or 0.0) >= 300 for name in sizes)
