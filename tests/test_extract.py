"""Templates and localization: invariants 1, 6 and 7 of the design, and the notes for translators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import inline
from pipeline.extract import localize, rewrite, segments, template
from pipeline.model import Article, Catalog, Element, Key, Locale, Message, Node, Raw, Segment, Text, Variable
from pipeline.readers import read

CATALAN = Locale("ca-ES", "ca", "Latn", "ES", "ltr", 2, "nplurals=2; plural=n != 1;", True)
ARTICLES = sorted(
    str(path.relative_to(Path(__file__).parent.parent))
    for path in (Path(__file__).parent.parent / "source/articles").iterdir()
    if path.suffix in (".md", ".html")
)

KEPT = frozenset({"pre", "code", "math", "textarea"})
"""Elements whose text is never translated."""

lines = st.text(st.sampled_from("ab *_`[](){}<>&!#-+.|~:\\/\"'=1中。\n\n\t"), max_size=60).map(
    lambda text: text.replace("<!", "<")
)
blocks = st.sampled_from(
    [
        "# Head *x*",
        "- a\n- b\n\n  c",
        "1. [x] done",
        "> [!TIP]\n> text **b**",
        "| a | b |\n|:-:|---|\n| c | `d` |",
        "term\n: meaning",
        "see[^n]\n\n[^n]: the *note*",
        "<div>\n\nMarkdown in *HTML*\n\n</div>",
        '<details><summary>More</summary><p title="tip">x <b>y</b></p></details>',
        '![alt *text*](x.png "t")',
        'an <abbr title="for example">eg</abbr> and <span class="x">s</span>',
        "<!-- safety: crisis -->\nCall {crisis.phone}.",
        "<!-- translate: no -->\nkept *as is*",
        "```py\ncode\n```",
        "two  \nlines\\\nthree",
        '<p>mixed<p>un<b>closed<input placeholder="Your name"></b></p>',
        "<script>let x = 1 < 2</script>",
        "<svg><title>A graph</title><text>1900</text></svg>",
    ]
)
bodies = st.lists(st.one_of(blocks, blocks, lines), max_size=5).map("\n\n".join)


def article(body: str) -> Article:
    """A Markdown article."""
    return read(f"---\ntitle: A title\ndescription: About *it*\n---\n{body}".encode(), "source/articles/x.md", "en-US")


def catalog(template_: Catalog, target: str) -> Catalog:
    """Every message translated; ``{}`` in the target stands for its source."""
    return Catalog(
        "ca-ES",
        tuple(replace(message, targets=(target.replace("{}", message.key.source),)) for message in template_.messages),
    )


def shown(article_: Article) -> Article:
    """An article without what is not shown: places, and languages of segments."""
    plain = rewrite(article_, lambda segment: replace(segment, lang=""))
    return replace(plain, locale="")


def skeleton(nodes: tuple[Node, ...]) -> list[object]:
    """Elements, attributes and scripts, without the words."""
    result: list[object] = []
    for node in nodes:
        if isinstance(node, Element):
            attrs = [(name, value if isinstance(value, str) else "") for name, value in node.attrs]
            result.append((node.tag, attrs, skeleton(node.children)))
        elif isinstance(node, Raw):
            result.append(node)
        elif isinstance(node, Segment):
            result.append("segment")
    return result


def unmarked(nodes: tuple[Node, ...]) -> Iterator[str]:
    """Words outside of segments, save in what is never translated."""
    for node in nodes:
        if isinstance(node, Text) and any(letter.isalnum() for letter in node.value):
            yield node.value
        elif isinstance(node, Variable):
            yield node.name
        elif isinstance(node, Element) and node.tag not in KEPT and node.get("translate") != "no":
            yield from unmarked(node.children)


@given(bodies)
def test_nothing_translated_changes_nothing(body: str) -> None:
    """Without targets, and with targets that equal their sources, the article shows what the source shows."""
    source = article(body)
    untouched = localize(source, Catalog("ca-ES"), CATALAN)
    identical = localize(source, catalog(template(source), "{}"), CATALAN)
    assert shown(untouched) == shown(identical) == shown(source)
    assert {segment.lang for segment in segments(untouched)} == {"en-US"}
    assert {segment.lang for segment in segments(identical)} == {""}


@given(bodies)
def test_every_visible_word_is_in_a_segment(body: str) -> None:
    """With every target in marks, each segment shows its marks and no word stands outside of a segment."""
    source = article(body)
    pseudo = localize(source, catalog(template(source), "⟦{}⟧"), CATALAN)
    for segment in segments(pseudo):
        assert (inline.plain(segment.content)[0], inline.plain(segment.content)[-1]) == ("⟦", "⟧")
    assert not list(unmarked(pseudo.body))


hostile = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "</p><h1>x</h1>",
        "<b onclick=x>{}</b>",
        "{}\n\n# x\n\n- y",
        "{} <img src=x onerror=y>",
        "[{}](javascript:alert(1))",
        "<!-- {}",
        "&lt;div&gt; {}",
        "{} {crisis.phone}",
        "<a1>",
        "\x00{}\u2028",
        "```\n{}",
        "**{}",
        "]]> {} <![CDATA[",
    ]
)


@given(bodies, hostile)
def test_a_target_changes_words_only(body: str, target: str) -> None:
    """Whatever a target holds, blocks, attributes, links and scripts stay those of the source."""
    source = article(body)
    localized = localize(source, catalog(template(source), target), CATALAN)
    assert skeleton(localized.body) == skeleton(source.body)
    for before, after in zip(segments(source), segments(localized), strict=True):
        assert sorted(map(str, skeleton(before.content))) == sorted(map(str, skeleton(after.content)))


@pytest.mark.parametrize("path", ARTICLES)
def test_the_articles_of_the_project(path: str) -> None:
    """The demonstration's own articles keep the first and the sixth invariant."""
    source = read((Path(__file__).parent.parent / path).read_bytes(), path, "en-US")
    assert shown(localize(source, catalog(template(source), "{}"), CATALAN)) == shown(source)
    assert not list(unmarked(localize(source, catalog(template(source), "⟦{}⟧"), CATALAN).body))


def test_one_message_for_equal_texts() -> None:
    """Equal texts are one message with the notes of both places, in a stable order, and one reference."""
    made = template(article("# One\n\nSame\n\n# Two\n\n<!-- translators: Short. -->\nSame"))
    message = made.index()[Key("Same")]
    assert message.notes == ("paragraph, under: One", "paragraph, under: Two", "Short.")
    assert message.references == ("source/articles/x.md",)
    assert made == template(article("# One\n\nSame\n\n# Two\n\n<!-- translators: Short. -->\nSame"))


def test_context_keeps_equal_texts_apart() -> None:
    """A context makes another message of the same text."""
    made = template(article("Same\n\n<!-- context: button -->\nSame"))
    assert [message.key for message in made.messages[2:]] == [Key("Same"), Key("Same", "button")]


def test_safety_messages_say_so() -> None:
    """A safety message names its id and its variables, and is a brace format for every PO editor."""
    made = template(article("<!-- safety: crisis -->\nCall {crisis.name} at {crisis.phone}.\n\nNo {thing}."))
    message, other = made.messages[2:]
    assert "safety: crisis" in message.notes
    assert any("{crisis.name}, {crisis.phone}" in note for note in message.notes)
    assert message.flags == ("python-brace-format",)
    assert other.flags == ()


def test_numbered_tags_are_explained() -> None:
    """A translator sees what a numbered tag stands for."""
    made = template(article('Read <a class="more" href="y.md">more</a>.'))
    assert '<a1> stands for <a class="more" href="y.md">' in made.messages[2].notes


@pytest.mark.parametrize(
    ("message", "text", "lang"),
    [
        (Message(Key("Hi *you*"), targets=("Hola *tu*",)), "Hola", ""),
        (Message(Key("Hi *you*"), targets=("Hola *tu*",), fuzzy=True), "Hi", "en-US"),
        (Message(Key("Hi *you*"), targets=("Hola *tu*",), obsolete=True), "Hi", "en-US"),
        (Message(Key("Hi *you*"), targets=(" ",)), "Hi", "en-US"),
        (Message(Key("Hi *you*"), targets=("Hola tu",)), "Hi", "en-US"),
        (Message(Key("Hi *you*", "other"), targets=("Hola *tu*",)), "Hi", "en-US"),
    ],
)
def test_only_accepted_and_conforming_targets_are_shown(message: Message, text: str, lang: str) -> None:
    """Fuzzy, obsolete, blank and broken targets leave the source, and its language, in place."""
    localized = localize(article("Hi *you*"), Catalog("ca-ES", (message,)), CATALAN)
    (segment,) = list(segments(localized))[2:]
    assert segment.content[0] == Text(f"{text} ")
    assert segment.lang == lang
    assert localized.locale == "ca-ES"


def test_attributes_inside_a_sentence_are_localized() -> None:
    """A text in an attribute is a message of its own, and lands in the element that the target moved."""
    source = article('An <abbr title="for example">eg</abbr> here')
    keys = [segment.key.source for segment in segments(source)][2:]
    assert keys == ["An <abbr1>eg</abbr1> here", "for example"]
    targets = {"An <abbr1>eg</abbr1> here": "Aquí <abbr1>p. ex.</abbr1>", "for example": "per exemple"}
    messages = tuple(Message(Key(key), targets=(target,)) for key, target in targets.items())
    localized = list(segments(localize(source, Catalog("ca-ES", messages), CATALAN)))
    assert [segment.lang for segment in localized[2:]] == ["", ""]
    assert localized[3].content == (Text("per exemple"),)


def test_a_translated_block_does_not_say_that_it_is_in_the_language_of_its_source() -> None:
    """Tools write ``lang`` beside ``dir`` around whole articles; other languages and what stays keep theirs."""
    source = article(
        '<div lang="en-GB" dir="ltr" class="x"><p>Hi</p><p lang="fr">Salut</p>'
        '<p translate="no" lang="en">Title</p><pre dir="ltr">x</pre></div>'
    )
    catalog = Catalog("ca-ES", (Message(Key("Hi"), targets=("Hola",)),))
    (body,) = localize(source, catalog, CATALAN).body
    assert isinstance(body, Element)
    assert body.attrs == (("class", "x"),)
    said = [(child.get("lang"), child.get("dir")) for child in body.children if isinstance(child, Element)]
    assert said == [(None, None), ("fr", None), ("en", None), (None, "ltr")]
    (same,) = localize(source, Catalog("en-US"), replace(CATALAN, tag="en-US")).body
    assert isinstance(same, Element)
    assert same.get("lang") == "en-GB"
