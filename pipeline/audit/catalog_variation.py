"""Variations of catalogs, sign-offs and registry entries that change nothing for a reader."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from pipeline import po
from pipeline.audit.making import on_catalog, on_entry, on_signoff
from pipeline.audit.operators import BENIGN, Operator
from pipeline.audit.registry import Entry
from pipeline.audit.subject import Subject, with_catalog
from pipeline.model import Edition, Key, Message, SignOff


def _each(subject: Subject, **fields: object) -> Edition:
    catalog = subject.edition.catalog
    messages = tuple(replace(message, **fields) for message in catalog.messages)  # type: ignore[arg-type]  # by name
    return with_catalog(subject.edition, replace(catalog, messages=messages))


def _reread(subject: Subject, data: bytes) -> Edition | None:
    if subject.is_source:
        return None
    catalog = po.load(data, subject.edition.catalog.path)
    return with_catalog(subject.edition, replace(catalog, locale=subject.edition.locale.tag, path="reread.po"))


def _headed(subject: Subject, name: str, value: str) -> Edition | None:
    if subject.is_source:
        return None
    header = tuple((field, value if field == name else old) for field, old in subject.edition.catalog.header)
    header = header if any(field == name for field, _ in header) else (*header, (name, value))
    return with_catalog(subject.edition, replace(subject.edition.catalog, header=header))


@on_catalog("po/notes", BENIGN)
def notes(subject: Subject) -> Edition | None:
    """Notes for translators are others."""
    return _each(subject, notes=("Another note.",))


@on_catalog("po/references", BENIGN)
def references(subject: Subject) -> Edition | None:
    """References name other files and lines."""
    return _each(subject, references=("elsewhere.md:17",))


@on_catalog("po/comments", BENIGN)
def comments(subject: Subject) -> Edition | None:
    """Translators leave comments, a phone number among them."""
    return _each(subject, comments=("Asked in the office: 01 99 00 55 66.",))


@on_catalog("po/flags", BENIGN)
def flags(subject: Subject) -> Edition | None:
    """A tool adds a flag."""
    return _each(subject, flags=("no-wrap",))


@on_catalog("po/previous", BENIGN)
def previous(subject: Subject) -> Edition | None:
    """The former source of an accepted text is still there."""
    return _each(subject, previous=Key("An older sentence."))


@on_catalog("po/reordered", BENIGN)
def reordered(subject: Subject) -> Edition | None:
    """Entries stand in another order."""
    catalog = subject.edition.catalog
    return with_catalog(subject.edition, replace(catalog, messages=catalog.messages[::-1]))


@on_catalog("po/obsolete", BENIGN)
def obsolete(subject: Subject) -> Edition | None:
    """Old entries are kept at the end."""
    catalog = subject.edition.catalog
    old = Message(Key("Call 1-800-273-8255."), targets=("1-800-273-8255",), obsolete=True)
    return with_catalog(subject.edition, replace(catalog, messages=(*catalog.messages, old)))


@on_catalog("po/tool-header", BENIGN)
def tool_header(subject: Subject) -> Edition | None:
    """A tool writes its name into the header."""
    return _headed(subject, "X-Generator", "Poedit 3.5")


@on_catalog("po/hyphenated-language", BENIGN)
def hyphenated_language(subject: Subject) -> Edition | None:
    """The header writes the locale with hyphens."""
    return _headed(subject, "Language", subject.edition.locale.tag)


@on_catalog("po/crlf", BENIGN)
def crlf(subject: Subject) -> Edition | None:
    """Lines end as on Windows."""
    return _reread(subject, po.dump(subject.edition.catalog).replace(b"\n", b"\r\n"))


@on_catalog("po/unwrapped", BENIGN)
def unwrapped(subject: Subject) -> Edition | None:
    """No text is wrapped."""
    return _reread(subject, re.sub(rb'"\n"(?!\w[-\w]*: )', b"", po.dump(subject.edition.catalog)))


@on_catalog("po/blank-lines", BENIGN)
def blank_lines(subject: Subject) -> Edition | None:
    """The file ends in empty lines."""
    return _reread(subject, po.dump(subject.edition.catalog) + b"\n\n")


# --- sign-offs ----------------------------------------------------------------------------------


def _signed(subject: Subject, *records: SignOff) -> Edition:
    return replace(subject.edition, signoffs=(*records, *subject.edition.signoffs))


def _without_signing(operator: Operator) -> Operator:
    """A variation of the sign-offs themselves must not be signed off anew."""
    return replace(operator, target="sign-off")


@on_signoff("sign/other-names", BENIGN)
def other_names(record: SignOff, _: Subject) -> SignOff | None:
    """Translator and reviewer have names with letters of other scripts."""
    return replace(record, translator="Łucja Żółć", reviewer="山田 花子")


@on_signoff("sign/today", BENIGN)
def today(record: SignOff, subject: Subject) -> SignOff | None:
    """The sign-off is of today."""
    return replace(record, date=subject.edition.today)


@on_signoff("sign/earlier", BENIGN)
def earlier(record: SignOff, subject: Subject) -> SignOff | None:
    """The sign-off is a month old."""
    return replace(record, date=subject.edition.today - timedelta(days=30))


@on_signoff("sign/reviewed", BENIGN)
def reviewed(record: SignOff, _: Subject) -> SignOff | None:
    """A named person reviewed the text."""
    return replace(record, kind="review", reviewer="Ai Machida", qualification="sworn translator")


# --- registry -----------------------------------------------------------------------------------


def _shown(entry: Entry, display: str) -> str | None:
    shown = entry.line.contacts[0].display
    return entry.swap(f'display = "{shown}"', f'display = "{display}"') if display != shown else None


@on_entry("line/spaces", BENIGN)
def spaces(entry: Entry) -> str | None:
    """The number is written with spaces."""
    return _shown(entry, entry.line.contacts[0].display.replace("-", " "))


@on_entry("line/points", BENIGN)
def points(entry: Entry) -> str | None:
    """The number is written with points."""
    return _shown(entry, re.sub("[- ]", ".", entry.line.contacts[0].display))


@on_entry("line/no-break-spaces", BENIGN)
def no_break(entry: Entry) -> str | None:
    """The number is written with spaces that do not break."""
    return _shown(entry, re.sub("[- ]", "\u00a0", entry.line.contacts[0].display))


@on_entry("line/pairs", BENIGN)
def pairs(entry: Entry) -> str | None:
    """A short number is written in two groups."""
    shown = entry.line.contacts[0].display
    return _shown(entry, f"{shown[:-2]} {shown[-2:]}") if shown.isdigit() and len(shown) > 3 else None


@on_entry("line/closed", BENIGN)
def closed(entry: Entry) -> str | None:
    """The number is written without gaps."""
    return _shown(entry, re.sub("[- ]", "", entry.line.contacts[0].display))


@on_entry("line/area-in-brackets", BENIGN)
def area(entry: Entry) -> str | None:
    """The area code stands in brackets."""
    match = re.fullmatch(r"([\d]{4}|1-\d{3})[- ](.+)", entry.line.contacts[0].display)
    return _shown(entry, f"({match[1]}) {match[2]}") if match else None


@on_entry("line/international", BENIGN)
def international(entry: Entry) -> str | None:
    """The number is shown with its country code."""
    return _shown(entry, entry.line.contacts[0].e164) if entry.line.contacts[0].e164 else None


@on_entry("line/comment", BENIGN)
def comment(entry: Entry) -> str | None:
    """A comment stands in the file."""
    return entry.put(entry.piece.replace("[[helpline]]\n", "[[helpline]]\n# Ask again in spring.\n", 1))


@on_entry("line/source-added", BENIGN)
def source_added(entry: Entry) -> str | None:
    """A further source is given."""
    added = (
        '[[helpline.source]]\nurl = "https://example.org/line"\nkind = "news"\nshown = "2026"\nsays = "the same"\n\n'
    )
    return entry.put(entry.piece.replace("[helpline.verified]", f"{added}[helpline.verified]", 1))


@on_entry("line/page-added", BENIGN)
def page_added(entry: Entry) -> str | None:
    """A web page of the line is added."""
    added = '[[helpline.contact]]\nchannel = "url"\ndisplay = "example.org"\ndial = "https://example.org"\n\n'
    return entry.put(entry.piece.replace("[[helpline.source]]", f"{added}[[helpline.source]]", 1))


@on_entry("line/valid-until", BENIGN)
def valid_until(entry: Entry) -> str | None:
    """The entry is valid until the end of a year to come."""
    return entry.sub(r'^(status = ".*")$', r"\1\nvalid_to = 2030-12-31")


@on_entry("line/name-added", BENIGN)
def name_added(entry: Entry) -> str | None:
    """A name in another language is added."""
    return entry.sub(r"^(names = \{ .*) \}$", r'\1, ko = "상담 전화" }')


@on_entry("line/hours-in-words", BENIGN)
def hours_in_words(entry: Entry) -> str | None:
    """The hours are in the operator's words."""
    return entry.sub(r"^hours = .*$", 'hours = "Mo-Fr 09:00-17:30"')


@on_entry("line/other-line-added", BENIGN)
def other_line(entry: Entry) -> str | None:
    """The region has a further line in no role."""
    if entry.line.kind != "emergency":
        return None
    piece = entry.piece.replace(f'id = "{entry.id}"', 'id = "extra-line"', 1)
    return entry.put(f"{entry.piece}\n{piece}")


OPERATORS = tuple(value for value in list(globals().values()) if isinstance(value, Operator))
"""All of the above, in their order."""
