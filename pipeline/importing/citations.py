"""Sources in the style of the American Medical Association: split apart, spaced, their DOIs made links."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.model import Element, Node, Text

__all__ = ["announced", "content", "is_heading", "split"]

_HEADING = re.compile(
    r"(?:(\d{1,3}) )?(?:article )?(?:sources?|references?|bibliography|citations?|works cited)", re.IGNORECASE
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_AUTHOR = r"(?:(?:van|von|de|der|den|du|la) )*[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)? [A-Z]{1,3}[,.](?=[ A-Z])"
_AFTER_DOI = re.compile(r"(?<=[0-9a-z])(?=[A-ZÀ-Þ][a-zß-ÿ]{2,}[ ,.])")
_BEFORE_AUTHOR = re.compile(rf"(?<=[a-z0-9)][.?!])(?={_AUTHOR})")
_GLUED = re.compile(r"(?<=[A-Za-z)’\d][.?!])(?=[A-ZÀ-Þ][a-zß-ÿ]|[A-Z]{2}|[A-Z] )")
_LONGEST = 20_000
"""Characters of one run of sources; some hundred of them."""


def is_heading(text: str) -> bool:
    """Whether a line is the heading of the sources: ``12 Sources``, ``References``."""
    return _HEADING.fullmatch(text.rstrip(": ")) is not None


def announced(text: str) -> int:
    """How many sources the heading promises; 0 where it does not say."""
    found = _HEADING.fullmatch(text.rstrip(": "))
    return int(found[1] or 0) if found else 0


def split(text: str) -> list[str]:
    """The sources of a line in which several may have been run together."""
    if len(text) > _LONGEST:
        return [text]
    cuts = {match.start() for match in _BEFORE_AUTHOR.finditer(text)}
    for doi in _DOI.finditer(text):
        end = _AFTER_DOI.search(text, doi.start(1) + 8, doi.end() + 40)
        if end and end.start() <= doi.end():
            cuts.add(end.start())
    edges = [0, *sorted(cuts), len(text)]
    return [part for a, b in pairwise(edges) if (part := text[a:b].strip())]


def content(text: str) -> tuple[Node, ...]:
    """A source with a space after each sentence and its DOI as a link."""
    nodes: list[Node] = []
    at = 0
    for found in _DOI.finditer(text):
        doi = found[1].rstrip(".,;")
        nodes.append(Text(_GLUED.sub(" ", text[at : found.start()])))
        nodes.append(Element("a", (("href", f"https://doi.org/{doi}"),), (Text(f"doi:{doi}"),)))
        at = found.start(1) + len(doi)
    nodes.append(Text(_GLUED.sub(" ", text[at:])))
    return tuple(node for node in nodes if node != Text(""))
