"""``handrail memory``: search, stats, and TMX in and out."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage import tmx

import postgresql
from pipeline import cli
from pipeline.errors import ExchangeError
from pipeline.exchange import Pair, read_pairs, write_pairs

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="en" creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"
adminlang="en" datatype="plaintext"/><body>
<tu><tuv xml:lang="en"><seg>Drink a glass of water.</seg></tuv><tuv xml:lang="es"><seg>Beba agua.</seg></tuv></tu>
<tu><tuv xml:lang="EN-US"><seg>Stars * and _lines_</seg></tuv><tuv xml:lang="es-US"><seg>Todo * y _eso_</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Only German</seg></tuv><tuv xml:lang="de"><seg>Nur Deutsch</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Call <ph x="1">{crisis.phone}</ph> now</seg></tuv>
<tuv xml:lang="es"><seg>Llame ya</seg></tuv></tu>
</body></tmx>
"""


def run(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command: exit code, output, errors."""
    code = cli.main(["--project", str(folder), "memory", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_search_shows_texts_scores_and_dangers(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It learns from the catalogs first, so that a new project has something to look through."""
    code, output, _ = run(capsys, starter, "search", "Talk to someone you trust", "--locale", "es-US", "--least", "30")
    assert code == 0
    assert " %  es-US  feeling-low: " in output
    assert run(capsys, starter, "search", "zzz qqq")[0] == 1


def test_stats_count_each_article(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each article and locale, and where the memory is."""
    code, output, _ = run(capsys, starter, "stats")
    assert code == 0
    assert "feeling-low" in output
    assert "messages in memory.sqlite." in output


def test_what_was_exported_can_be_imported_elsewhere(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Letter by letter, markup and variables too; another tool can read the file."""
    out = tmp_path / "out"
    assert run(capsys, starter, "export", "--to", str(out))[0] == 0
    with (out / "es-US.tmx").open("rb") as file:
        pairs = list(read_pairs(file, "x", "en-US", "es-US"))
    with (out / "es-US.tmx").open("rb") as file:
        units = tmx.tmxfile(file, "en-US", "es-US").units
    assert len(pairs) == len(units) > 8
    other = tmp_path / "other"
    other.mkdir()
    assert cli.main(["init", str(other / "project")]) == 0
    for catalog in (other / "project" / "locales").rglob("*.po"):
        catalog.unlink()
    code, output, _ = run(capsys, other / "project", "import", str(out / "es-US.tmx"))
    assert code == 0
    assert f"(es-US: {len(pairs)} pairs, 0 refused)" in output
    again = run(capsys, other / "project", "import", str(out / "es-US.tmx"))[1]
    assert f"(es-US: {len(pairs)} pairs, 0 refused)" in again
    assert cli.main(["--project", str(other / "project"), "prefill", "--locale", "es-US"]) == 0
    assert " from memory" in capsys.readouterr().out
    assert run(capsys, other / "project", "export", "--to", str(tmp_path / "back"))[0] == 0
    assert (tmp_path / "back" / "es-US.tmx").read_bytes() == (out / "es-US.tmx").read_bytes()


def test_a_file_of_another_tool(starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bare languages count; what looks like markup is text; a text that lost a variable is refused."""
    file = tmp_path / "agency.tmx"
    file.write_text(TMX, encoding="utf-8")
    code, output, _ = run(capsys, starter, "import", str(file))
    assert code == 0
    assert "(es-US: 2 pairs, 1 refused)" in output
    assert "{crisis.phone}" in output
    code, output, _ = run(capsys, starter, "search", "Drink a glass of water.", "--locale", "es-US", "--least", "99")
    assert "100 %  es-US  agency: Drink a glass of water." in output
    with file.open("rb") as opened:
        stars = [pair for pair in read_pairs(opened, "x", "en-US", "es-US") if "Stars" in pair.source]
    assert stars == [Pair(r"Stars * and \_lines\_", r"Todo * y \_eso\_")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no xml at all", "well-formed"),
        (TMX[:-20], "well-formed"),
        ("<xliff/>", "not TMX"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]><tmx><body/></tmx>', "entities"),
        ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx><body/></tmx>', "entities"),
    ],
)
def test_a_file_that_is_none_changes_nothing(
    text: str, words: str, starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, and the memory as it was."""
    file = tmp_path / "x.tmx"
    file.write_text(text, encoding="utf-8")
    before = run(capsys, starter, "stats")[1]
    code, _, error = run(capsys, starter, "import", str(file))
    assert code == 2
    assert words in error
    assert run(capsys, starter, "stats")[1] == before


def test_a_file_without_our_languages_takes_nothing(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing taken is no success."""
    file = tmp_path / "x.tmx"
    file.write_text(TMX.replace('"es', '"fi'), encoding="utf-8")
    code, output, _ = run(capsys, starter, "import", str(file))
    assert code == 1
    assert output.startswith("nothing")


@pytest.mark.parametrize("arguments", [("search",), ("import",), ("export",)])
def test_what_is_missing_is_named(
    arguments: tuple[str, ...], starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Usage errors are 2."""
    code, _, error = run(capsys, starter, *arguments)
    assert code == 2
    assert "needs" in error


def test_a_team_shares_a_memory(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What one project accepted, another is offered; the address comes from the environment."""
    second = tmp_path / "second"
    assert cli.main(["init", str(second)]) == 0
    (second / "handrail.toml").write_text(
        (second / "handrail.toml").read_text(encoding="utf-8").replace("https://", "https://second."), encoding="utf-8"
    )
    for catalog in (second / "locales").rglob("*.po"):
        catalog.unlink()
    with postgresql.server() as address:
        monkeypatch.setenv("HANDRAIL_MEMORY", address)
        assert run(capsys, starter, "stats")[0] == 0
        assert cli.main(["--project", str(second), "prefill", "--locale", "es-US"]) == 0
        output = capsys.readouterr().out
    assert "suggested by memory: feeling-low" in (second / "locales/es_US/LC_MESSAGES/feeling-low.po").read_text(
        "utf-8"
    )
    assert " from memory" in output
    assert not (starter / ".handrail" / "memory.sqlite").exists()


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)
WRITTEN = st.sampled_from(["Call **{crisis.name}** now", "a [link](https://a.example) *b* `c`", "x<b1>y</b1>z"])


@given(st.lists(st.tuples(TEXTS | WRITTEN, TEXTS | WRITTEN), max_size=5))
def test_whatever_is_written_is_read_again(texts: list[tuple[str, str]]) -> None:
    """In the syntax of messages: two spellings of one text count as the same."""
    pairs = [Pair(source, target, "c", "x") for source, target in texts]
    with closing(io.BytesIO()) as file:
        try:
            write_pairs(file, pairs, "en-US", "fr-FR")
        except ExchangeError:  # what XML cannot hold
            return
        first = file.getvalue()
    read = list(read_pairs(io.BytesIO(first), "x", "en-US", "fr-FR"))
    assert len(read) == len(pairs)
    with closing(io.BytesIO()) as file:
        write_pairs(file, read, "en-US", "fr-FR")
        assert file.getvalue() == first
