"""Rules about characters that a reader cannot see, or takes for others."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.checks import when
from pipeline.checks.rules import Fault, Pair, message_rule
from pipeline.checks.units import Unit
from pipeline.model import Severity

_INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064"
    "\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
)
_SEEN_BY_NOBODY = _INVISIBLE | frozenset(map(chr, range(0xE0000, 0xE01F0)))
_EMOJI_JOINED = re.compile("(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_WANTED = {
    "Arab": "\u200c\u200d\u200e\u200f\u061c",  # joining, and direction next to Latin words
    "Hebr": "\u200e\u200f",
    **dict.fromkeys(("Beng", "Deva", "Gujr", "Guru", "Knda", "Mlym", "Orya", "Sinh", "Taml", "Telu"), "\u200c\u200d"),
    "Taml": "\u200b\u200c\u200d",
    "Thai": "\u200b",  # where a line may break
    "Khmr": "\u200b",
    "Laoo": "\u200b",
    "Mymr": "\u200b",
}
"""What good typists of a script do use."""

_CONTROLS = {
    "\u202a": "an embedding", "\u202b": "an embedding", "\u202d": "an override", "\u202e": "an override",
    "\u2066": "an isolate", "\u2067": "an isolate", "\u2068": "an isolate",
}  # fmt: skip
_CLOSERS = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}
_OVERRIDES = frozenset("\u202d\u202e")
_TURNING = frozenset({*_CONTROLS, *_CLOSERS})

_MOJIBAKE = re.compile(
    r"[ÃÂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ\u009d“”˜¦¢]|ï»¿|ï¿½|[ØÙ][\u0080-\u00bf§±„†…‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    r"|à¤|à¥|à¸|à¹|ã€|ã[\u0081\u0082\u0083‚ƒ]"
)
_LOST_LETTERS = re.compile(
    r"[^\W\d_]\?[^\W\d_].{0,500}[^\W\d_]\?[^\W\d_]|(?<!\S)\?{2,}\s+\?{2,}|(?<!\S)\?[^\W\d_]{1,20}\?[^\W\d_]"
)
_NO_PROSE = re.compile(r"`[^`]*`|<code(\d+)>.*?</code\1>|\]\([^)\s]*|(?:https?://|www\.)[^\s)>\]]+", re.DOTALL)
"""Code and addresses, in which a question mark between letters has lost nothing."""

_LOOKALIKE_DIGIT = re.compile(
    r"(?<=\d)[OoIl|ОоІіΟο〇](?=[-.]?\d)|(?<=\d[-.])[OoIl|ОоІіΟο](?=\d)|(?<!\w)[lIІ](?=-\d{3}-)"
)
_STYLED_DIGIT = re.compile("[²³¹⁰-⁹₀-₉①-⑳⓪🄀-🄊\U0001d7ce-\U0001d7ff]")
_SUPERSCRIPT_OK = re.compile(r"(?<=[^\W\d_])[²³₂₃]")
_CONFUSABLE = re.compile(r"[АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]")
_BESIDE_OTHERS = re.compile(r"[A-Za-z](?:(?=[^\W\d_A-Za-z])|(?<=[^\W\d_A-Za-z].))")
"""In every word that has both letters of ASCII and others."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_ASCII_LETTER = re.compile("[A-Za-z]")

_MISREAD = "ÃÂâïØÙàã"
_RARE = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U00010000-\U0010ffff" + "".join(
    char for char in sorted(_SEEN_BY_NOBODY | _TURNING) if char <= "\uffff"
)
"""As a class of a pattern; beyond U+FFFF all characters, since few ranges are what makes a class fast."""

_ODD = re.compile(
    rf"[{_RARE}²³¹⁰-⁹₀-₉①-⑳⓪?{_MISREAD}](?:(?<![?{_MISREAD}])|(?<=\?)[^\W\d_]|(?<=\?)\?|(?<=[{_MISREAD}])[\u0080-\u00bfƒˆŠŒšœžŸŽ]"
    rf"|(?<=[{_MISREAD}])[^\w\s])"
)
"""A character that a text should not have, or a sign that may be the rest of one.

It is in every text that has invisible, turning or damaged characters. As few texts have one, looking for it first
saves looking for each of them.
"""


def odd(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages whose target has a character, or signs, that most texts do not have."""
    return [unit for unit in units if _ODD.search(unit.message.target)]


def doubtful(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages whose target has digits or odd characters, or letters of two scripts in one word."""
    return [unit for unit in units if _is_doubtful(unit.message.target)]


def _is_doubtful(target: str) -> bool:
    if target.isascii():
        return when.has_digit(target)
    return when.has_digit(target) or _ODD.search(target) is not None or _may_mix(target)


def _may_mix(target: str) -> bool:
    """Whether a word may have letters of ASCII and others that look like them."""
    return bool(_CONFUSABLE.search(target) and _BESIDE_OTHERS.search(target))


@message_rule(
    "unicode/invisible",
    Severity.ERROR,
    when=odd,
    flagged=(
        Pair("Feeling numb", "Se sentir en\u200bgourdi"),
        Pair("Feeling numb", "\ufeffSe sentir engourdi"),
        Pair("Feeling numb", "Se sentir en\u00adgourdi"),
        Pair("Feeling numb", "Se sentir engourdi\U000e0041"),
    ),
    passed=(
        Pair("Feeling numb", "Se sentir engourdi\u00a0!"),
        Pair("Take care", "Prenez soin de vous 👩\u200d⚕\ufe0f"),
        Pair("You can", "می\u200cتوانید", "fa-IR"),
        Pair("Feeling numb", "รู้สึก\u200bชา", "th-TH"),
    ),
)
def invisible(unit: Unit) -> Iterator[Fault]:
    """The target has invisible characters that its script does not use.

    They hide in words and numbers, break search, copying and screen readers, and can smuggle text past a reviewer.
    """
    wanted = frozenset(_known(unit)) | frozenset(_WANTED.get(unit.edition.locale.script, ""))
    text = _EMOJI_JOINED.sub("", unit.message.target)
    found = Counter([char for char in filter(_SEEN_BY_NOBODY.__contains__, text) if char not in wanted])
    for char, count in sorted(found.items()):
        sentence = f"The translation has the invisible character {_name(char)} ({count} times)."
        yield Fault(sentence, "Delete it; an editor that shows invisible characters helps.")


@message_rule(
    "unicode/direction",
    Severity.ERROR,
    when=odd,
    flagged=(
        Pair("Call 988.", "اتصل \u202e889\u202c.", "ar-EG"),
        Pair("Call 988.", "اتصل \u2066988.", "ar-EG"),
        Pair("Call 988.", "اتصل 988\u2069.", "ar-EG"),
    ),
    passed=(Pair("Call 988.", "اتصل \u2066988\u2069.", "ar-EG"), Pair("Call 988.", "\u200fاتصل 988.", "ar-EG")),
)
def direction(unit: Unit) -> Iterator[Fault]:
    """The target forces the direction of its text, or opens an isolate that it does not close.

    An override shows digits in another order than they are dialled or copied in; an open isolate turns the rest of
    the paragraph.
    """
    text = list(filter(_TURNING.__contains__, unit.message.target))
    if not _OVERRIDES.isdisjoint(text):
        yield Fault("The translation overrides the direction of its text.", "Delete U+202D and U+202E.")
    stack: list[str] = []
    for char in text:
        if char in _CONTROLS:
            stack.append(char)
        elif not stack or stack.pop() not in _CLOSERS[char]:
            yield Fault(f"{_name(char)} closes what was never opened.", "Delete it.")
    for char in stack:
        yield Fault(f"{_name(char)} opens {_CONTROLS[char]} that is never closed.", "Delete it, or close it.")


@message_rule(
    "unicode/look-alike",
    Severity.ERROR,
    when=doubtful,
    flagged=(
        Pair("Call 1-800.", "Appelez l-800-662."),
        Pair("It took 100 days.", "Cela a duré 1O0 jours."),
        Pair("Take care", "Prenеz soin"),
        Pair("It took 15 days.", "Cela a duré ①⑤ jours."),
        Pair("It took 15 days.", "استغرق 1٥ يومًا.", "ar-EG"),
    ),
    passed=(
        Pair("Vitamin B12 and 5 μg of CO₂", "Vitamine B12 et 5 μg de CO₂"),
        Pair("Take care", "COVID-19に注意", "ja-JP"),
    ),
)
def look_alike(unit: Unit) -> Iterator[Fault]:
    """The target has letters or digits that look like others.

    A letter O in a number, or a digit drawn as a symbol, looks right and cannot be dialled or copied; a Cyrillic
    letter in a Latin word cannot be found.
    """
    source, target = _known(unit), unit.message.target
    digits = _NUMBER.findall(target) if when.has_digit(target) else ()
    if digits and (found := _LOOKALIKE_DIGIT.search(target)) and not _LOOKALIKE_DIGIT.search(source):
        yield Fault(f"“{found[0].strip()}” stands in a number and is no digit.", "Type the digit.")
    if target.isascii():
        return
    plain = _SUPERSCRIPT_OK.sub("", target) if _STYLED_DIGIT.search(target) else ""
    if styled := set(_STYLED_DIGIT.findall(plain)) - set(source):
        yield Fault(f"{', '.join(map(_name, sorted(styled)))} is no plain digit.", "Type the plain digit.")
    for number in digits:
        if not number.isascii() and len({ord(char) - unicodedata.decimal(char) for char in number}) > 1:
            yield Fault(f"The number {number} mixes digits of two scripts.", "Use the digits of one script.")
    for word in _WORD.findall(target) if _may_mix(target) else ():
        if _ASCII_LETTER.search(word) and (found := _CONFUSABLE.search(word)) and word not in source:
            yield Fault(f"“{word}” has {_name(found[0])} among Latin letters.", "Type the word anew.")


@message_rule(
    "unicode/damaged",
    Severity.ERROR,
    when=odd,
    flagged=(
        Pair("An event", "Un Ã©vÃ©nement"),
        Pair("It’s over", "Câ€™est fini"),
        Pair("An event", "Un \ufffdvénement"),
        Pair("An event", "Un évé\x92nement"),
        Pair("An event", "Un \ue000vénement"),
        Pair("An event was held", "Un ?v?nement a eu lieu"),
        Pair("An event", "??? ????", "ar-EG"),
        Pair("[An event](https://x.org/a?b)", "[Un ?v?nement](https://x.org/a?b)"),
    ),
    passed=(
        Pair("An event", "Un événement"),
        Pair("Really?", "Vraiment ???? Oui"),
        Pair("An event", "ÂGE À venir", "fr-FR"),
        Pair("See this", "Voir [ceci](https://x.org/a?b), `c?d`, <code1>e?f</code1> et https://x.org/g?h"),
    ),
)
def damaged(unit: Unit) -> Iterator[Fault]:
    """The target has characters that come from a wrong encoding, or that no font can show.

    Text that was read in a wrong encoding is unreadable, and what it lost cannot be guessed.
    """
    source, target = _known(unit), unit.message.target
    if (found := _MOJIBAKE.search(target)) and found[0] not in source:
        yield Fault(f"“{found[0]}” looks like text in a wrong encoding.", "Restore the text from a good copy.")
    lost = _LOST_LETTERS.search(target) and _LOST_LETTERS.search(_NO_PROSE.sub(" ", target))
    if lost and not _LOST_LETTERS.search(source):
        yield Fault(f"“{lost[0]}” looks like letters that were lost.", "Restore the text from a good copy.")
    if bad := sorted(filter(_is_damaged, set(target) - set(source))):
        text = f"The translation has {', '.join(map(_name, bad))}, which no reader can read."
        yield Fault(text, "Restore the text from a good copy.")


def _known(unit: Unit) -> str:
    """The source, whose own characters a target may keep; the source itself has none to refer to."""
    return "" if unit.is_source else unit.message.key.source


@cache
def _is_damaged(char: str) -> bool:
    category = unicodedata.category(char)
    control = category == "Cc" and char not in "\n\t\r"
    nothing = ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef"
    return control or nothing or category in {"Co", "Cs"} or char == "\ufffd"


def _name(char: str) -> str:
    """``U+200B ZERO WIDTH SPACE``."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()
