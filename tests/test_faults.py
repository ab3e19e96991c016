"""Fault injection: whatever happens to a file that the project reads, no other page goes out than before."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, TODAY
from pipeline import build, checks, cli, ledger, project
from pipeline.build import units
from pipeline.errors import HandrailError
from pipeline.model import Edition

ARTICLE = "source/articles/feeling-low.md"
PICTURE = "source/articles/images/sky.png"
GLOSSARY = "source/glossary/es-US.csv"
TEMPLATE = "source/templates/article.html.jinja"
FILES = (
    "handrail.toml",
    ARTICLE,
    PICTURE,
    "source/helplines.toml",
    GLOSSARY,
    TEMPLATE,
    "locales/en_US/signoffs.toml",
    "locales/es_US/signoffs.toml",
    "locales/es_US/LC_MESSAGES/feeling-low.po",
    "locales/es_US/LC_MESSAGES/interface.po",
)
"""Every kind of file that a build reads."""


def folder_instead(file: Path) -> None:
    """Something that cannot be opened, whoever runs the test; permissions do not stop root."""
    file.unlink()
    file.mkdir()


def dangling(file: Path) -> None:
    """A symbolic link to nothing."""
    file.unlink()
    file.symlink_to(file.parent / "nothing")


def binary(file: Path) -> None:
    """Bytes that are no text."""
    file.write_bytes(random.Random(1).randbytes(4096))


def emptied(file: Path) -> None:
    """Nothing in it."""
    file.write_bytes(b"")


def zeroed(file: Path) -> None:
    """As long as before, and all zeros: what a disk leaves after a crash."""
    file.write_bytes(bytes(file.stat().st_size))


FAULTS = [
    *((path, fault) for path in FILES for fault in (folder_instead, dangling)),
    *((path, fault) for path in FILES for fault in (binary, zeroed) if path != PICTURE),  # which is copied, not read
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter with a picture, a glossary and a template of its own, built."""
    folder = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(ROOT / "pipeline" / "starter", folder)
    for path, data in (
        (PICTURE, b"\x89PNG\r\n\x1a\n" + bytes(64)),
        (GLOSSARY, b"term,target,forbidden,note\nhelp,ayuda,,\n"),
        (TEMPLATE, (ROOT / "pipeline" / "templates" / "article.html.jinja").read_bytes()),
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    with (folder / ARTICLE).open("a", encoding="utf-8") as file:
        file.write("\n![](images/sky.png)\n")
    assert build.build(project.open_project(folder), TODAY).outcome.open
    return folder


@pytest.fixture
def whole(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project, its gate open, to do harm to."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str((TODAY.toordinal() - 719163) * 86400))
    return Path(shutil.copytree(built, tmp_path / "project"))


@pytest.fixture
def anew(whole: Path) -> Path:
    """The same, with nothing known from an earlier build."""
    ledger.discard(whole)
    return whole


def site(folder: Path) -> dict[str, bytes]:
    """Every page that is published."""
    root = folder / build.SITE
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("index.*")) if p.is_file()}


def articles(pages: dict[str, bytes]) -> dict[str, bytes]:
    """The pages of articles; lists of pages change with what is published."""
    return {path: data for path, data in pages.items() if path.count("/") == 2}


@pytest.mark.parametrize(("path", "fault"), FAULTS, ids=lambda value: getattr(value, "__name__", value))
def test_a_file_that_cannot_be_read_closes_the_gate(whole: Path, path: str, fault: Callable[[Path], None]) -> None:
    """The build says so, without a crash, and what is still published is what it was."""
    before = articles(site(whole))
    fault(whole / path)
    assert cli.main(["--project", str(whole), "build"]) in (1, 2)
    assert _keeps_safety(before, articles(site(whole)))


@pytest.mark.parametrize("path", [path for path in FILES if path not in (PICTURE, GLOSSARY)])
def test_an_empty_file_closes_the_gate(whole: Path, path: str) -> None:
    """An empty file is never everything in order."""
    before = articles(site(whole))
    emptied(whole / path)
    assert cli.main(["--project", str(whole), "build"]) in (1, 2)
    assert _keeps_safety(before, articles(site(whole)))


@pytest.mark.parametrize("share", [0.4, 0.97])
@pytest.mark.parametrize("path", [path for path in FILES if path != PICTURE])
def test_a_file_cut_off_changes_no_safety_text(whole: Path, path: str, share: float) -> None:
    """A file that was cut off closes the gate, or every safety text and number is still on the page."""
    before = articles(site(whole))
    data = (whole / path).read_bytes()
    (whole / path).write_bytes(data[: int(len(data) * share)])
    code = cli.main(["--project", str(whole), "build"])
    after = articles(site(whole))
    assert code in (1, 2) or after.keys() == before.keys()
    assert _keeps_safety(before, after)


def _keeps_safety(before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Whether each page that is published was published before, with the same safety text and numbers to the byte."""

    def blocks(page: bytes) -> list[bytes]:
        return [line for line in page.split(b"\n") if b"data-safety" in line or b'href="tel:' in line]

    return all(path in before and blocks(page) == blocks(before[path]) for path, page in after.items())


class _CrashError(Exception):
    """Something that nobody foresaw."""


def _crash(*_arguments: object) -> None:
    raise _CrashError("a crash")


@pytest.mark.parametrize(
    ("room", "name"),
    [
        (project.loading.readers, "read"),
        (project.loading.po, "load"),
        (project.loading.signoff, "load"),
        (project.loading.glossary, "load"),
        (units.render, "render"),
        (checks, "article_units"),
        (checks, "read"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_crash_inside_withholds_the_page(
    anew: Path, room: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a reader, a renderer or the gate itself raises: the pages that it was about are taken away."""
    monkeypatch.setattr(room, name, _crash)
    assert cli.main(["--project", str(anew), "build", "--jobs", "1"]) == 1
    assert not [path for path in site(anew) if path.startswith("es-US")]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (ARTICLE, "{crisis.phone}", "{crisys.phone}"),
        (ARTICLE, "safety: crisis", "safety: crysis"),
        ("source/helplines.toml", 'crisis = "', 'crisis = "no-'),
        ("locales/es_US/signoffs.toml", 'safety = "crisis"', 'safety = "crysis"'),
        ("handrail.toml", '"crisis"', '"crysis"'),
        ("handrail.toml", "[policy]", "[polisy]"),
    ],
)
def test_an_unknown_id_closes_the_gate(whole: Path, path: str, old: str, new: str) -> None:
    """A misspelt variable, mark, helpline, sign-off or setting is never taken for nothing."""
    text = (whole / path).read_text(encoding="utf-8")
    assert old in text
    (whole / path).write_text(text.replace(old, new), encoding="utf-8")
    assert cli.main(["--project", str(whole), "build"]) in (1, 2)


def test_a_crash_is_a_finding_with_its_name(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads the report learns what crashed and where."""
    monkeypatch.setattr(units.render, "render", _crash)
    outcome = build.assess(project.open_project(whole), TODAY, build.EVERYTHING).outcome
    [finding] = [one for one in outcome.findings if one.locale == "es-US"]
    assert (finding.rule, finding.text) == ("gate/not-rendered", "Rendering failed: _CrashError: a crash.")


def test_an_error_of_handrail_keeps_its_own_sentence(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What knows where it stands is not wrapped."""

    def refuse(_edition: Edition, *_rest: object) -> None:
        raise HandrailError("this link leads nowhere.")

    monkeypatch.setattr(units.render, "render", refuse)
    outcome = build.assess(project.open_project(whole), TODAY, build.EVERYTHING).outcome
    assert {finding.text for finding in outcome.findings} == {"this link leads nowhere."}
