"""What the documents tell people to type, and where they send them."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from pipeline import audit, checks, cli
from pipeline.cli.arguments import COMMANDS
from pipeline.cli.arguments.parsing import parser

DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(ROOT.glob("docs/*.md"))
_FENCED = re.compile(r"^( *)```\w*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`+(handrail [a-z][^`]*)`+", re.DOTALL)
_TYPED = re.compile(r"^\s*(?:\$ |- run: |- )?(handrail [a-z].*)$", re.MULTILINE)


def typed(document: Path) -> Iterator[str]:
    """Every command line of Handrail's that a document shows, as one types it."""
    text = document.read_text(encoding="utf-8")
    lines = [line for block in _FENCED.finditer(text) for line in _TYPED.findall(block[2])]
    inline = [" ".join(line.split()) for line in _INLINE.findall(_FENCED.sub("", text))]
    for line in [*lines, *inline]:
        command = re.split(r" #| && | \|\|? | > | ;|$", line.strip(), maxsplit=1)[0]
        if "…" not in command and not command.endswith("..."):
            yield command


SHOWN = sorted({(document.relative_to(ROOT).as_posix(), line) for document in DOCUMENTS for line in typed(document)})


def test_documents_show_commands() -> None:
    """There is something to look at."""
    assert len(SHOWN) > 50


@pytest.mark.parametrize(("document", "line"), SHOWN)
def test_commands_in_documents_exist(document: str, line: str) -> None:
    """Their names, options and choices are those of the command line; a lone name may stand for its command."""
    words = shlex.split(line)[1:]
    names = {command.name for command in COMMANDS}
    assert words[0] in names, document
    if len(words) == 1:
        return
    try:
        parser().parse_args(words)
    except SystemExit:
        # Prose may leave out what a command cannot do without; it may not name what does not exist.
        options = {option.name for command in COMMANDS if command.name == words[0] for option in command.options}
        assert {word.split("=")[0] for word in words if word.startswith("--")} <= {*options, "--help"}, document


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_in_documents_lead_somewhere(document: Path) -> None:
    """Relative links name files that are there, and headings that exist."""
    text = document.read_text(encoding="utf-8")
    prose = re.sub(r"(`+).+?\1", "", _FENCED.sub("", text), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if "://" in target or target.startswith("mailto:") or "…" in target:
            continue
        path, _, fragment = target.partition("#")
        file = (document.parent / path) if path else document
        assert file.exists(), target
        if fragment and file.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert fragment in {re.sub(r"[^\w -]", "", one).strip().lower().replace(" ", "-") for one in headings}, (
                target
            )


def test_every_document_can_be_found() -> None:
    """The README leads to each page of ``docs``, at once or by way of another."""
    everything = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    assert [path.name for path in ROOT.glob("docs/*.md") if f"{path.name})" not in everything] == []


TOURS = (
    ("check", cli.OPEN),
    ("check --locale es-US", cli.OPEN),
    ("render --article feeling-low --locale es-US --to {preview}", cli.OPEN),
    ("build", cli.OPEN),
    ("update", cli.OPEN),
    ("prefill", cli.OPEN),
    ("status", cli.OPEN),
    ("stats", cli.OPEN),
    ("helplines due", cli.OPEN),
    ("check --format sarif", cli.OPEN),
    ("check --release", cli.CLOSED),
    ("check locales/es_US/LC_MESSAGES/feeling-low.po", cli.OPEN),
    ("verify build/site", cli.OPEN),
    ("rules safety/not-signed-off", cli.OPEN),
)
"""What the README's tours have people type, with the names of the project that ``handrail init`` makes."""


def test_the_tours_work(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """From nothing: a new project, and every command of the tours in their order."""
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", "site"]) == cli.OPEN
    monkeypatch.chdir(tmp_path / "site")
    for line, code in TOURS:
        words = line.format(preview=tmp_path / "preview").split()
        assert cli.main(words) == code, f"{line}\n{capsys.readouterr()}"
        assert not capsys.readouterr().err
    shutil.rmtree(tmp_path / "site")


def test_the_map_of_the_gate_names_what_there_is() -> None:
    """Every operator and rule in docs/coverage.md exists; each table names each of its rows once, in order."""
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    known = {one.id for one in audit.OPERATORS} | {rule.id for rule in checks.RULES}
    named = set(re.findall(r"`([a-z-]+/[a-z-]+)`", text))
    assert len(named) > 150
    assert not named - known
    for letter, last in (("M", 95), ("B", 45), ("R", 14)):
        rows = [int(number) for number in re.findall(rf"^\| {letter}(\d+)", text, re.MULTILINE)]
        assert max(rows) == last
        assert len(rows) == len(set(rows))
