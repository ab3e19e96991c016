"""A build that knows earlier ones comes to the same as one that knows nothing, whatever was done in between."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from conftest import ROOT, TODAY
from edits import add, swap
from pipeline import build, cli, ledger

ONE, TWO = "source/articles/feeling-low.md", "source/articles/two.md"
PO, PO_TWO = "locales/es_US/LC_MESSAGES/feeling-low.po", "locales/es_US/LC_MESSAGES/two.po"
SIGNOFFS = "locales/es_US/signoffs.toml"
REGISTRY = "source/helplines.toml"
LINK = '\nmsgid "Read [more](two.md)."\nmsgstr "Lea [más](two.md)."\n'


def two_articles(folder: Path) -> Path:
    """The starter with a second article, to which the first one links."""
    shutil.copytree(ROOT / "pipeline" / "starter", folder)
    shutil.copy(folder / ONE, folder / TWO)
    shutil.copy(folder / PO, folder / PO_TWO)
    append(folder / ONE, "\nRead [more](two.md).\n")
    append(folder / PO, LINK)
    for tag in ("es_US", "en_US"):
        file = folder / "locales" / tag / "signoffs.toml"
        tables = file.read_text(encoding="utf-8").partition("[[signoff]]")
        append(file, "\n[[signoff]]" + tables[2].replace('"feeling-low"', '"two"'))
    return folder


def append(file: Path, text: str) -> None:
    """Write at the end of a file."""
    with file.open("a", encoding="utf-8") as stream:
        stream.write(text)


# --- edits --------------------------------------------------------------------------------------


def lose(path: str) -> Callable[[Path], None]:
    """An edit that takes a file or folder away, and brings it back."""

    def edit(folder: Path) -> None:
        aside = folder / "aside" / path
        here = folder / path
        aside.parent.mkdir(parents=True, exist_ok=True)
        if here.exists():
            here.rename(aside)
        elif aside.exists():
            here.parent.mkdir(parents=True, exist_ok=True)
            aside.rename(here)

    return edit


def tamper(folder: Path) -> None:
    """Somebody edits a published page, in its length and at its old time."""
    for file in sorted((folder / build.SITE).glob("*/*/index.html")):
        info = file.stat()
        file.write_bytes(file.read_bytes().replace(b"988", b"989"))
        os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns))
        return


def retouch(folder: Path) -> None:
    """Every file of the project gets another time, and the same bytes."""
    for file in (folder / "source").rglob("*"):
        os.utime(file)


def break_ledger(folder: Path) -> None:
    """The ledger is cut off."""
    file = folder / ".handrail" / "build.sqlite"
    if file.exists():
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def scratch_ledger(folder: Path) -> None:
    """Some bytes in the middle of the ledger are others."""
    file = folder / ".handrail" / "build.sqlite"
    if file.exists():
        data = bytearray(file.read_bytes())
        for at in range(4096 * 2, len(data), 997):
            data[at] ^= 1
        file.write_bytes(data)


EDITS: dict[str, Callable[[Path], None]] = {
    "safety text changed": swap(PO, "phone} ahora", "phone} luego"),
    "safety text of the other changed": swap(PO_TWO, "phone} ahora", "phone} luego"),
    "text untranslated": swap(PO, '"Lea [más](two.md)."', '""'),
    "source edited": swap(ONE, "even for a short walk", "even for a walk"),
    "title edited": swap(TWO, "title: When you feel low", "title: When you feel down"),
    "article gone": lose(TWO),
    "catalog gone": lose(PO_TWO),
    "interface gone": lose("locales/es_US/LC_MESSAGES/interface.po"),
    "sign-offs gone": lose(SIGNOFFS),
    "sign-off changed": swap(SIGNOFFS, "Handrail project, review", "Handrail project, a look"),
    "sign-offs malformed": swap(SIGNOFFS, "[[signoff]]", "[[signof]]"),
    "sign-off to come": swap(SIGNOFFS, "date = 2026-11-24", "date = 2026-12-24"),
    "own sign-offs": add("locales/es_US/signoffs/two.toml", "# none yet\n"),
    "number changed": swap(REGISTRY, 'display = "988"', 'display = "9-88"'),
    "line expires": swap(REGISTRY, 'status = "active"', 'status = "active"\nvalid_to = 2026-12-20'),
    "glossary changed": swap("source/glossary/es-US.csv", "proveedor de atención médica,", "profesional de la salud,"),
    "own template": add(
        "source/templates/article.txt.jinja", '{% extends "default/article.txt.jinja" %}'
    ),
    "template malformed": add("source/templates/articles.html.jinja", "{% block"),
    "site renamed": swap("handrail.toml", "My health articles", "Other articles"),
    "locale unpublished": swap("handrail.toml", "es-US = { published = true }", "es-US = { published = false }"),
    "locale named": swap("handrail.toml", "es-US = {", 'es-US = { names = { own = "castellano" },'),
    "policy changed": swap("handrail.toml", '"emergency"]', '"emergency", "referral"]'),
    "suppressed": swap(
        "handrail.toml",
        "[locales]",
        '[[suppress]]\nrule = "catalog/untranslated"\nreason = "soon"\n\n[locales]',
    ),
    "picture missing": swap(ONE, "Everyone feels low", "![Sky.](sky.svg) Everyone feels low"),
    "picture": add("source/articles/sky.svg", "<svg/>"),
    "page edited by hand": tamper,
    "page deleted by hand": lambda folder: (folder / build.SITE / "en-US/two/index.txt").unlink(missing_ok=True),
    "foreign page": add("build/site/fr-FR/two/index.html", "<p>old"),
    "report edited": swap("build/report/findings.json", '"open"', '"opened"'),
    "touched": retouch,
    "ledger deleted": lambda folder: shutil.rmtree(folder / ".handrail", ignore_errors=True),
    "ledger cut off": break_ledger,
    "ledger scratched": scratch_ledger,
}  # fmt: skip


def run(folder: Path, day: date, *options: str) -> int:
    """The exit code of ``handrail build`` on a day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str((day - date(1970, 1, 1)).days * 86400))
        return cli.main(["--project", str(folder), "build", "--jobs", "1", *options])


def output(folder: Path) -> dict[str, bytes]:
    """Everything that a build wrote: site, previews, report."""
    root = folder / "build"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def clean(folder: Path, day: date, *options: str) -> tuple[int, dict[str, bytes]]:
    """What a build that knows nothing comes to, in a copy."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("build", ".handrail", "aside"))
        return run(copy, day, *options), output(copy)


@settings(max_examples=14, phases=[Phase.explicit, Phase.generate])  # a smaller example would take minutes
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=4), st.data())
def test_an_incremental_build_equals_a_clean_one(names: list[str], data: st.DataObject) -> None:
    """Byte for byte (site, previews, report) and in its exit code, after any sequence of edits and days."""
    with tempfile.TemporaryDirectory() as name:
        folder, day = two_articles(Path(name) / "p"), TODAY
        assert run(folder, day) == 0
        for edit in names:
            EDITS[edit](folder)
            day += timedelta(days=data.draw(st.sampled_from([0, 0, 0, 1, 27, 400])))
            code = run(folder, day)
            expected, files = clean(folder, day)
            assert code == expected, edit
            if code != 2:  # nothing is written then, and what an earlier build wrote stays
                assert output(folder) == files, edit


def test_pages_follow_the_names_of_other_locales(tmp_path: Path) -> None:
    """A page names the languages that it is in, so it changes when the settings name one of them otherwise."""
    folder = two_articles(tmp_path / "p")
    assert run(folder, TODAY) == 0
    EDITS["locale named"](folder)
    assert run(folder, TODAY) == 0
    assert b">castellano<" in output(folder)["site/en-US/two/index.html"]
    assert output(folder) == clean(folder, TODAY)[1]


def test_a_preview_without_its_picture_is_no_news_to_the_next_build(tmp_path: Path) -> None:
    """A draft goes without a picture that is not there, and the next build still sees that nothing has changed."""
    folder = two_articles(tmp_path / "p")
    swap("handrail.toml", "es-US = { published = true }", "es-US = { published = false }")(folder)
    append(folder / ONE, "\n![Nobody drew this.](lost.png)\n")
    assert run(folder, TODAY) == 1
    assert (folder / build.PREVIEW / "es-US/feeling-low/index.html").is_file()
    assert ledger.unchanged(folder, TODAY, None, (build.SITE, build.PREVIEW)) is not None


def looked_at(folder: Path) -> set[str]:
    """The articles that the last build looked at."""
    with contextlib.closing(sqlite3.connect(folder / ".handrail" / "build.sqlite")) as database:
        return {slug for (slug,) in database.execute("SELECT slug FROM scope")}


def test_a_build_looks_at_what_changed_and_at_what_links_to_it(tmp_path: Path) -> None:
    """A text of one article concerns the article that links to it, and no other; a shared file concerns all."""
    folder = two_articles(tmp_path / "p")
    assert run(folder, TODAY) == 0
    assert looked_at(folder) == {"feeling-low", "two"}
    EDITS["safety text changed"](folder)
    assert run(folder, TODAY) == 1
    assert looked_at(folder) == {"feeling-low"}
    EDITS["safety text changed"](folder)
    assert run(folder, TODAY) == 0
    assert looked_at(folder) == {"feeling-low"}
    EDITS["text untranslated"](folder)
    EDITS["safety text of the other changed"](folder)
    assert run(folder, TODAY) == 1
    assert looked_at(folder) == {"feeling-low", "two"}
    EDITS["safety text changed"](folder)
    assert run(folder, TODAY) == 1
    assert looked_at(folder) == {"feeling-low"}
    EDITS["glossary changed"](folder)
    assert run(folder, TODAY) == 1
    assert looked_at(folder) == {"feeling-low", "two"}
    assert output(folder) == clean(folder, TODAY)[1]


def test_previews_stay_while_a_page_of_their_article_comes_and_goes(tmp_path: Path) -> None:
    """A page that is withheld for what it shows is rendered again, and its article's previews are as they were."""
    folder = two_articles(tmp_path / "p")
    EDITS["locale unpublished"](folder)
    heading = swap(TWO, "Everyone feels low", "# One more\n\nMany feel low")
    heading(folder)
    assert run(folder, TODAY) == 1
    one, both = {"feeling-low"}, {"feeling-low", "two"}
    for edit, looked in ((EDITS["safety text changed"], both), (heading, both), (EDITS["source edited"], one)):
        edit(folder)
        code = run(folder, TODAY)
        assert looked_at(folder) == looked
        assert (code, output(folder)) == clean(folder, TODAY)


@pytest.mark.parametrize("kind", ["suppressed", "baseline"])
def test_a_build_goes_on_with_one_that_let_findings_pass(tmp_path: Path, kind: str) -> None:
    """What a baseline or the settings let pass is known of the articles that nobody touched: what is stale, too."""
    folder, options = two_articles(tmp_path / "p"), list[str]()
    one, two = (swap(path, "Cuéntele a alguien", "Cuéntele 3 veces a alguien") for path in (PO, PO_TWO))
    one(folder)
    two(folder)
    if kind == "suppressed":
        append(folder / "handrail.toml", '\n[[suppress]]\nrule = "number/invented"\nreason = "agreed"\n')
    else:
        options = ["--baseline", str(tmp_path / "baseline.json")]
        assert cli.main(["--project", str(folder), "check", "--write-baseline", options[1]]) == 0
    assert run(folder, TODAY, *options) == 0
    for edit, slug in ((one, "feeling-low"), (two, "two"), (one, "feeling-low")):
        edit(folder)
        code = run(folder, TODAY, *options)
        assert looked_at(folder) == {"feeling-low", slug}  # the first links to the other
        assert (code, output(folder)) == clean(folder, TODAY, *options)
    assert b"debt/stale" in output(folder)["report/findings.json"] or kind == "suppressed"


@pytest.mark.parametrize("table", ["judged", "told"])
def test_what_the_ledger_says_of_an_article_that_nobody_touched_counts_under_its_seal(
    tmp_path: Path, table: str
) -> None:
    """A row that was damaged is made again, though its article did not change."""
    folder = two_articles(tmp_path / "p")
    assert run(folder, TODAY) == 0
    with contextlib.closing(sqlite3.connect(folder / ".handrail" / "build.sqlite")) as database:
        database.execute(f"UPDATE {table} SET findings = 'x' WHERE slug = 'two'")
        database.commit()
    EDITS["safety text changed"](folder)
    assert run(folder, TODAY) == 1
    assert looked_at(folder) == {"feeling-low", "two"}
    assert output(folder) == clean(folder, TODAY)[1]


def test_a_ledger_is_as_it_was_left_until_somebody_else_writes_to_it(tmp_path: Path) -> None:
    """Its rows are compared with their seals only where the file system says that they may be others'."""
    folder = two_articles(tmp_path / "p")
    assert run(folder, TODAY) == 0
    assert run(folder, TODAY) == 0  # what the file system can tell now is noted
    with ledger.opened(folder) as book:
        assert book.is_as_left
    scratch_ledger(folder)
    with ledger.opened(folder) as book:
        assert not book.is_as_left
