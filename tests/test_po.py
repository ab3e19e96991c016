"""PO catalogs: what is read, what is written, and who agrees (polib, msgcat, msgfmt)."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import MISSING, fields, replace
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import CatalogError
from pipeline.model import Catalog, Key, Locale, Message, Place
from pipeline.po import catalog, dump, layout, load, new, reader
from pipeline.po.plain import entries_apart, laid_out, messages_apart

FRENCH = Locale("fr-FR", "fr", "Latn", "FR", "ltr", 2, "nplurals=2; plural=(n > 1);", True)

FULL = Message(
    Key('Call "now" or {crisis.phone}.\nTab\there, back\\slash.', "menu"),
    source_plural="Call {count} lines.",
    targets=("Appelez \u2028 maintenant.", "Appelez {count} lignes d'écoute 日本語 🦀."),
    fuzzy=True,
    flags=("python-brace-format", "range: 1..9", "x-own-flag"),
    comments=("From the ward, ", "", "#. no note"),
    notes=("Heading 2", ""),
    references=("source/articles/panic.md", "a file.md:12"),
    previous=Key("Call today.", "old menu"),
    previous_plural="Call lines.",
    line=1,
)
GONE = Message(Key("Gone"), targets=("Parti",), obsolete=True, comments=("kept",), previous=Key("Went"))
HEADER = (
    ("Project-Id-Version", ""),
    ("Language", "fr_FR"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=2; plural=(n > 1);"),
    ("X-Own", "a: b"),
)
SAMPLE = Catalog("fr-FR", (Message(Key("Plain"), targets=("Simple",)), FULL, GONE), HEADER, ("Team", ""), "fr.po")

LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\n\r"), max_size=20)
TEXT = st.text(
    st.one_of(
        st.sampled_from('"\\\n\t\r nx0.:/-日本ا\u2028\u0085'),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=200,
)
FLAG = st.sampled_from(["python-brace-format", "no-wrap", "c-format", "range: 0..5", "x-own"])
REFERENCE = st.text(st.sampled_from("ab/.:12 é-_"), min_size=1, max_size=30)
KEY = st.builds(Key, TEXT.filter(bool), st.one_of(st.just(""), LINE))


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Any message that PO can hold."""
    plural = draw(st.one_of(st.just(""), TEXT))
    previous = draw(st.none() | KEY)
    return Message(
        draw(KEY),
        plural,
        tuple(draw(st.lists(TEXT, min_size=1, max_size=6 if plural else 1))),
        draw(st.booleans()),
        draw(st.booleans()),
        tuple(draw(st.lists(FLAG, max_size=3))),
        tuple(draw(st.lists(LINE, max_size=3))),
        tuple(draw(st.lists(LINE, max_size=3))),
        tuple(draw(st.lists(REFERENCE, max_size=12))),
        previous,
        draw(TEXT) if previous else "",
    )


CATALOG = st.lists(messages(), max_size=5, unique_by=lambda message: message.key).map(
    lambda found: Catalog("fr-FR", tuple(found), HEADER)
)


def gettext(*command: str, data: bytes) -> bytes:
    """What one of GNU gettext's programs writes for this input; the test fails where it is missing or complains."""
    if shutil.which(command[0]) is None:
        pytest.fail(f"{command[0]} is not installed: install GNU gettext (apt-get install gettext)")
    run = subprocess.run([*command, "-"], input=data, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


# --- round trips --------------------------------------------------------------------------------


def test_sample_has_every_field_set() -> None:
    """The round-trip sample sets each field of a message and a catalog, so that none can be forgotten."""
    for part in fields(Message):
        default = part.default if part.default is not MISSING else None
        assert any(getattr(message, part.name) != default for message in SAMPLE.messages), part.name
    for part in fields(Catalog):
        if part.name != "origin":
            assert getattr(SAMPLE, part.name) != part.default, part.name


def test_sample_comes_back() -> None:
    """A catalog with every field set is the same after a round trip, and its bytes are the same after two."""
    data = dump(SAMPLE)
    assert load(data, "fr.po") == SAMPLE
    assert dump(load(data, "fr.po")) == data


@given(CATALOG)
def test_catalogs_come_back(catalog: Catalog) -> None:
    """Whatever PO can hold is the same after a round trip, in values and in bytes."""
    data = dump(catalog)
    back = load(data, "x.po")
    assert back == catalog
    assert dump(back) == data


ANYTHING = st.text(st.sampled_from('abc-, .~|#:\\"n\n\t\r\0\x04é日\u00a0\u2068\u2028') | st.characters(), max_size=8)
ANYTHINGS = st.lists(ANYTHING | st.sampled_from(["fuzzy", "fuzzy-b", "range: 0..5"]), max_size=3).map(tuple)


@settings(max_examples=400)
@given(
    st.builds(
        Message,
        key=st.builds(Key, ANYTHING, ANYTHING),
        source_plural=st.just("") | ANYTHING,
        targets=st.lists(ANYTHING, min_size=1, max_size=2).map(tuple),
        fuzzy=st.booleans(),
        obsolete=st.booleans(),
        flags=ANYTHINGS,
        comments=ANYTHINGS,
        notes=ANYTHINGS,
        references=ANYTHINGS,
        previous=st.none() | st.builds(Key, ANYTHING),
        previous_plural=st.just("") | ANYTHING,
    )
)
def test_what_is_held_beyond_doubt_comes_back(message: Message) -> None:
    """A message that is not read back when it is written, because PO is sure to hold it, is held indeed."""
    if message.key.source and catalog._is_held(message):
        assert reader.read(layout.entry_text(message), "x.po").entries[0].message == message


@given(st.text(st.characters(max_codepoint=127) | st.sampled_from(",.:; a"), max_size=20))
def test_ascii_is_parted_as_any_text(text: str) -> None:
    """The short pattern for texts in ASCII finds what the long one finds."""
    short, long = (
        [found.span() for found in pattern.finditer(text)] for pattern in (layout._SEPARATED_ASCII, layout._SEPARATED)
    )
    assert short == long


@given(CATALOG, st.integers(0, 4), TEXT)
def test_a_changed_catalog_comes_back(catalog: Catalog, number: int, text: str) -> None:
    """One changed target among entries read from a file is written and read as changed."""
    back = load(dump(catalog), "x.po")
    changed = replace(
        back,
        messages=tuple(
            replace(message, targets=(text, *message.targets[1:])) if index == number else message
            for index, message in enumerate(back.messages)
        ),
    )
    assert load(dump(changed), "x.po") == changed


ODD = b"""\
# Header comment

#, fuzzy
msgid   ""
msgstr ""
"Language: fr\\n"
"X-Odd:no space\\n"
"no field\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
#without a blank line
  msgid "one "   "line"
msgstr "une "
   "ligne"


#:   a.md    b.md
#, fuzzy, python-brace-format
#, x-unknown
#| msgctxt "c"
#| msgid ""
#| "two"
msgctxt "c"

msgid "two \\303\\251\\x21"
msgstr "deux"
#, fuzzy
#~| msgid "gone"
#~ msgid "left"
#~ msgstr "parti"
# the end"""


@pytest.mark.parametrize(
    "data", [ODD, ODD + b"\n", ODD.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + ODD, b"\n\n" + ODD, b""]
)
def test_untouched_files_keep_their_bytes(data: bytes) -> None:
    """Layout of any editor, line ends, byte order mark, missing last newline: all stay."""
    assert dump(load(data, "x.po")) == data


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_untouched_entries_keep_their_bytes(newline: bytes) -> None:
    """Changing one message changes the lines of that entry and no other, in the file's own line ends."""
    catalog = load(ODD.replace(b"\n", newline), "x.po")
    first = replace(catalog.messages[0], targets=("autre",))
    data = dump(replace(catalog, messages=(first, *catalog.messages[1:])))
    old = ODD[ODD.index(b"#without") : ODD.index(b"\n\n\n#:")]
    fresh = b'\n# without a blank line\nmsgid "one line"\nmsgstr "autre"'
    assert data == ODD.replace(old, fresh).replace(b"\n", newline)


def test_blank_lines_before_the_first_entry_stay() -> None:
    """What stands above the header is no part of the entry that changed."""
    catalog = load(b"\n\n" + ODD, "x.po")
    first = replace(catalog.messages[0], targets=("autre",))
    assert dump(replace(catalog, messages=(first, *catalog.messages[1:]))).startswith(
        b"\n\n# Header comment\n\n#, fuzzy\n"
    )


def test_an_empty_context_is_a_context() -> None:
    """To gettext it is another than none, and it stays where the entry is written anew."""
    catalog = load(b'msgctxt ""\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "x.po")
    assert catalog.messages[0].key != catalog.messages[1].key
    touched = tuple(replace(message, targets=("d",)) for message in catalog.messages)
    assert dump(replace(catalog, messages=touched)) == b'msgctxt ""\nmsgid "a"\nmsgstr "d"\n\nmsgid "a"\nmsgstr "d"\n'


def test_odd_file_is_understood() -> None:
    """Several strings on a line, indents, numeric escapes, unknown flags and headers are read for what they mean."""
    one, two, left = load(ODD, "x.po").messages
    assert (one.key, one.targets, one.comments) == (Key("one line"), ("une ligne",), ("without a blank line",))
    assert (two.key, two.flags, two.fuzzy) == (Key("two é!", "c"), ("python-brace-format", "x-unknown"), True)
    assert (two.previous, two.references, two.line) == (Key("two", "c"), ("a.md", "b.md"), 24)
    assert (left.obsolete, left.fuzzy, left.previous) == (True, True, Key("gone"))


def test_a_changed_header_keeps_what_stood_beside_it() -> None:
    """A new header field keeps the header's comments and marks, and the entries' bytes."""
    catalog = load(ODD, "x.po")
    data = dump(replace(catalog, header=(*catalog.header, ("X-New", "1"))))
    assert data.startswith(b"# Header comment\n#, fuzzy\nmsgid")
    assert b'"X-New: 1\\n"\n#without' in data
    assert load(data, "x.po").header[-1] == ("X-New", "1")


def test_moved_entries_stay_apart() -> None:
    """Entries in another order than the file's keep their bytes, a blank line apart."""
    catalog = load(b'msgid "a"\nmsgstr "1"\n\nmsgid "b"\nmsgstr "2"', "x.po")
    data = dump(replace(catalog, messages=catalog.messages[::-1]))
    assert data == b'msgid "b"\nmsgstr "2"\n\nmsgid "a"\nmsgstr "1"\n'


@pytest.mark.parametrize(
    ("charset", "text"), [("ISO-8859-1", "é"), ("Shift_JIS", "表"), ("KOI8-R", "я"), ("gb18030", "中")]
)
def test_other_charsets_become_utf_8(charset: str, text: str) -> None:
    """A file is read in the charset of its header and, once touched, written as UTF-8, the header saying so."""
    source = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={charset}\\n"\n\nmsgid "a"\nmsgstr "{text}"\n'
    catalog = load(source.encode(charset), "x.po")
    assert catalog.messages[0].target == text
    assert dump(catalog) == source.encode(charset)
    fuzzy = replace(catalog, messages=(replace(catalog.messages[0], fuzzy=True),))
    assert dump(fuzzy) == source.replace(charset, "UTF-8").replace('msgid "a', '#, fuzzy\nmsgid "a').encode()


def test_new_catalogs_have_no_clock() -> None:
    """A new catalog's header has its locale and plural rule; a template's has neither; no date is in them."""
    assert dict(new(FRENCH).header)["Plural-Forms"] == FRENCH.plural_forms
    assert (new(FRENCH).locale, new(None).locale) == ("fr-FR", "")
    assert b"20" not in dump(new(FRENCH)) + dump(new(None))
    assert load(dump(new(FRENCH)), "x.po") == new(FRENCH)


# --- refusals -----------------------------------------------------------------------------------

HEAD = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (b'msgid "a"\nmsgstr "1"\n\nmsgid "a"\nmsgstr "2"\n', 7, "second time"),
        (b'msgid "a"\nmsgstr "1"\n\n#~ msgid "a"\n#~ msgstr "2"\n', 7, "second time"),
        (b'msgid "a\nmsgstr "1"\n', 4, "quotation mark"),
        (b'msgid "a"\nmsgstr "1\\q"\n', 5, "escape"),
        (b'msgid "a"\nmsgstr "\\377"\n', 5, "no character"),
        (b'msgid "a"\nmsgstr "\\0"\n', 5, "NUL"),
        (b'msgid "a"\nmsgstr "\0"\n', 5, "NUL"),
        (b'msgid "a"\nmsgstr "\xff"\n', 5, "UTF-8"),
        (b'<<<<<<< HEAD\nmsgid "a"\nmsgstr "1"\n', 4, "conflict"),
        (b'msgid "a"\nmsgstr "1"\n=======\n', 6, "conflict"),
        (b'msgid "a"\nmsgstr "#-#-#-#-#  a.po  #-#-#-#-#\\n1"\n', 4, "conflict"),
        (b'msgid "a"\n', 4, "no msgstr"),
        (b'msgid "a"\nmsgid "b"\nmsgstr "1"\n', 5, "msgstr"),
        (b'# note\nmsgstr "1"\n', 5, "without a msgid"),
        (b'# note\n"lost"\n', 5, "keyword"),
        (b'msgid "a"\nmsgstr "1"\nmsgstr "2"\n', 6, "second msgstr"),
        (b'msgid "a"\n# inside\nmsgstr "1"\n', 5, "comment"),
        (b'msgid "a"\nmsgid_plural "b"\nmsgstr "1"\n', 6, "msgstr[0]"),
        (b'msgid "a"\nmsgstr[0] "1"\n', 5, "msgid_plural"),
        (b'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "1"\n', 6, "msgstr[0]"),
        (b'msgid "a"\nmsgid_plural ""\nmsgstr[0] "1"\n', 6, "plural is empty"),
        (b'#~ msgid "a"\nmsgstr "1"\n', 5, "obsolete"),
        (b'#~ msgid "a"\n#~ msgstr "1"\n"2"\n', 6, "obsolete"),
        (b'#| msgstr "a"\nmsgid "a"\nmsgstr "1"\n', 4, "previous"),
        (b'domain "other"\n', 4, "domain"),
        (b"plain words\n", 4, "no line of a PO file"),
    ],
)
def test_broken_files_are_refused(body: bytes, line: int, words: str) -> None:
    """A file that gettext would not take is refused in a sentence, at its line."""
    with pytest.raises(CatalogError) as refusal:
        load(HEAD + body, "fr.po")
    assert refusal.value.place == Place("fr.po", line)
    assert words in refusal.value.message


@pytest.mark.parametrize("charset", [b"hex", b"utf-7", b"utf-16", b"nonsense", b"euc-tw"])
def test_unknown_charsets_are_refused(charset: bytes) -> None:
    """A charset that PO does not know is refused at the line that names it, whatever Python would do with it."""
    with pytest.raises(CatalogError, match="charset") as refusal:
        load(HEAD.replace(b"UTF-8", charset), "fr.po")
    assert refusal.value.place == Place("fr.po", 2)


PLAIN = Message(Key("a"), targets=("1",))


@pytest.mark.parametrize(
    "message",
    [
        replace(PLAIN, comments=("two\nlines",)),
        replace(PLAIN, comments=("cut\r",)),
        replace(PLAIN, notes=("two\nlines",)),
        replace(PLAIN, flags=("fuzzy",)),
        replace(PLAIN, flags=("a, b",)),
        replace(PLAIN, flags=("",)),
        replace(PLAIN, references=("",)),
        replace(PLAIN, references=("a\u2068b",)),
        replace(PLAIN, targets=()),
        replace(PLAIN, targets=("1", "2")),
        replace(PLAIN, targets=("\0",)),
        replace(PLAIN, targets=("\ud800",)),
        replace(PLAIN, previous_plural="b"),
        replace(PLAIN, key=Key("")),
    ],
)
def test_what_po_cannot_hold_is_refused(message: Message) -> None:
    """A message that would not come back as it is raises, instead of losing something in silence."""
    with pytest.raises(CatalogError):
        dump(Catalog("", (message,), path="x.pot"))


@pytest.mark.parametrize(
    "catalog",
    [
        Catalog("", (PLAIN, replace(PLAIN, obsolete=True))),
        Catalog("fr", header=(("Language", "de"),)),
        Catalog("", header=(("A", "1\n2"),)),
        Catalog("", header=(("A:", "1"),)),
        Catalog("", header=(("Content-Type", "text/plain; charset=ISO-8859-1"),)),
        Catalog("", header_comments=("two\nlines",)),
    ],
)
def test_catalogs_that_po_cannot_hold_are_refused(catalog: Catalog) -> None:
    """Doubled keys, a locale that the header denies, and a header that would not come back raise."""
    with pytest.raises(CatalogError):
        dump(catalog)


# --- the judges ---------------------------------------------------------------------------------

WRAPPING = (
    "A short one.",
    "Many words " * 12 + "in one long paragraph.",
    "See [the guide](https://www.example.org/health/anxiety.html#what-to-do) or [more](https://example.org/a.b.c), "
    * 2,
    "First line.\nSecond line, rather long, so that it has to be wrapped as well because it goes on and on.\n",
    "日本語の長い文章は、単語の間に空白がないので、どこでも改行できます。" * 4,
    "يمكنك الاتصال بخط المساعدة في أي وقت من النهار أو الليل، والمكالمة مجانية وسرية تمامًا في جميع أنحاء البلاد.",
    'He said: "quoted \\ words" ' * 6,
    "averyveryverylongwordwithoutanyplacetobreakwhichdoesnotfitintoalinewhateveronetriesandgoesonfurther",
    "สายด่วนสุขภาพจิตเปิดให้บริการตลอดยี่สิบสี่ชั่วโมงทุกวันโดยไม่เสียค่าใช้จ่ายสำหรับทุกคนในประเทศไทย",
    "tab\there " * 15,
)


@pytest.mark.parametrize("text", WRAPPING)
def test_layout_is_msgcats(text: str) -> None:
    """Fresh entries look as msgcat writes them."""
    message = Message(
        Key(text, "context"),
        targets=(text[::-1],),
        fuzzy=True,
        flags=("python-brace-format", "no-wrap") if "tab" in text else ("python-brace-format",),
        comments=("by hand",),
        notes=("a note",),
        references=tuple(f"source/articles/article-{number}.md" for number in range(6)),
        previous=Key(text + "!", "context"),
    )
    gone = Message(Key(text, "gone"), targets=(text,), obsolete=True)
    data = dump(Catalog("fr-FR", (message, gone), HEADER))
    assert gettext("msgcat", data=data).decode() == data.decode()


def test_polib_reads_the_same() -> None:
    """The project's other PO reader finds the same values in what we write."""
    message = replace(FULL, targets=("un", "deux"), references=("a.md",), comments=("By hand.",), notes=("A note.",))
    file = polib.pofile(dump(replace(SAMPLE, messages=(message, GONE))).decode())
    entry, gone = file[0], file[1]
    assert (entry.msgid, entry.msgctxt, entry.msgid_plural) == (*fields_of(message.key), message.source_plural)
    assert (entry.msgstr_plural, entry.tcomment, entry.comment) == ({0: "un", 1: "deux"}, "By hand.", "A note.")
    assert entry.flags == ["fuzzy", *message.flags]
    assert (entry.previous_msgid, entry.previous_msgctxt) == ("Call today.", "old menu")
    assert (entry.previous_msgid_plural, entry.occurrences) == ("Call lines.", [("a.md", "")])
    assert (gone.msgid, gone.msgstr, gone.obsolete) == ("Gone", "Parti", True)
    assert file.metadata == dict(HEADER)


def fields_of(key: Key) -> tuple[str, str]:
    """Source and context, in polib's order."""
    return key.source, key.context


ODD_TO_POLIB = frozenset("\a\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@given(CATALOG)
def test_polib_agrees_on_texts(catalog: Catalog) -> None:
    """Keys and targets that polib reads are ours, save for the characters that it cannot read."""
    plain = [
        replace(message, comments=(), notes=(), references=(), previous=None, previous_plural="")
        for message in catalog.messages
        if not ODD_TO_POLIB.intersection((*message.key.source, *message.key.context, *message.source_plural))
        and not ODD_TO_POLIB.intersection("".join(message.targets))
    ]
    file = polib.pofile(dump(replace(catalog, messages=tuple(plain))).decode())
    found = {
        Key(entry.msgid, entry.msgctxt or ""): tuple(entry.msgstr_plural.values()) or (entry.msgstr,) for entry in file
    }
    assert found == {message.key: message.targets for message in plain}


def test_msgfmt_accepts_what_we_write(tmp_path: Path) -> None:
    """A new French catalog with plurals, contexts and an obsolete entry compiles without an error."""
    plural = Message(Key("{n} day"), "{n} days", ("{n} jour", "{n} jours"), flags=("python-brace-format",))
    catalog = replace(new(FRENCH), messages=(plural, Message(Key("May", "month"), targets=("Mai",)), GONE))
    gettext("msgfmt", "--check", "-o", str(tmp_path / "x.mo"), data=dump(catalog))
    gettext("msgfmt", "--check", "-o", str(tmp_path / "x.mo"), data=dump(replace(new(None), messages=(PLAIN,))))


LINES = st.sampled_from(
    [
        "",
        "",
        " ",
        "# a comment",
        "#",
        "#. a note",
        "#: a.md:1 b.md",
        "#, fuzzy, c-format",
        "#~ # hidden",
        '#| msgid "old"',
        '#~| msgid "old"',
        'msgctxt "where"',
        'msgctxt ""',
        'msgid "one"',
        'msgid ""',
        'msgid  "two spaces"',
        'msgid_plural "many"',
        'msgstr "A \\"text\\" with\\ta tab\\n"',
        'msgstr "a back\\\\\\\\nslash"',
        'msgstr "\\303\\251 by number"',
        'msgstr "one"\r',
        'msgstr "one" ',
        'msgstr[0] "one"',
        'msgstr "no such escape \\q"',
        '"goes on"',
        '"\\251"',
        '"broken',
        '#~ msgid "gone"',
        '#~ msgstr "gone"',
        '#~ "goes on"',
    ]
)


GROUPS = st.lists(
    st.one_of(
        LINES.map(lambda line: [line]),
        st.just(['msgid "a"', 'msgstr "b"']),
        st.just(["#: x.md", 'msgctxt "c"', 'msgid "a"', '"b"', 'msgstr "b"', '"c"', ""]),
        st.just(['#~ msgid "a"', '#~ "b"', '#~ msgstr "b"', ""]),
        st.just(["#, fuzzy", '#| msgid "z"', '#| "y"', 'msgid "a"', 'msgstr "b"']),
    ),
    max_size=12,
)


@given(GROUPS)
def test_plain_entries_are_read_as_by_lines(groups: list[list[str]]) -> None:
    """Whatever lines follow each other, the pattern of plain entries reads what the reader of lines reads."""
    text = "\n".join(line for lines in groups for line in lines)
    results: list[str] = []
    for plain in (reader.plain, lambda *_: None):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(reader, "plain", plain)
            try:
                results.append(repr(reader.read(text, "x.po")))  # that names the lines, too
            except CatalogError as error:
                results.append(str(error))
    assert results[0] == results[1]


BLOCK = st.tuples(
    st.sampled_from(["", "# c\n", "#, fuzzy\n", '#| msgid "o"\n', 'msgctxt "c"\n']),
    st.sampled_from(['msgid "a"\n', 'msgid ""\n"b"\n', 'msgid "\\"q\\""\n']),
    st.sampled_from(
        [
            *('msgstr ""', 'msgstr "b"', 'msgstr ""\n"b"\n"c"', 'msgstr "\\"', 'msgstr "', 'msgstr "b\\n"'),
            *('msgstr "\\x41"', 'msgstr "b\\q"', 'msgstr ""\n" \\n"\n"\\t"', 'msgstr "\u2003\u00a0"', 'msgstr "#~"'),
            'msgstr "\u3000é\\\\n"',
        ]
    ),
).map("".join) | st.sampled_from(
    ['#~ msgid "a"\n#~ msgstr ""\n#~ "b"', '#~ msgid "a"\nmsgstr "b"', "# end", '"more"', "\n"]
)


@given(
    st.lists(BLOCK, max_size=6).map(
        lambda blocks: "\n\n".join([*blocks[:-1], *(f"{block}\n" for block in blocks[-1:])])
    )
    | GROUPS.map(lambda groups: "\n\n".join("\n".join(lines) for lines in groups))
)
def test_entries_apart_are_read_as_one_by_one(text: str) -> None:
    """Where a blank line stands between any two entries, fewer steps find what the pattern finds."""
    text = text.replace("\r", "")
    apart = entries_apart(text.encode())
    if apart is not None:
        simple, end, line = [], 0, 1
        while end < len(text):
            entry = reader.plain(text, end, line)
            assert entry
            simple.append(entry)
            line += text.count("\n", end, entry.end)
            end = entry.end
        heads, entries = apart
        found = tuple(messages_apart(heads, entries))
        assert laid_out(text, found) == tuple(simple)
        assert [message.line for message in found] == [entry.message.line for entry in simple]
        assert entries == [text[entry.start : entry.end - 1].encode() for entry in simple]
        blank = [not entry.message.target.strip() for entry in simple]
        assert [head.is_blank(entry) for head, entry in zip(heads, entries, strict=True)] == blank
