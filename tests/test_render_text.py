"""Plain text: width, line breaks, direction, structure and links."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icu4py.breakers import LineBreaker

from pipeline.model import Element, Node, Text
from pipeline.render import render
from pipeline.render.text import RULE, Layout, addresses, body, isolated, underlined
from pipeline.render.wrap import WIDTH, Form, columns, keep, wrapped
from tests.pages import AR, EN, JA, SITE, TH, THEME, article, catalog, edition, page

THAI = "การตัดขาดทางอารมณ์คือความรู้สึกชาและอาจทำให้การสื่อสารกับผู้อื่นหรือการแสดงความเห็นอกเห็นใจเป็นเรื่องยาก"
JAPANESE = (
    "感情的な距離とは、心がまひしたように感じることで、人とのつながりや「共感」を示すことが難しくなることがあります。"
)


def text_of(markdown: str, slug: str = "numb") -> str:
    """The plain text of an article in English, without its title and helplines."""
    written = article(f"---\ntitle: T\n---\n\n{markdown}", slug)
    return body(
        written.body, Layout(EN, {"note": "Note"}, lambda href: href, addresses(written.body, lambda href: href))
    )


# --- lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("日本語", 6), ("ｶﾅ", 2), ("ไทย", 3), ("ที่", 1), ("हिन्दी", 5), ("\u2066988\u2069", 3), ("e\u0301", 1)],
)
def test_columns_are_those_of_a_terminal(text: str, width: int) -> None:
    """East Asian wide characters take two columns; marks and format characters take none."""
    assert columns(text) == width


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Co"]), max_size=12)), st.integers(4, 90)
)
def test_wrapping_changes_nothing_but_white_space(words: list[str], width: int) -> None:
    """No character is lost, added or moved, whatever the script."""
    text = " ".join(words)
    assert "".join("".join(wrapped(text, "en-US", width)).split()) == "".join(text.split())


@given(st.lists(st.sampled_from(["one", "two-part", "89.4%", "三", "คำ", "كلمة"]), max_size=40), st.integers(12, 80))
def test_lines_are_no_wider_than_asked(words: list[str], width: int) -> None:
    """Text that may break does."""
    assert all(columns(line) <= width for line in wrapped(" ".join(words), "en-US", width))


@given(
    st.lists(st.sampled_from(["one", "(see", "it)", "слово", "«да»", "كلمة", "می\u200cشود", "x" * 30]), min_size=1),
    st.integers(1, 72),
)
def test_lines_of_plain_words_are_full(words: list[str], width: int) -> None:
    """The word after each would not have found room on it, and a line that is wider is one word."""
    lines = wrapped(" ".join(words), "en-US", width)
    for line, after in pairwise(lines):
        assert columns(f"{line} {after.split(' ')[0]}") > width
    assert all(columns(line) <= width or " " not in line for line in lines)
    assert " ".join(lines) == " ".join(words)


_LETTERS = st.text(
    st.sampled_from("abzAZ09éßøþſћжяЁґبکی۵٣ướạỹάΣώ\u200c") | st.characters(codec="utf-8", categories=["L"]), min_size=1
)
_WORDS = st.lists(
    st.tuples(st.sampled_from(["", "(", "“", "«"]), _LETTERS, st.sampled_from(["", "’", ".", "'", ":"]), _LETTERS)
    .map("".join)
    .flatmap(
        lambda word: st.sampled_from(["", ")", ".", "),", "!", ";", "»", ".”", "؟", "،", "-", "%"]).map(
            lambda end: word + end
        )
    ),
    min_size=1,
    max_size=5,
)


@given(_WORDS, st.sampled_from(["en-US", "uk-UA", "zh-Hant-TW", "th-TH", "ar-EG"]))
def test_lines_may_break_where_unicode_says(words: list[str], tag: str) -> None:
    """A text of plain words, for which nobody asks ICU, breaks where ICU would break it."""
    text = " ".join(words)
    pieces = [piece.rstrip(" ") for piece in LineBreaker(text, f"{tag}-u-lb-strict")]
    assert [line for line in wrapped(text, tag, 0) if line] == [piece for piece in pieces if piece]


def test_thai_breaks_between_words() -> None:
    """Thai has no spaces; lines end where a dictionary knows a word to end."""
    lines = wrapped(THAI, "th-TH", 30)
    assert "".join(lines) == THAI
    assert lines[:2] == ["การตัดขาดทางอารมณ์คือความรู้สึกชาและ", "อาจทำให้การสื่อสารกับผู้อื่นหรือการแสดง"]


def test_japanese_lines_follow_the_rules_of_japanese() -> None:
    """No line starts with a full stop, a closing bracket or a small letter (kinsoku)."""
    for width in range(10, 60):
        lines = wrapped(JAPANESE + "ちょっとデータをチェックする。", "ja-JP", width)
        assert all(columns(line) <= width for line in lines)
        assert not [line for line in lines if line[0] in "、。」ょっャッェー"]


@given(st.text("abc de", max_size=40), st.sampled_from(["0800 111 0111", "1-800-662-4357", "+44 (0) 20 7946 0018"]))
def test_what_is_kept_stays_on_one_line(text: str, number: str) -> None:
    """A number is never cut, however narrow the text, and no mark of the renderer is left in it."""
    joined = "\n".join(wrapped(f"{text} {keep(number)} {text}", "en-US", 14))
    assert number in joined
    assert not re.search("[\ue000\ue001]", joined)


def test_addresses_in_a_text_stay_on_one_line() -> None:
    """A web address that is cut in two cannot be opened."""
    url = "https://www.example.org/a-very-long/path-with-hyphens/and?query=1"
    assert url in wrapped(f"See {url}, or write to somebody@example.org.", "en-US", 20)[1]


def test_a_line_break_stays_one_and_unbreakable_spaces_too() -> None:
    """Hard breaks and no-break spaces are the author's and the translator's."""
    assert wrapped("a\nb", "en-US", 72) == ["a", "b"]
    assert wrapped("10\u202f% x", "fr-FR", 4) == ["10\u202f%", "x"]


def test_titles_are_underlined_to_their_width() -> None:
    """The line below a title is as wide as it looks, not as long as it counts."""
    assert underlined("日本", "=", JA, Form()) == "日本\n===="
    assert underlined("ที่", "=", TH, Form()) == "ที่\n="


# --- direction ----------------------------------------------------------------------------------


def test_numbers_are_isolated_where_text_runs_from_right_to_left() -> None:
    """Bare, an Arabic line would show 0800-888-0700 with its groups reversed."""
    assert "\u20660800-888-0700\u2069" in page("ar-EG").text
    assert not re.search("[\u2066-\u2069]", page("en-US").text)
    assert isolated("988", "ltr", EN) == keep("988")
    assert isolated("خط", "", EN) == keep("\u2068خط\u2069")
    assert isolated("خط الدعم", "", AR) == "خط الدعم"
    assert isolated("SOS 16328", "", AR) == keep("\u2068SOS 16328\u2069")
    assert isolated("988 Lifeline", "", EN) == "988 Lifeline"
    assert isolated("988", "ltr", AR) == keep("\u2066988\u2069")


@pytest.mark.parametrize("tag", ["en-US", "fr-FR", "ar-EG"])
def test_isolates_are_balanced_on_each_line(tag: str) -> None:
    """An isolate that stays open would turn the rest of a message around."""
    for line in page(tag).text.split("\n"):
        assert len(re.findall("[\u2066\u2067\u2068]", line)) == line.count("\u2069")


# --- structure ----------------------------------------------------------------------------------


def test_lists_headings_and_code_are_legible() -> None:
    """Structure shows without markup, and nothing is wider than the text."""
    markdown = "## Head\n\n- One\n  1. Deep\n  2. *Deeper*\n- Two\n\n  More of two\n\n"
    markdown += "### Sub\n\n```\n  a <b>\n```\n\n---\n\n> Said\n"
    assert text_of(markdown).split("\n") == [
        *("Head", "----", "", "- One", "", "  1. Deep", "  2. Deeper", "", "- Two", "", "  More of two", ""),
        *("Sub", "~~~", "", "  a <b>", "", "* * *", "", "    Said"),
    ]


def test_a_list_goes_on_with_the_number_of_its_author() -> None:
    """Step 3 stays step 3, and long items hang below their own text."""
    lines = text_of("3. " + "word " * 20 + "\n4. b\n").split("\n")
    assert lines[0].startswith("3. word")
    assert lines[1].startswith("   word")
    assert lines[2] == "4. b"


def test_words_of_code_stay_whole() -> None:
    """Paths and options are copied; a line may end between two of them, not within one."""
    code = "run-it --first-option some/path/to/a-file.txt --another-one-of-many"
    lines = text_of(f"Some words before it, then `{code}` and words after it.\n").split("\n")
    assert len(lines) > 1
    assert all(word in " ".join(lines).split() for word in code.split())


def test_checklists_keep_their_boxes() -> None:
    """What is to be ticked off on paper has something to tick, and what is done says so."""
    assert text_of("- [ ] Call a friend\n- [x] Lock it away\n") == "- [ ] Call a friend\n- [x] Lock it away"


def test_callouts_have_their_title_and_an_indent() -> None:
    """A note can be told from the text around it."""
    assert text_of("> [!NOTE]\n> A symptom.\n").split("\n") == ["Note", "    A symptom."]


def test_tables_become_records() -> None:
    """Each cell says which column it is from, so a narrow screen or a voice loses nothing."""
    records = text_of("| A | B | C |\n| - | - | - |\n| x | y | z |\n| p | q | r |\n").split("\n")
    assert records == ["x", "  B: y", "  C: z", "", "p", "  B: q", "  C: r"]


def test_pictures_are_told_by_their_words() -> None:
    """What a screen reader says about a picture, the plain text says too."""
    assert text_of("![Two people](a.svg)\n") == "[Two people]"


def test_safety_texts_stand_between_rules() -> None:
    """They are seen at a glance, neighbours share a rule, and no mark stands among their words."""
    lines = text_of("Before.\n\n<!-- safety: a -->\nCall.\n\n<!-- safety: b -->\nCall again.\n\nAfter.\n").split("\n")
    assert lines == ["Before.", "", RULE, "Call.", RULE, "Call again.", RULE, "", "After."]


def test_text_nested_ever_deeper_stays_readable() -> None:
    """Indentation never takes the whole width."""
    node: Node = Element("p", (), (Text("word " * 30),))
    for _ in range(40):
        node = Element("blockquote", (), (node,))
    lines = body((node,), Layout(EN, {}, lambda href: href, {})).split("\n")
    assert min(len(line.split()) for line in lines[:-1]) >= 5


# --- links --------------------------------------------------------------------------------------


def test_links_are_listed_at_the_end_once() -> None:
    """A reader of plain text can open what a reader of the page can click."""
    text = page("en-US").text
    assert "your partner [a]." in text
    assert text.endswith("Links\n-----\n\n[a] https://health.example/en-US/other/#talk\n")


def test_links_that_tell_their_address_are_not_listed() -> None:
    """The words of such a link are kept whole instead; places in the text and numbers need no address."""
    text = page("en-US").text
    assert "doi:10.1136/bmj.h6161\n" in text
    assert "[[1]] " not in text
    assert "better [1]." in text


def test_marks_go_on_after_z() -> None:
    """A text with many links has a mark for each."""
    links = "\n".join(f"[word {number}](https://example.org/{number}x)" for number in range(30))
    marks = addresses(article(f"---\ntitle: T\n---\n\n{links}\n").body, lambda href: href)
    assert list(marks.values())[24:28] == ["y", "z", "aa", "ab"]


# --- the whole ----------------------------------------------------------------------------------


def test_a_plain_text_says_what_the_page_says() -> None:
    """Title, description, notice, helplines, body and date are all there, in this order."""
    text = page("en-US").text
    parts = ["Feeling numb\n============\n", "What it means to feel numb.", "This page is a demonstration."]
    parts += ["Get help now\n------------\n", "Care <Line>", "  Phone: 1-800-662-4357", "  Text message: 988"]
    parts += ["Most of them, 89.4%, felt better", "Note\n    A symptom.", "Updated on November 24, 2026", "Links\n"]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert "&" not in text


@pytest.mark.parametrize("tag", ["en-US", "fr-FR", "ar-EG"])
def test_no_line_is_wider_than_the_text(tag: str) -> None:
    """Mail programs and terminals show it as it was written."""
    lines = page(tag).text.split("\n")
    assert [line for line in lines if columns(line) > WIDTH and "://" not in line] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_previews_and_untranslated_parts_are_announced_in_plain_text() -> None:
    """Whoever pastes the text elsewhere takes the warning along."""
    text = " ".join(render(replace(edition("fr-FR", {}), published=False), SITE, THEME).text.split())
    assert "Preview: this page is not published." in text
    assert "They appear in anglais." in text
    real = render(edition("en-US"), replace(SITE, demonstration=False), THEME).text
    assert "No health professional has reviewed this article." in real


def test_words_in_a_plain_text_are_not_escaped() -> None:
    """A translator's ampersand stays an ampersand where there is no HTML."""
    assert "\nAide & écoute\n" in page("fr-FR", interface=catalog("fr-FR", {"Get help now": "Aide & écoute"})).text
