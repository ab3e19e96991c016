"""From a project on the disk to a site: what goes out, what is withheld, and what stays off the disk."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, TODAY
from pipeline import build, catalogs, checks, project
from pipeline.build import Built
from pipeline.errors import RegistryError, SourceError, WriteError
from pipeline.model import Edition, Finding, Page, Severity

CATALOG = "locales/es_US/LC_MESSAGES/feeling-low.po"
ARTICLE = "source/articles/feeling-low.md"


def built(folder: Path) -> Built:
    """Build the project in a folder."""
    return build.build(project.open_project(folder), TODAY)


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Change a file of a project; fails where there is nothing to change."""
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text, f"{path} does not say {old!r}"
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def reasons(result: Built, tag: str) -> tuple[str, ...]:
    """Why the starter's article is withheld in a locale."""
    [standing] = [s for s in result.outcome.standings if s.locale == tag]
    return standing.reasons


def test_the_starter_goes_out_whole(starter: Path) -> None:
    """A new project builds at once: pages, plain text, lists and site map, and its gate is open."""
    result = built(starter)
    assert result.outcome.open
    assert result.outcome.findings == ()
    assert sorted(tree(starter / build.SITE)) == [
        "en-US/feeling-low/index.html",
        "en-US/feeling-low/index.txt",
        "en-US/index.html",
        "en-US/manifest.webmanifest",
        "es-US/feeling-low/index.html",
        "es-US/feeling-low/index.txt",
        "es-US/index.html",
        "es-US/manifest.webmanifest",
        "icon.svg",
        "index.html",
        "sitemap.xml",
    ]


def test_the_starter_says_that_it_is_a_demonstration(starter: Path) -> None:
    """Nobody may take its texts, sign-offs or numbers for reviewed ones."""
    built(starter)
    site = tree(starter / build.SITE)
    assert b"This page is a demonstration" in site["en-US/feeling-low/index.html"]
    assert b"This page is a demonstration" in site["en-US/feeling-low/index.txt"]
    assert "demostración".encode() in site["es-US/feeling-low/index.html"]


def test_the_starter_is_up_to_date(starter: Path) -> None:
    """Its templates and catalogs are what ``update`` would make of them."""
    one = project.open_project(starter)
    assert {change.did for change in catalogs.update(one, one.settings.targets, ())} == {"unchanged"}


def test_what_an_author_folds_is_no_hidden_text(starter: Path) -> None:
    """Ordinary text may stand in a closed <details> or in what its author hides; safety text may not."""
    heading = "\n\n## When to ask for help"
    edit(starter, ARTICLE, heading, f"\n\n<details><summary>More</summary>\n\nSleep.\n\n</details>{heading}")
    assert reasons(built(starter), "en-US") == ()
    edit(starter, ARTICLE, "\n\nSleep.", "\n\n<div hidden>\n\nSleep.\n\n</div>")
    assert reasons(built(starter), "en-US") == ()
    edit(starter, ARTICLE, "<div hidden>\n\nSleep.\n\n</div>", "Sleep.")
    edit(
        starter, ARTICLE, "<!-- safety: emergency -->", "<details><summary>Now</summary>\n\n<!-- safety: emergency -->"
    )
    assert "page/safety-hidden" in reasons(built(starter), "en-US")


def test_a_second_build_writes_nothing(starter: Path) -> None:
    """The same input gives the same bytes, and bytes that are there are left alone."""
    built(starter)
    before = tree(starter / "build")
    result = built(starter)
    assert (result.written, result.removed) == (0, 0)
    assert tree(starter / "build") == before


def test_the_same_project_elsewhere_gives_the_same_bytes(starter: Path, tmp_path: Path) -> None:
    """No path of the machine and no order of the file system gets into the output."""
    other = tmp_path / "a folder with another name"
    shutil.copytree(starter, other)
    built(starter)
    built(other)
    assert tree(starter / "build") == tree(other / "build")


def test_an_untranslated_safety_text_withholds_its_page_only(starter: Path) -> None:
    """The page and its text disappear, nothing names them any more, and the other locale goes out."""
    built(starter)
    target = '"Si usted u otra persona está en peligro inmediato, llame al {emergency."\n"phone} ahora mismo."\n'
    edit(starter, CATALOG, target, "")
    result = built(starter)
    assert not result.outcome.open
    assert "safety/untranslated" in reasons(result, "es-US")
    assert reasons(result, "en-US") == ()
    site = tree(starter / build.SITE)
    assert not [path for path in site if path.startswith("es-US")]
    assert not [path for path, data in site.items() if b"es-US" in data]
    assert result.removed == 4  # with the list and the manifest of its locale


def test_a_withheld_page_comes_back(starter: Path) -> None:
    """Once the text is mended, the page and every mention of it return, byte for byte."""
    built(starter)
    before = tree(starter / build.SITE)
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    assert not built(starter).outcome.open
    edit(starter, CATALOG, "phone} luego", "phone} ahora")
    assert built(starter).outcome.open
    assert tree(starter / build.SITE) == before


def test_a_broken_catalog_withholds_its_edition_only(starter: Path) -> None:
    """A catalog that cannot be read is a finding with its line; other locales go out."""
    edit(starter, CATALOG, 'msgid "When to ask for help"', 'msgid "When to ask for help')
    result = built(starter)
    [finding] = [f for f in result.outcome.findings if f.severity is Severity.ERROR]
    assert finding.rule == "gate/unreadable"
    assert finding.place is not None
    assert finding.place.path == CATALOG
    assert finding.place.line > 1
    assert reasons(result, "es-US") == ("gate/unreadable",)
    assert (starter / build.SITE / "en-US/feeling-low/index.html").exists()


def test_a_missing_catalog_withholds_its_edition(starter: Path) -> None:
    """A published locale without a catalog is not skipped, and the finding says how to make one."""
    (starter / CATALOG).unlink()
    result = built(starter)
    assert not result.outcome.open
    assert "handrail update" in result.outcome.findings[0].text


def test_a_missing_interface_catalog_withholds_its_locale(starter: Path) -> None:
    """The words around the article are part of the page."""
    (starter / "locales/es_US/LC_MESSAGES/interface.po").unlink()
    assert reasons(built(starter), "es-US") == ("gate/unreadable",)


def test_a_broken_article_goes_out_in_no_locale(starter: Path) -> None:
    """Its old pages are removed everywhere, and the finding names the line."""
    built(starter)
    (starter / ARTICLE).write_bytes((starter / ARTICLE).read_bytes().replace(b"Everyone", b"Every\xffone"))
    result = built(starter)
    assert {s.open for s in result.outcome.standings} == {False}
    assert str(result.outcome.findings[0].place) == f"{ARTICLE}:7"
    assert not tree(starter / build.SITE)


def test_a_picture_that_is_missing_withholds_the_article(starter: Path) -> None:
    """A page never shows a hole; the finding names the picture."""
    edit(starter, ARTICLE, "## When to ask", "![A path.](images/path.svg)\n\n## When to ask")
    result = built(starter)
    missing = [f for f in result.outcome.findings if f.rule == "gate/unreadable"]
    assert [str(f.place) for f in missing] == ["source/articles/images/path.svg"]
    assert not result.outcome.open


def test_a_broken_registry_builds_nothing(starter: Path) -> None:
    """Every page depends on it: an error with its line, and the old site stays as it was."""
    built(starter)
    before = tree(starter / "build")
    edit(starter, "source/helplines.toml", 'crisis = "us-988"', 'crisis = "us-989"')
    with pytest.raises(RegistryError, match=r"source/helplines\.toml:\d+: "):
        built(starter)
    assert tree(starter / "build") == before


def test_no_article_builds_nothing(starter: Path) -> None:
    """An empty folder is a wrong path, not a project in order."""
    (starter / ARTICLE).unlink()
    with pytest.raises(SourceError):
        built(starter)


def test_a_draft_is_previewed_and_not_published(starter: Path) -> None:
    """A locale that is not declared published is not in the site, is marked, and does not close the gate."""
    edit(starter, "handrail.toml", "es-US = { published = true }", "es-US = { published = false }")
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    result = built(starter)
    assert result.outcome.open
    assert [f for f in result.outcome.findings if f.locale == "es-US"]
    assert not [path for path in tree(starter / build.SITE) if path.startswith("es-US")]
    page = (starter / build.PREVIEW / "es-US/feeling-low/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert "Vista previa" in page


def test_foreign_files_in_the_site_are_removed(starter: Path) -> None:
    """What Handrail did not make may be a page it would withhold."""
    project.write(starter, "build/site/fr-FR/feeling-low/index.html", b"an old page")
    assert built(starter).removed == 1
    assert not (starter / "build/site/fr-FR").exists()


def test_withheld_pages_go_before_anything_is_written(starter: Path) -> None:
    """A disk that fills up in the middle of a build cannot leave a withheld page on the site."""
    built(starter)
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    page = starter / build.SITE / "en-US/feeling-low/index.html"
    page.chmod(0o444)  # the first file that has to change cannot be written
    with pytest.raises(WriteError, match="read-only"):
        built(starter)
    assert not (starter / build.SITE / "es-US/feeling-low/index.html").exists()


def test_links_of_every_kind_pass(starter: Path) -> None:
    """A page may list the addresses of its links, whatever stands in them and however many there are."""
    kinds = """

- See [words](https://example.org/a) and [others](https://example.org/b), [here](feeling-low.md).
- [`code`](https://example.org/c), [site](/about/us), [place](<https://example.org/wiki/Mood_(state),_low#it's>)
- [`code`](https://example.org/d) [`more`](https://example.org/e)

| Name | First | Second |
| ---- | ----- | ------ |
| `one` | [`two`](https://example.org/f) | [`three`](https://example.org/g) |
| one | [two](https://example.org/h) | [three](mailto:someone@example.org) |

"""
    kinds += '<p><a href="https://example.org/Dépression_(psychiatrie)">Foreign</a></p>\n\n'
    many = "\n".join(f"- [`code {number}`](https://example.org/{number})" for number in range(30))
    edit(starter, ARTICLE, "## When to ask", f"{kinds}{many}\n\n## When to ask")
    assert reasons(built(starter), "en-US") == ()
    text = (starter / build.SITE / "en-US/feeling-low/index.txt").read_text(encoding="utf-8")
    assert "[a] https://example.org/a" in text
    assert "[aq] https://example.org/29" in text


def test_letters_in_the_cells_of_a_table_pass(starter: Path) -> None:
    """Texts of one letter are known as any others, though letters are too short to be looked for in words."""
    edit(starter, ARTICLE, "## When to ask", "| A | B |\n| - | - |\n| O | B |\n| A | A |\n\n## When to ask")
    assert reasons(built(starter), "en-US") == ()


def test_ruby_passes(starter: Path) -> None:
    """What stands above characters is read with them; its brackets are for programs that do not know ruby."""
    ruby = "<p>Drink <ruby>OJ<rp>(</rp><rt>orange juice</rt><rp>)</rp></ruby> today.</p>"
    edit(starter, ARTICLE, "## When to ask", f"{ruby}\n\n## When to ask")
    assert reasons(built(starter), "en-US") == ()
    edit(starter, ARTICLE, "<rp>)</rp>", "<rp>Do not believe it</rp>")
    assert reasons(built(starter), "en-US") != ()


def test_a_number_in_an_article_is_told_with_its_line(starter: Path) -> None:
    """Once for the page and its plain text, with what to do about it."""
    edit(starter, ARTICLE, "## When to ask", "Call [1-800-799-4889](tel:+18007994889) then.\n\n## When to ask")
    found = [one for one in built(starter).outcome.findings if one.locale == "en-US"]
    assert {one.rule for one in found} == {"page/number-unknown", "page/number-link"}
    assert {str(one.place) for one in found} == {f"{ARTICLE}:13"}
    [unknown] = [one for one in found if one.rule == "page/number-unknown"]
    assert "{role.phone}" in unknown.advice


def test_a_second_main_heading_is_told_to_the_author(starter: Path) -> None:
    """Where the article has one below its title, the theme is not to blame."""
    edit(starter, ARTICLE, "## When to ask", "# When to ask")
    result = built(starter)
    assert reasons(result, "en-US") == ("page/frame",)
    assert "the article's own headings" in "".join(finding.advice for finding in result.outcome.findings)


def test_the_site_map_names_what_is_published(starter: Path) -> None:
    """Well-formed, absolute, and each page with its other languages."""
    built(starter)
    root = ElementTree.fromstring((starter / build.SITE / "sitemap.xml").read_bytes())
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    addresses = [element.text for element in root.findall("s:url/s:loc", names)]
    paths = ["", "en-US/", "es-US/", "en-US/feeling-low/", "es-US/feeling-low/"]
    assert addresses == [f"https://health.example/{path}" for path in paths]
    links = [(one.get("hreflang"), one.get("href")) for one in root.findall("s:url[4]/x:link", names)]
    assert links == [
        ("en-US", "https://health.example/en-US/feeling-low/"),
        ("es-US", "https://health.example/es-US/feeling-low/"),
        ("x-default", "https://health.example/en-US/feeling-low/"),
    ]


def test_a_page_that_fails_verification_takes_the_others_along_to_a_new_rendering(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages are rendered again until none names one that was withheld."""
    verify = checks.verify

    def doubtful(page: Page, edition: Edition) -> tuple[Finding, ...]:
        found = verify(page, edition)
        if edition.locale.tag != "es-US":
            return found
        return (*found, checks.not_rendered(SourceError("the page is not what it should be"), edition))

    monkeypatch.setattr(checks, "verify", doubtful)
    result = built(starter)
    assert reasons(result, "es-US") == ("gate/not-rendered",)
    site = tree(starter / build.SITE)
    assert site
    assert not [path for path, data in site.items() if b"es-US" in data]


def test_a_preview_of_any_page_is_marked(starter: Path) -> None:
    """``render`` shows a page whose gate is closed, and says that it is not published."""
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    page = build.preview(project.open_project(starter), TODAY, "feeling-low", "es-US")
    assert not page.published
    assert "Vista previa" in page.html
    assert "Vista previa" in page.text


def test_narrowing_looks_at_nothing_else(starter: Path) -> None:
    """``--locale`` reports one locale; its gate alone decides."""
    edit(starter, CATALOG, "phone} ahora", "phone} luego")
    one = project.open_project(starter)
    source = build.assess(one, TODAY, build.Wanted(tags=frozenset({"en-US"}))).outcome
    target = build.assess(one, TODAY, build.Wanted(tags=frozenset({"es-US"}))).outcome
    assert source.open
    assert not target.open
    assert [standing.locale for standing in target.standings] == ["es-US"]


def test_an_expired_verification_withholds_the_pages(starter: Path) -> None:
    """A helpline that nobody looked at for more than a year is not shown."""
    one = project.open_project(starter)
    outcome = build.assess(one, TODAY.replace(year=2028), build.EVERYTHING).outcome
    assert {reason for s in outcome.standings for reason in s.reasons} == {"helpline/unfit"}


@settings(max_examples=15)
@given(st.data())
def test_no_single_lost_line_of_a_catalog_publishes_a_page_without_it(data: st.DataObject) -> None:
    """Whatever one line of a catalog a slip of the hand deletes, a page that goes out still has its safety text."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "p"
        shutil.copytree(ROOT / "pipeline" / "starter", folder)
        lines = (folder / CATALOG).read_text(encoding="utf-8").splitlines(keepends=True)
        lost = data.draw(st.integers(0, len(lines) - 1))
        (folder / CATALOG).write_text("".join(lines[:lost] + lines[lost + 1 :]), encoding="utf-8")
        built(folder)
        page = folder / build.SITE / "es-US/feeling-low/index.txt"
        if page.exists():
            text = " ".join(page.read_text(encoding="utf-8").split())
            for words in ("más de dos semanas", "pensando en el suicidio", "peligro inmediato", "988", "911"):
                assert words in text, f"without line {lost + 1}: {lines[lost]!r}"
