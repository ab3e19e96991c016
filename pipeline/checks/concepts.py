"""What safety text says, concept by concept, as far as words give it away: help, if, now, free, by message.

Like :mod:`.cues`, this is no grammar. A rule built on it asks the reviewer to look, and never claims to understand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

_WORDS: Mapping[str, Mapping[str, str]] = {
    "now": {
        "en": r"\b(?:now|immediate(?:ly)?|at once|right away|urgent\w*)\b",
        "es": r"\b(?:ahora|inmediat\w+|enseguida|ya|urgent\w+)\b",
        "fr": r"tout de suite|immédiat\w*|maintenant|sans attendre|\burgen\w+",
        "de": r"\b(?:jetzt|sofort\w*|unmittelbar\w*|umgehend|gleich|dringend\w*)\b",
        "pt": r"\b(?:agora|imediat\w+|já|logo|urgent\w+)\b",
        "ca": r"\b(?:ara|immediat\w+|de seguida|ja|urgent\w*)\b",
        "ar": r"الآن|فور|مباشر|حال|عاجل",
        "hi": r"अभी|तुरंत|फ़ौरन|तत्काल",
        "ja": r"今すぐ|今|すぐ|直ち|至急|差し迫",
        "th": r"ทันที|เดี๋ยวนี้|ตอนนี้|เฉพาะหน้า|ด่วน",
        "zh": r"馬上|马上|立即|立刻|現在|现在|緊急|盡快",
    },
    "if": {
        "en": r"\b(?:if|when|whenever|unless)\b",
        "es": r"\b(?:si|cuando|en caso)\b",
        "fr": r"\bsi\b|\bs[’']il|quand|lorsqu|en cas",
        "de": r"\b(?:wenn|falls|sobald|bei|sofern)\b",
        "pt": r"\b(?:se|quando|caso)\b",
        "ca": r"\b(?:si|quan|en cas)\b",
        "ar": r"إذا|إن |عند|لو",
        "hi": r"अगर|यदि|जब|तो",
        "ja": r"場合|とき|時|なら|たら|れば|際",
        "th": r"หาก|ถ้า|เมื่อ|กรณี",
        "zh": r"如果|若|當|当|時|时|一旦|的話",
    },
    "doctor": {
        "en": r"\b(?:doctors?|physicians?|healthcare providers?|health care providers?)\b",
        "es": r"médic|doctor|enfermer|sanitari|profesional(?:es)? de (?:la )?salud(?! mental)|proveedor",
        "fr": r"médecin|docteur|généraliste|soignant|professionnel(?:le)?s? de santé|personnels? de santé"
        r"|prestataires? de (?:soins|santé)",
        "de": r"ärzt|arzt|\bpraxis\b|medizin\w* fach|gesundheitsdienst",
        "pt": r"médic|doutor|enfermeir|profissiona(?:l|is) (?:de|da) saúde(?! mental)|prestador",
        "ca": r"metge|doctor|sanitari|professionals? de (?:la )?salut(?! mental)",
        "ar": r"طبيب|أطباء|دكتور|مقدم",
        "hi": r"डॉक्टर|चिकित्सक|प्रदाता|स्वास्थ्य ?(?:कर्मी|सेवा|देखभाल)",
        "ja": r"医|ドクター",
        "th": r"แพทย์|หมอ",
        "zh": r"醫|医",
    },
    "danger": {
        "en": r"\b(?:suicid\w*|danger|hurt(?:s|ing)? (?:yourself|you))\b",
        "es": r"suicid|peligr|daño|riesgo|emergencia|lastim|herir|hiere",
        "fr": r"suicid|danger|\bmal\b|risque|urgence|bless|péril",
        "de": r"suizid|selbst(?:mord|tötung)|gefahr|gefähr|verletz|risik|\bnot\b|notfall|notlage",
        "pt": r"suic|perigo|machuc|fer(?:ir|e)|risco|emergência|mal\b|lesion",
        "ca": r"suïcid|perill|\bmal\b|risc|emergència|ferir",
        "ar": r"انتحار|خطر|مخاطر|إيذاء|يؤذي|أذى|ضرر|طوارئ|طارئ",
        "hi": r"आत्महत्या|ख़ुदकुशी|खुदकुशी|ख़तर|खतर|चोट|जोखिम|नुक़सान|नुकसान|आपात",
        "ja": r"自殺|自死|死にたい|危険|危ない|危機|傷つけ|緊急|危害",
        "th": r"ฆ่าตัวตาย|อันตราย|ทำร้าย|เสี่ยง|ฉุกเฉิน|วิกฤต",
        "zh": r"自殺|自杀|輕生|轻生|危險|危险|危急|傷害|伤害|自傷|自伤|風險|风险|緊急|紧急",
    },
    "free": {
        "en": r"(?<!feel )\b(?:free|no cost|toll-free)\b",
        "es": r"gratis|gratuit|sin costo",
        "fr": r"gratuit|sans frais",
        "de": r"kostenlos|kostenfrei|gratis|gebührenfrei",
        "pt": r"grátis|gratuit|sem custo",
        "ca": r"gratuït|gratis",
        "ar": r"مجان|دون مقابل",
        "hi": r"मुफ़्त|मुफ्त|निःशुल्क|नि:शुल्क",
        "ja": r"無料|フリーダイヤル",
        "th": r"ฟรี|ไม่เสียค่า|ไม่มีค่าใช้จ่าย",
        "zh": r"免費|免费",
    },
    "confidential": {
        "en": r"\b(?:confidential\w*|anonymous\w*|private)\b",
        "es": r"confidencial|anónim|privad",
        "fr": r"confidentiel|anonym|secret",
        "de": r"vertraulich|anonym",
        "pt": r"confidencia|sigilo|anônim",
        "ca": r"confidencial|anònim",
        "ar": r"سري|بسرية|كتمان",
        "hi": r"गोपनीय|गुमनाम",
        "ja": r"秘密|匿名|守秘",
        "th": r"ความลับ|ไม่เปิดเผย",
        "zh": r"保密|匿名",
    },
    "always open": {
        "en": r"\b24\b|around the clock|day and night|day or night|always",
        "es": r"\b24\b|día y noche",
        "fr": r"\b24\b|jour et nuit",
        "de": r"\b24\b|rund um die uhr|tag und nacht",
        "pt": r"\b24\b|dia e noite",
        "ca": r"\b24\b|dia i nit",
        "ar": r"24|٢٤|ليل",
        "hi": r"24|२४|दिन-रात|चौबीस",
        "ja": r"24|２４|昼夜",
        "th": r"24|๒๔|ตลอดเวลา",
        "zh": r"24|二十四|全天候|日夜",
    },
    "insurance": {
        "en": r"\b(?:insur\w+|citizens?\w*|only if|provided that)\b",
        "es": r"segur[oa]s? (?:médic|de salud)|ciudadan|solo si|sólo si",
        "fr": r"assur(?:é|ance)|citoyen|seulement si|uniquement si",
        "de": r"versicher|[Ss]taatsbürger|nur wenn",
        "pt": r"plano de saúde|seguro saúde|cidadã|somente se|só se",
        "ca": r"assegurança|ciutadan|només si",
        "ar": r"تأمين|مواطن",
        "hi": r"बीमा(?!र)|नागरिक",
        "ja": r"保険|国民",
        "th": r"ประกัน|สัญชาติ|เฉพาะผู้",
        "zh": r"保險|保险|公民|僅限|仅限",
    },
    "by message": {
        "en": r"\b(?:text|sms|message|e-?mail)\b",
        "es": r"\bsms\b|mensaje|correo",
        "fr": r"\bsms\b|texto|message|courriel",
        "de": r"\bsms\b|nachricht|e-mail",
        "pt": r"\bsms\b|mensagem|e-mail",
        "ca": r"\bsms\b|missatge|correu",
        "ar": r"رسالة|رسائل|بريد",
        "hi": r"एसएमएस|संदेश|मैसेज|ईमेल",
        "ja": r"メール|メッセージ|SMS",
        "th": r"ข้อความ|อีเมล|SMS",
        "zh": r"簡訊|短信|訊息|郵件|SMS",
    },
    "maybe": {
        "en": r"\b(?:may|might|could|can|maybe|perhaps|possibly)\b",
        "es": r"quizá|tal vez|podría|puede|podrá|acaso",
        "fr": r"peut-être|pourr|peut|pouv|peuvent",
        "de": r"vielleicht|könnt|können|kann|eventuell",
        "pt": r"talvez|poderia|pode|quem sabe",
        "ca": r"potser|podri|pot\b|poden",
        "ar": r"ربما|(?<!\w)قد(?!\w)|يمكن|لعل|احتمل|محتمل",
        "hi": r"शायद|सकत|संभव",
        "ja": r"かもしれ|てもよい|てもいい|でき|可能|もらえ",
        "th": r"อาจ|สามารถ|บางที|ได้",
        "zh": r"也許|或許|可能|可以|能",
    },
    "you or": {
        "en": r"\byou,? or (?:someone|somebody|anyone|another|your|a|the) |\byou,? or (?:they|he|she)\b",
        "es": r"\b(?:usted(?:es)?|tú|vosotros),? [ou]\b|\b[ou] (?:a )?(?:usted|tú)\b|\busted,",
        "fr": r"\b(?:vous|toi)(?:[- ]même)?,? ou\b|\bou (?:à )?(?:vous|toi)\b|\bvous,",
        "de": r"\b(?:Sie|Ihnen|du|dir|dich)(?: selbst)?,? (?:oder\b|Ihr\w* )|\boder (?:Sie|Ihnen|du|dir|dich)\b"
        r"|\bIhnen,",
        "pt": r"\bvocês?,? ou\b|\bou (?:de )?você\b|\bvocê,",
        "ca": r"\b(?:vostè|vós|tu|vosaltres),? o\b|\bo (?:a )?(?:vostè|tu)\b",
        "ar": r"أنت أو|أو أنت|لديك أو|كنت [^،.]{1,60} أو كان",
        "hi": r"(?:आप|आपका|आपके|आपको|आपकी) (?:या|अथवा)|या आप",
        "ja": r"あなた(?:や|か|、|または|もしくは|自身)|あなたまたは",
        "th": r"คุณ(?:หรือ|และ)|หรือคุณ",
        "zh": r"[您你](?:或|、|和)|或[您你]",
    },
    "they": {
        "en": r"\b(?:they|them|their|he|she|him|his|her|others?|someone|somebody|anyone|people)\b",
        "es": r"\bell[oa]s\b|\bconsulten\b|\bllamen\b",
        "fr": r"\b(?:ils|elles|leurs?|sa sécurité)\b",
        "de": r"\b(?:deren|dessen|jeder|alle)\b",
        "pt": r"\b(?:eles|elas|del[ea]s?|procurem|liguem)\b",
        "ca": r"\b(?:ells|elles|llur)\b",
        "ar": r"سلامته|سلامتهم|طبيبه|طبيبهم",
        "hi": r"(?<!\S)(?:उनके|उनकी|उनका|वे)(?!\S)",
        "ja": r"誰かの|相手の|彼ら",
        "th": r"เขา",
        "zh": r"他們|他们|她們|她们",
    },
    "later": {
        "en": r"\b(?:tomorrow|later|next week|afterwards?)\b",
        "es": r"\bmañana\b|más tarde|luego|después",
        "fr": r"\bdemain\b|plus tard",
        "de": r"\bmorgen\b|später",
        "pt": r"amanhã|mais tarde|depois",
        "ca": r"\bdemà\b|més tard",
        "ar": r"غدًا|غدا|لاحق",
        "hi": r"(?<!\S)कल(?!\S)|बाद में",
        "ja": r"明日|後で|のちほど",
        "th": r"พรุ่งนี้|ภายหลัง",
        "zh": r"明天|之後|稍後",
    },
}
"""Concept -> language -> how it is said."""

KEPT = ("now", "if", "doctor", "danger", "you or")
"""What must not be lost: without it the text is about something else."""

NOT_ADDED = ("free", "confidential", "always open", "insurance", "by message", "maybe", "later", "they")
"""What must not be added: facts that nobody checked, and doubts."""


def lost(source: str, target: str, source_language: str, language: str) -> Iterator[str]:
    """The concepts that the source has and the target shows no sign of."""
    for concept in KEPT:
        if says(concept, source, source_language) and says(concept, target, language) is False:
            yield concept


def added(source: str, target: str, source_language: str, language: str) -> Iterator[str]:
    """The concepts that the target has and the source shows no sign of."""
    for concept in NOT_ADDED:
        if says(concept, target, language) and says(concept, source, source_language) is False:
            yield concept


def calmer(source: str, target: str, source_language: str, language: str) -> bool:
    """Whether the target says "now" less often than the source does, and more often than never."""
    before, after = _pattern("now", source_language), _pattern("now", language)
    return bool(before and after and 0 < len(after.findall(target)) < len(before.findall(source)))


def says(concept: str, text: str, language: str) -> bool | None:
    """Whether a text shows a concept; None where nothing is known of the language."""
    pattern = _pattern(concept, language)
    return bool(pattern.search(text)) if pattern else None


@cache
def _pattern(concept: str, language: str) -> re.Pattern[str] | None:
    words = _WORDS[concept].get(language)
    return re.compile(words, re.IGNORECASE) if words else None
