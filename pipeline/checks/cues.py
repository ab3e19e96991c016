"""Words that carry a number, a percentage or a negation, in the languages that the gate can read a little.

A cue list is no grammar. It answers one question, whether a text shows any sign of something, and errs on the side
of yes: a rule built on it asks a person to look, it never claims to understand. A language without a list is a
language about which such a rule says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

UNSPACED = frozenset({"ja", "th", "zh", "lo", "km", "my"})
"""Languages without spaces between words: cues are looked for anywhere in the text."""

_NUMBERS: Mapping[str, str] = {
    "en": "zero|a,an,one,once,first,single|two,twice,both,second,pair,couple,double|three,third,thirds,triple"
    "|four,fourth,quarter,quarters|five,fifth|six,sixth|seven,seventh|eight,eighth|nine,ninth|ten,tenth,tens|eleven"
    "|twelve,dozen",
    "es": "cero|un,uno,una,primer,primero,primera,vez|dos,segundo,segunda,ambos,ambas,doble,par"
    "|tres,tercio,tercios,tercer,tercero,tercera,triple|cuatro,cuarto,cuartos,cuarta|cinco,quinto,quinta"
    "|seis,sexto,sexta|siete,séptimo|ocho,octavo|nueve,noveno|diez,décimo|once|doce,docena",
    "fr": "zéro|un,une,premier,première|deux,deuxième,second,seconde,double,paire|trois,troisième,tiers,triple"
    "|quatre,quatrième,quart,quarts|cinq,cinquième|six,sixième|sept,septième|huit,huitième|neuf,neuvième|dix,dixième"
    "|onze|douze,douzaine",
    "de": "null|ein,eine,einer,einem,einen,eines,eins,einmal,erste,erster,ersten"
    "|zwei,zweimal,zweite,zweiten,beide,beiden,doppelt,paar|drei,dreimal,dritte,dritten,drittel"
    "|vier,viermal,viertel|fünf,fünfmal|sechs|sieben|acht|neun|zehn|elf|zwölf,dutzend",
    "pt": "zero|um,uma,primeiro,primeira,vez|dois,duas,segundo,segunda,ambos,ambas,dobro,par"
    "|três,terço,terços,terceiro,terceira,triplo|quatro,quarto,quartos,quarta|cinco,quinto,quinta|seis,sexto|sete"
    "|oito|nove|dez|onze|doze,dúzia",
    "ca": "zero|un,una,primer,primera,cop|dos,dues,segon,segona,ambdós,doble,parell|tres,terç,terços,tercer,tercera"
    "|quatre,quart,quarts|cinc|sis|set|vuit|nou|deu|onze|dotze,dotzena",
    "ar": "صفر|واحد,واحدة,احد,أحد,إحدى,مرة,أول,أولى|اثنان,اثنين,اثنتين,اثنتان,مرتين,مرتان,ثاني,يومين,يومان,أسبوعين,"
    "شهرين,سنتين,عامين,ساعتين|ثلاث,ثلاثة,ثالث,ثلث,ثلثي|أربع,أربعة,ربع|خمس,خمسة|ست,ستة|سبع,سبعة|ثمان,ثماني,ثمانية"
    "|تسع,تسعة|عشر,عشرة|أحد عشر|اثنا عشر,اثني عشر",
    "hi": "शून्य|एक,पहला,पहली,पहले|दो,दूसरा,दूसरी,दूसरे,दोनों|तीन,तीसरा,तीसरी,तिहाई|चार,चौथा,चौथाई|पांच,पाँच|छह,छः,छ|सात|आठ|नौ"
    "|दस|ग्यारह|बारह",
    "ja": "零,ゼロ|一,ひと,壱|二,ふた|三,みっ|四,よっ|五,いつ|六|七|八|九|十|十一|十二",
    "th": "ศูนย์|หนึ่ง,แรก,เดียว|สอง,คู่|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|สิบเอ็ด|สิบสอง,โหล",
    "zh": "零|一,壹|二,兩,两,雙,双|三|四|五|六|七|八|九|十|十一|十二",
}
"""For each language the words of 0, 1, 2 ... 12, with the forms that they take."""

_MORE_ENGLISH = {
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "half": 2, "hundred": 100, "thousand": 1000, "january": 1, "february": 2, "march": 3, "april": 4, "may": 5,
    "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip

_PERCENT_WORDS = (
    "per ?cent(?!age)|percent(?!age)|prozent|pour[ -]cent|por ?cento|por ciento|per cento|persen|asilimia|porsiyento"
    "|phần trăm|процент|درصد|فیصد|শতাংশ|प्रतिशत|फ़ीसदी|फीसदी|パーセント|퍼센트|ร้อยละ|เปอร์เซ็นต์|百分"
    "|بالمئة|بالمائة|في المئة|في المائة"
)
_PERCENT = re.compile(f"[%٪％﹪]|{_PERCENT_WORDS}", re.IGNORECASE)
_NUMBER_PERCENT = re.compile(f"\\d[ \u00a0\u202f]?(?:[%٪％﹪]|{_PERCENT_WORDS})", re.IGNORECASE)
_ROMAN = re.compile(r"\b([IVX]{1,6})(?:e|er|è|ème)?\b")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}

_NEGATION: Mapping[str, str] = {
    "en": r"\b(not|never|no|none|nobody|nothing|nor|neither|without|cannot|avoid\w*|stop)\b|n['’]t\b",
    "es": r"\b(no|nunca|jamás|sin|ni|nadie|nada|tampoco|ningun\w*|ningún|evit\w*|dej\w+ de)\b",
    "fr": r"\b(ne|pas|non|jamais|sans|ni|aucun\w*|rien|évit\w*|seulement)\b|\bn['’]",
    "de": r"\b(nicht\w*|kein\w*|nie|niemals|niemand\w*|ohne|weder|nein|vermeid\w*)\b|\b[uU]n[a-zäöü]{3,}|los\b",
    "pt": r"\b(não|nunca|jamais|sem|nem|ninguém|nada|nenhum\w*|evit\w*)\b",
    "ca": r"\b(no|mai|sense|ni|ningú|res|cap|tampoc|evit\w*)\b",
    "ar": r"(?<!\w)[وفبل]{0,2}(?:لا|لم|لن|ليس\w*|لست\w*|لسنا|غير\w*|دون|عدم|ما|ألا|ألّا|لئلا|بلا|كلا|أبد\w*)(?!\w)"
    r"|تجنّ?ب|ممنوع|امتن|يمنع|يحظر|محظور|بدون",
    "hi": r"नहीं|नही|(?<!\S)(न|ना|मत|बिना|बगैर)(?!\S)|बचें|कभी",
    "ja": r"ない|なく|なし|なかっ|ません|ず|せぬ|無|不|未|非|禁|避け|控え|やめ|な。",
    "th": r"ไม่|อย่า|ห้าม|มิ|ไร้|ปราศจาก|งด|หลีกเลี่ยง|เลี่ยง",
    "zh": r"不|沒|没|勿|無|无|未|非|別|别|莫|免|禁|避|否",
}
"""Signs of a negation; "avoid" counts, because that is how many languages say "do not"."""

_SOURCE_NEGATION = {"en": r"\b(do|does|did|is|are|was|were|can|could|must|should|will|would|have|has|had|may|might)"
                          r" not\b|\b(never|cannot)\b|n['’]t\b"}  # fmt: skip
"""Of the source only plain ones: "no longer" or "without" are often translated by a positive phrase."""

_PLAIN_NEGATION: Mapping[str, str] = {
    "es": r"\b(no|nunca|jamás|tampoco)\b",
    "fr": r"\b(ne|pas|jamais|aucune?)\b|\bn['’]",
    "de": r"\b(nicht|kein\w*|nie|niemals)\b",
    "pt": r"\b(não|nunca|jamais)\b",
    "ca": r"\b(no|mai|tampoc)\b",
    "ar": r"(?<!\w)[فو]?(لا|لم|لن|ليس|ليست|لست|غير)(?!\w)",
    "hi": r"नहीं|(?<!\S)(न|मत)(?!\S)",
    "ja": r"(?<!しれ)ない(?!か)|(?<!しれ)ません|なく|なかっ|ず(?:に|、|。)",
    "th": r"ไม่|อย่า|ห้าม",
    "zh": r"不|沒有|没有|勿|別(?!人)|别(?!人)|沒|没",
}
"""Only what says "no" and little else, for what was put in."""

_NO_GOOD = re.compile(
    r"\b(not|never|no|none|nobody|nothing|nor|neither|without|cannot|avoid\w*|stop\w*|struggl\w*|hard|difficult\w*|alone"
    r"|unless|un\w{3,}|in\w{2,}able|only|unable|lack\w*|fail\w*|rather than|instead)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
"""English that other languages may well say with a negation: "struggling" is "not well" in German."""

_NEGATED = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _NEGATION.items()}
_PLAINLY_NEGATED = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _SOURCE_NEGATION.items()}
_WORD = re.compile(r"[^\W\d_]+")


def number_words(text: str, language: str) -> frozenset[Decimal]:
    """The values of the small numbers that ``text`` spells out, or may be taken to spell out."""
    return frozenset(Decimal(value) for value in _number_words(text, language))


def knows_numbers(language: str) -> bool:
    """Whether the gate knows how the language spells small numbers."""
    return language in _NUMBERS


def has_percentage(text: str) -> bool:
    """Whether a text has a number followed by a percent sign or the word for it."""
    return bool(_NUMBER_PERCENT.search(text))


def mentions_percent(text: str) -> bool:
    """Whether a text has a percent sign or the word for it anywhere."""
    return bool(_PERCENT.search(text))


def plainly_negated(text: str, language: str) -> bool:
    """Whether a source text says "do not", "never" or the like; False for a language without a list."""
    return language in _PLAINLY_NEGATED and bool(_PLAINLY_NEGATED[language].search(text))


def negated(text: str, language: str) -> bool:
    """Whether a text shows any sign of a negation; True for a language without a list."""
    return language not in _NEGATED or bool(_NEGATED[language].search(text))


def knows_negations(language: str) -> bool:
    """Whether the gate knows the signs of a negation in a language."""
    return language in _NEGATED


def negations(text: str, language: str) -> tuple[str, ...]:
    """Every sign of a negation in a text, in small letters; none for a language without a list."""
    pattern = _NEGATED.get(language)
    return tuple(found[0].casefold() for found in pattern.finditer(text)) if pattern else ()


def plainly_negated_target(text: str, language: str) -> bool:
    """Whether a translation says "no" in so many words; False for a language without a list."""
    pattern = _PLAIN_NEGATION.get(language)
    return bool(pattern and re.search(pattern, text, re.IGNORECASE))


def may_be_negated(text: str, language: str) -> bool:
    """Whether a translation of a source text may need a negation; True for a language without a list."""
    return language != "en" or bool(_NO_GOOD.search(text))


def _number_words(text: str, language: str) -> Iterator[int]:
    folded = text.casefold()
    words = set(_WORD.findall(folded))
    for form, value in _forms(language):
        if form in (folded if language in UNSPACED or " " in form else words):
            yield value
    yield from map(_roman, _ROMAN.findall(text))
    if language == "en":
        yield from (value for word, value in _MORE_ENGLISH.items() if word in words)


@cache
def _forms(language: str) -> tuple[tuple[str, int], ...]:
    """Each word for a small number, with its value."""
    values = enumerate(_NUMBERS.get(language, "").split("|"))
    return tuple((form, value) for value, forms in values for form in forms.split(",") if form)


def _roman(numeral: str) -> int:
    """The value of a Roman numeral, as centuries and phases are written in many languages."""
    values = [_ROMAN_DIGITS[char] for char in numeral]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))
