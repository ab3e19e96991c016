"""The elements of Markdown as those of HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from pipeline import inline
from pipeline.inline.literals import NOTHING, Masked
from pipeline.model import Variable
from pipeline.readers import addresses

Attrs = tuple[tuple[str, str], ...]

TAGS = {
    "Paragraph": "p",
    "Item": "li",
    "DefinitionList": "dl",
    "DefinitionListTitle": "dt",
    "DefinitionListDefinition": "dd",
    "TableRow": "tr",
    "Emphasis": "em",
    "Strong": "strong",
    "Strikethrough": "del",
}
"""Elements without attributes."""

ALIGNMENTS = {
    side: (("style", f"text-align: {to}"),) for side, to in (("Left", "start"), ("Center", "center"), ("Right", "end"))
}
"""Of the cells of a column."""

NOTES: tuple[tuple[str, str], ...] = (("class", "footnotes"), ("role", "doc-endnotes"))
"""Attributes of the section of footnotes."""

_URL_ESCAPES = {ord(character): f"%{ord(character):02X}" for character in ' "\\`<>[]'}


def element(name: str, value: Any, links: Masked) -> tuple[str, str]:
    """What comes before and after the inside of an element."""
    tag, attrs = start(name, value, links)
    if name == "CodeBlock":
        return f"<pre>{written(tag, attrs)}", f"</{tag}></pre>"
    return written(tag, attrs), f"{_variables(value) if name == 'Heading' else ''}</{tag}>"


def start(name: str, value: Any, links: Masked = NOTHING) -> tuple[str, Attrs]:
    """The tag of an element and its attributes; of a block of code, those inside its ``pre``."""
    match name:
        case "Heading":
            return value["level"].lower(), _of_heading(value)
        case "BlockQuote" if value:
            return "aside", (("class", f"callout {value.lower()}"), ("role", "note"))
        case "BlockQuote":
            return "blockquote", ()
        case "CodeBlock":
            words = links.restore(value["Fenced"]).split() if isinstance(value, dict) else []
            return "code", (("class", f"language-{words[0]}"),) if words else ()
        case "List" if value is None:
            return "ul", ()
        case "List":
            return "ol", () if value == 1 else (("start", str(value)),)
        case "FootnoteDefinition":
            return "li", (("id", f"fn-{value}"),)
        case "Table":
            return "table", ()
        case _:
            mailto = "mailto:" if value["link_type"] == "Email" else ""
            return "a", (("href", _encoded(mailto + links.restore(value["dest_url"]))), *_title(value, links))


def _of_heading(value: Any) -> Attrs:
    own = (("id", value["id"]),) if value["id"] else ()
    classes = (("class", " ".join(value["classes"])),) if value["classes"] else ()
    return (*own, *classes, *((name, text or "") for name, text in value["attrs"] if not _is_variable(name, text)))


def _variables(value: Any) -> str:
    """The parser takes a variable at the end of a heading for an attribute of it: it is text."""
    return "".join(f" {{{name}}}" for name, text in value["attrs"] if _is_variable(name, text))


def _is_variable(name: str, text: str | None) -> bool:
    return text is None and isinstance(inline.pieces(f"{{{name}}}")[0], Variable)


def written(tag: str, attrs: Attrs) -> str:
    """The start tag in HTML."""
    values = "".join([f' {name}="{escape(value)}"' for name, value in attrs])
    return f"<{tag}{values}>"


def image(value: Any, words: str, links: Masked = NOTHING) -> tuple[str, Attrs]:
    """The tag and the attributes of a picture with its alternative text."""
    return "img", (("src", _encoded(links.restore(value["dest_url"]))), ("alt", words), *_title(value, links))


def _title(value: Any, links: Masked) -> Attrs:
    return (("title", links.restore(value["title"])),) if value["title"] else ()


def address(shown: str) -> Attrs:
    """The attributes of the link that a bare address stands for."""
    return (("href", _encoded(addresses.target(shown))),)


def _encoded(address: str) -> str:
    """A destination with the characters encoded that an address cannot hold; letters stay readable."""
    return address.translate(_URL_ESCAPES)


def reference(label: str, number: int) -> str:
    """A reference carries no id of its own: the same note may be referred to twice."""
    return f'<sup class="footnote"><a href="#fn-{escape(label)}">{number}</a></sup>'
