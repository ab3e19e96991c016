"""Whether text can be seen, from the pixels: the same picture with the text and without it.

Whatever hides a text (a colour, a cover, a clip, a filter, a mask, a font without glyphs), taking it away then
changes nothing. What changes where it should stand is its ink, and how strongly is its contrast.
"""

from __future__ import annotations

import io

from PIL import Image, ImageChops

from pipeline.browser.sight import Box

NOTHING = 1.0
"""The contrast of a colour to itself."""

_SLICE = 1.5
"""Widths of the slices that each need ink, in heights of the line: wider than any gap between words."""


def opened(png: bytes) -> Image.Image:
    """A picture of the screen."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The contrast of two sRGB colours, from 1 to 21; https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def faintest(with_text: Image.Image, without: Image.Image, line: Box) -> float:
    """The contrast of the ink in the slice of a line that has the least; the line is where the pictures have it."""
    count = max(1, int(line.width / (line.height * _SLICE)))
    width = line.width / count
    slices = (
        (
            round(line.left + n * width),
            round(line.top),
            round(line.left + (n + 1) * width),
            round(line.top + line.height),
        )
        for n in range(count)
    )
    return min(_ink(with_text.crop(part), without.crop(part)) for part in slices)


def _ink(one: Image.Image, other: Image.Image) -> float:
    """The contrast of the pair of pixels that differ most."""
    if 0 in one.size:
        return NOTHING
    difference = ImageChops.difference(one, other).convert("L")
    levels = difference.tobytes()
    strongest = max(levels)
    if not strongest:
        return NOTHING
    top, left = divmod(levels.index(strongest), difference.width)
    return contrast(_pixel(one, left, top), _pixel(other, left, top))


def _pixel(image: Image.Image, left: int, top: int) -> tuple[float, float, float]:
    value = image.getpixel((left, top))
    assert isinstance(value, tuple)
    red, green, blue = value
    return red, green, blue


def _luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
