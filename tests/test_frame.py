"""Lines of a page's frame that are left out hide nothing: what is found is what is found on the whole page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pages
from pipeline import checks, locales
from pipeline.audit import page_damage, page_variation
from pipeline.audit.running import subjects
from pipeline.audit.subject import Subject
from pipeline.checks import frame
from pipeline.model import Catalog, Edition, Finding, Page, Policy
from pipeline.render import render

ROOT = Path(__file__).parent.parent
LOCALES = tuple(locales.locale(tag) for tag in ("en-US", "fr-FR", "ar-EG", "es-MX", "ja-JP"))
SITE = replace(pages.SITE, published={"numb": LOCALES, "other": LOCALES})


WORDS, POLICY = Catalog("fr-FR", path="interface.po"), Policy()


@pytest.fixture(autouse=True, scope="module")
def _few_languages() -> Iterator[None]:
    """A frame is compared however few languages a page names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frame, "_FEWEST", 1)
        yield


def made(tag: str, slug: str) -> tuple[Edition, Page]:
    """An article of one text under a name, and its page."""
    one = pages.edition(tag, article=pages.article(slug=slug), interface=WORDS, policy=POLICY)
    return one, render(one, SITE, pages.THEME)


EDITION, PAGE = made("fr-FR", "other")
PIECES = (
    *("<!--", "-->", '"', "'", ">", "<", "<b hidden>", "</ul>", "</details>", "<main>", "<textarea>", "</title>", "x"),
    *("<style>header:has(li:nth-child(4)) + main p{display:none}</style>", "<svg>", "<template>", "/other/", "/numb/"),
    *('<a href="tel:01990099">', "01 99 00 99 99", "<script>", "&quot;", "\n", "\u202e", 'style="display:none" ', ""),
)


def learned(edition: Edition, page: Page) -> None:
    """Know the frame of one page, and no other."""
    frame._frames.cache_clear()
    checks.verify(page, edition)
    frame.frames_of(edition, page).tried = 1_000


def whole(page: Page, edition: Edition) -> tuple[Finding, ...]:
    """What is found on a page of which no line is left out."""
    return checks._read_back(page, edition, page.html)[0]


def test_the_other_languages_of_a_second_page_are_not_walked_again() -> None:
    """Three lines for each of them, and one for all others; its own language stays, and so does all else."""
    learned(EDITION, PAGE)
    second, page = made("fr-FR", "numb")
    short = frame.frames_of(second, page).shortened(page)
    gone = [line for line in page.html.split("\n") if line not in short.split("\n")]
    assert len(gone) == 3 * (len(LOCALES) - 1) + 1
    assert all('hreflang="' in line or "og:locale:alternate" in line for line in gone)
    assert 'hreflang="fr-FR"' in short
    assert not any('hreflang="fr-FR"' in line for line in gone)


@given(st.data())
def test_any_damage_to_a_frame_is_found_as_on_the_whole_page(data: st.DataObject) -> None:
    """Pieces are put into it, in the place of others, anywhere; so are pieces of a style sheet in the main part."""
    html = PAGE.html
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(0, html.index("<main") + 20))
        end = at + data.draw(st.sampled_from([0, 0, 1, 5, 40]))
        html = html[:at] + data.draw(st.sampled_from(PIECES)) + html[end:]
    damaged = replace(PAGE, html=html)
    learned(*made("fr-FR", "numb"))
    found = checks.verify(damaged, EDITION)
    assert found == whole(damaged, EDITION)


@pytest.mark.parametrize("line", [line for line in PAGE.html.split("\n") if "hreflang" in line or "og:locale" in line])
@pytest.mark.parametrize(
    ("old", "new"), [("href", "hidden href"), ("other", "numb"), (">", ">01 99 00 99 99"), ('"', "'")]
)
def test_a_line_of_which_a_byte_differs_is_walked(line: str, old: str, new: str) -> None:
    """The page as a whole is, since nobody knows what else is wrong with it."""
    learned(*made("fr-FR", "numb"))
    damaged = replace(PAGE, html=PAGE.html.replace(line, line.replace(old, new, 1), 1))
    if damaged != PAGE and 'hreflang="fr-FR"' not in line and "og:locale:alternate" in line:
        assert not frame.frames_of(EDITION, damaged).shortened(damaged)
    found = checks.verify(damaged, EDITION)
    assert found == whole(damaged, EDITION)


def test_a_style_that_looks_at_the_lines_left_out_is_given_them() -> None:
    """It hides the article where the menu has a fourth language."""
    learned(*made("fr-FR", "numb"))
    style = "<style>header:has(li:nth-child(4)) + main p{display:none}</style></main>"
    damaged = replace(PAGE, html=PAGE.html.replace("</main>", style))
    assert frame.frames_of(EDITION, damaged).shortened(damaged)
    found = checks.verify(damaged, EDITION)
    assert "page/safety-hidden" in {one.rule for one in found}
    assert found == whole(damaged, EDITION)


def two_of_a_locale() -> Iterator[tuple[Subject, Subject]]:
    """Two articles of the project's own in each of a few locales."""
    known: dict[str, Subject] = {}
    for subject in subjects(ROOT, date(2026, 11, 24)):
        tag = subject.edition.locale.tag
        if tag in known:
            yield known.pop(tag), subject
        else:
            known[tag] = subject


def test_seeded_damage_is_found_with_and_without_a_known_frame() -> None:
    """Every operator of the audit over finished pages, on articles with safety text and numbers."""
    count = short = 0
    for first, second in islice(two_of_a_locale(), 1):
        learned(first.edition, first.page)
        for operator in (*page_damage.OPERATORS, *page_variation.OPERATORS):
            for case in islice(operator.cases(second), 1):
                if case.page is not None:
                    found = checks.verify(case.page, second.edition)
                    assert found == whole(case.page, second.edition), operator.id
                    short += bool(frame.frames_of(second.edition, case.page).shortened(case.page))
                    count += 1
    assert count > short > 30
