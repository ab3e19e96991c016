"""What the common site generators add to Markdown and HTML: none of it is lost, and none is given to translators."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import roundtrip
from pipeline.cli import main
from pipeline.extract import localize, segments, template
from pipeline.model import Article, Catalog, Locale
from pipeline.readers import EVERYTHING, Selection, read
from pipeline.readers.indents import unindented
from pipeline.render.html import dump
from pipeline.splice import splice

CATALAN = Locale("ca-ES", "ca", "Latn", "ES", "ltr", 2, "nplurals=2; plural=n != 1;", True)


def sources(text: str, path: str = "x.md") -> list[str]:
    """The messages of a file without its title; and nothing of it is lost."""
    losses = roundtrip.check(text.encode(), path).losses
    assert losses == (), losses
    return [segment.key.source for segment in segments(read(text.encode(), path, "en", "name"))][1:]


def marked(text: str, path: str = "x.md", selection: Selection = EVERYTHING) -> str:
    """The file with every translation in marks."""
    article = read(text.encode(), path, "en", "name", selection)
    messages = tuple(replace(one, targets=(f"⟦{one.key.source}⟧",)) for one in template(article).messages)
    result = splice(text.encode(), article, localize(article, Catalog("ca-ES", messages), CATALAN), selection)
    assert result.refused == ()
    return result.data.decode()


def body(text: str, path: str = "x.md") -> str:
    """The body of a page."""
    article: Article = read(text.encode(), path, "en", "name")
    return dump(article.body).replace(">\n<", "><")


MKDOCS = """Intro.

!!! warning "Stop & *go*"

    Wrapped
    words.

    1. one

        ??? tip
            Nested words

            ```python
            # code

            x = 1
            ```

    after

Out.

- item

    !!! note "Listed"
        inside

=== "A"
    a words
=== "B"

    b words
"""


def test_containers_by_indentation() -> None:
    """Admonitions and tabs of MkDocs are blocks with titles, in lists and in each other; their code stays code."""
    expected = ["Intro.", "Stop & *go*", "Wrapped words.", "one", "Nested words", "after", "Out.", "item", "Listed"]
    assert sources(MKDOCS) == [*expected, "inside", "A", "a words", "B", "b words"]
    made = body(MKDOCS)
    assert '<aside class="callout warning" role="note"><p class="title">Stop &amp; <em>go</em></p>' in made
    assert '<details class="tip"><p>Nested words</p><pre><code class="language-python"># code\n\nx = 1\n' in made
    assert '<div class="tab"><p class="title">A</p><p>a words</p></div><div class="tab"><p class="title">B</p>' in made


def test_containers_by_indentation_stay_in_their_file() -> None:
    """A localized file has the marks, the indentation and the quotes of its source."""
    result = marked(MKDOCS)
    assert '!!! warning "⟦Stop & *go*⟧"\n\n    ⟦Wrapped words.⟧\n\n    1. ⟦one⟧\n\n        ??? tip\n' in result
    assert "            ⟦Nested words⟧\n\n            ```python\n            # code\n" in result
    assert '    !!! note "⟦Listed⟧"\n        ⟦inside⟧\n\n=== "⟦A⟧"\n    ⟦a words⟧\n=== "⟦B⟧"\n' in result


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\nwords\n",
        "words !!! note\n",
        "```\n!!! note\n    x\n```\n",
        "a\n=== b\n    c\n",
        "    !!! note\n        x\n",
    ],
)
def test_what_is_no_container_by_indentation(text: str) -> None:
    """Marks without text that is indented below them, in code or in a sentence, mean nothing."""
    assert "<aside" not in body(text)
    assert "<div" not in body(text)


@given(
    st.lists(
        st.sampled_from(["!!! a", '??? b "c"', "x", "    y", "        z", "- i", "", "```", "> q", "\té", '=== "t"'])
    )
)
def test_the_places_of_what_was_indented(lines: list[str]) -> None:
    """Each piece of the text that CommonMark reads has the bytes that it has in the file."""
    data = "\n".join(lines).encode()
    laid = unindented("\n".join(lines))
    new = laid.text.encode()
    for at, (start, old) in enumerate(zip(laid.news, laid.olds, strict=True)):
        end = laid.news[at + 1] if at + 1 < len(laid.news) else len(new)
        taken = new[start:end].partition(b":::")[0].rstrip(b"\n")
        assert data[old : old + len(taken)] == taken
    roundtrip.check(data, "x.md")


def test_titles_of_alerts() -> None:
    """The title that VitePress and Obsidian allow in the first line of an alert is a text of its own."""
    text = "> [!NOTE] A *title*\n> Words\n> wrapped\n\n> [!TIP]- Folded\n> more\n"
    assert sources(text) == ["A *title*", "Words wrapped", "Folded", "more"]
    assert marked(text) == "> [!NOTE] ⟦A *title*⟧\n> ⟦Words wrapped⟧\n\n> [!TIP]- ⟦Folded⟧\n> ⟦more⟧\n"
    assert body(text).count('<aside class="callout') == 2


def test_shortcodes_on_lines_of_their_own() -> None:
    """A shortcode that opens or closes something is no part of the paragraph below or above it."""
    text = (
        '{{< tabs >}}\n{{% tab name="One" %}}\nText of *one*\n{{% /tab %}}\n\n{% if x %}\nPara {{ v }}\n{% endif %}\n'
    )
    assert sources(text) == ["Text of *one*", "Para {{ v }}"]
    assert marked(text) == text.replace("Text of *one*", "⟦Text of *one*⟧").replace("Para {{ v }}", "⟦Para {{ v }}⟧")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[go](x){ .md-button } and ![p](i){ align=left }\n", ["[go](x){ .md-button } and ![p](i){ align=left }"]),
        ("Words\n{: .lead title='x' }\n", ["Words {: .lead title='x' }"]),
        ("a {::nomarkdown}b{:/}\n", ["a {::nomarkdown}b{:/}"]),
        ("{# a comment #}\n\nwords\n", ["words"]),
        ("{/* a comment */}\n\nwords\n", ["words"]),
        ("[TOC]\n\n[[toc]]\n\nwords\n", ["words"]),
        ('--8<-- "part.md"\n\n<<< @/a.js{2}\n\nwords\n', ["words"]),
        ("*[HTML]: Hyper Text\n*[W3C]: World Wide\n\nHTML words\n", ["HTML words"]),
        ("import Tabs from '@theme/Tabs';\nexport const a = 1\n\nwords\n", ["words"]),
        ("import the words from here\n", ["import the words from here"]),
        ("Term\n\n:tada: picture\n", ["Term", ":tada: picture"]),
        ("Term\n: definition\n", ["Term", "definition"]),
        ("| a |\n|:-:|\n| b |\n", ["a", "b"]),
    ],
)
def test_marks_of_site_generators(text: str, expected: list[str]) -> None:
    """Attributes, comments, imports, abbreviations and files to put in are kept as they are."""
    assert sources(text) == expected
    everything = marked(text)
    assert everything.replace("⟦", "").replace("⟧", "").split() == text.split()


def test_components() -> None:
    """Components may end at once, keep the case of their names, and their texts are messages."""
    text = (
        '<Tabs>\n<Tab label="Adults" value={x}>\n\nText <Badge text="new" /> and <Key>k</Key> end.\n\n</Tab>\n</Tabs>\n'
    )
    assert sources(text, "x.mdx") == ["Adults", "Text <badge1/> and <key1>k</key1> end.", "new"]
    result = '<Tab label="⟦Adults⟧" value={x}>\n\n⟦Text <Badge text="⟦new⟧" /> and <Key>k</Key> end.⟧\n\n</Tab>'
    assert result in marked(text, "x.mdx")


def test_pages_of_templates() -> None:
    """Front matter, and what a template does before its first tag, is no part of an HTML page."""
    text = (
        "---\ntitle: From above\ndescription: 'Also'\nlayout: x\n---\n{% extends 'base' %}\n"
        "<!DOCTYPE html><html><head><title>Below</title></head><p>Hi <?= $name ?>, <%= x %> words</p></html>"
    )
    assert sources(text, "x.html") == ["Also", "Hi <?= $name ?>, <%= x %> words"]
    assert read(text.encode(), "x.html", "en").title.key.source == "From above"
    expected = text.replace("From above", '"⟦From above⟧"').replace("'Also'", "'⟦Also⟧'")
    assert marked(text, "x.html") == expected.replace("Hi", "⟦Hi").replace("words", "words⟧")


YAML = """---
title: T
hero:
  text: Big words # note
  actions:
    - text: Go
      link: /go
    - text: "Stop: now"
---
a
"""
TOML = """+++
title = "T"
sub = "Top"
[hero]
text = 'Big words' # note
[[hero.actions]]
text = "Go"
+++
a
"""


JSON = """{
\t"title": "T", "sub": "Top",
\t"hero": { "text": "Big words", "actions": [{ "text": "Go" }] }
}
a
"""


@pytest.mark.parametrize("text", [JSON, f"---\n{JSON}".replace("}\na", "}\n---\na")])
def test_front_matter_in_json(text: str) -> None:
    """JSON with tabs is front matter, bare or between lines."""
    selection = Selection(fields=("hero.text", "sub"))
    result = marked(text, selection=selection)
    assert result == re.sub('(T|Top|Big words|a)(?="|\n$)', "⟦\\1⟧", text)


@pytest.mark.parametrize(
    ("text", "expected"), [(YAML, ["Big words", "Go", "Stop: now", "a"]), (TOML, ["Top", "Big words", "Go", "a"])]
)
def test_fields_that_people_read(text: str, expected: list[str]) -> None:
    """A project names the fields of front matter that are texts, however deep they stand."""
    selection = Selection(fields=("hero.text", "hero.actions.text", "sub"))
    article = read(text.encode(), "x.md", "en", selection=selection)
    assert [segment.key.source for segment in segments(article)][1:] == expected
    assert [segment.kind for segment in article.fields][-1] == "field hero.actions.text"
    result = marked(text, selection=selection)
    back = read(result.encode(), "x.md", "en", selection=selection)
    assert [segment.key.source for segment in segments(back)] == [f"⟦{one}⟧" for one in ["T", *expected]]
    assert result.count("# note") == text.count("# note")


def test_aliases_of_fields_do_not_multiply() -> None:
    """What a YAML alias stands for is read once."""
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    text = "---\ntitle: T\n" + "\n".join(lines) + "\n---\na\n"
    article = read(text.encode(), "x.md", "en", selection=Selection(fields=("a39",)))
    assert len(article.fields) <= 2


def test_localized_sources_of_a_project_with_selections(starter: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Files are read back as the settings say, and what these leave out stays as it is."""
    (starter / "source/articles/page.html").write_text(
        "---\nlead: Read me\n---\n<title>T</title><div id=post><nav>left out</nav><p>Words</p></div><p>outside</p>"
    )
    settings = starter / "handrail.toml"
    settings.write_text(settings.read_text() + '\n[sources]\ncontent = "#post"\nskip = ["nav"]\nfields = ["lead"]\n')
    assert main(["--project", str(starter), "update"]) == 0
    catalog = sorted((starter / "locales").glob("*/LC_MESSAGES/page.po"))[0]
    text = catalog.read_text()
    for word in ("Words", "Read me"):
        text = text.replace(f'msgid "{word}"\nmsgstr ""', f'msgid "{word}"\nmsgstr "{word.upper()}"')
    catalog.write_text(text)
    capfd.readouterr()
    tag = catalog.parts[-3].replace("_", "-")
    assert main(["--project", str(starter), "render", "--article", "page", "--locale", tag, "--format", "source"]) == 0
    out = capfd.readouterr().out
    assert "lead: READ ME" in out
    assert "<nav>left out</nav><p>WORDS</p></div><p>outside</p>" in out
    assert main(["--project", str(starter), "extract", "--report"]) == 0
    assert "left out by the settings: left out" in capfd.readouterr().out
