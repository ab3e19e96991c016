"""The helpline registry: reading it, judging it, and filling articles from it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import phonenumbers
import pytest

from pipeline import helplines
from pipeline.errors import RegistryError
from pipeline.locales import locale
from pipeline.model import (
    Article,
    Contact,
    Element,
    Helpline,
    Key,
    Node,
    Place,
    Policy,
    Registry,
    Segment,
    Text,
    Variable,
    Verification,
)

PATH = "source/helplines.toml"
DATA = (Path(__file__).parent.parent / PATH).read_bytes()
REGISTRY = helplines.load(DATA, PATH)
DEMONSTRATION = Policy(demonstration=True)
DAY = date(2026, 12, 1)

ENTRY = """[region.FR]
crisis = "fr-3114"
referral = "none"

[[helpline]]
id = "fr-3114"
region = "FR"
kind = "suicide-prevention"
names = { fr = "3114" }
hours = "always"
cost = "free"
languages = ["fr"]
confidence = "A"
status = "active"

[[helpline.contact]]
channel = "voice"
display = "3114"
dial = "3114"

[[helpline.source]]
url = "https://3114.example"
kind = "official"
shown = "undated"
says = "3114"
"""


def registry(helpline: Helpline, role: str = "crisis") -> Registry:
    """A registry whose only region shows this helpline."""
    return Registry({helpline.id: helpline}, {helpline.region: {role: helpline.id}})


def sealed(helpline: Helpline) -> Helpline:
    """The helpline, verified by a person as it stands."""
    return replace(
        helpline,
        verified=Verification("review", "Ana Gómez", date(2026, 11, 24), "dialled", helplines.facts_hash(helpline)),
    )


FRENCH = sealed(helplines.load(ENTRY.encode(), PATH).helplines["fr-3114"])
SAMHSA = sealed(REGISTRY.helplines["us-samhsa"])


def unfit(helpline: Helpline, role: str = "crisis", policy: Policy = DEMONSTRATION) -> list[str]:
    """The sentences about a helpline."""
    return [problem.text for problem in helplines.problems(registry(helpline, role), helpline.region, DAY, policy)]


# --- the committed registry -----------------------------------------------------------------------


@pytest.mark.parametrize("id", REGISTRY.helplines)
def test_every_entry_is_believed_and_verified_as_it_stands(id: str) -> None:
    """Confidence A or B, an active line, and a hash that fits the facts."""
    helpline = REGISTRY.helplines[id]
    assert helpline.confidence in ("A", "B")
    assert helpline.status == "active"
    assert helpline.verified is not None
    assert helpline.verified.hash == helplines.facts_hash(helpline)


@pytest.mark.parametrize("region", REGISTRY.roles)
def test_every_region_is_fit_for_a_demonstration_only(region: str) -> None:
    """Nobody dialled these numbers: a project that is no demonstration must not show them."""
    assert not list(helplines.problems(REGISTRY, region, DAY, DEMONSTRATION))
    texts = [problem.text for problem in helplines.problems(REGISTRY, region, DAY, Policy())]
    assert len(texts) >= 2
    assert all("only as a demonstration" in text for text in texts)


@pytest.mark.parametrize("region", REGISTRY.roles)
def test_emergency_numbers_agree_with_libphonenumber(region: str) -> None:
    """An independent list knows each of them as an emergency number of its region."""
    emergency = REGISTRY.helplines[REGISTRY.roles[region]["emergency"]]
    assert emergency.kind == "emergency"
    assert phonenumbers.is_emergency_number(helplines.phone_contact(emergency).dial, region)


@pytest.mark.parametrize(
    ("tag", "emergency", "crisis", "referral"),
    [
        ("en-US", "911", "988", "1-800-662-4357"),
        ("es-US", "911", "988", "1-800-662-4357"),
        ("fr-FR", "112", "3114", None),
        ("de-DE", "112", "0800 1110111", None),
        ("pt-BR", "192", "188", None),
        ("ar-EG", "123", "16328", "16328"),
        ("hi-IN", "112", "14416", "14416"),
        ("ja-JP", "119", "0120-279-338", None),
        ("th-TH", "1669", "1323", "1323"),
        ("zh-Hant-TW", "119", "1925", "1925"),
        ("ca-ES", "112", "024", None),
    ],
)
def test_each_locale_shows_its_regions_lines(tag: str, emergency: str, crisis: str, referral: str | None) -> None:
    """The numbers of the registry, written out a second time: a slip of the pen in either is seen."""
    place = locale(tag)
    assert helplines.variable_text("emergency.phone", REGISTRY, place) == emergency
    assert helplines.variable_text("crisis.phone", REGISTRY, place) == crisis
    if referral is None:
        assert helplines.resolve(REGISTRY, place, "referral") is None
    else:
        assert helplines.variable_text("referral.phone", REGISTRY, place) == referral


def test_unconfirmed_contacts_are_left_out() -> None:
    """The veterans' text line, a number for three prefectures and one without a source stand nowhere."""
    dials = {contact.dial for helpline in REGISTRY.helplines.values() for contact in helpline.contacts}
    assert not dials & {"838255", "0120279226", "18008914416"}


# --- load -----------------------------------------------------------------------------------------


def test_an_entry_may_leave_out_what_is_optional() -> None:
    """E.164, verification and dates; each entry knows its line."""
    found = helplines.load(ENTRY.encode(), PATH).helplines["fr-3114"]
    assert (found.verified, found.valid_from, found.valid_to, found.contacts[0].e164) == (None, None, None, "")
    assert found.place == Place(PATH, 5)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('status = "active"', 'status = "active"\ncolour = "red"', 5, "unknown key 'colour'"),
        ('status = "active"\n', "", 5, "has no status"),
        ('status = "active"', 'status = "open"', 5, "must be one of: active, disputed, retired"),
        ('hours = "always"', "hours = 24", 5, "must be a text"),
        ('languages = ["fr"]', 'languages = "fr"', 5, "must be a list"),
        ('languages = ["fr"]', 'languages = ["fr", 1]', 5, "only texts"),
        ('languages = ["fr"]', 'languages = ["French"]', 5, "no language tag"),
        ('names = { fr = "3114" }', "names = {}", 5, "no name"),
        ('names = { fr = "3114" }', 'names = "3114"', 5, "must be a table"),
        ('status = "active"', 'status = "active"\nvalid_to = "2026-01-01"', 5, "date without quotes"),
        ('kind = "suicide-prevention"', 'kind = "shop"', 5, "must be one of"),
        ('region = "FR"', 'region = "fr"', 5, "must have the form"),
        ('region = "FR"', 'region = "BE"', 1, "a helpline of BE"),
        ('id = "fr-3114"', 'id = "fr-3115"', 1, "not in the file"),
        ("[region.FR]", "[region.france]", 1, "ISO 3166-1"),
        ("[region.FR]", "[regions.FR]", 0, "unknown key 'regions'"),
        ("[region.FR]\n", "[region.FR\n", 1, "not valid TOML"),
        ('display = "3114"', 'display = "3141"', 5, "Make them agree"),
        ('dial = "3114"', 'dial = "31 14"', 5, "ASCII digits"),
        ('dial = "3114"', 'dial = "٣١١٤"', 5, "ASCII digits"),
        ('dial = "3114"', 'dial = "3114"\ne164 = "003114"', 5, "country code"),
        ('channel = "voice"', 'channel = "fax"', 5, "must be one of"),
        ('channel = "voice"', 'channel = "chat"', 5, "https://"),
        ('[[helpline.contact]]\nchannel = "voice"\ndisplay = "3114"\ndial = "3114"\n', "", 5, "no contact"),
        ("[[helpline.source]]", "[helpline.verified]", 5, "no source"),
    ],
)
def test_a_wrong_entry_names_its_line(old: str, new: str, line: int, words: str) -> None:
    """Nothing is skipped, guessed or defaulted: the error says what is wrong and where."""
    assert ENTRY.count(old) == 1
    with pytest.raises(RegistryError, match=re.escape(words)) as error:
        helplines.load(ENTRY.replace(old, new).encode(), PATH)
    assert error.value.place == Place(PATH, line)


def test_an_id_stands_once() -> None:
    """A second entry under the same id is an error at its own line."""
    entry = ENTRY[ENTRY.index("[[helpline]]") :]
    with pytest.raises(RegistryError, match=r"already used at source/helplines\.toml:5") as error:
        helplines.load((ENTRY + "\n" + entry).encode(), PATH)
    assert error.value.place == Place(PATH, 27)


def test_bytes_that_are_no_utf8_are_refused() -> None:
    """A file saved in an old encoding is an error at its line."""
    with pytest.raises(RegistryError) as error:
        helplines.load(ENTRY.encode().replace(b'"always"', b'"\xe9"'), PATH)
    assert error.value.place == Place(PATH, 10)


# --- seal -----------------------------------------------------------------------------------------


def test_sealing_again_changes_nothing() -> None:
    """The committed file is what seal writes, to the byte."""
    for id, helpline in REGISTRY.helplines.items():
        assert helpline.verified is not None
        assert helplines.seal(DATA, id, helpline.verified) == DATA


def test_seal_binds_a_verification_to_the_facts() -> None:
    """A new verification is written beside the comments, with the hash of what stands there now."""
    verification = Verification("review", "Ana Gómez", date(2026, 12, 1), "dialled; asked for the name", "ignored")
    data = helplines.seal(b"# kept\n" + ENTRY.encode(), "fr-3114", verification)
    found = helplines.load(data, PATH).helplines["fr-3114"]
    assert data.startswith(b"# kept\n" + ENTRY.encode())
    assert found.verified == replace(verification, hash=helplines.facts_hash(found))


def test_seal_knows_only_entries_of_the_file() -> None:
    """A misspelt id is an error that lists the ids."""
    assert FRENCH.verified is not None
    with pytest.raises(RegistryError, match="fr-3114"):
        helplines.seal(ENTRY.encode(), "fr-3141", FRENCH.verified)


# --- facts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"names": (("fr", "3114 "),)},
        {"contacts": (Contact("voice", "3115", "3115"),)},
        {"contacts": (*FRENCH.contacts, Contact("sms", "3114", "3114"))},
        {"hours": "unknown"},
        {"cost": "unknown"},
        {"languages": ("fr", "en")},
        {"kind": "emotional-support"},
        {"region": "BE"},
        {"valid_to": date(2027, 1, 1)},
        {"valid_from": date(2026, 1, 1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_hash_covers_what_readers_see_and_dial(change: dict[str, object]) -> None:
    """An edit of any of these facts undoes the verification."""
    edited = replace(FRENCH, **change)  # type: ignore[arg-type]  # each key has its field's type
    assert helplines.facts_hash(edited) != helplines.facts_hash(FRENCH)


def test_names_follow_the_locale() -> None:
    """The exact tag, then the language, then the operator's own name, always with its language."""
    line = replace(FRENCH, names=(("fr", "ligne"), ("zh", "线"), ("zh-Hant", "線"), ("pt-BR", "linha")))
    assert helplines.name_in(line, locale("zh-Hant-TW")) == ("線", "zh-Hant")
    assert helplines.name_in(line, locale("zh-TW")) == ("線", "zh-Hant")
    assert helplines.name_in(line, locale("zh-CN")) == ("线", "zh")
    assert helplines.name_in(line, locale("pt-BR")) == ("linha", "pt-BR")
    assert helplines.name_in(line, locale("de-DE")) == ("ligne", "fr")


def test_links_dial_the_global_number_or_the_bare_code() -> None:
    """Phones understand tel:988, and E.164 from anywhere."""
    assert helplines.tel_uri(helplines.phone_contact(SAMHSA)) == "tel:+18006624357"
    assert helplines.tel_uri(helplines.phone_contact(REGISTRY.helplines["us-988"])) == "tel:988"


def test_numbers_of_a_region_in_every_notation() -> None:
    """Voice, tty and sms numbers of active lines, with and without prefixes; no chat address, no other region."""
    numbers = helplines.contact_numbers(REGISTRY, "US")
    assert {"988", "911", "435748", "18006624357", "+18006624357", "8006624357", "18004874889"} <= numbers
    assert "112" not in numbers
    assert all(re.fullmatch(r"\+?[0-9]+", number) for number in numbers)
    assert "08001110111" in helplines.contact_numbers(REGISTRY, "DE")


def test_a_retired_number_belongs_to_no_region() -> None:
    """What is kept for the record must not be shown."""
    assert helplines.contact_numbers(registry(FRENCH), "FR") == {"3114"}
    assert not helplines.contact_numbers(registry(replace(FRENCH, status="retired")), "FR")


@pytest.mark.parametrize(("tag", "role"), [("fr", "crisis"), ("fr-CA", "crisis"), ("fr-FR", "housing")])
def test_what_the_registry_does_not_declare_is_an_error(tag: str, role: str) -> None:
    """A locale without a region, a region without a table and a role without a line are never passed over."""
    with pytest.raises(RegistryError):
        helplines.resolve(REGISTRY, locale(tag), role)


def test_a_role_whose_entry_is_gone_is_an_error() -> None:
    """However the registry was made."""
    with pytest.raises(RegistryError, match="gone"):
        helplines.resolve(Registry({}, {"FR": {"crisis": "gone"}}), locale("fr-FR"), "crisis")


@pytest.mark.parametrize("name", ["crisis.hours", "crisis", "referral.phone"])
def test_a_variable_without_anything_to_show_is_an_error(name: str) -> None:
    """Unknown fields, and roles that the region declares none."""
    with pytest.raises(RegistryError, match=re.escape("{" + name + "}")):
        helplines.variable_text(name, REGISTRY, locale("fr-FR"))


# --- fitness --------------------------------------------------------------------------------------


def test_a_verified_line_is_fit() -> None:
    """Reviewed by a person as it stands: nothing to report, demonstration or not."""
    assert not unfit(FRENCH, policy=Policy())
    assert not unfit(SAMHSA, "referral", Policy())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (replace(FRENCH, status="disputed"), "is disputed"),
        (replace(FRENCH, status="retired"), "is retired"),
        (replace(FRENCH, confidence="C"), "confidence C"),
        (sealed(replace(FRENCH, valid_from=date(2026, 12, 2))), "not valid before 2026-12-02"),
        (sealed(replace(FRENCH, valid_to=date(2026, 11, 30))), "only until 2026-11-30"),
        (replace(FRENCH, verified=None), "is not verified"),
        (replace(FRENCH, hours="unknown"), "changed since it was verified"),
        (sealed(replace(FRENCH, contacts=(Contact("chat", "3114.fr", "https://3114.fr"),))), "no voice contact"),
        (sealed(replace(FRENCH, kind="referral")), "of kind referral"),
        (
            sealed(replace(FRENCH, contacts=(Contact("voice", "800 466 23", "80046623", "+96480046623"),))),
            "two different numbers",
        ),
        (sealed(replace(FRENCH, contacts=(Contact("voice", "+1", "+1", "+33123456789"),))), "cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_makes_a_line_unfit(line: Helpline, words: str) -> None:
    """One sentence for one reason, at the entry's place."""
    (text,) = unfit(line)
    assert words in text


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 12, 2), "a day yet to come"), (date(2025, 11, 1), "more than a year ago")]
)
def test_a_verification_has_its_time(day: date, words: str) -> None:
    """A date in the future is a slip, and an old one proves nothing any more."""
    assert FRENCH.verified is not None
    (text,) = unfit(replace(FRENCH, verified=replace(FRENCH.verified, date=day)))
    assert words in text


def test_the_days_at_the_edge_are_fit() -> None:
    """Valid from and until are both inclusive, and so is the day of the verification."""
    line = replace(FRENCH, valid_from=DAY, valid_to=DAY)
    edge = Verification("review", "Ana Gómez", DAY, "dialled", helplines.facts_hash(line))
    assert not unfit(replace(line, verified=edge))


def test_an_emergency_number_of_another_region_is_unfit() -> None:
    """911 is right in the United States and wrong in France."""
    wrong = sealed(replace(FRENCH, kind="emergency", contacts=(Contact("voice", "911", "911"),)))
    (text,) = unfit(wrong, "emergency")
    assert "911" in text


def test_a_line_in_two_roles_is_judged_in_both() -> None:
    """The place and the advice go with each sentence."""
    both = Registry({"fr-3114": FRENCH}, {"FR": {"crisis": "fr-3114", "referral": "fr-3114", "other": "none"}})
    (problem,) = helplines.problems(both, "FR", DAY, DEMONSTRATION)
    assert "'referral'" in problem.text
    assert (problem.place, problem.advice) == (Place(PATH, 5), "Give the role a line of its kind.")


# --- fill -----------------------------------------------------------------------------------------


def segment(*nodes: Node) -> Segment:
    """A segment that shows these nodes."""
    return Segment(Key("x"), nodes, "paragraph", Place("x.md", 1))


def p(*nodes: Node, tag: str = "p", **attrs: str) -> Element:
    """A block with one segment."""
    return Element(tag, tuple((name.replace("_", "-"), value) for name, value in attrs.items()), (segment(*nodes),))


def filled(*body: Node, tag: str = "fr-FR") -> tuple[Node, ...]:
    """A body after filling."""
    article = Article("x", "x.md", tag, segment(Text("t")), None, (), body)
    return helplines.fill(article, REGISTRY, locale(tag)).body


def shown(nodes: tuple[Node, ...]) -> str:
    """Nodes as a short notation."""
    parts = []
    for node in nodes:
        if isinstance(node, Text):
            parts.append(node.value)
        elif isinstance(node, Segment):
            parts.append(shown(node.content))
        elif isinstance(node, Element):
            attrs = "".join(f" {name}={value}" for name, value in node.attrs if isinstance(value, str))
            parts.append(f"<{node.tag}{attrs}>{shown(node.children)}</{node.tag}>")
    return "".join(parts)


def test_variables_become_links_and_isolated_names() -> None:
    """The number is a link that dials it, kept from bidi and browser translation; the name carries its language."""
    body = filled(p(Variable("crisis.name"), Text(": "), Variable("crisis.phone")), tag="hi-IN")
    assert shown(body) == (
        "<p><bdi lang=en>Tele-MANAS</bdi>: <a class=phone href=tel:14416><bdi dir=ltr translate=no>14416</bdi></a></p>"
    )


def test_a_number_inside_a_link_is_not_linked_again() -> None:
    """A link inside a link is not HTML."""
    link = Element("a", (("href", "x"),), (Element("strong", (), (Variable("crisis.phone"),)),))
    assert shown(filled(p(link))) == "<p><a href=x><strong><bdi dir=ltr translate=no>3114</bdi></strong></a></p>"


def test_titles_and_attributes_take_plain_text() -> None:
    """An alternative text cannot hold a link."""
    image = Element("img", (("alt", segment(Text("Call "), Variable("crisis.phone"))),))
    (figure,) = filled(Element("p", (), (segment(image),)))
    assert isinstance(figure, Element)
    assert "3114" in repr(figure)
    assert "tel:" not in repr(figure)
    article = Article("x", "x.md", "fr-FR", segment(Variable("crisis.phone")), segment(Variable("crisis.name")), (), ())
    done = helplines.fill(article, REGISTRY, locale("fr-FR"))
    assert done.title.content == (Text("3114"),)
    assert done.description is not None
    assert done.description.content == (Text("numéro national de prévention du suicide"),)


def test_a_title_that_cannot_be_filled_is_an_error() -> None:
    """A title cannot be left out."""
    article = Article("x", "x.md", "fr-FR", segment(Variable("referral.phone")), None, (), ())
    with pytest.raises(RegistryError, match="referral"):
        helplines.fill(article, REGISTRY, locale("fr-FR"))


BOTH = (
    p(Text("Call "), Variable("referral.phone")),
    p(Text("Ask a doctor."), data_safety="referral", data_lacks="referral"),
)


def test_a_region_shows_the_line_it_has() -> None:
    """With a referral line, the sentence that stands in for it is left out."""
    text = shown(filled(*BOTH, tag="es-US"))
    assert "1-800-662-4357" in text
    assert "doctor" not in text


def test_a_region_without_the_line_shows_what_stands_in_for_it() -> None:
    """The sentence with the variable goes, the other one stays."""
    text = shown(filled(*BOTH))
    assert "Ask a doctor." in text
    assert "Call" not in text


def test_what_holds_nothing_any_more_goes_too() -> None:
    """A list item and its list leave no empty shell, but a table keeps its cell and others their words."""
    gone = p(Variable("referral.phone"), tag="li")
    space = Text("\n")
    assert filled(Element("ul", (), (space, gone, space))) == ()
    assert shown(filled(Element("ul", (), (gone, p(Text("stays"), tag="li"))))) == "<ul><li>stays</li></ul>"
    nested = Element("li", (), (segment(Variable("referral.phone")), Element("ul", (), (p(Text("inner"), tag="li"),))))
    assert shown(filled(nested)) == "<li><ul><li>inner</li></ul></li>"
    row = Element("tr", (), (p(Variable("referral.phone"), tag="td"), p(Text("b"), tag="td")))
    assert shown(filled(row)) == "<tr><td></td><td>b</td></tr>"
    assert shown(filled(Element("hr"), Element("div"))) == "<hr></hr><div></div>"


def test_an_undeclared_role_stops_the_article() -> None:
    """A forgotten table of the registry is an error, not an empty place."""
    with pytest.raises(RegistryError):
        filled(p(Variable("housing.phone")))
    with pytest.raises(RegistryError):
        filled(p(Variable("crisis.phone")), tag="fr-CA")
    with pytest.raises(RegistryError):
        filled(p(Text("x"), data_lacks="housing"))


# --- what an entry may say beyond the number ------------------------------------------------------

BELGIUM = """[region.BE]
emergency = "be-112"
crisis = "be-fr"

[region.BE.nl]
crisis = "be-nl"
"""


def entry(id: str, region: str = "BE", **more: str) -> str:
    """One more entry, with some lines of its own."""
    text = ENTRY.partition("[[helpline]]")[2].replace("fr-3114", id).replace('"FR"', f'"{region}"')
    return "\n[[helpline]]" + text.replace("\n\n", "".join(f"\n{k} = {v}" for k, v in more.items()) + "\n\n", 1)


def two(**more: str) -> Registry:
    """A registry of two lines, of which the first is in the role."""
    text = '[region.FR]\ncrisis = "fr-a"\n' + entry("fr-a", "FR", **more) + entry("fr-b", "FR")
    read = helplines.load(text.encode(), PATH)
    return replace(read, helplines={id: sealed(line) for id, line in read.helplines.items()})


def test_a_region_may_have_lines_by_language() -> None:
    """Flanders and Wallonia call different numbers; what is not said for a language is the region's own."""
    lines = "".join(entry(id) for id in ("be-112", "be-fr", "be-nl"))
    held = helplines.load((BELGIUM + lines).encode(), PATH)
    shown = {
        (tag, role): found.id
        for tag in ("nl-BE", "fr-BE", "de-BE")
        for role in ("emergency", "crisis")
        if (found := helplines.resolve(held, locale(tag), role))
    }
    assert [shown[tag, "crisis"] for tag in ("nl-BE", "fr-BE", "de-BE")] == ["be-nl", "be-fr", "be-fr"]
    assert {shown[tag, "emergency"] for tag in ("nl-BE", "fr-BE", "de-BE")} == {"be-112"}


def test_the_line_of_a_language_is_judged_for_that_language() -> None:
    """An unverified Flemish line closes the gate of Flemish pages and of no others."""
    lines = "".join(entry(id) for id in ("be-112", "be-fr", "be-nl"))
    held = helplines.load((BELGIUM.replace('emergency = "be-112"\n', "") + lines).encode(), PATH)
    held = replace(held, helplines={**held.helplines, "be-fr": sealed(held.helplines["be-fr"])})
    assert not list(helplines.problems(held, "BE", DAY, DEMONSTRATION, "fr"))
    (problem,) = helplines.problems(held, "BE", DAY, DEMONSTRATION, "nl")
    assert "'be-nl'" in problem.text
    assert "not verified" in problem.text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"replaced_by": '"fr-b"'}, "has been replaced by 'fr-b'"),
        ({"replaced_by": '"fr-b"', "valid_to": "2026-11-30"}, "was valid only until 2026-11-30"),
        ({"shown_with": '["fr-b"]'}, "must be shown together with 'fr-b'"),
        ({"subdivision": '"FR-75C"'}, "serves FR-75C only"),
    ],
)
def test_a_line_that_must_not_stand_as_it_does(more: dict[str, str], words: str) -> None:
    """Superseded, without the line that belongs beside it, or of one part of the region."""
    (problem,) = helplines.problems(two(**more), "FR", DAY, DEMONSTRATION)
    assert words in problem.text


def test_a_replacement_that_is_announced_is_fit_until_its_day() -> None:
    """The old number answers until then; the day itself is one of ends()."""
    held = two(replaced_by='"fr-b"', valid_to="2026-12-20")
    assert not list(helplines.problems(held, "FR", DAY, DEMONSTRATION))
    last = dict(helplines.ends(held.helplines["fr-a"]))
    assert "fr-b" in last[date(2026, 12, 20)]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"replaced_by": '"fr-c"'}, "names 'fr-c', which is no other line"),
        ({"shown_with": '["fr-a"]'}, "names 'fr-a', which is no other line"),
        ({"subdivision": '"BE-VLG"'}, "such as FR-B"),
        ({"claims": '["secret"]'}, "must be one of: anonymous, confidential"),
    ],
)
def test_what_an_entry_cannot_say(more: dict[str, str], words: str) -> None:
    """An unknown line, another region's subdivision, a claim that no page can print."""
    with pytest.raises(RegistryError, match=words):
        two(**more)


@pytest.mark.parametrize("hours", ["mon-fri 9-17", "mon 09:00-25:00", "Mon-Fri 09:00-17:00", "sat 10:00-12:00,sun"])
def test_hours_that_begin_with_a_day_are_whole(hours: str) -> None:
    """A slip in days and times is an error and not the operator's own words."""
    with pytest.raises(RegistryError, match="hours of helpline"):
        helplines.load(ENTRY.replace('"always"', f'"{hours}"').encode(), PATH)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("fr-FR", "lun.–ven. 09:00–17:00 et sam. 10:00–12:30"),
        ("en-US", "Mon–Fri 9:00\u202fAM–5:00\u202fPM and Sat 10:00\u202fAM–12:30\u202fPM"),
        ("ja-JP", "月–金 9:00–17:00、土 10:00–12:30"),
    ],
)
def test_hours_are_said_in_the_readers_language(tag: str, said: str) -> None:
    """Days and times by CLDR."""
    assert helplines.hours_in("mon-fri 09:00-17:00, sat 10:00-12:30", locale(tag)) == said
    assert helplines.hours_in("täglich außer sonntags", locale(tag)) == ""


def test_whatever_a_card_shows_is_bound_to_the_verification() -> None:
    """A contact's own hours, a claim, a companion or a subdivision that is edited needs a new verification."""
    contact = replace(FRENCH.contacts[0], hours="mon-fri 09:00-17:00")
    edits = [
        replace(FRENCH, contacts=(contact,)),
        replace(FRENCH, claims=("anonymous",)),
        replace(FRENCH, shown_with=("fr-b",)),
        replace(FRENCH, subdivision="FR-75C"),
    ]
    assert len({helplines.facts_hash(line) for line in (FRENCH, *edits)}) == 5
