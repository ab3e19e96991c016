"""The gate after rendering: what ``verify`` says of finished pages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pages
from editions import good, good_page, ids
from pipeline import checks
from pipeline.checks import changes, styles
from pipeline.checks.hiding import hides
from pipeline.checks.squeezing import squeezed
from pipeline.model import Edition, Page, Severity
from pipeline.render import render

CRISIS = '<p data-safety="crisis">'


def verified(html: str | None = None, text: str | None = None, tag: str = "fr-FR") -> list[str]:
    """The rules of the findings about the good page with other HTML or text."""
    page = good_page(tag)
    changed = replace(page, html=page.html if html is None else html, text=page.text if text is None else text)
    return ids(checks.verify(changed, good(tag)))


def html(old: str, new: str, tag: str = "fr-FR") -> list[str]:
    """The rules of the findings after one replacement in the HTML."""
    before = good_page(tag).html
    assert old in before
    return verified(before.replace(old, new), tag=tag)


@pytest.mark.parametrize("tag", ["fr-FR", "ar-EG"])
def test_a_good_page_passes(tag: str) -> None:
    """The page of a good edition has no finding, from left to right and from right to left."""
    assert checks.verify(good_page(tag), good(tag)) == ()


def test_every_finding_about_a_page_is_an_error() -> None:
    """Nothing about a page is a matter of taste."""
    findings = checks.verify(replace(good_page(), html="", text=""), good())
    assert {finding.severity for finding in findings} == {Severity.ERROR}
    assert {"page/safety-missing", "page/safety-in-text", "page/frame", "page/number-missing"} <= set(ids(findings))


def test_the_pages_of_two_locales_swapped() -> None:
    """The Arabic page in the place of the French one is caught many times over."""
    found = ids(checks.verify(good_page("ar-EG"), good()))
    assert {"page/language", "page/safety-missing", "page/number-unknown", "page/number-link"} <= set(found)


def test_addresses_in_a_text_are_no_words_of_their_own() -> None:
    """An article may show addresses and identifiers; what stands beside them and in no catalog is still seen."""
    target = "La plupart (https://example.org/a?b=c, www.example.org, doi:10.1136/bmj.h6161) allaient mieux."
    edition = changes.retarget(good(), "Most of them, 89.4%, felt better after three to 15 weeks.", target)
    old = "La plupart d’entre eux, 89,4 %, allaient mieux après 3 à 15 semaines."
    page = replace(good_page(), html=good_page().html.replace(old, target), text=good_page().text.replace(old, target))
    assert ids(checks.verify(page, edition)) == []
    more = replace(page, html=page.html.replace("allaient mieux.", "allaient mieux. Plus valable."))
    assert ids(checks.verify(more, edition)) == ["page/text-added"]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("[a] https://example.org/a\n[b] https://example.org/b\n[ab] mailto:a@example.org\n", []),
        ("[a] https://example.org/a\n[b] b@example.org\n[c] mailto:c@example.org\n", []),
        ("[a] https://example.org/a\n[b] Périmé\n", ["page/text-added"]),
        ("[a] https://example.org/a\n[b] Périmé b@example.org\n", ["page/text-added"]),
        ("[a] https://example.org/a\nPérimé [a]\n", ["page/text-added"]),
        ("[a]\n[b]\n[non]\n", ["page/text-added"]),
    ],
)
def test_marks_of_links_are_no_words(lines: str, found: list[str]) -> None:
    """A plain text may list marks with their addresses; words beside them, or marks of nothing, are seen."""
    assert verified(text=f"{good_page().text}\n{lines}") == found


def test_an_old_page_with_an_old_number() -> None:
    """A page that was built before the registry changed does not pass any more."""
    changed = changes.with_number(good(), "fr-crisis", "3115")
    found = ids(checks.verify(good_page(), changed))
    assert {"page/safety-missing", "page/number-missing", "page/number-link"} <= set(found)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<section>", "</section>"),
        ('<aside role="note">', "</aside>"),
        ('<div class="card" id="x"><div>', "</div></div>"),
        ("<details open><summary>+</summary>", "</details>"),
        ("<blockquote>", "</blockquote>"),
    ],
)
def test_a_safety_text_may_stand_in_any_visible_element(opening: str, closing: str) -> None:
    """How a theme frames safety text is its own business."""
    page = good_page().html
    block = re.search(r'<p data-safety="crisis">.*?</p>', page)
    assert block
    assert verified(page.replace(block[0], opening + block[0] + closing)) == []


@pytest.mark.parametrize("minified", [True, False])
def test_white_space_between_tags_does_not_matter(minified: bool) -> None:
    """Minified and spread-out HTML are the same page."""
    page = good_page().html
    assert verified(re.sub(r">\n+<", "><" if minified else ">\n\n\t <", page)) == []


def test_a_footer_is_not_the_main_part() -> None:
    """Safety text that was moved out of <main> is missing."""
    page = good_page().html
    block = re.search(r'<p data-safety="crisis">.*?</p>', page)
    assert block
    moved = page.replace(block[0], "").replace("</main>", f"</main><footer>{block[0]}</footer>")
    assert "page/safety-missing" in verified(moved)


_HIDDEN_BY_ITS_AUTHOR = "<p hidden>Later</p>\n\n<noscript><p>Without scripts</p></noscript>\n\n## Sources"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Later", "Later", []),
        ("Later", "Never", ["page/text-missing"]),
        ("<p>Without scripts</p>", "", ["page/text-missing"]),
        ("<p>Two people", "<p hidden>Two people", ["page/text-missing"]),
        ('<p data-safety="crisis">', '<p data-safety="crisis" hidden>', ["page/number-missing", "page/safety-hidden"]),
    ],
)
def test_what_an_author_hides_is_on_the_page_and_nothing_else_is_hidden(old: str, new: str, found: list[str]) -> None:
    """Texts that the article itself keeps out of sight have to be there; all others have to be seen."""
    markdown = pages.MARKDOWN.replace("## Sources", "Two people\n\n" + _HIDDEN_BY_ITS_AUTHOR)
    one = pages.edition("en-US", {}, article=pages.article(markdown))
    good = render(one, pages.SITE, pages.THEME)
    assert old in good.html
    seen = ids(checks.verify(replace(good, html=good.html.replace(old, new)), one))
    before = ids(checks.verify(good, one))
    assert [rule for rule in seen if rule not in before][: len(found) or None] == found


def test_one_digit_too_few() -> None:
    """A digit that is lost on the way to the page is caught by text, number and link."""
    assert {"page/safety-missing", "page/number-missing", "page/number-link"} <= set(html(">3114<", ">314<"))


def test_a_number_in_another_script_is_not_the_number_of_the_registry() -> None:
    """Arabic-Indic digits with separators come out reversed: the registry's ASCII form is the only one."""
    assert "page/safety-missing" in html(">0800-888-0700<", ">٠٨٠٠-٨٨٨-٠٧٠٠<", "ar-EG")


def test_a_text_cut_by_a_limit() -> None:
    """A plain text that ends before its last line lacks the emergency number."""
    assert {"page/safety-in-text", "page/number-missing"} <= set(verified(text=good_page().text[:-40]))


def test_a_wrapped_text_passes_and_a_wrapped_number_does_not() -> None:
    """Lines may break between words, never in a number."""
    text = good_page("ar-EG").text
    assert verified(text=text.replace(" ", "\n"), tag="ar-EG") == []
    broken = text.replace("0800-888-0700", "0800-888-\n0700")
    assert "page/number-broken" in verified(text=broken, tag="ar-EG")


def test_a_preview_may_show_the_source_if_it_says_so() -> None:
    """Source text on a preview needs its language; on a published page it is an error."""
    edition = changes.retarget(good(), "Feeling numb", "")
    preview = good_page().html.replace("Se sentir engourdi</h1>", "Feeling numb</h1>")
    marked = preview.replace("<h1>", '<h1 lang="en-US">').replace("<title>Se sentir", "<title>Feeling numb")
    text = good_page().text.replace("Se sentir engourdi", "Feeling numb", 1)
    assert ids(checks.verify(replace(good_page(), html=marked, text=text, published=False), edition)) == []
    unmarked = marked.replace('<h1 lang="en-US">', "<h1>")
    found = checks.verify(replace(good_page(), html=unmarked, text=text, published=False), edition)
    assert ids(found) == ["page/fallback"]
    assert ids(checks.verify(replace(good_page(), html=marked, text=text), edition)) == ["page/fallback"]


def test_a_helpline_named_after_its_number() -> None:
    """A name that ends in digits beside the number itself is two known numbers, not an unknown one."""
    edition = changes.with_helpline(good(), "fr-crisis", names=(("fr", "le 3114"),))
    page = good_page()
    html = page.html.replace("Écoute suicide</bdi> au <a", "le 3114</bdi> (<a")
    text = page.text.replace("Écoute suicide\u2069 au", "le 3114\u2069 (")
    assert "page/number-unknown" not in ids(checks.verify(replace(page, html=html, text=text), edition))


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : NONE !important",
        "visibility:hidden",
        "opacity:0",
        "opacity: 5%",
        "font-size:0",
        "position:absolute;left:-10000px",
        "position: fixed; top: -100vh",
        "text-indent:-999em",
        "clip:rect(0 0 0 0)",
        "clip-path: inset(50%)",
        "width:1px;height:1px;overflow:hidden",
        "max-height:0",
        "transform:scale(0)",
        "color:transparent",
        "color:white;background-color:white",
        "filter:opacity(0)",
        "content-visibility:hidden",
        "color:red;/* ; */display:none",
        r"dis\70lay:n\6f ne",
        "color:rgb(0 0 0 / 0%)",
        "color:#0000",
        "font:0/0 a",
        "font-size:.05em",
        "letter-spacing:-1em",
        "line-height:0",
        "-webkit-text-security:disc",
        "-webkit-mask-image:linear-gradient(#0000,#0000)",
        "max-height:1em;overflow:hidden",
        "height:calc(1px*0)",
        "transform:matrix(0,0,0,0,0,0)",
        "transform:translateX(5000px)",
        "transform:rotate(180deg)",
        "scale:-1 1",
        "rotate:y 90deg",
        "left:9999px",
        "margin-left:9999px",
        "filter:contrast(0)",
        "opacity:calc(0)",
        "display:table-column",
    ],
)
def test_styles_that_hide(style: str) -> None:
    """Each of these takes text from the reader's eyes."""
    assert hides(style)


@pytest.mark.parametrize(
    "style",
    [
        "",
        "display:block",
        "opacity:0.9",
        "opacity:1",
        "font-size:1rem",
        "margin-left:-1px",
        "margin:0 auto",
        "color:#fff;background:#000",
        "max-height:none",
        "width:100%",
        "transform:rotate(2deg)",
        "font:1rem/1.5 serif",
        "font:bold 100% system-ui",
        "letter-spacing:.02em",
        "line-height:1.6",
        "overflow:hidden",
        "max-height:80vh",
        "margin-inline:calc(50% - 50vw)",
        "filter:drop-shadow(0 0 2px)",
        "left:0",
        "not a declaration",
    ],
)
def test_styles_that_do_not_hide(style: str) -> None:
    """None of these does."""
    assert hides(style) == ""


def test_style_sheets_are_read_at_every_width() -> None:
    """Rules inside media queries count, states count as always on, pseudo-elements are known as such."""
    sheet = "@import 'a'; /* x{y:z} */ p{a:b} @media print{.x:hover,.y::before{c:d} .skip:not(:focus){e:f}}"
    blocks = [(block.selector, block.pseudo, block.condition, block.written) for block in styles.read(sheet).blocks]
    assert blocks == [
        ("p", "", "", (("a", "b"),)),
        (".x", "", "@media print", (("c", "d"),)),
        (".y", "before", "@media print", (("c", "d"),)),
        (".skip", "", "@media print", (("e", "f"),)),
    ]
    assert styles.read(sheet).imports == ('"a"',)


def test_nested_rules_escapes_and_variables() -> None:
    """Declarations before nested rules count, escapes are read, variables stand for every value that they have."""
    sheet = styles.read(
        r".a{d\69splay:n\6fne;&:hover{color:red}.b{c:var(--v,x)}} :root{--v:y} @media print{:root{--v:z}}"
    )
    meant = {block.selector: [dict(style) for style in block.meant] for block in sheet.blocks}
    assert [block.written for block in sheet.blocks if block.selector == ".a"] == [
        (("display", "none"),),
        (("color", "red"),),
    ]
    assert meant[".a .b"] == [{"c": "y"}, {"c": "z"}, {"c": "x"}]


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("0", 0),
        ("-9999px", -9999),
        ("calc(1px * 0)", 0),
        ("min(0px, 1px)", 0),
        ("1rem", 16),
        ("clamp(1rem, 4vw, 2rem)", 16),
    ],
)
def test_lengths_are_worked_out(value: str, size: float) -> None:
    """Calculations are worked out for a phone."""
    assert styles.pixels(value) == size


@pytest.mark.parametrize("value", ["auto", "calc(", "calc(1px / 0)", "1foo", "", "none"])
def test_what_is_no_length(value: str) -> None:
    """What cannot be worked out is no length."""
    assert styles.pixels(value) is None


def test_a_sheet_rule_that_cannot_be_read_hides_everything() -> None:
    """A hiding rule whose selector nobody understands might hide the safety text."""
    assert "page/safety-hidden" in html("</style>", "p:unheard-of(&&&) { display: none }</style>")


@pytest.mark.parametrize("depth", [10_000])
def test_a_deep_page_is_read(depth: int) -> None:
    """A hostile page that nests very deep closes the gate or passes; it does not bring verification down."""
    assert "gate/rule-failed" not in html("</main>", "<div>" * depth + "</main>")


def test_a_page_that_cannot_be_read_closes_the_gate() -> None:
    """Whatever is raised while a page is read back is an error finding."""
    assert not checks.is_open(checks.verify(replace(good_page(), html=None), good()))  # type: ignore[arg-type]


@given(st.integers(0, 40), st.text(alphabet="<>/&;\"'= adiv{}style\u202e\u200b0123", max_size=30))
def test_no_html_brings_verification_down(position: int, noise: str) -> None:
    """Noise anywhere in the page leads to findings or to none, never to a rule that fails."""
    page = good_page().html
    at = len(page) * position // 40
    assert "gate/rule-failed" not in verified(page[:at] + noise + page[at:])


@given(st.data())
def test_any_character_lost_from_a_safety_text_closes_the_gate(data: st.DataObject) -> None:
    """Taking one visible character out of a safety block, anywhere in HTML or plain text, closes the gate."""
    part = data.draw(st.sampled_from(["html", "text"]))
    before = good_page().html if part == "html" else good_page().text
    start, end = before.index("Si vous pensez"), before.index("appelez tout de suite")
    inside = [at for at in range(start, end) if _is_visible(before, at, part)]
    at = data.draw(st.sampled_from(inside))
    after = before[:at] + before[at + 1 :]
    assert not checks.is_open(checks.verify(_with(part, after), good()))


def _is_visible(text: str, at: int, part: str) -> bool:
    """Whether a character is seen by readers: no white space, no mark, no part of a tag."""
    in_tag = part == "html" and text.rfind("<", 0, at + 1) > text.rfind(">", 0, at)
    return bool(squeezed(text[at])) and not in_tag and text[at] != ">"


def _with(part: str, content: str) -> Page:
    page = good_page()
    return replace(page, html=content) if part == "html" else replace(page, text=content)


def test_the_source_locale_is_verified_like_any_other() -> None:
    """A page in the source's language is not spared."""
    edition: Edition = replace(good(), locale=good().source_locale)
    assert not checks.is_open(checks.verify(good_page(), edition))
