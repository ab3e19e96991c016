"""``handrail prefill`` as translators' coordinators meet it: whole projects, one command."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from pipeline import cli, locales, po, project
from pipeline.model import Catalog, Message, State
from pipeline.prefill import ORIGIN


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails the test."""

    def refuse(*_: object) -> None:
        raise AssertionError("no network was to be used")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def settle(folder: Path, old: str, new: str) -> None:
    """Change the settings of a project."""
    for name in ("pyproject.toml", "handrail.toml"):
        if (folder / name).exists():
            text = (folder / name).read_text(encoding="utf-8")
            assert old in text
            (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def catalog(folder: Path, tag: str, slug: str) -> Catalog:
    """What a catalog holds now."""
    path = project.catalog_path(locales.locale(tag), slug)
    return po.load((folder / path).read_bytes(), path)


def is_safety(message: Message) -> bool:
    """Whether the notes of a message say so."""
    return any(note.startswith("safety: ") for note in message.notes)


@pytest.mark.usefixtures("no_network")
def test_two_machine_locales_from_nothing_to_drafts(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command and Apertium: catalogs are made, every message but safety text has a draft that says so."""
    settle(demonstration, "[tool.handrail.locales]\n", "[tool.handrail.locales]\npt-PT = { published = false }\n")
    settle(demonstration, 'engines = ["memory"]', 'engines = ["memory", "glossary", "apertium"]')
    for path in (demonstration / "locales" / "ca_ES").rglob("*.po"):
        path.unlink()
    code = cli.main(["--project", str(demonstration), "prefill", "--locale", "ca-ES", "--locale", "pt-PT"])
    assert code == 0, capsys.readouterr()
    for tag, origin in (("ca-ES", "apertium eng-cat"), ("pt-PT", "apertium eng-spa, es-pt (by way of spa)")):
        for slug in ("emotional-detachment", "supporting-a-partner"):
            messages = catalog(demonstration, tag, slug).messages
            drafts = [message for message in messages if message.state is State.FUZZY]
            assert {message.state for message in messages if is_safety(message)} == {State.UNTRANSLATED}
            assert len(drafts) == sum(not is_safety(message) for message in messages)
            for message in drafts:
                [line] = [comment for comment in message.comments if comment.startswith(ORIGIN)]
                assert line.startswith(ORIGIN + origin)
                assert set(re.findall(r"\{[\w.]+\}", message.target)) == set(
                    re.findall(r"\{[\w.]+\}", message.key.source)
                )
    before = {path: path.read_bytes() for path in (demonstration / "locales").rglob("*.po")}
    assert cli.main(["--project", str(demonstration), "prefill", "--locale", "ca-ES", "--locale", "pt-PT"]) == 0
    assert {path: path.read_bytes() for path in (demonstration / "locales").rglob("*.po")} == before


def test_a_dry_run_of_a_new_locale_writes_nothing(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What would be made is counted all the same."""
    settle(starter, "[locales]\n", '[locales]\nen-XA = { published = false, engines = ["pseudo"] }\n')
    before = {path: path.read_bytes() for path in starter.rglob("*") if path.is_file()}
    assert cli.main(["--project", str(starter), "prefill", "--dry-run", "--locale", "en-XA"]) == 0
    [row] = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("en-XA")]
    assert int(row[2]) > 8
    after = {path: path.read_bytes() for path in starter.rglob("*") if path.is_file() and ".handrail" not in path.parts}
    assert after == before


def test_drafts_of_safety_text_only_where_the_settings_allow_them(starter: Path) -> None:
    """Allowed, they are fuzzy like all others, and the gate stays closed."""
    settle(starter, "[locales]\n", '[locales]\nca-ES = { published = true, engines = ["apertium"] }\n')
    settle(starter, "[prefill]\n", "[prefill]\nsafety_drafts = true\n")
    registry = starter / "source" / "helplines.toml"
    lines = '\n[region.ES]\nemergency = "none"\ncrisis = "none"\nreferral = "none"\n'
    registry.write_text(registry.read_text(encoding="utf-8") + lines, encoding="utf-8")
    assert cli.main(["--project", str(starter), "prefill", "--locale", "ca-ES"]) == 0
    safety = [message for message in catalog(starter, "ca-ES", "feeling-low").messages if is_safety(message)]
    assert safety
    assert {message.state for message in safety} <= {State.FUZZY, State.UNTRANSLATED}
    assert State.FUZZY in {message.state for message in safety}
    assert cli.main(["--project", str(starter), "check", "--locale", "ca-ES"]) == 1


def test_the_line_about_a_draft_goes_when_a_person_accepts_it(starter: Path) -> None:
    """They only take the fuzzy mark away; ``update`` does the rest."""
    settle(starter, "[locales]\n", '[locales]\nen-XA = { published = false, engines = ["pseudo"] }\n')
    assert cli.main(["--project", str(starter), "prefill", "--locale", "en-XA"]) == 0
    path = starter / project.catalog_path(locales.locale("en-XA"), "feeling-low")
    text = path.read_text(encoding="utf-8")
    assert text.count(f"# {ORIGIN}pseudo") == text.count("#, fuzzy") > 5
    first = text.index('#, fuzzy\nmsgid "When')
    path.write_text(text[:first] + text[first:].replace("#, fuzzy\n", "", 1), encoding="utf-8")
    assert cli.main(["--project", str(starter), "update", "--locale", "en-XA"]) == 0
    after = path.read_text(encoding="utf-8")
    assert after.count(ORIGIN) == after.count("#, fuzzy") == text.count(ORIGIN) - 1
