"""``handrail render --format source`` and ``extract --report``: what is and what is not taken from a source."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline import build as building
from pipeline import extract, project, readers, splice
from pipeline.cli import CLOSED, OPEN, one_line
from pipeline.errors import UsageError
from pipeline.model import Segment
from pipeline.project import Project

if TYPE_CHECKING:
    from pipeline.readers.leaving import Leftover

_SHOWN = 100
"""Characters of a text in a report for people."""


def render_source(one: Project, arguments: argparse.Namespace) -> int:
    """Print the source with the translations in it, or write it to a folder; 1 where one could not be put in."""
    path = project.article_paths(one)[arguments.article]
    data, refused = _localized(one, path, arguments)
    if arguments.to is None:
        sys.stdout.buffer.write(data)
    else:
        refuse_site(one, arguments.to)
        name = PurePosixPath(path).name
        project.write(arguments.to, name, data)
        print(arguments.to / name)
    for segment in refused:
        what = f"this translation cannot be written into the file, which keeps its source: {segment.key.source[:80]}"
        print(f"handrail: {one_line(f'{segment.place}: {what}')}", file=sys.stderr)
    return CLOSED if refused else OPEN


def _localized(one: Project, path: str, arguments: argparse.Namespace) -> tuple[bytes, tuple[Segment, ...]]:
    """The file in a locale, and what is missing in it; the source locale has the file as it is."""
    data = project.read(one.root, path)
    if arguments.locale == one.settings.source.tag:
        return data, ()
    locale = one.target(arguments.locale).locale
    article = project.article(one, path)
    localized = extract.localize(article, project.catalog(one, locale, arguments.article), locale)
    spliced = splice.splice(data, article, localized, one.settings.sources)
    return spliced.data, spliced.refused


def report_leftovers(one: Project, wanted: frozenset[str], form: str) -> int:
    """List the texts of articles that are in no message."""
    paths = [path for slug, path in project.article_paths(one).items() if not wanted or slug in wanted]
    found = {path: _leftovers(one, path) for path in paths}
    if form == "json":
        files = [{"path": path, "left": [asdict(left) for left in lefts]} for path, lefts in found.items()]
        sys.stdout.write(json.dumps({"files": files}, ensure_ascii=False, indent=2) + "\n")
        return OPEN
    for path, lefts in found.items():
        for left in lefts:
            text = one_line(left.text)
            print(f"{path}:{left.line}: {left.why}: {text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}")
    whys = Counter(left.why.partition(" field ")[0] for lefts in found.values() for left in lefts)
    account = ", ".join(f"{count} {why}" for why, count in whys.most_common())
    print(f"\n{sum(whys.values())} texts are in no message" + (f": {account}" if account else ""))
    return OPEN


def _leftovers(one: Project, path: str) -> list[Leftover]:
    spans = [segment.span for segment in extract.segments(project.article(one, path))]
    return readers.leftovers(project.read(one.root, path), path, spans, one.settings.sources)


def refuse_site(one: Project, folder: Path) -> None:
    """UsageError for a folder that holds what is published."""
    if folder.resolve().is_relative_to(one.root / building.SITE):
        raise UsageError(f"{building.SITE} holds what is published; write the preview somewhere else.")
