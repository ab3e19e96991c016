"""The lines of a page about its other languages, which are walked once and compared afterwards.

A page in twenty languages names the others three times in its frame, in most of its elements. The frame of a page of
the same locale that was walked whole tells which lines those are. Where another page has the very same ones, up to the
name of its article, in a frame of the same build, it is read without them: all else is read as always. Any difference,
of a byte in those lines or of a tag in any line before the main part, and the page is walked whole.

Why that hides nothing: up to the main part both pages are lines of whole tags, and each line has the same tags in the
same order in both, so a parser is in the same state before each line. The lines left out are elements of their own;
what the rules find in them does not depend on the rest of the page, and on the page that was walked whole they found
the same with them and without.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import ne
from typing import TypeAlias

from pipeline.identity import Same
from pipeline.model import Catalog, Edition, Locale, Page, Policy, Registry

__all__ = ["Frame", "Frames", "frame", "frames_of", "shortened"]

_MARK = "\ufdd0"
"""In the place of the article's name: a character that no text has."""

_ATTEMPTS = 24
"""So many pages of a locale may teach a process their frame: most have one of a few."""

_FEWEST = 30
"""To compare frames takes as long as to walk so many lines."""

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>\"']*(?:\"[^\"<>]*\"[^<>\"']*)*>")
_VALUE = re.compile(r'"[^"]*"')
_SPACES = " \t\n\f\r"
_MAIN = "<main"

Shape: TypeAlias = tuple[str, ...]
"""The tags of a line, without the values of attributes, and between them whether there is any text."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before the main part of a page."""

    lines: tuple[str, ...]
    """With a mark in the place of the article's name."""

    shapes: tuple[Shape, ...]
    kept: tuple[bool, ...]
    """False for each line that is about another language of the article, and about nothing else."""


class Frames:
    """Frames of pages that were walked whole, by their numbers of lines."""

    def __init__(self) -> None:
        self.known: dict[int, Frame] = {}
        self.tried = 0

    def shortened(self, page: Page) -> str:
        """A page without the lines that are known; empty where its frame is not."""
        known = self.known.get(page.html.count("\n", 0, _end(page.html)))
        return shortened(page.html, page.slug, known) if known else ""

    def candidate(self, page: Page) -> Frame | None:
        """The frame of a page, to be learned if its other lines make no difference; None after some attempts."""
        self.tried += 1
        if self.tried > _ATTEMPTS or 3 * page.html.count(" hreflang=") < 2 * _FEWEST:  # in two lines of three
            return None
        return frame(page.html, page.slug, page.locale)

    def learn(self, one: Frame) -> None:
        """Keep a frame, in the place of another of so many lines."""
        self.known[len(one.lines) - 1] = one


def frames_of(edition: Edition, page: Page) -> Frames:
    """The frames of pages of the same locale, with the same words, helplines and policy."""
    shared = Same(edition.interface), Same(edition.registry), Same(edition.policy)
    return _frames(*shared, edition.locale, edition.source_locale, page.published)


@lru_cache(maxsize=128)
def _frames(*_: Same[Catalog] | Same[Registry] | Same[Policy] | Locale | object) -> Frames:
    return Frames()


def frame(html: str, slug: str, tag: str) -> Frame | None:
    """The frame of a page of an article in a locale; None where it is not made of lines that can be compared."""
    lines = _lines(html, slug)
    shapes = [_shape(line) for line in lines]
    if not lines or lines[0].lower() != "<!doctype html>" or None in shapes[1:]:
        return None
    if any(tag.lower().startswith(_MAIN) for shape in shapes if shape for tag in shape):  # in capitals
        return None
    other = _other(tag)
    kept = tuple([other.fullmatch(line) is None for line in lines])
    if kept.count(False) < _FEWEST:
        return None
    return Frame(tuple(lines), tuple([shape or () for shape in shapes]), kept)


def shortened(html: str, slug: str, known: Frame) -> str:
    """A page without the lines about other languages that a known frame has, too; empty where it has another frame."""
    lines = _lines(html, slug)
    if len(lines) != len(known.lines):
        return ""
    for at in compress(range(len(lines)), map(ne, lines, known.lines)):
        shape = known.shapes[at]
        if not known.kept[at] or not shape or _shape(lines[at]) != shape:
            return ""
    return "\n".join(compress(lines, known.kept)).replace(_MARK, slug) + html[_end(html) :]


def _end(html: str) -> int:
    """Where the main part begins; 0 where there is none."""
    return max(html.find(_MAIN), 0)


def _lines(html: str, slug: str) -> list[str]:
    """The lines before the main part, as a frame has them; none where they cannot be told."""
    before = html[: _end(html)]
    if not before or _MARK in before or not _NAME.fullmatch(slug):
        return []
    return before.replace(f"/{slug}/", f"/{_MARK}/").split("\n")


def _shape(line: str) -> Shape | None:
    """None where a line has anything but text and whole tags: it might change how the next one is read."""
    shape: list[str] = []
    at = 0
    for tag in _TAG.finditer(line):
        shape += [_between(line[at : tag.start()]), _VALUE.sub("", tag[0])]
        at = tag.end()
    shape.append(_between(line[at:]))
    return None if any("<" in one for one in shape[::2]) else tuple(shape)


def _between(text: str) -> str:
    """Whether there is any text; a text with the beginning of a tag stays itself."""
    return text if "<" in text else "x" if text.strip(_SPACES) else ""


def _other(tag: str) -> re.Pattern[str]:
    """A line about another language than one: in the head, where search engines look, or in the menu."""
    value = r'[^"<>&]*'
    language = rf'hreflang="(?!{re.escape(tag)}"){value}"'
    return re.compile(
        rf'<link rel="alternate" {language} href="{value}">'
        rf'|<meta property="og:locale:alternate" content="{value}">'
        rf'|<li><a href="{value}" lang="{value}" {language} dir="(?:ltr|rtl)">[^<>&]*</a></li>'
    )
