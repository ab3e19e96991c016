"""Message text: parsing, dumping, and conforming to a source."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import inline
from pipeline.errors import MarkupError
from pipeline.inline import literals, reading, simple
from pipeline.model import Element, Node, Raw, Text, Variable

LINK = Element("a", (("class", "more"), ("href", "x.html")), (Text("more"),))
FOOTNOTE = Element("sup", (("class", "footnote"),), (Element("a", (("href", "#fn-n"),), (Text("1"),)),))

words = st.text(st.sampled_from("ab*_[]<>&{}`~!()\\\"'.#-|^:$ é中。「」1;/@"), min_size=1, max_size=8)
words = words.map(lambda text: re.sub(" +", " ", text)).filter(str.strip)
texts = words.map(Text)
variables = st.sampled_from(["crisis.phone", "a.b"]).map(Variable)
leaves = st.one_of(
    texts,
    texts,
    variables,
    words.map(lambda code: Element("code", (), (Text(code),))),
    st.sampled_from(
        [
            Element("br"),
            Element("img", (("src", "a b(c"), ("alt", "x]*y"))),
            Element("img", (("src", "x"), ("alt", "y"), ("class", "q"))),
            FOOTNOTE,
            Raw("<script>x</script>"),
        ]
    ),
)


def nested(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Elements around other nodes; a link holds only text, since links do not nest."""
    inside = st.lists(children, max_size=4).map(tuple)
    urls = st.sampled_from(["u", "", "a b", "x)(y", "<&amp;>", "https://x.org", "\\*"])
    return st.one_of(
        st.builds(lambda tag, nodes: Element(tag, (), nodes), st.sampled_from(["em", "strong", "del", "b"]), inside),
        st.builds(lambda nodes: Element("span", (("class", "x"),), nodes), inside),
        st.builds(
            lambda url, nodes: Element("a", (("href", url),), nodes),
            urls,
            st.lists(st.one_of(texts, variables), max_size=3).map(tuple),
        ),
    )


contents = st.lists(st.recursive(leaves, nested, max_leaves=8), max_size=5).map(tuple)


def spaceless(nodes: tuple[Node, ...]) -> str:
    """Nodes without their white space, which parsing folds."""
    return re.sub(" ", "", repr(nodes))


@given(contents)
def test_dump_reads_back(nodes: tuple[Node, ...]) -> None:
    """Whatever the nodes hold, their message text parses to their message form."""
    assert spaceless(inline.parse(inline.dump(nodes))) == spaceless(inline.form(nodes).nodes)


@given(contents)
def test_form_is_its_own_form(nodes: tuple[Node, ...]) -> None:
    """Nodes in message form stay as they are."""
    once = inline.form(nodes).nodes
    assert inline.form(once).nodes == once


@given(contents)
def test_identity_conforms(nodes: tuple[Node, ...]) -> None:
    """A target that repeats its source gets every element of the source back, attributes and all."""
    restored = inline.conform(inline.parse(inline.dump(nodes)), nodes)
    assert spaceless(restored) == spaceless(inline.joined(_joined(nodes)))


def _joined(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return inline.joined(
        Element(node.tag, node.attrs, _joined(node.children)) if isinstance(node, Element) else node for node in nodes
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_parse_never_crashes(text: str) -> None:
    """Any text is either a message or a MarkupError, and what parses dumps to a stable text."""
    try:
        nodes = inline.parse(text)
    except MarkupError:
        return
    dumped = inline.dump(nodes)
    assert inline.dump(inline.parse(dumped)) == dumped


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, 5 * 3, snake_case, [9], AT&T, a < b and {A}.",
        "**Bold** and *soft* and ~~gone~~ and `code`",
        '[text](url "title") and ![alt](src)',
        "<https://example.org/>",
        "[[9]](#sources)",
        "Call {crisis.name} at {crisis.phone}.",
        "not a variable: \\{crisis.name}",
        "<a1>more</a1>, <img1/>, <kbd>Ctrl</kbd>",
        "one line\\\nand another",
        "claim[^1][^two], next",
        "中文<strong>強調。</strong>中文",
        "a no-break\u00a0space, a soft\u00adhyphen",
    ],
)
def test_good_form_is_kept(text: str) -> None:
    """Text in its lightest form comes back to the letter: no needless escapes, no entities."""
    assert inline.dump(inline.parse(text)) == text


def test_blocks_do_not_start_in_a_message() -> None:
    """What would be a heading, list, quotation, code or table in a file is plain text in a message."""
    for text in ("# a", "- a", "1. a", "> a", "    a", "```", "| a |", "[a]: /b", "---", "a\n\nb", "a\n==="):
        assert inline.parse(text) == (Text(" ".join(text.split())),)


def test_white_space_folds() -> None:
    """Soft wraps and runs of spaces are one space; a no-break space is no such space."""
    assert inline.parse("  a \n b\t\tc\u00a0 ") == (Text("a b c\u00a0"),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<script>x</script>", "<script> may not stand"),
        ("<iframe>", "<iframe> may not stand"),
        ("<div>x</div>", "<div> may not stand"),
        ("<h1>x</h1>", "<h1> may not stand"),
        ('<b onclick="x()">a</b>', "without attributes"),
        ("a <!-- comment -->", "without attributes"),
        ("<b>", "never closed"),
        ("x</b>", "closes nothing"),
        ("**a <b>c** d</b>", "inside the markup"),
        ("<b>" * 60 + "x" + "</b>" * 60, "more than 50 deep"),
        ("x" * 50_001, "longer than 50000"),
        ("<b/>", "no empty element"),
        ("</br>", "nothing to close"),
    ],
)
def test_bad_markup_is_refused(text: str, says: str) -> None:
    """Tags that are unsafe, unbalanced or blocks are errors that name the tag."""
    with pytest.raises(MarkupError, match=re.escape(says)):
        inline.parse(text)


def test_numbered_tags_get_their_elements_back() -> None:
    """A numbered tag stands for the element of the source, wherever the target puts it."""
    source = (Text("See "), LINK, Text(" or "), Element("img", (("src", "p"), ("class", "i"), ("alt", "P"))))
    target = inline.conform(inline.parse("<img1/> lub <a1>więcej</a1>"), source)
    assert target == (source[3], Text(" lub "), Element("a", LINK.attrs, (Text("więcej"),)))


def test_strong_tag_equals_stars() -> None:
    """A target may write <strong> where its source has stars, as Chinese often must."""
    assert inline.conform(inline.parse("<strong>x</strong>"), inline.parse("**y**"))


@pytest.mark.parametrize(
    ("source", "target", "says"),
    [
        ("a **b**", "a b", "lacks **...**"),
        ("a", "*a*", "adds *...*"),
        ("call {crisis.phone}", "call 988", "lacks {crisis.phone}"),
        ("call {crisis.phone}", "{crisis.phone} {crisis.phone}", "adds {crisis.phone}"),
        ("[a](x)", "[a](javascript:x)", "adds the link to javascript:x"),
        ("![a](x)", "![a](y)", "lacks the image x"),
        ("`rm`", "`mv`", "lacks `rm`"),
        ("a[^1]", "a", "lacks [^1]"),
        ("<kbd>a</kbd>", "<kbd></kbd>", "<kbd> with no text"),
        ("[a](x)", "[](x)b", "with no text"),
        ("a\\\nb", "a b", "a line break"),
        ("[a](x) [b](y)", "a", "lacks the link to x, the link to y"),
    ],
)
def test_markup_must_be_that_of_the_source(source: str, target: str, says: str) -> None:
    """Markup lost, doubled, invented or emptied is an error that says which."""
    with pytest.raises(MarkupError, match=re.escape(says)):
        inline.conform(inline.parse(target), inline.parse(source))


def test_numbered_links_do_not_nest() -> None:
    """A target cannot put one link into another, which HTML does not allow."""
    source = (LINK, Text(" "), LINK)
    with pytest.raises(MarkupError, match="inside another link"):
        inline.conform(inline.parse("<a1>x <a2>y</a2></a1>"), source)


def test_untranslatable_text_stays() -> None:
    """What the source declares untranslatable must come back to the letter."""
    source = (Element("cite", (("translate", "no"),), (Text("BMJ"),)),)
    assert inline.conform(inline.parse("<cite1>BMJ</cite1>"), source) == source
    with pytest.raises(MarkupError, match="not to be translated: BMJ"):
        inline.conform(inline.parse("<cite1>British Medical Journal</cite1>"), source)


def test_plain_words() -> None:
    """Plain text has the words alone: no markup, an image's text, a variable in braces."""
    nodes = inline.parse("**a** [b](u) `c` ![d](e) {crisis.phone}\\\nf[^1]")
    assert inline.plain(nodes) == "a b c d {crisis.phone}\nf"


# --- simple messages ----------------------------------------------------------------------------

SIMPLE_PIECES = st.sampled_from(
    (
        *(
            "`",
            "``",
            "`a`",
            "`a_b`",
            "` c `",
            "` `",
            "`<b>`",
            "`&amp;`",
            "`[x](y)`",
            "`\\`",
            "a",
            "b.",
            "_",
            "a_b",
            "é",
        ),
        *(
            "[",
            "]",
            "(",
            ")",
            "](",
            "[x](y)",
            "[ x ](y)",
            "[`c`](d/e#f)",
            "[a](<b>)",
            '[a](b "c")',
            "[^1]",
            "!",
            "^",
            "~",
        ),
        *(
            " ",
            "\u00a0",
            "\u2028",
            "\x0b",
            "\x01",
            "*",
            "<",
            "&",
            "{",
            "$",
            "\\",
            "\n",
            "#",
            "-",
            "|",
            "a@b.c",
            "www.x.y",
        ),
        *(
            "*a*",
            "**a**",
            "_a_",
            " _é b_ ",
            "**a `c` d** ",
            "(*a*).",
            "* ",
            " *",
            "**",
            " **",
            "2",
            "²",
            "ा",
            "。",
            "？",
            "€",
            "　",
            "[toc]",
            "[[_TOC_]]",
            "import x from 'y'",
        ),
    )
)
SIMPLE = st.lists(SIMPLE_PIECES, max_size=10).map("".join)


@settings(max_examples=500)
@given(SIMPLE)
def test_simple_messages_are_read_as_the_parser_reads_them(text: str) -> None:
    """What is read without the parser of Markdown has the nodes that the parser finds."""
    line = re.sub(f"[{inline.SPACES}]+", " ", text).strip(" ")
    masked = literals.masked(line)
    nodes = simple.simple(line) if masked.pattern is None else None
    assert nodes is None or nodes == reading._parsed(reading._PREFIX + line, masked)


@settings(max_examples=500)
@given(SIMPLE, SIMPLE)
def test_messages_of_one_outline_conform(source: str, target: str) -> None:
    """Where the outlines of two messages have the same marks they conform; where not, it is said in the same words."""
    for one, like in ((target, source), (f"{source} {target}", f"{target} {source}")):
        ours, theirs = inline.outline(one), inline.outline(like)
        if not ours or not theirs:
            continue
        try:
            conformed = inline.plain(inline.conform(inline.parse(one), inline.parse(like))), ""
        except MarkupError as error:
            conformed = ours[0], error.message
        assert conformed == (ours[0], inline.difference(Counter(theirs[1]), Counter(ours[1])))
