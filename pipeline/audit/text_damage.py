"""Damage to the text of one safety message that drops, leaves or garbles it."""

from __future__ import annotations

import re

from pipeline.audit.making import rewording
from pipeline.audit.operators import Operator
from pipeline.audit.subject import Sentence, sentences

_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[.!?]\*\*)\s+|(?<=[。！？।])(?!\*)\s*|(?<=[。！？।]\*\*)\s*")
_VARIABLE = re.compile(r"\{[a-z]+\.[a-z]+\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*|<strong>(.+?)</strong>")


def parts(text: str) -> list[str]:
    """The sentences of a text; a line of Thai breaks at its spaces."""
    pieces = [piece for piece in _ENDS.split(text) if piece.strip()]
    thai = len(pieces) == 1 and re.search("[\u0e00-\u0e7f]", text)
    return text.split(" ") if thai else pieces


@rewording("text/emptied", "omitted unit")
def emptied(_: Sentence) -> str | None:
    """The target is deleted."""
    return ""


@rewording("text/blank", "omitted unit")
def blank(_: Sentence) -> str | None:
    """The target is spaces only."""
    return " \u00a0 "


@rewording("text/dots", "omitted unit")
def dots(_: Sentence) -> str | None:
    """The target is three dots."""
    return "…"


@rewording("text/dash", "omitted unit")
def dash(_: Sentence) -> str | None:
    """The target is a dash."""
    return "–"


@rewording("text/variables-only", "omitted unit")
def variables_only(sentence: Sentence) -> str | None:
    """Of the target only its variables are left."""
    return " ".join(_VARIABLE.findall(sentence.text)) or None


@rewording("text/placeholder-word", "omitted unit")
def placeholder_word(_: Sentence) -> str | None:
    """The target is a note that the text is to come."""
    return "TBD"


@rewording("text/last-sentence", "omitted sentence")
def last_sentence(sentence: Sentence) -> str | None:
    """The last sentence is dropped."""
    pieces = parts(sentence.text)
    return sentence.text.rpartition(pieces[-1])[0].rstrip() if len(pieces) > 1 else None


@rewording("text/first-sentence", "omitted sentence")
def first_sentence(sentence: Sentence) -> str | None:
    """The first sentence is dropped."""
    pieces = parts(sentence.text)
    return sentence.text.partition(pieces[0])[2].lstrip() if len(pieces) > 1 else None


@rewording("text/half", "omitted sentence")
def half(sentence: Sentence) -> str | None:
    """The target stops in its middle."""
    return sentence.text[: len(sentence.text) // 2]


@rewording("text/tail-cut", "omitted sentence")
def tail_cut(sentence: Sentence) -> str | None:
    """The last fifth of the target is cut off, as by a limit on its length."""
    return sentence.text[: len(sentence.text) * 4 // 5]


@rewording("text/one-word-lost", "omitted sentence")
def one_word_lost(sentence: Sentence) -> str | None:
    """One long word in the middle is lost."""
    words = re.findall(r"[^\W\d_]{5,}", _VARIABLE.sub(" ", sentence.text))
    return sentence.text.replace(words[len(words) // 2], "", 1) if len(words) > 2 else None


@rewording("text/source-left", "untranslated")
def source_left(sentence: Sentence) -> str | None:
    """The target is the source."""
    return None if sentence.subject.is_source else sentence.segment.key.source


@rewording("text/source-half", "untranslated")
def source_half(sentence: Sentence) -> str | None:
    """The first sentence is left in the source's language."""
    mine, theirs = parts(sentence.text), parts(sentence.segment.key.source)
    if sentence.subject.is_source or len(mine) < 2 or len(theirs) < 2:
        return None
    return sentence.text.replace(mine[0], theirs[0] + " ", 1)


@rewording("text/source-tail", "untranslated")
def source_tail(sentence: Sentence) -> str | None:
    """The last sentence is left in the source's language."""
    mine, theirs = parts(sentence.text), parts(sentence.segment.key.source)
    if sentence.subject.is_source or len(mine) < 2 or len(theirs) < 2:
        return None
    return sentence.text.replace(mine[-1], " " + theirs[-1], 1)


def _of_locale(sentence: Sentence, tag: str) -> str | None:
    other = sentence.subject.others.get(tag)
    if other is None or other.locale.language == sentence.language:
        return None
    message = other.catalog.index().get(sentence.segment.key)
    return message.target if message else None


@rewording("text/like-script", "untranslated")
def like_script(sentence: Sentence) -> str | None:
    """The target is that of another language in the same script."""
    return _of_locale(sentence, {"es": "pt-BR", "ja": "zh-Hant-TW", "zh": "ja-JP"}.get(sentence.language, "es-US"))


@rewording("text/other-script", "untranslated")
def other_script(sentence: Sentence) -> str | None:
    """The target is that of a language in another script."""
    return _of_locale(sentence, "th-TH" if sentence.language != "th" else "hi-IN")


@rewording("text/machine-notice", "untranslated")
def machine_notice(_: Sentence) -> str | None:
    """The target is a machine's complaint about its quota."""
    return "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY."


@rewording("text/server-error", "untranslated")
def server_error(_: Sentence) -> str | None:
    """The target is a server's error message."""
    return "Error 500 (Server Error)!!1"


@rewording("text/doubled", "duplicate or contradiction")
def doubled(sentence: Sentence) -> str | None:
    """The target stands twice in its place."""
    return f"{sentence.text} {sentence.text}"


@rewording("text/other-message", "duplicate or contradiction")
def other_message(sentence: Sentence) -> str | None:
    """The target is that of another safety message."""
    others = [other.text for other in sentences(sentence.subject) if other.segment.key != sentence.segment.key]
    return others[0] if others else None


# --- damaged characters -------------------------------------------------------------------------


def _inside(text: str, char: str) -> str | None:
    """The text with a character inside its longest word outside variables."""
    words = re.findall(r"[^\W\d_]{4,}", _VARIABLE.sub(" ", text))
    if not words:
        return None
    word = max(words, key=len)
    return text.replace(word, word[:2] + char + word[2:], 1)


@rewording("unicode/soft-hyphen", "invisible characters")
def soft_hyphen(sentence: Sentence) -> str | None:
    """A soft hyphen stands inside a word."""
    return _inside(sentence.text, "\u00ad")


@rewording("unicode/byte-order-mark", "invisible characters")
def byte_order_mark(sentence: Sentence) -> str | None:
    """A byte order mark stands inside the text."""
    return _inside(sentence.text, "\ufeff")


@rewording("unicode/word-joiner", "invisible characters")
def word_joiner(sentence: Sentence) -> str | None:
    """A word joiner stands inside a word."""
    return _inside(sentence.text, "\u2060")


@rewording("unicode/hangul-filler", "invisible characters")
def hangul_filler(sentence: Sentence) -> str | None:
    """A letter that shows nothing stands inside a word."""
    return _inside(sentence.text, "\u3164")


@rewording("unicode/tag-characters", "invisible characters")
def tag_characters(sentence: Sentence) -> str | None:
    """Invisible tag characters spell a hidden text."""
    return sentence.text + "".join(chr(0xE0000 + ord(char)) for char in "no")


@rewording("unicode/override", "invisible characters")
def override(sentence: Sentence) -> str | None:
    """A right-to-left override turns the text around."""
    return f"\u202e{sentence.text}\u202c"


@rewording("unicode/left-override", "invisible characters")
def left_override(sentence: Sentence) -> str | None:
    """A left-to-right override stands around the variables."""
    return _VARIABLE.sub("\u202d\\g<0>\u202c", sentence.text)


@rewording("unicode/open-isolate", "invisible characters")
def open_isolate(sentence: Sentence) -> str | None:
    """An isolate is opened and never closed."""
    return f"\u2067{sentence.text}"


@rewording("unicode/replacement", "damaged text")
def replacement(sentence: Sentence) -> str | None:
    """A character was lost in a wrong encoding."""
    return _inside(sentence.text, "\ufffd")


@rewording("unicode/mojibake", "damaged text")
def mojibake(sentence: Sentence) -> str | None:
    """The text was read in a wrong encoding."""
    try:
        damaged = sentence.text.encode().decode("cp1252", "replace")
    except UnicodeError:
        return None
    return damaged if damaged != sentence.text else None


@rewording("unicode/control", "damaged text")
def control(sentence: Sentence) -> str | None:
    """A control character stands inside a word."""
    return _inside(sentence.text, "\x07")


@rewording("unicode/private-use", "damaged text")
def private_use(sentence: Sentence) -> str | None:
    """A character that only one font knows stands inside a word."""
    return _inside(sentence.text, "\ue123")


@rewording("unicode/homoglyph", "damaged text")
def homoglyph(sentence: Sentence) -> str | None:
    """A Latin letter is a Cyrillic one that looks the same."""
    words = [word for word in re.findall(r"[A-Za-z]{4,}", _VARIABLE.sub(" ", sentence.text)) if "e" in word[1:]]
    return sentence.text.replace(words[0], words[0][0] + words[0][1:].replace("e", "\u0435", 1), 1) if words else None


@rewording("unicode/question-marks", "damaged text")
def question_marks(sentence: Sentence) -> str | None:
    """Every letter that ASCII lacks is a question mark."""
    changed = "".join(char if ord(char) < 128 else "?" for char in sentence.text)
    return changed if changed != sentence.text else None


# --- markup -------------------------------------------------------------------------------------


@rewording("markup/emphasis-lost", "damaged text")
def emphasis_lost(sentence: Sentence) -> str | None:
    """The emphasis of a warning is lost."""
    changed = _BOLD.sub(lambda match: match[1] or match[2], sentence.text)
    return changed if changed != sentence.text else None


@rewording("markup/unclosed", "damaged text")
def unclosed(sentence: Sentence) -> str | None:
    """A tag is opened and never closed."""
    return f"<b>{sentence.text}"


@rewording("markup/script", "damaged text")
def script(sentence: Sentence) -> str | None:
    """A script stands in the text."""
    return f"{sentence.text}<script>document.body.remove()</script>"


@rewording("markup/hidden-span", "hidden")
def hidden_span(sentence: Sentence) -> str | None:
    """The text stands in an element that hides it."""
    return f'<span style="display:none">{sentence.text}</span>'


@rewording("markup/commented-out", "hidden")
def commented_out(sentence: Sentence) -> str | None:
    """The text stands in a comment."""
    return f"<!-- {sentence.text} -->"


@rewording("markup/struck-out", "duplicate or contradiction")
def struck_out(sentence: Sentence) -> str | None:
    """The text is struck out."""
    return f"~~{sentence.text}~~"


@rewording("markup/foreign-link", "link and text differ")
def foreign_link(sentence: Sentence) -> str | None:
    """A number links to somewhere else."""
    return re.sub(r"\{\w+\.phone\}", r"[\g<0>](https://example.com/offer)", sentence.text)


@rewording("markup/typed-link", "link and text differ")
def typed_link(sentence: Sentence) -> str | None:
    """A number links to another number."""
    return re.sub(r"\{\w+\.phone\}", r"[\g<0>](tel:0900123456)", sentence.text)


OPERATORS = tuple(value for value in list(globals().values()) if isinstance(value, Operator))
"""All of the above, in their order."""
