"""XLIFF, TMX, TBX and tables: nothing is lost on the way, and nothing unfit gets in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from moz.l10n.formats.xliff.parse import xliff_parse
from translate.storage import tbx, tmx, xliff, xliff2

from pipeline import exchange, inline, po
from pipeline.errors import ExchangeError, GlossaryError, HandrailError, MarkupError
from pipeline.exchange import Bundle, Code, Fate, Terms, Unit
from pipeline.exchange.codes import codes
from pipeline.exchange.units import units
from pipeline.locales import locale
from pipeline.model import Catalog, Element, Key, Message, Node, Term, Text, Variable

XLIFF = ["xliff-1.2", "xliff-2.0", "xliff-2.1"]
ON = Terms(frozenset(), "handrail: suggested by ", "exchange: x.xlf")
FRENCH = locale("fr-FR")
RICH = (
    "Call **{crisis.name}** at [this *page*](x.md) or text `HOME`\\\nnow: ![a cat](a.png) <kbd>1</kbd> <a1>more</a1>"
    " <img1/>.[^1] A \\* and 5 < 6 & \\{crisis.phone\\} \\<b>"
)


def catalog(*messages: Message) -> Catalog:
    """A French catalog as if it came from a file."""
    made = replace(po.new(FRENCH), messages=messages)
    return po.load(po.dump(made), "locales/fr_FR/LC_MESSAGES/x.po")


def back(form: str, *messages: Message) -> Bundle:
    """What is read from an export of a catalog."""
    data = exchange.write([exchange.bundle(catalog(*messages), "x", "en-US")], form)
    (bundle,) = exchange.read(data, "x.xlf", "en-US", "fr-FR")
    return bundle


def translated(bundle: Bundle, *targets: tuple[str | Code, ...], state: str = "final") -> Bundle:
    """A bundle with these texts in the place of its own."""
    done = [replace(unit, target=target, state=state) for unit, target in zip(bundle.units, targets, strict=True)]
    return replace(bundle, units=tuple(done))


# --- nothing is lost ------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], include_characters="\n\t"), max_size=12)
LEAVES = st.one_of(
    WORDS.map(Text),
    st.sampled_from([Variable("crisis.phone"), Variable("emergency.phone"), Element("br"), Element("img1")]),
    st.sampled_from(["HOME", "a`b", "x y"]).map(lambda text: Element("code", (), (Text(text),))),
    st.just(Element("footnote", (("label", "1"),))),
)
NODES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda made, children: replace(made, children=(*children, Text("x"))),
        st.sampled_from(
            [Element("strong"), Element("em"), Element("kbd"), Element("a1"), Element("a", (("href", "x.md"),))]
        ),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)
MARKED = st.lists(NODES, min_size=1, max_size=5).map(lambda nodes: inline.dump(tuple(nodes)))
ANY = st.one_of(MARKED, WORDS, st.sampled_from(["", " ", "**a", "<b>", "</a1>", "%(num)s days", "{n}", RICH]))
LINE = st.text("ab:<>&\"' é", max_size=10).map(lambda text: " ".join(text.split()))


@st.composite
def message(draw: st.DrawFn) -> Message:
    """Any message that PO can hold and XML, too."""
    plural = draw(st.one_of(st.just(""), WORDS))
    forms = 2 if plural else 1
    return Message(
        Key(draw(ANY.filter(bool)), draw(st.one_of(st.just(""), WORDS))),
        source_plural=plural,
        targets=tuple(draw(ANY) for _ in range(forms)),
        fuzzy=draw(st.booleans()),
        flags=draw(st.sampled_from([(), ("python-format",), ("python-brace-format",)])),
        comments=tuple(draw(st.lists(LINE, max_size=2))),
        notes=tuple(draw(st.lists(st.one_of(LINE, st.just("safety: crisis")), max_size=2))),
        references=draw(st.sampled_from([(), ("source/articles/x.md",)])),
        obsolete=draw(st.booleans()),
    )


CATALOGS = st.lists(message(), max_size=2, unique_by=lambda one: one.key).map(lambda found: catalog(*found))


@pytest.mark.parametrize("form", XLIFF)
@settings(max_examples=40)
@given(held=CATALOGS)
def test_an_export_is_read_back_whole(form: str, held: Catalog) -> None:
    """Texts, codes, contexts, notes, plural forms and states of any catalog come back as they went."""
    sent = exchange.bundle(held, "x", "en-US")
    assert exchange.read(exchange.write([sent], form), "x.xlf", "", "") == (sent,)


@pytest.mark.parametrize("form", XLIFF)
@settings(max_examples=40)
@given(held=CATALOGS)
def test_an_export_that_comes_back_unchanged_changes_nothing(form: str, held: Catalog) -> None:
    """The catalog is equal and so are its bytes, whatever its texts look like; nothing is refused."""
    (bundle,) = exchange.read(exchange.write([exchange.bundle(held, "x", "en-US")], form), "x.xlf", "", "")
    entered = exchange.enter(held, bundle, "x.xlf", ON, {})
    assert entered.catalog == held
    assert po.dump(entered.catalog) == po.dump(held)
    assert {entry.fate for entry in entered.entries} <= {Fate.UNCHANGED}


@pytest.mark.parametrize("form", XLIFF)
@settings(max_examples=40)
@given(source=MARKED.filter(str.strip), context=WORDS)
def test_markup_survives_the_way_through_an_empty_catalog(form: str, source: str, context: str) -> None:
    """A text with the codes of its source arrives where there was none, and means what it meant."""
    try:
        inline.conform(inline.parse(source), inline.parse(source))
    except MarkupError:
        assume(False)  # a link inside another, which no article may have
    full = Message(Key(source, context), targets=(source,))
    (bundle,) = exchange.read(exchange.write([exchange.bundle(catalog(full), "x", "en-US")], form), "x.xlf", "", "")
    entered = exchange.enter(catalog(replace(full, targets=("",))), bundle, "x.xlf", ON, {})
    assert [entry.fate for entry in entered.entries] == [Fate.ACCEPTED]
    assert inline.parse(entered.catalog.messages[0].target) == inline.parse(source)


@given(text=MARKED)
def test_codes_give_the_text_back(text: str) -> None:
    """Pieces and their message are one and the same, as far as markup means anything."""
    known = codes(Message(Key(text)))
    assert inline.parse(known.read(known.write(text))) == inline.parse(text)


def test_markup_and_variables_are_codes() -> None:
    """Words outside codes are all that a translator can change; they are plain text, without escapes."""
    (unit,) = units(Message(Key(RICH)))
    assert "".join(piece for piece in unit.source if isinstance(piece, str)) == (
        "Call  at this page or text now: a cat 1 more . A * and 5 < 6 & {crisis.phone} <b>"
    )
    assert [piece.data for piece in unit.source if isinstance(piece, Code) and piece.kind == "alone"] == [
        "{crisis.name}", "`HOME`", "\\\n", "<img1/>", "[^1]",
    ]  # fmt: skip


# --- other readers --------------------------------------------------------------------------------

SAMPLES = (
    Message(
        Key("Call **{crisis.name}** now.", "box"), targets=("Appelez **{crisis.name}**.",), notes=("safety: crisis",)
    ),
    Message(Key("Feeling numb & low"), targets=("Se sentir vide",), fuzzy=True),
    Message(Key("Not yet")),
    Message(Key("%(num)s day"), "%(num)s days", ("%(num)s jour", "%(num)s jours"), flags=("python-format",)),
)


@pytest.mark.parametrize(("form", "reader"), [("xliff-1.2", xliff.xlifffile), ("xliff-2.0", xliff2.Xliff2File)])
def test_the_translate_toolkit_reads_our_xliff(form: str, reader: type) -> None:
    """Poedit's and Weblate's relatives find every text and state; an empty target is untranslated."""
    store = reader.parsestring(exchange.write([exchange.bundle(catalog(*SAMPLES), "x", "en-US")], form))
    found = [unit for unit in store.units if unit.istranslatable()]
    assert [(str(unit.source), str(unit.target or ""), unit.istranslated()) for unit in found[:3]] == [
        ("Call  now.", "Appelez .", True),
        ("Feeling numb & low", "Se sentir vide", False),
        ("Not yet", "", False),
    ]
    assert len(found) == (4 if form == "xliff-1.2" else 5)  # it takes the plural forms of 1.2 for one unit


def test_moz_l10n_reads_our_xliff() -> None:
    """Mozilla's reader, which is strict, finds every unit, its notes and its codes."""
    data = exchange.write([exchange.bundle(catalog(*SAMPLES), "x", "en-US")], "xliff-1.2")
    first = xliff_parse(data).sections[0].entries[0]
    assert first.comment == "safety: safety: crisis"
    assert [type(part).__name__ for part in first.value.pattern] == ["str", "Markup", "Markup", "Markup", "str"]


def test_the_translate_toolkit_reads_our_memory_and_termbase() -> None:
    """TMX holds accepted texts only; TBX says which wording is forbidden."""
    memory = tmx.tmxfile.parsestring(exchange.write([exchange.bundle(catalog(*SAMPLES), "x", "en-US")], "tmx"))
    assert len(memory.units) == 3
    data = exchange.write_terms([Term("numb", "vide", ("mort",), "not dead")], "tbx", "en-US", "fr-FR")
    base = tbx.tbxfile.parsestring(data, sourcelanguage="en-US", targetlanguage="fr-FR")
    assert [(term.text, term.deprecated) for term in base.units[0].get_target_terms("fr-FR")] == [
        ("vide", False),
        ("mort", True),
    ]


# --- what enters ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", XLIFF)
def test_a_final_text_is_accepted(form: str) -> None:
    """What an agency calls final enters as translated, codes and all, in whatever order it put them."""
    empty = Message(Key("Call {crisis.phone} or [read](x.md)."))
    bundle = back(form, empty)
    call, read, end = (piece for piece in bundle.units[0].source if isinstance(piece, Code))
    done = translated(bundle, (read, "Lisez", end, " ou appelez ", call, " * 5."))
    entered = exchange.enter(catalog(empty), done, "x.xlf", ON, {})
    assert [entry.fate for entry in entered.entries] == [Fate.ACCEPTED]
    assert entered.catalog.messages[0] == replace(empty, targets=("[Lisez](x.md) ou appelez {crisis.phone} * 5.",))


def test_safety_text_comes_in_fuzzy() -> None:
    """Whatever the file calls it, safety text waits for a named person of the project, and says where it is from."""
    empty = Message(Key("Call {crisis.phone}."))
    bundle = back("xliff-2.0", empty)
    done = translated(bundle, ("Appelez ", bundle.units[0].source[1], "."))
    entered = exchange.enter(catalog(empty), done, "x.xlf", replace(ON, safety=frozenset({empty.key})), {})
    assert entered.entries[0].fate is Fate.FUZZY
    assert entered.catalog.messages[0].fuzzy
    assert entered.catalog.messages[0].comments == ("handrail: suggested by exchange: x.xlf",)


@pytest.mark.parametrize("state", ["initial", "nonsense"])
def test_an_unfinished_text_comes_in_fuzzy(state: str) -> None:
    """Only a state that says that a person stands behind a text makes it accepted."""
    empty = Message(Key("Feeling numb"))
    done = translated(back("xliff-2.0", empty), ("Se sentir vide",), state=state)
    assert exchange.enter(catalog(empty), done, "x.xlf", ON, {}).catalog.messages[0].fuzzy


def test_a_copy_of_the_source_is_no_translation() -> None:
    """Tools put the source where the translation is to come; unless somebody accepts it, nothing came back."""
    empty = Message(Key("Zen"))
    bundle = back("xliff-1.2", empty)
    copied = translated(bundle, bundle.units[0].source, state="initial")
    assert exchange.enter(catalog(empty), copied, "x.xlf", ON, {}).entries == ()
    accepted = translated(bundle, bundle.units[0].source)
    assert exchange.enter(catalog(empty), accepted, "x.xlf", ON, {}).catalog.messages[0].target == "Zen"


def test_accepted_text_is_kept_unless_asked() -> None:
    """A differing text that a person accepted stays, and is reported; ``replace`` lets the file win."""
    ours = Message(Key("Feeling numb"), targets=("Se sentir vide",))
    done = translated(back("xliff-1.2", ours), ("Être engourdi",))
    kept = exchange.enter(catalog(ours), done, "x.xlf", ON, {})
    assert (kept.catalog.messages, [entry.fate for entry in kept.entries]) == ((ours,), [Fate.KEPT])
    replaced = exchange.enter(catalog(ours), done, "x.xlf", replace(ON, existing="replace"), {})
    assert replaced.catalog.messages[0].target == "Être engourdi"


def test_a_fuzzy_text_gives_way_to_an_accepted_one() -> None:
    """The agency's final text replaces a suggestion, with its comment and its previous source."""
    ours = Message(
        Key("Feeling numb"),
        targets=("Se sentir",),
        fuzzy=True,
        previous=Key("Feeling"),
        comments=("mine", "handrail: suggested by memory: y"),
    )
    done = translated(back("xliff-1.2", ours), ("Se sentir vide",))
    entered = exchange.enter(catalog(ours), done, "x.xlf", ON, {})
    assert entered.catalog.messages == (Message(ours.key, targets=("Se sentir vide",), comments=("mine",)),)


@pytest.mark.parametrize(
    ("target", "why"),
    [
        (("Appelez.",), "lacks"),
        ((Code("1", "alone"), Code("1", "alone")), "adds"),
        (("Appelez ", Code("9", "alone")), "no code 9"),
        (("Appelez ", Code("x", "alone")), "no code x"),
        ((Code("1", "open"), "a"), "never closed"),
        ((Code("1", "open"), "a", Code("1", "close")), "holds no text"),
        (("a", Code("1", "close")), "not opened"),
    ],
)
def test_codes_that_do_not_fit_are_refused(target: tuple[str | Code, ...], why: str) -> None:
    """A text with a code lost, doubled, invented or torn apart stays outside, and the reason names the line."""
    empty = Message(Key("Call {crisis.phone}"))
    done = translated(back("xliff-1.2", empty), target)
    entered = exchange.enter(catalog(empty), done, "back.xlf", ON, {})
    assert entered.catalog.messages == (empty,)
    (entry,) = entered.entries
    assert entry.fate is Fate.REFUSED
    assert why in entry.reason
    assert str(entry.place) == f"back.xlf:{done.units[0].line}"
    assert done.units[0].line == 5


def test_a_text_for_another_source_is_refused() -> None:
    """An article that changed since the export takes nothing; nor does a unit whose source was edited."""
    old = back("xliff-1.2", Message(Key("Take 4 tablets."), targets=("Prenez 4 comprimés.",)))
    held = catalog(Message(Key("Take 8 tablets.")))
    assert [entry.fate for entry in exchange.enter(held, old, "x.xlf", ON, {}).entries] == [Fate.REFUSED]
    same = exchange.bundle(held, "x", "en-US").units[0]
    edited = replace(old, units=(replace(same, source=("Take 4 tablets.",), target=("x",), state="final"),))
    assert [entry.fate for entry in exchange.enter(held, edited, "x.xlf", ON, {}).entries] == [Fate.REFUSED]


def test_a_tool_may_indent_texts() -> None:
    """White space that a tool lays a file out with is in no text; what stands in the text itself stays."""
    held = catalog(Message(Key("Take 4 tablets *now*.")))
    (unit,) = exchange.bundle(held, "x", "en-US").units
    laid = ("\n    Prenez  4\n    comprimés\u00a0", Code("1", "open"), "ici", Code("1", "close"), ".\n  ")
    source = ("\n    Take 4\n    tablets ", *unit.source[1:])
    back = exchange.Bundle("x", "en-US", "fr-FR", (replace(unit, source=source, target=laid, state="final"),))
    (message,) = exchange.enter(held, back, "x.xlf", ON, {}).catalog.messages
    assert message.target == "Prenez 4 comprimés\u00a0*ici*."


def test_the_caller_can_object() -> None:
    """The gate's own objections keep a text out, with its reason."""
    empty = Message(Key("Feeling numb"))
    done = translated(back("xliff-1.2", empty), ("Se sentir vide",))
    entered = exchange.enter(catalog(empty), done, "x.xlf", ON, {empty.key: "No."})
    assert [(entry.fate, entry.reason) for entry in entered.entries] == [(Fate.REFUSED, "No.")]


def test_plural_forms_enter_together() -> None:
    """A form that is missing makes the message unfinished, never half translated."""
    empty = Message(Key("%(num)s day"), "%(num)s days", ("", ""), flags=("python-format",))
    bundle = back("xliff-2.0", empty)
    one, other = bundle.units
    half = replace(bundle, units=(replace(one, target=(one.source[0], " jour"), state="final"), other))
    full = replace(bundle, units=(half.units[0], replace(other, target=(other.source[0], " jours"), state="final")))
    assert exchange.enter(catalog(empty), half, "x.xlf", ON, {}).catalog.messages[0].state.value == "untranslated"
    assert exchange.enter(catalog(empty), full, "x.xlf", ON, {}).catalog.messages[0].targets == (
        "%(num)s jour",
        "%(num)s jours",
    )
    lost = replace(full, units=(half.units[0], replace(full.units[1], target=("jours",))))
    assert exchange.enter(catalog(empty), lost, "x.xlf", ON, {}).entries[0].fate is Fate.REFUSED


def test_a_memory_fills_what_is_empty_and_only_suggests() -> None:
    """TMX says nothing about states: its texts come in fuzzy, found by their source, and touch no other."""
    held = catalog(Message(Key("Feeling numb", "other")), Message(Key("Sleep"), targets=("Dormir",)))
    memory = exchange.write(
        [
            exchange.bundle(
                catalog(
                    Message(Key("Feeling numb"), targets=("Se sentir vide",)),
                    Message(Key("Sleep"), targets=("Le sommeil",)),
                ),
                "x",
                "en-US",
            )
        ],
        "tmx",
    )
    (bundle,) = exchange.read(memory, "m.tmx", "en-US", "fr-FR")
    entered = exchange.enter(held, bundle, "m.tmx", ON, {})
    assert [(one.target, one.fuzzy) for one in entered.catalog.messages] == [
        ("Se sentir vide", True),
        ("Dormir", False),
    ]


def test_what_other_tools_make_of_codes_is_read() -> None:
    """Paired codes written apart, segments cut by a tool, and its own marks are put together again."""
    first = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x"
        source-language="en" target-language="fr"><body><trans-unit id="m"><source>a</source><target state="final"><bpt
        id="1">{</bpt><mrk mtype="seg">b</mrk><ept id="1">}</ept><ph id="2">c</ph></target></trans-unit></body>
        </file></xliff>"""
    second = """<xliff version="2.1" srcLang="en" trgLang="fr" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file
        id="f" original="x"><unit id="m"><segment state="final"><source>a. </source><target><sc id="1"/>b<ec
        startRef="1"/></target></segment><ignorable><source> </source></ignorable><segment state="translated">
        <source>c</source><target>
        <mrk id="m1">d</mrk></target></segment></unit></file></xliff>"""
    (one,) = exchange.read(first.encode(), "x", "", "")[0].units
    assert one.target == (Code("1", "open"), "b", Code("1", "close"), Code("2", "alone"))
    (two,) = exchange.read(second.encode(), "x", "", "")[0].units
    assert two.target[:3] == (Code("1", "open"), "b", Code("1", "close"))
    assert two.state == "translated"


# --- hostile and broken files ---------------------------------------------------------------------

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><xliff version="1.2"><file><body>&b;</body></file></xliff>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2">&a;</xliff>'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LAUGHS, "entities"),
        (OUTSIDE, "entities"),
        ("<xliff", "well-formed"),
        ("", "well-formed"),
        ("<a>" * 5000, "well-formed"),
        ('<xliff version="3.0"/>', "XLIFF"),
        ("<html/>", "XLIFF"),
        (
            '<xliff version="1.2"><file><body><trans-unit id="a"><source><sub>x</sub></source></trans-unit></body>'
            "</file></xliff>",
            "<sub>",
        ),
    ],
)
def test_files_that_are_no_exchange_are_refused(text: str, why: str) -> None:
    """No entity is opened, nothing is fetched, and the refusal says which file."""
    with pytest.raises(ExchangeError, match=why) as refusal:
        exchange.read(text.encode(), "bad.xlf", "en-US", "fr-FR")
    assert refusal.value.place is not None
    assert refusal.value.place.path == "bad.xlf"


def test_a_doctype_alone_is_harmless() -> None:
    """Many tools write one into TMX; it is neither fetched nor held against the file."""
    data = exchange.write([exchange.bundle(catalog(*SAMPLES), "x", "en-US")], "tmx")
    typed = data.replace(b"<tmx", b'<!DOCTYPE tmx SYSTEM "http://nowhere.invalid/tmx14.dtd">\n<tmx', 1)
    assert exchange.read(typed, "m.tmx", "en-US", "fr-FR") == exchange.read(data, "m.tmx", "en-US", "fr-FR")


def test_what_xml_cannot_hold_is_refused() -> None:
    """A control character is an error, not a hole."""
    with pytest.raises(ExchangeError, match="control character"):
        exchange.write([Bundle("x", "en", "fr", (Unit("m", ("a\x01b",)),))], "xliff-1.2")


# --- glossaries -----------------------------------------------------------------------------------

FIELD = st.text("abc é,\"'<&\t", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
TERMS = st.lists(
    st.builds(Term, FIELD, FIELD, st.lists(FIELD, max_size=2).map(tuple), st.one_of(st.just(""), FIELD)),
    max_size=4,
    unique_by=lambda term: term.source.casefold(),
)


@pytest.mark.parametrize("form", ["tbx", "csv", "tsv"])
@given(found=TERMS)
def test_a_glossary_comes_back_whole(form: str, found: list[Term]) -> None:
    """Terms, forbidden wordings and notes survive each format."""
    data = exchange.write_terms(found, form, "en-US", "fr-FR")
    assert exchange.read_terms(data, f"g.{form}", "en-US", "fr-FR") == tuple(found)


def test_the_newer_tbx_is_read() -> None:
    """The edition of 2019 has other names for the same things, and may have bare languages."""
    data = b"""<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
        <conceptEntry id="1"><langSec xml:lang="en"><termSec><term>numb</term></termSec></langSec><langSec
        xml:lang="fr"><termSec><term>mort</term><termNote
        type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
        <termSec><term>vide</term></termSec></langSec></conceptEntry></body></text></tbx>"""
    assert exchange.read_terms(data, "g.tbx", "en-US", "fr-FR") == (Term("numb", "vide", ("mort",)),)


def test_glossaries_are_joined_without_loss() -> None:
    """New terms are added, ours stay, and what differs is told; ``replace`` lets theirs win."""
    ours, theirs = (Term("a", "1"), Term("b", "2")), (Term("B", "3"), Term("c", "4"))
    assert exchange.joined(ours, theirs, "keep") == ((*ours, Term("c", "4")), (Term("B", "3"),))
    assert exchange.joined(ours, theirs, "replace")[0] == (Term("a", "1"), Term("B", "3"), Term("c", "4"))


@pytest.mark.parametrize(("name", "data"), [("g.csv", b"a,b\n"), ("g.tsv", b"\xff"), ("g.tbx", b"<html/>")])
def test_what_is_no_glossary_is_refused(name: str, data: bytes) -> None:
    """Each format has its own sentence; all are errors with a place."""
    with pytest.raises((GlossaryError, ExchangeError)) as refusal:
        exchange.read_terms(data, name, "en-US", "fr-FR")
    assert isinstance(refusal.value, HandrailError)
    assert refusal.value.place is not None


def test_exports_are_indented_without_touching_texts() -> None:
    """A file is readable, and white space inside a text is the text's own."""
    data = exchange.write([exchange.bundle(catalog(Message(Key("**a** *b*"))), "x", "en-US")], "xliff-1.2")
    source = etree.fromstring(data).find(".//{*}source")
    assert source is not None
    assert "".join(str(part) for part in source.itertext()) == "a b"


def test_nodes_stay_what_they_are() -> None:
    """An image's words are text, its address is not."""
    nodes: tuple[Node, ...] = (Element("img", (("src", "a.png"), ("alt", "a cat"))),)
    (unit,) = units(Message(Key(inline.dump(nodes))))
    assert unit.source == (Code("1", "open"), "a cat", Code("1", "close"))
