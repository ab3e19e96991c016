"""A PDF read back: its text by poppler, and whether a text stands in it.

White space, punctuation and Arabic vowel signs do not survive the way into a PDF and back in their places, and the two
letters of an Arabic ligature (lam-alef) come out in either order. Letters, digits and the marks of all other scripts
do, and they are compared one by one. The page itself was verified to the last sign before it was printed.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata

from pipeline.errors import HandrailError, UsageError

_DEADLINE = 60
"""Seconds for one PDF."""

_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_PAGE_NUMBER = re.compile(r"\W*[0-9]+\s*/\s*[0-9]+\W*")
"""What the printer puts below each page, so that it can stand in the middle of a text that two pages share."""

_RUNS = re.compile("\u202b[^\u202b\u202c]*\u202c|[^\u202b\u202c]+")
"""Embedded runs of right-to-left text, and what is between them."""

_LIGATURE = re.compile("\u0644([\u0627\u0649\u064a])")


def texts_of(pdf: bytes, direction: str) -> tuple[str, ...]:
    """The text of a PDF in the two orders that poppler knows: as it is laid out, and as it was written.

    ``direction`` is that of its language, ``ltr`` or ``rtl``.

    Raises UsageError where poppler is not installed, HandrailError where the PDF cannot be read.
    """
    read = [_read(pdf, *order) for order in ((), ("-raw",))]
    if direction == "rtl":
        read = ["\n".join(map(_reordered, text.split("\n"))) for text in read]
    return tuple(map(_squeezed, read))


def stands_in(text: str, texts: tuple[str, ...]) -> bool:
    """Whether a text is in one of the texts of a PDF, letter by letter."""
    wanted = re.compile(_LIGATURE.sub(r"(?:\\u0644\1|\1\\u0644)", _squeezed(text)))
    return any(wanted.search(one) for one in texts)


def _reordered(line: str) -> str:
    """A line in the order in which it is read.

    Poppler guesses the direction of a page. Where it takes it for left to right, runs of right-to-left text are
    embedded in the line, each in its own order, and follow each other in the order of the eye.
    """
    runs = _RUNS.findall(line)
    return line if len(runs) < 2 else "".join(reversed(runs))


def _squeezed(text: str) -> str:
    """Letters, digits and marks alone: nothing in it means anything to a regular expression."""
    bare = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKD", text))
    return "".join(character for character in bare if unicodedata.category(character)[0] in "LNM")


def _read(pdf: bytes, *order: str) -> str:
    command = ["pdftotext", "-enc", "UTF-8", *order, "-", "-"]
    try:
        run = subprocess.run(command, input=pdf, capture_output=True, timeout=_DEADLINE, check=True)
    except FileNotFoundError:
        missing = "Hand-outs are read back with pdftotext, and it is not here: apt install poppler-utils."
        raise UsageError(missing) from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise HandrailError(f"A PDF could not be read back: {type(error).__name__}.") from error
    lines = run.stdout.decode("utf-8", "replace").replace("\f", "\n").split("\n")
    return "\n".join(line for line in lines if not _PAGE_NUMBER.fullmatch(line))
