"""Rules about what a browser shows. Each looks at a page in one view."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from pipeline import placeables
from pipeline.browser.ink import contrast
from pipeline.browser.sight import Colour, Sight, Words
from pipeline.checks.rules import Fault, Rule
from pipeline.model import Severity

READABLE = 4.5
"""WCAG 2.2, 1.4.3, for text of any size: safety text gets no discount for being large."""

INKED = 3.0
"""Contrast of pixels below which text counts as not there; thin strokes are smoothed far below their own colour."""

TOUCHED, DIALLED = 24.0, 44.0
"""Sides of a target in pixels: WCAG 2.2, 2.5.8, and for numbers 2.5.5."""

_THEME = "Check the theme."
_DIALS = re.compile(r"(?:tel|sms):(\+?[0-9]+)(?:[;?].*)?", re.IGNORECASE)
_ALONE = re.compile(r"[+(]?\d[\d\s().-]+\d")


def _rule(id: str) -> Callable[[Callable[[Sight], Iterator[Fault]]], Rule[Sight]]:
    return lambda function: Rule(id, Severity.ERROR, "view", function, (), ())


@_rule("page/scrolls-sideways")
def scrolls_sideways(sight: Sight) -> Iterator[Fault]:
    """The page is wider than the screen.

    Who reads on a small phone or at 400% has to scroll each line, or misses its end (WCAG 2.2, 1.4.10). Tables and
    code may scroll on their own.
    """
    if sight.width > sight.view.width + 1 or sight.wide:
        what = "; ".join(sight.wide) or "something"
        yield Fault(f"The page is {sight.width:g} pixels wide, because {what} sticks out.", _THEME)


@_rule("page/unseen")
def unseen(sight: Sight) -> Iterator[Fault]:
    """A safety text or a number is on the page, and a part of it cannot be seen.

    The page is drawn with the text and without it. Where nothing changes, no reader sees the text, whether it lies
    off the screen, behind something, or is cut, transparent or the colour of its ground.
    """
    for words in sight.words:
        if not words.boxes:
            yield Fault(f"“{_short(words)}” in the {words.what} is not drawn at all.", _THEME)
        elif min(words.ink) < INKED:
            yield Fault(f"“{_short(words)}” in the {words.what} cannot be seen, or not all of it.", _THEME)


@_rule("page/faint")
def faint(sight: Sight) -> Iterator[Fault]:
    """A safety text or a number does not stand out from its ground.

    Its colours must have a contrast of 4.5 to 1 or more (WCAG 2.2, 1.4.3). On paper the ground is white, because
    printers leave backgrounds out.
    """
    for words in sight.words:
        ground = _flat(words.grounds)
        ratio = contrast(_over(words.colour, ground), ground)
        if ratio < READABLE:
            text = f"“{_short(words)}” in the {words.what} has a contrast of {ratio:.2f} to 1, not {READABLE} or more."
            yield Fault(text, _THEME)


@_rule("page/digits-disordered")
def digits_disordered(sight: Sight) -> Iterator[Fault]:
    """The digits of a number do not stand from left to right on one line.

    Style sheets can turn, break and spread a number that is right in the text. Readers dial what they see.
    """
    for number in sight.numbers:
        for one, other in pairwise(number.digits):
            if other.left < one.left + one.width / 2:
                yield Fault(f"The digits of {number.shown} do not run from left to right.", _THEME)
                break
            if abs(other.top - one.top) > one.height / 2 or other.left - one.left > 4 * one.height:
                yield Fault(f"The number {number.shown} is torn apart.", _THEME)
                break


@_rule("page/dials-another")
def dials_another(sight: Sight) -> Iterator[Fault]:
    """A link dials another number than the one that is seen, what the style sheet adds to it included.

    A number with a country code may show the form that is used inside the country.
    """
    for number in sight.numbers:
        dialled, shown = _DIALS.fullmatch(number.href), placeables.phone_digits(number.shown)
        if not dialled or not _same(dialled[1], shown):
            yield Fault(f"The link “{number.href}” shows “{number.shown}”.", "Let the link dial what it shows.")


@_rule("page/not-linked")
def not_linked(sight: Sight) -> Iterator[Fault]:
    """A number in a safety text or in the card of helplines is not a link.

    On a phone, dialling must take one touch: nobody in distress should have to remember digits.
    """
    for what, group in groupby(sight.words, key=lambda words: words.what):
        parts = list(group)
        text = " ".join("\n" if words.link else words.text for words in parts)
        alone = [words.text for words in parts if not words.link and _ALONE.fullmatch(words.text)]
        linked = {placeables.phone_digits(words.text) for words in parts if words.link}
        for number in dict.fromkeys([*(phone.text for phone in placeables.phones(text)), *alone]):
            if placeables.phone_digits(number) not in linked:  # the name of a helpline may repeat its number
                yield Fault(f"The number {number} in the {what} is not a link.", "Link it with tel:.")


@_rule("page/hard-to-touch")
def hard_to_touch(sight: Sight) -> Iterator[Fault]:
    """A link or button is too small for a finger, or something lies over a number.

    24 pixels each way (WCAG 2.2, 2.5.8; links in a line of text are as high as the line), 44 for numbers (2.5.5):
    hands tremble, and the number beside it is another one.
    """
    if not sight.view.touched:
        return
    for target in sight.targets:
        if not target.inline and min(target.box.width, target.box.height) < TOUCHED and target.box.top >= 0:
            text = f"{target.name} is {target.box.width:g} by {target.box.height:g} pixels, not {TOUCHED:g} or more."
            yield Fault(text, _THEME)
    for number in sight.numbers:
        box = number.target
        if min(box.width, box.height) < DIALLED:
            text = f"The number {number.shown} in the {number.what} is {box.width:g} by {box.height:g} pixels to touch"
            yield Fault(f"{text}, not {DIALLED:g} or more.", _THEME)
        if not number.reached:
            yield Fault(f"A finger on {number.shown} in the {number.what} touches something else.", _THEME)


@_rule("page/below-the-fold")
def below_the_fold(sight: Sight) -> Iterator[Fault]:
    """The card of helplines does not show its first number without scrolling.

    Who needs it most reads least. It holds on phones of 390 by 844 pixels and on desktops.
    """
    if sight.view.touched and sight.card and sight.view.height >= 800:
        bottom = sight.card.top + sight.card.height
        if bottom > sight.view.height:
            text = f"The first number of the card ends {bottom:g} pixels down; the screen has {sight.view.height}."
            yield Fault(text, "Move the card up.")


@_rule("page/keyboard")
def keyboard(sight: Sight) -> Iterator[Fault]:
    """The keyboard does not reach everything, not in order, or without showing where it is.

    The first press of the tab key has to offer a way past the menu (WCAG 2.2, 2.4.1), the next ones follow the text
    (2.4.3), come to every number (2.1.1), and always show where they are (2.4.7, 2.4.11).
    """
    if not sight.stops:
        return
    if not sight.stops[0].href.startswith("#"):
        yield Fault("The first press of the tab key reaches no link that skips the menu.", _THEME)
    if any(one.index > other.index for one, other in pairwise(sight.stops)):
        yield Fault("The tab key does not follow the order of the page.", "Take tabindex out.")
    reached = {stop.href for stop in sight.stops}
    for number in sight.numbers:
        if number.href not in reached:
            yield Fault(f"The tab key does not reach {number.shown} in the {number.what}.", _THEME)
    for stop in sight.stops:
        if not stop.seen:
            yield Fault(f"Nobody sees that the keyboard is at “{stop.href or 'a button'}”.", "Give it an outline.")


RULES: tuple[Rule[Sight], ...] = (
    scrolls_sideways,
    unseen,
    faint,
    digits_disordered,
    dials_another,
    not_linked,
    hard_to_touch,
    below_the_fold,
    keyboard,
)


def _same(dialled: str, shown: str) -> bool:
    """Whether a link dials what it shows: to the digit, or with a country code before it."""
    if dialled.lstrip("+") == shown.lstrip("+"):
        return True
    national = shown.lstrip("0")
    return (
        dialled.startswith("+") and bool(national) and re.fullmatch(rf"\+[0-9]{{1,3}}{national}", dialled) is not None
    )


def _flat(grounds: tuple[Colour, ...]) -> tuple[float, float, float]:
    """What is seen of colours that lie on each other."""
    seen = (255.0, 255.0, 255.0)
    for ground in grounds:
        seen = _over(ground, seen)
    return seen


def _over(colour: Colour, ground: tuple[float, float, float]) -> tuple[float, float, float]:
    """A colour on a ground that shines through it."""
    *channels, alpha = colour
    red, green, blue = (alpha * channel + (1 - alpha) * below for channel, below in zip(channels, ground, strict=True))
    return red, green, blue


def _short(words: Words) -> str:
    return words.text if len(words.text) <= 40 else f"{words.text[:39]}…"
