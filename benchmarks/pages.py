"""How heavy the pages of a project are, and how long each takes to render: see README.md in this folder.

python benchmarks/pages.py [PROJECT]
"""

from __future__ import annotations

import sys
import zlib
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

from pipeline import project, render
from pipeline.build.assessing import site_of
from pipeline.model import Edition

ROUNDS = 15
TODAY = date(2026, 11, 25)


def seconds(edition: Edition, site: render.Site, theme: render.Theme) -> float:
    """The median of the processor seconds of rendering a page, HTML and text, after one round that warms up."""
    taken = []
    for _ in range(ROUNDS + 1):
        start = process_time()
        render.render(edition, site, theme)
        taken.append(process_time() - start)
    return median(taken[1:])


def main(root: Path) -> None:
    """Print a row for each page, and the share that the frame of a page takes."""
    one = project.open_project(root)
    editions = [edition for edition in project.load(one, TODAY).editions if edition.published]
    site, theme = site_of(one, editions), project.theme(one)
    print("| page | HTML, bytes | compressed | style sheet | text, bytes | rendering, ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    sheet = len(render.template(theme, "style.css").encode())
    for edition in editions:
        page = render.render(edition, site, theme)
        html, text = page.html.encode(), page.text.encode()
        cells = (len(html), len(zlib.compress(html, 9)), sheet, len(text))
        numbers = " | ".join(f"{cell:,}" for cell in cells)
        print(f"| {page.locale} {page.slug} | {numbers} | {seconds(edition, site, theme) * 1000:.1f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent.parent)
