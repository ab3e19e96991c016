"""Localized sources: every byte of the file stays but the words that were translated."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import inline
from pipeline.cli import main
from pipeline.extract import localize, segments, template
from pipeline.model import Catalog, Key, Locale, Message
from pipeline.readers import read
from pipeline.splice import Spliced, splice
from tests.test_extract import bodies, hostile

CATALAN = Locale("ca-ES", "ca", "Latn", "ES", "ltr", 2, "nplurals=2; plural=n != 1;", True)
HEAD = "---\ntitle: T\n---\n"


def spliced(source: str, targets: dict[str, str], path: str = "x.md") -> Spliced:
    """A file with some targets in it."""
    article = read(source.encode(), path, "en", "name")
    messages = tuple(Message(Key(key), targets=(target,)) for key, target in targets.items())
    known = {segment.key.source for segment in segments(article)}
    assert set(targets) <= known, f"no such messages; there are {known}"
    return splice(source.encode(), article, localize(article, Catalog("ca-ES", messages), CATALAN))


def translated(source: str, target: str, path: str = "x.md") -> Spliced:
    """A file with a target for every message; ``{}`` in it stands for the source."""
    article = read(source.encode(), path, "en", "name")
    messages = template(article).messages
    targets = tuple(replace(message, targets=(target.replace("{}", message.key.source),)) for message in messages)
    return splice(source.encode(), article, localize(article, Catalog("ca-ES", targets), CATALAN))


@pytest.mark.parametrize(
    ("source", "targets", "expected"),
    [
        ("# One\n\ntwo\nlines\n", {"two lines": "dues"}, "# One\n\ndues\n"),
        ("> one\n> two\n>\n> three\n", {"one two": "A", "three": "B"}, "> A\n>\n> B\n"),
        ("> a  \n> b\n", {"a\\\nb": "x\\\ny"}, "> x  \n> y\n"),
        ("- one\n  two\n  - three\n", {"one two": "A", "three": "B"}, "- A\n  - B\n"),
        ("1. a\\\n   b\n", {"a\\\nb": "x\\\ny"}, "1. x\\\n   y\n"),
        ("| a | b |\n|---|---|\n| c | d |\n", {"c": "x | y"}, "| a | b |\n|---|---|\n| x \\| y | d |\n"),
        ("| a |\n|---|\n| c<br>d |\n", {"c\\\nd": "x\\\ny"}, "| a |\n|---|\n| x<br>y |\n"),
        ("## Head {#id .c}\n", {"Head": "Cap #"}, "## Cap \\# {#id .c}\n"),
        ("## Head ##\n", {"Head": "Cap #"}, "## Cap \\# ##\n"),
        ("Head\ntwo\n====\n", {"Head two": "Cap"}, "Cap\n====\n"),
        ("## Call {crisis.phone}\n", {"Call {crisis.phone}": "{crisis.phone}: truca"}, "## {crisis.phone}: truca\n"),
        ("a\n", {"a": "- x"}, "\\- x\n"),
        ("a\n", {"a": "1. x"}, "1\\. x\n"),
        ("a\n", {"a": "\\# x"}, "\\# x\n"),
        ("\\*a\\*\n", {"\\*a\\*": "\\*x\\*"}, "\\*x\\*\n"),
        ("![a](i.png)\n", {"a": "x [y]"}, "![x \\[y\\]](i.png)\n"),
        ("<p title='a'>b <b>c</b></p>\n", {"a": "l'x", "b <b>c</b>": "<b>C</b> < B"},
         "<p title='l&#39;x'><b>C</b> < B</p>\n"),
        ("a <span class='k'>b</span>\n", {"a <span1>b</span1>": "<span1>B</span1> A"}, "<span class='k'>B</span> A\n"),
        ("a[^n]\n\n[^n]: b\n", {"a[^n]": "[^n]A", "b": "B"}, "[^n]A\n\n[^n]: B\n"),
        ("a\r\nb\r\n\r\nc\r\n", {"a b": "x"}, "x\r\n\r\nc\r\n"),
        ("\ufeffa\n", {"a": "x"}, "\ufeffx\n"),
    ],
)  # fmt: skip
def test_places_in_markdown(source: str, targets: dict[str, str], expected: str) -> None:
    """A target takes the place of its source, in the writing that the place wants."""
    assert spliced(source, targets) == Spliced(expected.encode(), ())


@pytest.mark.parametrize(
    ("field", "target", "expected"),
    [
        ("title: T", "Títol", "title: Títol"),
        ("title: T # note", "Títol", "title: Títol # note"),
        ("title: T", "A: b", 'title: "A: b"'),
        ("title: T", "No", 'title: "No"'),
        ("title: T", "2024", 'title: "2024"'),
        ("title: 'T'", "l'any", "title: 'l''any'"),
        ('title: "T"', 'un "any" \\\\', 'title: "un \\"any\\" \\\\"'),
        ("title: >\n  T", "X", 'title: "X"'),
        ("title: |-\n  T", "X", 'title: "X"'),
        ("a: {b: c}\ntitle: T", "X", "a: {b: c}\ntitle: X"),
    ],
)
def test_yaml(field: str, target: str, expected: str) -> None:
    """A field keeps its style where that can hold the text, and is quoted where it cannot."""
    source = "---\n{}\ndate: 2020-01-01 # d\n---\n# H\n"
    assert spliced(source.replace("{}", field), {"T": target}).data.decode() == source.replace("{}", expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [('"T"', '"l\'\\"x\\""'), ("'T'", '"l\'\\"x\\""'), ('"T" # note', '"l\'\\"x\\"" # note')],
)
def test_toml(value: str, expected: str) -> None:
    """A TOML string becomes a basic string, and what stands after it stays."""
    source = "+++\ndate = 2020-01-01\ntitle = {}\n+++\na\n"
    assert spliced(source.replace("{}", value), {"T": 'l\'"x"'}).data.decode() == source.replace("{}", expected)


def test_html() -> None:
    """Titles, descriptions, attributes and runs of HTML, with the tags as the source writes them."""
    source = (
        "<!DOCTYPE html><TITLE>A &amp; b</TITLE><META content=desc NAME=Description><body CLASS=x>"
        "<P>One <A HREF='y' class=k title=tip>two</A><BR/>c</p><script>if (a < b) x()</script><img alt=pic src=x>"
    )
    targets = {
        "A & b": "C & d",
        "desc": 'la "d"',
        "One <a1>two</a1>\\\nc": "<a1>Dos</a1> un\\\nC",
        "tip": "pista",
        "pic": "foto",
    }
    expected = (
        '<!DOCTYPE html><TITLE>C &amp; d</TITLE><META content="la &quot;d&quot;" NAME=Description><body CLASS=x>'
        "<P><A HREF='y' class=k title=\"pista\">Dos</A> un<BR/>C</p><script>if (a < b) x()</script>"
        '<img alt="foto" src=x>'
    )
    assert spliced(source, targets, "x.html") == Spliced(expected.encode(), ())


def test_what_a_page_says_when_shared() -> None:
    """Open Graph and the human text of JSON-LD are put back, too."""
    source = (
        "<title>T</title><meta property='og:title' content='Share me'>"
        '<script type="application/ld+json">{"@type": "Article", "headline": "He said \\"x\\""}</script><p>a'
    )
    targets = {"Share me": "Comparteix-me", 'He said "x"': 'Va dir "\\</script>"'}
    expected = source.replace("'Share me'", "'Comparteix-me'").replace("He said", "Va dir")
    assert spliced(source, targets, "x.html") == Spliced(expected.replace('\\"x\\"', '\\"<\\/script>\\"').encode(), ())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<title>T</title><p>a <!-- why --> b<?php x() ?></p>", "<title>T</title><p>B<!-- why --><?php x() ?></p>"),
        ("# T\n\na <!-- why --> b\n", "# T\n\nB<!-- why -->\n"),
        ("# T\n\na `<!-- why -->` b\n", "# T\n\nB `<!-- why -->`\n"),
    ],
)
def test_comments_inside_a_sentence(source: str, expected: str) -> None:
    """A comment, and code of a server, stay behind the translation of the sentence that they stand in."""
    key = "a `<!-- why -->` b" if "`" in source else "a b"
    target = "B `<!-- why -->`" if "`" in source else "B"
    path = "x.html" if source.startswith("<") else "x.md"
    assert spliced(source, {key: target}, path) == Spliced(expected.encode(), ())


def test_components_keep_their_names() -> None:
    """The tags of a site generator's components are case-sensitive, and some end at once."""
    source = 'Text <Highlight color="x">inline</Highlight> and <Badge kind="b"></Badge>.\n'
    result = translated(source, "⟦{}⟧")
    assert result == Spliced(f"⟦{source.strip()}⟧\n".encode(), ())


def test_a_paragraph_that_ends_twice() -> None:
    """A list ends the paragraph around it, and the end that its author wrote makes another one, which stays."""
    source = "<title>T</title><p>a<ul><li>b</ul>c <i>d</i>\n</P></p><pre>e</pre>"
    expected = "<title>T</title><p>a<ul><li>b</ul><i>x</i> y\n</P></p><pre>e</pre>"
    assert spliced(source, {"c <i>d</i>": "<i>x</i> y"}, "x.html") == Spliced(expected.encode(), ())


def test_blocks_that_say_their_language() -> None:
    """The language of the file is the business of whoever publishes it; the texts beside it are put back."""
    source = "<title>T</title><div lang=en title=tip><p>a</p></div>"
    expected = '<title>T</title><div lang=en title="pista"><p>b</p></div>'
    assert spliced(source, {"a": "b", "tip": "pista"}, "x.html") == Spliced(expected.encode(), ())


def test_elements_that_are_never_closed() -> None:
    """Tags that stand elsewhere, because an element was never closed, are written nowhere else."""
    source = "<title>T</title><h3><a name=e />one</h3><p>two<br>x</p><p>three <b>y</b></p>"
    targets = {
        "<a1>one</a1>": "<a1>u</a1>",
        "<a1>two\\\nx</a1>": "<a1>dos\\\nx</a1>",
        "<a1>three <b>y</b></a1>": "<a1><b>i</b> tres</a1>",
    }
    expected = "<title>T</title><h3><a name=e />u</h3><p>dos<br>x</p><p><b>i</b> tres</p>"
    assert spliced(source, targets, "x.html") == Spliced(expected.encode(), ())


def test_references_in_cells_and_tooltips_of_pictures() -> None:
    """A reference with empty brackets becomes a link, and the title of a link around a picture is put back."""
    source = '| a |\n|---|\n| [b][] |\n\nSee\n[c][]\n\n[![p](i.png)](u "tip")\n\n[b]: x\n[c]: y\n'
    expected = '| ⟦a⟧ |\n|---|\n| ⟦[b](x)⟧ |\n\n⟦See [c](y)⟧\n\n[![⟦p⟧](i.png)](u "⟦tip⟧")\n\n[b]: x\n[c]: y\n'
    assert translated(source, "⟦{}⟧") == Spliced(expected.encode(), ())


def test_one_text_that_cannot_be_written_costs_no_other() -> None:
    """In a file that is too large to be read back often, all that can be written is."""
    paragraphs = "".join(f"Words of number {number}.\n\n" for number in range(400))
    source = f"{paragraphs}[p]\n\n{paragraphs}\n\n[p]: x (tip)\n".replace("[p]", "[![q](i.png)][p]", 1)
    result = translated(source, "⟦{}⟧")
    assert [segment.key.source for segment in result.refused] == ["tip"]
    assert result.data.count("⟦Words".encode()) == 800


def test_shortcodes_stay() -> None:
    """What a site generator reads stands in HTML and Markdown as it stood, without entities."""
    for path in ("x.html", "x.md"):
        result = spliced("b {{< x >}} $a+b$\n", {"b {{< x >}} $a+b$": "$a+b$ {{< x >}} B"}, path)
        assert result == Spliced(b"$a+b$ {{< x >}} B\n", ())


def test_an_attribute_alone() -> None:
    """Where only an attribute of a sentence is translated, the sentence keeps its bytes."""
    source = "An  <abbr title='for example' >eg</abbr>\nhere\n"
    assert spliced(source, {"for example": "per exemple"}).data == source.replace("for example", "per exemple").encode()


def test_what_cannot_be_written_stays_out() -> None:
    """A target that the file cannot hold is refused, the source stays, and the other targets go in."""
    source = "[![pic](i.png)][p]\n\nb\n\n[p]: u 'tip'\n"
    result = spliced(source, {"tip": "pista", "b": "B"})
    assert [segment.key.source for segment in result.refused] == ["tip"]
    assert result.data == source.replace("b\n", "B\n").encode()


@given(bodies)
def test_the_identity_changes_no_byte(body: str) -> None:
    """With targets that equal their sources, and with none, the file is the same."""
    source = f"---\ntitle: A title\ndescription: 'About *it*'\n---\n{body}"
    assert translated(source, "{}") == Spliced(source.encode(), ())
    assert spliced(source, {}) == Spliced(source.encode(), ())


@given(bodies, st.sampled_from(["⟦{}⟧", "{} x", "- {}", "1. {}", "\\# {}", "a | {}", "{} \\#", "> {}"]))
def test_the_file_reads_back_as_localized(body: str, target: str) -> None:
    """Each segment of the new file is its target, or its source where it was refused."""
    source = HEAD + body
    result = translated(source, target)
    before = list(segments(read(source.encode(), "x.md", "en")))
    after = list(segments(read(result.data, "x.md", "ca")))
    refused = {segment.span for segment in result.refused}
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        if old.span not in refused and not re.search(r"\[\^|<", old.key.source):
            wanted = inline.dump(inline.parse(target.replace("{}", old.key.source)))
            assert new.key.source in (wanted, old.key.source)


@given(bodies, hostile)
def test_no_target_damages_a_file(body: str, target: str) -> None:
    """Whatever a target holds, the new file can be read and has as many segments as the source."""
    source = HEAD + body
    after = read(translated(source, target).data, "x.md", "ca")
    assert len(list(segments(after))) == len(list(segments(read(source.encode(), "x.md", "en"))))


def test_the_command(starter: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """``render --format source`` prints or writes the file, and says what it could not put in."""
    argv = ["--project", str(starter), "render", "--article", "feeling-low", "--format", "source", "--locale"]
    source = (starter / "source/articles/feeling-low.md").read_text(encoding="utf-8")
    assert main([*argv, "en-US"]) == 0
    assert capfd.readouterr().out == source
    assert main([*argv, "es-US", "--to", str(tmp_path / "out")]) == 0
    assert capfd.readouterr().out == f"{tmp_path / 'out' / 'feeling-low.md'}\n"
    localized = (tmp_path / "out/feeling-low.md").read_text(encoding="utf-8")
    assert localized != source
    assert [line for line in localized.splitlines() if line.startswith("<!--")] == [
        line for line in source.splitlines() if line.startswith("<!--")
    ]
    assert main([*argv, "es-US", "--to", str(starter / "build/site/x")]) == 2
