"""The record as one HTML page that needs nothing else: for auditors, in a browser or on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from pipeline.release.record import Record

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border: 1px solid #767676; padding: .3rem .5rem; text-align: start; vertical-align: top; }
th { background: #eee; }
code { overflow-wrap: anywhere; }
.closed { color: #9b1c1c; font-weight: bold; }
.open { color: #14532d; font-weight: bold; }
"""


def to_html(one: Record) -> bytes:
    """The page, as UTF-8; every text of the record is shown, never obeyed."""
    return ("\n".join(_lines(one)) + "\n").encode("utf-8", "backslashreplace")


def _lines(one: Record) -> Iterator[str]:
    title = f"Audit pack: {escape(one['title'])}, {escape(one['date'])}"
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield f'<head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>'
    yield f"<body><main><h1>{title}</h1>"
    yield from _verdict(one)
    yield "<h2>Pages</h2>"
    yield from _table(
        ("locale", "article", "page", "hash of the HTML", "hash of the plain text"), map(_page, one["pages"])
    )
    yield "<h2>Safety texts and who signed them off</h2>"
    for page in one["pages"]:
        yield f"<h3>{escape(page['locale'])}: {escape(page['article'])}</h3>"
        yield from _table(
            ("text", "source", "target", "signed off", "hashes"), (_safety(s, page) for s in page["safety"])
        )
    yield "<h2>Numbers on the pages</h2>"
    yield from _table(("locale", "article", "role", "number", "helpline"), _numbers(one["pages"]))
    yield "<h2>Helplines, their verification and their sources</h2>"
    yield from _table(
        ("helpline", "contacts", "verified", "sources", "hash of the facts"), map(_line, one["helplines"])
    )
    yield "<h2>Findings</h2>"
    yield from _table(("severity", "rule", "where", "what"), map(_finding, one["findings"]))
    if one["accepted"]:
        yield "<h2>Findings that the settings or a baseline let pass</h2>"
        yield from _table(("severity", "rule", "where", "what", "reason"), map(_accepted, one["accepted"]))
    yield "<h2>What was checked</h2>"
    yield from _table(("rule", "what it looks for", "errors", "warnings"), map(_rule, one["rules"]))
    yield "<h2>Files</h2>"
    yield from _table(("file", "hash"), ((escape(path), _code(mark)) for path, mark in one["files"].items()))
    yield "</main></body></html>"


def _verdict(one: Record) -> Iterator[str]:
    state = "open" if one["open"] else "closed"
    yield f'<p class="{state}">The gate is {state}.</p>'
    if one["demonstration"]:
        yield "<p><strong>This is a demonstration: no qualified person signed its texts off as such, and nobody dialled"
        yield "its numbers. It is no release.</strong></p>"
    required = ", ".join(map(escape, one["policy"]["required"])) or "none"
    yield f"<p>Site: {escape(one['url'])}. Made by Handrail {escape(one['handrail'])}. Safety texts that every article"
    yield f"must carry: {required}. Share of messages that must be translated: {one['policy']['complete']:.0%}.</p>"


def _page(page: Record) -> tuple[str, ...]:
    shown = "goes out" if page["open"] else f"withheld: {escape(', '.join(page['reasons']))}"
    return escape(page["locale"]), escape(page["article"]), shown, _code(page["html"]), _code(page["text"])


def _safety(one: Record, page: Record) -> tuple[str, ...]:
    lacks = one["shown_where_there_is_no"]
    name = f"{escape(one['id'])}{f' (shown where there is no {escape(lacks)})' if lacks else ''}"
    target = f'<span lang="{escape(page["locale"])}" dir="{escape(page["direction"])}">{escape(one["target"])}</span>'
    return name, escape(one["source"]), target, _signed(one["sign_off"]), _codes(one, "source_hash", "target_hash")


def _signed(one: Record | None) -> str:
    if one is None:
        return '<span class="closed">by nobody</span>'
    people = f"{one['reviewer']} ({one['qualification']}), {one['date']}; translated by {one['translator']}"
    return f"{escape(one['kind'])}: {escape(people)}; {escape(one['method'])}"


def _numbers(pages: Iterable[Record]) -> Iterator[tuple[str, ...]]:
    for page in pages:
        for one in page["numbers"]:
            number = f'<bdi dir="ltr">{escape(one["number"])}</bdi>' if one["number"] else "none in this region"
            line = escape(one["helpline"] or "")
            yield escape(page["locale"]), escape(page["article"]), escape(one["role"]), number, line


def _line(one: Record) -> tuple[str, ...]:
    names = "; ".join(f"{name} ({language})" for language, name in one["names"].items())
    contacts = "<br>".join(
        f'{escape(c["channel"])}: <bdi dir="ltr">{escape(c["shown"])}</bdi>' for c in one["contacts"]
    )
    sources = "<br>".join(escape(f"{s['url']} ({s['kind']}, {s['shown']}): {s['says']}") for s in one["sources"])
    verified = one["verified"]
    said = (
        f"{verified['kind']}: {verified['by']}, {verified['date']}; {verified['method']}" if verified else "by nobody"
    )
    head = f"{escape(one['id'])}<br>{escape(names)}<br>{escape(one['region'])}, {escape(one['kind'])}"
    return head, contacts, escape(said), sources, _code(one["facts_hash"])


def _finding(one: Record) -> tuple[str, ...]:
    where = one["place"] or ", ".join(filter(None, (one["article"], one["locale"])))
    return escape(one["severity"]), escape(one["rule"]), escape(where), escape(one["text"])


def _accepted(one: Record) -> tuple[str, ...]:
    return (*_finding(one), escape(one["reason"]))


def _rule(one: Record) -> tuple[str, ...]:
    return escape(one["id"]), escape(one["says"]), str(one["errors"]), str(one["warnings"])


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table of cells that are HTML already; a sentence where there is no row."""
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    if not cells:
        yield "<p>None.</p>"
        return
    yield f"<table><thead><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead><tbody>"
    yield from (f"<tr>{row}</tr>" for row in cells)
    yield "</tbody></table>"


def _codes(one: Record, *names: str) -> str:
    return "<br>".join(_code(one[name]) for name in names)


def _code(text: Any) -> str:
    return f"<code>{escape(text)}</code>" if text else ""
