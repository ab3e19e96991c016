"""Whether a file goes through Handrail without a loss: what every owner of content asks first.

Three things are shown of a file:

- localized with targets that equal their sources, it shows what the parser's own rendering of it shows;
- with every target in marks, no visible word stands outside of the marks;
- put back into the file, the equal targets give the same bytes, and the marked ones read as marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pipeline import extract, inline, readers, splice
from pipeline.model import Article, Catalog, Element, Locale, Node, Place, Segment, Text, Variable

__all__ = ["Loss", "Trip", "check"]

MARKS = "⟦", "⟧"
"""Around every text of a pseudo-localization."""

KEPT = frozenset({"pre", "code", "math", "textarea"})
"""Elements whose text is never translated."""

_SOURCE = "en"
_TARGET = Locale("en-XA", "en", "Latn", "XA", "ltr", 2, "nplurals=2; plural=n != 1;", True)
_AROUND = 30
_AROUND_ALL = re.compile(
    r"(?P<start><(?P<tag>[a-z]+[0-9]*)>)(?P<inside>(?:(?!</?(?P=tag)>).)+)(?P<end></(?P=tag)>)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a file that does not come through."""

    place: Place
    what: str


@dataclass(frozen=True, slots=True)
class Trip:
    """What became of one file."""

    segments: int
    losses: tuple[Loss, ...]


def check(data: bytes, path: str) -> Trip:
    """The losses of a file of any name that a reader knows; SourceError where it cannot be read."""
    article = readers.read(data, path, _SOURCE, PurePosixPath(path).stem)
    same, marked = _localized(article, ("", "")), _localized(article, MARKS)
    losses = [*_shown(same, data), *_unmarked(marked), *_spliced(data, article, same, marked)]
    return Trip(sum(1 for _ in extract.segments(article)), tuple(losses))


def _localized(article: Article, marks: tuple[str, str]) -> Article:
    messages = extract.template(article).messages
    targets = tuple(replace(message, targets=(_between(marks, message.key.source),)) for message in messages)
    return extract.localize(article, Catalog(_TARGET.tag, targets), _TARGET)


def _between(marks: tuple[str, str], text: str) -> str:
    """A text between marks, which stand inside of an element that holds all of it.

    Where a page never closes an element, nothing can stand before or after it.
    """
    around = _AROUND_ALL.fullmatch(text)
    if around:
        return around["start"] + _between(marks, around["inside"]) + around["end"]
    return text.join(marks)


# --- shown as the parser shows it -----------------------------------------------------------------


def _shown(article: Article, data: bytes) -> Iterator[Loss]:
    place = Place(article.path)
    flow, apart = readers.shown(data, article.path)
    texts = _Texts(readers.is_markdown(article.path))
    texts.collect(article.body, texts.flow)
    have = _solid(texts.flow)
    if have != flow:
        at = next((i for i, (a, b) in enumerate(zip(have, flow, strict=False)) if a != b), min(len(have), len(flow)))
        start = max(at - _AROUND, 0)
        want, instead = flow[start : at + _AROUND], have[start : at + _AROUND]
        yield Loss(place, f"the page would show “{instead}” where the file says “{want}”.")
    have_apart = sorted(filter(None, (_solid([text]) for text in texts.apart)))
    if have_apart != apart:
        lost = next((text for text in apart if apart.count(text) > have_apart.count(text)), "")
        new = next((text for text in have_apart if have_apart.count(text) > apart.count(text)), "")
        yield Loss(place, f"an attribute or footnote would say “{new[:60]}” instead of “{lost[:60]}”.")


class _Texts:
    """The texts that an article shows, in order, and those of attributes and footnotes."""

    def __init__(self, has_footnotes: bool) -> None:
        self.has_footnotes = has_footnotes
        self.flow: list[str] = []
        self.apart: list[str] = []

    def collect(self, nodes: tuple[Node, ...], flow: list[str]) -> None:
        for node in nodes:
            match node:
                case Text(value):
                    flow.append(value)
                case Variable(name):
                    flow.append(f"{{{name}}}")
                case Segment(content=content):
                    self.collect(content, flow)
                case Element():
                    self._element(node, flow)

    def _element(self, node: Element, flow: list[str]) -> None:
        attrs = {name: value if isinstance(value, str) else inline.plain(value.content) for name, value in node.attrs}
        kinds = {name: readers.attribute_kind(node.tag, name, dict(attrs)) for name in attrs}
        self.apart += (attrs[name] for name, kind in kinds.items() if kind)
        if self.has_footnotes and node.tag == "section" and attrs.get("class") == "footnotes":
            for note in (child for one in node.children if isinstance(one, Element) for child in one.children):
                words: list[str] = []
                self.collect((note,), words)
                self.apart.append("".join(words))
        elif not (self.has_footnotes and node.tag == "sup" and attrs.get("class") == "footnote"):
            self.collect(node.children, flow)


def _solid(texts: list[str]) -> str:
    return "".join("".join(texts).split())


# --- marked ---------------------------------------------------------------------------------------


def _unmarked(article: Article) -> Iterator[Loss]:
    for segment in extract.segments(article):
        words = inline.plain(segment.content)
        if segment.lang or not words.startswith(MARKS[0]) or not words.endswith(MARKS[1]):
            yield Loss(segment.place, f"a message could not be given back: “{segment.key.source[:60]}”.")
    yield from (Loss(Place(article.path), f"in no message: “{words[:60]}”.") for words in _outside(article.body))


def _outside(nodes: tuple[Node, ...]) -> Iterator[str]:
    """Words outside of segments, save in what is never translated."""
    for node in nodes:
        if isinstance(node, Text) and any(letter.isalnum() for letter in node.value):
            yield node.value.strip()
        elif isinstance(node, Element) and node.tag not in KEPT and node.get("translate") != "no":
            attrs: dict[str, str | None] = {name: node.get(name) for name, _ in node.attrs}
            for name, value in attrs.items():
                kind = readers.attribute_kind(node.tag, name, attrs)
                if kind and value and any(letter.isalnum() for letter in value):
                    yield value
            yield from _outside(node.children)


# --- put back -------------------------------------------------------------------------------------


def _spliced(data: bytes, article: Article, same: Article, marked: Article) -> Iterator[Loss]:
    if splice.splice(data, article, same).data != data:
        yield Loss(Place(article.path), "put back untranslated, the file would differ.")
    for segment in splice.splice(data, article, marked).refused:
        yield Loss(segment.place, f"a translation could not be put back: “{segment.key.source[:60]}”.")
