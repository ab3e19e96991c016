"""Pages on paper: PDF as Chromium prints them, tagged for screen readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.browser.looking import chromium, look, opened
from pipeline.browser.sight import VIEWS, Sight

PAPER = VIEWS[-1]

_SHEET = """
@page { margin: 16mm 16mm 18mm; @bottom-center { content: counter(page) " / " counter(pages); font: 9pt sans-serif } }
"""
_PREPARE = r"""async ({ css, url }) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
  for (const link of document.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href");
    if (!href.startsWith("#")) link.href = new URL(href, url).href.replace(/\/index\.html(?=[?#]|$)/, "/");
  }
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  await document.fonts.ready;
  await new Promise((laidOut) => requestAnimationFrame(() => requestAnimationFrame(laidOut)));
}"""
_CLOCK = re.compile(rb"/(?:CreationDate|ModDate) \(D:[0-9]{14}[^)]*\)")


@contextmanager
def printer() -> Iterator[Callable[[Path, str, str], tuple[bytes, Sight]]]:
    """Something that prints an HTML page on a paper (``A4``, ``Letter``), and says what there is to see on it.

    It takes the page's file, its address on the web, to which links in the PDF lead, and the paper. The same page and
    browser give the same bytes: a PDF's dates are left blank. Raises UsageError where this machine has no Chromium.
    """
    with chromium() as browser, opened(browser, PAPER) as page:

        def print_(file: Path, url: str, paper: str) -> tuple[bytes, Sight]:
            sight = look(page, PAPER, file)
            page.reload()  # looking scrolls, and sets styles: nothing of that is to be on paper
            page.evaluate(_PREPARE, {"css": _SHEET, "url": url})
            data = page.pdf(format=paper, prefer_css_page_size=False, tagged=True, outline=True)
            return _CLOCK.sub(_blank, data), sight

        yield print_


def _blank(found: re.Match[bytes]) -> bytes:
    """Spaces, as many as there were characters: the places of a PDF's parts are counted in bytes."""
    return b" " * len(found[0])
