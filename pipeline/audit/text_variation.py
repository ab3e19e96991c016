"""Variations of the text of one safety message that a reviewer may well sign: the same thing in another dress."""

from __future__ import annotations

import re
import unicodedata

from pipeline.audit.making import rewording
from pipeline.audit.operators import BENIGN, Operator
from pipeline.audit.phrases import PHRASES
from pipeline.audit.subject import Sentence
from pipeline.audit.text_damage import parts

_NAME = re.compile(r"\{\w+\.name\}")
_PHONE = re.compile(r"\{\w+\.phone\}")
_BOLD = re.compile(r"\*\*(\S+) (.+?)\*\*")
_FULL = str.maketrans({"(": "（", ")": "）"})
_HALF = str.maketrans({"（": " (", "）": ") "})


def _around(sentence: Sentence, pattern: re.Pattern[str], before: str, after: str) -> str | None:
    return pattern.sub(lambda match: before + match[0] + after, sentence.text)


@rewording("vary/sentences-reordered", BENIGN)
def reordered(sentence: Sentence) -> str | None:
    """The sentences stand in another order."""
    pieces = [piece.strip() for piece in parts(sentence.text)]
    gap = "" if sentence.language in {"ja", "zh"} else " "
    return gap.join(pieces[::-1]) if len(pieces) == 2 else None


@rewording("vary/sentences-merged", BENIGN)
def merged(sentence: Sentence) -> str | None:
    """Two sentences are one, with a semicolon between them."""
    mark = {"ja": "；", "zh": "；", "ar": "؛"}.get(sentence.language, ";")
    return re.sub(r"\.(?=\s)|[。।](?=\s?\S)", mark, sentence.text, count=1) if "**" not in sentence.text else None


@rewording("vary/sentence-split", BENIGN)
def split(sentence: Sentence) -> str | None:
    """One sentence is two, with a stop in the place of its last comma."""
    match = list(re.finditer(r"[,،、，]\s?(?=[^,،、，{]+[.。।]?$)", sentence.text))
    stop = {"ja": "。", "zh": "。", "hi": "। "}.get(sentence.language, ". ")
    return sentence.text[: match[-1].start()] + stop + sentence.text[match[-1].end() :] if match else None


@rewording("vary/no-break-spaces", BENIGN)
def no_break_spaces(sentence: Sentence) -> str | None:
    """No line breaks before a variable."""
    return re.sub(r" (?=\{)", "\u00a0", sentence.text)


@rewording("vary/narrow-spaces", BENIGN)
def narrow_spaces(sentence: Sentence) -> str | None:
    """French spaces stand before the marks that end a sentence."""
    return re.sub(r"(?<=\w)(?=[;:!?.]$)", "\u202f", sentence.text)


@rewording("vary/guillemets", BENIGN)
def guillemets(sentence: Sentence) -> str | None:
    """The name stands in guillemets."""
    return _around(sentence, _NAME, "«\u202f", "\u202f»")


@rewording("vary/low-quotes", BENIGN)
def low_quotes(sentence: Sentence) -> str | None:
    """The name stands in German quotation marks."""
    return _around(sentence, _NAME, "„", "“")


@rewording("vary/corner-brackets", BENIGN)
def corner_brackets(sentence: Sentence) -> str | None:
    """The name stands in corner brackets."""
    return _around(sentence, _NAME, "「", "」")


@rewording("vary/straight-quotes", BENIGN)
def straight_quotes(sentence: Sentence) -> str | None:
    """The name stands in straight quotation marks."""
    return _around(sentence, _NAME, '"', '"')


@rewording("vary/number-in-brackets", BENIGN)
def number_in_brackets(sentence: Sentence) -> str | None:
    """The number stands in square brackets."""
    return _around(sentence, _PHONE, "[", "]")


@rewording("vary/dashes", BENIGN)
def dashes(sentence: Sentence) -> str | None:
    """Dashes stand in the place of brackets."""
    return re.sub(r"\s?[(（](\{\w+\.\w+\})[)）]", r" – \1 –", sentence.text)


@rewording("vary/full-width-brackets", BENIGN)
def full_width_brackets(sentence: Sentence) -> str | None:
    """Brackets are full-width."""
    return sentence.text.translate(_FULL)


@rewording("vary/half-width-brackets", BENIGN)
def half_width_brackets(sentence: Sentence) -> str | None:
    """Brackets are half-width."""
    return sentence.text.translate(_HALF)


@rewording("vary/variables-reordered", BENIGN)
def variables_reordered(sentence: Sentence) -> str | None:
    """Name and number change places."""
    names, phones = _NAME.findall(sentence.text), _PHONE.findall(sentence.text)
    if len(names) != 1 or len(phones) != 1:
        return None
    return sentence.text.replace(names[0], "\0").replace(phones[0], names[0]).replace("\0", phones[0])


@rewording("vary/number-first", BENIGN)
def number_first(sentence: Sentence) -> str | None:
    """The number comes first, before a dash."""
    phones = _PHONE.findall(sentence.text)
    return f"{phones[0]} – {sentence.text.replace(phones[0], '', 1)}" if phones else None


@rewording("vary/polite", BENIGN)
def polite(sentence: Sentence) -> str | None:
    """A polite sentence without facts is added at the end."""
    words = PHRASES.get(sentence.language)
    return sentence.text + words.polite if words else None


@rewording("vary/kind", BENIGN)
def kind(sentence: Sentence) -> str | None:
    """A kind sentence without facts is added in front."""
    words = PHRASES.get(sentence.language)
    return f"{words.kind.strip()} {sentence.text}" if words else None


@rewording("vary/longer", BENIGN)
def longer(sentence: Sentence) -> str | None:
    """The text is a third longer, without facts."""
    words = PHRASES.get(sentence.language)
    return sentence.text + words.polite + words.kind if words else None


@rewording("vary/strong-tag", BENIGN)
def strong_tag(sentence: Sentence) -> str | None:
    """Emphasis is written as a tag."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", sentence.text)


@rewording("vary/emphasis-moved", BENIGN)
def emphasis_moved(sentence: Sentence) -> str | None:
    """Emphasis is on the first word only."""
    return _BOLD.sub(r"**\1** \2", sentence.text)


@rewording("vary/no-stop", BENIGN)
def no_stop(sentence: Sentence) -> str | None:
    """The last full stop is left out."""
    return re.sub(r"[.。।]$", "", sentence.text)


@rewording("vary/exclamation", BENIGN)
def exclamation(sentence: Sentence) -> str | None:
    """The last full stop is an exclamation mark."""
    return re.sub(r"[.。।]$", "！" if sentence.language in {"ja", "zh"} else "!", sentence.text)


@rewording("vary/isolates", BENIGN)
def isolates(sentence: Sentence) -> str | None:
    """Numbers stand in balanced isolates."""
    return None if sentence.subject.is_source else _around(sentence, _PHONE, "\u2066", "\u2069")


@rewording("vary/first-strong-isolates", BENIGN)
def first_strong(sentence: Sentence) -> str | None:
    """Names stand in balanced first-strong isolates."""
    return None if sentence.subject.is_source else _around(sentence, _NAME, "\u2068", "\u2069")


@rewording("vary/script-marks", BENIGN)
def script_marks(sentence: Sentence) -> str | None:
    """The invisible marks that good typists of the script use: direction, joining, places to break."""
    mark = {"ar": "\u200f", "hi": "\u200d", "th": "\u200b"}.get(sentence.language)
    return sentence.text.replace(" ", f"{mark} ", 1) if mark else None


@rewording("vary/typewriter-apostrophes", BENIGN)
def typewriter_apostrophes(sentence: Sentence) -> str | None:
    """Apostrophes are straight."""
    return sentence.text.replace("’", "'")


@rewording("vary/decomposed", BENIGN)
def decomposed(sentence: Sentence) -> str | None:
    """Accents are characters of their own."""
    return None if sentence.language in {"ja", "zh", "hi", "th"} else unicodedata.normalize("NFD", sentence.text)


@rewording("vary/capitals", BENIGN)
def capitals(sentence: Sentence) -> str | None:
    """The first word is in capitals."""
    word = re.match(r"[a-zà-ÿA-ZÀ-Ÿ]+", sentence.text)
    return word[0].upper() + sentence.text[word.end() :] if word else None


OPERATORS = tuple(value for value in list(globals().values()) if isinstance(value, Operator))
"""All of the above, in their order."""
