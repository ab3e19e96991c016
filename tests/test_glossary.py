"""Glossary files, and where a text departs from them."""

from __future__ import annotations

import pytest

from pipeline import glossary
from pipeline.errors import GlossaryError
from pipeline.locales import locale
from pipeline.model import Place, Term

HEADER = "term,target,forbidden,note\n"


def terms(*rows: str) -> tuple[Term, ...]:
    """A glossary of these rows."""
    return glossary.load((HEADER + "\n".join(rows)).encode(), "source/glossary/x.csv")


def test_every_field_is_read() -> None:
    """Forbidden wordings are a list, quotes protect commas, and each term knows its line."""
    (first, second) = terms('suicide,suicidio,"cometer suicidio; suicida",verbo: morir', "", '"help, now",ayuda,,')
    assert first == Term("suicide", "suicidio", ("cometer suicidio", "suicida"), "verbo: morir")
    assert (first.place, second.place) == (Place("source/glossary/x.csv", 2), Place("source/glossary/x.csv", 4))
    assert second.source == "help, now"


def test_a_byte_order_mark_does_no_harm() -> None:
    """Spreadsheet programs write one."""
    assert glossary.load(("\ufeff" + HEADER + "a,b,,").encode(), "x.csv")[0].source == "a"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "first line"),
        ("term,target\na,b\n", 1, "first line"),
        (HEADER + "a,b,c\n", 2, "3 fields"),
        (HEADER + "a,b,,\n,b,,\n", 3, "lacks"),
        (HEADER + "a,,,\n", 2, "lacks"),
        (HEADER + "a,b,,\n\nA,c,,\n", 4, "x.csv:2"),
        (HEADER + '"a,b,,\n', 2, "not valid CSV"),
    ],
)
def test_a_wrong_file_names_the_line(text: str, line: int, words: str) -> None:
    """Nothing is skipped in silence."""
    with pytest.raises(GlossaryError, match=words) as error:
        glossary.load(text.encode(), "x.csv")
    assert error.value.place == Place("x.csv", line)


def test_bytes_that_are_no_utf8_name_the_line() -> None:
    """A file saved in an old encoding is refused."""
    with pytest.raises(GlossaryError) as error:
        glossary.load(HEADER.encode() + b"a,b,,\nd\xe9,b,,\n", "x.csv")
    assert error.value.place == Place("x.csv", 3)


@pytest.mark.parametrize(
    ("tag", "term", "source", "target"),
    [
        (
            "es-US",
            "emotional detachment,desapego emocional,,",
            "Emotional detachment hurts.",
            "El DESAPEGO emocional duele.",
        ),
        ("de-DE", "self-help group,Selbsthilfegruppe,,", "A self-help group", "in Selbsthilfegruppen"),
        ("de-DE", "emotional distance,emotionale Distanz,,", "emotional distance", "mit emotionaler Distanz"),
        ("fr-FR", "helpline,ligne d'écoute,,", "the helpline", "une ligne d’écoute"),
        ("ar-EG", "support,دعم,,", "get support", "الحصول على الدعم"),
        ("ar-EG", "mental health,الصحة النفسية,,", "your mental health", "مفيد لصحتك النفسية"),
        ("ar-EG", "provider,مقدم الرعاية,,", "a provider", "مقدم رعاية"),
        ("hi-IN", "support,सहायता,,", "get support", "सहायता लें"),
        ("th-TH", "therapist,นักบำบัด,,", "see therapists", "พบนักบำบัดของคุณ"),
        ("zh-Hant-TW", "therapist,心理師,,", "see a therapist", "去看心理師。"),
        ("es-US", "pill,pastilla,,", "the pillow", "la almohada"),
        ("es-US", "respirator,respirador,,", "a respiratory illness", "una enfermedad del pulmón"),
        ("es-US", "infect,infectar,,", "an infection", "la gripe"),
        ("es-US", "incubation period,periodo de incubación,,", "incubation periods", "el período de incubación"),
        ("es-US", "wash your hands,lávate las manos,,", "Wash your hands.", "¡Lávese las manos!"),
        ("ru-RU", "cough,кашель,,", "a cough", "при кашле"),
        ("hi-IN", "vaccines,टीका,,", "new vaccines", "नए टीकों की"),
        ("fr-FR", "therapy,thérapie,,", "two therapies", "deux THERAPIES"),
        ("zh-Hans-CN", "COVID 19,COVID 19,,", "COVID 19", "患了COVID-19。"),
        ("es-US", "support,apoyo,,", "Nothing of the kind.", "Nada de eso."),
    ],
)
def test_an_approved_wording_in_any_form_is_no_departure(tag: str, term: str, source: str, target: str) -> None:
    """Inflection, case, prefixes and scripts without spaces raise no alarm, nor do words that only look alike."""
    assert not list(glossary.missing(terms(term), source, target, locale("en-US"), locale(tag)))


@pytest.mark.parametrize(
    ("tag", "term", "source", "target"),
    [
        ("es-US", "emotional detachment,desapego emocional,,", "Emotional detachments hurt.", "La frialdad duele."),
        ("zh-Hant-TW", "therapist,心理師,,", "see a therapist", "去看醫師。"),
        ("hi-IN", "support,सहायता,,", "get support", "मदद लें"),
        ("es-US", "therapy,terapia,,", "two therapies", "dos curas"),
        ("es-US", "cough,tos,,", "coughing children", "niños"),
    ],
)
def test_another_wording_is_a_departure(tag: str, term: str, source: str, target: str) -> None:
    """A term of the source that the target says otherwise is named."""
    found = terms(term)
    assert list(glossary.missing(found, source, target, locale("en-US"), locale(tag))) == list(found)


def test_the_source_may_be_written_without_spaces() -> None:
    """Each side is searched by the habits of its own script."""
    found = terms("支援,support,,")
    assert list(glossary.missing(found, "支援を受ける", "get help", locale("ja-JP"), locale("en-US"))) == list(found)


@pytest.mark.parametrize(
    ("tag", "row", "target", "wordings"),
    [
        ("es-US", "suicide,suicidio,suicida;loco,", "Un Suicida, y una localidad", ["suicida"]),
        ("de-DE", "suicide,Suizid,Selbstmord,", "nach einem Selbstmord", ["Selbstmord"]),
        ("hi-IN", "help,सहायता,सह,", "सहायता", []),
        ("zh-Hant-TW", "die by suicide,自殺身亡,自殺成功;ED,", "MEDICINE 自殺成功", ["自殺成功"]),
        ("en-US", "provider,healthcare provider,provider,", "a healthcare provider", []),
        ("th-TH", "numb,ไร้ความรู้สึก,ชา,", "ประชาชน", []),
        ("th-TH", "numb,ไร้ความรู้สึก,ชา,", "มือชา", ["ชา"]),
        ("ja-JP", "doctor,医師,医,", "医療", []),
        ("en-US", "provider,healthcare provider,provider,", "a healthcare provider or another provider", ["provider"]),
    ],
)
def test_forbidden_wordings_are_found_as_whole_words(tag: str, row: str, target: str, wordings: list[str]) -> None:
    """A forbidden wording counts as a word of its own, outside the approved one."""
    assert [wording for _, wording in glossary.forbidden(terms(row), target, locale(tag))] == wordings
