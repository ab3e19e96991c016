"""HTML articles: what is text, what is kept, and where the article is in the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import HandrailError, SourceError
from pipeline.extract import segments
from pipeline.model import Article, Place, Segment
from pipeline.readers import read
from tests.outlines import outline


def page(body: str, head: str = "<title>T</title>") -> Article:
    """An HTML page."""
    return read(f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>".encode(), "x.html", "en")


def found(body: str) -> list[Segment]:
    """The segments of a page, without its title."""
    return list(segments(page(body)))[1:]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p> a\n <b> b</b> c </p>", "<p>[a <b>b</b> c]</p>"),
        ("<p>a <b>b </b> c<br> d</p>", "<p>[a <b>b </b>c\\\nd]</p>"),
        ("<p>one<p>two", "<p>[one]</p><p>[two]</p>"),
        ("before<p>a</p>after", "[before]<p>[a]</p>[after]"),
        ("<ul><li>a<ul><li>b</ul>c</ul>", "<ul><li>[a]<ul><li>[b]</li></ul>[c]</li></ul>"),
        ("<a href=x><h2>a</h2></a>", "<a href=x><h2>[a]</h2></a>"),
        ("<p><a href=x>a</a> <a class=k href=x>b</a>", "<p>[[a](x) <a1>b</a1>]</p>"),
        ("<p>a <img src=i alt='the alt' class=k>", "<p>[a <img1/>]</p>"),
        ("<p>in <time datetime=2026>this year</time>", "<p>[in <time1>this year</time1>]</p>"),
        ("<label>Name <input placeholder='Your name'></label>", "<label>[Name]<input placeholder=[Your name]></label>"),
        ("<select><option label=L>o</select>", "<select><option label=[L]>[o]</option></select>"),
        (
            "<video src=v><track label='English'>no video</video>",
            "<video src=v><track label=[English]>[no video]</video>",
        ),
        ("<noscript><p>a</p></noscript>", "<noscript><p>[a]</p></noscript>"),
        ("<pre> a\n {crisis.phone}</pre>", "<pre> a\n {crisis.phone}</pre>"),
        ("<button type=submit>Go</button>", "<button type=submit>[Go]</button>"),
        ("<input type=submit value=Go><input value=x>", "<input type=submit value=[Go]><input value=x>"),
        ("<p translate=no title=t>a</p>", "<p translate=no title=t>a</p>"),
        ("<p lang=fr dir=ltr>a</p>", "<p lang=fr dir=ltr>[a]</p>"),
        ("<div aria-label=l role=img></div>", "<div aria-label=[l] role=img>"),
        ("<style>p{}</style><p>a<script>b</script></p>", "raw:<style>p{}</style><p>[a]raw:<script>b</script></p>"),
        ("<my-card><p>a</p></my-card><p><my-x>b</my-x>", "<my-card><p>[a]</p></my-card><p>[<x1>b</x1>]</p>"),
        ("<svg viewBox='0 0 1 1'><title>t</title></svg>", "<svg viewBox=0 0 1 1><title>[t]</title></svg>"),
        ("<p>x <svg><text>t</text></svg>", "<p>[x <svg1/>]</p>"),
        ("<p>a<![if !x]>b<?php c(); ?>d", "<p>[abd]</p>"),
        ("<p>&nbsp;a &amp; b&shy;c</p>", "<p>[\u00a0a & b\u00adc]</p>"),
        (
            "<table><tr><th abbr=T>Total<td>1</table>",
            "<table><tbody><tr><th abbr=[T]>[Total]</th><td>[1]</td></tr></tbody></table>",
        ),
    ],
)
def test_text_and_structure(html: str, expected: str) -> None:
    """Every text that a person reads or hears is in a segment; everything else is kept."""
    assert outline(page(html).body) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<nav>n</nav><main><p>a</main>", "<p>[a]</p>"),
        ("<nav>n</nav><article><p>a</article>", "<p>[a]</p>"),
        ("<article>a</article><article>b</article>", "<article>[a]</article><article>[b]</article>"),
        ("a", "[a]"),
    ],
)
def test_where_the_article_is(html: str, expected: str) -> None:
    """The article is what ``main`` holds, else a sole ``article``, else the whole body."""
    assert outline(page(html).body) == expected


def test_head() -> None:
    """Title and description are segments; other named metas are kept as text, in their order."""
    article = page(
        "", "<title> A\n &amp; B </title><meta name=Author content=C><meta name=description content='D *d*'>"
    )
    assert article.title.key.source == "A & B"
    assert article.description is not None
    assert article.description.key.source == "D \\*d\\*"
    assert article.meta == (("author", "C"),)


def test_a_page_needs_a_title() -> None:
    """A page without a title, or with a blank one, is refused."""
    for head in ("", "<title> </title>"):
        with pytest.raises(SourceError, match="no title"):
            page("<svg><title>not this</title></svg>", head)


def test_safety_and_notes() -> None:
    """Attributes and comments say the same in HTML as comments do in Markdown."""
    first, second = found(
        "<p data-safety=referral data-lacks=referral>a</p>"
        "<!-- translators: Short. --><!-- safety: crisis --><div><p>b</p></div>"
    )
    assert (first.safety, first.lacks) == ("referral", "referral")
    assert (second.safety, second.notes) == ("crisis", ("Short.",))


def test_kinds() -> None:
    """Translators are told what a text is."""
    kinds = [
        segment.kind
        for segment in found(
            "<h2>a</h2><p>b</p><ul><li>c</ul><table><caption>d</caption><tr><th>e<td>f</table>"
            "<figure><img alt=g><figcaption>h</figcaption></figure><div>i</div><details><summary>j</summary></details>"
        )
    ]
    assert kinds == [
        "heading 2",
        "paragraph",
        "list item",
        "table caption",
        "table heading",
        "table cell",
        "alt text",
        "caption",
        "text",
        "summary",
    ]


def test_places_and_spans() -> None:
    """Each segment knows its line and the bytes that it was made from, entities and all."""
    source = "<title>Tï</title>\n<body>\n<p>\n é &amp; <b>b</b>\n</p>\nrun <i>i</i><ul><li>x</ul>".encode()
    title, *rest = segments(read(source, "x.html", "en"))
    assert [source[slice(*segment.span)].decode() for segment in (title, *rest)] == [
        "Tï",
        "é &amp; <b>b</b>",
        "run <i>i</i>",
        "x",
    ]
    assert [segment.place for segment in (title, *rest)] == [Place("x.html", line) for line in (1, 4, 6, 6)]


def test_depth_is_bounded() -> None:
    """Ten thousand nested elements are an error, not a crash."""
    for tag in ("div", "b", "span"):
        with pytest.raises(SourceError, match=r"more than \d+ deep"):
            page(f"<{tag}>" * 10_000 + "x")


TAGS = """
    <p> <b> </b> </p> <div </a> <!-- --> <script> <table> <td> <svg> <li> & x {a.b} < > " <pre> <select> <? </
"""
tags = st.sampled_from([*TAGS.split(), "<a href=x>"])


@given(st.lists(tags))
def test_any_page_reads_or_is_refused(parts: list[str]) -> None:
    """No mess of tags crashes the reader, and every span lies in the file."""
    data = ("<title>T</title>" + " ".join(parts)).encode()
    try:
        article = read(data, "x.html", "en")
    except HandrailError:
        return
    for segment in segments(article):
        assert 0 <= segment.span[0] <= segment.span[1] <= len(data)
