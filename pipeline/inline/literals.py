"""What stands in a text for a program and not for a reader: shortcodes of site generators, and mathematics.

A message shows it as it is written, and a translation keeps it letter for letter. While Markdown or HTML is
parsed, one private character stands for each, so that no parser takes a piece of it for markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.errors import MarkupError
from pipeline.model import Element, Node, Text

_INSIDE = r"(?:(?!\{\{|\{%|\n[ \t>]*\n)[\s\S]){0,2000}?"
_TERM = r"(?:\\[\s\S]|(?!\n[ \t>]*\n)[^$\\<]|<(?![A-Za-z/!]))"
_LITERAL = re.compile(
    rf"""\\[\s\S]
    | (?P<shortcode>
        \{{\{{<{_INSIDE}>\}}\}}                       # Hugo
      | \{{\{{%{_INSIDE}%\}}\}}
      | \{{%{_INSIDE}%\}}                             # Liquid, Jinja, Nunjucks, Twig
      | \{{\{{\{{{_INSIDE}\}}\}}\}}                   # Handlebars
      | \{{\{{(?![{{<%]){_INSIDE}\}}\}}(?!\}})
      | \{{\#(?=[\s-]){_INSIDE}\#\}}                  # comments of Jinja and Twig
      | <%{_INSIDE}%>                               # ERB, EJS, JSP
      | <\?={_INSIDE}\?>                            # PHP
      | \{{::?[ \w.\#/][^{{}}\n<>]{{0,500}}\}}           # attributes of Kramdown and Python-Markdown
      | (?<![^\])`\n])\{{[ ]?(?:[.\#][\w-]|[\w-]+=)[^{{}}\n<>]{{0,500}}\}}
      | (?<![^\n])(?:\*\[[^\]\n]{{1,100}}\]:[^\n]{{0,500}}(?![^\n])  # an abbreviation
          | (?:\[toc\]|\[\[_?toc_?\]\]|--8<--[^\n]{{0,500}}|<<<[ ]?@[^\n]{{1,500}})(?![^\n])
          | (?:import|export)[ ](?=[^\n]*(?:[ ]from[ ]["']|[ ]=[ ]|["'];?$))[^\n]{{1,500}}(?![^\n]))
      | \{{/\*(?:(?!\*/)[\s\S]){{0,2000}}\*/\}}             # comments of MDX
      )
    | (?P<display>(?<!\$)\$\$(?!\$){_TERM}{{1,2000}}?\$\$(?!\$))
    | (?P<formula>(?<![\w$])\$(?![\s$]){_TERM}{{1,500}}?(?<!\s)\$(?![\w$]))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGN = re.compile(
    r"\$|\{[{%#:/]|<[%?<]|(?:[\])`]|^)\{|^\*\[|^\[\[?_?toc|^--8<|^(?:import|export) ", re.IGNORECASE | re.MULTILINE
)
_MAYBE = re.compile(r"[$\{<\[]")
"""In every text that has such a sign, but for ``import`` and ``export``; few texts have one."""

_VARIABLE = re.compile(r"\{\{[a-z]+\.[a-z]+\}\}")
_FORMULA = re.compile(r"[\\^_=+<>{}]|\A[A-Za-zΑ-ω]'*\Z")
_GROUP = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"(?<![\\\w])(?:[a-z]{3,}|or|to|is|in|of|no)(?![\w({^_])|(?![Α-ω])[^\W\d_a-zA-Z]")

_THREE = range(0xE000, 0xF900)
_FOUR = range(0x100000, 0x10FFFE)
_FILLERS = "\u0378\u0379\u0380\u0381\u0382\u0383\u038b\u038d\u03a2\u0530"


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where the shortcodes and formulas of a text start and end, in order; a backslash takes the meaning away.

    A sum of money is no formula: what stands between dollar signs must look like mathematics and hold no words.
    Double braces around a variable of Handrail's are no shortcode, either.
    """
    if not (_MAYBE.search(text) or "port " in text.lower()) or not _SIGN.search(text):
        return
    for found in _LITERAL.finditer(text):
        if found["shortcode"]:
            accepted = not _VARIABLE.fullmatch(found[0])
        else:
            accepted = found.lastgroup is not None and _is_formula(found[0].strip("$"), found.lastgroup)
        if accepted:
            yield found.span()


def _is_formula(inside: str, kind: str) -> bool:
    bare = _GROUP.sub("{}", inside)
    return (kind == "display" or _FORMULA.search(inside) is not None) and not _WORD.search(bare)


def element(text: str) -> Element:
    """A shortcode or a formula as a node: characters that neither people nor machines translate."""
    kind = "math" if text.startswith("$") else "shortcode"
    return Element("span", (("class", kind), ("translate", "no")), (Text(text),))


def literal(node: Node) -> str:
    """What a node shows as it is written; empty for any node that :func:`element` would not make."""
    if not isinstance(node, Element) or node.tag != "span" or len(node.children) != 1:
        return ""
    child = node.children[0]
    if not isinstance(child, Text) or list(find(child.value)) != [(0, len(child.value))]:
        return ""
    return child.value if node == element(child.value) else ""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with private characters in place of some of its parts, as many bytes long as before."""

    text: str
    parts: dict[str, str]
    """Private character -> what it stands for."""

    pattern: re.Pattern[str] | None

    def restore(self, text: str) -> str:
        """A piece of the text, or of what a parser made of it, as it was."""
        if self.pattern is None:
            return text
        return self.pattern.sub(lambda found: self.parts[found[0][0]], text)

    def split(self, text: str) -> Iterator[tuple[str, bool]]:
        """The pieces of a text in order, and whether each was masked."""
        at = 0
        for found in self.pattern.finditer(text) if self.pattern else ():
            if found.start() > at:
                yield text[at : found.start()], False
            yield self.parts[found[0][0]], True
            at = found.end()
        if at < len(text):
            yield text[at:], False

    def expand(self, nodes: Iterable[Node], pieces: Callable[[str], tuple[Node, ...]]) -> tuple[Node, ...]:
        """Nodes with an element for each masked part; ``pieces`` makes nodes of other text."""
        return tuple(made for node in nodes for made in self._expand(node, pieces))

    def _expand(self, node: Node, pieces: Callable[[str], tuple[Node, ...]]) -> Iterator[Node]:
        if isinstance(node, Text):
            for text, masked in self.split(node.value):
                yield from (element(text),) if masked else pieces(text)
        elif isinstance(node, Element):
            yield Element(node.tag, node.attrs, self.expand(node.children, pieces))
        else:
            yield node


NOTHING = Masked("", {}, None)
"""No part of any text is masked."""


def mask(text: str, spans: Iterable[tuple[int, int]]) -> Masked:
    """The text with the given parts masked; each must be three bytes long or longer.

    Raises MarkupError where there are more different parts than private characters.
    """
    found = list(spans)
    if not found:
        return Masked(text, {}, None)
    used = set(text)
    three = (chr(point) for point in _THREE if chr(point) not in used)
    four = (chr(point) for point in _FOUR if chr(point) not in used)
    filler = next((character for character in _FILLERS if character not in used), "")
    masks: dict[str, str] = {}
    pieces, at = [], 0
    for start, end in found:
        part = text[start:end]
        if part not in masks:
            size = len(part.encode("utf-8", "surrogatepass"))
            first = next(three if size % 2 else four, "")
            if not first or not filler:
                raise MarkupError("This text holds too many different shortcodes, formulas or addresses; split it.")
            masks[part] = first + filler * ((size - len(first.encode())) // 2)
        pieces += [text[at:start], masks[part]]
        at = end
    pieces.append(text[at:])
    firsts = {mask_[0]: part for part, mask_ in masks.items()}
    return Masked("".join(pieces), firsts, re.compile(f"[{''.join(firsts)}]{filler}*"))


def masked(text: str) -> Masked:
    """A message with its shortcodes and formulas masked."""
    return mask(text, find(text))
