"""The texts of an article in the form that their places in a file want."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from pipeline import inline
from pipeline.inline import literals
from pipeline.model import Element, Node, Raw, Segment, Text, Variable
from pipeline.splice import tags

Known = Mapping[Any, str]
"""Start tags as the source writes them."""

Style = Callable[[str, Segment, Segment], str]
"""A way to write a target: of the source's text, the source's segment and the target's."""

_HARD_BREAK = re.compile(r"(?: {2,}|\\)\r?\n[ \t>]*")
_SOFT_BREAK = re.compile(r"\r?\n[ \t>]*")
_AT_START = re.compile(
    r"(?=[-+](?:\s|$)|\#{1,6}(?:\s|$)|>|=+\s*$|-+\s*$|:|\||~~~|\[[ xX]\]\s|\[[^\]]*\]:)|(?<=^\d)(?=[.)])", re.MULTILINE
)
_NUMBER = re.compile(r"(\d{1,9})([.)](?:\s|$))")
_CLOSING = re.compile(r"(?<=\s)(#+)$")
_PIPE = re.compile(r"(?<!\\)\|")
_HIDDEN = re.compile(r"<!--(?!-->).*?-->|<\?(?!=).*?\?>", re.DOTALL)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_PLAIN_YAML = re.compile(r"[^\W\d_](?:[^:#\n]|:(?=\S)|(?<=\S)#)*(?<![:\s])")
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_TOML_STRING = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL)

# --- a run of text --------------------------------------------------------------------------------


def light(source: str, old: Segment, new: Segment) -> str:
    """Markdown with as few escapes as will do."""
    known = tags.written(source, old.content)
    text = inline.markdown(new.content, lambda node: _html(node, known, _entity), lambda e: tags.around(e, known))
    return _placed(text, source, old)


def strict(source: str, old: Segment, new: Segment) -> str:
    """Markdown with tags for emphasis, and with every escape."""
    known = tags.written(source, old.content)
    html = inline.strict_markdown(new.content, lambda n: _html(n, known, _entity), lambda e: tags.around(e, known))
    return _placed(html, source, old)


def html(source: str, old: Segment, new: Segment) -> str:
    """HTML."""
    known = tags.written(source, old.content)
    return "".join(_html(node, known, _escaped) for node in new.content)


def half_open(source: str, old: Segment, new: Segment) -> str:
    """HTML without the tags that the source leaves out, because they stand elsewhere in it or nowhere."""
    known = tags.written(source, old.content)
    return "".join(_html(node, known, _escaped, source) for node in new.content)


def entities(source: str, old: Segment, new: Segment) -> str:
    """HTML in which no character can mean anything to Markdown."""
    known = tags.written(source, old.content)
    return "".join(_html(node, known, _entity) for node in new.content)


def _placed(text: str, source: str, old: Segment) -> str:
    """Markdown with the line breaks, and the escapes at the start of lines, that its place needs."""
    lines = [_started(line) for line in text.split(inline.BREAK)]
    hard, soft = _HARD_BREAK.search(source), _SOFT_BREAK.search(source)
    written = (hard[0] if hard else "\\" + soft[0] if soft else "<br>").join(lines)
    if old.kind.startswith("heading"):
        written = _CLOSING.sub(r"\\\1", written)
    return _PIPE.sub(r"\\|", written) if old.kind in ("table cell", "table heading") else written


def _started(line: str) -> str:
    if _NUMBER.match(line):
        return _NUMBER.sub(r"\1\\\2", line, count=1)
    return f"\\{line}" if _AT_START.match(line) else line


def _html(node: Node, known: Known, text: Callable[[str], str], within: str | None = None) -> str:
    """A node as HTML; only the tags that stand in ``within``, where that is given."""
    match node:
        case Text(value):
            return text(value)
        case Variable(name):
            return f"{{{name}}}"
        case Raw(source):
            return source
        case Segment():
            return _inside(node.content, known, text, within)
        case Element() if literals.literal(node):
            return literals.literal(node)
        case Element():
            (shown,) = inline.form((node,)).nodes
            if isinstance(shown, Element) and shown.tag == "footnote":
                return inline.dump((node,))
            start, end = tags.around(node, known)
            start = start if within is None or tags.starts(within, node.tag) else ""
            end = end if within is None or tags.ends(within, node.tag) else ""
            return f"{start}{_inside(node.children, known, text, within)}{end}"


def _inside(nodes: Iterable[Node], known: Known, text: Callable[[str], str], within: str | None) -> str:
    return "".join(_html(node, known, text, within) for node in nodes)


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _entity(text: str) -> str:
    return _PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", text)


def with_hidden(text: str, source: str) -> str:
    """The text, and after it what the source holds that is in no message: comments, and code of a server."""
    hidden = (found[0] for found in _HIDDEN.finditer(source))
    return text + "".join(piece for piece in hidden if piece not in text)


def json_string(new: Segment) -> str:
    """A string of the JSON in a script, which no text can close."""
    return json.dumps(inline.plain(new.content), ensure_ascii=False).replace("</", "<\\/").replace("<!--", "<\\u0021--")


# --- a field of front matter ----------------------------------------------------------------------


def yaml(source: str, old: Segment, new: Segment) -> str:
    """A YAML scalar in the style that it has, where that can hold the text."""
    text = inline.plain(new.content)
    if source.startswith("'"):
        return "'" + text.replace("'", "''") + "'"
    if source[:1] not in '"|>&!*' and _PLAIN_YAML.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    return quoted(source, old, new)


def quoted(source: str, old: Segment, new: Segment) -> str:  # noqa: ARG001 - as above
    """A double-quoted scalar, which every text fits into; the line ends after it stay."""
    text = json.dumps(inline.plain(new.content), ensure_ascii=False)
    return text + source[len(source.rstrip("\r\n")) :]


def toml(source: str, old: Segment, new: Segment) -> str:
    """A basic string of TOML; a comment after it stays."""
    found = _TOML_STRING.match(source)
    return quoted("", old, new) + (source[found.end() :] if found else "")
