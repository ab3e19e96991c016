"""Pages as their readers see them: opened in Chromium on phones, on a desktop and for paper, and measured.

What :mod:`pipeline.checks` reads out of a page's code, this room proves on the screen. It needs Chromium and the
libraries of the extra ``browser``; nothing else in Handrail does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.browser.looking import chromium, look, opened, sights
from pipeline.browser.printing import printer
from pipeline.browser.rules import RULES
from pipeline.browser.shots import shoot
from pipeline.browser.sight import PHONE, VIEWS, Sight, View
from pipeline.checks import describe
from pipeline.errors import UsageError
from pipeline.model import Finding, Place

__all__ = [
    "PHONE",
    "RULES",
    "VIEWS",
    "Sight",
    "View",
    "browse",
    "chromium",
    "judged",
    "look",
    "opened",
    "printer",
    "reference",
    "shoot",
    "sights",
]

_HEAD = """# Pages in a browser

Generated from the rules themselves by `python -m pipeline.browser > docs/browser.md`; do not edit.

`handrail browse FOLDER` opens every HTML page of a folder in Chromium, and `handrail verify FOLDER --browser` does so
with pages of another tool: on phones of 320 and 390 pixels, the latter in light and in dark colours, on a desktop of
1280 pixels, and for paper. What the page's code promises is proved there on the screen. It looks at blocks with
`data-safety`, at links that dial, and at the card of helplines (an element of class `card` in `<main>`). It needs the
extra `browser` (`pip install 'handrail[browser]'`) and Chromium (`apt install chromium`), and reaches no network.

`handrail shots --to FOLDER` takes pictures in the same views, for people who look at a theme.

Each finding closes the gate.
"""


def browse(folder: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the HTML pages in a folder as a browser shows them, in order of their paths.

    A finding's place is the page's path below the folder. Raises UsageError where the folder has no pages, or this
    machine no Chromium.
    """
    files = sorted(folder.rglob("*.html"))
    if not files:
        raise UsageError(f"{folder} has no pages; run handrail build first.")
    with chromium() as browser:
        found = [
            finding
            for file, sight in sights(browser, files)
            for finding in judged(sight, file.relative_to(folder).as_posix())
        ]
    return tuple(sorted(found, key=lambda finding: finding.place or Place("")))


def reference() -> str:
    """The reference page of the rules about what a browser shows, in Markdown; kept in ``docs/browser.md``."""
    return "\n".join([_HEAD, *map(describe, RULES)])


def judged(sight: Sight, path: str) -> Iterator[Finding]:
    """What is wrong with a page in a view."""
    for rule in RULES:
        for fault in rule.function(sight):
            text = f"{fault.text[:-1]} ({sight.view.name}, {sight.view.width} pixels wide)."
            yield Finding(rule.id, rule.severity, text, fault.advice, locale=sight.lang, place=Place(path))
