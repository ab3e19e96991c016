"""What a browser shows of a page: places, colours and texts, measured by ``probe.js`` and judged by the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int, float]
"""Red, green and blue from 0 to 255, and how opaque it is, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class View:
    """A screen, or paper, on which pages are looked at."""

    name: str
    width: int
    """In CSS pixels, as all lengths here."""

    height: int
    media: str = "screen"
    """``screen`` or ``print``."""

    scheme: str = "light"
    """The colours that the reader prefers: ``light`` or ``dark``."""

    @property
    def touched(self) -> bool:
        """Whether fingers can reach it."""
        return self.media == "screen"


PHONE = View("phone", 390, 844)

VIEWS = (
    View("small phone", 320, 568),
    PHONE,
    View("phone in the dark", 390, 844, scheme="dark"),
    View("desktop", 1280, 900),
    View("paper", 718, 1016, media="print"),
)
"""320 pixels are what WCAG 2.2 asks for (1.4.10); the paper is A4 within margins of 10 mm, at 96 pixels an inch."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text that has to be seen: of a safety text, or of the card of helplines."""

    text: str
    what: str
    """``safety text “crisis”``, for sentences."""

    link: str
    """The address of the link that it is in; empty outside of links."""

    boxes: tuple[Box, ...]
    """One for each line; none where the browser draws nothing."""

    colour: Colour
    grounds: tuple[Colour, ...]
    """The colours behind it, from the root inward."""

    ink: tuple[float, ...] = ()
    """For each line the contrast that its pixels have to the same pixels without the text; 1 where it is not seen."""


@dataclass(frozen=True, slots=True)
class Number:
    """A link that dials."""

    href: str
    shown: str
    """With what the style sheet puts before and after it."""

    what: str
    digits: tuple[Box, ...]
    """Of each digit, in the order of the text."""

    target: Box
    reached: bool
    """Whether a finger on its middle touches it and nothing else."""


@dataclass(frozen=True, slots=True)
class Target:
    """A link or a button."""

    name: str
    box: Box
    inline: bool
    """Whether it stands in a line of text, whose height it has."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the keyboard's focus is after one more press of the tab key."""

    index: int
    """The element's rank among all elements of the document; -1 outside of the page."""

    href: str
    seen: bool
    """Whether it is on the screen, with an outline around it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A page in a view."""

    view: View
    lang: str
    """The language that the page declares."""

    width: float
    """How wide the page is; more than the view means that it scrolls sideways."""

    wide: tuple[str, ...]
    """The elements that stick out."""

    words: tuple[Words, ...]
    numbers: tuple[Number, ...]
    targets: tuple[Target, ...]
    stops: tuple[Stop, ...] = ()
    """Of a walk through the page by keyboard; only in the view of a phone."""

    card: Box | None = None
    """The first link of the card of helplines."""
