"""The invariants that only the whole way can show: what reaches a page, and that its bytes depend on nothing else.

The other invariants of docs/architecture.md stand with their rooms: identity and skeleton in ``test_extract``, merging
in ``test_merge``, PO files in ``test_po``, masks in ``test_placeables``, prefilling in ``test_prefill``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from conftest import ROOT, TODAY
from pipeline import project, render
from pipeline.model import Catalog, Edition, Message
from pipeline.project import Project

SETTINGS = project.open_project(ROOT).settings
TAGS = [target.locale.tag for target in SETTINGS.targets if target.published]
MARK = "⟦machine⟧"


@cache
def editions() -> dict[str, Edition]:
    """The demonstration's first article in each published locale."""
    loaded = project.load(Project(ROOT, SETTINGS), TODAY).editions
    return {e.locale.tag: e for e in reversed(loaded) if e.locale.tag in TAGS}


def page_of(edition: Edition) -> tuple[str, str]:
    """The HTML and the text of an edition, as they would be published."""
    site = render.Site(
        title="Site",
        url="https://example.org",
        source=edition.source_locale,
        published={edition.article.slug: (edition.source_locale, edition.locale)},
        titles={edition.article.slug: {edition.source_locale.tag: "Title", edition.locale.tag: "Title"}},
        demonstration=True,
    )
    page = render.render(edition, site, render.load_theme(None))
    return page.html, page.text


def unaccepted(message: Message) -> Message:
    """The message with text that no person has accepted."""
    return replace(message, targets=tuple(MARK + text for text in message.targets), fuzzy=True)


@settings(max_examples=12)
@given(tag=st.sampled_from(TAGS), data=st.data())
def test_nothing_that_nobody_accepted_reaches_a_page(tag: str, data: st.DataObject) -> None:
    """Invariant 2: whichever messages are fuzzy, in the article or in the theme, their text is on no page."""
    edition = editions()[tag]
    chosen = data.draw(st.sets(st.integers(0, len(edition.catalog.messages) - 1)))
    words = data.draw(st.sets(st.integers(0, len(edition.interface.messages) - 1)))
    changed = replace(
        edition,
        catalog=replace(
            edition.catalog,
            messages=tuple(unaccepted(m) if i in chosen else m for i, m in enumerate(edition.catalog.messages)),
        ),
        interface=replace(
            edition.interface,
            messages=tuple(unaccepted(m) if i in words else m for i, m in enumerate(edition.interface.messages)),
        ),
    )
    html, text = page_of(changed)
    assert MARK not in html
    assert MARK not in text


@pytest.mark.parametrize("tag", TAGS)
def test_every_text_of_a_page_comes_from_a_catalog(tag: str) -> None:
    """Invariant 6 on the page: all that is visible is in a target, declared untranslatable, or of the registry."""
    edition = editions()[tag]
    html, _ = page_of(replace(edition, catalog=marked(edition.catalog), interface=marked(edition.interface)))
    main = LexborHTMLParser(html).css_first("main")
    assert main is not None
    for node in main.css("[translate=no], bdi, .contact a"):
        node.decompose()
    outside, depth = [], 0
    for character in main.text():
        depth += {"⟦": 1, "⟧": -1}.get(character, 0)
        if depth == 0 and character.isalpha():
            outside.append(character)
    assert "".join(outside) == ""


def marked(catalog: Catalog) -> Catalog:
    """The catalog with marks around every target."""
    messages = tuple(replace(m, targets=tuple(f"⟦{text}⟧" for text in m.targets)) for m in catalog.messages)
    return replace(catalog, messages=messages)


def test_the_bytes_depend_on_the_project_alone(tmp_path: Path) -> None:
    """Invariant 8: other hash seeds, time zones, languages and folders of the machine give the same bytes."""
    trees = []
    for number, environment in enumerate(
        (
            {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
            {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "40"},
        )
    ):
        folder = tmp_path / ("a" * (number + 1)) / "site"
        shutil.copytree(ROOT / "source", folder / "source")
        shutil.copytree(ROOT / "locales", folder / "locales")
        shutil.copy(ROOT / "pyproject.toml", folder)
        subprocess.run(
            [sys.executable, "-m", "pipeline", "--project", str(folder), "build"],
            cwd=ROOT,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1796083200", **environment},
            check=True,
            capture_output=True,
            timeout=300,
        )
        files = sorted(path for path in (folder / "build").rglob("*") if path.is_file())
        trees.append({str(path.relative_to(folder)): path.read_bytes() for path in files})
    assert trees[0] == trees[1]
    assert len(trees[0]) > 40
