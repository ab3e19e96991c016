"""What makes a suggestion unusable: each kind of damage that machines are known for.

A rule here costs a translator nothing but an empty message, so it may be stricter than the gate. What each refuses
of good translations was counted on TICO-19, 500 sentences in 13 languages each.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from pipeline import inline, placeables
from pipeline.errors import MarkupError
from pipeline.model import Key, Locale

__all__ = ["error_text", "markup_objection", "objection"]


def objection(key: Key, text: str, target: Locale) -> str:
    """Why a machine's text is not fit to be shown to a translator; empty if it is."""
    if found := error_text(key.source, text):
        return f"the answer looks like an error message: {found}"
    if reason := markup_objection(key, text):
        return reason
    source_words, target_words = _plain(key.source), _plain(text)
    if _TAG.search(target_words) and not _TAG.search(source_words):
        return "the answer has tags in its text, and its source has none"
    if _invisibles(text) != _invisibles(key.source):
        return "the answer has other invisible characters than its source"
    if _numbers(source_words) != _numbers(_months_named(source_words, target_words)):
        return "the answer has other numbers than its source"
    if _kept(key.source) != _kept(text):
        return "the answer has other addresses or phone numbers than its source"
    if _is_garbled(text):
        return "the answer was decoded wrongly"
    if source_words == target_words and len(source_words.split()) >= 3:
        return "the answer is the source itself"
    if not _is_plausible(source_words, target_words):
        return f"the answer has {len(target_words)} characters for {len(source_words)} of its source"
    if _is_echo(source_words, target_words):
        return "the answer is mostly words of its source"
    if _is_cut_off(source_words, target_words, target.script):
        return "the answer ends in the middle of a sentence"
    if _repeats(target_words) > _repeats(source_words):
        return "the answer says a sentence more than once"
    if not _is_in_script(target_words, target.script):
        return f"the answer is not written in the script of {target.tag} ({target.script})"
    return ""


_ERRORS = re.compile(
    r"""mymemory\ warning | query\ length\ limit | invalid\ (?:source|target|language\ pair) | no\ content
    | you\ used\ all\ available | select\ two\ distinct\ languages | error\ \d{3}\b | \b\d{3}\ error
    | \(server\ error\)!! | that.s\ an\ error | too\ many\ requests | quota\ (?:exceeded|reached)
    | (?:rate|usage|daily|request)\ limit | (?:bad|time-?out)\ gateway | gateway\ time-?out | service\ unavailable
    | internal\ server\ error | access\ denied | unusual\ traffic | captcha | invalid\ api\ key
    | here\ is\ (?:the|your)\ translation | as\ an\ ai\b | i\ can(?:no|'|’)t\ (?:translate|assist)
    | <!doctype | <html\b | <body\b | <head\b | traceback\ \(most""",
    re.IGNORECASE | re.VERBOSE,
)
"""What providers are known to return with status 200 in the place of a translation."""


def error_text(source: str, text: str) -> str:
    """The words that show that an answer is an error message; empty if its source has them too."""
    found = _ERRORS.search(text)
    return "" if found is None or found.group().lower() in source.lower() else found.group()


def markup_objection(key: Key, text: str) -> str:
    """Why a text does not fit its source as far as both are markup, or that there is none; empty if it fits."""
    if not text.strip():
        return "the answer is empty"
    try:
        inline.conform(inline.parse(text), inline.parse(key.source))
    except MarkupError as error:
        return error.message
    return ""


_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def _plain(text: str) -> str:
    return inline.plain(inline.parse(text)).strip()


def _numbers(text: str) -> Counter[object]:
    return Counter(placeables.numbers(text))


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""In English, the language of most sources."""


def _months_named(source: str, target: str) -> str:
    """The answer with its months by name where the source has them so: ``February`` is ``2月`` in Chinese."""
    for number, name in enumerate(_MONTHS, start=1):
        if name in source:
            target = re.sub(rf"(?<!\d){number}\s?(?=[月월])", name, target, count=source.count(name))
    return target


def _invisibles(text: str) -> Counter[str]:
    return Counter(
        character for character in text if unicodedata.category(character) == "Cc" and not character.isspace()
    ) + Counter(found.text for found in placeables.invisibles(text))


def _kept(text: str) -> Counter[str]:
    """What has to come back letter by letter."""
    return Counter(found.text for found in placeables.find(text) if found.kind in {"variable", "url", "email", "phone"})


def _is_plausible(source: str, target: str) -> bool:
    """Languages differ: Chinese takes a fifth of the characters of English, Greek half as many again."""
    return 0.12 * len(source) - 4 <= len(target) <= 3 * len(source) + 20


def _is_garbled(text: str) -> bool:
    """Whether UTF-8 was read as Windows-1252, or what could not be read was replaced."""
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return "\N{REPLACEMENT CHARACTER}" in text


_WORDS = re.compile(r"[^\W\d_]{2,}")


def _is_echo(source: str, target: str) -> bool:
    """Whether most letters of the answer belong to words of the source, as in one that was left half done."""
    known, said = set(_words(source)), _words(target)
    same = [word for word in said if word in known]
    return len(same) >= 5 and sum(map(len, same)) >= 0.6 * sum(character.isalpha() for character in target)


def _words(text: str) -> list[str]:
    """The words outside of what must come back as it is."""
    for found in reversed(list(placeables.find(text))):
        text = f"{text[: found.start]} {text[found.end :]}"
    return _WORDS.findall(text)


_SENTENCE_END = re.compile(r"""[.!?…。！？।؟۔](?:["'”’»)\]]|\s)*$""")
_UNSTOPPED = {"Thai", "Laoo", "Khmr", "Mymr", "Tibt"}
"""Scripts whose sentences may end without a sign."""


def _is_cut_off(source: str, target: str, script: str) -> bool:
    """Whether a sentence of the source ends with a sign and the answer with a letter."""
    return script not in _UNSTOPPED and bool(_SENTENCE_END.search(source)) and target[-1:].isalpha()


_SENTENCES = re.compile(r"[^.!?…。！？।؟۔]{20,}")


def _repeats(text: str) -> int:
    """How often its most frequent sentence stands in a text."""
    return max(Counter(found.strip() for found in _SENTENCES.findall(text)).values(), default=1)


_SCRIPTS = {
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Kore": ("HANGUL", "CJK"),
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Grek": ("GREEK",),
    "Arab": ("ARABIC",),
    "Hebr": ("HEBREW",),
    "Deva": ("DEVANAGARI",),
    "Thai": ("THAI",),
    "Beng": ("BENGALI",),
}
"""ISO 15924 to the first word of the Unicode names of its letters; other scripts are not judged."""


def _is_in_script(text: str, script: str) -> bool:
    """Whether a third of the letters at least are of the script; names and acronyms may not be."""
    letters = [character for character in text if character.isalpha()]
    if script not in _SCRIPTS or len(letters) < 8:
        return True
    right = sum(unicodedata.name(letter, "").startswith(_SCRIPTS[script]) for letter in letters)
    return right * 3 >= len(letters)
