"""``handrail roundtrip``: the losses of any file are found, and there are none in what readers know."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import readers, roundtrip, splice
from pipeline.cli import main
from pipeline.errors import SourceError
from pipeline.model import Article, Element, Node, Segment
from pipeline.splice import Spliced
from tests.test_extract import bodies

PAGE = "<title>T</title><main><h1>Head</h1><p>One <b>two</b></p><img alt='pic' src=x></main><footer>left out</footer>"


@given(bodies)
def test_nothing_is_lost(body: str) -> None:
    """No construct of Markdown, nor HTML in it, loses a word, a mark or a byte."""
    assert roundtrip.check(f"# Head\n\n{body}".encode(), "x.md").losses == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.md", ""),
        ("x.md", "no title"),
        ("x.md", "# Title *x*\n\nsee[^b] and[^a]\n\n[^a]: A\n\n[^b]: B *b*\n"),
        ("x.md", "---\ntitle: T\n---\n> [!NOTE]\n> - [x] a\n"),
        ("x.html", PAGE),
        ("x.html", "no tags"),
        ("x.HTM", "<p>a<p>b"),
    ],
)
def test_files_without_front_matter(path: str, text: str) -> None:
    """A title is not asked for: any page can be tried."""
    assert roundtrip.check(text.encode(), path).losses == ()


def without(nodes: tuple[Node, ...], tag: str) -> tuple[Node, ...]:
    """The nodes without the elements of a tag."""
    return tuple(
        replace(node, children=without(node.children, tag)) if isinstance(node, Element) else node
        for node in nodes
        if not (isinstance(node, Element) and node.tag == tag)
    )


def loosened(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes with bare text for segments."""
    loose: list[Node] = []
    for node in nodes:
        if isinstance(node, Segment):
            loose += node.content
        else:
            loose.append(replace(node, children=loosened(node.children)) if isinstance(node, Element) else node)
    return tuple(loose)


def test_a_lost_block_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that drops a block is found out."""
    read = readers.read

    def forgetful(
        data: bytes, path: str, locale: str, name: str = "", selection: readers.Selection = readers.EVERYTHING
    ) -> Article:
        article = read(data, path, locale, name, selection)
        return replace(article, body=without(article.body, "p"))

    monkeypatch.setattr(readers, "read", forgetful)
    losses = roundtrip.check(b"# A\n\nword\n", "x.md").losses
    assert losses[0].what == "the page would show “A” where the file says “Aword”."


def test_a_word_outside_of_messages_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that makes no segment of a text is found out."""
    read = readers.read

    def lazy(data: bytes, path: str, locale: str, name: str = "") -> Article:
        article = read(data, path, locale, name)
        return replace(article, body=loosened(article.body))

    monkeypatch.setattr(readers, "read", lazy)
    assert [loss.what for loss in roundtrip.check(b"word\n", "x.md").losses] == ["in no message: “word”."]


def test_a_changed_byte_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """A splice that touches what it should not is found out."""
    monkeypatch.setattr(splice, "splice", lambda data, _source, _localized: Spliced(data + b"\n", ()))
    losses = roundtrip.check(b"word\n", "x.md").losses
    assert [loss.what for loss in losses] == ["put back untranslated, the file would differ."]


def test_a_lost_attribute_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that empties an attribute for people is found out."""
    read = readers.read

    def blind(data: bytes, path: str, locale: str, name: str = "") -> Article:
        article = read(data, path, locale, name)
        return replace(article, body=(Element("p", (), (Element("img", (("src", "i"), ("alt", ""))),)),))

    monkeypatch.setattr(readers, "read", blind)
    assert "instead of “alt”" in roundtrip.check(b"![alt](i)\n", "x.md").losses[0].what


# --- the command ----------------------------------------------------------------------------------


def test_folders_and_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Folders are searched, hidden ones are not; every file is named once, in order."""
    for name in ("b.md", "a/c.html", "a/d.txt", ".git/e.md", "a/f.MD"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("word\n", encoding="utf-8")
    assert main(["roundtrip", str(tmp_path), str(tmp_path / "b.md")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [Path(line.partition(": whole")[0]).name for line in lines[:-2]] == ["b.md", "c.html", "f.MD"]
    assert lines[-1].startswith("3 files, ")
    assert lines[-1].endswith("nothing is lost")


def test_many_files_in_many_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report of many files is in order, and a bad one among them neither stops nor hides the others."""
    for number in range(40):
        (tmp_path / f"{number:02}.md").write_bytes(b"\xff" if number == 17 else b"word\n")
    assert main(["roundtrip", str(tmp_path), "--format", "json"]) == 1
    files = json.loads(capsys.readouterr().out)["files"]
    assert [Path(file["path"]).stem for file in files] == [f"{number:02}" for number in range(40)]
    bad = [file for file in files if file["losses"]]
    assert [Path(file["path"]).stem for file in bad] == ["17"]
    assert bad[0]["losses"] == [{"line": 1, "what": "This is not UTF-8 text; save the file as UTF-8."}]


@pytest.mark.parametrize("names", [["missing.md"], ["empty"], ["x.txt"]])
def test_nothing_to_check_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str], names: list[str]) -> None:
    """A missing file, a folder without articles and a file of another kind are errors, never a success."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    assert main(["roundtrip", *(str(tmp_path / name) for name in names)]) == 2
    assert capsys.readouterr().err.startswith("handrail: ")


# --- bad input ------------------------------------------------------------------------------------

HEAD = "---\ntitle: T\n---\n"
ALIASES = "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(12))
BAD = {
    "more than the longest of books": "word word\n" * 1_000_000,
    "deep quotations": HEAD + ">" * 10_000 + " x",
    "deep lists": HEAD + "- " * 10_000 + " x",
    "deep elements": HEAD + "<div>" * 10_000 + " x",
    "deep links": HEAD + "<a href=x><b>" * 10_000 + " x",
    "deep brackets": HEAD + "[" * 10_000 + "x" + "](y)" * 10_000,
    "deep emphasis": HEAD + "*a _b " * 10_000,
    "deep YAML": "---\ntitle: " + "[" * 20_000 + "\n---\nx",
    "deep YAML keys": "---\n" + "? " * 20_000 + "\n---\nx",
    "deep TOML": "+++\na = " + "[" * 20_000 + "\n+++\nx",
    "deep tables of TOML": "+++\ntitle = 'T'\n[" + ".".join("a" * 20_000) + "]\n+++\nx",
    "aliases": "---\na: &a [x,x,x,x,x,x,x,x]\n" + ALIASES + "title: *m\n---\nx",
    "a table of empty rows": HEAD + "|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + "|\n" * 500,
    "NUL": HEAD + "a\0b",
    "an open comment": HEAD + "a <!-- b",
    "an open script": HEAD + "<script>a",
    "open emphasis in blocks": HEAD + "<a><p><b><i><font><p>x" * 20_000,
    "closed at the very end": HEAD + "<p><b><i><font><p>x" * 5_000 + "</font></i></b>" * 5_000,
    "stars": HEAD + "*a " * 300_000,
    "open tags": HEAD + "<b>a <i>b <p>c" * 20,
    "open comments": HEAD + "<!--" * 50_000,
    "instructions": HEAD + "<!abcdef" * 10_000,
    "backticks": HEAD + "".join("`" * number + "a" for number in range(1000)),
    "front matter without an end": "---\ntitle: T\n",
    "endless front matter": "---\ntitle: " + "a" * 100_000 + "\n---\n",
}


@pytest.mark.parametrize("path", ["x.md", "x.html"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str, path: str) -> None:
    """Hostile files are read, or refused in a sentence with a place; nothing else comes out of them."""
    error = None
    try:
        segments = roundtrip.check(BAD[name].encode(), path).segments
    except SourceError as raised:
        error = raised
    if error is None:
        assert segments >= 1
    else:
        assert error.place is not None
        assert error.message.endswith(".")


@given(st.binary(max_size=200), st.sampled_from(["x.md", "x.html"]))
def test_any_bytes(data: bytes, path: str) -> None:
    """Any bytes are a file without losses, or a SourceError."""
    try:
        trip = roundtrip.check(data, path)
    except SourceError:
        return
    assert trip.losses == ()


markup = st.text(st.sampled_from("a b*_`[](){}<>/!-#&;:|\\\"'=\n\t1é中>"), max_size=80)
TAGS = """
    <p> </p> <b> </b> <td> <li> <ul> <!-- --> <a|href=x|title='t'> </a> <svg> <title> </title> <script> </script>
    <table> <select> <pre> <br/> &amp; < a b
"""
tagged = st.lists(st.sampled_from([tag.replace("|", " ") for tag in TAGS.split()] + [" ", "\n"]), max_size=14).map(
    "".join
)


@given(st.one_of(markup, tagged), st.sampled_from(["x.md", "x.html"]))
def test_any_markup(text: str, path: str) -> None:
    """Whatever tags and marks follow each other, no word is lost; at worst a translation cannot be put back."""
    try:
        trip = roundtrip.check(text.encode(), path)
    except SourceError:
        return
    assert [loss.what for loss in trip.losses if "could not be put back" not in loss.what] == []
