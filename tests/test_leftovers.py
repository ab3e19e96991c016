"""``handrail extract --report``: every text that is in no message, and why."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given

from pipeline import readers
from pipeline.cli import main
from pipeline.extract import segments
from tests.test_extract import bodies


def left(text: str, path: str = "x.md") -> list[tuple[int, str, str]]:
    """Line, reason and text of what is left over."""
    spans = [segment.span for segment in segments(readers.read(text.encode(), path, "en", "name"))]
    return [(one.line, one.why, one.text) for one in readers.leftovers(text.encode(), path, spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "---\ntitle: T\ntags: [a, b]\n---\nword\n",
            [(3, "front matter field tags", "a"), (3, "front matter field tags", "b")],
        ),
        ("word\n\n```py\ncode\n```\n", [(3, "markup", "```py"), (4, "code block", "code")]),
        ("word\n\n    code\n", [(3, "code block", "code")]),
        ("`only code`\n", [(1, "code", "only code")]),
        ("a `code` b\n", []),
        ("<!-- said -->\n\nword\n", [(1, "comment", "said")]),
        ("<!-- context: x -->\nword\n", [(1, "mark for Handrail", "context: x")]),
        (
            "<!-- translate: no -->\n> kept *as is*\n\nword\n",
            [(1, "mark for Handrail", "translate: no"), (2, "translate=no", "kept"), (2, "translate=no", "as is")],
        ),
        ("[a](b.md 'tip')\n", [(1, "url", "b.md")]),
        ("word\n\n[unused]: x.md 'Unused'\n", [(3, "link definition", "[unused]: x.md 'Unused'")]),
        ("word\n\n<script>let a</script>\n", [(3, "script", "let a")]),
        ("<div\n  class='big'\n>\n\nword\n\n</div>\n", [(1, "attribute class", "big")]),
    ],
)
def test_markdown(text: str, expected: list[tuple[int, str, str]]) -> None:
    """Each text outside of messages is listed once, with its line and its reason."""
    assert left(text) == expected


def test_html() -> None:
    """Everything around the article, and everything in it that is not for people."""
    page = (
        "<title>T</title><meta name=author content=Ann>\n<nav title=Menu>Home</nav>\n"
        "<main><p class=a>One <b>two</b></p>\n<pre>x = 1</pre><p translate=no>Kept</p></main>"
    )
    assert left(page, "x.html") == [
        (1, "attribute name", "author"),
        (1, "attribute content", "Ann"),
        (2, "outside of the article", "Menu"),
        (2, "outside of the article", "Home"),
        (3, "attribute class", "a"),
        (4, "code block", "x = 1"),
        (4, "attribute translate", "no"),
        (4, "translate=no", "Kept"),
    ]


@given(bodies)
def test_every_word_is_accounted_for(body: str) -> None:
    """A line with a word that is no tag is a line of a message or of something left over."""
    text = f"# Head\n\n{body}\n"
    article = readers.read(text.encode(), "x.md", "en", "name")
    spans = [segment.span for segment in segments(article)]
    found = readers.leftovers(text.encode(), "x.md", spans)
    lines = {one.line + step for one in found for step in range(one.text.count("\n") + 1)}
    at = 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = at + len(line.encode())
        in_message = any(start <= end and stop > at for start, stop in spans)
        words = re.sub(r"<[^>]*>?|&\w+;", "", line)
        assert in_message or number in lines or not any(letter.isalnum() for letter in words)
        assert "not read" not in {one.why for one in found if one.line == number}
        at = end + 1


def test_the_command(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report names files and lines, counts the reasons, and writes nothing."""
    before = {path: path.read_bytes() for path in starter.rglob("*") if path.is_file()}
    assert main(["--project", str(starter), "extract", "--report"]) == 0
    out = capsys.readouterr().out
    assert "source/articles/feeling-low.md:" in out
    assert re.search(r"^\d+ texts are in no message: \d+ ", out, re.MULTILINE)
    assert main(["--project", str(starter), "extract", "--report", "--format", "json"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert [file["path"] for file in files] == ["source/articles/feeling-low.md"]
    assert set(files[0]["left"][0]) == {"line", "why", "text"}
    assert before == {path: path.read_bytes() for path in starter.rglob("*") if path.is_file()}
