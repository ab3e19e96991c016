"""The short ways of reading and writing, which most sources take: they lead where the long ones do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import inline
from pipeline.errors import SourceError
from pipeline.inline import simple, writing
from pipeline.inline.forms import form
from pipeline.model import Element, Node, Text
from pipeline.readers import EVERYTHING, events, frontmatter, ground, html, markdown
from pipeline.readers.steps import Unlike

BLOCKS = (
    "# Heading *one*\n\n",
    "## Second {#id .c}\n\n",
    "A paragraph\nof two lines.\n\n",
    "- tight\n- items\n  - below\n\n",
    "1. loose\n\n   with more\n\n2. items\n\n",
    "- [ ] to do\n- [x] done\n\n",
    "> quoted\n\n",
    "> [!NOTE]\n> A callout.\n\n",
    "| a | b |\n| - | :-: |\n| `c` | *d* |\n\n",
    "| alone |\n| ----- |\n\n",
    "```python\nprint()\n```\n\n",
    "    indented\n\n",
    "Term\n: Definition\n\n",
    "***\n\n",
    "[^1]: A *note*.\n\n",
    "![alone](picture.png 'with title')\n\n",
    "<details>\n\n",
    "<details>\n<!-- translators: inside -->\n\n",
    "</details>\n\n",
    "<details>\nWords of\ntwo lines.\n\n",
    "<section>é words </section> and others\n<!-- translators: behind -->\n\n",
    "<details><details>words</details>&amp;</details>\n\n",
    '<details name="n">\n\n',
    "<!-- no mark --> words\n",
    '<img alt="words" src="s">\n\n',
    '<img src="http://a.bc/s" alt="an é\n  alternative" title="{crisis.phone}">\n',
    '<img src="s" alt="" /> words\n\n',
    "<style>\np { a: b }\n\n</style>\n\n",
    "</div> <!-- translators: behind -->\n\n",
    "</detail>\n\n",
    '# <code>Box&lt;b&gt;</code> <img src="s" alt="é">\n\n',
    "- <div>\n  words\n  in an item</div>\n  - below\n\n",
    "> <div>words\n> quoted\n> </div>\n\n",
    "# Box<T>\n\n",
    "See http://a.bc/d?e=1&amp;f.\n\n",
    '<div class="box" id="b">\n\n',
    "</div>\n\n",
    "<p>other HTML</p>\n\n",
    "<!-- safety: crisis -->\n\n",
    "<!-- translators: a note\nof two lines -->\n",
    "<!-- context: verb -->\n\n",
    "<!-- translate: no -->\n\n",
    "<!-- no mark -->\n",
    "Call {crisis.phone} now.\n\n",
    "[ref]: https://example.org 'Title'\n\n",
)
PIECES = (
    *(
        "word",
        "word ",
        " ",
        "\n",
        "  \n",
        "\\\n",
        "*",
        "**",
        "_",
        "`",
        "``",
        "~~",
        "[",
        "]",
        "(u)",
        "!",
        "&",
        "\\",
        "é",
        "語",
    ),
    *(
        "*em*",
        "**strong**",
        "`co de`",
        "[link](u)",
        "[link](u 'Title')",
        "[*a* `c`](u)",
        "![alt *t*](s)",
        "![](s)",
        "[ref]",
    ),
    *(
        "[ref][]",
        "[^1]",
        "<b@c.de>",
        "<http://a.bc>",
        "http://a.bc",
        "<br>",
        "<kbd>key</kbd>",
        "<b>*x*</b>",
        "<sub>",
        "</sub>",
        "Box<T>",
        "</T>",
        "<u8>",
        "<image>",
        '<img src="s" alt="Words">',
        "<code>a b</code>",
        "<code>",
        "</code>",
        "https://a.bc/d_e",
    ),
    *(
        "{crisis.phone}",
        "\\{crisis.phone}",
        "{a}",
        "&amp;",
        "&nbsp;",
        "&#123;",
        "&#32;",
        "&#13;",
        "<!-- in -->",
        "{{< x >}}",
    ),
    *("<a>", "![a ![b](c)](d)", "$x$", "|", ":", "::: note\n", "- ", "> ", "# ", "\t", "\r\n", "\f", "\x1a"),
)
TEXTS = st.lists(st.sampled_from(BLOCKS) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=8).map(
    "".join
)


@settings(max_examples=400)
@given(TEXTS)
def test_the_tree_is_that_of_the_html(text: str) -> None:
    """Where a text is read from events, its body, every place in it and what goes to machines are those of its HTML."""
    try:
        prepared = markdown._prepared(text, 0, "x.md")
        straight = markdown._directly(prepared, EVERYTHING)
    except (Unlike, SourceError):
        return
    assert repr((straight, ())) == repr(html.of_fragment(markdown._as_html(prepared), EVERYTHING))


@pytest.mark.parametrize("block", [block for block in BLOCKS if block[:2] not in ("<p", "</") and "<d" not in block])
def test_what_articles_are_made_of_is_read_from_events(block: str) -> None:
    """No ordinary block takes the long way; before a paragraph, which the marks in comments may be about."""
    prepared = markdown._prepared(f"{block}> And *so* `on` with [links](u).\n", 0, "x.md")
    assert markdown._directly(prepared, EVERYTHING)


@pytest.mark.parametrize(
    "text",
    [
        "# Box<T>\n\n[a <T>](u) *and <u8>*",
        "See http://a.bc/d_e, or f@g.hi.",
        "<details>\nwords\nof two lines\n\nmore\n\n</details>",
        '<details name="n">\n\nmore\n\n</details>',
        '<img src="s" alt="words">',
        'a <img src="s" alt="words"> <code>c</code>',
        "<details>\n\nnever closed",
        "never opened\n\n</details>",
        "<style>\np { a: b }\n</style>\n\nmore",
    ],
)
def test_what_is_no_html_to_its_author_is_read_from_events(text: str) -> None:
    """Types with parameters, bare addresses, and text in a line behind a tag."""
    assert markdown._directly(markdown._prepared(text, 0, "x.md"), EVERYTHING)


@pytest.mark.parametrize(
    "text", ["<p>raw</p>", "a <span>b</span>", "- <details>\n\nnot closed", "\\{crisis.phone}", "<b>*c</b>*"]
)
def test_what_a_browser_reads_in_its_own_way_is_left_to_the_html(text: str) -> None:
    """Raw HTML that is not closed where it was opened, and the like."""
    with pytest.raises(Unlike):
        markdown._directly(markdown._prepared(text, 0, "x.md"), EVERYTHING)


SIGNS = st.lists(
    st.sampled_from(
        [
            *("{{< x >}}", "{% y %}", "{{ z }}", "{#", "$a$", "<%= e %>", "[toc]", "--8<-- f", "import a from 'b'"),
            *("*[A]: b", "http://a.bc", "www.a.bc", "-_d_@e.fg", "d_@e.fg", "[t](http://a.bc)", "<d@e.fg>"),
            *(
                "`",
                "```",
                "_",
                "*",
                " ",
                "\n",
                "\n\n",
                "a",
                ".",
                "-",
                "(",
                ")",
                "é",
                "{",
                "]",
                "IMPORT x = y",
                "[[_toc_]]",
            ),
        ]
    ),
    max_size=12,
).map("".join)


EXTENDED = re.compile(
    r"\{[^a-z\s]|[\])`]\{|\$|<[%?<]|:::|://|www\.|@|^\*\[|^\[\[?_?toc|^--8<|^(?:import|export) ", re.I | re.M
)


@settings(max_examples=400)
@given(SIGNS)
def test_what_has_no_sign_is_not_looked_through(text: str) -> None:
    """The short ways past placeables and addresses, which most texts take, find what the long ones find."""
    assert markdown._is_extended(text) == (EXTENDED.search(text) is not None)
    longer = f"{text}\n\n\u0131 www."
    short, long = (ground.survey(one.encode(), list(events.parse(one))) for one in (text, longer))
    assert markdown.placeables(text, short) == markdown.placeables(longer, long)
    assert list(markdown._addresses(text, short)) == list(markdown._addresses(longer, long))


WORDS = st.lists(
    st.sampled_from([*"a!*_`~[]()<&{$|.é ", "b c", "__", "import x = y", "a_b", "&amp;", "$x$", "\n", "\\", "](u)"]),
    max_size=4,
).map("".join)
INLINE = st.recursive(
    WORDS.map(Text) | WORDS.map(lambda words: Element("code", (), (Text(words),))),
    lambda inside: (
        st.builds(
            lambda url, nodes: Element("a", (("href", url),), inline.joined(nodes)),
            st.sampled_from(["u", "/p?q=1&r", "a__b", "a b", "{x}", ""]),
            st.lists(inside, max_size=3),
        )
        | st.builds(
            lambda tag, nodes: Element(tag, (), inline.joined(nodes)),
            st.sampled_from(["em", "strong"]),
            st.lists(inside, max_size=3),
        )
    ),
    max_leaves=6,
)


@settings(max_examples=400)
@given(st.lists(INLINE, max_size=4).map(inline.joined))
def test_simple_nodes_are_written_as_all_others(nodes: tuple[Node, ...]) -> None:
    """What is written without a look at every rule is what the rules give."""
    written = simple.written(nodes)
    assert written in (None, writing._Light().write(form(nodes).nodes, ""))
    assert written is None or inline.parse(written) == nodes


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.sampled_from(["title", "a-b", "Date"]), st.text("aZ09 _.-:#'\"é/=~", max_size=12)), max_size=4
    )
)
def test_bare_front_matter_is_read_as_yaml(pairs: list[tuple[str, str]]) -> None:
    """Fields that are read without the parser of YAML are those that it finds, and stand where it says."""
    source = "".join(f"{name}: {value}\n" for name, value in pairs)
    if not frontmatter._BARE.fullmatch(source):
        return
    comment = f"{source}# with a comment, which only YAML knows\n"
    assert frontmatter._yaml(source, 0, len(source), "x") == frontmatter._yaml(comment, 0, len(comment), "x")
