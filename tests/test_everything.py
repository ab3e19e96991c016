"""An article with all that Markdown and HTML offer: what a finished page says of it is what the catalog has.

Reading back judges a page by an account of its own. Where that account misses something that a writer may write, a
good page is withheld, and nothing that its authors do can help.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT, TODAY
from pipeline import build, cli, project
from pipeline.model import Finding

PSEUDO = 'en-XA = { published = false, engines = ["pseudo"] }\nar-XB = { published = false, engines = ["pseudo"] }\n'
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n'


@pytest.fixture
def everything(starter: Path) -> Path:
    """The starter with the article, in two pseudo-locales besides its own, and no safety text asked for."""
    articles = starter / "source/articles"
    (articles / "feeling-low.md").unlink()
    shutil.copy(ROOT / "tests/golden/everything.md", articles)
    shutil.copy(ROOT / "tests/golden/everything.html", articles / "again.html")
    (articles / "two.svg").write_text(PICTURE, encoding="utf-8")
    settings = starter / "handrail.toml"
    text = settings.read_text(encoding="utf-8").replace("[locales]\n", f"[locales]\n{PSEUDO}")
    settings.write_text(text.replace('["see-a-provider", "crisis", "emergency"]', "[]"), encoding="utf-8")
    return starter


def about_pages(folder: Path, *tags: str) -> list[Finding]:
    """What a build says of finished pages in some locales."""
    found = build.build(project.open_project(folder), TODAY).outcome.findings
    return [one for one in found if one.locale in tags and one.rule.startswith(("page/", "gate/"))]


def test_a_page_of_everything_goes_out(everything: Path) -> None:
    """In its own language it says what the article says, as HTML and as plain text."""
    assert about_pages(everything, "en-US") == []
    text = (everything / build.SITE / "en-US/everything/index.txt").read_text(encoding="utf-8")
    assert "[Two people] in a line, and [A badge] [a] too." in text


def test_translated_pages_of_everything_are_read_back_whole(
    everything: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the words of a translation are, in either direction, and pseudo-locales show the fuzzy ones."""
    for command in ("update", "prefill"):
        assert cli.main(["--project", str(everything), command]) == 0, capsys.readouterr()
    assert about_pages(everything, "en-XA", "ar-XB") == []
    text = (everything / build.PREVIEW / "en-XA/everything/index.txt").read_text(encoding="utf-8")
    assert text.startswith("⟦")
