"""What must survive translation as it is."""

from __future__ import annotations

import itertools
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import placeables
from pipeline.checks.dialling import APART
from pipeline.errors import MaskError
from pipeline.placeables import Scheme

ARTICLES = sorted((Path(__file__).parent.parent / "source" / "articles").glob("*.*"))
ZEROS = [chr(code) for code in range(0x110000) if unicodedata.decimal(chr(code), -1) == 0]

PIECES = st.sampled_from(
    [
        *(
            "[X0X]",
            "[x 1 x]",
            "<x0/>",
            "< X 2 >",
            "［Ｘ０Ｘ］",
            "<a1>",
            "</a1>",
            "<",
            ">",
            "[",
            "]",
            "X",
            "x",
            "0",
            "12",
        ),
        *("{crisis.phone}", "{", "`a`", "``b`c``", "`", "\\", "https://a.b/(c)", "www.", "a@b.co", "1-800-662-4357"),
        *("٨٩٫٤", "1,200", " ", "\n", "\u2066", "\u200b", "+", "(", ")", "call ", "撥打", "](img/x.svg)"),
    ]
)
MESSAGES = st.lists(PIECES | st.text(max_size=4)).map("".join)


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and text of each placeable."""
    return [(found.kind, found.text) for found in placeables.find(text)]


# --- find -----------------------------------------------------------------------------------------


def test_every_kind_is_found() -> None:
    """Markup, addresses, phones and numbers, in order."""
    text = (
        'See [our page](https://a.example/c_(d) "Page 2"), `x 1`, <a1>t</a1> {crisis.phone}, www.x.example. '
        "a@b.example, ![f](images/f.svg), 1-800-662-4357 and 3 of 10."
    )
    assert kinds(text) == [
        ("url", "https://a.example/c_(d)"),
        ("number", "2"),
        ("code", "`x 1`"),
        ("tag", "<a1>"),
        ("tag", "</a1>"),
        ("variable", "{crisis.phone}"),
        ("url", "www.x.example"),
        ("email", "a@b.example"),
        ("url", "images/f.svg"),
        ("phone", "1-800-662-4357"),
        ("number", "3"),
        ("number", "10"),
    ]


@pytest.mark.parametrize("text", [r"\`no code\`", r"\<b> and 1 < 2", "{not a variable}", "me@home", "`"])
def test_what_only_looks_like_markup_is_text(text: str) -> None:
    """Escaped characters and loose brackets are words."""
    assert {kind for kind, _ in kinds(text)} <= {"number"}


def test_an_address_ends_before_the_sentence_and_before_another_script() -> None:
    """Full stops, closing brackets and Japanese letters are no part of it."""
    assert kinds("(https://a.example/x). https://3114.example/をご覧") == [
        ("url", "https://a.example/x"),
        ("url", "https://3114.example/"),
    ]


@given(MESSAGES)
def test_placeables_are_ordered_and_apart(text: str) -> None:
    """Spans never overlap, and each holds the text that it says."""
    found = placeables.find(text)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert all(one.text == text[one.start : one.end] and one.text for one in found)


# --- mask -----------------------------------------------------------------------------------------


@given(MESSAGES, st.sampled_from(Scheme))
def test_unmask_undoes_mask(text: str, scheme: Scheme) -> None:
    """Whatever the text holds, marks of its own included."""
    masked = placeables.mask(text, scheme)
    assert placeables.unmask(masked.text, masked) == text


def test_a_masked_text_shows_a_machine_only_words() -> None:
    """No digit of a phone number is left to change."""
    masked = placeables.mask("Call {crisis.name} at <b>988</b> 24/7.", Scheme.BRACKETS)
    assert masked.text == "Call [X0X] at [X1X][X2X][X3X] [X4X]/[X5X]."
    assert placeables.mask("{a.b} now", Scheme.XML).text == "<x0/> now"


@pytest.mark.parametrize(
    ("scheme", "reply"),
    [
        (Scheme.XML, "ahora <X1 /> antes < x0/ >"),
        (Scheme.BRACKETS, "ahora [x1x] antes ［ X ٠ X ］"),
    ],
)
def test_marks_come_back_moved_and_mangled(scheme: Scheme, reply: str) -> None:
    """Machines change the case, width, digits and spaces of a mark, and its place."""
    masked = placeables.mask("{a.b} now {c.d}", scheme)
    assert placeables.unmask(reply, masked) == "ahora {c.d} antes {a.b}"


@pytest.mark.parametrize(
    ("reply", "words"), [("now [X0X]", "lost.*c.d"), ("[X0X] [X1X] [X0X]", "twice"), ("[X0X] [X1X] [X2X]", "invented")]
)
def test_marks_lost_doubled_or_invented_are_errors(reply: str, words: str) -> None:
    """A suggestion without its placeables is no suggestion."""
    with pytest.raises(MaskError, match=words):
        placeables.unmask(reply, placeables.mask("{a.b} now {c.d}", Scheme.BRACKETS))


# --- digits and numbers ---------------------------------------------------------------------------


@given(st.text(alphabet="0123456789 .,-x", max_size=20), st.sampled_from(ZEROS))
def test_digits_of_every_script_fold_to_ascii(text: str, zero: str) -> None:
    """Writing a text in another script's digits changes neither its folded form nor its length."""
    written = "".join(chr(ord(zero) + int(char)) if char in "0123456789" else char for char in text)
    assert placeables.fold_digits(written) == text
    assert len(written) == len(text)


@pytest.mark.parametrize("text", ["²", "①", "一八〇〇", "Ⅳ", "½"])
def test_what_is_no_decimal_digit_stays(text: str) -> None:
    """Superscripts, circled digits and numerals are not dialled."""
    assert placeables.fold_digits(text) == text


@pytest.mark.parametrize(
    ("value", "forms"),
    [
        ("89.4", ["89.4", "89,4", "٨٩٫٤", "８９．４", "89.40"]),
        ("1200", ["1200", "1,200", "1.200", "1 200", "1\u202f200", "1'200", "1’200", "١٬٢٠٠"]),
        ("1234567.5", ["1,234,567.5", "1.234.567,5", "1 234 567,5", "12,34,567.5", "१२,३४,५६७.५"]),
        ("0.125", ["0.125", "0,125"]),
        ("50", ["50%", "٥٠٪", "50 %", "๕๐", "％50"]),
        ("18006624357", ["1-800-662-4357", "1.800.662.4357", "1 800 662 4357"]),
    ],
)
def test_one_number_has_many_spellings(value: str, forms: list[str]) -> None:
    """Numbers are compared by value, whatever the locale's digits and separators."""
    assert {placeables.numbers(form) for form in forms} == {(Decimal(value),)}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12.09.2025", [12, 9, 2025]),
        ("24/7, 365", [24, 7, 365]),
        ("10-15 and 1,2,3", [10, 15, 1, 2, 3]),
        ("<a1>5</a1> {x.y1} https://a.example/9 `8`", [5]),
        ("全部で100人", [100]),
        ("أكثر من 12،500 شخص", [12500]),
        ("none", []),
    ],
)
def test_numbers_of_a_text(text: str, values: list[int]) -> None:
    """Dates and lists are several numbers; digits inside markup are none."""
    assert placeables.numbers(text) == tuple(map(Decimal, values))


# --- phones ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("1-800-662-4357", "18006624357"),
        ("(800) 662-4357", "8006624357"),
        ("1 800 662 4357", "18006624357"),
        ("1.800.662.4357", "18006624357"),
        ("+1-800-662-4357", "+18006624357"),
        ("1-800-662-HELP (4357)", "18006624357"),
        ("1\u00a0800\u202f662\u20114357", "18006624357"),
        ("1–800–662−4357", "18006624357"),
        ("١-٨٠٠-٦٦٢-٤٣٥٧", "18006624357"),
        ("1-800-66\u200b2-43\u00ad57", "18006624357"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("0800/1110111", "08001110111"),
        ("0120-279-338", "0120279338"),
        ("717 003 717", "717003717"),
        ("8006624357", "8006624357"),
        ("tel:+18006624357", "+18006624357"),
    ],
)
def test_a_phone_number_is_found_in_every_notation(text: str, digits: str) -> None:
    """Separators, scripts, brackets, prefixes and invisible characters hide nothing."""
    (found,) = placeables.phones(f"… {text}, …")
    assert placeables.phone_digits(found.text) == placeables.phone_digits(text) == digits


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("Call 988.", "988"),
        ("call or text 988 24/7", "988"),
        ("text HOME to 741741", "741741"),
        ("llame al 911", "911"),
        ("appelez le 3114", "3114"),
        ("rufen Sie die 116 123 an", "116123"),
        ("ligue 188", "188"),
        ("truqueu al 024", "024"),
        ("اتصل بالرقم ١٢٣", "123"),
        ("112 पर कॉल करें", "112"),
        ("119に電話してください", "119"),
        ("โทร 1669", "1669"),
        ("請撥打1925", "1925"),
        ("Tel.: 024", "024"),
        ("call 9-8-8", "988"),
    ],
)
def test_a_short_code_is_known_by_the_word_beside_it(text: str, digits: str) -> None:
    """Three digits are a phone number only where someone is told to call them."""
    assert [placeables.phone_digits(found.text) for found in placeables.phones(text)] == [digits]


@pytest.mark.parametrize(
    "text",
    [
        "24/7, 365 days a year",
        "call us 365 days a year",
        "call within 48 hours",
        "in 2019–2023, 2019-23, 2019/2020 and 2025",
        "（2010-2011 年）",
        "a share of cases (97 039/1 617 204)",
        "2025-09-12, 12.09.2025 and 12/09/2025",
        "89.4% of 1,234,567 people",
        "1 234 567 personnes, dont 116 123",
        "1000-2000 mg, 100–200 times",
        "in 2019 450 people",
        "doi:10.1007/s11606-021-06666-z https://x.example/12345678 www.y.example/8006624357",
        "PMC6450297, PMID: 31727034, ISBN 978-3-16-148410-0",
        "Lancet 2019;393(10191):2321-2330 and BMC Medicine 2019;17:231",
        "90210-1234, 01310-100 and 〒150-0001",
        "chapter 12, page 345, 45 CFR 92.201, 89 FR 37522",
        "a telephone survey of 450 people",
        "recibió llamadas de 450 personas",
        "電話調查了450人",
        "3.14159265 and $1200000",
        "B12, H1N1, COVID-19, ages 18-25",
    ],
)
def test_ordinary_numbers_are_no_phones(text: str) -> None:
    """Years, dates, amounts, ranges, citations and postal codes raise no alarm."""
    assert placeables.phones(text) == ()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.name)
def test_the_articles_hold_no_phone_number(article: Path) -> None:
    """Their numbers are variables, and nothing else in them looks like one."""
    assert placeables.phones(article.read_text(encoding="utf-8")) == ()


def test_an_isolated_number_is_found_without_its_marks() -> None:
    """Isolates stand around a number, not in it."""
    (found,) = placeables.phones("\u20661-800-662-4357\u2069")
    assert (found.start, found.end) == (1, 15)


_NEAR_NUMBERS = st.sampled_from(
    [
        *(
            "call ",
            "tel.\n",
            "PMID: ",
            "No. ",
            "2019 ",
            "01 99 00 99 99",
            "988",
            "+1 (800) 662-4357 ",
            "1-800-662-HELP",
        ),
        *("24/7 ", "www.example.org/12345678", "12345678www.example.org", "a1234567@example.org ", "٣١١٤", "€ ", "10."),
        *("\u200b", "\u200b" * 70, "\u200c", "\u3164", "0800\u2011888\u20110700", "โทร 1323", "請撥打1925", "x" * 120),
    ]
)
_PLAIN_WORDS = st.sampled_from(["lorem ipsum dolor sit amet, " * 4, "consectetur\n" * 9, "elit "])


@given(st.lists(_NEAR_NUMBERS | _PLAIN_WORDS, min_size=8, max_size=60))
def test_stretches_hold_every_number_of_a_long_text(pieces: list[str]) -> None:
    """The numbers of a page's stretches are those of the page, in order, whatever stands around them."""
    text = "".join(pieces)
    found = [phone.text for part in placeables.stretches(text) for phone in placeables.phones(part)]
    assert found == [phone.text for phone in placeables.phones(text)]


@given(st.lists(st.lists(_NEAR_NUMBERS | _PLAIN_WORDS, max_size=12).map("".join), max_size=6))
def test_numbers_of_texts_that_stand_apart_are_those_of_each(texts: list[str]) -> None:
    """No number goes on from one text of a page to the next, and no word of one says to call what is in another."""
    found = [phone.text for part in placeables.stretches(APART.join(texts)) for phone in placeables.phones(part)]
    assert found == [phone.text for text in texts for phone in placeables.phones(text)]


# --- characters that nobody sees ------------------------------------------------------------------


@pytest.mark.parametrize("char", list("\u200b\u200e\u200f\u2060\ufeff\u00ad\u061c\u202e\u2066\u034f\u200c\u200d\ufe0f"))
def test_invisible_characters_in_a_number_are_reported(char: str) -> None:
    """Marks, joiners and selectors beside a digit."""
    (found,) = placeables.invisibles(f"98{char}8")
    assert (found.start, found.text, found.kind) == (2, char, "invisible")


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "❤\ufe0f", "1 800\u202f662", "a\tb\nc"])
def test_spelling_is_not_reported(text: str) -> None:
    """Joiners between letters, emoji and white space are as they should be."""
    assert placeables.invisibles(text) == ()


def test_only_balanced_isolates_are_stripped() -> None:
    """A mark without its partner stays, to be reported."""
    assert placeables.strip_isolates("\u2066a \u2068988\u2069\u2069 b") == "a 988 b"
    assert placeables.strip_isolates("\u2066988") == "\u2066988"
    assert placeables.strip_isolates("988\u2069") == "988\u2069"
