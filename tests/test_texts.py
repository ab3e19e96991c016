"""The text of a published page in other forms: narrow, as mail that flows, and as a short message."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, TODAY
from pipeline import build, project, render
from pipeline.cli import CLOSED, ERROR, OPEN, main
from pipeline.errors import SourceError
from pipeline.render.sms import counted
from pipeline.render.wrap import Form, columns
from tests.pages import REGISTRY, SITE, THEME, edition, helpline

ARTICLE = "supporting-a-partner"


def unflowed(text: str) -> str:
    """A flowed text as a mail program shows it: RFC 3676, 4.1 and 4.2, with DelSp=yes."""
    shown, line = [], ""
    for raw in text.split("\n"):
        part = raw.removeprefix(" ")
        if part.endswith(" "):
            line += part[:-1]
        else:
            shown.append(line + part)
            line = ""
    return "\n".join([*shown, line] if line else shown)


# --- width --------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["en-US", "fr-FR", "ar-EG"])
@pytest.mark.parametrize("width", [24, 40, 100])
def test_lines_are_as_wide_as_asked_for(tag: str, width: int) -> None:
    """Whatever the width, no line is wider but for what must not break, and the words are the same."""
    text = render.render(edition(tag), SITE, THEME, Form(width)).text
    wide = [line for line in text.split("\n") if columns(line) > width]
    assert not [line for line in wide if "://" not in line and "doi:" not in line and len(line.split()) > 1]
    usual = render.render(edition(tag), SITE, THEME).text
    assert re.sub(r"[\s=~-]+", "", text) == re.sub(r"[\s=~-]+", "", usual)


# --- mail ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["en-US", "ja-JP", "th-TH", "ar-EG"])
def test_a_mail_flows_back_into_the_same_paragraphs(tag: str) -> None:
    """A mail program that joins the lines gets what a text of endless lines says, in scripts without spaces, too."""
    roles = {"JP": {"crisis": "none", "referral": "none"}, "TH": {"crisis": "none", "referral": "none"}}
    registry = replace(REGISTRY, roles={**REGISTRY.roles, **roles})
    texts = {"Rest.": "疲れたら休む。" * 12} if tag == "ja-JP" else {"Rest.": "การสื่อสารกับผู้อื่น" * 9}
    one = edition(tag, texts, registry=registry, published=False)
    endless = render.render(one, SITE, THEME, Form(100_000)).text
    joined = unflowed(render.render(one, SITE, THEME, Form(60, flowed=True)).text)
    rules = re.compile(r"^[=~-]+$", re.MULTILINE)
    assert re.sub(r"\n{2,}", "\n", rules.sub("", joined)) == re.sub(r"\n{2,}", "\n", rules.sub("", endless))


def test_a_line_that_a_mail_program_would_take_for_a_quotation_is_stuffed() -> None:
    """RFC 3676, 4.4: lines that begin with a space, with > or with From get a space before them."""
    assert Form(flowed=True).settled("From me\n> x\n  y\nz") == " From me\n > x\n   y\nz"


# --- short messages -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "segments"),
    [
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("a" * 152 + "€" * 77, "GSM-7", 306, 3),  # the escape and its character stay together
        ("é" * 160, "GSM-7", 160, 1),
        ("ê" * 70, "UCS-2", 70, 1),
        ("ê" * 71, "UCS-2", 71, 2),
        ("🙂" * 35, "UCS-2", 70, 1),
        ("ك" * 135, "UCS-2", 135, 3),
    ],
)
def test_short_messages_count_as_networks_count_them(text: str, alphabet: str, units: int, segments: int) -> None:
    """Septets and 16-bit units, alone and in several segments: 3GPP TS 23.038 and 23.040."""
    message = counted(text)
    assert (message.alphabet, message.units, message.segments) == (alphabet, units, segments)


@given(st.text("aé€ê🙂 ", max_size=400))
def test_a_message_needs_no_more_segments_than_its_parts(text: str) -> None:
    """Sending two halves apart never takes fewer segments than sending them together takes, less one."""
    half = len(text) // 2
    assert counted(text).segments <= counted(text[:half]).segments + counted(text[half:]).segments + 1


def test_typographic_marks_do_not_make_a_message_longer() -> None:
    """A plain apostrophe says the same and keeps the cheaper alphabet; letters are never changed."""
    assert counted("l’aide — « ici »…").text == 'l\'aide - " ici "...'
    assert counted("l’être").text == "l’être"


@pytest.mark.parametrize("tag", [target.locale.tag for target in project.open_project(ROOT).settings.targets][:-1])
def test_every_locale_has_a_short_message(tag: str) -> None:
    """In one segment or two, with the numbers of its region, and nothing cut."""
    loaded = project.load(project.open_project(ROOT), TODAY)
    for one in loaded.editions:
        if one.locale.tag == tag:
            message = render.short(one)
            assert message.segments <= 2
            for role in ("crisis", "emergency"):
                line = one.registry.helplines[one.registry.roles[one.locale.region][role]]
                assert line.contacts[0].display in message.text
            assert not re.search("[\ue000-\ue003{}]", message.text)


def test_a_short_message_says_as_much_as_it_can() -> None:
    """The whole of the safety text where it fits, less of it where it does not, and an error rather than a part."""
    assert render.short(edition("en-US")).text == (
        "If you are thinking about suicide, call Care <Line> at 1-800-662-4357. You are not alone.\n"
        "To find treatment, call 1-800-662-4357."
    )
    wordy = {"us-crisis": helpline("us-crisis", (("en", "Care " * 40),), REGISTRY.helplines["us-crisis"].contacts[0])}
    assert render.short(edition("en-US", registry=replace(REGISTRY, helplines=wordy))).text.count("Care") == 40
    endless = {"us-crisis": replace(wordy["us-crisis"], names=(("en", "Care " * 80),))}
    with pytest.raises(SourceError, match="short messages"):
        render.short(edition("en-US", registry=replace(REGISTRY, helplines=endless)))


# --- the command --------------------------------------------------------------------------------


def test_the_command_prints_each_form(starter: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A narrow text, a mail that Python's parser reads back, and a short message."""
    chosen = ["--project", str(starter), "text", "--article", "feeling-low", "--locale", "es-US"]
    assert main([*chosen, "--width", "40"]) == OPEN
    narrow = capsysbinary.readouterr().out.decode()
    assert max(columns(line) for line in narrow.split("\n") if "://" not in line) <= 40
    assert main([*chosen, "--as", "mail"]) == OPEN
    message = email.message_from_bytes(capsysbinary.readouterr().out, policy=default)
    assert message["Content-Language"] == "es-US"
    assert message["Content-Type"].params["format"] == "flowed"
    words = "".join(unflowed(message.get_content().replace("\r\n", "\n")).split())
    assert "".join(narrow.replace("=", "").replace("-", "").split()) == words.replace("=", "").replace("-", "")
    assert main([*chosen, "--as", "sms"]) == OPEN
    printed = capsysbinary.readouterr()
    assert b"988" in printed.out
    assert b"2 of UCS-2" in printed.err
    assert main([*chosen, "--width", "3"]) == ERROR


def test_what_is_withheld_has_no_text(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a mail nor a short message goes round the gate."""
    catalog = starter / "locales/es_US/LC_MESSAGES/feeling-low.po"
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("{crisis.phone}", "911"), encoding="utf-8")
    for form in ("plain", "mail", "sms"):
        command = ["text", "--article", "feeling-low", "--locale", "es-US", "--as", form]
        assert main(["--project", str(starter), *command]) == CLOSED
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "withheld" in printed.err
    with pytest.raises(build.Withheld):
        build.plain(project.open_project(starter), TODAY, "feeling-low", "es-US", Form(40))


# --- themes -------------------------------------------------------------------------------------


def test_templates_are_copied_into_the_project_once(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``handrail theme eject`` never overwrites what a person changed, and the site stays the same."""
    command = ["--project", str(starter), "theme"]
    before = render.packaged()
    assert main([*command, "eject", "style.css", "base.html.jinja"]) == OPEN
    assert (starter / "source/templates/style.css").read_text(encoding="utf-8") == before["style.css"]
    assert main([*command, "eject", "style.css"]) == ERROR
    assert main([*command, "eject", "styles.css"]) == ERROR
    assert main([*command, "list"]) == OPEN
    listed = capsys.readouterr().out
    assert re.search(r"style\.css +replaced", listed)
    assert re.search(r"icon\.svg +packaged", listed)
    assert build.build(project.open_project(starter), TODAY).outcome.open


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("{{ contact.display }}", "{{ contact.display[1:] }}", "page/card"),
        ('href="{{ contact.href }}"', 'href="tel:110"', "page/number-link"),
        ("{{ line.name }}", "Helpline", "page/card"),
        ("<li class", "<li hidden class", "page/card"),
    ],
)
def test_a_theme_that_breaks_the_card_is_caught(starter: Path, old: str, new: str, rule: str) -> None:
    """Every page of the theme is withheld, and the finding says why."""
    assert main(["--project", str(starter), "theme", "eject", "helplines.html.jinja"]) == OPEN
    template = starter / "source/templates/helplines.html.jinja"
    template.write_text(template.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    outcome = build.build(project.open_project(starter), TODAY).outcome
    assert not outcome.open
    assert all(not standing.open for standing in outcome.standings)
    assert rule in {finding.rule for finding in outcome.findings}
