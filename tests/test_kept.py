"""What is made of packaged templates once: it is the same as if it were made anew, and nobody can slip anything in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from pipeline.render import interface_template, kept, wordlist
from pipeline.render.compiled import Compiled


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates whose code is kept, whatever the environment of the tests says."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "x.html.jinja").write_text("<p>{{ y }}</p>")
    return tmp_path


def rendered(folder: Path, own: Path | None = None) -> str:
    """The template ``x`` by an environment of its own, as a new process has it."""
    kinds = FileSystemLoader([own, folder] if own else folder)
    environment = Environment(loader=kinds, autoescape=True, bytecode_cache=Compiled(folder, "html"))
    return environment.get_template("x.html.jinja").render(y="&")


def files(folder: Path) -> list[Path]:
    """What is kept."""
    return sorted(folder.glob("__pycache__/*"))


def test_code_is_kept_beside_the_template(folder: Path) -> None:
    """A second process renders the same by it, and a template that changed is compiled again, in the same file."""
    assert rendered(folder) == "<p>&amp;</p>"
    (file,) = files(folder)
    before = file.read_bytes()
    assert rendered(folder) == "<p>&amp;</p>"
    assert file.read_bytes() == before
    (folder / "x.html.jinja").write_text("<b>{{ y }}</b>")
    assert rendered(folder) == "<b>&amp;</b>"
    assert files(folder) == [file]
    assert file.read_bytes() != before


def test_code_of_another_program_counts_for_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made anew where the program or a library is another one, and where the file is broken."""
    rendered(folder)
    (file,) = files(folder)
    whole = file.read_bytes()
    monkeypatch.setattr("pipeline.ledger.fingerprint", lambda: "another")
    assert rendered(folder) == "<p>&amp;</p>"
    assert file.read_bytes() != whole
    for broken in (b"", whole[:80], b"x" * 200):
        file.write_bytes(broken)
        assert rendered(folder) == "<p>&amp;</p>"


def test_code_of_other_folders_is_not_kept(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A project's own templates leave nothing behind, in no folder, and nothing in their folder is loaded."""
    own = tmp_path_factory.mktemp("own")
    (own / "x.html.jinja").write_text("<i>{{ y }}</i>")
    assert rendered(folder, own) == "<i>&amp;</i>"
    assert files(folder) == files(own) == []


def test_nothing_is_kept_where_python_keeps_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PYTHONDONTWRITEBYTECODE holds for templates, too."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(folder) == "<p>&amp;</p>"
    assert files(folder) == []


def test_kept_words_are_those_of_the_templates(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read back, they are what was found: notes, references and plural forms among it."""
    anew = interface_template(None)
    text = "{# translators: Hm. #}{% trans n=3 %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}"
    (folder / "x.html.jinja").write_text(text + '{{ pgettext("verb", "read") }}')
    monkeypatch.setattr(wordlist, "PACKAGED", folder)
    first = interface_template(None)
    assert len(first.messages) == 2
    assert interface_template(None) == first != anew
    assert [file.name for file in files(folder)] == [Path(kept.cache_from_source("words.json")).name]
