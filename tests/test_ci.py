"""The gate in CI: check with files, baselines and --release; verify; release; and the files that CI systems read."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from conftest import ROOT, TODAY
from pipeline import cli, helplines, report

CATALOG = "locales/es_US/LC_MESSAGES/feeling-low.po"
SITE = "build/site"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands take the day from SOURCE_DATE_EPOCH."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str((TODAY.toordinal() - 719163) * 86400))


def run(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command in this process: exit code, output, errors."""
    code = cli.main(["--project", str(folder), *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Change a file of a project; fails where there is nothing to change."""
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text, f"{path} does not say {old!r}"
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


# --- check ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", report.FORMATS)
def test_every_format_has_the_exit_code_of_the_gate(
    starter: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """0 for an open gate and 1 for a closed one, whatever the format."""
    assert run(capsys, starter, "check", "--format", form)[0] == 0
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    code, output, _ = run(capsys, starter, "check", "--format", form)
    assert code == 1
    assert "safety/target-changed" in output or "safety%2Ftarget-changed" in output


def test_annotations_name_files_from_the_current_folder(
    starter: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A project below the root of a repository is annotated at its place there; JSON keeps the project's paths."""
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    monkeypatch.chdir(starter.parent)
    assert f"file={starter.name}/{CATALOG}," in run(capsys, starter, "check", "--format", "github")[1]
    assert f'"path": "{CATALOG}"' in run(capsys, starter, "check", "--format", "json")[1]


def test_release_refuses_demonstrations(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the settings admit as a demonstration is no release: neither sign-offs nor verified numbers."""
    code, output, _ = run(capsys, starter, "check", "--release")
    assert code == 1
    assert "[safety/demonstration]" in output
    assert "[helpline/unfit]" in output


def test_a_registry_that_fell_back_is_refused(
    starter: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A revert brings an old number back with its old verification: the tag and the audit pack of a release tell."""

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *arguments], cwd=starter, check=True, capture_output=True)

    monkeypatch.chdir(starter)
    registry = starter / "source" / "helplines.toml"
    old = registry.read_bytes()
    id, line = next(iter(helplines.load(old, "x").helplines.items()))
    assert line.verified
    newer = replace(line.verified, date=TODAY)
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    registry.write_bytes(helplines.seal(old.replace(b'hours = "unknown"', b'hours = "always"', 1), id, newer))
    git("commit", "-q", "-a", "-m", "two")
    git("tag", "v1")
    assert run(capsys, starter, "check", "--against", "v1")[0] == 0
    assert run(capsys, starter, "release", "--out", "pack")[0] == 0
    git("revert", "--no-edit", "HEAD")
    assert registry.read_bytes() == old
    assert run(capsys, starter, "check")[0] == 0
    for what in ("v1", "pack", "pack/helplines.toml"):
        code, output, _ = run(capsys, starter, "check", "--against", what)
        assert (code, f"An earlier release showed '{id}'" in output) == (1, True), output
    code, _, complaint = run(capsys, starter, "check", "--against", "source/articles")
    assert (code, "no such file or folder with helplines.toml" in complaint) == (2, True)


def test_files_are_checked_without_a_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Any catalog, in a folder without settings; 0, 1 and 2 as everywhere."""
    good = ROOT / "locales" / "fr_FR" / "LC_MESSAGES" / "supporting-a-partner.po"
    file = tmp_path / "x.po"
    shutil.copy(good, file)
    assert run(capsys, tmp_path, "check", str(file))[0] == 0
    edit(tmp_path, "x.po", "appelez le {crisis.phone}", "appelez le 3114")
    code, output, _ = run(capsys, tmp_path, "check", str(file))
    assert (code, "[placeable/variable-lost]" in output) == (1, True)
    assert run(capsys, tmp_path, "check", str(tmp_path / "gone.po"))[0] == 1
    assert run(capsys, tmp_path, "check", "--registry", str(tmp_path / "gone.toml"), str(file))[0] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--registry", "x.toml"],
        ["x.po", "--locale", "es-US"],
        ["x.po", "--article", "x"],
        ["x.po", "--release"],
        ["x.po", "--against", "v1"],
        ["--against", "no-such-revision"],
        ["--against", "--help"],
        ["--baseline", "a", "--write-baseline", "b"],
        ["--baseline", "gone.json"],
        ["--format", "xml"],
    ],
)
def test_options_that_mean_nothing_are_2(
    starter: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    """An option that would be ignored, or a baseline that is not there, is an error."""
    code, output, error = run(capsys, starter, "check", *arguments)
    assert (code, output) == (2, "")
    assert error.startswith("handrail: ")


def test_a_baseline_lets_old_debt_pass(starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written once, it opens check and build; it closes again for something new, and reports what is mended."""
    baseline = tmp_path / "baseline.json"
    edit(starter, CATALOG, "Cuéntele a alguien", "Cuéntele 3 veces a alguien")
    assert run(capsys, starter, "check")[0] == 1
    code, output, _ = run(capsys, starter, "check", "--write-baseline", str(baseline))
    assert code == 0
    assert "1 findings may pass, 0 may not." in output
    assert run(capsys, starter, "build", "--baseline", str(baseline))[0] == 0
    edit(starter, CATALOG, "Cuéntele 3 veces", "Cuéntele 4 veces")
    assert run(capsys, starter, "check", "--baseline", str(baseline))[0] == 1
    edit(starter, CATALOG, "Cuéntele 4 veces", "Cuéntele")
    code, output, _ = run(capsys, starter, "check", "--baseline", str(baseline))
    assert (code, "[debt/stale]" in output) == (0, True)


def test_a_baseline_holds_no_safety_debt(starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Writing a baseline of a project whose safety text is not signed off leaves its gate closed."""
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    code, output, _ = run(capsys, starter, "check", "--write-baseline", str(tmp_path / "b.json"))
    assert code == 1
    assert "0 findings may pass, 4 may not." in output


# --- verify ---------------------------------------------------------------------------------------


@pytest.fixture
def pages(starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The starter's pages in a folder of their own, as another tool may have made them."""
    assert run(capsys, starter, "build")[0] == 0
    return Path(shutil.copytree(starter / SITE, tmp_path / "public"))


def test_good_pages_verify(starter: Path, pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Our own pages are what another tool should make."""
    code, output, _ = run(capsys, starter, "verify", str(pages))
    assert (code, "The gate is open: 2 pages in order" in output) == (0, True)


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("index.html", 'href="tel:988"', 'href="tel:989"', "page/number-link"),
        ("index.html", 'data-safety="crisis"', 'data-safety="crisis" hidden', "page/safety-hidden"),
        ("index.txt", "llame al 988", "llame al 989", "page/safety-in-text"),
        ("index.txt", "Línea 988", "Línea 989", "page/card"),
    ],
)
def test_a_damaged_page_is_found(
    starter: Path, pages: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str, rule: str
) -> None:
    """The rules about pages hold for any tool's pages."""
    edit(pages, f"es-US/feeling-low/{name}", old, new)
    code, output, _ = run(capsys, starter, "verify", str(pages), "--format", "json")
    assert code == 1
    assert rule in {finding["rule"] for finding in json.loads(output)["findings"]}


@pytest.mark.parametrize("name", ["index.html", "index.txt"])
def test_a_missing_page_is_found(starter: Path, pages: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Every published edition must be there, as HTML and as text."""
    (pages / "es-US" / "feeling-low" / name).unlink()
    code, output, _ = run(capsys, starter, "verify", str(pages))
    assert (code, "[page/missing]" in output) == (1, True)


def test_a_page_that_is_not_utf8_is_not_there(starter: Path, pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read has not been verified."""
    (pages / "es-US" / "feeling-low" / "index.html").write_bytes(b"\xff\xfe<\x00")
    assert run(capsys, starter, "verify", str(pages))[0] == 1


def test_a_page_of_a_draft_or_of_a_closed_gate_must_not_be_there(
    starter: Path, pages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another tool knows nothing of sign-offs and drafts; verify does."""
    settings = (starter / "handrail.toml").read_text(encoding="utf-8")
    edit(starter, "handrail.toml", "published = true", "published = false")
    code, output, _ = run(capsys, starter, "verify", str(pages))
    assert (code, "[page/not-withheld]" in output) == (1, True)
    (starter / "handrail.toml").write_text(settings, encoding="utf-8")
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    code, output, _ = run(capsys, starter, "verify", str(pages))
    assert (code, "[page/not-withheld]" in output, "[safety/target-changed]" in output) == (1, True, True)


def test_style_sheets_of_the_folder_are_read(starter: Path, pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet of the same folder is judged with the page; one from elsewhere, or none at all, closes the gate."""
    page = "es-US/feeling-low/index.html"
    (pages / "extra.css").write_text("main { max-width: 40em }", encoding="utf-8")
    edit(pages, page, "</head>", '<link rel="stylesheet" href="../../extra.css?v=1"></head>')
    assert run(capsys, starter, "verify", str(pages))[0] == 0
    (pages / "extra.css").write_text("[data-safety] { display: none }", encoding="utf-8")
    code, output, _ = run(capsys, starter, "verify", str(pages))
    assert (code, "[page/safety-hidden]" in output) == (1, True)
    (pages / "extra.css").unlink()
    code, output, _ = run(capsys, starter, "verify", str(pages))
    assert (code, "[page/unread]" in output) == (1, True)
    edit(pages, page, "../../extra.css", "https://example.org/extra.css")
    code, output, _ = run(capsys, starter, "verify", str(pages))
    assert (code, "[page/unread]" in output) == (1, True)


def test_another_layout_is_said_by_a_pattern(
    starter: Path, pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pages may lie elsewhere and have no plain text."""
    other = tmp_path / "other"
    other.mkdir()
    for tag in ("en-US", "es-US"):
        html = pages / tag / "feeling-low" / "index.html"
        shutil.copy(html, other / f"feeling-low.{tag.replace('-', '_')}.html")
    layout = ("--layout", "{article}.{folder}.html", "--text", "none")
    assert run(capsys, starter, "verify", str(other), *layout)[0] == 0
    assert run(capsys, starter, "verify", str(other))[0] == 1


@pytest.mark.parametrize("layout", ["{article}.html", "{locale}.html", "{tag}/{article}", "../{locale}/{article}"])
def test_a_layout_that_says_no_place_is_2(
    starter: Path, pages: Path, capsys: pytest.CaptureFixture[str], layout: str
) -> None:
    """One place for two pages, an unknown name, or a place outside: nothing would be verified."""
    assert run(capsys, starter, "verify", str(pages), "--layout", layout, "--text", "none")[0] == 2


def test_an_empty_folder_is_closed_and_none_is_2(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing to verify is never in order."""
    (tmp_path / "empty").mkdir()
    assert run(capsys, starter, "verify", str(tmp_path / "empty"))[0] == 1
    assert run(capsys, starter, "verify", str(tmp_path / "gone"))[0] == 2


# --- release --------------------------------------------------------------------------------------


def test_the_audit_pack_says_who_signed_what(starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """People, numbers, sources, hashes of pages and files; HTML and JSON say the same."""
    out = tmp_path / "audit"
    assert run(capsys, starter, "release", "--out", str(out))[0] == 0
    record = json.loads((out / "release.json").read_text(encoding="utf-8"))
    page = (out / "release.html").read_text(encoding="utf-8")
    assert record["demonstration"]
    assert "It is no release." in page
    spanish = next(one for one in record["pages"] if one["locale"] == "es-US")
    assert {one["id"] for one in spanish["safety"]} >= {"see-a-provider", "crisis", "emergency"}
    assert all(one["sign_off"]["kind"] == "demonstration" for one in spanish["safety"])
    assert {"role": "crisis", "helpline": "us-988", "number": "988"} in spanish["numbers"]
    for mark in (spanish["html"], spanish["text"], record["files"][CATALOG], record["helplines"][0]["facts_hash"]):
        assert mark.startswith("sha256:")
        assert mark in page
    assert record["helplines"][0]["sources"][0]["url"] in page


def test_the_audit_pack_of_a_closed_gate_says_so(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is written all the same, with exit code 1: who signed nothing stands there as nobody."""
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    out = tmp_path / "audit"
    assert run(capsys, starter, "release", "--out", str(out))[0] == 1
    record = json.loads((out / "release.json").read_text(encoding="utf-8"))
    spanish = next(one for one in record["pages"] if one["locale"] == "es-US")
    assert (record["open"], spanish["html"]) == (False, None)
    assert spanish["reasons"] == ["safety/concept-missing", "safety/target-changed"]
    assert "by nobody" in (out / "release.html").read_text(encoding="utf-8")


def test_the_audit_pack_is_the_same_everywhere(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same project on the same day gives the same bytes, in a folder of another name."""
    other = Path(shutil.copytree(starter, tmp_path / "another name"))
    for folder, out in ((starter, "a"), (other, "b")):
        run(capsys, folder, "release", "--out", str(tmp_path / out))
    for name in ("release.json", "release.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_hostile_text_is_text_in_the_audit_pack(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reviewer's name with markup in it is shown."""
    edit(starter, "locales/es_US/signoffs.toml", 'method = "', 'method = "<script>alert(1)</script> ')
    run(capsys, starter, "release", "--out", str(tmp_path / "audit"))
    page = (tmp_path / "audit" / "release.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_audit_pack_is_not_published(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything below build/site is for readers."""
    assert run(capsys, starter, "release", "--out", str(starter / SITE / "audit"))[0] == 2


# --- what CI systems read -------------------------------------------------------------------------


def test_the_action_runs_commands_that_exist() -> None:
    """action.yml is a composite action whose inputs are used, and whose commands the parser knows."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert action["runs"]["using"] == "composite"
    assert all(step.get("shell") == "bash" for step in action["runs"]["steps"] if "run" in step)
    for name in action["inputs"]:
        assert f"inputs.{name} " in text, name
    assert "${{ inputs." not in "".join(step.get("run", "") for step in action["runs"]["steps"])


def test_the_hooks_run_the_command() -> None:
    """.pre-commit-hooks.yaml offers the gate for a project and for files, and the layout."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["entry"] for hook in hooks] == ["handrail check", "handrail check", "handrail fmt --check"]
    assert all({"id", "name", "entry", "language"} <= set(hook) for hook in hooks)


def test_the_documentation_names_every_format() -> None:
    """docs/ci.md says what each format is for."""
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in ("text", *report.FORMATS))
