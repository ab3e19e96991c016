"""``handrail fmt``: gettext's layout, judged by gettext itself."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import po
from pipeline.cli import main
from pipeline.model import Key, Message

ROOT = Path(__file__).parent.parent
OWN = sorted((ROOT / "locales").rglob("*.po"))

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
UGLY = HEAD + '\n#,python-format,fuzzy\n#.note\nmsgid "a"\n   "b"\nmsgstr\t"c"\n'
NEAT = HEAD + '\n#. note\n#, fuzzy, python-format\nmsgid "ab"\nmsgstr "c"\n'

msgcat = pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext is not installed")


def by_msgcat(data: bytes) -> bytes:
    """What gettext makes of a file."""
    return subprocess.run(["msgcat", "-"], input=data, stdout=subprocess.PIPE, check=True).stdout


@msgcat
@pytest.mark.parametrize("path", OWN, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_own_catalogs_are_laid_out_as_gettext_does(path: Path) -> None:
    """Every catalog of the demonstration project, in nine scripts, comes out as msgcat writes it."""
    data = path.read_bytes()
    assert po.formatted(data, path.name) == by_msgcat(data)


WORDS = st.lists(
    st.sampled_from(
        [
            "word",
            "a",
            "l’été",
            "fin.",
            "日本語の文章です。",
            "ไทยไม่เว้นวรรค",
            "العربية،",
            "हिन्दी",
            "ಕನ್ನಡಿ",
            "한국어",
            "x" * 30,
            "Rust（AOSP）「100%（」",
            "مورد،`B`،٣",
            '\\"%s\\"',
            "a.b.c:d;e,1",
            "·§→✓…",
            "\u200fא.\u200fב",
        ]
    ),
    max_size=30,
)
ORDERED = st.lists(st.sampled_from(["ycp-format", "c-format", "range: 1..3", "python-format", "no-wrap"]), unique=True)


@msgcat
@given(words=WORDS, flags=ORDERED, obsolete=st.booleans(), note=st.text("ab c", min_size=1).map(str.strip))
def test_any_entry_is_laid_out_as_gettext_does(words: list[str], flags: list[str], obsolete: bool, note: str) -> None:
    """Wrapping, the order of flags and of comments are gettext's, for text of many scripts."""
    text = " ".join(words)
    obsolete = obsolete and bool(text)  # msgcat drops obsolete entries without a text
    if obsolete:
        flags = [flag for flag in flags if not flag.startswith("range")]  # msgcat drops it there
    message = Message(Key("source " + text), targets=(text,), flags=tuple(flags), obsolete=obsolete, comments=(note,))
    catalog = replace(po.load(HEAD.encode(), "x.po"), messages=(message,))
    data = po.dump(catalog)
    formatted = po.formatted(data, "x.po")
    assert formatted == by_msgcat(data)
    assert po.formatted(formatted, "x.po") == formatted


def test_obsolete_entries_come_last_and_stray_comments_stay() -> None:
    """The order is gettext's; a comment that belongs to no entry, which msgcat drops, is kept."""
    data = f'{HEAD}\n#~ msgid "old"\n#~ msgstr "x"\n\nmsgid "a"\nmsgstr "b"\n\n# the end\n'.encode()
    assert po.formatted(data, "x.po").decode() == (
        f'{HEAD}\nmsgid "a"\nmsgstr "b"\n\n#~ msgid "old"\n#~ msgstr "x"\n\n# the end\n'
    )


def test_files_are_rewritten_without_a_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file is laid out in place, and a second run finds nothing to do."""
    file = tmp_path / "fr.po"
    file.write_text(UGLY)
    assert main(["fmt", str(file)]) == 0
    assert file.read_text() == NEAT
    assert str(file) in capsys.readouterr().out
    assert main(["fmt", str(file)]) == 0
    assert capsys.readouterr().out == ""


def test_another_charset_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in another charset becomes UTF-8, header and all, and the output says so."""
    file = tmp_path / "fr.po"
    file.write_bytes((HEAD.replace("UTF-8", "ISO-8859-1") + '\nmsgid "a"\nmsgstr "été"\n').encode("latin-1"))
    assert main(["fmt", str(file)]) == 0
    assert capsys.readouterr().out == f"formatted     {file}  (from ISO-8859-1 to UTF-8)\n"
    assert file.read_text("utf-8") == HEAD + '\nmsgid "a"\nmsgstr "été"\n'


@msgcat
@pytest.mark.parametrize(
    "entry",
    [
        '#~ # mine\n#~ #. note\n#~ #: a.c:1\n#~ #, c-format\n#~ #| msgid "p"\n#~ msgid "a"\n#~ msgstr "b"\n',
        '#~\n#~ msgid "a"\n#~ msgstr "b"\n',
        'msgctxt ""\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n',
        '#| msgctxt ""\n#| msgid "p"\nmsgid "a"\nmsgstr "b"\n',
        '\f  msgid"a"\t\n"b"\nmsgstr"c"\n',
    ],
)
def test_odd_entries_are_read_as_gettext_reads_them(entry: str) -> None:
    """Comments behind the mark of obsolete lines, an empty context beside none, odd spaces."""
    data = f"{HEAD}\n{entry}".encode()
    assert po.formatted(data, "x.po") == by_msgcat(data)
    assert po.dump(po.load(data, "x.po")) == data


def test_check_names_files_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--check`` ends with 1 where a file would change and 0 where none would."""
    ugly, neat = tmp_path / "ugly.po", tmp_path / "neat.po"
    ugly.write_text(UGLY)
    neat.write_text(NEAT)
    assert main(["fmt", "--check", str(ugly), str(neat)]) == 1
    assert capsys.readouterr().out.split() == ["would", "change", str(ugly)]
    assert ugly.read_text() == UGLY
    assert main(["fmt", "--check", str(neat)]) == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + '\nmsgid "a"\nmsgstr "b\n', 5),
        (HEAD + '\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 7),
        (HEAD + '\nmsgid "a"\nmsgstr "#-#-#-#-#  x  #-#-#-#-#\\n"\n', 4),
        (HEAD + "\n<<<<<<< mine\n", 4),
    ],
)
def test_broken_files_are_left_alone(text: str, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no PO is named with the line, nothing is written, and the others are still laid out."""
    broken, ugly = tmp_path / "broken.po", tmp_path / "ugly.po"
    broken.write_text(text)
    ugly.write_text(UGLY)
    assert main(["fmt", str(broken), str(ugly)]) == 2
    assert f"{broken}:{line}: " in capsys.readouterr().err
    assert broken.read_text() == text
    assert ugly.read_text() == NEAT
