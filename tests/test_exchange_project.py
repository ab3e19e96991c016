"""``handrail send`` and ``receive`` on a whole project."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import po
from pipeline.cli import main
from pipeline.model import Message

FRENCH = "locales/fr_FR/LC_MESSAGES/supporting-a-partner.po"
PLAIN = "What you can say"


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of the project that people edit."""
    return {
        str(path): path.read_bytes() for base in ("locales", "source") for path in sorted((folder / base).rglob("*.*"))
    }


def run(folder: Path, *arguments: str) -> int:
    """A command in a project."""
    return main(["--project", str(folder), *arguments])


def sent(folder: Path, form: str = "xliff-1.2", tag: str = "fr-FR") -> Path:
    """The folder that a locale was exported to."""
    assert run(folder, "send", "--locale", tag, "--format", form, "--to", str(folder / "out")) == 0
    return folder / "out"


def message(folder: Path, source: str) -> Message:
    """A French message as it now stands."""
    held = po.load((folder / FRENCH).read_bytes(), FRENCH)
    return next(one for one in held.messages if one.key.source.startswith(source))


def emptied(folder: Path, source: str) -> None:
    """Take the text of a French message away, as if nobody had translated it yet."""
    path = folder / FRENCH
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(rf'(msgid (?:""\n)?"{re.escape(source)}(?:.*\n)+?)msgstr (?:".*"\n)+', r'\1msgstr ""\n', text), "utf-8"
    )
    assert message(folder, source).target == ""


@pytest.mark.parametrize("form", ["xliff-1.2", "xliff-2.0", "xliff-2.1", "tmx"])
def test_sending_and_receiving_changes_no_byte(form: str, demonstration: Path) -> None:
    """Every catalog of the demonstration comes back as it was, in every locale and format."""
    before = bytes_of(demonstration)
    assert run(demonstration, "send", "--format", form, "--to", str(demonstration / "out")) == 0
    for file in sorted((demonstration / "out").iterdir()):
        tag = file.name.split(".")[1]
        if b"<tu " not in file.read_bytes() and form == "tmx":
            continue  # nobody accepted anything there yet
        assert run(demonstration, "receive", "--locale", tag, str(file)) == 0
    assert bytes_of(demonstration) == before


@pytest.mark.parametrize("form", ["tbx", "csv", "tsv"])
def test_glossaries_change_no_byte(form: str, demonstration: Path) -> None:
    """The glossaries of the demonstration, too."""
    before = bytes_of(demonstration)
    assert run(demonstration, "send", "--format", form, "--to", str(demonstration / "out")) == 0
    for file in sorted((demonstration / "out").iterdir()):
        assert run(demonstration, "receive", "--locale", file.stem, str(file)) == 0
    assert bytes_of(demonstration) == before


def test_an_export_is_the_same_in_every_run(demonstration: Path) -> None:
    """No clock, no hash seed and no path of the machine is in the files."""
    first = {path.name: path.read_bytes() for path in sent(demonstration, "xliff-2.0").iterdir()}
    command = [sys.executable, "-m", "pipeline", "--project", str(demonstration), "send", "--locale", "fr-FR"]
    again = demonstration / "again"
    subprocess.run(
        [*command, "--format", "xliff-2.0", "--to", str(again)],
        check=True,
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.DEVNULL,
    )
    assert {path.name: path.read_bytes() for path in again.iterdir()} == first


def test_what_comes_back_enters_the_catalog(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An agency's final text of an ordinary message is accepted; the rest of the file keeps its bytes."""
    file = sent(demonstration) / "supporting-a-partner.fr-FR.xlf"
    emptied(demonstration, PLAIN)
    before = (demonstration / FRENCH).read_text(encoding="utf-8")
    assert run(demonstration, "receive", str(file)) == 0
    assert "1 accepted" in capsys.readouterr().out
    after = (demonstration / FRENCH).read_text(encoding="utf-8")
    assert after == before.replace(f'msgid "{PLAIN}"\nmsgstr ""', f'msgid "{PLAIN}"\nmsgstr "Ce que vous pouvez dire"')


def test_a_catalog_in_another_charset_is_named(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What comes back into a catalog that was not in UTF-8 makes it UTF-8, and the output says so."""
    emptied(demonstration, PLAIN)
    folder = sent(demonstration)
    file = folder / "supporting-a-partner.fr-FR.xlf"
    file.write_text(
        file.read_text().replace(
            f"<source>{PLAIN}</source>", f'<source>{PLAIN}</source><target state="final">À dire</target>'
        )
    )
    path = demonstration / FRENCH
    text = path.read_text(encoding="utf-8").replace("charset=UTF-8", "charset=GB18030")
    path.write_text(text, encoding="gb18030")
    capsys.readouterr()
    assert run(demonstration, "receive", str(file)) == 0
    assert "was in GB18030, is in UTF-8 now)" in capsys.readouterr().out
    assert message(demonstration, PLAIN).target == "À dire"


def test_safety_text_has_to_be_signed_off_again(demonstration: Path) -> None:
    """A safety message comes in fuzzy, so that no page shows it before somebody reviewed it."""
    file = sent(demonstration) / "supporting-a-partner.fr-FR.xlf"
    emptied(demonstration, "If you are thinking about suicide")
    assert run(demonstration, "receive", str(file)) == 0
    assert message(demonstration, "If you are thinking about suicide").fuzzy


def test_the_gate_objects_before_a_text_enters(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A typed telephone number, an invisible character or a lost code is refused at its line; 1 is the exit code."""
    file = sent(demonstration) / "supporting-a-partner.fr-FR.xlf"
    emptied(demonstration, PLAIN)
    text = file.read_text(encoding="utf-8").replace("Ce que vous pouvez dire", "Ce que vous\u202e pouvez dire")
    file.write_text(text, encoding="utf-8")
    assert run(demonstration, "receive", str(file)) == 1
    line = text[: text.index("\u202e")].count("\n") - 1  # that of its unit
    assert re.search(rf"supporting-a-partner\.fr-FR\.xlf:{line}: refused: .*\[unicode/", capsys.readouterr().out)
    assert message(demonstration, PLAIN).target == ""


def test_a_differing_text_is_kept_and_told(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What people accepted here wins, unless ``--replace`` says otherwise."""
    file = sent(demonstration) / "supporting-a-partner.fr-FR.xlf"
    file.write_text(file.read_text(encoding="utf-8").replace("Ce que vous pouvez dire", "Que dire"), encoding="utf-8")
    assert run(demonstration, "receive", str(file)) == 0
    assert ": kept: another text was accepted here" in capsys.readouterr().out
    assert message(demonstration, PLAIN).target == "Ce que vous pouvez dire"
    assert run(demonstration, "receive", "--replace", str(file)) == 0
    assert message(demonstration, PLAIN).target == "Que dire"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('original="supporting-a-partner"', 'original="other"', "no article of this project"),
        (
            'target-language="fr-FR"',
            'target-language="xx"',
            "The file is in 'xx', which is not a locale of this project",
        ),
        ('target-language="fr-FR"', "", "does not say for which locale it is; name it with --locale"),
        ('source-language="en-US"', 'source-language="sv"', "translated from 'sv'"),
        ("</xliff>", "", "well-formed"),
    ],
)
def test_files_of_others_are_refused_whole(
    old: str, new: str, why: str, demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file for another article, locale or language, or half a file, writes nothing and ends with 2."""
    file = sent(demonstration) / "supporting-a-partner.fr-FR.xlf"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    emptied(demonstration, PLAIN)
    before = bytes_of(demonstration)
    assert run(demonstration, "receive", str(file)) == 2
    assert why in capsys.readouterr().err
    assert bytes_of(demonstration) == before


def test_a_glossary_grows_and_keeps_its_own(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """New terms come at the end, differing ones are told; a table says for which locale only on the command line."""
    table = demonstration / "new.csv"
    own = (demonstration / "source/glossary/fr-FR.csv").read_text(encoding="utf-8")
    table.write_text("term,target,forbidden,note\nemotional detachment,autre,,\nlighthouse,phare,,\n", encoding="utf-8")
    assert run(demonstration, "receive", str(table)) == 2
    assert "--locale" in capsys.readouterr().err
    assert run(demonstration, "receive", "--locale", "fr-FR", str(table)) == 0
    assert "kept: the glossary has another entry for emotional detachment" in capsys.readouterr().out
    assert (demonstration / "source/glossary/fr-FR.csv").read_text(encoding="utf-8") == own + "lighthouse,phare,,\n"
