"""Markdown articles: blocks, marks, front matter, HTML inside, and bad input."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import inline
from pipeline.errors import HandrailError, SourceError
from pipeline.extract import segments
from pipeline.model import Article, Element, Node, Place, Segment
from pipeline.readers import read
from tests.outlines import outline

HEAD = "---\ntitle: T\n---\n"
HEAD_LINES = 3


def body(markdown: str) -> tuple[Node, ...]:
    """The body of a Markdown article."""
    return read((HEAD + markdown).encode(), "x.md", "en").body


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("one\ntwo", "<p>[one two]</p>"),
        ("## Head {#id .a .b}", "<h2 id=id class=a b>[Head]</h2>"),
        ("Head\n====", "<h1>[Head]</h1>"),
        ("- a\n- b", "<ul><li>[a]</li><li>[b]</li></ul>"),
        ("- a\n\n  b", "<ul><li><p>[a]</p><p>[b]</p></li></ul>"),
        ("- a\n  - b", "<ul><li>[a]<ul><li>[b]</li></ul></li></ul>"),
        ("3. a", "<ol start=3><li>[a]</li></ol>"),
        ("- [x] a", "<ul><li><input type=checkbox disabled= checked=>[a]</li></ul>"),
        ("> a", "<blockquote><p>[a]</p></blockquote>"),
        ("> [!WARNING]\n> a", "<aside class=callout warning role=note><p>[a]</p></aside>"),
        ("```py x\na\n```", "<pre><code class=language-py>a\n</code></pre>"),
        ("    a", "<pre><code>a</code></pre>"),
        ("***", "<hr>"),
        ("t\n: d", "<dl><dt>[t]</dt><dd>[d]</dd></dl>"),
        (
            "|a|b|\n|-:|-|\n|c|*d*|",
            "<table><thead><tr><th style=text-align: end>[a]</th><th>[b]</th></tr></thead>"
            "<tbody><tr><td style=text-align: end>[c]</td><td>[*d*]</td></tr></tbody></table>",
        ),
        ("a  \nb", "<p>[a\\\nb]</p>"),
        ("~~a~~ __b__ _c_ `d`", "<p>[~~a~~ **b** *c* `d`]</p>"),
        ("[a][r]\n\n[r]: /u 'T'", '<p>[[a](/u "T")]</p>'),
        ("<a@b.org>", "<p>[[a@b.org](mailto:a@b.org)]</p>"),
        ("&copy; &amp;amp; &lt;b>", "<p>[© \\&amp; \\<b>]</p>"),
        ("![The *alt*](i.png)", "<p><img src=i.png alt=[The alt]></p>"),
        ("![](i.png)", "<p><img src=i.png alt=></p>"),
        ("[![The alt](i.png)](x)", "<p><a href=x><img src=i.png alt=[The alt]></a></p>"),
        ("see ![alt](i.png)", "<p>[see ![alt](i.png)]</p>"),
        ("→ …", "<p>→ …</p>"),
        ("`only code`", "<p><code>only code</code></p>"),
        (
            "a[^b] c[^a]\n\n[^a]: A\n\n[^b]: B",
            "<p>[a[^b] c[^a]]</p><section class=footnotes role=doc-endnotes><ol>"
            "<li id=fn-b><p>[B]</p></li><li id=fn-a><p>[A]</p></li></ol></section>",
        ),
        ("## Call {crisis.phone}", "<h2 data-safety=crisis>[Call {crisis.phone}]</h2>"),
        ("\\{crisis.phone} and &#123;a.b}", "<p>[\\{crisis.phone} and \\{a.b}]</p>"),
        ("`{crisis.phone}` is code", "<p>[`{crisis.phone}` is code]</p>"),
        ("a <!ELEMENT b> <?php c ?>d", "<p>[a d]</p>"),
    ],
)
def test_blocks(markdown: str, expected: str) -> None:
    """Each construct becomes its HTML elements, with one segment for each run of text."""
    assert outline(body(markdown)) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<div class=a>\n\n*b*\n\n</div>", "<div class=a><p>[*b*]</p></div>"),
        ("<details>\n<summary>S</summary>\n\nd\n\n</details>", "<details><summary>[S]</summary><p>[d]</p></details>"),
        ("<p title='tip'>a <b>b</b>\nc</p>", "<p title=[tip]>[a <b>b</b> c]</p>"),
        ('a <span class="x">b</span>', "<p>[a <span1>b</span1>]</p>"),
        ("<script>\nlet a = 1 < 2;\n</script>\n\nb", "raw:<script>\nlet a = 1 < 2;\n</script><p>[b]</p>"),
        ("<div>\n\nnever closed", "<div><p>[never closed]</p></div>"),
        ("a <!-- aside --> b", "<p>[a b]</p>"),
    ],
)
def test_html_inside(markdown: str, expected: str) -> None:
    """Raw HTML is read as a browser would, even where Markdown cuts it into pieces."""
    assert outline(body(markdown)) == expected


def test_marks_of_safety() -> None:
    """A comment before a block marks its element and every segment inside."""
    (block,) = body("<!-- safety: referral; lacks: referral -->\n- a\n- b")
    assert isinstance(block, Element)
    assert (block.get("data-safety"), block.get("data-lacks")) == ("referral", "referral")
    found = [item.children[0] for item in block.children if isinstance(item, Element)]
    assert [(segment.safety, segment.lacks) for segment in found if isinstance(segment, Segment)] == [
        ("referral", "referral"),
        ("referral", "referral"),
    ]


def test_variables_make_safety_text() -> None:
    """A text with a helpline's variable is safety text even without a mark."""
    (block,) = body("Call {crisis.phone}.")
    assert isinstance(block, Element)
    assert isinstance(block.children[0], Segment)
    assert (block.children[0].safety, block.get("data-safety")) == ("crisis", "crisis")


def test_marks_for_translators() -> None:
    """Notes and contexts reach the segments of the next block, and no other."""
    article = read(
        (HEAD + "<!-- translators: Keep it\nshort; really. -->\n<!-- context: button -->\na\n\nb").encode(),
        "x.md",
        "en",
    )
    _, first, second = segments(article)
    assert (first.notes, first.key.context) == (("Keep it short; really.",), "button")
    assert (second.notes, second.key.context) == ((), "")


def test_translate_no() -> None:
    """A block marked so keeps its nodes, without a segment."""
    assert outline(body("<!-- translate: no -->\n> a *b*\n\nc")) == (
        "<blockquote translate=no><p>a <em>b</em></p></blockquote><p>[c]</p>"
    )


@pytest.mark.parametrize(
    ("markdown", "line", "says"),
    [
        ("a\n\n<!-- safety: crisis; when: now -->\nb", 3, "“when” is no mark"),
        ("<!-- saftey: crisis -->\nb", 1, "“safety:” was probably meant"),
        ("<!-- safety: -->\nb", 1, "needs one word"),
        ("<!-- safety: two words -->\nb", 1, "needs one word"),
        ("<!-- lacks: referral -->\nb", 2, "add its safety id"),
        ("<!-- translate: maybe -->\nb", 1, "yes or no"),
        ("<!-- translators: -->\nb", 1, "is empty"),
        ("<!-- safety: a -->\n<!-- safety: b -->\nc", 2, "said twice"),
        ("a\n\n<!-- safety: crisis -->\n", 3, "before no block"),
        ("- a\n\n  <!-- safety: crisis -->\n\nb", 3, "before no block"),
        ("- <!-- safety: crisis --> a", 1, "before a whole block"),
        ("a <!-- safety: crisis --> b", 1, "before a whole block"),
        ("a <b><!-- safety: crisis --> b</b>", 1, "inside a sentence"),
        ('a <b data-safety="crisis">b</b>', 1, "mark its whole block"),
        ("a\n\n<!-- safety: crisis\n\nCall {crisis.phone}", 3, "comment is never closed"),
        ("a <textarea> b\n\nCall {crisis.phone}", 1, "<textarea> is never closed"),
        (">" * 200 + " a", 1, "more than 100 deep"),
        ("word " * 6000, 1, "longer than 25000"),
    ],
)
def test_marks_that_cannot_be_understood(markdown: str, line: int, says: str) -> None:
    """A mark with a slip, or one about nothing, is an error with its line: never passed over."""
    with pytest.raises(SourceError, match=re.escape(says)) as caught:
        body(markdown)
    assert caught.value.place == Place("x.md", HEAD_LINES + line)


def test_places_and_spans() -> None:
    """Each segment knows its first line, and the bytes that it was made from."""
    source = HEAD + "é\n\n> *a*\n> b\n\n- [x] c **d**\n\n|t|\n|-|\n|ü u|\n"
    found = list(segments(read(source.encode(), "x.md", "en")))[1:]
    slices = [source.encode()[slice(*segment.span)].decode() for segment in found]
    assert slices == ["é", "*a*\n> b", "c **d**", "t", "ü u"]
    assert [segment.place.line - HEAD_LINES for segment in found] == [1, 3, 6, 8, 10]


def test_byte_order_mark_and_crlf() -> None:
    """Files from Windows read the same, with places in the file as it is."""
    source = "\ufeff---\r\ntitle: T\r\n---\r\na\r\nb\r\n\r\nç\r\n".encode()
    title, first, second = segments(read(source, "x.md", "en"))
    assert [source[slice(*segment.span)].decode() for segment in (title, first, second)] == ["T", "a\r\nb", "ç"]
    assert [segment.place.line for segment in (title, first, second)] == [2, 4, 7]
    assert first.key.source == "a b"


def test_heading_paths() -> None:
    """A segment knows the headings above it, and a heading those of higher levels."""
    article = read((HEAD + "# A\n\n## B *b*\n\nx\n\n## C\n\ny").encode(), "x.md", "en")
    assert [segment.headings for segment in segments(article)][1:] == [(), ("A",), ("A", "B b"), ("A",), ("A", "C")]


def fields(head: str) -> Article:
    """An article with the given front matter."""
    return read(head.encode(), "x.md", "en")


def test_front_matter_in_yaml() -> None:
    """Title and description are segments; the rest is text as written, dates and numbers too."""
    article = fields(
        '---\ntitle: "A: *b*"\ndescription: >\n  two\n  lines\ndate: 2026-01-02\nn: 0x10\ntags: [a, b]\n---\n'
    )
    assert (article.title.key.source, inline.plain(article.title.content)) == ("A: \\*b\\*", "A: *b*")
    assert article.description is not None
    assert article.description.key.source == "two lines"
    assert article.meta == (("date", "2026-01-02"), ("n", "0x10"), ("tags", "a, b"))


def test_front_matter_in_toml() -> None:
    """TOML between plus signs reads the same, with the lines of its fields."""
    article = fields('+++\ndate = 2026-01-02\ntitle = "T"\ndraft = true\n+++\nbody')
    assert (article.title.place.line, article.meta) == (3, (("date", "2026-01-02"), ("draft", "true")))


@pytest.mark.parametrize(
    ("head", "line", "says"),
    [
        ("no front matter", 1, "no title"),
        ("---\ndescription: d\n---\n", 1, "no title"),
        ("---\ntitle: '  '\n---\n", 1, "no title"),
        ("---\ntitle: T\nx: [1\n---\n", 4, "no valid YAML"),
        ("---\ntitle: T\ntitle: U\n---\n", 3, "stands twice"),
        ("---\n- a\n---\n", 2, "no fields"),
        ("+++\ntitle = T\n+++\n", 2, "no valid TOML"),
        ("---\ntitle: " + "[" * 5000 + "\n---\n", 1, "no valid YAML"),
        ("---\n" + "a: b\n" * 20_000 + "---\n", 1, "longer than"),
    ],
)
def test_bad_front_matter(head: str, line: int, says: str) -> None:
    """Front matter that is missing, malformed or endless is an error with its line."""
    with pytest.raises(SourceError, match=says) as caught:
        fields(head)
    assert caught.value.place == Place("x.md", line)


def test_aliases_do_not_explode() -> None:
    """A billion laughs stay one: aliases are never expanded."""
    laughs = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 30))
    article = fields(f"---\nl0: &l0 [ha]\n{laughs}title: T\n---\n")
    assert sum(len(value) for _, value in article.meta) < 10_000


def test_nothing_is_constructed_from_yaml() -> None:
    """A tag that would run code in Python stays text."""
    assert fields("---\ntitle: T\nx: !!python/object/apply:os.getcwd []\n---\n").meta[0][0] == "x"


@pytest.mark.parametrize(
    ("data", "path", "line", "says"),
    [
        (b"---\ntitle: T\n---\n\xff", "x.md", 4, "not UTF-8"),
        (b"a\n\0", "x.md", 2, "NUL"),
        (b"a", "x.docx", 0, "No reader for .docx"),
    ],
)
def test_files_that_are_no_text(data: bytes, path: str, line: int, says: str) -> None:
    """What is no UTF-8 text, or of an unknown kind, is refused with its place."""
    with pytest.raises(SourceError, match=says) as caught:
        read(data, path, "en")
    assert caught.value.place == Place(path, line)


@given(st.text(st.sampled_from("ab *_`[](){}<>&!#-+.|~:\\/\"'=1中\n\n\t;?x"), max_size=80))
def test_any_text_reads_or_is_refused(text: str) -> None:
    """No text crashes the reader, and every span lies in the file."""
    data = (HEAD + text).encode()
    try:
        article = read(data, "x.md", "en")
    except HandrailError:
        return
    for segment in segments(article):
        assert 0 <= segment.span[0] <= segment.span[1] <= len(data)
        assert 1 <= segment.place.line <= data.count(b"\n") + 1
