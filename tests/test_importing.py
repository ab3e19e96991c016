"""Pasted text and web pages as drafts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import extract, helplines, importing, inline, locales, readers
from pipeline.errors import SourceError
from pipeline.importing import Draft, Remark, glued, writing
from pipeline.importing.blocks import Block, block
from pipeline.model import Registry, Text

US = locales.locale("en-US")
STARTER = Path(__file__).parent.parent / "pipeline" / "starter" / "source" / "helplines.toml"

SCRAPED = """\
Table of ContentsView AllTable of ContentsSignsCausesCoping
Table of ContentsView All
View All
Table of Contents
Signs
Causes
Coping
Burnout is what long stress at work can lead to. People feel empty and tired, and rest alone does not mend it.
Marco Rossi / Getty Images

Signs of Burnout
Burnout shows in ananxious mood and in the body. Some people sleep badly for months; others becomeirritable.
A person with burnout may:
How to Sleep Better in Seven Easy Steps
Is It a Disease?Burnout is no disease of its own. It can look like depression, and an anxious mood belongs to both.
Is It a Disease?
Burnout is no disease of its own. It can look like depression, and an anxious mood belongs to both.
Causes of Burnout
Too much work, too little say, and conflicts ofloyalty are common causes.Doctors find others, too.
At Home
Loyalty to relatives who need care can have the same effect as a hard job.
How to Cope With Burnout
Small things help:
Sleep enough
Take real breaks
Say no more often
Help Is HereIf you think about suicide, call theNational Help Lineat555-010-7788for support, day and night.
Help Is Here
If you think about suicide, call theNational Help Lineat555-010-7788for support, day and night.
2 SourcesRossi M, Bianchi L.A study of rest.J Made Up. 2019;3(1):1-9. doi:10.1234/jmu.2019.3Institute of Rest.Sleep.
2 Sources
Rossi M, Bianchi L.A study of rest.J Made Up. 2019;3(1):1-9. doi:10.1234/jmu.2019.3
Institute of Rest.Sleep.
Share Feedback
Was this page helpful?Thanks for your feedback!
Was this page helpful?
Thanks for your feedback!
"""


def draft(text: str, path: str = "burnout.txt", registry: Registry | None = None) -> Draft:
    """The draft of a text."""
    return importing.draft(text.encode(), path, registry, US)


def remarks(one: Draft, did: str) -> list[tuple[int, str]]:
    """Line and words of the remarks of a kind."""
    return [(remark.line, remark.what) for remark in one.remarks if remark.did == did]


def registry_with(number: str) -> Registry:
    """The starter's helplines, its crisis line with another number."""
    old = b'display = "988"\ndial = "988"'
    data = STARTER.read_bytes()
    assert old in data
    new = f'display = "{number}"\ndial = "{number.replace("-", "")}"'.encode()
    return helplines.load(data.replace(old, new, 1), "source/helplines.toml")


def body(one: Draft) -> str:
    """The draft without its front matter."""
    return one.markdown.split("---\n", 2)[2]


# --- pasted text ----------------------------------------------------------------------------------


def test_contents_and_furniture_go_and_are_accounted_for() -> None:
    """Contents, credits and buttons are not in the draft; each of their lines is in the report."""
    one = draft(SCRAPED)
    for gone in ("Table of Contents", "View All", "Getty", "helpful?", "Feedback"):
        assert gone not in one.markdown
    lines = {line for line, _ in remarks(one, "removed")}
    assert {1, 2, 3, 4, 5, 6, 7, 9} <= lines
    assert SCRAPED.splitlines().index("Share Feedback") + 1 in lines


def test_every_line_is_in_the_draft_or_in_the_report() -> None:
    """Nothing is lost in silence."""
    one = draft(SCRAPED)
    reported = {remark.line for remark in one.remarks}
    shown = "".join(one.markdown.split())
    for number, line in enumerate(SCRAPED.splitlines(), 1):
        assert number in reported or "".join(line.split()) in shown, line


def test_glued_copies_are_merged_and_a_box_becomes_a_callout() -> None:
    """A box that stands as one line and then as heading and text is one callout."""
    one = draft(SCRAPED)
    assert one.markdown.count("Burnout is no disease of its own.") == 1
    assert "> [!NOTE]\n> **Is It a Disease?**\n>\n> Burnout is no disease" in one.markdown
    assert 15 in {line for line, _ in remarks(one, "merged")}


def test_headings_get_levels_from_the_contents() -> None:
    """What the table of contents names is a heading, what stands between is a subheading."""
    text = draft(SCRAPED).markdown
    assert "\n## Causes of Burnout\n" in text
    assert "\n### At Home\n" in text
    assert "\n## How to Cope With Burnout\n" in text


def test_an_announced_list_is_made_or_missed() -> None:
    """Short lines after a colon are items; where none follow, a person is told which line announces them."""
    one = draft(SCRAPED)
    assert "Small things help:\n\n- Sleep enough\n- Take real breaks\n- Say no more often\n" in one.markdown
    assert (13, "A person with burnout may:") in remarks(one, "look")
    assert "Seven Easy Steps" not in one.markdown
    assert (14, "How to Sleep Better in Seven Easy Steps") in remarks(one, "look")


def test_glued_words_are_split_only_where_that_is_certain() -> None:
    """Function words are cut off known words; an unknown half is only proposed."""
    one = draft(SCRAPED)
    assert "an anxious mood and" in one.markdown
    assert "conflicts of loyalty are common causes. Doctors find" in one.markdown
    assert "call the National Help Line at 555-010-7788 for support" in one.markdown
    assert "ofloyalty" in {what for _, what in remarks(one, "guessed")}


def test_sources_are_split_spaced_and_linked() -> None:
    """Each source is an item, its DOI a link; the editorial glue between sentences is gone."""
    text = draft(SCRAPED).markdown
    assert (
        "## Sources\n\n"
        "1. Rossi M, Bianchi L. A study of rest. J Made Up. 2019;3(1):1-9. "
        "[doi:10.1234/jmu.2019.3](https://doi.org/10.1234/jmu.2019.3)\n"
        "2. Institute of Rest. Sleep.\n"
    ) in text


def test_sources_run_together_are_split_for_a_person_to_compare() -> None:
    """Where only the glued line is there, DOIs and authors say where to cut; a wrong count is told."""
    glue = (
        "Some words about a subject that is of no matter here, which make a paragraph of its own.\n3 Sources\n"
        "Rossi M.One thing.J Made Up. 2019;3. doi:10.1234/jmu.2019.3Bianchi L, Verdi G.Another thing.Acta. 2020;1."
    )
    one = draft(glue)
    assert "1. Rossi M. One thing." in one.markdown
    assert "\n2. Bianchi L, Verdi G. Another thing. Acta. 2020;1.\n" in one.markdown
    assert any("announces 3 sources, but 2" in remark.why for remark in one.remarks)


def test_a_number_of_the_registry_becomes_a_variable() -> None:
    """A number that a role of the region shows is replaced; the block is proposed as its safety text."""
    one = draft(SCRAPED, registry=registry_with("555-010-7788"))
    assert "<!-- safety: crisis -->\n> If you think about suicide, call" in one.markdown
    assert "{crisis.phone}" in one.markdown
    assert "555-010-7788" not in one.markdown


def test_an_unknown_number_stays_and_is_reported() -> None:
    """A number that nobody verified is neither dropped nor made a variable."""
    one = draft(SCRAPED, registry=registry_with("555-010-7789"))
    assert "555-010-7788" in one.markdown
    assert ".phone}" not in one.markdown
    assert "555-010-7788" in {what for _, what in remarks(one, "look")}


def test_an_article_without_furniture_is_left_alone() -> None:
    """Clean text comes through word by word, and there is nothing to look at."""
    text = "Rest\nRest is more than sleep. It takes time, and it takes peace of mind that no pill can give.\n"
    one = draft(text)
    assert one.markdown.startswith('---\ntitle: "Rest"\ndescription: "Rest is more than sleep."\n---\n')
    assert body(one).strip() == text.splitlines()[1]
    assert not remarks(one, "look")


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("It was at themoment", []),
        ("burnout and burnoutand more", [("burnoutand", "burnout and", True)]),
        ("an inpatient is a patient", []),
        ("without an outside habitat, a habit", []),
        ("aerobic and anaerobic", []),
        ("see www.Example.Org/The.Place now", []),
        ("the e.Coli strain", []),
        ("a disorder(PTSD) here", [("disorder(PTSD)", "disorder (PTSD)", True)]),
        ("one patient(s) more", []),
        ("It ended.Then it began", [("ended.Then", "ended. Then", True)]),
        ("protect fromburnout", [("fromburnout", "from burnout", False)]),
    ],
)
def test_what_is_glued(text: str, split: list[tuple[str, str, bool]]) -> None:
    """English has words that begin with words; only what cannot be one is split."""
    found = glued.find(text, glued.vocabulary([text]))
    assert [(text[one.start : one.end], one.split, one.certain) for one in found] == split


# --- web pages ------------------------------------------------------------------------------------

PAGE = """<!doctype html><html><head><title>Rest | The Site</title><script>var a = "call 1";</script></head><body>
<div class="cookie-banner"><p>We use cookies. Accept them?</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/a">Articles</a></li></ul></nav>
<header>The Site</header>
<div id="content">
<h1>How to rest</h1>
<p>Rest is <strong>more</strong> than <a class="x" href="/sleep" onclick="evil()">sleep</a>, and it takes time.</p>
<h3>What helps:</h3>
<ul><li>Quiet<ol><li>At home</li><li>At work</li></ol></li><li>Fresh air, and <em>walks</em></li></ul>
<blockquote><p>Rest is a skill.</p></blockquote>
<aside class="callout"><h4>Good to know</h4><p>Rest is no luxury.</p></aside>
<table><tr><th>Kind</th><th>Hours</th></tr><tr><td>Sleep | naps</td><td>8</td></tr></table>
<aside class="related"><a href="/b">More articles about sleep</a></aside>
<p>Call <a href="tel:+15550107788">555-010-7788</a> if you are in a crisis.</p>
<p># not a heading</p>
</div>
<footer><p>Contact us at 555-010-0000.</p></footer></body></html>
"""


def test_a_page_becomes_its_article() -> None:
    """Navigation, banners and scripts go; lists, tables, callouts, links and emphasis stay."""
    one = draft(PAGE, "rest.html")
    text = one.markdown
    for gone in ("cookies", "Home", "The Site", "evil", "More articles", "var a", "Contact us"):
        assert gone not in text, gone
    for kept in (
        'title: "How to rest"',
        "Rest is **more** than [sleep](/sleep), and it takes time.",
        "- Quiet\n    1. At home\n    2. At work\n- Fresh air, and *walks*",
        "> Rest is a skill.",
        "> [!NOTE]\n> **Good to know**\n>\n> Rest is no luxury.",
        "| Kind | Hours |\n| --- | --- |\n| Sleep \\| naps | 8 |",
        "\\# not a heading",
    ):
        assert kept in text, kept


def test_a_call_link_gives_way_to_the_variable() -> None:
    """A variable brings its own link, so the page's link around the number goes."""
    one = draft(PAGE, "rest.html", registry_with("555-010-7788"))
    assert "<!-- safety: crisis -->\nCall {crisis.phone} if you are in a crisis." in one.markdown


def test_main_wins_over_the_rest() -> None:
    """Where a page says what is its main part, nothing else is the article."""
    page = f"<title>T</title><div><p>{'Other words. ' * 50}</p></div><main><p>The words of the article.</p></main>"
    one = draft(page, "m.html")
    assert body(one).strip() == "The words of the article."


def test_removed_numbers_are_pointed_out() -> None:
    """A helpline that stood in what was removed is not lost in silence."""
    page = f"<title>T</title><main><p>{'Words of it. ' * 20}</p><aside>Call 555-010-7788 now</aside></main>"
    one = draft(page, "m.html")
    assert [what for _, what in remarks(one, "look")] == ["Call 555-010-7788 now"]


# --- drafts can be read back ----------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs")), min_size=1).map(
    lambda text: " ".join(text.split())
)
LINE = st.lists(WORDS | st.sampled_from(["#", "-", "1.", ">", "{crisis.phone}", "**", "|", "<b>", "a", "[^1]:", "==="]))


@given(st.lists(st.tuples(st.sampled_from(["h2", "h3", "p", "li", "oli", "note", "quote"]), LINE), min_size=1))
def test_drafts_say_what_their_blocks_say(parts: list[tuple[str, list[str]]]) -> None:
    """Whatever words a block has, reading the draft gives back the same words in the same order."""
    blocks = []
    for kind, words in parts:
        text = " ".join(" ".join(words).split())
        if any(character.isalnum() for character in text):
            one = block(kind, text, 1)
            blocks.append(Block(kind, one.content, 1, title=(Text("Title"),)) if kind == "note" else one)
    article = readers.read(writing.markdown("T", "", blocks).encode(), "source/articles/t.md", "en-US")
    read = [inline.plain(segment.content) for segment in list(extract.segments(article))[1:]]
    expected = [text for one in blocks for text in ([*(["Title"] if one.kind == "note" else []), one.text])]
    assert read == expected


@given(st.text(st.sampled_from("ab. :?A1-\n\u200b|<>&(\"'{}#*"), max_size=300))
def test_any_text_gives_a_draft_or_a_clear_error(text: str) -> None:
    """No pasted text crashes the import, and every draft is an article."""
    try:
        one = draft(text)
    except SourceError:
        return
    readers.read(one.markdown.encode(), "source/articles/t.md", "en-US")


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<li>",
                "<ul>",
                "</ul>",
                "<a href=x>",
                "</a>",
                "<table><tr><td>",
                "a b",
                "<h2>",
                "</h2>",
                "<aside role=note>",
                "</aside>",
                "<pre>",
                "<img src=i>",
                "</div>",
                "1",
            ]
        )
    )
)
def test_any_page_gives_a_draft_or_a_clear_error(pieces: list[str]) -> None:
    """No page crashes the import, however its tags are nested."""
    try:
        one = draft("".join(pieces), "p.html")
    except SourceError:
        return
    readers.read(one.markdown.encode(), "source/articles/t.md", "en-US")


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"one\ntw\xffo", "not UTF-8"),
        (b"one\0", "NUL"),
        (b"x " * (2**21 + 1), "larger than 4 MiB"),
        (b"word\n" * 20_001, "more than 20000 lines"),
        (b"x" * 30_000, "longer than 25000"),
        (b"View All\nShare Feedback\n", "furniture"),
    ],
)
def test_bad_files_are_refused_in_words(data: bytes, words: str) -> None:
    """What is no text for people is refused at once, with what to do."""
    with pytest.raises(SourceError, match=words):
        importing.draft(data, "a.txt", None, US)


def test_a_page_nested_too_deep_is_refused() -> None:
    """Ten thousand elements inside each other are no page."""
    with pytest.raises(SourceError, match="nested more than"):
        importing.draft(b"<div>" * 10_000 + b"words", "a.html", None, US)


def test_remarks_are_in_the_order_of_the_file() -> None:
    """A person reads the report beside the file."""
    found: tuple[Remark, ...] = draft(SCRAPED).remarks
    assert [remark.line for remark in found] == sorted(remark.line for remark in found)
