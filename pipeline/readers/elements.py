"""The elements of Markdown as tags of HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from pipeline import inline
from pipeline.inline.literals import Masked
from pipeline.model import Variable

_URL_ESCAPES = {ord(character): f"%{ord(character):02X}" for character in ' "\\`<>[]'}


def element(name: str, value: Any, links: Masked) -> tuple[str, str]:
    """What comes before and after the inside of an element."""
    match name:
        case "Heading":
            return _heading(value)
        case "BlockQuote" if value:
            kind = value.lower()
            return f'<aside class="callout {kind}" role="note">', "</aside>"
        case "BlockQuote":
            return "<blockquote>", "</blockquote>"
        case "CodeBlock":
            words = links.restore(value["Fenced"]).split() if isinstance(value, dict) else []
            language = f' class="language-{escape(words[0])}"' if words else ""
            return f"<pre><code{language}>", "</code></pre>"
        case "List" if value is None:
            return "<ul>", "</ul>"
        case "List":
            return ("<ol>" if value == 1 else f'<ol start="{value}">'), "</ol>"
        case "FootnoteDefinition":
            return f'<li id="fn-{escape(value)}">', "</li>"
        case "Table":
            return "<table>", "</table>"
        case _:
            return _link(value, links)


def _heading(value: Any) -> tuple[str, str]:
    """The parser takes a variable at the end of a heading for an attribute of it: it is text."""
    tag = value["level"].lower()
    attrs = [("id", value["id"])] if value["id"] else []
    if value["classes"]:
        attrs.append(("class", " ".join(value["classes"])))
    end = ""
    for name, text in value["attrs"]:
        if text is None and isinstance(inline.pieces(f"{{{name}}}")[0], Variable):
            end += f" {{{name}}}"
        else:
            attrs.append((name, text or ""))
    written = "".join(f' {name}="{escape(text)}"' for name, text in attrs)
    return f"<{tag}{written}>", f"{end}</{tag}>"


def _link(value: Any, links: Masked) -> tuple[str, str]:
    mailto = "mailto:" if value["link_type"] == "Email" else ""
    return f'<a href="{url(mailto + links.restore(value["dest_url"]))}"{_title(value, links)}>', "</a>"


def image(value: Any, words: str, links: Masked) -> str:
    """A picture with its alternative text."""
    return f'<img src="{url(links.restore(value["dest_url"]))}" alt="{escape(words)}"{_title(value, links)}>'


def _title(value: Any, links: Masked) -> str:
    return f' title="{escape(links.restore(value["title"]))}"' if value["title"] else ""


def url(address: str) -> str:
    """A destination with the characters encoded that an address cannot hold; letters stay readable."""
    return escape(address.translate(_URL_ESCAPES))


def reference(label: str, number: int) -> str:
    """A reference carries no id of its own: the same note may be referred to twice."""
    return f'<sup class="footnote"><a href="#fn-{escape(label)}">{number}</a></sup>'
