"""Catalogs from bytes and to bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache

from pipeline.errors import CatalogError
from pipeline.model import Catalog, Key, Locale, Message, Place, State
from pipeline.po import formatting
from pipeline.po.charset import UTF_8, declared, decode, foreign
from pipeline.po.entries import Entry, File
from pipeline.po.layout import entry_text, header_text
from pipeline.po.plain import Head, entries_apart, laid_out, messages_apart
from pipeline.po.reader import read

_Pairs = tuple[tuple[str, str], ...]

_NAME = re.compile("[!-~]+")
_FLAG = re.compile("(?!fuzzy)[a-z-]+")

_BOM = "\ufeff"
_CONFLICT = "#-#-#-#-#"
"""Stands at both ends of msgcat's markers."""


@dataclass(frozen=True)
class _Origin:
    """The file that a catalog was read from, kept to give untouched values back as they stood."""

    catalog: Catalog
    data: bytes
    text: str
    held: File | tuple[Message, ...]
    """What was read from it; of messages alone it is worked out where they stand if the catalog is written again."""

    @cached_property
    def file(self) -> File:
        """Its entries and where they stand."""
        return self.held if isinstance(self.held, File) else File(self.text, laid_out(self.text, self.held))

    @property
    def newline(self) -> str:
        """The file's line end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    @property
    def header(self) -> Entry | None:
        """The entry that is the header."""
        return next((entry for entry in self.file.entries if _is_header(entry.message)), None)


def load(data: bytes, path: str) -> Catalog:
    """The catalog of a PO or POT file; CatalogError, with the line, where it is malformed."""
    text = decode(data, path)
    apart = None if foreign(data) else entries_apart(data)
    held = tuple(messages_apart(*apart)) if apart else read(text.removeprefix(_BOM), path)
    found = tuple(entry.message for entry in held.entries) if isinstance(held, File) else held
    _refuse_doubles(found, path)
    if _CONFLICT in text:
        _refuse_conflicts(found, path)
    header = next(filter(_is_header, found), None)
    others = tuple(message for message in found if message is not header)
    pairs = _pairs(header.target) if header else ()
    catalog = Catalog(_tag(pairs), others, pairs, header.comments if header else (), path)
    return replace(catalog, origin=_Origin(catalog, data, text, held))


def dump(catalog: Catalog) -> bytes:
    """The bytes of a catalog; CatalogError where PO cannot hold it."""
    origin = catalog.origin if isinstance(catalog.origin, _Origin) else _Origin(Catalog(""), b"", "", File("", ()))
    if origin.catalog == catalog:
        return origin.data
    _refuse_doubles(catalog.messages, catalog.path)
    mark = _BOM if origin.text.startswith(_BOM) else ""
    pieces = [mark + origin.file.lead()]
    for gap, text in _pieces(catalog, origin):
        if len(pieces) > 1:
            pieces.append(gap if pieces[-1].endswith("\n") else origin.newline + gap)
        pieces.append(text)
    return _encoded("".join([*pieces, origin.file.rest()]), catalog.path)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A file whose entries are made into messages only when somebody asks for them.

    Most entries stay as they are when a catalog is brought up to date: what stands above their texts is read once for
    all the catalogs that share it, and their lines are copied.
    """

    catalog: Catalog
    """Without its messages."""

    header: bytes
    """Its first entry."""

    heads: Sequence[Head]
    entries: Sequence[bytes]
    """Its other entries, ..."""

    places: Mapping[Key, int]
    """... and where each key stands among them."""

    def message(self, place: int) -> Message:
        """The message of an entry, which does not know its line."""
        head = self.heads[place]
        return head.message(head.target(self.entries[place]), -head.lines)

    def is_blank(self, place: int) -> bool:
        """Whether an entry has no text."""
        return self.heads[place].is_blank(self.entries[place])

    def state(self, place: int) -> State | None:
        """That of the message of an entry; None for an obsolete one."""
        if self.heads[place].obsolete:
            return None
        if self.is_blank(place):
            return State.UNTRANSLATED
        return State.FUZZY if self.heads[place].about.fuzzy else State.TRANSLATED

    def dump(self, parts: Iterable[Message | int]) -> bytes:
        """The bytes of the catalog with these messages and, by their places, entries of the file.

        A message that equals that of an entry is written as the entry is. CatalogError where PO cannot hold one.
        """
        pieces = [self.header]
        for part in parts:
            place = self.places.get(part.key, -1) if isinstance(part, Message) else part
            if isinstance(part, Message) and (place < 0 or self.message(place) != part):
                entry = _encoded(_fresh_entry(part, self.catalog.path), self.catalog.path)
                pieces.append(entry.removesuffix(b"\n"))
            else:
                pieces.append(self.entries[place])
        pieces[-1] += b"\n"
        return b"\n\n".join(pieces)


def sketch(data: bytes, path: str) -> Sketch | None:
    """The sketch of a PO file; None where it is not so simple, or wrong, and :func:`load` has to look at it.

    Simple are files in UTF-8 without line ends of Windows whose entries all have one text and stand one blank line
    apart. Raises CatalogError for bytes that are no UTF-8.
    """
    if data.startswith(b"\xef\xbb\xbf") or b"\r" in data or foreign(data) or _CONFLICT.encode() in data:
        return None
    decode(data, path)
    found = entries_apart(data)
    if found is None or found[0][0].key != Key("") or found[0][0].obsolete:
        return None
    heads, entries = found
    header, first = heads.pop(0), entries.pop(0)
    places = {head.key: place for place, head in enumerate(heads)}
    if len(places) < len(heads) or Key("") in places:
        return None
    pairs = _pairs(header.target(first))
    catalog = Catalog(_tag(pairs), (), pairs, header.about.comments, path)
    return Sketch(catalog, first, heads, entries, places)


def recoded(catalog: Catalog) -> str:
    """The charset of the file that a catalog was read from; empty for UTF-8, in which it is written."""
    return foreign(catalog.origin.data) if isinstance(catalog.origin, _Origin) else ""


def formatted(data: bytes, path: str) -> bytes:
    """A file wholly in gettext's layout, as UTF-8; CatalogError, with the line, where it is malformed."""
    messages, rest = formatting.entries(data, path)
    _refuse_doubles(messages, path)
    _refuse_conflicts(messages, path)
    return formatting.formatted(messages, rest, path)


def new(locale: Locale | None) -> Catalog:
    """An empty catalog with gettext's header, without a clock in it; None gives that of a template.

    ``msgfmt --check`` wants the fields of people and dates; who translates fills them in, or their editor does.
    """
    header = (
        ("Project-Id-Version", ""),
        ("PO-Revision-Date", ""),
        ("Last-Translator", ""),
        ("Language-Team", ""),
        ("Language", locale.folder if locale else ""),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        *((("Plural-Forms", locale.plural_forms),) if locale else ()),
        ("X-Generator", "Handrail"),
    )
    return Catalog(_tag(header), (), header)


def _pieces(catalog: Catalog, origin: _Origin) -> Iterator[tuple[str, str]]:
    """The text of entries, header first, after the blank lines that stand before it; untouched neighbours in one."""
    text, newline, header = origin.file.text, origin.newline, origin.header
    start = end = -1
    """Of untouched neighbours."""
    untouched = (catalog.header, catalog.header_comments) == (origin.catalog.header, origin.catalog.header_comments)
    if header and untouched:
        start, end = header.start, header.end
    elif catalog.header or catalog.header_comments:
        yield "", _fresh_header(catalog, origin).replace("\n", newline)
    if catalog.locale != _tag(catalog.header):
        sentence = f"The catalog is for {catalog.locale!r}, but its Language header says {_tag(catalog.header)!r}"
        raise CatalogError(f"{sentence}; set the header to the same locale.", Place(catalog.path))
    gap = ""
    for message, entry in _with_entries(catalog, origin):
        if entry and entry.blank == end:
            end = entry.end
            continue
        if end >= 0:
            yield gap, text[start:end]
            end = -1
        if entry:
            gap = text[entry.blank : entry.start] if entry.blank else newline
            start, end = entry.start, entry.end
        else:
            yield newline, _fresh_entry(message, catalog.path).replace("\n", newline)
    if end >= 0:
        yield gap, text[start:end]


def _with_entries(catalog: Catalog, origin: _Origin) -> Iterator[tuple[Message, Entry | None]]:
    """Each message with its entry in the file, where nobody touched it; most stand in the order of the file."""
    entries = origin.file.entries
    places: dict[Key, int] = {}
    following = 0
    for message in catalog.messages:
        if following < len(entries) and entries[following].message is message:
            yield message, entries[following]
            following += 1
            continue
        places = places or {entry.message.key: place for place, entry in enumerate(entries)}
        place = places.get(message.key, -1)
        untouched = place >= 0 and (entries[place].message is message or entries[place].message == message)
        yield message, entries[place] if untouched else None
        following = place + 1 if place >= 0 else following


def _fresh_entry(message: Message, path: str) -> str:
    """The entry in gettext's layout, read back to be sure that PO holds all of it, where that is not plain to see."""
    if _is_header(message) or not message.targets:
        raise CatalogError("PO cannot hold a message without a source or a target.", Place(path, message.line))
    text = entry_text(message)
    if _is_held(message):
        return text
    back = read(text, path).entries[0].message
    if back != message:
        lost = [part.name for part in fields(Message) if getattr(back, part.name) != getattr(message, part.name)]
        raise CatalogError(
            f"PO cannot hold the {' and '.join(lost)} of {message.key.source!r}: read back, they would differ; "
            "look for line ends, commas or spaces where PO allows none.",
            Place(path, message.line),
        )
    return text


def _is_held(message: Message) -> bool:
    """Whether a message is one of those, nearly all, that PO holds beyond doubt.

    It has one text and nothing of an earlier one, and no character that an editor does not show, but for line ends in
    its texts; a space, a comma or the word fuzzy would make something else of a reference or a flag.
    """
    if message.source_plural or message.previous or message.previous_plural or len(message.targets) > 1:
        return False
    texts = f"{message.key.source}{message.key.context}{message.target}".replace("\n", "")
    return (
        "".join((texts, *message.comments, *message.notes)).isprintable()
        and all(map(_NAME.fullmatch, message.references))
        and all(map(_FLAG.fullmatch, message.flags))
    )


def _fresh_header(catalog: Catalog, origin: _Origin) -> str:
    """The header in gettext's layout, with the marks (`#, fuzzy` ...) that it had."""
    old = origin.file.text[origin.header.start : origin.header.end].split("\n") if origin.header else ()
    marks = tuple(line.strip() for line in old if line.strip().startswith(("#.", "#:", "#,", "#=")))
    return _header_lines(catalog.header, catalog.header_comments, marks, catalog.path)


@lru_cache(maxsize=64)  # templates have the same, and so have the new catalogs of a locale
def _header_lines(header: _Pairs, own: tuple[str, ...], marks: tuple[str, ...], path: str) -> str:
    text = "".join(f"{name}: {value}\n" if name else f"{value}\n" for name, value in header)
    lines = header_text(own, marks, text)
    back = read(lines, path).entries[0].message
    held = back.comments == own and _pairs(back.target) == header
    if not held or declared(lines.encode())[0] not in UTF_8:
        raise CatalogError(
            "PO cannot hold this header: a field is one line `Name: value`, a comment is one line, "
            "and the charset is UTF-8.",
            Place(path),
        )
    return lines


def _encoded(text: str, path: str) -> bytes:
    """UTF-8; CatalogError for the two things that no text file holds."""
    try:
        data = text.encode()
    except UnicodeEncodeError as half:
        sentence = f"The catalog holds half a character ({half.object[half.start]!r}); take it out of its texts."
        raise CatalogError(sentence, Place(path)) from None
    if b"\0" in data:
        raise CatalogError("The catalog holds a NUL character; take it out of its texts.", Place(path))
    return data


def _is_header(message: Message) -> bool:
    return message.key == Key("") and not message.obsolete


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """The header's fields; a line that is none has an empty name."""
    lines = text.removesuffix("\n").split("\n") if text else []
    parts = (line.partition(":") for line in lines)
    return tuple((name, value.strip()) if colon else ("", name) for name, colon, value in parts)


def _tag(header: Iterable[tuple[str, str]]) -> str:
    """The tag that the Language field means; gettext writes it with underscores."""
    return dict(header).get("Language", "").replace("_", "-")


def _refuse_doubles(messages: Sequence[Message], path: str) -> None:
    """Two entries with one key, obsolete ones too, are an error to every gettext tool."""
    if len({message.key for message in messages}) == len(messages):
        return
    seen: dict[Key, Message] = {}
    for message in messages:
        first = seen.setdefault(message.key, message)
        if first is not message:
            where = f" (first in line {first.line})" if first.line else ""
            raise CatalogError(
                f"The source {_short(message.key.source)} stands here a second time{where}; keep one of the two.",
                Place(path, message.line),
            )


def _refuse_conflicts(messages: Iterable[Message], path: str) -> None:
    """msgcat joins two differing texts in one, between markers, for a person to choose."""
    for message in messages:
        for target in message.targets:
            if _CONFLICT in target and not message.fuzzy:
                raise CatalogError(
                    "The text holds an unresolved conflict of msgcat; keep one side and delete the markers.",
                    Place(path, message.line),
                )


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
