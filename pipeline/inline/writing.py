"""Nodes -> message text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.errors import MarkupError
from pipeline.inline.forms import FOOTNOTE, SEPARATOR, footnote_label, form, is_numbered, is_void
from pipeline.inline.literals import find, literal, masked
from pipeline.inline.reading import parse
from pipeline.inline.simple import written
from pipeline.model import Element, Node, Text, Variable

_DELIMITERS = {"em": "*", "strong": "**", "del": "~~"}
_SPECIAL = re.compile(r"[\\`*_~\[\]<>&!{}|()\"'#$^:]")
_HARMLESS_URL = re.compile(r"(?:[^\s<>()\\&\x00-\x1f\x7f\"']|&(?!#?\w+;))+")
_AUTOLINK = re.compile(r"[a-z][a-z0-9+.-]{1,31}:(?:[^\s<>\\&\x00-\x1f\x7f]|&(?!#?\w+;))*", re.IGNORECASE)
_RISKY = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]|$)        # a backslash that would escape what follows
    | `
    | (?<!\ )\*|\*(?!\ )               # a star that does not stand alone
    | (?<![^\W_])_|_(?![^\W_])         # an underscore at the edge of a word
    | ~(?=~)|(?<=~)~
    | \[(?=\^)
    | <(?=[A-Za-z/!?])
    | &(?=\#?\w+;)
    | \{(?=[a-z]+\.[a-z]+\})
    """,
    re.VERBOSE,
)


def dump(nodes: Iterable[Node]) -> str:
    """Nodes as message text.

    ``parse(dump(nodes))`` is the message form of ``nodes``. The light way of writing is tried first;
    where the parser would read it otherwise (``**`` next to punctuation in Chinese, say), emphasis is
    written as tags and every character with a meaning is escaped.
    """
    nodes = tuple(nodes)
    simply = written(nodes)
    if simply is not None:
        return simply
    shown = form(nodes).nodes
    light = _Light().write(shown, "")
    try:
        if parse(light) == shown:
            return light
    except MarkupError:
        pass
    return _Strict().write(shown, "")


class _Light:
    """Markdown wherever it should do, escapes only where they seem needed."""

    def write(self, nodes: tuple[Node, ...], after: str) -> str:
        """``after`` is the first character of what follows; empty at the end of the message."""
        written = ""
        for index, node in enumerate(nodes):
            following = _first(nodes[index + 1]) if index + 1 < len(nodes) else after
            written += self._node(node, written[-1:], following)
        return written

    def text(self, value: str, following: str) -> str:
        escaped = _RISKY.sub(lambda found: "\\" + found[0], value)
        if following in ("[", "^") and escaped.endswith("!"):
            escaped = escaped[:-1] + "\\!"
        return _disarmed(escaped)

    def delimiter(self, node: Element, before: str, following: str) -> str:
        """The Markdown delimiter of an element, or nothing where only a tag can express it."""
        delimiter = _DELIMITERS.get(node.tag, "")
        if not delimiter or node.attrs or not node.children:
            return ""
        inside = self.write(node.children, delimiter[0])
        opens = _flanks(before, inside[:1])
        closes = _flanks(following, inside[-1:])
        return delimiter if opens and closes else ""

    def code(self, node: Element) -> str:
        """A code span; nothing where backticks cannot express it."""
        if len(node.children) != 1 or not isinstance(node.children[0], Text):
            return ""
        value = node.children[0].value
        if not value.strip(" "):
            return ""
        fence = "`"
        while fence in value:
            fence += "`"
        pad = " " if value[0] in "` " or value[-1] in "` " else ""
        return f"{fence}{pad}{value}{pad}{fence}"

    def _node(self, node: Node, before: str, following: str) -> str:
        match node:
            case Text(value):
                return self.text(value, following)
            case Variable(name):
                return f"{{{name}}}"
            case Element():
                return self._element(node, before, following)
            case _:
                raise MarkupError("Only inline nodes can be written as a message.")

    def _element(self, node: Element, before: str, following: str) -> str:
        tag = node.tag
        if literal(node):
            return literal(node)
        if tag == FOOTNOTE:
            return f"[^{footnote_label(node)}]" + (SEPARATOR if following == "[" else "")
        if tag == "br" and not node.attrs:
            return "\\\n"
        if tag == "a" and node.attrs:
            return self._link(node)
        if tag == "img" and node.attrs:
            return f"![{_escaped(node.get('alt') or '')}]({_target(node, 'src')})"
        if tag == "code" and self.code(node):
            return self.code(node)
        delimiter = self.delimiter(node, before, following)
        if delimiter:
            return delimiter + self.write(node.children, delimiter[0]) + delimiter
        if is_void(node):
            return f"<{tag}>"
        if is_numbered(node) and not node.children:
            return f"<{tag}/>"
        return f"<{tag}>{self.write(node.children, '<')}</{tag}>"

    def _link(self, node: Element) -> str:
        href = node.get("href") or ""
        if node.children == (Text(href),) and len(node.attrs) == 1 and _AUTOLINK.fullmatch(href):
            return f"<{href}>"
        return f"[{self.write(node.children, ']')}]({_target(node, 'href')})"


class _Strict(_Light):
    """Tags for emphasis and code, and an escape before every character that can have a meaning."""

    def text(self, value: str, following: str) -> str:  # noqa: ARG002 - the light way needs it
        return _escaped(value)

    def delimiter(self, node: Element, before: str, following: str) -> str:  # noqa: ARG002 - as above
        return ""

    def code(self, node: Element) -> str:  # noqa: ARG002 - as above
        return ""


def _disarmed(value: str) -> str:
    """Text that looks like a shortcode or a formula, but is none."""
    for start, _ in reversed(list(find(value))):
        value = f"{value[:start]}\\{value[start:]}"
    return value


def _escaped(value: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0], value)


def _target(node: Element, name: str) -> str:
    url, title = node.get(name) or "", node.get("title")
    if not _HARMLESS_URL.fullmatch(masked(url).text):
        url = f"<{_escaped(url)}>"
    return url if title is None else f'{url} "{_escaped(title)}"'


def _first(node: Node) -> str:
    """The first character that a node is written with, as far as its neighbours care."""
    match node:
        case Text(value):
            return value[:1]
        case Variable():
            return "{"
        case Element(tag="a") if node.attrs:
            return "["
        case Element(tag="footnote"):
            return "^"
        case Element(tag="img") if node.attrs:
            return "!"
        case Element(tag="br"):
            return " "
        case Element(tag="code"):
            return "`"
        case _:
            return "*"


def _flanks(outside: str, inside: str) -> bool:
    """CommonMark's rule for a delimiter between two characters: 0.31, section 6.2."""
    if _is_space(inside):
        return False
    return not _is_punctuation(inside) or _is_space(outside) or _is_punctuation(outside)


def _is_space(character: str) -> bool:
    return not character or character.isspace()


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
