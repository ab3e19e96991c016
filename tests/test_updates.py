"""An update that knows earlier ones comes to the same as one that knows nothing, whatever was done in between."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from edits import add, swap
from pipeline import catalogs, cli, ledger, processes, project
from pipeline.catalogs import upkeep
from pipeline.catalogs.walking import Template, template_of
from pipeline.errors import RegistryError
from pipeline.ledger import sealed

ONE, TWO, RENAMED = (f"source/articles/{name}.md" for name in ("feeling-low", "two", "renamed"))
LOCALES = "locales/es_US"
PO = f"{LOCALES}/LC_MESSAGES/feeling-low.po"
PO_TWO = f"{LOCALES}/LC_MESSAGES/two.po"
STORE = ".handrail/update.sqlite"


def two_articles(folder: Path) -> Path:
    """The starter with a second article, which has a catalog already."""
    shutil.copytree(ROOT / "pipeline" / "starter", folder)
    shutil.copy(folder / ONE, folder / TWO)
    shutil.copy(folder / PO, folder / PO_TWO)
    return folder


def update(folder: Path, *options: str) -> int:
    """Run the command; its exit code."""
    return cli.main(["--project", str(folder), "update", *options])


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a project but the ledger."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {name: file.read_bytes() for file in files if not (name := str(file.relative_to(folder))).startswith(".")}


# --- edits ----------------------------------------------------------------------------------------


def rename(folder: Path) -> None:
    """The second article gets another name, and back."""
    here, there = folder / TWO, folder / RENAMED
    here, there = (here, there) if here.exists() else (there, here)
    here.rename(there)


def move_signoffs(folder: Path) -> None:
    """The sign-offs of the first article go into a file of their own."""
    own, all_of_them = folder / LOCALES / "signoffs/feeling-low.toml", folder / LOCALES / "signoffs.toml"
    if all_of_them.exists():
        own.parent.mkdir(exist_ok=True)
        all_of_them.rename(own)


def break_ledger(folder: Path) -> None:
    """The ledger is cut off."""
    file = folder / STORE
    if file.exists():
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def forge_ledger(folder: Path) -> None:
    """Somebody writes into the ledger what is not so."""
    file = folder / STORE
    if file.exists():
        with sealed.notes(file) as notes:
            notes.database.execute("UPDATE notes SET value = replace(value, '0', '1')")


def lose(path: str) -> Callable[[Path], None]:
    """A file that is deleted."""
    return lambda folder: (folder / path).unlink(missing_ok=True)


EDITS: dict[str, Callable[[Path], None]] = {
    "nothing": lambda _: None,
    "an edited source": swap(ONE, "Small things may help", "Small things might help"),
    "an edited twin": swap(TWO, "It often passes within days. ", ""),
    "a source nobody can read": swap(TWO, "title: When", "titel: When"),
    "a translator": swap(PO, "días", "jornadas"),
    "a broken catalog": swap(PO_TWO, "msgid", "msgud"),
    "a lost catalog": lose(PO),
    "a lost template": lose("locales/templates/two.pot"),
    "a renamed article": rename,
    "an edited registry": swap("source/helplines.toml", "Línea 988 de", "La línea 988 de"),
    "a broken registry": swap("source/helplines.toml", "[[helpline]]", "[[helplime]]"),
    "a term": swap("source/glossary/es-US.csv", "profesional de la salud", "médico"),
    "a broken glossary": swap("source/glossary/es-US.csv", "term,target", "term"),
    "no glossary": lose("source/glossary/es-US.csv"),
    "sign-offs": swap(f"{LOCALES}/signoffs.toml", 'kind = "demonstration"', 'kind = "review"'),
    "sign-offs apart": move_signoffs,
    "words of the theme": add("source/templates/own.html.jinja", "{{ _('A word of our own') }}"),
    "another locale": swap("handrail.toml", "es-US = { published = true }", "fr-FR = { published = true }"),
    "a broken ledger": break_ledger,
    "a forged ledger": forge_ledger,
}


def same_as_clean(edits: Sequence[str]) -> None:
    """Fails where an update that knows of the last one comes to other files than one that knows nothing."""
    with tempfile.TemporaryDirectory() as name:
        known, clean = two_articles(Path(name) / "known"), Path(name) / "clean"
        update(known)
        for edit in edits:
            EDITS[edit](known)
            shutil.copytree(known, clean, ignore=shutil.ignore_patterns(".handrail"))
            one = project.open_project(clean)
            try:
                failed = any(change.error for change in catalogs.update(one, one.settings.targets, ()))
            except RegistryError:
                failed = True
            assert update(known, "--jobs", "1") == (2 if failed else 0), edit
            assert tree(known) == tree(clean), edit
            shutil.rmtree(clean)


@settings(max_examples=10)
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=5))
def test_what_is_known_changes_nothing(edits: list[str]) -> None:
    """After any edits the files are those of an update that knows nothing."""
    same_as_clean(edits)


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_every_edit_is_noticed(edit: str) -> None:
    """Each kind of edit, and its undoing."""
    same_as_clean([edit, edit])


def test_nothing_to_do_imports_nothing(tmp_path: Path) -> None:
    """Where everything is up to date, no article and no catalog is read, and every file has its line."""
    folder = two_articles(tmp_path / "project")
    command = [sys.executable, "-X", "importtime", "-m", "pipeline", "--project", str(folder), "update"]
    first, second = (subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(2))
    assert "pipeline.readers" in first.stderr
    assert "pipeline.project" not in second.stderr
    assert "pipeline.po" not in second.stderr
    lines = second.stdout.splitlines()
    assert {line.split()[0] for line in lines} == {"unchanged"}
    assert [line.split()[1] for line in lines] == [line.split()[1] for line in first.stdout.splitlines()]


@pytest.mark.parametrize("nothing", [b"", b"\n\n"])
def test_a_file_with_nothing_in_it_is_made_as_a_new_one(nothing: bytes, tmp_path: Path) -> None:
    """It says its language and its plural forms, as if it had not been there."""
    folder = two_articles(tmp_path / "p")
    (folder / PO).unlink()
    assert cli.main(["--project", str(folder), "update"]) == 0
    new = (folder / PO).read_bytes()
    (folder / PO).write_bytes(nothing)
    assert cli.main(["--project", str(folder), "update"]) == 0
    assert (folder / PO).read_bytes() == new


def test_only_what_changed_is_worked_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edited article is read, and the other is not; an article alone says nothing of the others."""
    folder = two_articles(tmp_path / "project")
    update(folder)
    done: list[str] = []

    def noted(one: project.Project, name: str, path: str) -> Template | catalogs.Change:
        done.append(name)
        return template_of(one, name, path)

    monkeypatch.setattr(upkeep, "template_of", noted)
    for edit in ("an edited source", "a translator", "nothing"):
        EDITS[edit](folder)
        update(folder)
    assert done == ["feeling-low", "feeling-low"]
    EDITS["an edited source"](folder)
    EDITS["an edited twin"](folder)
    update(folder, "--article", "two")
    update(folder, "--locale", "es-US")
    assert done[2:] == ["two", "feeling-low"]
    EDITS["an edited source"](folder)
    assert cli.main(["--project", str(folder), "extract"]) == 0
    assert done[4:] == ["feeling-low"]
    update(folder)
    assert done[5:] == ["feeling-low"], "a template alone is no catalog"


def test_another_version_counts_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the program has noted, in whatever form, is not looked at."""
    with monkeypatch.context() as other:
        other.setattr(sealed, "fingerprint", lambda: "another")
        with sealed.notes(tmp_path / "notes.sqlite") as notes:
            notes.put("layout", 1)
            assert notes.get("layout") == 1
    with sealed.notes(tmp_path / "notes.sqlite") as notes:
        assert notes.get("layout") is None


def test_two_updates_at_once(tmp_path: Path) -> None:
    """One that cannot write to the ledger does its work all the same."""
    folder = two_articles(tmp_path / "project")
    update(folder)
    with sealed.notes(folder / STORE) as notes:
        notes.put("somebody", "writes")
        EDITS["an edited source"](folder)
        before = (folder / PO).read_bytes()
        assert update(folder) == 0
        assert (folder / PO).read_bytes() != before
    with ledger.updates(folder) as book:
        assert book.notes.get("somebody") == "writes"
        assert book.layout()


def test_processes_come_to_the_same_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files and lines, in their order, one of them about an article that cannot be read."""
    one = two_articles(tmp_path / "one")
    for number in range(9):
        shutil.copy(one / ONE, one / f"source/articles/copy-{number}.md")
    EDITS["a source nobody can read"](one)
    two = shutil.copytree(one, tmp_path / "two")
    capsys.readouterr()
    assert update(one, "--jobs", "1") == 2
    alone = capsys.readouterr()
    assert update(two, "--jobs", "2") == 2
    assert capsys.readouterr() == alone
    assert tree(one) == tree(two)
    assert update(one, "--jobs", "0") == 2


def halved(number: int) -> int:
    """Half of it; an odd number kills the process."""
    if number % 2:
        os._exit(1)
    return number // 2


@pytest.mark.parametrize("together", [1, 4])
def test_work_in_order(together: int) -> None:
    """Values come in the order of the items, labels without one between them; what kills a process kills no more."""
    items = [(number, None if number % 5 == 0 else number * 2 - (number == 7)) for number in range(40)]
    found = list(processes.Work(halved, ("pipeline.errors",), 3, together=together).in_order(iter(items), 2))
    assert [label for label, _ in found] == list(range(40))
    assert isinstance(found[7][1], BrokenExecutor)
    assert [value for label, value in found if label != 7] == [n if n % 5 else None for n in range(40) if n != 7]
