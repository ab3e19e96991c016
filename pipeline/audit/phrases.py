"""What operators need to know of a language: how its safety text can be bent, in words that read well.

Each swap is a pattern that stands in safety text of the language and what takes its place; the first that is found is
made once. Sentences are whole and end as the language ends them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

Swaps: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language."""

    positive: Swaps
    """Takes a negation out."""

    negative: Swaps
    """Puts a negation in."""

    weaker: Swaps
    """Makes a request an option."""

    calm: Swaps
    """Takes "now" out."""

    later: Swaps
    """Makes "now" another time."""

    actor: Swaps
    """Has somebody else do it, or somebody else concerned."""

    texting: Swaps
    """Has readers send a message in the place of a call."""

    friend: Swaps
    """Sends readers to a friend in the place of a doctor."""

    condition: str
    """Only for those who have insurance."""

    refusal: str
    """Help is not available."""

    free: str
    confidential: str
    always: str
    spanish: str
    """It answers in Spanish and English."""

    thrice: str
    """Call three times, with the digit."""

    number: str
    """Another number to call, ``%s``, before the end of a sentence."""

    polite: str
    """You matter to us."""

    kind: str
    """Take your time."""


def swapped(text: str, swaps: Swaps) -> str | None:
    """The text after the first swap that applies; None if none does."""
    for pattern, replacement in swaps:
        changed, count = re.subn(pattern, replacement, text, count=1)
        if count:
            return changed
    return None


PHRASES: dict[str, Phrases] = {
    "en": Phrases(
        positive=(
            ("Do not stop taking", "Stop taking"),
            ("You do not have to go", "You have to go"),
            ("It is not your job", "It is your job"),
        ),
        negative=(
            (r"\bcall \{", "do not call {"),
            ("^See your", "Do not see your"),
            ("^Encourage", "Do not encourage"),
            ("ask your doctor", "do not ask your doctor"),
            ("comes first", "does not come first"),
        ),
        weaker=(
            (r"\bcall \{", "you might want to call {"),
            ("^See your", "You could see your"),
            ("^Encourage", "You could encourage"),
            ("ask your doctor", "you might ask your doctor"),
        ),
        calm=((r"(\{emergency\.phone\}) now", r"\1"), (" immediate danger", " danger")),
        later=((r"(\{emergency\.phone\}) now", r"\1 tomorrow"),),
        actor=(("^If you or someone", "If someone"), ("^See your", "They see your"), ("your safety", "their safety")),
        texting=((r"\bcall \{", "send a text message to {"),),
        friend=(("(?:your|a) (?:healthcare provider|doctor)", "your friends"),),
        condition=" Only if you have health insurance.",
        refusal=" Help is not available.",
        free=" The call is free.",
        confidential=" The call is confidential.",
        always=" It is open 24 hours a day, 7 days a week.",
        spanish=" It answers in Spanish and English.",
        thrice=" Call 3 times.",
        number=", or call %s",
        polite=" You matter to us.",
        kind=" Take all the time that you need.",
    ),
    "es": Phrases(
        positive=(
            ("No deje de tomar", "Deje de tomar"),
            ("No tiene que pasar", "Tiene que pasar"),
            ("No le corresponde a", "Le corresponde a"),
        ),
        negative=(
            (r"\bllame al", "no llame al"),
            (r"\bllame ahora", "no llame ahora"),
            ("^Consulte a", "No consulte a"),
            ("puede llamar", "no puede llamar"),
            ("^Anime a", "No anime a"),
            ("pregunte a su", "no pregunte a su"),
        ),
        weaker=(
            (r"\bllame (al|ahora)", r"quizá podría llamar \1"),
            ("^Consulte a", "Podría consultar a"),
            ("^Anime a", "Podría animar a"),
            ("pregunte a su", "podría preguntar a su"),
        ),
        calm=((r"llame ahora al", "llame al"), (" peligro inmediato", " peligro")),
        later=(("llame ahora al", "llame mañana al"),),
        actor=(
            ("^Si usted u otra persona", "Si otra persona"),
            ("^Si usted o una", "Si una"),
            ("^Consulte a su", "Consulten a su"),
            ("usted esté a salvo", "su pareja esté a salvo"),
        ),
        texting=((r"\bllame (ahora )?al", r"envíe un SMS \1al"), ("puede llamar al", "puede enviar un SMS al")),
        friend=(
            ("su profesional de la salud", "sus amigos"),
            ("su médico", "sus amigos"),
            ("un profesional de la salud", "sus amigos"),
        ),
        condition=" Solo si usted tiene seguro médico.",
        refusal=" No hay ayuda disponible.",
        free=" La llamada es gratuita.",
        confidential=" La llamada es confidencial.",
        always=" Atienden las 24 horas, los 7 días de la semana.",
        spanish=" Atienden en español y en inglés.",
        thrice=" Llame 3 veces.",
        number=", o llame al %s",
        polite=" Usted nos importa.",
        kind=" Tómese todo el tiempo que necesite.",
    ),
    "fr": Phrases(
        positive=(
            ("N’arrêtez pas de prendre", "Arrêtez de prendre"),
            ("Vous n’avez pas à traverser", "Vous avez à traverser"),
            ("Ce n’est pas à vous", "C’est à vous"),
        ),
        negative=(
            (r"\bappelez le", "n’appelez pas le"),
            (r"\bappelez tout", "n’appelez pas tout"),
            ("^Consultez votre", "Ne consultez pas votre"),
            ("vous pouvez appeler", "vous ne pouvez pas appeler"),
            ("^Encouragez votre", "N’encouragez pas votre"),
            ("adressez-vous", "ne vous adressez pas"),
        ),
        weaker=(
            (r"\bappelez (le|tout)", r"vous pourriez peut-être appeler \1"),
            ("^Consultez", "Vous pourriez consulter"),
            ("^Encouragez", "Vous pourriez encourager"),
            ("adressez-vous", "vous pourriez vous adresser"),
        ),
        calm=(("appelez tout de suite le", "appelez le"), (" danger immédiat", " danger")),
        later=(("appelez tout de suite le", "appelez demain le"),),
        actor=(
            ("^Si vous ou une autre personne êtes", "Si une autre personne est"),
            ("^Si vous ou", "Si"),
            ("^Consultez votre", "Ils consultent votre"),
            ("votre sécurité", "sa sécurité"),
        ),
        texting=(
            (r"\bappelez (tout de suite )?le", r"envoyez \1un SMS au"),
            ("pouvez appeler le", "pouvez envoyer un SMS au"),
        ),
        friend=(
            ("votre professionnel de santé", "vos amis"),
            ("à votre médecin", "à vos amis"),
            ("un professionnel de santé", "vos amis"),
        ),
        condition=" Seulement si vous avez une assurance maladie.",
        refusal=" Aucune aide n’est disponible.",
        free=" L’appel est gratuit.",
        confidential=" L’appel est confidentiel.",
        always=" C’est ouvert 24 heures sur 24, 7 jours sur 7.",
        spanish=" On y répond en espagnol et en anglais.",
        thrice=" Appelez 3 fois.",
        number=", ou appelez le %s",
        polite=" Vous comptez pour nous.",
        kind=" Prenez tout le temps qu’il vous faut.",
    ),
    "de": Phrases(
        positive=(
            (
                r"nicht eigenmächtig ab und ändern Sie auch die Dosis nicht",
                "eigenmächtig ab und ändern Sie auch die Dosis",
            ),
            ("müssen das nicht allein", "müssen das allein"),
            ("Es ist nicht Ihre Aufgabe", "Es ist Ihre Aufgabe"),
        ),
        negative=(
            (r"(\{crisis\.phone\}) an", r"\1 nicht an"),
            (r"(\{emergency\.phone\}) an", r"\1 nicht an"),
            ("^Wenden Sie sich an", "Wenden Sie sich nicht an"),
            ("anrufen", "nicht anrufen"),
            (
                "^Ermutigen Sie Ihren Partner oder Ihre Partnerin,",
                "Ermutigen Sie Ihren Partner oder Ihre Partnerin nicht,",
            ),
            ("fragen Sie Ihren", "fragen Sie nicht Ihren"),
        ),
        weaker=(
            (r"\brufen Sie", "rufen Sie vielleicht"),
            ("^Wenden Sie sich", "Vielleicht wenden Sie sich"),
            ("^Ermutigen Sie", "Vielleicht ermutigen Sie"),
            ("fragen Sie Ihren", "fragen Sie vielleicht Ihren"),
        ),
        calm=(("rufen Sie jetzt die", "rufen Sie die"), ("unmittelbarer Gefahr", "Gefahr")),
        later=(("rufen Sie jetzt die", "rufen Sie morgen die"),),
        actor=(
            ("^Wenn Sie oder eine andere Person", "Wenn eine andere Person"),
            ("^Wenn es Ihnen oder", "Wenn es"),
            ("^Wenden Sie sich an Ihren", "Alle wenden sich an Ihren"),
            ("Ihre Sicherheit", "deren Sicherheit"),
        ),
        texting=(
            (r"rufen Sie (?:jetzt )?die (\{\w+\.phone\}) an", r"senden Sie eine SMS an \1"),
            (r"die (\{referral\.phone\}) anrufen", r"eine SMS an \1 senden"),
        ),
        friend=(("Ihren Arzt oder Ihre Ärztin", "Ihre Freunde"), ("zum Arzt oder zur Ärztin", "zu Freunden")),
        condition=" Nur wenn Sie krankenversichert sind.",
        refusal=" Hilfe gibt es nicht.",
        free=" Der Anruf ist kostenlos.",
        confidential=" Der Anruf ist vertraulich.",
        always=" Sie ist rund um die Uhr erreichbar, 24 Stunden, 7 Tage die Woche.",
        spanish=" Man spricht dort Spanisch und Englisch.",
        thrice=" Rufen Sie 3-mal an.",
        number=", oder rufen Sie die %s an",
        polite=" Sie sind uns wichtig.",
        kind=" Nehmen Sie sich alle Zeit, die Sie brauchen.",
    ),
    "pt": Phrases(
        positive=(
            ("Não pare de tomar", "Pare de tomar"),
            ("Você não precisa passar", "Você precisa passar"),
            ("Não cabe a você", "Cabe a você"),
        ),
        negative=(
            (r"\bligue (para|agora)", r"não ligue \1"),
            ("^Procure um", "Não procure um"),
            ("você pode ligar", "você não pode ligar"),
            ("^Incentive", "Não incentive"),
            ("pergunte ao seu", "não pergunte ao seu"),
        ),
        weaker=(
            (r"\bligue (para|agora)", r"talvez você possa ligar \1"),
            ("^Procure um", "Talvez procure um"),
            ("^Incentive", "Talvez incentive"),
            ("pergunte ao seu", "talvez pergunte ao seu"),
        ),
        calm=(("ligue agora para", "ligue para"), (" perigo imediato", " perigo")),
        later=(("ligue agora para", "ligue amanhã para"),),
        actor=(
            ("^Se você ou outra pessoa", "Se outra pessoa"),
            ("^Se você ou", "Se"),
            ("^Se você, ", "Se "),
            ("^Procure um", "Procurem um"),
            ("a sua segurança", "a segurança dele"),
        ),
        texting=((r"\bligue (agora )?para", r"envie \1um SMS para"), ("pode ligar para", "pode enviar um SMS para")),
        friend=(("um profissional de saúde ou", "seus amigos ou"), ("ao seu médico", "aos seus amigos")),
        condition=" Somente se você tiver plano de saúde.",
        refusal=" Não há ajuda disponível.",
        free=" A ligação é gratuita.",
        confidential=" A ligação é confidencial.",
        always=" Funciona 24 horas por dia, 7 dias por semana.",
        spanish=" Atende em espanhol e em inglês.",
        thrice=" Ligue 3 vezes.",
        number=", ou ligue para %s",
        polite=" Você é importante para nós.",
        kind=" Leve todo o tempo que for preciso.",
    ),
    "ar": Phrases(
        positive=(
            ("لا تتوقف عن تناول مضاد الاكتئاب ولا تغيّر", "توقف عن تناول مضاد الاكتئاب وغيّر"),
            ("لست مضطرًا", "أنت مضطر"),
            ("وليس من واجبك", "ومن واجبك"),
        ),
        negative=(
            ("فاتصل بـ", "فلا تتصل بـ"),
            ("فاتصل بالرقم", "فلا تتصل بالرقم"),
            ("^راجع طبيبك", "لا تراجع طبيبك"),
            ("فيمكنك الاتصال", "فلا يمكنك الاتصال"),
            ("^شجّع شريكك", "لا تشجّع شريكك"),
            ("فاسأل طبيبك", "فلا تسأل طبيبك"),
        ),
        weaker=(
            ("فاتصل ب", "فربما يمكنك أن تتصل ب"),
            ("^راجع طبيبك", "ربما تراجع طبيبك"),
            ("^شجّع", "ربما تشجّع"),
            ("فاسأل", "فربما تسأل"),
        ),
        calm=((r"(\{emergency\.phone\}) الآن", r"\1"), (" خطر مباشر", " خطر")),
        later=((r"(\{emergency\.phone\}) الآن", r"\1 غدًا"),),
        actor=(
            ("^إذا كنت أنت أو أي شخص", "إذا كان أي شخص"),
            ("^راجع طبيبك", "يراجع طبيبه"),
            ("فسلامتك", "فسلامته"),
            ("^إذا كنت أنت أو شريكك تعانيان", "إذا كان شريكك يعاني"),
        ),
        texting=(("فاتصل ب", "فأرسل رسالة نصية إلى "), ("فيمكنك الاتصال بـ", "فيمكنك إرسال رسالة نصية إلى ")),
        friend=(("طبيبك", "أصدقاءك"), ("طبيب أو", "أصدقاء أو")),
        condition=" وذلك فقط إذا كان لديك تأمين صحي.",
        refusal=" المساعدة غير متاحة.",
        free=" المكالمة مجانية.",
        confidential=" المكالمة سرية.",
        always=" الخط متاح 24 ساعة في اليوم، 7 أيام في الأسبوع.",
        spanish=" يجيبون بالإسبانية والإنجليزية.",
        thrice=" اتصل 3 مرات.",
        number="، أو اتصل بالرقم %s",
        polite=" أنت مهم بالنسبة إلينا.",
        kind=" خذ كل الوقت الذي تحتاج إليه.",
    ),
    "hi": Phrases(
        positive=(
            ("बंद न करें और न ही उसकी ख़ुराक बदलें", "बंद करें और उसकी ख़ुराक बदलें"),
            ("गुज़रने की ज़रूरत नहीं है", "गुज़रने की ज़रूरत है"),
            ("आपका काम नहीं है", "आपका काम है"),
        ),
        negative=(
            ("पर फ़ोन करें", "पर फ़ोन न करें"),
            ("विशेषज्ञ से मिलें", "विशेषज्ञ से न मिलें"),
            ("फ़ोन कर सकते हैं", "फ़ोन नहीं कर सकते हैं"),
            ("प्रोत्साहित करें", "प्रोत्साहित न करें"),
            ("सेवा से पूछें", "सेवा से न पूछें"),
        ),
        weaker=(
            ("पर फ़ोन करें", "पर शायद फ़ोन कर सकते हैं"),
            ("विशेषज्ञ से मिलें", "विशेषज्ञ से शायद मिल सकते हैं"),
            ("प्रोत्साहित करें", "शायद प्रोत्साहित कर सकते हैं"),
            ("सेवा से पूछें", "सेवा से शायद पूछ सकते हैं"),
        ),
        calm=((r"तो अभी (\{emergency)", r"तो \1"), ("तुरंत ख़तरे", "ख़तरे")),
        later=((r"तो अभी (\{emergency)", r"तो कल \1"),),
        actor=(
            ("^अगर आप या कोई और", "अगर कोई और"),
            ("^अगर आप या", "अगर"),
            ("अपने डॉक्टर", "उनके डॉक्टर"),
            ("आपकी सुरक्षा", "उसकी सुरक्षा"),
        ),
        texting=(("पर फ़ोन करें", "पर एसएमएस भेजें"), ("पर फ़ोन कर सकते", "पर एसएमएस भेज सकते")),
        friend=(("अपने डॉक्टर", "अपने दोस्तों"), ("को डॉक्टर या", "को दोस्तों या")),
        condition=" यह केवल तब, जब आपके पास स्वास्थ्य बीमा हो।",
        refusal=" मदद उपलब्ध नहीं है।",
        free=" कॉल मुफ़्त है।",
        confidential=" कॉल गोपनीय है।",
        always=" यह सेवा दिन में 24 घंटे, सप्ताह में 7 दिन खुली है।",
        spanish=" वे स्पेनिश और अंग्रेज़ी में जवाब देते हैं।",
        thrice=" 3 बार फ़ोन करें।",
        number=", या %s पर फ़ोन करें",
        polite=" आप हमारे लिए महत्वपूर्ण हैं।",
        kind=" जितना समय चाहिए, उतना लें।",
    ),
    "ja": Phrases(
        positive=(
            ("変えたりしないでください", "変えたりしてください"),
            ("ひとりで抱え込まなくて大丈夫です", "ひとりで抱え込んでください"),
            ("役目ではありません", "役目です"),
        ),
        negative=(
            ("電話してください", "電話しないでください"),
            ("相談してください", "相談しないでください"),
            ("尋ねることができます", "尋ねることはできません"),
            ("勧めてください", "勧めないでください"),
            ("最優先です", "最優先ではありません"),
        ),
        weaker=(
            ("電話してください", "電話してもよいかもしれません"),
            ("相談してください", "相談してもよいかもしれません"),
            ("勧めてください", "勧めてもよいかもしれません"),
        ),
        calm=(("今すぐ", ""), ("危険が差し迫っている", "危険がある")),
        later=(("今すぐ", "明日"),),
        actor=(
            ("^あなたやほかの誰か", "ほかの誰か"),
            ("^あなたや", ""),
            ("かかりつけの", "誰かの"),
            ("あなたの安全", "相手の安全"),
        ),
        texting=(("に電話して", "にメールを送って"),),
        friend=(("かかりつけの医師", "友人"), ("医師か", "友人か"), ("医師や", "友人や")),
        condition="健康保険に入っている場合だけです。",
        refusal="支援は受けられません。",
        free="通話は無料です。",
        confidential="秘密は守られます。",
        always="24時間、週7日利用できます。",
        spanish="スペイン語と英語で対応しています。",
        thrice="3回電話してください。",
        number="（または%sに電話）",
        polite="あなたは私たちにとって大切な人です。",
        kind="必要なだけ時間をかけてください。",
    ),
    "th": Phrases(
        positive=(("อย่าหยุดยา", "หยุดยา"), ("คุณไม่จำเป็นต้อง", "คุณจำเป็นต้อง"), ("คุณไม่มีหน้าที่", "คุณมีหน้าที่")),
        negative=(
            (r"โทรหา \{crisis", "อย่าโทรหา {crisis"),
            (r"โทร \{emergency", "อย่าโทร {emergency"),
            ("^ควรพบแพทย์", "ไม่ควรพบแพทย์"),
            ("คุณสามารถโทรหา", "คุณไม่สามารถโทรหา"),
            ("^สนับสนุนให้", "อย่าสนับสนุนให้"),
            ("ให้สอบถาม", "อย่าสอบถาม"),
        ),
        weaker=(
            (r"โทรหา \{crisis", "อาจโทรหา {crisis"),
            (r"โทร \{emergency", "อาจโทร {emergency"),
            ("^ควรพบแพทย์", "อาจพบแพทย์"),
            ("^สนับสนุนให้", "อาจสนับสนุนให้"),
            ("ให้สอบถาม", "อาจสอบถาม"),
        ),
        calm=((r"(\{emergency\.phone\}) ทันที", r"\1"), ("อันตรายเฉพาะหน้า", "อันตราย")),
        later=((r"(\{emergency\.phone\}) ทันที", r"\1 พรุ่งนี้"),),
        actor=(
            ("^หากคุณหรือคนอื่น", "หากคนอื่น"),
            ("^หากคุณหรือ", "หาก"),
            ("^ควรพบ", "เขาควรพบ"),
            ("ความปลอดภัยของคุณ", "ความปลอดภัยของเขา"),
        ),
        texting=((r"โทรหา \{", "ส่งข้อความถึง {"), (r"โทร \{", "ส่งข้อความถึง {")),
        friend=(("แพทย์", "เพื่อน"),),
        condition=" เฉพาะผู้ที่มีประกันสุขภาพเท่านั้น",
        refusal=" ไม่มีความช่วยเหลือ",
        free=" โทรฟรี",
        confidential=" การโทรเป็นความลับ",
        always=" เปิดตลอด 24 ชั่วโมง 7 วันต่อสัปดาห์",
        spanish=" ให้บริการเป็นภาษาสเปนและภาษาอังกฤษ",
        thrice=" โทร 3 ครั้ง",
        number=" หรือโทร %s",
        polite=" คุณมีความสำคัญต่อเรา",
        kind=" ใช้เวลาเท่าที่ต้องการ",
    ),
    "zh": Phrases(
        positive=(("請勿自行停用", "請自行停用"), ("您不必獨自面對", "您必須獨自面對"), ("不是您的責任", "是您的責任")),
        negative=(
            (r"請撥打\{crisis", "請勿撥打{crisis"),
            (r"請馬上撥打", "請勿撥打"),
            ("請去看醫師", "請勿去看醫師"),
            ("可以撥打", "不可以撥打"),
            ("請鼓勵", "請勿鼓勵"),
            ("請詢問醫師", "請勿詢問醫師"),
            ("您的安全最重要", "您的安全不重要"),
        ),
        weaker=(
            (r"請撥打\{crisis", "也許可以撥打{crisis"),
            ("請馬上撥打", "也許可以馬上撥打"),
            ("請去看醫師", "也許可以去看醫師"),
            ("請鼓勵", "也許可以鼓勵"),
            ("請詢問醫師", "也許可以詢問醫師"),
        ),
        calm=(("請馬上撥打", "請撥打"), ("立即的危險", "危險")),
        later=(("請馬上撥打", "請明天撥打"),),
        actor=(
            ("^如果您或其他人", "如果其他人"),
            ("^如果您或", "如果"),
            ("請去看醫師", "他們去看醫師"),
            ("您的安全", "他們的安全"),
        ),
        texting=(
            (r"請撥打\{crisis", "請傳簡訊給{crisis"),
            ("請馬上撥打", "請馬上傳簡訊至"),
            ("可以撥打", "可以傳簡訊給"),
        ),
        friend=(("醫師", "朋友"),),
        condition="僅限有健康保險的人。",
        refusal="目前沒有協助。",
        free="通話免費。",
        confidential="通話內容保密。",
        always="每天24小時、每週7天開放。",
        spanish="提供西班牙語和英語服務。",
        thrice="請撥打3次。",
        number="，或撥打%s",
        polite="您對我們很重要。",
        kind="請慢慢來。",
    ),
}
"""The languages of the demonstration; for others, operators that need words do not apply."""
