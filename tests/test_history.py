"""Words over time, with the real git."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import history, project
from pipeline.history import History, Words, counting

TAG = "es-US"
CATALOG = "locales/es_US/LC_MESSAGES/feeling-low.po"


def git(folder: Path, *arguments: str, day: int = 1) -> str:
    """Run git as somebody, on a day of January 2026."""
    moment = f"2026-01-{day:02d}T12:00:00Z"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull}
    command = [
        "git",
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "init.defaultBranch=main",
        *arguments,
    ]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


def commit(folder: Path, day: int) -> None:
    """Commit everything."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", f"Day {day}", day=day)


def told(folder: Path) -> History:
    """The history of the project in a folder."""
    return history.history(project.open_project(folder))


def change(folder: Path, old: str, new: str) -> None:
    """Change the first place in the catalog that says something."""
    text = (folder / CATALOG).read_text(encoding="utf-8")
    assert old in text
    (folder / CATALOG).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def repository(starter: Path) -> Path:
    """The starter with a past: no catalogs, then one, then a machine's text, a person's doubt and a new emptiness."""
    (starter / ".gitignore").write_text(".handrail/\nbuild/\n")
    git(starter, "init", "--quiet")
    text = (starter / CATALOG).read_text(encoding="utf-8")
    (starter / CATALOG).unlink()
    commit(starter, 1)
    (starter / CATALOG).write_text(text, encoding="utf-8")
    commit(starter, 3)
    place = text.index("msgid", text.index("msgid", text.index('msgid ""') + 8))
    head, _, tail = text[:place], "", text[place:]
    (starter / CATALOG).write_text(
        f"{head}# handrail: suggested by apertium eng-spa\n#, fuzzy\n{tail}", encoding="utf-8"
    )
    commit(starter, 9)
    return starter


def test_words_are_told_by_state_at_each_commit(repository: Path) -> None:
    """The past begins with the first catalogs; what a machine suggested is no translation."""
    found = told(repository)
    assert [point.time for point in found.points] == [datetime(2026, 1, day, 12, tzinfo=UTC) for day in (3, 9)]
    before, after = (point.words[TAG] for point in found.points)
    assert before.translated == before.all > 0
    assert after.machine > 0
    assert (after.fuzzy, after.untranslated, after.all) == (0, 0, before.all)
    assert found.points[-1].commit == git(repository, "rev-parse", "HEAD").strip()
    assert found.remark == ""


def test_the_same_commit_has_the_same_past(repository: Path) -> None:
    """What is not committed does not count, and neither the cache nor its absence or damage changes anything."""
    first = told(repository)
    (repository / CATALOG).write_text("damaged", encoding="utf-8")
    assert told(repository) == first
    for damage in (b"{", b"[]", b'{"key": 1}', b"\xff"):
        (repository / counting.CACHE).write_bytes(damage)
        assert told(repository) == first
    (repository / counting.CACHE).unlink()
    assert told(repository) == first


def test_without_a_past_a_sentence_says_why(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No git, no repository, no commit, no catalogs: no figures, and no error either."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(starter.parent))
    assert told(starter).remark == "This project is in no git repository."
    git(starter, "init", "--quiet")
    assert told(starter).remark == "This git repository has no commit yet."
    commit_nothing = ("commit", "--quiet", "--allow-empty", "-m", "Nothing")
    git(starter, *commit_nothing)
    assert told(starter) == History((), "No commit has catalogs of this project’s languages yet.")
    monkeypatch.setenv("PATH", "")
    assert told(starter).remark == "git is not installed here."


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path) -> None:
    """CI fetches one commit by default; nobody should take that for the whole past."""
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), "clone")
    found = told(tmp_path / "clone")
    assert len(found.points) == 1
    assert found.remark.startswith("This clone is shallow")


def test_a_project_may_be_a_folder_of_its_repository(repository: Path) -> None:
    """Paths are those below the project."""
    below = repository / "sites" / "one"
    below.mkdir(parents=True)
    for name in ("handrail.toml", "source", "locales"):
        (repository / name).rename(below / name)
    commit(repository, 12)
    found = told(below)
    assert [point.time.day for point in found.points] == [12]


def test_a_catalog_of_the_past_that_cannot_be_read_is_counted_as_left_out(repository: Path) -> None:
    """One bad commit does not take the chart away, and the remark owns up to it."""
    (repository / CATALOG).write_text('msgid "\n', encoding="utf-8")
    commit(repository, 10)
    found = told(repository)
    assert found.points[-1].words[TAG] == Words()
    assert found.remark == "Left out: 1 catalogs of earlier commits that cannot be read."


def test_long_pasts_are_bounded(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more moments than the chart can show, the last among them, and no more catalogs than promised."""
    for day in range(10, 29):
        change(repository, "#: ", f"#. {day}\n#: ")
        commit(repository, day)
    monkeypatch.setattr(counting, "MOMENTS", 8)
    found = told(repository)
    assert 3 < len(found.points) <= 9
    assert found.points[-1].time.day == 28
    assert found.points[0].time.day < 10
    monkeypatch.setattr(counting, "MOST", 2)
    (repository / counting.CACHE).unlink()
    found = told(repository)
    assert len(found.points) == 2
    assert found.remark == "Earlier moments are left out, because no more than 2 catalogs are counted."


def test_git_runs_nothing_and_looks_at_no_other_repository(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs that a repository names do not run, and the environment of a hook names no other one."""
    mark = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {mark}\n")
    program.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "filter.x.smudge", "gpg.program"):
        git(repository, "config", key, str(program))
    git(repository, "config", "log.showSignature", "true")
    (repository / ".git/info/attributes").write_text("*.po filter=x diff=x\n")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert len(told(repository).points) == 2
    assert not mark.exists()
