"""Steps of Handrail that no command does alone, each as a process: see corpus.py.

python benchmarks/ours.py update TEMPLATE OUT CATALOG...
python benchmarks/ours.py render PROJECT OUT TAG...
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 26)


def update(template: Path, out: Path, *files: Path) -> None:
    """Bring catalogs up to date with a template, and write them to a folder."""
    from pipeline import po
    from pipeline.merge import merge

    new = po.load(template.read_bytes(), template.name)
    out.mkdir(parents=True, exist_ok=True)
    for file in files:
        (out / file.name).write_bytes(po.dump(merge(po.load(file.read_bytes(), file.name), new, frozenset())))


def render(root: Path, out: Path, *tags: Path) -> None:
    """Render every article in some locales to HTML and text, verify both, and write them whatever was found."""
    from pipeline import checks, project
    from pipeline import render as rendering
    from pipeline.build.assessing import site_of

    one = project.open_project(root)
    wanted = {tag.name for tag in tags}
    targets = tuple(target for target in one.settings.targets if target.locale.tag in wanted)
    one = replace(one, settings=replace(one.settings, targets=targets))
    loaded, theme = project.load(one, TODAY), project.theme(one)
    site = replace(site_of(one, loaded.editions), preview=True)
    found = 0
    for edition in loaded.editions:
        if edition.locale.tag in wanted:
            page = rendering.render(edition, site, theme)
            found += len(checks.verify(page, edition))
            for name, text in (("index.html", page.html), ("index.txt", page.text)):
                project.write(out, f"{page.locale}/{page.slug}/{name}", text.encode())
    print(found, "findings")


def main(arguments: Sequence[str]) -> None:
    """Run one step."""
    {"update": update, "render": render}[arguments[0]](*map(Path, arguments[1:]))


if __name__ == "__main__":
    main(sys.argv[1:])
