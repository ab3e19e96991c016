"""From the nodes of an article to plain text: for mail, messages, small screens and print.

Structure shows by blank lines, underlines and indentation alone, so that collapsing white space gives back the words
of the article. Safety text stands between two rules.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline import inline
from pipeline.model import Element, Locale, Node, Segment, Text
from pipeline.render.anchors import HEADINGS
from pipeline.render.wrap import PLAIN, WIDTH, Form, columns, keep

RULE = "=" * WIDTH
"""Above and below safety text, at the usual width."""

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"

_UNDERLINES = {"h1": "=", "h2": "-"}
_BLOCKS = frozenset(
    {*HEADINGS, *("p", "ul", "ol", "dl", "table", "blockquote", "aside", "section", "article", "div", "figure", "pre")}
    | {*("figcaption", "hr", "main", "header", "footer", "nav", "details", "summary", "li", "dt", "dd", "address")}
)
_LEAST = 45
"""Per cent of the width that indentation leaves: text that is nested deep stays readable."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A link of a plain text, listed at its end."""

    mark: str
    url: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines of a plain text depend on."""

    locale: Locale
    callouts: Mapping[str, str]
    """Class of a callout -> its title."""

    url: Callable[[str], str]
    """Link of the article -> what the plain text prints; empty where the link leads nowhere outside the text."""

    marks: Mapping[str, str]
    """Printed address -> its mark, in order of appearance."""

    form: Form = PLAIN

    @property
    def rule(self) -> str:
        """Above and below safety text."""
        return "=" * self.form.width


def isolated(text: str, direction: str, locale: Locale) -> str:
    """A number or name that keeps its own direction and its line.

    Isolates are written where they change the display: around what runs the other way, and around numbers in text
    from right to left. A name that runs with the text can break like the text.
    """
    found = {unicodedata.bidirectional(character) for character in text}
    foreign = found - {"L", "EN", "ES", "ET", "CS", "NSM", "WS", "ON"}
    if direction != "ltr" and (found <= {"R", "AL", "NSM", "WS"} if locale.direction == "rtl" else not foreign):
        return text
    if locale.direction == "ltr" and not foreign:
        return keep(text)
    return keep((LRI if direction == "ltr" else FSI) + text + PDI)


def underlined(title: str, character: str, locale: Locale, form: Form) -> str:
    """A title with a line below it."""
    lines = form.lines(title, locale.tag, form.width)
    return "\n".join([*lines, character * max(columns(line) for line in lines)])


def addresses(nodes: Iterable[Node], url: Callable[[str], str]) -> dict[str, str]:
    """Every address that the plain text of nodes must list -> its mark: ``a``, ``b`` ... ``z``, ``aa`` ..."""
    found = dict.fromkeys(_addresses(nodes, url))
    return {address: _mark(number) for number, address in enumerate(found)}


def body(nodes: Iterable[Node], layout: Layout) -> str:
    """The plain text of an article's blocks."""
    blocks = list(_blocks(tuple(nodes), layout, layout.form.width))
    rule = layout.rule
    text = "\n\n".join("\n".join(lines) for lines in blocks)
    return text.replace(f"\n{rule}\n\n{rule}\n", f"\n{rule}\n")  # one rule between two safety texts


def _blocks(nodes: tuple[Node, ...], layout: Layout, width: int) -> Iterator[list[str]]:
    """The lines of each block; what stands between blocks is a paragraph of its own."""
    run: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.tag in _BLOCKS:
            yield from _paragraph(run, layout, width)
            run = []
            yield from _marked(node, list(_block(node, layout, width)), layout)
        else:
            run.append(node)
    yield from _paragraph(run, layout, width)


def _marked(element: Element, blocks: list[list[str]], layout: Layout) -> Iterator[list[str]]:
    if element.get("data-safety") is None or not blocks:
        yield from blocks
        return
    yield [layout.rule, *_joined(blocks), layout.rule]


def _block(element: Element, layout: Layout, width: int) -> Iterator[list[str]]:
    tag, children = element.tag, element.children
    if tag in HEADINGS:
        for lines in _paragraph(children, layout, width):
            line = _UNDERLINES.get(tag, "~") * max(columns(line) for line in lines)
            yield [*lines, line]
    elif tag in ("ul", "ol"):
        yield _list(element, layout, width)
    elif tag == "table":
        yield from _table(element, layout, width)
    elif tag == "pre":
        yield inline.plain(children).strip("\n").split("\n")
    elif tag == "hr":
        yield ["* * *"]
    elif tag == "aside":
        yield from _aside(element, layout, width)
    elif tag in ("blockquote", "dd"):
        yield from (_indented(lines, "    ") for lines in _blocks(children, layout, _narrower(layout, width, 4)))
    else:
        yield from _blocks(children, layout, width)


def _paragraph(nodes: Iterable[Node], layout: Layout, width: int) -> Iterator[list[str]]:
    text = _inline(nodes, layout).strip()
    if text:
        yield layout.form.lines(text, layout.locale.tag, width)


def _aside(element: Element, layout: Layout, width: int) -> Iterator[list[str]]:
    classes = (element.get("class") or "").split()
    titles = [layout.callouts[name] for name in classes if name in layout.callouts][:1]
    blocks = list(_blocks(element.children, layout, _narrower(layout, width, 4)))
    yield [*titles, *_indented(_joined(blocks), "    ")]


def _list(element: Element, layout: Layout, width: int) -> list[str]:
    items = [child for child in element.children if isinstance(child, Element)]
    first = _number(element.get("start"))
    lines: list[str] = []
    for position, item in enumerate(items):
        bullet = f"{first + position}. " if element.tag == "ol" else "- "
        blocks = list(_blocks(item.children, layout, _narrower(layout, width, len(bullet))))
        loose = any(isinstance(child, Element) and child.tag == "p" for child in item.children)
        content = _joined(blocks) if loose else [line for block in blocks for line in block]
        if item.get("data-safety") is not None:
            content = [line for block in _marked(item, [content], layout) for line in block]
        indented = _indented(content or [""], " " * len(bullet))
        lines += [""] if lines and loose else []
        lines += [(bullet + indented[0].lstrip(" ")).rstrip(), *indented[1:]]
    return lines


def _table(table: Element, layout: Layout, width: int) -> Iterator[list[str]]:
    """Each row as a record, “heading: cell”: legible at any width, in any direction, and read out in order."""
    rows = [[_inline(cell.children, layout) for cell in _cells(row)] for row in _within(table, "tr")]
    for caption in _within(table, "caption"):
        yield from _paragraph(caption.children, layout, width)
    headed = any(True for _ in _within(table, "thead")) and len(rows) > 1
    for row in rows[1:] if headed else rows:
        lines: list[str] = []
        for position, cell in enumerate(row):
            head = rows[0][position] if headed and 0 < position < len(rows[0]) else ""
            text = f"{head}: {cell}" if head else cell
            indent = "  " if position else ""
            lines += _indented(layout.form.lines(text, layout.locale.tag, width - len(indent)), indent)
        yield lines


def _inline(nodes: Iterable[Node], layout: Layout) -> str:
    return "".join(_words(node, layout) for node in nodes)


def _words(node: Node, layout: Layout) -> str:
    match node:
        case Text(value):
            return inline.folded(value)
        case Segment():
            return _inline(node.content, layout)
        case Element(tag="br"):
            return "\n"
        case Element(tag="img"):
            alt = inline.plain((node,))
            return f"[{alt}]" if alt else ""
        case Element(tag="input"):
            return _box(node)
        case Element():
            return _element(node, layout)
        case _:
            return ""


def _box(element: Element) -> str:
    """The box of a checklist's item, as Markdown writes it."""
    if element.get("type") != "checkbox":
        return ""
    return "[ ] " if element.get("checked") is None else "[x] "


def _element(element: Element, layout: Layout) -> str:
    words = _inline(element.children, layout)
    if element.tag in ("bdi", "bdo"):
        return isolated(words, element.get("dir") or "", layout.locale)
    if element.tag == "del":
        return f"~~{words}~~"
    if element.tag == "abbr":
        title = dict(element.attrs).get("title", "")
        return f"{words} ({title if isinstance(title, str) else inline.plain(title.content)})" if title else words
    if element.tag == "code":
        return " ".join(map(_in_one_piece, words.split(" ")))
    if element.tag == "a":
        address = layout.url(element.get("href") or "")
        mark = "" if _says(inline.plain(element.children), address) else layout.marks.get(address, "")
        return f"{_in_one_piece(words)} [{mark}]" if mark else _in_one_piece(words)
    return words


def _in_one_piece(words: str) -> str:
    """Words that stay on one line where they may be an address or a path: those are copied."""
    return keep(words) if words and words.isascii() and " " not in words else words


def _addresses(nodes: Iterable[Node], url: Callable[[str], str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Segment):
            yield from _addresses(node.content, url)
        elif isinstance(node, Element):
            address = url(node.get("href") or "") if node.tag == "a" else ""
            if address and not _says(inline.plain(node.children), address):
                yield address
            yield from _addresses(node.children, url)


def _says(words: str, address: str) -> bool:
    """Whether the words of a link are its address: ``example.org``, ``doi:10.1136/x``."""
    return address.endswith(words.strip().removeprefix("doi:"))


def _mark(number: int) -> str:
    letter = chr(ord("a") + number % 26)
    return letter if number < 26 else _mark(number // 26 - 1) + letter


def _within(element: Element, tag: str) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            if child.tag == tag:
                yield child
            else:
                yield from _within(child, tag)


def _cells(row: Element) -> Iterator[Element]:
    return (child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th"))


def _joined(blocks: list[list[str]]) -> list[str]:
    """Blocks as lines, a blank one between two of them."""
    return [line for number, block in enumerate(blocks) for line in ([""] if number else []) + block]


def _indented(lines: list[str], indent: str) -> list[str]:
    return [indent + line if line else line for line in lines]


def _narrower(layout: Layout, width: int, indent: int) -> int:
    return max(width - indent, layout.form.width * _LEAST // 100)


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else 1
