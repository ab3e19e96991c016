"""Glossaries: TBX-Basic (ISO 30042:2008, as most tools write it; the edition of 2019 is read too), CSV and TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline import glossary
from pipeline.errors import ExchangeError
from pipeline.exchange import xml
from pipeline.model import Place, Term

_HEADER = ("term", "target", "forbidden", "note")
_LEAVES = frozenset({"term", "termNote", "note", "p", "title"})
_STATUS = "administrativeStatus"
_PREFERRED, _DEPRECATED = "preferredTerm-admn-sts", "deprecatedTerm-admn-sts"
_FORBIDDEN = frozenset({_DEPRECATED, "deprecatedTerm", "supersededTerm-admn-sts", "notRecommended"})


def write_table(terms: Sequence[Term], delimiter: str) -> bytes:
    """A table with the header of ``source/glossary/<tag>.csv``; ExchangeError for what it cannot hold."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(_HEADER)
    for term in terms:
        if any(";" in wording for wording in term.forbidden):
            raise ExchangeError(
                f"A table parts wordings by semicolons; take them out of those of {term.source!r}.", term.place
            )
        writer.writerow((term.source, term.target, ";".join(term.forbidden), term.note))
    return stream.getvalue().encode()


def read_table(data: bytes, path: str, delimiter: str) -> tuple[Term, ...]:
    """The terms of a table; GlossaryError, with the line, for anything that is no such table."""
    if delimiter == ",":
        return glossary.load(data, path)
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise ExchangeError(f"This is no table with tabs in UTF-8: {problem}.", Place(path)) from None
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return glossary.load(stream.getvalue().encode(), path)


def write_tbx(terms: Sequence[Term], source: str, target: str) -> bytes:
    """A termbase; the forbidden wordings are its deprecated terms."""
    root = etree.Element("martif", type="TBX-Basic")
    root.set(f"{xml.XML}lang", source)
    described = xml.add(xml.add(root, "martifHeader", {}), "fileDesc", {})
    xml.add(xml.add(described, "sourceDesc", {}), "p", {}, f"Glossary of {target}, written by Handrail")
    body = xml.add(xml.add(root, "text", {}), "body", {})
    for number, term in enumerate(terms, 1):
        entry = xml.add(body, "termEntry", {"id": f"t{number}"})
        if term.note:
            xml.add(entry, "note", {}, term.note)
        _write(xml.add(entry, "langSet", {f"{xml.XML}lang": source}), term.source, "")
        approved = xml.add(entry, "langSet", {f"{xml.XML}lang": target})
        _write(approved, term.target, _PREFERRED)
        for wording in term.forbidden:
            _write(approved, wording, _DEPRECATED)
    return xml.serialize(root, _LEAVES)


def read_tbx(root: etree._Element, path: str, source: str, target: str) -> tuple[Term, ...]:
    """The concepts that have a term in both languages; of several approved ones the first counts."""
    found: dict[str, Term] = {}
    for entry in root.iter("{*}termEntry", "{*}conceptEntry"):
        mine, _ = _terms(entry, source)
        theirs, forbidden = _terms(entry, target)
        if mine and theirs:
            note = xml.text(xml.child(entry, "note"))
            term = Term(mine[0], theirs[0], tuple(forbidden), note, Place(path, xml.line(entry)))
            if mine[0].casefold() in found:
                first = found[mine[0].casefold()].place
                raise ExchangeError(f"The term {mine[0]!r} already stands at {first}. Remove one.", term.place)
            found[mine[0].casefold()] = term
    return tuple(found.values())


def joined(ours: Sequence[Term], theirs: Sequence[Term], existing: str) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Our terms with those that are new, and the ones among theirs that say otherwise than ours.

    ``existing`` is ``keep`` or ``replace``: what happens to ours where theirs differ.
    """
    known = {term.source.casefold(): term for term in ours}
    differing = tuple(term for term in theirs if known.get(term.source.casefold(), term) != term)
    added = {
        term.source.casefold(): term for term in theirs if existing == "replace" or term.source.casefold() not in known
    }
    return tuple({**known, **added}.values()), differing


def _write(parent: etree._Element, text: str, status: str) -> None:
    made = xml.add(parent, "tig", {})
    xml.add(made, "term", {}, text)
    if status:
        xml.add(made, "termNote", {"type": _STATUS}, status)


def _terms(entry: etree._Element, tag: str) -> tuple[list[str], list[str]]:
    """The approved and the forbidden terms of a concept in a language: those of the tag, else of its bare language."""
    sets = {one.get(f"{xml.XML}lang", "").casefold(): one for one in entry.iter("{*}langSet", "{*}langSec")}
    wanted = tag.casefold()
    language = sets.get(wanted)
    language = language if language is not None else sets.get(wanted.partition("-")[0])
    approved: list[str] = []
    forbidden: list[str] = []
    for text, status in _stated(language) if language is not None else ():
        (forbidden if status in _FORBIDDEN else approved).append(text)
    return approved, forbidden


def _stated(language: etree._Element) -> Iterator[tuple[str, str]]:
    for one in language.iter("{*}tig", "{*}ntig", "{*}termSec"):
        term = next(one.iter("{*}term"), None)
        if term is not None and xml.text(term).strip():
            status = next((xml.text(note) for note in one.iter("{*}termNote") if note.get("type") == _STATUS), "")
            yield xml.text(term).strip(), status.strip()
