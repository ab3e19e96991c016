"""What spares rules their work: it leaves out no finding."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import checks
from pipeline.checks import language, samples, scripts, unicode
from pipeline.checks.rules import Pair
from pipeline.checks.units import Unit

RULES = [rule for rule in checks.RULES if rule.scope == "message"]
PIECES = (
    *("Talk to your doctor", "if you do not feel well", "Parlez à votre médecin", "Si usted está en peligro", "the"),
    *("تحدث إلى طبيبك عن ذلك", "Поговорите с врачом", "医師に相談してください", "请跟您的医生说明", "請向您的醫師說明"),
    *("Stanford University", "COVID-19", "call 1-800-662-4357", "15", "89.4%", "٣", "1٥", "①", "1O0", "5 pm", "XIX"),
    *("{crisis.phone}", "{crisis.name}", "{{ x }}", "{%", "%(date)s", "`HOME`", "`", "https://example.org", "www.a.b"),
    *("a@example.org", "[x](y.md)", "](z)", "**", "<kbd>2</kbd>", "<", "\\", "\u200b", "\u00ad", "\u202e", "\u2066"),
    *("\u2069", "\ufffd", "\x92", "\ue000", "\U000e0041", "Ã©", "â€™", "ÂGE", "à", "a?b c?d", "??", "?x?", "Prenеz"),
    *("error 500", "MYMEMORY WARNING", "not", "gratis", "WhatsApp", "the and of", " ", "  ", "\n", "’", "é", "ß", "."),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=8).map("".join)
LOCALES = ("fr-FR", "ar-EG", "ja-JP", "zh-Hant-TW", "de-DE", "en-US")


@st.composite
def messages(draw: st.DrawFn) -> Unit:
    """A message of pieces that rules look for, with a source that may share them."""
    source, target = draw(TEXTS), draw(TEXTS)
    target = draw(st.sampled_from((target, f"{source} {target}", f"{target}{source}", source)))
    safety = draw(st.sampled_from(("", "crisis")))
    return samples.unit(Pair(source or "x", target, draw(st.sampled_from(LOCALES)), safety, draw(st.booleans())))


@settings(max_examples=300)
@given(messages())
def test_a_rule_finds_nothing_where_its_condition_does_not_hold(unit: Unit) -> None:
    """Whatever a message is like, no rule is left out that would find something in it."""
    for rule in RULES:
        assert rule.when((unit,)) or not list(rule.function(unit)), rule.id


@pytest.mark.parametrize("script", scripts.LETTERS)
def test_letters_of_a_script_are_of_that_script(script: str) -> None:
    """In the class of a script are letters of it alone, and none that turns into another's in small letters."""
    for char in re.findall(f"[{scripts.LETTERS[script]}]", "".join(map(chr, range(0x10000)))):
        assert char.isalpha()
        small = [one for one in char.casefold() if one.isalpha()]
        assert small
        assert all(language._is_of(one, script) for one in (char, *small)), hex(ord(char))


def test_every_damaged_character_is_odd() -> None:
    """No character that is damaged, unseen or turns the text is passed over."""
    seldom = unicode._SEEN_BY_NOBODY | unicode._TURNING | {chr(0x10000), chr(sys.maxunicode)}
    for char in seldom | set(filter(unicode._is_damaged, map(chr, range(0x10000)))):
        assert unicode._ODD.search(f"a{char}a"), hex(ord(char))
