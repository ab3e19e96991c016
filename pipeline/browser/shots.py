"""Pictures of pages, for people who look at a theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.browser.looking import chromium, opened
from pipeline.browser.sight import VIEWS
from pipeline.errors import UsageError


def shoot(folder: Path, to: Path) -> Iterator[Path]:
    """A picture of each HTML page in a folder, whole, in each view; yields each file as it is written.

    ``fr-FR/x/index.html`` becomes ``fr-FR-x-phone.png``. Raises UsageError where the folder has no pages.
    """
    files = sorted(folder.rglob("*.html"))
    if not files:
        raise UsageError(f"{folder} has no pages; run handrail build first.")
    to.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for view in VIEWS:
            with opened(browser, view) as page:
                for file in files:
                    page.goto(file.resolve().as_uri())
                    parts = [*file.relative_to(folder).with_suffix("").parts, view.name.replace(" ", "-")]
                    path = to / f"{'-'.join(parts).replace('-index-', '-')}.png"
                    page.screenshot(path=path, full_page=True, animations="disabled")
                    yield path
