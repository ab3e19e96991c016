"""What sources hold beyond CommonMark and plain HTML: addresses, placeables, containers, comments in code, heads."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import inline
from pipeline.errors import HandrailError, MarkupError, SettingsError, SourceError
from pipeline.extract import segments
from pipeline.inline import literals
from pipeline.locales import locale
from pipeline.model import Article, Place, Segment
from pipeline.project.loading import article, open_project
from pipeline.readers import Selection, read
from pipeline.render import head
from tests.outlines import outline

HEAD = "---\ntitle: T\n---\n"


def markdown(text: str) -> Article:
    """A Markdown article."""
    return read((HEAD + text).encode(), "x.md", "en-US")


def page(text: str, selection: Selection = Selection()) -> Article:  # noqa: B008 - a frozen value
    """An HTML page."""
    return read(f"<!doctype html><title>T</title><body>{text}".encode(), "x.html", "en-US", selection=selection)


def sources(article: Article) -> list[str]:
    """The messages of an article without its title."""
    return [segment.key.source for segment in segments(article)][1:]


# --- bare addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://x.org/_a_b_, now", "see <https://x.org/_a_b>\\_, now"),
        ("**http://a.b/c** x", "**<http://a.b/c>** x"),
        ("www.a.de.", "[www.a.de](http://www.a.de)."),
        ("é a@b.org", "é [a@b.org](mailto:a@b.org)"),
        ("http://a.b/?a=1&amp;b=2&copy=3", "<http://a.b/?a=1&b=2&copy=3>"),
        ("a\\_b@x.org", "a_b@x.org"),
        ("[a www.x.y](u)", "[a www.x.y](u)"),
        ("<a href=u>www.x.y</a> z", "[www.x.y](u) z"),
        ("`www.x.y` z", "`www.x.y` z"),
        ("http://a_b.c_d/ z", "http://a_b.c_d/ z"),
        ("![www.x.y](i.png) z", "![www.x.y](i.png) z"),
    ],
)
def test_bare_addresses(text: str, expected: str) -> None:
    """An address in a text is a link, as on GitHub; one in code, in a link or in HTML is not made one again."""
    assert sources(markdown(text)) == [expected]


def test_an_address_ends_with_its_cell() -> None:
    """A table's bar ends an address, although an address may hold one."""
    assert sources(markdown("|a|b|\n|-|-|\n|http://x.y/z|c|")) == ["a", "b", "<http://x.y/z>", "c"]


# --- placeables -----------------------------------------------------------------------------------

PLACEABLES = [
    '{{< ref "x_y_z" >}}',
    "{{% note %}}",
    "{% include 'a*b*' %}",
    "{{ site.title | upcase }}",
    "{{{ raw }}}",
    "$E = mc^2$",
    "$x$",
    "$$a_1 < b_2$$",
    "$\\alpha$",
]


@pytest.mark.parametrize("placeable", PLACEABLES)
@pytest.mark.parametrize("make", [markdown, page])
def test_placeables_stand_in_messages_as_they_are(placeable: str, make: object) -> None:
    """Shortcodes and formulas are in the message letter for letter, in both formats."""
    article = markdown(f"a {placeable} b") if make is markdown else page(f"<p>a {placeable} b</p>")
    assert sources(article) == [f"a {placeable} b"]


@pytest.mark.parametrize("placeable", PLACEABLES)
def test_placeables_survive_translation(placeable: str) -> None:
    """A translation that drops, doubles or changes one does not conform."""
    (_, segment) = segments(markdown(f"a *b* {placeable}"))
    assert inline.conform(inline.parse(f"{placeable} c *d*"), segment.content)
    for target in ("c *d*", f"{placeable} *c* {placeable}", f"*c* {placeable[:-1]}"):
        with pytest.raises(MarkupError):
            inline.conform(inline.parse(target), segment.content)


@pytest.mark.parametrize(
    "text",
    ["costs $5 and $6", "from $5-$10", "$5 (US$)", "$20+ or $30+", "$HOME and $PATH", "\\$x$", "\\{{ x }}", "{{ open"],
)
def test_what_only_looks_like_a_placeable(text: str) -> None:
    """Money is no formula, and what is escaped or never closed is text."""
    (_, segment) = segments(markdown(text))
    assert not [node for node in segment.content if literals.literal(node)]


def test_code_has_no_placeables() -> None:
    """Code is kept whole already, whatever it holds."""
    expected = "<pre><code>{{ d }} $x$ www.a.b\n</code></pre><p>[`{{ c }}` and `}}`]</p>"
    assert outline(markdown("```\n{{ d }} $x$ www.a.b\n```\n\n`{{ c }}` and `}}`").body) == expected


def test_placeables_in_addresses_scripts_and_attributes() -> None:
    """Wherever a shortcode stands, it comes out as it went in."""
    text = '[a]({{< ref "x" >}}) ![p]({{ u }}/p.png)\n\n<div style="{{ s }}" title="t {{ v }}"></div>\n'
    assert outline(markdown(text + "<script>let x = `{{ y }}`</script>").body) == (
        '<p>[[a]({{< ref "x" >}}) ![p]({{ u }}/p.png)]</p>'
        "<div style={{ s }} title=[t {{ v }}]>raw:<script>let x = `{{ y }}`</script>"
    )


def test_a_helpline_is_no_shortcode() -> None:
    """Double braces around a helpline's variable would show no number: an error, with its line."""
    with pytest.raises(SourceError, match="single braces") as caught:
        markdown("a\n\n{{ crisis.phone }}")
    assert caught.value.place == Place("x.md", 6)


def test_too_many_placeables() -> None:
    """More different ones than there are characters to stand for them are refused."""
    with pytest.raises(SourceError, match="split it"):
        markdown("\n\n".join(f"{{{{{number:06}}}}}" for number in range(140_000)))


@given(st.text(st.sampled_from("ab $\\{}%<>*_`[]()!&;:.@/w\ue000\U00100000\u0378"), max_size=40))
def test_messages_with_placeables_round_trip(text: str) -> None:
    """Whatever a message holds, writing it down and reading it again gives the same, private characters too."""
    try:
        nodes = inline.parse(text)
    except MarkupError:
        return
    assert inline.parse(inline.dump(nodes)) == nodes


# --- containers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "::: warning *The* title\na\n\n- b\n:::\nc",
            "<aside class=callout warning role=note><p class=title>[*The* title]</p><p>[a]</p><ul><li>[b]</li></ul>"
            "</aside><p>[c]</p>",
        ),
        (
            ":::danger[T `c`]{.big #x}\na\n:::",
            "<aside class=callout danger caution big id=x role=note><p class=title>[T `c`]</p><p>[a]</p></aside>",
        ),
        (
            '::: {.callout-tip title="T"}\na\n:::',
            "<aside class=callout tip callout-tip role=note><p class=title>[T]</p><p>[a]</p></aside>",
        ),
        (
            ":::: columns\n::: details S\na\n:::\n::::",
            "<div class=columns><details><summary>[S]</summary><p>[a]</p></details></div>",
        ),
        (
            "> ::: info\n> a\n> :::\n\n- x\n  ::: tip\n  b\n  :::",
            "<blockquote><aside class=callout info note role=note><p>[a]</p></aside></blockquote>"
            "<ul><li>[x]<aside class=callout tip role=note>[b]</aside></li></ul>",
        ),
        ("::: note\n<Foo/>\n:::\n\na", "<aside class=callout note role=note><foo></aside><p>[a]</p>"),
        ("```\n::: note\n```", "<pre><code>::: note\n</code></pre>"),
        ("# a\n:::", "<h1>[a]</h1><p>:::</p>"),
    ],
)
def test_containers(text: str, expected: str) -> None:
    """Lines of colons make callouts, details or plain divisions, with what is inside them and their titles."""
    assert outline(markdown(text).body) == expected


def test_places_in_containers() -> None:
    """Titles and texts of containers know their bytes."""
    data = (HEAD + "é\n::: warning Das {{x}} *ü*\ntext\n\n- a\n:::\nnach www.x.org b\n").encode()
    assert [data[slice(*segment.span)].decode() for segment in segments(read(data, "x.md", "en"))][1:] == [
        "é",
        "Das {{x}} *ü*",
        "text",
        "a",
        "nach www.x.org b",
    ]


def test_containers_are_marked_as_blocks() -> None:
    """A mark before a container is about all of it."""
    article = markdown("<!-- safety: crisis -->\n::: warning Title\ntext\n:::")
    assert [segment.safety for segment in segments(article)][1:] == ["crisis", "crisis"]


# --- comments in code -----------------------------------------------------------------------------


def test_comments_in_code() -> None:
    """Where the author asks for it, each line of a comment is a message, and the rest of the code is kept."""
    text = "<!-- translate: comments -->\n```python\n#!/bin/python\n# One <two>.\nx = 1  # see (it)\ns = '# no'\n```\n"
    article = markdown(text)
    assert outline(article.body) == (
        "<pre><code class=language-python>#!/bin/python\n"
        "# [One \\<two>.]\nx = 1  # [see (it)]\ns = '# no'\n</code></pre>"
    )
    data = (HEAD + text).encode()
    found = list(segments(article))[1:]
    assert [data[slice(*segment.span)].decode() for segment in found] == ["One <two>.", "see (it)"]
    assert {segment.kind for segment in found} == {"comment in code"}


def test_comments_of_several_lines_in_html() -> None:
    """The signs that decorate a comment stay in the code."""
    article = page(
        "<!-- translate: comments --><pre><code class=language-js>/**\n * A &lt;b\n */ f() // c</code></pre>"
    )
    assert sources(article) == ["A \\<b", "c"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<!-- translate: comments -->\ntext", "Only code has comments"),
        ("<!-- translate: comments -->\n```\nx\n```", "name its language"),
        ("<!-- translate: comments -->\n```no-such\nx\n```", "name its language"),
        ("<!-- translate: comments -->\n<pre class=language-js><b>x</b></pre>", "name its language"),
    ],
)
def test_comments_that_cannot_be_told(text: str, says: str) -> None:
    """A mark that asks for comments where none can be told is an error."""
    with pytest.raises(SourceError, match=says):
        markdown(text)


# --- heads, notes, selections ---------------------------------------------------------------------

DATA = (
    '{"@type": "Article", "headline": "The </script> line", "inLanguage": "en", "url": "https://x.org", "n": 1.10,'
    ' "author": {"name": "Jane Doe", "@type": "Person"}, "keywords": ["one", "https://k"],'
    ' "@graph": [{"@type": "Organization", "name": "Caf\\u00e9", "logo": {"@id": "text"}}]}'
)


def test_what_is_shared() -> None:
    """The human text of Open Graph, Twitter cards and JSON-LD is in messages, wherever the page says it."""
    script = f"<script type=application/ld+json>{DATA.replace('</', '<' + chr(92) + '/')}</script>"
    article = read(
        f'<title>T</title><meta property="og:title" content="A"><meta property="og:image" content="i.png">'
        f'<meta property="og:url" content="u"><meta name="twitter:description" content="B">'
        f"<main><p>text{script}</p></main>".encode(),
        "x.html",
        "en-US",
    )
    assert sources(article) == ["text", "A", "B", "The \\</script> line", "one", "Café"]
    assert article.meta == ()
    assert head.declared(article.head) == {"og:title", "og:image", "twitter:description"}
    html = head.dump(article.head, locale("fr-FR"))
    (written,) = re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", html, re.DOTALL)
    assert json.loads(written) == {**json.loads(DATA), "inLanguage": "fr-FR"}
    assert "1.10" in written


@pytest.mark.parametrize("data", ["{", "[" * 100_000, "", '{"a" "b"}', "nothing", '{"name": }'])
def test_data_that_is_none(data: str) -> None:
    """What is no JSON is kept as it is, in Markdown, too."""
    article = markdown(f"a\n\n<script type='application/ld+json'>{data}</script>\n")
    assert sources(article) == ["a"]
    assert data in head.dump(article.head, locale("en-US"))


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["name", "text", "@type", "@id", "x", ""]), inner)
        ),
    )
)
def test_data_is_changed_in_its_texts_only(data: object) -> None:
    """Any JSON comes out as it went in, but for the white space in its texts."""
    written = json.dumps(data).replace("<", "\\u003c").replace("$", "\\u0024").replace("{{", "{ {").replace("{%", "{ %")
    try:
        article = page(f"<p>a</p><script type='application/ld+json'>{written}</script>")
    except HandrailError:
        return
    html = head.dump(article.head, locale("en-US"))
    assert _folded(json.loads(html.partition(">")[2].removesuffix("</script>"))) == _folded(data)


def _folded(data: object) -> object:
    if isinstance(data, str):
        return " ".join(data.split())
    if isinstance(data, list):
        return [_folded(item) for item in data]
    return {key: _folded(value) for key, value in data.items()} if isinstance(data, dict) else data


def test_local_notes() -> None:
    """ITS 2.0's local attributes say the same as Handrail's comments."""
    article = page(
        "<p its-loc-note='Be  brief'>a <b its-term=yes its-term-info-ref=u>term</b></p><p its-translate=no>kept</p>"
        "<p translate=NO>kept</p>"
    )
    (_, segment) = segments(article)
    assert segment.notes == ("Be brief", "term: A term; see u")


def test_parts_that_are_no_article() -> None:
    """A project says with CSS selectors where the article is and what is none of it."""
    html = "<div id=c><nav>n</nav><p>a <i class=ad>b</i> c</p>d<div class='x cookie'>e</div>f</div><p>g</p>"
    assert outline(page(html, Selection("#c", ("nav", ".cookie", ".ad"))).body) == "<p>[a][c]</p>[d][f]"
    with pytest.raises(SourceError, match="No element"):
        page(html, Selection("#none"))


def test_selections_concern_markdown_too() -> None:
    """What is skipped in pages is skipped in the HTML of Markdown."""
    article = read(
        (HEAD + "a\n\n<nav>\n\n- b\n\n</nav>\n\nc").encode(), "x.md", "en", selection=Selection("", ("nav",))
    )
    assert sources(article) == ["a", "c"]


@pytest.mark.parametrize(
    "piece", ["{{ ", "{{x}} ", "$x ", "$$ a ", "a@", "www.", ":::\n", "::: note\n", "http://a.b/(", "&a;"]
)
def test_endless_pieces(piece: str) -> None:
    """Repeated ten thousand times, no construct keeps the reader busy or crashes it."""
    try:
        article = markdown(piece * 10_000)
    except SourceError:
        return
    assert article.body


def test_segments_of_heads_are_not_headings() -> None:
    """What a page says to machines stands under no heading."""
    article = page('<h2>H</h2><script type=\'application/ld+json\'>{"name": "N"}</script>')
    last: Segment = list(segments(article))[-1]
    assert (last.key.source, last.headings) == ("N", ())


def test_selectors_of_the_settings(starter: Path) -> None:
    """A selector that cannot be used is an error with its line; one that can leaves its elements out."""
    settings = starter / "handrail.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f'{before}\n[sources]\nskip = ["nav["]\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="no CSS selector") as caught:
        open_project(starter)
    assert caught.value.place == Place("handrail.toml", before.count("\n") + 3)
    settings.write_text(f'{before}\n[sources]\nskip = ["h2"]\n', encoding="utf-8")
    one = open_project(starter)
    assert "heading 2" not in {segment.kind for segment in segments(article(one, "source/articles/feeling-low.md"))}
