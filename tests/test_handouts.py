"""Hand-outs: PDF from the real Chromium, read back by the real poppler."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, TODAY
from pipeline import build, cli, handouts, project
from pipeline.cli import CLOSED, ERROR, OPEN
from pipeline.errors import HandrailError
from pipeline.handouts import keeping, printing
from pipeline.handouts.printing import Handout
from pipeline.handouts.reading import _reordered, _squeezed, stands_in, texts_of
from pipeline.locales import locale
from pipeline.model import Edition

SLUG = "supporting-a-partner"
DAY = "1795600000"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Edition, str]]:
    """The shorter article of the demonstration, by locale, with its page."""
    folder = tmp_path_factory.mktemp("demonstration")
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    one = project.open_project(folder)
    assert build.build(one, TODAY).outcome.open
    editions = [e for e in project.load(one, TODAY).editions if e.published and e.article.slug == SLUG]
    site = folder / build.SITE
    return {
        e.locale.tag: (e, (site / e.locale.tag / SLUG / "index.html").read_text(encoding="utf-8")) for e in editions
    }


@pytest.fixture(scope="module")
def printed(pages: Mapping[str, tuple[Edition, str]]) -> Mapping[str, Handout]:
    """Its hand-outs."""
    papers = {tag: printing.paper_of(edition.locale) for tag, (edition, _) in pages.items()}
    return {made.locale: made for made in printing.print_pages(project.open_project(ROOT), [*pages.values()], papers)}


def reprinted(edition: Edition, html: str) -> Handout:
    """A page on A4."""
    (made,) = printing.print_pages(project.open_project(ROOT), [(edition, html)], {edition.locale.tag: "A4"})
    return made


def test_every_text_of_every_locale_reads_back(printed: Mapping[str, Handout]) -> None:
    """Latin, Arabic, Devanagari, Thai, Japanese and Chinese: titles, paragraphs, safety texts and numbers."""
    assert len(printed) == 10
    assert {tag: made.findings for tag, made in printed.items() if made.findings} == {}


def test_screen_readers_find_their_way(printed: Mapping[str, Handout]) -> None:
    """The PDF is tagged, has a title and a language, an outline, and the paper of its region."""
    for tag, size in (("en-US", "612 x 792"), ("ar-EG", "595.92 x 842.88")):
        about = subprocess.run(["pdfinfo", "-"], input=printed[tag].data, capture_output=True, check=True)
        facts = about.stdout.decode()
        assert "Tagged:          yes" in facts
        assert size in facts
        assert "| Handrail Health" in facts
        assert b"/Lang (" + tag.encode() + b")" in printed[tag].data
        assert b"/Outlines" in printed[tag].data
        assert not about.stderr


def test_the_same_page_gives_the_same_pdf(
    printed: Mapping[str, Handout], pages: Mapping[str, tuple[Edition, str]]
) -> None:
    """No clock and no path of this machine in it; its links lead to the pages on the web."""
    assert reprinted(*pages["de-DE"]).data == printed["de-DE"].data
    assert b"CreationDate" not in printed["de-DE"].data
    assert b"file:" not in printed["de-DE"].data
    assert b"(https://handrail.example/de-DE/emotional-detachment/)" in printed["de-DE"].data


@pytest.mark.parametrize(
    ("tag", "old", "new", "rule"),
    [
        ("fr-FR", ">3114<", ">3115<", "print/text-missing"),
        ("ar-EG", ">16328<", ">16238<", "print/number-missing"),
        ("ar-EG", "لست مضطر", "أنت مضطر", "print/text-missing"),
        ("hi-IN", "14416", "14461", "print/number-missing"),
        ("fr-FR", "</style>", "[data-safety=crisis] { display: none !important }</style>", "print/text-missing"),
        ("fr-FR", "</style>", "@media print { .card { display: none } }</style>", "page/unseen"),
        ("fr-FR", "</style>", "@media print { [data-safety] { color: #fff !important } }</style>", "page/unseen"),
        (
            "ar-EG",
            "</style>",
            "@media print { .phone bdi { direction: rtl; unicode-bidi: bidi-override } }</style>",
            "page/digits-disordered",
        ),
    ],
)
def test_damage_on_paper_is_seen(
    pages: Mapping[str, tuple[Edition, str]], tag: str, old: str, new: str, rule: str
) -> None:
    """A page that prints otherwise than it reads does not become a hand-out."""
    edition, html = pages[tag]
    assert old in html
    unguarded = html.replace('http-equiv="Content-Security-Policy"', 'name="policy"')  # it would refuse the style sheet
    made = reprinted(edition, unguarded.replace(old, new))
    assert rule in {finding.rule for finding in made.findings}


def test_a_text_is_looked_for_letter_by_letter() -> None:
    """Negations, vowel signs, tone marks and digits all count; where a line breaks does not."""
    texts = (_squeezed("Do not\nwait. ห้ามหยุดยา हिंदी में ‫االنفصال‬ 116 123"),)
    assert stands_in("Do not wait.", texts)
    assert stands_in("الانفصال", texts)  # the ligature comes out of a PDF in the other order
    assert stands_in("116 123", texts)
    for damaged in ("Do wait.", "Do not wat.", "หามหยุดยา", "हदी में", "الانفصل", "116 132"):
        assert not stands_in(damaged, texts)


@given(st.text(st.sampled_from("لااىيةهن بم0139.?"), max_size=30))
def test_every_text_stands_in_itself(text: str) -> None:
    """However its ligatures come out."""
    assert stands_in(text, (_squeezed(text),))
    assert stands_in(text, (_squeezed(text.replace("لا", "\u0000").replace("\u0000", "ال")),))


def test_lines_are_read_in_the_order_of_their_language() -> None:
    """Poppler may lay a right-to-left line out as the eye of a left-to-right reader meets it."""
    assert _squeezed(_reordered("\u202bالآن\u202c 123 \u202bاتصل\u202c")) == _squeezed("اتصل 123 الآن")
    assert _reordered("\u202bاتصل الآن\u202c") == "\u202bاتصل الآن\u202c"
    assert _reordered("doi:10.1000/1") == "doi:10.1000/1"


def test_what_is_no_pdf_is_refused() -> None:
    """Nothing that could be read is nothing that may go out."""
    with pytest.raises(HandrailError, match="read back"):
        texts_of(b"%PDF-1.4 nothing", "ltr")


def test_printers_hold_the_paper_of_their_region() -> None:
    """CLDR: Letter in most of the Americas, A4 elsewhere, Brazil included."""
    assert [printing.paper_of(locale(tag)) for tag in ("en-US", "es-MX", "pt-BR", "fr-FR")] == [
        "Letter",
        "Letter",
        "A4",
        "A4",
    ]


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demonstration in German alone."""
    folder = tmp_path / "german"
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if "published =" not in line or "de-DE" in line]
    (folder / "pyproject.toml").write_text("\n".join(kept), encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    return folder


def test_hand_outs_come_and_go_with_their_pages(german: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Printed once; gone with the next build when the page changes or is withheld; and never printed then."""

    def run(*arguments: str) -> tuple[int, str]:
        code = cli.main(["--project", str(german), *arguments])
        return code, capsys.readouterr().out

    pdf = german / handouts.FOLDER / handouts.path_of(SLUG, "de-DE")
    asked = ("print", "--locale", "de-DE", "--article", SLUG)
    run("build")
    code, out = run(*asked)
    assert code == OPEN
    assert str(pdf) in out
    made = pdf.stat().st_mtime_ns
    assert run(*asked)[0] == OPEN
    assert run("build")[0] == OPEN
    assert pdf.stat().st_mtime_ns == made
    signoffs = german / "locales/de_DE/signoffs.toml"
    whole = signoffs.read_text(encoding="utf-8")
    signoffs.write_text("[[signoff]]".join(whole.split("[[signoff]]")[:-1]), encoding="utf-8")
    run("build")
    assert not pdf.exists()
    pdf.parent.mkdir(parents=True)
    pdf.write_bytes(b"an old one")
    code, out = run(*asked)
    assert code == CLOSED
    assert "withheld  de-DE/supporting-a-partner: safety/not-signed-off" in out
    assert not pdf.exists()


def test_hand_outs_stay_out_of_the_site(german: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A build removes what is no page; drafts and pages that nobody publishes have no hand-out."""
    assert cli.main(["--project", str(german), "print", "--to", str(german / build.SITE / "x")]) == ERROR
    assert "somewhere else" in capsys.readouterr().err


def test_a_hand_out_of_a_page_that_changed_is_withdrawn(german: Path) -> None:
    """Even where nobody remembers what it was printed from."""
    one = project.open_project(german)
    pdf = german / handouts.FOLDER / "de-DE/x.de-DE.pdf"
    pdf.parent.mkdir(parents=True)
    edition = next(e for e in project.load(one, TODAY).editions if e.locale.tag == "de-DE")
    edition = replace(edition, article=replace(edition.article, slug="x"))
    site = german / build.SITE / "de-DE/x/index.html"
    site.parent.mkdir(parents=True)
    for html, there in (("<p>1", True), ("<p>2", False)):
        pdf.parent.mkdir(parents=True, exist_ok=True)
        pdf.write_bytes(b"pdf")
        site.write_text(html)
        keeping.remember(one, {"de-DE/x.de-DE.pdf": keeping.kept("<p>1", "A4", b"pdf")})
        assert keeping.is_fresh(one, edition, "<p>1", "A4")
        assert not keeping.is_fresh(one, edition, "<p>1", "Letter")
        assert bool(keeping.withdraw(one, build.SITE)) is not there
        assert pdf.exists() is there
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(b"pdf")
    (german / ".handrail/print.json").write_text("[")
    assert keeping.withdraw(one, build.SITE) == ("build/print/de-DE/x.de-DE.pdf",)
