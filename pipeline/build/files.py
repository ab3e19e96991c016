"""The files of the output: pages, what pages show, and what lies around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline import project, render
from pipeline.build.assessing import EVERYTHING, Assessment, assess
from pipeline.debt import Entry
from pipeline.model import Outcome
from pipeline.project import Project

SITE = "build/site"
"""Everything that is published, and nothing else: every other file in it is removed."""

PREVIEW = "build/preview"


@dataclass(frozen=True, slots=True)
class Built:
    """A project whose output is written."""

    outcome: Outcome
    written: tuple[str, ...]
    """Files that changed."""

    removed: tuple[str, ...]
    """Files that no longer belong to the output."""


def build(one: Project, today: date, baseline: tuple[Entry, ...] = ()) -> Built:
    """Write the pages that go out, and nothing else, into ``build/site``; previews into ``build/preview``.

    What is withheld disappears before anything is written, so that no failure on the way leaves it there.
    Raises HandrailError where the project as a whole cannot be built.
    """
    assessment = assess(one, today, EVERYTHING, baseline)
    files = dict(_files(one, assessment))
    removed = (*project.sweep(one.root, SITE, files), *project.sweep(one.root, PREVIEW, files))
    written = tuple(path for path, data in files.items() if project.write(one.root, path, data))
    return Built(assessment.outcome, written, removed)


def _files(one: Project, assessment: Assessment) -> Iterator[tuple[str, bytes]]:
    """Path -> bytes of everything that a build writes."""
    articles = {edition.article.slug: edition.article for edition in assessment.loaded.editions}
    for page in assessment.pages:
        root = SITE if page.published else PREVIEW
        folder = f"{root}/{page.locale}/{page.slug}"
        yield f"{folder}/index.html", page.html.encode()
        yield f"{folder}/index.txt", page.text.encode()
        for name in render.assets(articles[page.slug]):
            yield f"{root}/assets/{name}", project.read(one.root, f"{project.ARTICLES}/{name}")
    theme = project.theme(one)
    registry = project.registry(one)
    interfaces = {edition.locale.tag: edition.interface for edition in assessment.loaded.editions}
    for root, site in ((SITE, assessment.site), (PREVIEW, assessment.previews)):
        for path, text in render.around(site, theme, interfaces, registry):
            yield f"{root}/{path}", text.encode()
