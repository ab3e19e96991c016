"""What an import works on: lines of text, blocks of a draft, and remarks about both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline import inline
from pipeline.model import Element, Node, Text

__all__ = ["Block", "Line", "Remark", "block", "changed", "is_title", "is_title_case", "shown", "squashed", "words"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that an import removed, merged, guessed, or leaves to a person."""

    line: int
    """Of the file that was imported, from 1."""

    did: str
    """``removed``, ``merged``, ``guessed``, or ``look``: a person has to."""

    what: str
    """The words that it is about."""

    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something in it, its white space folded."""

    number: int
    text: str
    box: int = 0
    """The number of the line that repeated this one and its neighbours as one; 0 for none."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the draft."""

    kind: str
    """``h2`` to ``h6``, ``p``, ``li`` (bullet), ``oli`` (numbered), ``note`` (callout), ``quote``, ``source``, or
    ``raw``: Markdown as it is."""

    content: tuple[Node, ...]
    line: int
    title: tuple[Node, ...] = ()
    """Of a callout."""

    depth: int = 0
    """How many lists a list item is nested in, beyond its own."""

    safety: str = ""
    """The safety id that is proposed for it."""

    @property
    def text(self) -> str:
        """The words that a reader sees."""
        return inline.plain(self.content)


def block(kind: str, text: str, line: int) -> Block:
    """A block of plain words."""
    return Block(kind, (Text(text),) if text else (), line)


def changed(nodes: tuple[Node, ...], change: Callable[[str], tuple[Node, ...]]) -> tuple[Node, ...]:
    """Inline nodes with every text outside code replaced by what it is changed to."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Text):
            result += change(node.value)
        elif isinstance(node, Element) and node.tag != "code":
            result.append(Element(node.tag, node.attrs, changed(node.children, change)))
        else:
            result.append(node)
    return inline.joined(result)


def squashed(text: str) -> str:
    """The text without its white space, for comparing what lost some of it."""
    return "".join(text.split())


def shown(text: str) -> str:
    """The text cut to what a report has room for."""
    return text if len(text) <= 100 else f"{text[:60].rstrip()} … {text[-30:].lstrip()}"


def words(text: str) -> int:
    """How many words a text has, in scripts with spaces."""
    return len(text.split())


def is_title(text: str) -> bool:
    """Whether a line has the look of a heading: short, begins like a sentence, does not end like one."""
    opening = text.lstrip("“\"'‘(¿¡")[:1]
    return (
        words(text) <= 14
        and len(text) <= 100
        and not text.endswith((".", ":", ";", ",", "!", "…", "。", "।", "："))
        and bool(opening)
        and not opening.islower()
        and any(character.isalpha() for character in text)
    )


def is_title_case(text: str) -> bool:
    """Whether the words of some length begin with capitals: A Heading in the American Way."""
    long = [word for word in text.replace("-", " ").split() if len(word) >= 4 and word[:1].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) * 10 >= len(long) * 7
