"""What safety text tells its readers to do, as far as fixed phrases give it away, and what turns it around.

Unlike :mod:`.concepts` these are no loose signs: a verb of asking for help stands right beside what forbids it, doubts
it or makes it something else. A language without phrases is one about which these rules say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_REACH = r"(?:call|phone|dial|see|ask|contact|consult|text|message|encourag|talk|visit|speak|get|seek|look)\w*"

_PHRASES: Mapping[str, Mapping[str, str]] = {
    "forbidden": {
        "en": rf"(?:\b(?:not|never|cannot|nobody|no one)\b|n['’]t) (?:\w+ ){{0,3}}?(?:{_REACH}|available)"
        r"|\bno (?:help|support)\b|\bunavailable\b|\bunable to\b",
        "es": r"\bno (?:puede |pueda |debe )?(?:llam|telefone|consult|pregunt|contact|acud|anim|busqu)\w*"
        r"|\bno hay (?:ninguna )?ayuda|ayuda no (?:está|es) ",
        "fr": r"\bn['’](?:appel|encourag)\w+ pas|\bne (?:consult|contact|téléphon|demand)\w+ pas"
        r"|\bne vous adressez pas|\bne (?:pouvez|devez) pas (?:appel|consult|demand)\w*|aucune aide|pas d['’]aide",
        "de": r"\brufen Sie (?:[^.]{0,60} )?nicht\b|\} nicht an\b|\) nicht an\b|\bnicht anrufen\b"
        r"|\b(?:wenden|fragen|suchen|sprechen) Sie (?:sich )?nicht\b|\bermutigen Sie [^.]{0,60}\bnicht\b"
        r"|\bkeine Hilfe\b|\bHilfe (?:gibt es|ist) nicht\b",
        "pt": r"\bnão (?:pode |deve |poderá )?(?:ligu|lig|procur|consult|pergunt|telefon|contat|incentiv)\w*"
        r"|\bnão há (?:nenhuma )?ajuda|ajuda não (?:está|é) ",
        "ca": r"\bno (?:pot |podeu |ha de )?(?:truq|truc|consult|pregunt|contact)\w*|\bno hi ha (?:cap )?ajuda",
        "ar": r"لا (?:تتصل|تراجع|تسأل|تشج|تستشر|يمكنك الاتصال)|المساعدة غير متاح|لا (?:توجد|تتوفر) (?:أي )?مساعدة",
        "hi": r"(?:फ़ोन|फोन|कॉल|संपर्क|प्रोत्साहित)\s+(?:न|नहीं|मत)(?!\S)"
        r"|से (?:न|मत) (?:मिल|पूछ)|(?:मदद|सहायता) (?:उपलब्ध )?नहीं",
        "ja": r"(?:電話|相談|連絡|受診)(?:を|は)?しないで|勧めないで|(?:電話する|尋ねる|相談する)ことはできません"
        r"|(?:支援|助け|相談)(?:は|が)?(?:受けられません|ありません)",
        "th": r"(?:อย่า|ห้าม|ไม่ควร|ไม่สามารถ|ไม่ต้อง)(?:โทร|พบ|ปรึกษา|สอบถาม|ติดต่อ|สนับสนุน)|ไม่มี(?:ใคร)?(?:ความ)?ช่วยเหลือ",
        "zh": r"(?:勿|不要|不可以|不能|不得|別|别)(?:馬上|立即|再)?"
        r"(?:撥打|拨打|去看|詢問|询问|打電話|打电话|鼓勵|鼓励|聯絡|联系)"
        r"|(?:沒有|没有)(?:任何)?(?:協助|幫助|协助|帮助)",
    },
    "doubted": {
        "en": rf"\b(?:may|might|could|can|perhaps|maybe|consider|should)\b(?: \w+){{0,3}}? {_REACH}",
        "es": r"\b(?:quizás?|tal vez|podrías?)\s+(?:podría\s+)?(?:llam|consult|pregunt|contact|acud|anim)\w*",
        "fr": r"\bpourriez (?:peut-être )?(?:vous )?(?:appel|consult|contact|demand|adress|encourag)\w*"
        r"|\bpeut-être (?:appel|consult|contact)\w*",
        "de": r"\b(?:rufen|fragen|wenden|ermutigen) Sie (?:sich )?vielleicht\b"
        r"|\bvielleicht (?:rufen|fragen|wenden|ermutigen)\b"
        r"|\bkönnten Sie [^.]{0,60}\banrufen",
        "pt": r"\b(?:talvez|poderia) (?:você )?(?:possa )?(?:lig|procur|consult|pergunt|contat|incentiv)\w*",
        "ca": r"\b(?:potser|podria|podríeu) (?:podria )?(?:truq|truc|consult|pregunt|contact)\w*",
        "ar": r"ربما (?:يمكنك أن )?(?:تتصل|تراجع|تسأل|تشج|تستشير)",
        "hi": r"शायद (?:फ़ोन|फोन|कॉल|मिल|पूछ|संपर्क|प्रोत्साहित)",
        "ja": r"(?:電話し|相談し|連絡し|受診し|勧め)ても(?:よい|いい|良い)",
        "th": r"อาจ(?:จะ)?(?:โทร|พบ|ปรึกษา|สอบถาม|ติดต่อ|สนับสนุน)",
        "zh": r"(?:也許|或許|也许|或许)(?:可以)?(?:馬上|立即)?"
        r"(?:撥打|拨打|去看|詢問|询问|打電話|打电话|鼓勵|鼓励|聯絡|联系)",
    },
    "written to": {
        "en": r"\b(?:text|sms|messag|e-?mail|writ|send|chat)\w*",
        "es": r"\bsms\b|\b(?:envíe|mande|enviar|mandar) (?:\w+ ){0,2}mensaje",
        "fr": r"\bsms\b|\benvoye[rz] (?:[\w-]+ ){0,4}(?:texto|message)",
        "de": r"\bsms\b|\bnachricht (?:an|senden|schicken)",
        "pt": r"\bsms\b|\b(?:envie|mande|enviar|mandar) (?:\w+ ){0,2}mensage",
        "ca": r"\bsms\b|\b(?:envi\w+) (?:\w+ ){0,2}missatge",
        "ar": r"رسالة نصية|رسائل نصية",
        "hi": r"एसएमएस|संदेश भेज|मैसेज",
        "ja": r"メールを|メッセージを|SMS|ショートメッセージ",
        "th": r"ส่งข้อความ|SMS",
        "zh": r"簡訊|短信|訊息給|SMS",
    },
}
"""What is said -> language -> how; the first language is the source's, where it is kept wide."""

_FORBIDS = {
    "en": r"\b(?:do not|don['’]t|never|must not|mustn['’]t) (?!have\b|need\b|hesitate\b|worry\b|be afraid\b)\w+"
}
"""Plain prohibitions; "you do not have to" is none, and "do not hesitate" may well become "please do"."""


def says(what: str, text: str, language: str) -> bool | None:
    """Whether a text has one of the phrases; None where nothing is known of the language."""
    pattern = _pattern(what, language)
    return bool(pattern.search(text)) if pattern else None


def turned(what: str, source: str, target: str, source_language: str, language: str) -> bool:
    """Whether the target says it and the source shows no sign of it."""
    return says(what, target, language) is True and says(what, source, source_language) is False


def forbids(text: str, language: str) -> bool:
    """Whether a source text plainly tells its readers not to do something; False for a language without phrases."""
    return language in _FORBIDS and bool(re.search(_FORBIDS[language], text, re.IGNORECASE))


@cache
def _pattern(what: str, language: str) -> re.Pattern[str] | None:
    phrases = _PHRASES[what].get(language)
    return re.compile(phrases, re.IGNORECASE) if phrases else None
