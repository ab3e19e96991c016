"""Opening pages in Chromium and measuring what it shows."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL.Image import Image
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from pipeline.browser import ink
from pipeline.browser.sight import PHONE, VIEWS, Box, Number, Sight, Stop, Target, View, Words
from pipeline.errors import UsageError

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
_PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
_BLANK = """(blank) => document.querySelectorAll("[data-held]").forEach((one) => {
  if (blank) one.style.setProperty("-webkit-text-fill-color", "transparent", "important");
  else one.style.removeProperty("-webkit-text-fill-color");
})"""
_STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, ::before, ::after { animation-play-state: paused !important; transition: none !important }");
  document.adoptedStyleSheets.push(sheet);
}"""
_FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return { index: -1, href: "", seen: false };
  const r = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const under = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
  return {
    index: [...document.querySelectorAll("*")].indexOf(one),
    href: one.getAttribute("href") ?? "",
    seen: !!under && (one.contains(under) || under.contains(one))
      && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
  };
}"""
_MOST_STOPS = 500
_EDGE = 4.0
"""Pixels at the upper and lower edge of the screen in which no line counts as measured."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with an empty profile.

    Raises UsageError where there is none on this machine.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise UsageError("Looking at pages needs Chromium, and there is none: apt install chromium.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, view: View) -> Iterator[Page]:
    """A tab of a view; it reaches no network."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme="dark" if view.scheme == "dark" else "light",
        reduced_motion="reduce",
        offline=True,
        service_workers="block",
    )
    try:
        page = context.new_page()
        page.emulate_media(media="print" if view.media == "print" else "screen")
        yield page
    finally:
        context.close()


def sights(browser: Browser, files: Sequence[Path]) -> Iterator[tuple[Path, Sight]]:
    """Pages in every view, view by view."""
    for view in VIEWS:
        with opened(browser, view) as page:
            for file in files:
                yield file, look(page, view, file)


def look(page: Page, view: View, file: Path) -> Sight:
    """A page in the view of a tab."""
    page.goto(file.resolve().as_uri())
    found: dict[str, Any] = page.evaluate(_PROBE)
    words = tuple(
        Words(
            text=one["text"],
            what=one["what"],
            link=one["link"],
            boxes=tuple(Box(**box) for box in one["boxes"]),
            colour=tuple(one["colour"]),
            grounds=tuple(tuple(ground) for ground in one["grounds"]),
        )
        for one in found["words"]
    )
    numbers = (
        one | {"digits": tuple(Box(**box) for box in one["digits"]), "target": Box(**one["target"])}
        for one in found["numbers"]
    )
    return Sight(
        view=view,
        lang=found["lang"],
        width=found["width"],
        wide=tuple(found["wide"]),
        words=_inked(page, view, words),
        numbers=tuple(Number(**one) for one in numbers),
        targets=tuple(Target(one["name"], Box(**one["box"]), one["inline"]) for one in found["targets"]),
        stops=tuple(_walk(page)) if view == PHONE else (),
        card=Box(**found["card"]) if found["card"] else None,
    )


def _inked(page: Page, view: View, words: tuple[Words, ...]) -> tuple[Words, ...]:
    """Words with the contrast of the ink of each of their lines."""
    waiting = sorted({box for one in words for box in one.boxes}, key=lambda box: (box.top, box.left))
    measured: dict[Box, float] = {}
    camera = page.context.new_cdp_session(page)
    page.evaluate(_STILL)
    while waiting:
        page.evaluate("(top) => scrollTo({top, behavior: 'instant'})", waiting[0].top - view.height / 4)
        shift = float(page.evaluate("scrollY"))
        here = [box for box in waiting if _within(box, shift, view) or box is waiting[0]]
        waiting = [box for box in waiting if box not in here]
        with_text = _screen(camera)
        page.evaluate(_BLANK, True)
        without = _screen(camera)
        page.evaluate(_BLANK, False)
        for box in here:
            measured[box] = ink.faintest(with_text, without, replace(box, top=box.top - shift))
    camera.detach()  # left attached, it ends the emulation of print with the next page
    return tuple(replace(one, ink=tuple(measured[box] for box in one.boxes)) for one in words)


def _screen(camera: CDPSession) -> Image:
    """What is on the screen now."""
    return ink.opened(base64.b64decode(camera.send("Page.captureScreenshot", {"optimizeForSpeed": True})["data"]))


def _within(box: Box, shift: float, view: View) -> bool:
    """Whether a line is wholly on the screen at a scroll position."""
    return box.top - shift >= _EDGE and box.top + box.height - shift <= view.height - _EDGE


def _walk(page: Page) -> Iterator[Stop]:
    """Through the page with the tab key, until it leaves the page or comes round."""
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    seen = set()
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        stop = Stop(**page.evaluate(_FOCUS))
        if stop.index in seen or stop.index < 0:
            return
        seen.add(stop.index)
        yield stop
