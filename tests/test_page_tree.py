"""A finished page, gone through once: what it answers is what the parser would."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import render
from pipeline.checks import samples, styles
from pipeline.checks.known import Known, strange
from pipeline.checks.reading import read
from pipeline.checks.tree import Tree

SHEET = (Path(render.__file__).parent.parent / "templates" / "style.css").read_text(encoding="utf-8")
SELECTORS = sorted(
    {block.selector for block in styles.read(SHEET).blocks}
    | {".Card", "p.nowhere", "table td", "foreignobject", "p#x", "[data-x]", "B", "main>*", ":is(main) p"}
)

HTML = st.lists(
    st.sampled_from(
        [
            *(
                '<p class="card Line">a',
                "</p>",
                '<div class="main site">',
                "</div>",
                "<details>",
                "<summary>s",
                "</details>",
            ),
            *(
                "<b>",
                "</b>",
                "<!-- c -->",
                '<a href="tel:1" class="skip">1</a>',
                "<table><tr><td>",
                "<template><p>t</p>",
            ),
            *(
                "</template>",
                "<svg><title>t</title>",
                "</svg>",
                "<br>",
                "text",
                "<nav class='contents'>",
                "<p id=x data-x>",
                "<svg><foreignObject><p>f",
                "<main>",
                "</main>",
            ),
        ]
    ),
    max_size=25,
).map("".join)


@given(HTML, st.sampled_from(["", "<!doctype html>"]))
def test_elements_are_those_that_the_parser_finds(html: str, doctype: str) -> None:
    """By tag, by attribute and by the selectors of a style sheet, whatever classes the page has."""
    tree = Tree(doctype + html)
    for tag in ("p", "a", "br", "details", "title"):
        assert [node.mem_id for node, _ in tree.tagged(tag)] == [node.mem_id for node in tree.parsed.css(tag)]
    both = [node.mem_id for node, _ in tree.having("class", "href")]
    assert both == list(
        dict.fromkeys(node.mem_id for node in tree.parsed.css("[class], [href]"))
    )  # it may say one twice
    for selector in SELECTORS:
        if ":" not in selector:
            asked = [node.mem_id for node in tree.parsed.css(selector)]
            assert [node.mem_id for node in tree.matching(selector)] == asked, selector


def test_a_selector_that_cannot_be_read_means_the_whole_main_part() -> None:
    """What nobody can read might hide anything."""
    tree = Tree("<main><p>a</p></main><p>b</p>")
    assert [node.tag for node in tree.matching("p::::")] == ["main", "p"]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>a</p><p>b<br>c</p>", ["a", "b\nc"]),
        ("<p>a<!-- x --><b>b</b>c</p>", ["abc"]),
        ("<div><p>a</p>b<p>c</p></div>d", ["a", "b", "c", "d"]),
        ("<details><summary>a</summary><p>b</p></details>", ["a", "b"]),
    ],
)
def test_runs_stand_in_the_order_of_the_page(html: str, blocks: list[str]) -> None:
    """Each text once, and texts of one block under one number."""
    page = replace(samples.page("fr-FR"), html=f"<main>{html}</main>")
    runs = read(page, samples.edition("fr-FR")).runs
    assert ["".join(run.text for run in block) for _, block in groupby(runs, key=lambda run: run.block)] == blocks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call us\nany day", ()),
        ("Call us\n\n- any day\n- Call us", ()),
        ("Call us\nNew words\nany day", ("Newwords",)),
        ("Call\nany day\nus", ("Call", "us")),
    ],
)
def test_texts_side_by_side_are_known_though_another_is_like_their_middle(text: str, found: tuple[str, ...]) -> None:
    """What is known as it stands is not taken apart by a longer text that is known, too."""
    known = Known(frozenset(), frozenset({"Callus", "anyday", "usanyday"}), (), ())
    assert strange(text, known) == found


CODE = "let a = 1;\n\nlet b = call(a);"
LINES = ["Call us", "3 minutes to read", "See ../a/b.html", "any day", CODE, "www.example.org", "1."]
KNOWN = Known(
    frozenset({"minutestoread", "anyday", "day"}), frozenset({"Callus", "See", "".join(CODE.split())}), (), (CODE,)
)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=8), st.sampled_from(["\n", "\n\n"]), st.data())
def test_words_that_nobody_knows_are_found_wherever_they_stand(lines: list[str], gap: str, data: st.DataObject) -> None:
    """Between, before and within texts that are known as they are, and nothing is found where they are not."""
    text = gap.join(lines)
    assert strange(text, KNOWN) == ()
    at = data.draw(st.integers(0, len(text)))
    assert strange(f"{text[:at]} zqzq {text[at:]}", KNOWN)
