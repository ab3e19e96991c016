"""Messages whose markup is code spans, links and emphasis of words, as that of most is: read without a parser.

The parser of Markdown is fast, but making nodes out of its events takes many times as long as what is done here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.inline.forms import LENGTH, SPACES, folded
from pipeline.inline.literals import find
from pipeline.model import Element, Node, Text

_PLAIN = r"[^\\`*_~\[<&{$!\x00-\x1f]++|!(?!\[)|(?<=[^\W_])_++(?=[^\W_])"
"""Text that no rule of CommonMark gives a meaning; an underscore inside a word has none."""

_CODE = r"`([^`\x00-\x1f]+)`(?!`)"
_LINK = r"\[((?!\^)(?:[^\\`*_~\[\]<&{$!\x00-\x1f]|`[^`\x00-\x1f]+`(?!`))++)\]\(([A-Za-z0-9./#?=:%+,;@~_-]++)\)"
_WORDS = r"(?=[^\W_])((?:[^\\`*_~\[\]<&{$!\x00-\x1f]|`[^`\x00-\x1f]+`(?!`))++)(?<=[^\W_])"
_OPENS, _CLOSES = r"(?<![^ (].)", r"(?![^ .,;:?!)])"
_EMPHASIS = rf"\*{_OPENS}(\*?){_WORDS}\*\4{_CLOSES}|_{_OPENS}{_WORDS}_{_CLOSES}"
"""Between signs of which one can only open and the other only close: CommonMark 0.31, section 6.2."""

_SIMPLE = re.compile(rf"(?:{_PLAIN}|{_CODE}|{_LINK}|{_EMPHASIS})*+")
_PIECE = re.compile(f"{_CODE}|{_LINK}|{_EMPHASIS}")
_SIGNS = {"strong": "**", "em": "*"}
EMPHASIS = {"strong": "**...**", "em": "*...*"}
"""What a translator would call it."""


def outline(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The words that a message shows, and its markup as a translator would name it, in order.

    None where it may have other markup, or variables. Two messages with the same markup conform.
    """
    line = folded(text).strip(SPACES)
    if len(text) > LENGTH or not _SIMPLE.fullmatch(line):
        return None
    low = line.lower()
    if ("port " in low or "toc" in low) and next(find(text), None):  # others begin with what is not simple
        return None
    if "`" not in line and "](" not in line and "*" not in line and "_" not in line:
        return line, ()
    marks: list[str] = []
    shown = _shown(line, marks)
    return None if shown is None else (shown, tuple(marks))


def _shown(line: str, marks: list[str]) -> str | None:
    """The words of a simple message; adds its markup; None where a part of it shows nothing."""
    pieces, at = [], 0
    for found in _PIECE.finditer(line):
        code, text, url, strong, starred, underlined = found.groups()
        if code:
            inside: str | None = _unpadded(code)
            marks.append(f"`{inside}`")
        else:
            marks.append(link_to(url) if url else EMPHASIS["strong" if strong else "em"])
            inside = _shown(text or starred or underlined, marks)
        if not inside or not inside.strip():
            return None
        pieces += [line[at : found.start()], inside]
        at = found.end()
    return "".join([*pieces, line[at:]])


def link_to(url: str | None) -> str:
    """What a translator would call a link."""
    return f"the link to {url}"


def simple(line: str) -> tuple[Node, ...] | None:
    """The nodes of a message, white space folded; None where it may have other markup than is simple."""
    return tuple(_nodes(line)) if _SIMPLE.fullmatch(line) else None


def written(nodes: tuple[Node, ...]) -> str | None:
    """The message of text, code spans, links and emphasis, as it is read; None where more may be needed."""
    line = _line(nodes)
    if not line or len(line) > LENGTH or "__" in line or "port " in line.lower() or line != folded(line).strip(SPACES):
        return None
    return line if simple(line) == nodes and next(find(line), None) is None else None


def _line(nodes: tuple[Node, ...]) -> str | None:
    parts = []
    for node in nodes:
        if isinstance(node, Text):
            parts.append(node.value)
            continue
        inside = _line(node.children) if isinstance(node, Element) else None
        if not inside or not isinstance(node, Element):
            return None
        if node.tag == "code" and not node.attrs and len(node.children) == 1:
            if inside[0] == " " or inside[-1] == " ":
                return None
            parts.append(f"`{inside}`")
        elif node.tag == "a" and len(node.attrs) == 1 and node.attrs[0][0] == "href" and inside != node.attrs[0][1]:
            parts.append(f"[{inside}]({node.attrs[0][1]})")
        elif node.tag in _SIGNS and not node.attrs:
            parts.append(f"{_SIGNS[node.tag]}{inside}{_SIGNS[node.tag]}")
        else:
            return None
    return "".join(parts)


def _nodes(line: str) -> Iterator[Node]:
    at = 0
    for found in _PIECE.finditer(line):
        if found.start() > at:
            yield Text(line[at : found.start()])
        at = found.end()
        code, text, url, strong, starred, underlined = found.groups()
        if code:
            yield Element("code", (), (Text(_unpadded(code)),))
        elif url:
            yield Element("a", (("href", url),), tuple(_nodes(text)))
        else:
            yield Element("strong" if strong else "em", (), tuple(_nodes(starred or underlined)))
    if at < len(line):
        yield Text(line[at:])


def _unpadded(code: str) -> str:
    """One space at either side is there to keep a backtick apart: CommonMark 0.31, section 6.1."""
    return code[1:-1] if code[0] == code[-1] == " " and code.strip(" ") else code
