"""``handrail helplines``: the registry at the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pipeline.cli import main


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project, as ``init`` makes it, on 1 December 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796083200")
    assert main(["init", str(tmp_path)]) == 0
    capsys.readouterr()
    return tmp_path


def run(site: Path, *words: str) -> int:
    """The exit code of ``handrail helplines`` in the project."""
    return main(["--project", str(site), "helplines", *words])


def test_each_helpline_is_listed_with_its_number_and_roles(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each entry: id, number, verification, roles."""
    assert run(site, "list") == 0
    (crisis,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("us-988 ")]
    assert "988" in crisis
    assert "demonstration of" in crisis
    assert crisis.endswith("US crisis")


def test_an_unknown_helpline_is_a_usage_error(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the helplines that there are."""
    assert run(site, "show", "us-989") == 2
    assert "us-988" in capsys.readouterr().err


def test_a_changed_number_has_to_be_verified_again(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit closes the gate until somebody compares the entry; then the number goes out, and no catalog changed."""
    file = site / "source/helplines.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("988", "989").replace('"us-989"', '"us-988"'), encoding="utf-8"
    )
    catalogs = {path: path.read_bytes() for path in site.glob("locales/**/*.po")}
    assert run(site, "lint", "us-988") == 1
    assert main(["--project", str(site), "build"]) == 1

    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    verified = run(site, "verify", "us-988", "--kind", "demonstration", "--by", "A. Name", "--method", "read its page")

    assert verified == 0
    assert run(site, "lint") == 0
    assert main(["--project", str(site), "build"]) == 0
    assert "tel:989" in (site / "build/site/es-US/feeling-low/index.html").read_text(encoding="utf-8")
    assert catalogs == {path: path.read_bytes() for path in catalogs}
    capsys.readouterr()


def test_what_is_not_confirmed_is_not_recorded(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A no leaves the file as it is, and the exit code says that something is left."""
    before = (site / "source/helplines.toml").read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run(site, "verify", "us-988", "--kind", "demonstration", "--by", "A. Name", "--method", "read its page") == 1
    assert (site / "source/helplines.toml").read_bytes() == before
    assert "1 left" in capsys.readouterr().out


def test_what_ends_soon_is_due(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every verification ends within two years, and none was made more than a year ago and counts still."""
    assert run(site, "due", "--within", "730") == 1
    assert "us-988: its verification ends" in capsys.readouterr().out
    assert run(site, "due", "--within", "0") == 0
