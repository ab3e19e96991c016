"""Every example of CommonMark 0.31.2 and of GitHub Flavored Markdown, read, localized and rendered.

``scripts/spec-suites`` fetches the suites from a package that ships them. The specification's HTML and ours are
compared as a parser of HTML sees them: without comments, white space between blocks, the order of attributes, and
the many ways to encode an address.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from justhtml import JustHTML
from justhtml.dom import Node as HtmlNode
from justhtml.parser.context import FragmentContext

from pipeline import inline
from pipeline.errors import SourceError
from pipeline.extract import localize, segments, template
from pipeline.model import Article, Catalog, Locale
from pipeline.readers import read
from pipeline.render.html import dump

CATALAN = Locale("ca-ES", "ca", "Latn", "ES", "ltr", 2, "nplurals=2; plural=n != 1;", True)
SUITES = Path(sys.prefix, "share", "spec-suites")
_EXAMPLE = re.compile(
    r"^`{32} example ?(?P<kind>\w*)\n(?P<markdown>.*?)^\.\n(?P<html>.*?)^`{32}$", re.DOTALL | re.MULTILINE
)


INLINE = frozenset({"a", "b", "code", "del", "em", "i", "img", "span", "strong"})
SIDES = {"left": "start", "right": "end"}
KEPT = frozenset({"code", "pre", "script", "style", "textarea", "#comment"})

REFUSED = "an element that is never closed would swallow the text after it: Handrail refuses the file"
UNFINISHED = "a tag that never ends: a browser drops it, Handrail shows it as text"
INSTRUCTION = "a processing instruction or CDATA, of which a browser shows the rest: Handrail drops it whole"
ADDRESS = "a bare address: no link in CommonMark, nor in GitHub's examples of plain CommonMark, but one on GitHub"
STRONG = "strong inside strong: one element in GitHub's examples, as many as are written in CommonMark 0.31"

DEVIATIONS = {
    **{("commonmark", number): UNFINISHED for number in (156, 157, 158)},
    ("commonmark", 173): REFUSED,
    **{("commonmark", number): INSTRUCTION for number in (180, 629)},
    **{("commonmark", number): ADDRESS for number in (602, 608, 611, 612)},
    **{("gfm", number): UNFINISHED for number in (126, 127, 128)},
    **{("gfm", number): REFUSED for number in (142, 652)},
    **{("gfm", number): INSTRUCTION for number in (149, 648)},
    **{("gfm", number): ADDRESS for number in (610, 616, 619, 620)},
    **{("gfm", number): STRONG for number in (398, 426, 434, 435, 436, 473, 474, 475, 477)},
}
"""The examples that do not hold, each with its reason."""


@dataclass(frozen=True)
class Example:
    """A piece of Markdown and the HTML that it stands for."""

    suite: str
    number: int
    kind: str
    markdown: str
    html: str

    def __str__(self) -> str:
        return f"{self.suite} {self.number} {self.kind}".strip()

    @property
    def deviation(self) -> str:
        """Why the example does not hold; empty where it does."""
        return DEVIATIONS.get((self.suite, self.number), "")


def examples(suite: str) -> tuple[Example, ...]:
    """The examples of a suite; none where it has not been fetched."""
    path = SUITES / f"{suite}.txt"
    if not path.is_file():
        return ()
    text = path.read_text(encoding="utf-8").replace("→", "\t")
    return tuple(
        Example(suite, number, found["kind"], found["markdown"], found["html"])
        for number, found in enumerate(_EXAMPLE.finditer(text), start=1)
    )


EXAMPLES = (*examples("commonmark"), *examples("gfm"))


def article(example: Example) -> Article:
    """An example as an article."""
    return read(f"---\ntitle: T\n---\n{example.markdown}".encode(), "x.md", "en-US")


def localized(source: Article, target: str) -> Article:
    """The article with every message translated; ``{}`` in the target stands for the source."""
    messages = tuple(replace(m, targets=(target.replace("{}", m.key.source),)) for m in template(source).messages)
    return localize(source, Catalog("ca-ES", messages), CATALAN)


def normal(html: str) -> list[str]:
    """HTML as a reader sees it: blocks, and the lines between them with their white space folded."""
    root = JustHTML(html, sanitize=False, scripting_enabled=False, fragment_context=FragmentContext("body")).root
    lines = "".join(_pieces(root, preserved=False)).split("\0")
    return [line for line in map(_folded, lines) if line]


def _folded(line: str) -> str:
    """White space as CSS folds it, through the tags in the line, each of which stands between two marks."""
    line = re.sub(r"[ \t\n]+", " ", line)
    for pattern in (r" ((?:\x01[^\x02]*\x02)+) ", r"()\A((?:\x01[^\x02]*\x02)*) ", r" ((?:\x01[^\x02]*\x02)*)\Z"):
        while line != (line := re.sub(pattern, _without_second_space, line)):
            pass
    return line


def _without_second_space(found: re.Match[str]) -> str:
    text = found[0]
    return text[:-1] if text.startswith("\x01") or (text.startswith(" ") and text.endswith(" ")) else text.strip(" ")


def _pieces(node: HtmlNode, *, preserved: bool) -> Iterator[str]:
    for child in node.children or ():
        if child.name == "#text":
            text = str(child.data)
            yield text.replace(" ", "␣").replace("\n", "⏎") if preserved else text
        elif not child.name.startswith(("#", "!")):
            attrs = dict(child.attrs or {})
            inside = "".join(_pieces(child, preserved=preserved or child.name in ("pre", "textarea")))
            opening, closing = ("\x01", "\x02") if child.name in INLINE else ("\0", "\0")
            written = "".join(sorted(_attribute(name, value or "") for name, value in attrs.items()))
            yield f"{opening}<{child.name}{written}>{closing}{inside}{opening}</{child.name}>{closing}"


def _attribute(name: str, value: str) -> str:
    if name in ("href", "src"):
        value = quote(unquote(value))
    if name == "align":
        name, value = "style", f"text-align: {SIDES.get(value, value)}"
    return f' {name}="{" ".join(value.split())}"'


def words(html: str) -> str:
    """The visible text of HTML, save what is never translated."""
    found: list[str] = []
    stack = [JustHTML(html, sanitize=False, scripting_enabled=False, fragment_context=FragmentContext("body")).root]
    while stack:
        node = stack.pop()
        if node.name == "#text":
            found.append(str(node.data))
        elif node.name not in KEPT and (node.attrs or {}).get("translate") != "no":
            stack += reversed(node.children or ())
    return "".join(found)


@pytest.mark.parametrize(("suite", "number"), [("commonmark", 652), ("gfm", 672)])
def test_the_suites_are_whole(suite: str, number: int) -> None:
    """Every example of both specifications is run."""
    if not SUITES.is_dir():
        pytest.skip(f"run: scripts/spec-suites {sys.executable}")
    assert len(examples(suite)) == number


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_nothing_translated_changes_nothing(example: Example) -> None:
    """With every target equal to its source, the page shows what the specification says."""
    reason = example.deviation
    if reason == REFUSED:
        with pytest.raises(SourceError, match="never closed"):
            article(example)
        return
    same = normal(dump(localized(article(example), "{}").body)) == normal(example.html)
    assert same is not bool(reason), "the specification holds here: take the example from the list"


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_every_visible_word_can_be_translated(example: Example) -> None:
    """With every target in marks, no visible word stands outside of them."""
    if example.deviation == REFUSED:
        return
    source = article(example)
    pseudo = localized(source, "⟦{}⟧")
    for segment in segments(pseudo):
        assert re.fullmatch("⟦.*⟧", inline.plain(segment.content), re.DOTALL)
    outside = re.sub("⟦[^⟦⟧]*⟧", "", words(dump(pseudo.body)))
    assert not re.search(r"[^\W_]", outside)
