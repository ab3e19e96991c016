"""The safety text of an article as a short message, in one segment or two, and how long messages count.

Nothing is cut: where all of the safety text is too long, less of it is taken, whole, and at last the names and
numbers of the lines alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import extract, helplines, inline
from pipeline.errors import SourceError
from pipeline.model import NO_LINE, Edition, Element, Helpline, Node, Place
from pipeline.render.text import LRI, PDI, isolated
from pipeline.render.wrap import wrapped

SEGMENTS = 2
"""What a short message may take."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""The GSM 7 bit default alphabet and its extension, which takes two septets: 3GPP TS 23.038, 6.2.1."""

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})
_PLAIN |= str.maketrans({"\u202f": " ", "«": '"', "»": '"', "„": '"', "‑": "-"})
"""Marks for which the alphabet has a plainer one; no letter is changed."""

_ALONE = re.compile(f"{LRI}([0-9]+){PDI}")
_UNBROKEN = 100_000


@dataclass(frozen=True, slots=True)
class Message:
    """A short message, and what it costs."""

    text: str
    alphabet: str
    """``GSM-7``, or ``UCS-2`` where a character asks for it."""

    units: int
    """Septets of GSM-7, or 16-bit units of UCS-2."""

    segments: int


def counted(text: str) -> Message:
    """A text as it is sent: 160 septets or 70 units alone, 153 or 67 in each of several segments.

    3GPP TS 23.040, 9.2.3.24.1: a header takes the rest, and no character is parted.
    """
    plain = text.translate(_PLAIN)
    if set(plain) <= _BASIC | _EXTENDED:
        sizes = [2 if character in _EXTENDED else 1 for character in plain]
        return Message(plain, "GSM-7", sum(sizes), _segments(sizes, 160, 153))
    sizes = [len(character.encode("utf-16-be")) // 2 for character in text]
    return Message(text, "UCS-2", sum(sizes), _segments(sizes, 70, 67))


def short(edition: Edition) -> Message:
    """The safety text of an edition's page: the most of it that two segments hold.

    Raises:
        SourceError: not even the names and numbers of the lines are short enough, or the page has no such text.
        RegistryError: the registry does not say what the locale's region shows.
    """
    for texts in _candidates(edition):
        message = counted("\n".join(texts))
        if texts and message.segments <= SEGMENTS:
            return message
    text = f"The safety text has no form for {edition.locale.tag} that {SEGMENTS} short messages hold."
    raise SourceError(text, Place(edition.article.path))


def _candidates(edition: Edition) -> Iterator[list[str]]:
    """The texts of a message, the most complete first; each has its numbers."""
    localized = extract.localize(edition.article, edition.catalog, edition.locale)
    blocks = list(_blocks(helplines.fill(localized, edition.registry, edition.locale).body))
    texts = {_said(block, edition): set(_dialled(block)) for block in blocks}
    texts = {text: numbers for text, numbers in texts.items() if numbers}
    lines = {role: line for role in ("crisis", "emergency") if (line := _line(edition, role))}
    wanted = {role: helplines.tel_uri(helplines.phone_contact(line)) for role, line in lines.items()}
    yield list(texts)
    yield [text for text, numbers in texts.items() if numbers & set(wanted.values())]
    crisis = [text for text, numbers in texts.items() if wanted.get("crisis") in numbers]
    if crisis and "emergency" in lines:
        yield [*crisis, _entry(lines["emergency"], edition)]
    yield list(dict.fromkeys(_entry(line, edition) for line in lines.values()))


def _line(edition: Edition, role: str) -> Helpline | None:
    declared = helplines.roles(edition.registry, edition.locale.region, edition.locale.language)
    known = declared.get(role, NO_LINE) != NO_LINE
    return helplines.resolve(edition.registry, edition.locale, role) if known else None


def _entry(line: Helpline, edition: Edition) -> str:
    name, number = helplines.name_in(line, edition.locale)[0], helplines.phone_contact(line).display
    return _bare(f"{isolated(name, '', edition.locale)}: {isolated(number, 'ltr', edition.locale)}", edition)


def _said(block: Element, edition: Edition) -> str:
    return _bare("".join(_words(block, edition)), edition)


def _words(node: Node, edition: Edition) -> Iterator[str]:
    if isinstance(node, Element) and node.tag == "bdi":
        yield isolated(inline.plain((node,)), node.get("dir") or "", edition.locale)
    elif isinstance(node, Element):
        for child in node.children:
            yield from _words(child, edition)
    elif content := getattr(node, "content", None):
        for child in content:
            yield from _words(child, edition)
    else:
        yield inline.plain((node,))


def _bare(text: str, edition: Edition) -> str:
    """One line without the marks of the renderer; digits alone keep their order, so they need no isolate."""
    return _ALONE.sub(r"\1", " ".join(wrapped(" ".join(text.split()), edition.locale.tag, _UNBROKEN)))


def _blocks(nodes: tuple[Node, ...]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            if node.get("data-safety") is not None:
                yield node
            else:
                yield from _blocks(node.children)


def _dialled(node: Node) -> Iterator[str]:
    if isinstance(node, Element) and (node.get("href") or "").startswith("tel:"):
        yield node.get("href") or ""
    inside: tuple[Node, ...] = getattr(node, "children", ()) or getattr(node, "content", ())
    for child in inside:
        yield from _dialled(child)


def _segments(sizes: list[int], alone: int, each: int) -> int:
    if sum(sizes) <= alone:
        return 1
    segments, taken = 1, 0
    for size in sizes:
        if taken + size > each:
            segments, taken = segments + 1, 0
        taken += size
    return segments
