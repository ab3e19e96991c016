"""The command line as its users meet it: exit codes, one-line errors, and what is left on the disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import TODAY
from pipeline import cli, signoff
from pipeline.cli.arguments.overview import LEAST, overview
from pipeline.cli.arguments.parsing import parser

CATALOG = "locales/es_US/LC_MESSAGES/feeling-low.po"
ARTICLE = "source/articles/feeling-low.md"
SIGNOFFS = "locales/es_US/signoffs.toml"

PEOPLE = ("--translator", "B. Name", "--reviewer", "A. Name", "--qualification", "nurse", "--method", "side by side")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands take the day from SOURCE_DATE_EPOCH, and children inherit it."""
    seconds = (TODAY.toordinal() - 719163) * 86400  # 1970-01-01 is day 719163
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))


def handrail(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "pipeline", "--project", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Change a file of a project; fails where there is nothing to change."""
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text, f"{path} does not say {old!r}"
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def run(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command in this process: exit code, output, errors."""
    code = cli.main(["--project", str(folder), *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# --- help and usage -------------------------------------------------------------------------------


def test_help_explains_the_way_of_an_article(tmp_path: Path) -> None:
    """All commands in the order of the work, and the exit codes."""
    result = handrail(tmp_path, "--help")
    assert result.returncode == 0
    for command in (
        "extract",
        "update",
        "prefill",
        "check",
        "sign",
        "render",
        "build",
        "status",
        "rules",
        "init",
        "doctor",
    ):
        assert f"    {command} " in result.stdout
    assert "0 the gate is open, 1 it is closed, 2" in result.stdout


@pytest.mark.parametrize("columns", [LEAST, 81, 97, 110, 200])
def test_the_page_of_help_is_what_argparse_prints(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is laid out without argparse, from the same values."""
    monkeypatch.setenv("COLUMNS", str(columns))
    assert overview(columns) == parser().format_help()


def test_the_page_of_help_needs_no_argparse() -> None:
    """Nor anything else that takes long to import."""
    show = "from pipeline.cli import main; main(['--help']); import sys; print('argparse' in sys.modules)"
    environment = {**os.environ, "COLUMNS": str(LEAST)}
    result = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, env=environment, check=True)
    assert result.stdout.endswith("could not be carried out.\nFalse\n")


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_narrow_terminals_have_the_page_of_help(
    word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No line of commands is wider than the terminal."""
    monkeypatch.setenv("COLUMNS", "60")
    assert cli.main([word]) == 0
    listed = capsys.readouterr().out.partition("commands:")[2].partition("The way")[0].splitlines()
    assert len(listed) > 30
    assert all(len(line) <= 58 for line in listed)


@pytest.mark.parametrize(
    "command", ["extract", "update", "prefill", "check", "sign", "render", "build", "rules", "init"]
)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``handrail COMMAND --help`` shows how the command is used."""
    assert cli.main([command, "--help"]) == 0
    assert f"example:\n  handrail {command}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["check", "--formt"], ["render"], ["check", "--format", "xml"]])
def test_wrong_usage_is_one_line_and_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the arguments is answered in the form of every other error."""
    assert cli.main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("handrail: ")
    assert error.count("\n") == 1


def test_outside_a_project_the_way_in_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever starts in the wrong folder is told how to begin."""
    code, _, error = run(capsys, tmp_path, "check")
    assert code == 2
    assert "handrail init" in error


# --- the gate -------------------------------------------------------------------------------------


def test_check_of_a_project_in_order_is_0(starter: Path) -> None:
    """Nothing to report, and nothing written."""
    before = tree(starter)
    result = handrail(starter, "check")
    assert (result.returncode, result.stderr) == (0, "")
    assert "The gate is open: 2 pages in order (0 errors, 0 warnings)." in result.stdout
    assert tree(starter) == before


def test_a_closed_gate_is_1(starter: Path) -> None:
    """``build`` and ``check`` agree, name the line, and still publish the other page."""
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    for command in ("check", "status", "build"):
        result = handrail(starter, command)
        assert (result.returncode, result.stderr) == (1, "")
        assert "safety/target-changed" in result.stdout
    lines = (starter / CATALOG).read_text(encoding="utf-8").splitlines()
    line = lines.index('"If you or someone else is in immediate danger, call {emergency.phone} now."')
    assert f"{CATALOG}:{line}: error: " in handrail(starter, "check").stdout  # the msgid above it
    assert (starter / "build/site/en-US/feeling-low/index.html").exists()
    assert not (starter / "build/site/es-US").exists()


def test_json_is_the_same_on_the_screen_and_on_the_disk(starter: Path) -> None:
    """``build --format json`` prints the report that it writes, and nothing else."""
    result = handrail(starter, "build", "--format", "json")
    assert result.returncode == 0
    assert result.stdout == (starter / "build/report/findings.json").read_text(encoding="utf-8")
    assert json.loads(result.stdout)["open"] is True


def test_check_looks_at_one_locale(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--locale`` of a locale in order is 0 while another is not."""
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    assert run(capsys, starter, "check", "--locale", "en-US")[0] == 0
    assert run(capsys, starter, "check", "--locale", "es-US")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "--locale", "xx-YY"], "xx-YY is not a locale of this project; its locales are es-US"),
        (["check", "--article", "other"], "other is not an article of this project; its articles are feeling-low"),
        (["update", "--locale", "fr-FR"], "fr-FR is not a locale of this project"),
        (["render", "--article", "feeling-low", "--locale", "fr-FR"], "fr-FR is not a locale of this project"),
        (["rules", "safety/nonsense"], "no rule safety/nonsense"),
    ],
)
def test_an_unknown_name_is_an_error(
    starter: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    """A name that means nothing never selects nothing."""
    code, _, error = run(capsys, starter, *arguments)
    assert code == 2
    assert sentence in error


def test_what_the_system_refuses_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is too long, and links that lead to each other, are the user's to mend and no internal error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    for words, sentence in (
        (["check", "x" * 300], "xx: file name too long."),
        (["--project", "loop", "check"], "/loop is not a folder."),
        (["init", "loop"], "loop: file exists."),
    ):
        assert cli.main(words) == 2
        error = capsys.readouterr().err
        assert error.startswith("handrail: ")
        assert error.endswith(f"{sentence}\n")
        assert "internal" not in error


def test_rules_are_listed_and_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every rule that a finding can name is there, and says why it matters."""
    code, listed, _ = run(capsys, tmp_path, "rules")
    assert code == 0
    assert {"gate/unreadable", "safety/untranslated"} <= {line.split()[0] for line in listed.splitlines()}
    code, explained, _ = run(capsys, tmp_path, "rules", "safety/untranslated")
    assert code == 0
    assert "Flagged:" in explained


def test_render_prints_a_preview(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page of a closed gate can be looked at, marked, in both forms; the site is not touched."""
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    code, page, _ = run(capsys, starter, "render", "--article", "feeling-low", "--locale", "es-US")
    assert (code, page.startswith("<!doctype html>"), "Vista previa" in page) == (0, True, True)
    code, text, _ = run(capsys, starter, "render", "--article", "feeling-low", "--locale", "es-US", "--format", "text")
    assert "Vista previa" in text
    assert not (starter / "build").exists()


def test_render_writes_no_preview_into_the_site(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--to`` any folder but the published one."""
    arguments = ("render", "--article", "feeling-low", "--locale", "es-US", "--to")
    assert run(capsys, starter, *arguments, str(tmp_path / "look"))[0] == 0
    assert sorted(path.name for path in (tmp_path / "look").iterdir()) == ["index.html", "index.txt"]
    assert run(capsys, starter, *arguments, str(starter / "build/site/es-US"))[0] == 2


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "where"),
    [
        (CATALOG, 'msgid "When to', "msgid When to", 1, f"{CATALOG}:"),
        (SIGNOFFS, 'kind = "demonstration"', 'kind = "seen"', 1, f"{SIGNOFFS}:"),
        (SIGNOFFS, "[[signoff]]", "[[signoff]", 1, f"{SIGNOFFS}:"),
        ("source/glossary/es-US.csv", "term,target", "word,target", 1, "source/glossary/es-US.csv:1"),
        (ARTICLE, "title: When", "titel: When", 1, f"{ARTICLE}"),
        (ARTICLE, "---\n\n", "--\n\n", 1, f"{ARTICLE}"),
        ("source/helplines.toml", "[region.US]", "[region.US", 2, "source/helplines.toml:8"),
        ("source/helplines.toml", 'crisis = "us-988"', 'crisis = "us-989"', 2, "source/helplines.toml:"),
        ("handrail.toml", "demonstration = true", "demonstration = maybe", 2, "handrail.toml:7"),
        ("handrail.toml", "published = true", "publish = true", 2, "handrail.toml:24"),
    ],
)
def test_malformed_files_are_one_clear_line(
    starter: Path, path: str, old: str, new: str, code: int, where: str
) -> None:
    """What one edition needs closes its gate (1), what all need stops the command (2); never a traceback."""
    edit(starter, path, old, new)
    for command in ("check", "build"):
        result = handrail(starter, command)
        assert result.returncode == code, result.stdout + result.stderr
        lines = result.stdout if code == 1 else result.stderr
        assert where in lines
        assert "Traceback" not in result.stdout + result.stderr
        if code == 2:
            assert result.stderr.count("\n") == 1
            assert result.stderr.startswith("handrail: ")


@pytest.mark.parametrize("path", [CATALOG, SIGNOFFS, ARTICLE, "source/helplines.toml", "handrail.toml"])
def test_a_file_that_is_not_utf8_is_named(starter: Path, path: str) -> None:
    """Latin-1 is refused with the line of the first wrong byte."""
    data = (starter / path).read_bytes()
    half = data.index(b"\n", len(data) // 2) + 1
    (starter / path).write_bytes(data[:half] + b"# \xe9t\xe9\n" + data[half:])
    result = handrail(starter, "check")
    assert result.returncode in (1, 2)
    line = data.count(b"\n", 0, half) + 1
    assert f"{path}:{line}" in result.stdout + result.stderr


@pytest.mark.parametrize("path", [CATALOG, SIGNOFFS, ARTICLE, "source/helplines.toml"])
def test_an_empty_file_never_passes(starter: Path, path: str) -> None:
    """Nothing to check is not the same as nothing wrong."""
    (starter / path).write_bytes(b"")
    assert handrail(starter, "check").returncode in (1, 2)


def test_a_binary_file_never_passes(starter: Path) -> None:
    """Nor do bytes that are no text at all."""
    (starter / CATALOG).write_bytes(bytes(range(256)) * 64)
    result = handrail(starter, "check")
    assert result.returncode == 1
    assert CATALOG in result.stdout


# --- the files of translators ---------------------------------------------------------------------


def test_update_makes_what_is_missing(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new locale gets its catalogs, and the gate then says what is left to do."""
    edit(
        starter,
        "handrail.toml",
        "es-US = { published = true }",
        "es-US = { published = true }\nfr-FR = { published = true }",
    )
    edit(
        starter,
        "source/helplines.toml",
        "[region.US]",
        '[region.FR]\nemergency = "none"\ncrisis = "none"\n\n[region.US]',
    )
    code, output, _ = run(capsys, starter, "update")
    assert code == 0
    assert "made       locales/fr_FR/LC_MESSAGES/feeling-low.po  (10 messages, 0 fuzzy, 10 untranslated)" in output
    assert "made       locales/fr_FR/LC_MESSAGES/interface.po" in output
    assert run(capsys, starter, "check", "--locale", "fr-FR")[0] == 1


def test_update_keeps_every_human_text(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence that leaves the article stays in the catalog as obsolete, and comes back with its source."""
    before = (starter / CATALOG).read_bytes()
    article = (starter / ARTICLE).read_bytes()
    edit(starter, ARTICLE, "- Tell someone you trust how you feel.\n", "")
    assert run(capsys, starter, "update")[0] == 0
    assert '#~ msgstr "Cuéntele a alguien de confianza cómo se siente."' in (starter / CATALOG).read_text(
        encoding="utf-8"
    )
    (starter / ARTICLE).write_bytes(article)
    assert run(capsys, starter, "update")[0] == 0
    assert b"Cu\xc3\xa9ntele" in (starter / CATALOG).read_bytes()
    assert run(capsys, starter, "check")[0] == 0
    assert len((starter / CATALOG).read_bytes()) == len(before)


def test_update_leaves_a_broken_catalog_alone(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is reported, not rewritten, and the other files are brought up to date."""
    edit(starter, CATALOG, 'msgid "When to', "msgid When to")
    edit(starter, ARTICLE, "Everyone feels", "Everybody feels")
    broken = (starter / CATALOG).read_bytes()
    code, output, error = run(capsys, starter, "update")
    assert code == 2
    assert f"handrail: {CATALOG}:" in error
    assert (starter / CATALOG).read_bytes() == broken
    assert "updated    locales/templates/feeling-low.pot" in output


def test_prefill_offers_what_was_accepted_before(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second article gets the memory of the first: fuzzy, with its origin, and safety text only if exact."""
    text = (starter / ARTICLE).read_text(encoding="utf-8").replace("When you feel low", "Low days")
    (starter / "source/articles/low-days.md").write_text(text, encoding="utf-8")
    assert run(capsys, starter, "update")[0] == 0
    code, output, _ = run(capsys, starter, "prefill")
    assert code == 0
    assert "9 from memory" in output
    catalog = (starter / "locales/es_US/LC_MESSAGES/low-days.po").read_text(encoding="utf-8")
    assert catalog.count("# handrail: suggested by memory: feeling-low") == 9
    assert catalog.count("fuzzy") == 9
    assert run(capsys, starter, "check", "--article", "low-days", "--locale", "es-US")[0] == 1


def test_an_unknown_engine_is_an_error(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt engine never means no engine."""
    edit(starter, "handrail.toml", 'engines = ["memory"]', 'engines = ["memroy"]')
    code, _, error = run(capsys, starter, "prefill")
    assert code == 2
    assert "memroy" in error


# --- sign-offs ------------------------------------------------------------------------------------


QUESTIONS = 7
"""For each message: six aspects, and whether the two texts say the same."""


def sign(folder: Path, answers: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``handrail sign`` and answer its questions."""
    command = [sys.executable, "-m", "pipeline", "--project", str(folder), "sign", *arguments]
    return subprocess.run(command, input=answers, capture_output=True, text=True, check=False, timeout=120)


def test_a_review_is_recorded_for_the_very_texts(starter: Path) -> None:
    """What was approved is signed with both hashes; the gate opens for it, and closes at the next change."""
    (starter / SIGNOFFS).unlink()
    result = sign(starter, "y\n" * QUESTIONS * 3, *PEOPLE)
    assert result.returncode == 0, result.stdout + result.stderr
    for question in ("Negation", "Modality", "Condition", "Actor", "Number", "Urgency"):
        assert question in result.stdout
    assert "llame al 911 ahora mismo" in result.stdout
    recorded = signoff.load((starter / SIGNOFFS).read_bytes(), SIGNOFFS)
    assert [(s.safety, s.kind, s.reviewer, s.date) for s in recorded] == [
        (safety, "review", "A. Name", TODAY) for safety in ("see-a-provider", "crisis", "emergency")
    ]
    assert handrail(starter, "check").returncode == 0
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    assert handrail(starter, "check").returncode == 1


def test_what_is_not_approved_is_not_recorded(starter: Path) -> None:
    """``n`` leaves a message, ``q`` stops; what was approved before stays."""
    (starter / SIGNOFFS).unlink()
    result = sign(starter, "n\n" + "y\n" * QUESTIONS + "q\n", *PEOPLE)
    assert result.returncode == 1
    recorded = signoff.load((starter / SIGNOFFS).read_bytes(), SIGNOFFS)
    assert [s.safety for s in recorded] == ["crisis"]


def test_names_are_asked_for(starter: Path) -> None:
    """Without options the reviewer is asked who they are."""
    (starter / SIGNOFFS).unlink()
    result = sign(starter, "B. Name\nA. Name\nnurse\nside by side\n" + "y\n" * QUESTIONS * 3)
    assert result.returncode == 0, result.stdout + result.stderr
    assert signoff.load((starter / SIGNOFFS).read_bytes(), SIGNOFFS)[0].qualification == "nurse"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--translator", "A. Name", "--reviewer", " a. name", "--qualification", "x", "--method", "x"],
            "own translation",
        ),
        (["--yes", *PEOPLE], "--yes is for demonstration sign-offs"),
        (["--message", "other", *PEOPLE], "no safety message other"),
        ([], "nobody answers"),
    ],
)
def test_a_sign_off_that_proves_nothing_is_refused(starter: Path, arguments: list[str], sentence: str) -> None:
    """One person twice, an unread approval, a message that is not there, or nobody at all."""
    (starter / SIGNOFFS).unlink()
    result = sign(starter, "", *arguments)
    assert result.returncode == 2
    assert sentence in result.stderr
    assert not (starter / SIGNOFFS).exists()


def test_a_demonstration_is_signed_only_in_a_demonstration(starter: Path) -> None:
    """Elsewhere it would count for nothing, and only look like a review."""
    (starter / SIGNOFFS).unlink()
    assert sign(starter, "", "--kind", "demonstration", "--yes", *PEOPLE).returncode == 0
    (starter / SIGNOFFS).unlink()
    edit(starter, "handrail.toml", "demonstration = true", "demonstration = false")
    assert sign(starter, "", "--kind", "demonstration", "--yes", *PEOPLE).returncode == 2
    assert not (starter / SIGNOFFS).exists()


def test_signing_keeps_what_people_wrote(starter: Path) -> None:
    """Comments, order and older sign-offs stay byte for byte."""
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    before = (starter / SIGNOFFS).read_bytes().replace(b"[[signoff]]", b"# ours\n[[signoff]]", 1)
    (starter / SIGNOFFS).write_bytes(before)
    assert sign(starter, "y\n" * QUESTIONS, *PEOPLE).returncode == 0
    assert (starter / SIGNOFFS).read_bytes().startswith(before)


def test_signing_writes_to_the_file_of_the_article(starter: Path) -> None:
    """Where a locale has a folder of sign-offs, each article gets its own file there, and the gate reads it."""
    (starter / SIGNOFFS).unlink()
    own = "locales/es_US/signoffs/feeling-low.toml"
    (starter / own).parent.mkdir()
    assert sign(starter, "", "--kind", "demonstration", "--yes", *PEOPLE).returncode == 0
    assert not (starter / SIGNOFFS).exists()
    assert {one.article for one in signoff.load((starter / own).read_bytes(), own)} == {"feeling-low"}
    assert sign(starter, "", "--kind", "demonstration", "--yes", *PEOPLE).returncode == 0  # nothing is left to sign


def test_an_untranslated_message_cannot_be_signed(starter: Path) -> None:
    """There is nothing yet that a reviewer could read."""
    edit(
        starter,
        CATALOG,
        '"Si usted u otra persona está en peligro inmediato, llame al {emergency."\n"phone} ahora mismo."\n',
        "",
    )
    result = sign(starter, "y\n" * QUESTIONS * 2, *PEOPLE)
    assert result.returncode == 1
    assert "translate and accept it first" in result.stdout


# --- init and doctor ------------------------------------------------------------------------------


def test_init_makes_a_project_that_builds(tmp_path: Path) -> None:
    """Two commands from nothing to a site."""
    folder = tmp_path / "new"
    made = subprocess.run(
        [sys.executable, "-m", "pipeline", "init", str(folder)], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    assert handrail(folder, "build").returncode == 0


def test_init_refuses_a_folder_that_is_not_empty(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It cannot overwrite anything."""
    before = tree(starter)
    assert cli.main(["init", str(starter)]) == 2
    assert "not an empty folder" in capsys.readouterr().err
    assert tree(starter) == before


def test_doctor_says_what_there_is(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything that a build needs is there."""
    code, output, _ = run(capsys, starter, "doctor")
    assert code == 0, output
    for subject in ("Python", "msgfmt", "articles", "helplines", "memory for es-US"):
        assert f" {subject} " in output


def test_doctor_names_what_is_missing(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An engine without its key and a broken registry are found before a night's work is lost."""
    edit(starter, "handrail.toml", 'engines = ["memory"]', 'engines = ["deepl"]')
    edit(starter, "source/helplines.toml", "[region.US]", "[region.US")
    code, output, _ = run(capsys, starter, "doctor")
    assert code == 1
    missing = [line for line in output.splitlines() if line.startswith("missing")]
    assert any("deepl" in line for line in missing)
    assert any("helplines" in line for line in missing)


# --- the disk, and interruptions ------------------------------------------------------------------


def test_a_read_only_file_stops_the_build_with_its_name(starter: Path) -> None:
    """One line, exit code 2, and the file as it was."""
    assert handrail(starter, "build").returncode == 0
    page = starter / "build/site/en-US/feeling-low/index.html"
    page.write_bytes(b"mine")
    page.chmod(0o444)
    result = handrail(starter, "build")
    assert result.returncode == 2
    assert result.stderr.startswith("handrail: build/site/en-US/feeling-low/index.html: this file is read-only")
    assert page.read_bytes() == b"mine"


def limited(folder: Path, command: str, blocks: int) -> subprocess.CompletedProcess[str]:
    """Run a command that may write files of so many KiB at most: what a full disk does, without filling one."""
    script = f'ulimit -f {blocks}; trap "" XFSZ; exec "$0" -m pipeline --project "$1" {command}'
    return subprocess.run(
        ["bash", "-c", script, sys.executable, str(folder)], capture_output=True, text=True, check=False, timeout=120
    )


def test_a_full_disk_is_one_line_and_no_half_file(starter: Path) -> None:
    """The build stops, what it wrote is whole, and no temporary file is left."""
    assert handrail(starter, "build").returncode == 0
    whole = tree(starter / "build")
    for path in (starter / "build").rglob("*.html"):
        path.unlink()
    result = limited(starter, "build", 8)
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "cannot be written: file too large" in result.stderr
    left = tree(starter / "build")
    assert {path: whole[path] for path in left} == left


def test_a_full_disk_does_not_touch_a_catalog(starter: Path) -> None:
    """The translation that is there stays whole when the new one does not fit."""
    edit(starter, ARTICLE, "Everyone feels", "Everybody feels")
    before = (starter / CATALOG).read_bytes()
    result = limited(starter, "update", 1)
    assert result.returncode == 2
    assert (starter / CATALOG).read_bytes() == before
    assert not list(starter.rglob("*.handrail-tmp"))


@pytest.mark.parametrize("moment", range(6))
def test_a_killed_build_leaves_whole_files(starter: Path, moment: int) -> None:
    """``kill -9`` anywhere: every file is complete or absent, and the next build puts things right."""
    assert handrail(starter, "build").returncode == 0
    whole = tree(starter / "build")
    for path in list((starter / "build").rglob("*.*")):
        if path.is_file():
            path.unlink()
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", "--project", str(starter), "build"], stdout=subprocess.DEVNULL
    ) as process:
        written = 0
        while process.poll() is None and written <= moment:
            written = len(list((starter / "build").rglob("index.*")))
            time.sleep(0.0005)
        process.kill()
    left = {path: data for path, data in tree(starter / "build").items() if not path.endswith(".handrail-tmp")}
    assert {path: whole[path] for path in left} == left
    assert handrail(starter, "build").returncode == 0
    again = tree(starter / "build")
    assert {path: again[path] for path in whole} == whole
    assert not [path for path in again.keys() - whole.keys() if not path.startswith("report/.")]


def test_an_interrupted_command_is_130_without_a_traceback(starter: Path) -> None:
    """Ctrl-C while a question waits: one line."""
    (starter / SIGNOFFS).unlink()
    # Tests that run in the background ignore SIGINT, and what they start would inherit that.
    python = ["env", "--default-signal=INT", sys.executable]
    command = [*python, "-m", "pipeline", "--project", str(starter), "sign", *PEOPLE]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=0
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert any("Negation" in line for line in process.stdout)
        process.send_signal(signal.SIGINT)
        error = process.stderr.read()
    assert process.returncode == 130
    assert error.strip() == "handrail: interrupted; every file is whole."


def test_a_closed_pipe_is_quiet() -> None:
    """``handrail rules | head -1`` prints a line and no complaint."""
    result = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m pipeline rules | head -1'], capture_output=True, text=True, check=False
    )
    assert result.stderr == ""
    assert result.stdout.count("\n") == 1


def test_an_internal_error_is_one_line(
    starter: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a mistake of ours is 2 and one line, with a way to see more."""
    from pipeline.cli import making

    def broken(*_: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr(making, "build", broken)
    code, _, error = run(capsys, starter, "build")
    assert code == 2
    assert error.count("\n") == 1
    assert "ZeroDivisionError" in error
    assert "--traceback" in error
    with pytest.raises(ZeroDivisionError):
        cli.main(["--traceback", "--project", str(starter), "build"])


def test_the_clock_can_be_set(
    starter: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """SOURCE_DATE_EPOCH is the day of a build; nonsense in it is an error."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    code, _, error = run(capsys, starter, "check")
    assert code == 2
    assert "SOURCE_DATE_EPOCH" in error
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")
    assert run(capsys, starter, "check")[0] == 1


def test_the_same_day_everywhere(starter: Path) -> None:
    """A build in Tokyo and one in Honolulu look at the same day, that of UTC."""
    outputs: Sequence[str] = [
        subprocess.run(
            [sys.executable, "-m", "pipeline", "--project", str(starter), "check", "--format", "json"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "TZ": zone},
        ).stdout
        for zone in ("Asia/Tokyo", "Pacific/Honolulu")
    ]
    assert outputs[0] == outputs[1] != ""
