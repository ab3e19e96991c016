"""Rules about the language and the script that a target is written in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pipeline import locales, placeables
from pipeline.checks import changes, scripts, when
from pipeline.checks.rules import Change, Fault, Pair, edition_rule, message_rule
from pipeline.checks.units import Unit
from pipeline.model import Edition, Severity

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_RUN = 6
"""So many words of the source in a row, left as they are, are no coincidence of names."""

_LETTERS = {
    "Latn": ("LATIN",), "Arab": ("ARABIC",), "Deva": ("DEVANAGARI",), "Thai": ("THAI",), "Cyrl": ("CYRILLIC",),
    "Grek": ("GREEK",), "Hebr": ("HEBREW",), "Beng": ("BENGALI",), "Taml": ("TAMIL",), "Telu": ("TELUGU",),
    "Gujr": ("GUJARATI",), "Guru": ("GURMUKHI",), "Knda": ("KANNADA",), "Mlym": ("MALAYALAM",), "Ethi": ("ETHIOPIC",),
    "Khmr": ("KHMER",), "Laoo": ("LAO",), "Mymr": ("MYANMAR",), "Geor": ("GEORGIAN",), "Armn": ("ARMENIAN",),
    "Hang": ("HANGUL",), "Kore": ("HANGUL", "CJK"), "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Hant": ("CJK", "BOPOMOFO"), "Hans": ("CJK", "BOPOMOFO"),
}  # fmt: skip
"""How the Unicode names of a script's letters begin."""

_CHINESE = frozenset({"Jpan", "Hant", "Hans"})
_SIMPLIFIED, _TRADITIONAL = frozenset(scripts.SIMPLIFIED), frozenset(scripts.TRADITIONAL)

_FUNCTION_WORDS = {
    "en": "the and of to is are with that this for you your they have not can will from what when who if it was",
    "es": "el la los las y del una con para que es se su sus más como pero está están usted o en lo por no si sin al",
    "pt": "o a os as e do da dos das uma um com para que é se seu sua mais você são ao à pelo pela não ou em no na nos"
    " nas por como de também foi estão",
    "fr": "le la les des est une et du pour que qui dans vous ou avec sur pas votre sont ce au aux par en ne se il elle"
    " son de à mais",
    "de": "der die das und ist nicht mit für sie ein eine auf zu den dem von sich oder wenn auch im es werden",
    "ca": "el la els les dels una un i del al amb per que és en se seu seva més com però això o pot vostè ha són no",
    "it": "il lo la gli le e di del della dei una un con per che è non si nel più sono anche come alla o in a",
}
_TOLD_APART = Counter(word for words in _FUNCTION_WORDS.values() for word in set(words.split()))
_PROFILES = {
    language: frozenset(word for word in words.split() if _TOLD_APART[word] == 1)
    for language, words in _FUNCTION_WORDS.items()
}
"""For each language the small words that none of the others has."""

_SMALL_WORDS = frozenset().union(*_PROFILES.values())

_LONG = 6
"""Words: in a shorter text the small words are too few to tell languages apart."""

_MANY = 3
"""Messages."""

_FOREIGN = 3
"""Small words of another language."""

_CAPITAL_NOUNS = frozenset({"de", "lb"})
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
_NAME = re.compile(r"[A-ZÀ-Þ](?<=[\w,] .)[\w’'-]{2,} [A-ZÀ-Þ][\w’'-]{2,}(?: [A-ZÀ-Þ][\w’'-]{2,})*")
"""Two or more words with capitals in a row, in the middle of a sentence."""

_MACHINE = re.compile(
    r"MYMEMORY WARNING|QUERY LENGTH LIMIT|INVALID (?:TARGET|SOURCE) LANGUAGE|NO QUERY SPECIFIED"
    r"|PLEASE SELECT TWO DISTINCT LANGUAGES|YOU USED ALL AVAILABLE FREE TRANSLATIONS|INVALID EMAIL PROVIDED"
    r"|\berror (?:[45]\d\d)\b|\b(?:[45]\d\d) (?:error|bad gateway|internal server error|too many requests)"
    r"|internal server error|too many requests|service unavailable|bad gateway|that’s an error|quota exceeded"
    r"|rate limit exceeded|invalid api key|<!doctype|as an ai (?:language )?model|here is the translation"
    r"|i(?:'|’)m sorry, but i can(?:'|’|no)t",
    re.IGNORECASE,
)


_SIGNS_OF_MACHINES = (
    *("mymemory", "query", "invalid", "please", "you used", "error", "bad gateway", "too many", "service unavail"),
    *("quota", "rate limit", "<!doctype", "as an ai", "here is the", "but i can"),
)
"""One of these stands in every notice, in small letters; looking for them is cheaper than the pattern."""


def like_its_source(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages that are their source, or may hold a long run of it."""
    return [unit for unit in when.translated(units) if _may_hold(unit.source, unit.target)]


def of_another_script(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages that may not be in the script of their locale."""
    script = units[0].edition.locale.script if units else ""
    if script not in _LETTERS:
        return ()
    return [unit for unit in when.translated(units) if not scripts.plainly_of(script, unit.source, unit.target)]


def of_a_language_with_small_words(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages in a language that can be told from others by its small words."""
    return when.translated(units) if units and units[0].edition.locale.language in _PROFILES else ()


def with_names(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages that have two names or more, in a language that writes names alone with capitals."""
    locale = units[0].edition.locale if units else None
    if not locale or locale.script != "Latn" or locale.language in _CAPITAL_NOUNS:
        return ()
    return [unit for unit in when.translated(units) if len(_NAME.findall(unit.target)) >= 2]


def with_signs_of_machines(units: Sequence[Unit]) -> Sequence[Unit]:
    """Messages that have words which stand in every notice of a translation engine."""
    folded = [unit.target.casefold() for unit in units]
    together = "\n".join(folded)
    signs = [sign for sign in _SIGNS_OF_MACHINES if sign in together]
    return [unit for unit, text in zip(units, folded, strict=True) if True in [sign in text for sign in signs]]


@message_rule(
    "language/same-as-source",
    Severity.WARNING,
    when=like_its_source,
    flagged=(
        Pair("Talk to your doctor", "Talk to your doctor"),
        Pair("You can ask for help at any time.", "Vous savez : you can ask for help at any time."),
    ),
    passed=(
        Pair("Depression", "Depression", "de-DE"),
        Pair("Talk to your doctor", "Parlez à votre médecin"),
        Pair("Talk to your doctor", "Talk to your doctor", "en-US"),
    ),
)
def same_as_source(unit: Unit) -> Iterator[Fault]:
    """The target, or a long part of it, is the source text.

    A sentence left in the source's language counts as translated everywhere, and its reader cannot read it. Texts
    of one or two words may well be equal. For safety text see safety/same-as-source.
    """
    if not unit.safety:
        yield from left_as_is(unit)


def left_as_is(unit: Unit) -> Iterator[Fault]:
    """A fault where a target of three or more words is its source, or holds a long run of it."""
    if unit.is_source:
        return
    source, target = words_of(unit.source), words_of(unit.target)
    if len(source) < 3:
        return
    if source == target:
        yield Fault("The translation is the source text.", "Translate it.")
        return
    if sum(map(frozenset(target).__contains__, source)) < _RUN:
        return
    joined = f" {' '.join(target)} "
    cased = _words(unit.source)
    for start in range(len(source) - _RUN + 1):
        run = " ".join(source[start : start + _RUN])
        if f" {run} " in joined and _is_sentence(cased[start : start + _RUN]):
            yield Fault(f"The translation still has the source's words “{run}”.", "Translate them.")
            return


def _is_sentence(words: Sequence[str]) -> bool:
    """Whether words are those of a sentence rather than of a name."""
    return sum(word.islower() and len(word) > 1 for word in words) >= len(words) - 2


def _may_hold(source: str, target: str) -> bool:
    """Whether a target may be its source, or hold a run of it: whether it has the words that would be in it.

    It is false of nearly every translation, and costs less than taking the target apart into words.
    """
    groups = _groups(source)
    if not groups or source == target:
        return bool(groups)
    folded = target.replace("’", "'").casefold()
    return True in [longest in folded and False not in [word in folded for word in rest] for longest, *rest in groups]


@lru_cache(maxsize=16384)
def _groups(source: str) -> tuple[list[str], ...]:
    """Groups of words of a source, one of which is in each long run of it, the longest word first.

    All the words of a source with no long run are one group, or none where they are too few; each run of another
    holds a group of half its length.
    """
    words = words_of(source)
    if len(words) < 3:
        return ()
    size = _RUN // 2 if len(words) >= _RUN else len(words)
    starts = range(0, len(words) - size + 1, size)
    return tuple([sorted(words[start : start + size], key=len, reverse=True) for start in starts])


@message_rule(
    "language/wrong-script",
    Severity.ERROR,
    when=of_another_script,
    flagged=(
        Pair("Talk to your doctor about it.", "Parlez-en à votre médecin.", "ar-EG"),
        Pair("Talk to your doctor about it.", "تحدث إلى طبيبك عن ذلك."),
        Pair("Talk to your doctor about it.", "请跟您的医生说明这个问题。", "zh-Hant-TW"),
        Pair("Talk to your doctor about it.", "請向您的醫師說明這個問題。", "ja-JP"),
    ),
    passed=(
        Pair("Talk to your doctor about it.", "請向您的醫師說明這個問題。", "zh-Hant-TW"),
        Pair("PTSD", "PTSD", "ar-EG"),
        Pair("Talk to your doctor about PTSD.", "医師にPTSDについて相談してください。", "ja-JP"),
    ),
)
def wrong_script(unit: Unit) -> Iterator[Fault]:
    """Most letters of the target are not of the locale's script.

    The text was left in another language, or belongs to another locale: readers cannot read it.
    """
    script = unit.edition.locale.script
    if script not in _LETTERS or unit.is_source:
        return
    known = frozenset(words_of(unit.source))
    letters = Counter("".join([word for word in words_of(unit.target) if word not in known]))
    count = ours = 0
    for char, times in letters.items():
        if char.isalpha():
            count += times
            ours += times if _is_of(char, script) else 0
    if count >= 4 and ours < count / 2:
        text = f"Only {ours} of {count} letters of the translation are of the script {script}."
        yield Fault(text, f"Check that the text is in {unit.edition.locale.tag}.")
    elif script in _CHINESE and (found := _wrong_variant(letters, script)):
        yield Fault(f"The translation has {found}.", f"Check that the text is in {unit.edition.locale.tag}.")


@cache
def _is_of(char: str, script: str) -> bool:
    """Whether a letter is of a script."""
    name = unicodedata.name(char, "").removeprefix("FULLWIDTH ").removeprefix("HALFWIDTH ")
    return name.startswith(_LETTERS[script])


def _wrong_variant(counts: Counter[str], script: str) -> str:
    """What tells that a text in Chinese characters is of another language or of the other way of writing."""
    letters = {char: times for char, times in counts.items() if char.isalpha()}
    total = sum(letters.values())
    kana = sum(times for char, times in letters.items() if "\u3040" <= char <= "\u30ff")
    if script == "Jpan" and not kana and total >= 10:
        return "no kana at all, and is probably Chinese"
    if script in {"Hant", "Hans"} and kana > total / 4:
        return "many kana, and is probably Japanese"
    wrong = letters.keys() & {"Hant": _SIMPLIFIED, "Hans": _TRADITIONAL}.get(script, frozenset())
    return f"characters of the other way of writing Chinese: {''.join(sorted(wrong))}" if wrong else ""


@message_rule(
    "language/wrong-language",
    Severity.WARNING,
    when=of_a_language_with_small_words,
    flagged=(
        Pair(
            "If you are in danger, call the emergency services and stay with someone you trust.",
            "Si usted está en peligro, llame a los servicios de emergencia y quédese con una persona de confianza.",
            "pt-BR",
        ),
    ),
    passed=(
        Pair(
            "If you are in danger, call the emergency services and stay with someone you trust.",
            "Se você está em perigo, ligue para os serviços de emergência e fique com uma pessoa de confiança.",
            "pt-BR",
        ),
    ),
)
def wrong_language(unit: Unit) -> Iterator[Fault]:
    """The target seems to be in another language with the same script.

    Spanish text in a Portuguese catalog has the right script, length and variables. This is a guess from small
    words such as articles and prepositions, so it asks a person to look.
    """
    language = unit.edition.locale.language
    if language not in _PROFILES or unit.is_source:
        return
    words = words_of(unit.target)
    if len(words) >= _LONG and (other := _other_language(_small(words), language)):
        text = f"The translation looks like {other}, not like {language}."
        yield Fault(text, f"Check that the text is in {unit.edition.locale.tag}.")


@edition_rule(
    "language/other-catalog",
    Severity.ERROR,
    flagged=(
        Change(
            "every long message is Spanish",
            lambda edition: changes.with_targets(
                edition, "Si usted está en peligro, llame a los servicios de emergencia con una persona de confianza."
            ),
        ),
    ),
    passed=(Change("nothing is different", lambda edition: edition),),
)
def other_catalog(edition: Edition) -> Iterator[Fault]:
    """The catalog as a whole seems to be in another language with the same script.

    One sentence may look like another language by chance, a whole catalog does not: two files were swapped.
    """
    language = edition.locale.language
    if (
        language not in _PROFILES
        or edition.locale.tag == edition.source_locale.tag
        or locales.is_pseudo(edition.locale)
    ):
        return
    targets = [message.target for message in edition.catalog.messages if not message.obsolete and message.target]
    length, small = 0, []
    for words in map(words_of, targets):
        length += len(words)
        small += _small(words)
    if len(targets) >= _MANY and length >= _MANY * _LONG and (other := _other_language(small, language)):
        text = f"The catalog as a whole looks like {other}, not like {language}."
        yield Fault(text, "Check that it is the catalog of this locale.")


@message_rule(
    "language/names-invented",
    Severity.ERROR,
    when=with_names,
    flagged=(
        Pair(
            "Thank you for taking part. Your answers help us.",
            "Merci de rejoindre les chercheurs de Stanford University et de King’s College London.",
        ),
    ),
    passed=(
        Pair("Thank you for taking part.", "Merci à vous."),
        Pair(
            "Ask the World Health Organization.",
            "Demandez à l’Organisation Mondiale de la Santé, Genève Palais Wilson.",
        ),
        Pair("See your doctor.", "Gehen Sie zu Ihrer Ärztin oder Ihrem Hausarzt Ihrer Wahl.", "de-DE"),
    ),
)
def names_invented(unit: Unit) -> Iterator[Fault]:
    """The target has several proper names, and the source has none.

    Then it is the translation of another text: an older one, or that of the line above. Names are looked for in the
    Latin script only, and not in German, which writes every noun with a capital.
    """
    locale = unit.edition.locale
    if unit.is_source or locale.script != "Latn" or locale.language in _CAPITAL_NOUNS or _names(unit.source):
        return
    names = [name for name in _NAME.findall(unit.target) if name not in unit.source]
    if len(names) >= 2:
        text = f"The translation names “{names[0]}” and “{names[1]}”, the source names nobody."
        yield Fault(text, "Check that it is the translation of this text.")


@lru_cache(maxsize=16384)
def _names(source: str) -> bool:
    """Whether a source text has a word with a capital inside a sentence."""
    return _CAPITAL.search(source) is not None


@message_rule(
    "language/machine-notice",
    Severity.ERROR,
    when=with_signs_of_machines,
    flagged=(
        Pair("Feeling numb", "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY."),
        Pair("Feeling numb", "Error 500 (Server Error)!!1"),
        Pair("Feeling numb", "Here is the translation: Se sentir engourdi"),
    ),
    passed=(Pair("Feeling numb", "Se sentir engourdi"), Pair("Error 500", "Erreur 500")),
)
def machine_notice(unit: Unit) -> Iterator[Fault]:
    """The target is an error message or a remark of a translation engine.

    Engines answer with such texts when a quota is used up, and tools store them as translations.
    """
    found = _MACHINE.search(unit.target)
    if found and found[0].casefold() not in unit.source.casefold():
        yield Fault(f"“{found[0]}” comes from a translation engine, not from a translator.", "Translate the source.")


def _small(words: Sequence[str]) -> list[str]:
    """The words that tell languages apart."""
    return list(filter(_SMALL_WORDS.__contains__, words))


def _other_language(small: Sequence[str], language: str) -> str:
    """The language that a text with these small words seems to be in, if it is another one; empty if not."""
    if len(small) - sum(map(_PROFILES[language].__contains__, small)) < _FOREIGN:
        return ""
    counts = Counter({name: sum(map(profile.__contains__, small)) for name, profile in _PROFILES.items()})
    other, most = counts.most_common(1)[0]
    return other if most >= _FOREIGN and most >= 2 * counts[language] + 1 and other != language else ""


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """The words outside placeables, in lower case."""
    return tuple(map(str.casefold, _words(text)))


def _words(text: str) -> list[str]:
    """The words outside placeables."""
    marked = placeables.markup(text)
    if not marked:
        return _WORD.findall(text.replace("’", "'"))
    parts, end = [], 0
    for placeable in marked:
        if placeable.kind != "tag":
            parts.append(text[end : placeable.start])
            end = placeable.end
    return _WORD.findall(" ".join([*parts, text[end:]]).replace("’", "'"))
