"""The room that touches the disk: settings, loading, writing."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import TODAY
from pipeline import project
from pipeline.errors import HandrailError, SettingsError, SourceError, UsageError, WriteError
from pipeline.model import Names

SETTINGS = """\
source_locale = "en-US"

[site]
title = "Health"
url = "https://health.example/"

[policy]
required = ["crisis"]

[locales]
es-US = { published = true }
ca-ES = { published = false, engines = ["memory", "apertium"] }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project that has settings and nothing else."""
    (tmp_path / "handrail.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


# --- settings -----------------------------------------------------------------------------------


def test_settings_are_read_with_their_defaults(folder: Path) -> None:
    """What the file leaves out has the careful value: everything translated, no demonstration, memory only."""
    settings = project.open_project(folder).settings
    assert settings.source.tag == "en-US"
    assert settings.url == "https://health.example"
    assert (settings.policy.required, settings.policy.complete, settings.policy.demonstration) == (
        ("crisis",),
        1.0,
        False,
    )
    assert [(t.locale.tag, t.published, t.engines) for t in settings.targets] == [
        ("es-US", True, ("memory",)),
        ("ca-ES", False, ("memory", "apertium")),
    ]


def test_a_locale_may_have_names_of_its_own(folder: Path) -> None:
    """Where CLDR has none, the project writes how its readers call days, languages and regions."""
    names = 'names = { own = "kreyòl", languages = { en = "angle" }, regions = { US = "Etazini" } }'
    (folder / "handrail.toml").write_text(f"{SETTINGS}ht-US = {{ published = true, {names} }}\n", encoding="utf-8")
    found = project.open_project(folder).settings.targets[-1].locale.names
    assert found == Names("kreyòl", (), (("en", "angle"),), (("US", "Etazini"),))


def test_pyproject_holds_the_same_keys(tmp_path: Path) -> None:
    """``[tool.handrail]`` is read like handrail.toml, and an error names its line there."""
    lines = SETTINGS.replace("[site]", "[tool.handrail.site]").replace("[policy]", "[tool.handrail.policy]")
    text = "[tool.handrail]\n" + lines.replace("[locales]", "[tool.handrail.locales]")
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert project.open_project(tmp_path).settings.title == "Health"
    (tmp_path / "pyproject.toml").write_text(text.replace("title", "titel"), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"pyproject\.toml:5: `titel` is no setting"):
        project.open_project(tmp_path)


def test_the_project_is_found_from_a_folder_inside_it(folder: Path) -> None:
    """A command works anywhere in the project."""
    inside = folder / "source" / "articles"
    inside.mkdir(parents=True)
    assert project.open_project(inside).root == folder


def test_a_pyproject_without_the_table_is_no_project(folder: Path) -> None:
    """A Python package inside a project does not hide the project."""
    inside = folder / "tool"
    inside.mkdir()
    (inside / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert project.open_project(inside).root == folder


def test_no_settings_at_all_is_a_usage_error(tmp_path: Path) -> None:
    """The sentence says how to begin."""
    with pytest.raises(UsageError, match="handrail init"):
        project.open_project(tmp_path)


def test_two_settings_files_are_refused(folder: Path) -> None:
    """Nobody could say which of them decides."""
    (folder / "pyproject.toml").write_text("[tool.handrail]\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"keep one"):
        project.open_project(folder)


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("title", "titel", 4, "`titel` is no setting"),
        ("published = true", "publish = true", 11, "`publish` is no setting"),
        ("published = true", 'published = "yes"', 11, "locales.es-US.published: expected `bool`"),
        ("published = true", "", 11, "missing required field `published`"),
        ("es-US", "es_US", 11, "es_US"),
        ("es-US", "xx-QQ", 11, "xx-QQ"),
        ("es-US", "en-US", 11, "the source locale"),
        ("https://health.example/", "health.example", 5, "a whole address"),
        ("true }", 'true, names = { days = ["lun"] } }', 11, "all seven days"),
        ("true }", 'true, names = { languages = { es-MX = "x" } } }', 11, "without its script and region"),
        ("true }", 'true, names = { languages = { qq = "x" } } }', 11, "'qq'"),
        ("true }", 'true, names = { regions = { XX = "x" } } }', 11, "'XX'"),
        ("true }", 'true, names = { regions = { US = "" } } }', 11, "names.regions"),
        ('["crisis"]', '["crisis", 3]', 8, "policy.required"),
        ('["crisis"]', '["crisis"]\ncomplete = 1.5', 9, "policy.complete"),
        ('["crisis"]', '["crisis"', 10, "TOML"),
        ('source_locale = "en-US"', "source_locale = 1", 1, "source_locale: expected `str`"),
    ],
)
def test_wrong_settings_name_their_line(folder: Path, old: str, new: str, line: int, sentence: str) -> None:
    """A setting that is misspelt or of the wrong type is never ignored."""
    (folder / "handrail.toml").write_text(SETTINGS.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        project.open_project(folder)
    assert caught.value.place is not None
    assert (caught.value.place.path, caught.value.place.line) == ("handrail.toml", line)
    assert sentence in caught.value.message


def test_settings_that_are_not_utf8_name_their_line(folder: Path) -> None:
    """Latin-1 settings are an error, not mojibake."""
    (folder / "handrail.toml").write_bytes(SETTINGS.replace("Health", "Santé").encode("latin-1"))
    with pytest.raises(SettingsError, match=r"handrail\.toml:4: .*UTF-8"):
        project.open_project(folder)


def test_a_project_without_articles_is_an_error(folder: Path) -> None:
    """A check that finds nothing to check must not pass."""
    with pytest.raises(SourceError, match="no article"):
        project.article_paths(project.open_project(folder))


def test_two_articles_of_one_name_are_refused(folder: Path) -> None:
    """``x.md`` and ``x.html`` would write the same page."""
    articles = folder / "source" / "articles"
    articles.mkdir(parents=True)
    (articles / "x.md").touch()
    (articles / "x.html").touch()
    with pytest.raises(SourceError, match="same name"):
        project.article_paths(project.open_project(folder))


# --- writing ------------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=64), min_size=1, max_size=5))
def test_a_file_holds_what_was_written_last(versions: list[bytes]) -> None:
    """Writing says whether anything changed, and leaves nothing else behind."""
    with tempfile.TemporaryDirectory() as name:
        root, last = Path(name), None
        for data in versions:
            assert project.write(root, "a/b.txt", data) is (data != last)
            assert (root / "a/b.txt").read_bytes() == data
            last = data
        assert [path.name for path in (root / "a").iterdir()] == ["b.txt"]


def test_unchanged_bytes_are_not_written_again(tmp_path: Path) -> None:
    """The file keeps its time stamp, so nothing downstream is rebuilt."""
    project.write(tmp_path, "x", b"same")
    os.utime(tmp_path / "x", (1, 1))
    assert not project.write(tmp_path, "x", b"same")
    assert (tmp_path / "x").stat().st_mtime == 1


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    """A catalog that its group may write stays so."""
    project.save(tmp_path, "x.po", b"old")
    (tmp_path / "x.po").chmod(0o664)
    project.save(tmp_path, "x.po", b"new")
    assert stat.S_IMODE((tmp_path / "x.po").stat().st_mode) == 0o664


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    """Even for a user whom the system would let through."""
    project.save(tmp_path, "x.po", b"mine")
    (tmp_path / "x.po").chmod(0o444)
    with pytest.raises(WriteError, match=r"x\.po: this file is read-only"):
        project.save(tmp_path, "x.po", b"other")
    assert (tmp_path / "x.po").read_bytes() == b"mine"


def test_a_folder_in_the_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    """The sentence says what stands there."""
    (tmp_path / "x.po").mkdir()
    with pytest.raises(WriteError, match="not a file"):
        project.save(tmp_path, "x.po", b"data")


def test_a_link_cannot_lead_a_write_out_of_the_project(tmp_path: Path) -> None:
    """A project from elsewhere cannot make Handrail overwrite a file of its user."""
    root, outside = tmp_path / "project", tmp_path / "outside.txt"
    root.mkdir()
    outside.write_bytes(b"precious")
    (root / "x.po").symlink_to(outside)
    with pytest.raises(WriteError, match="symbolic link"):
        project.save(root, "x.po", b"data")
    assert outside.read_bytes() == b"precious"


def test_a_link_inside_the_project_is_followed(tmp_path: Path) -> None:
    """Who keeps one catalog under two names keeps both names."""
    project.save(tmp_path, "real.po", b"old")
    (tmp_path / "x.po").symlink_to("real.po")
    project.save(tmp_path, "x.po", b"new")
    assert (tmp_path / "x.po").is_symlink()
    assert (tmp_path / "real.po").read_bytes() == b"new"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """Writing beyond what the system allows is one sentence, and the old bytes stay."""
    project.save(tmp_path, "x.po", b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(WriteError, match=r"x\.po: this file cannot be written: file too large"):
            project.save(tmp_path, "x.po", b"new" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x.po", b"old")]


def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    """``kill -9`` at any moment: the file is one of the two versions, never a part of one."""
    first, second = b"a" * 3_000_000, b"b" * 3_000_000
    code = (
        "import sys; from pathlib import Path; from pipeline import project\n"
        "root = Path(sys.argv[1]); print('ready', flush=True)\n"
        "while True:\n"
        "    project.write(root, 'x', b'a' * 3_000_000)\n"
        "    project.write(root, 'x', b'b' * 3_000_000)\n"
    )
    for delay in (0.01, 0.02, 0.03, 0.05):
        with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            while not (tmp_path / "x").exists():
                assert writer.poll() is None
                time.sleep(0.001)
            time.sleep(delay)
            writer.kill()
        assert (tmp_path / "x").read_bytes() in (first, second)


def test_sweep_removes_what_is_not_kept(tmp_path: Path) -> None:
    """Stale files and the folders they leave empty go; kept files and the folder itself stay."""
    for path in ("site/a/x.html", "site/a/b/old.html", "site/c/old.html", "other.txt"):
        project.write(tmp_path, path, b"x")
    assert tuple(project.sweep(tmp_path, "site", {"site/a/x.html"})) == ("site/a/b/old.html", "site/c/old.html")
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == ["a"]
    assert (tmp_path / "other.txt").exists()


def test_sweep_does_not_follow_links(tmp_path: Path) -> None:
    """A link to a folder elsewhere is removed; what it leads to is not."""
    project.write(tmp_path, "elsewhere/keep.txt", b"x")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/link").symlink_to(tmp_path / "elsewhere")
    assert tuple(project.sweep(tmp_path, "site", ())) == ("site/link",)
    assert (tmp_path / "elsewhere/keep.txt").exists()


def test_sweeping_nothing_is_no_error(tmp_path: Path) -> None:
    """The first build has no old output."""
    assert tuple(project.sweep(tmp_path, "site", ())) == ()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Reading says which file of the project is not there."""
    with pytest.raises(HandrailError, match=r"source/x\.md: this file is missing"):
        project.read(tmp_path, "source/x.md")


def test_sign_offs_of_an_article_may_lie_in_a_file_of_its_own(starter: Path) -> None:
    """They count beside those of the shared file, for that article only; one about another article is an error."""
    shared = starter / "locales/es_US/signoffs.toml"
    own = starter / "locales/es_US/signoffs/feeling-low.toml"
    own.parent.mkdir()
    shared.rename(own)
    one = project.open_project(starter)
    [edition] = [e for e in project.load(one, TODAY).editions if e.locale.tag == "es-US"]
    assert {signoff.place.path for signoff in edition.signoffs} == {"locales/es_US/signoffs/feeling-low.toml"}
    assert len(edition.signoffs) == 3
    own.write_text(own.read_text(encoding="utf-8").replace('"feeling-low"', '"other"'), encoding="utf-8")
    [broken] = project.load(one, TODAY).broken
    assert "move it to the file of that article" in broken.error.message
