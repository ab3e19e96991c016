"""Rules about what decides how a page is read at all: its encoding, its scripts, its style sheets, its characters."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.checks import styles
from pipeline.checks.reading import STYLE, Reading
from pipeline.checks.rules import Fault, Swap, page_rule
from pipeline.checks.tree import Attrs
from pipeline.model import Severity

_ORDINARY = "<p>La plupart d’entre eux"
_DOCTYPE = re.compile(r"\ufeff?\s*(?:<!--.*?-->\s*)*<!doctype html", re.IGNORECASE | re.DOTALL)
_NEAR = 1024
"""Browsers look for the encoding in so many bytes (HTML Standard, 13.2.3.2)."""

_DATA = frozenset({"application/ld+json", "application/json", "speculationrules", "text/plain"})
_SPACES = re.compile(r"[ \t\n\f\r]+")
_BAD = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\ufffd]")
"""Control characters (category Cc) but a new line and a tab, overrides of direction, and what could not be decoded."""

_SCATTERED = re.compile(r"\n(?:(?:[ \t]*\n){8}|[ \t]{60})")


@page_rule(
    "page/head",
    Severity.ERROR,
    flagged=(
        Swap("<!doctype html>", ""),
        Swap('<meta charset="utf-8">', ""),
        Swap('charset="utf-8"', 'charset="iso-8859-1"'),
        Swap('<meta name="viewport" content="width=device-width, initial-scale=1">', ""),
        Swap("initial-scale=1", "initial-scale=1, user-scalable=no"),
        Swap("initial-scale=1", "maximum-scale=1.0"),
    ),
    passed=(
        Swap("<!doctype html>", "<!DOCTYPE HTML>"),
        Swap('charset="utf-8"', "charset=UTF-8"),
        Swap("initial-scale=1", "initial-scale=1, maximum-scale=5"),
    ),
)
def head(reading: Reading) -> Iterator[Fault]:
    """The page does not say in its head that it is HTML in UTF-8, and as wide as the screen.

    Without it browsers guess: letters come out as others, or the page is drawn small, as for a desktop. Readers have to
    be able to enlarge it (WCAG 2.2, 1.4.4).
    """
    html, tree, advice = reading.page.html, reading.tree, "Check base.html.jinja of the theme."
    if not _DOCTYPE.match(html):
        yield Fault("The page does not begin with <!doctype html>.", advice)
    start = html[:_NEAR].encode("utf-8", "replace")[:_NEAR].decode("utf-8", "ignore").lower()
    metas = [attrs for _, attrs in tree.tagged("meta")]
    said = next((attrs["charset"] or "" for attrs in metas if "charset" in attrs), None)
    charset = (said if said is not None else _old_charset(metas)).lower()
    if charset not in ("utf-8", "utf8") or "charset" not in start:
        yield Fault("The page does not say at its beginning that it is in UTF-8.", 'Write <meta charset="utf-8">.')
    views = (attrs.get("content") or "" for attrs in metas if attrs.get("name") == "viewport")
    viewport = next(views, "").lower().replace(" ", "")
    if "width=device-width" not in viewport:
        yield Fault("The page does not say that it is as wide as the screen.", "Write a meta element “viewport”.")
    largest = re.search(r"maximum-scale=([0-9.]{1,8})", viewport)
    if re.search(r"user-scalable=(?:no|0)", viewport) or (largest and _number(largest[1]) < 2):
        yield Fault("Readers cannot enlarge the page.", "Take user-scalable and maximum-scale out.")


@page_rule(
    "page/unread",
    Severity.ERROR,
    flagged=(
        Swap("</title>", "</title><script>document.querySelector('[data-safety]').remove()</script>"),
        Swap("</body>", '<script src="menu.js"></script></body>'),
        Swap("</title>", '</title><link rel="stylesheet" href="https://example.org/a.css">'),
        Swap("<style>", "<style>@import url(a.css);"),
    ),
    passed=(
        Swap("</title>", '</title><link rel="icon" href="a.svg">'),
        Swap("</title>", '</title><script type="speculationrules">{}</script>'),
    ),
)
def unread(reading: Reading) -> Iterator[Fault]:
    """The page runs a script or asks for a style sheet that the gate has not read.

    It can take away, cover or change all that was verified. The settings name the scripts that somebody answers for.
    """
    allowed = set(reading.edition.policy.scripts)
    for node, attrs in reading.tree.tagged("script"):
        kind, source = (attrs.get("type") or "").strip().lower(), attrs.get("src") or ""
        name = source or ("" if kind in _DATA else _hash(node.text()))
        if kind not in _DATA and name not in allowed:
            text = f"The page runs the script {name}."
            yield Fault(text, "Take it out, or list it as policy.scripts in the settings if it touches no text.")
    sheets = [attrs.get("href") or "" for _, attrs in reading.tree.tagged("link") if _is_sheet(attrs)]
    for address in (*sheets, *styles.read(reading.sheet).imports):
        text = f"The page asks for the style sheet {address[:80]}, which was not read."
        yield Fault(text, "Write styles into style.css of the theme.")


@page_rule(
    "page/characters",
    Severity.ERROR,
    flagged=(
        Swap(_ORDINARY, "<p>\u202eLa plupart d’entre eux"),
        Swap(_ORDINARY, "<p>&#8237;La plupart d’entre eux"),
        Swap(_ORDINARY, "<p>\x1b[8mLa plupart d’entre eux"),
        Swap("La plupart", "\x1b[8mLa plupart", part="text"),
        Swap("La plupart", "\x08\x08La plupart", part="text"),
        Swap("La plupart", "\n\n\n\n\n\n\n\n\n\nLa plupart", part="text"),
    ),
    passed=(
        Swap("La plupart", "\n\nLa plupart", part="text"),
        Swap(_ORDINARY, "<p>\u2068La\u2069 plupart d’entre eux"),
    ),
)
def characters(reading: Reading) -> Iterator[Fault]:
    """The page has characters that steer a terminal or a browser and are no text, or text out of sight.

    They turn, overwrite or hide what stands beside them. In a plain text, so do hundreds of empty lines.
    """
    advice = "Find out where they come from: the theme, or a tool after the build."
    shown = "".join([run.text for run in reading.runs if run.hidden != STYLE])
    sheets = frozenset().union(*(_bad(run.text) for run in reading.runs if run.hidden == STYLE))
    for where, bad in (("page", _bad(shown) | sheets), ("plain text", _bad(reading.page.text))):
        for char in sorted(bad)[:5]:
            yield Fault(f"The {where} has U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip() + ".", advice)
    if reading.page.text.startswith(" " * 60) or _SCATTERED.search(reading.page.text):
        yield Fault("The plain text has a stretch of nothing as high or wide as a window.", advice)


@lru_cache(maxsize=64)
def _bad(text: str) -> frozenset[str]:
    """The characters of a text that are no text; many pages have the same style sheet."""
    return frozenset(_BAD.findall(text.replace("\r\n", "\n")))


def _is_sheet(attrs: Attrs) -> bool:
    """Whether a link asks for a style sheet."""
    return "stylesheet" in _SPACES.split((attrs.get("rel") or "").lower())


def _old_charset(metas: Iterable[Attrs]) -> str:
    said = (attrs.get("content") or "" for attrs in metas if (attrs.get("http-equiv") or "").lower() == "content-type")
    return next(said, "").rpartition("charset=")[2].strip()


def _hash(script: str) -> str:
    """As Content-Security-Policy names scripts: ``sha256-`` and Base64."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8", "replace")).digest()).decode()


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"\d{1,4}(?:\.\d{0,4})?", text) else 1.0
