"""Damage to the markup and the plain text of a finished page that leaves every word of it in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.audit.making import on_html, on_text
from pipeline.audit.operators import Operator
from pipeline.audit.subject import Subject
from pipeline.model import Page

_BLOCK = re.compile(r'(<p data-safety="[a-z-]+"[^>]*>)(.*?)(</p>)', re.DOTALL)
_NUMBER = re.compile(r'(<a class="phone" href="tel:[^"]*">)(<bdi dir="ltr" translate="no">)([^<]*)(</bdi></a>)')
_SCRIPT = "document.querySelectorAll('[data-safety]').forEach(e=>e.remove())"


def _html(id: str, kind: str, summary: str, change: Callable[[str], str]) -> Operator:
    made = on_html(f"markup/{id}", kind)(lambda page, _: change(page.html))
    return replace(made, summary=summary)


def _swap(id: str, kind: str, summary: str, old: str, new: str) -> Operator:
    return _html(id, kind, summary, lambda html: html.replace(old, new))


def _blocks(id: str, kind: str, summary: str, new: str) -> Operator:
    """An operator over every safety block; its groups are its start, its text and its end."""
    return _html(id, kind, summary, lambda html: _BLOCK.sub(new, html))


def _last(id: str, kind: str, summary: str, new: str) -> Operator:
    """The same over the last one."""

    def change(html: str) -> str:
        found = list(_BLOCK.finditer(html))[-1]
        return html[: found.start()] + found.expand(new) + html[found.end() :]

    return _html(id, kind, summary, change)


def _numbers(id: str, kind: str, summary: str, new: str) -> Operator:
    """Over every number; the groups are its link, its isolation, its digits and its end."""
    return _html(id, kind, summary, lambda html: _NUMBER.sub(new, html))


def _text(id: str, kind: str, summary: str, change: Callable[[str], str]) -> Operator:
    made = on_text(f"text-page/{id}", kind)(lambda page, _: change(page.text))
    return replace(made, summary=summary)


@on_html("markup/direction-turned", "reading order")
def direction_turned(page: Page, subject: Subject) -> str:
    """Safety blocks run in the other direction than their language."""
    other = "ltr" if subject.edition.locale.direction == "rtl" else "rtl"
    return page.html.replace("<p data-safety=", f'<p dir="{other}" data-safety=')


OPERATORS = (
    direction_turned,
    _swap(
        "page-script",
        "hidden",
        "A script in the head takes safety text away.",
        "</head>",
        f"<script>{_SCRIPT}</script></head>",
    ),
    _swap(
        "script-elsewhere",
        "hidden",
        "The page runs a script of somebody else's.",
        "</body>",
        '<script src="https://x.example/a.js"></script></body>',
    ),
    _swap(
        "shadow",
        "hidden",
        "A shadow tree stands in the place of the body.",
        '<div class="body">',
        '<div class="body"><template shadowrootmode="open"><p>-</p></template>',
    ),
    _swap(
        "popover", "hidden", "Safety blocks are shown only on request.", "<p data-safety=", "<p popover data-safety="
    ),
    _blocks("ruby", "hidden", "Safety text stands where browsers without ruby look.", r"\1<ruby> <rp>\2</rp></ruby>\3"),
    _blocks("deleted", "duplicate or contradiction", "Safety text is marked as deleted.", r"\1<del>\2</del>\3"),
    _last("block-deleted", "duplicate or contradiction", "A safety block is struck out.", r"<s>\g<0></s>"),
    _blocks(
        "prefixed",
        "duplicate or contradiction",
        "Words stand before safety text in its block.",
        r"\1No longer valid: \2\3",
    ),
    _blocks("digit-in-block", "wrong digit", "A digit stands in the block of safety text.", r"\1\2 9\3"),
    _last(
        "contradicted",
        "duplicate or contradiction",
        "A sentence after a safety block takes it back.",
        r"\g<0><p>Do not call anybody.</p>",
    ),
    _last(
        "taken-back",
        "duplicate or contradiction",
        "A sentence before a safety block takes it back.",
        r"<p>What follows is out of date:</p>\g<0>",
    ),
    _swap(
        "theme-sentence",
        "untranslated",
        "The theme says something in one language.",
        '<div class="body">',
        '<p>These numbers are out of date.</p><div class="body">',
    ),
    _swap(
        "picture-words",
        "duplicate or contradiction",
        "The words for a picture take safety text back.",
        "</main>",
        '<img src="x.svg" alt="Do not call anybody"></main>',
    ),
    _blocks("override", "reading order", "An override turns safety text around.", "\\1\u202e\\2\u202c\\3"),
    _blocks("override-entity", "reading order", "The same, written as an entity.", r"\1&#8238;\2&#8236;\3"),
    _numbers(
        "number-turned",
        "reading order",
        "Numbers are isolated in the wrong direction.",
        '\\1<bdi dir="rtl" translate="no">\u200f\\3\\4',
    ),
    _numbers(
        "number-mark", "invisible characters", "A mark of direction stands before a number.", "\\1\\2\u200f\\3\\4"
    ),
    _swap(
        "number-renamed",
        "link and text differ",
        "Screen readers read another number out.",
        '<a class="phone"',
        '<a aria-label="110" class="phone"',
    ),
    _swap(
        "block-renamed",
        "hidden",
        "Screen readers read an advertisement out.",
        "<p data-safety=",
        '<p role="img" aria-label="-" data-safety=',
    ),
    _swap(
        "keyboard",
        "not a link",
        "The keyboard passes over numbers.",
        '<a class="phone"',
        '<a tabindex="-1" class="phone"',
    ),
    _swap("saved", "not a link", "Touching a number saves a file.", '<a class="phone"', '<a download class="phone"'),
    _swap(
        "watched",
        "wrong claim",
        "Somebody is told who calls.",
        '<a class="phone"',
        '<a ping="https://x.example/" class="phone"',
    ),
    _html(
        "country",
        "wrong country",
        "A number is dialled in another country.",
        lambda html: re.sub(r'(href="tel:[0-9]{3,5})"', r'\1;phone-context=+964"', html),
    ),
    _swap(
        "area",
        "wrong service",
        "A place in a picture dials a number.",
        "</main>",
        '<map><area href="tel:0900123456"></map></main>',
    ),
    _swap(
        "chat",
        "wrong service",
        "A link opens a chat with a number that no registry knows.",
        "</main>",
        '<a href="https://wa.me/4915112345678">+</a></main>',
    ),
    _swap(
        "drawing",
        "wrong service",
        "A number stands in a drawing.",
        "</main>",
        "<svg><text>0900 123 456 78</text></svg></main>",
    ),
    _numbers("breakable", "clipped", "A line may break inside a number.", r"\1\2<wbr>\3\4"),
    _numbers(
        "digits-foreign",
        "wrong language mark",
        "Digits are marked as being in another language.",
        r'\1<bdi lang="ko" dir="ltr">\3\4',
    ),
    _swap(
        "encoding", "damaged text", "The page announces another encoding.", 'charset="utf-8"', 'charset="iso-8859-1"'
    ),
    _swap("encoding-lost", "damaged text", "The page announces no encoding.", '<meta charset="utf-8">', ""),
    _html(
        "viewport-lost",
        "clipped",
        "The page is drawn as for a desktop.",
        lambda html: re.sub(r'<meta name="viewport"[^>]*>', "", html),
    ),
    _swap(
        "fixed-size",
        "clipped",
        "Readers cannot enlarge the page.",
        "initial-scale=1",
        "initial-scale=1,user-scalable=no",
    ),
    _html(
        "description",
        "duplicate or contradiction",
        "The description says something else.",
        lambda html: re.sub(r'(name="description" content=")[^"]*', r"\1Buy it now", html),
    ),
    _html(
        "data",
        "duplicate or contradiction",
        "The data for search engines say something else.",
        lambda html: re.sub(r'("description": ")[^"]*', r"\1Buy it now", html),
    ),
    _html(
        "canonical",
        "untranslated",
        "The canonical address is that of another page.",
        lambda html: re.sub(r'(rel="canonical" href=")[^"]*', r"\1https://x.example/", html),
    ),
    _swap(
        "card-claim",
        "wrong claim",
        "A card says what the registry does not.",
        '<p class="facts">',
        '<p class="facts"><span>100 % free, day and night</span> ',
    ),
    _text("terminal", "hidden", "A code for terminals hides the plain text.", lambda text: f"\x1b[8m{text}"),
    _text("overwritten", "hidden", "The plain text is overwritten.", lambda text: text + "\b" * 30),
    _text(
        "scattered",
        "hidden",
        "Hundreds of empty lines stand in the plain text.",
        lambda text: text.replace("\n\n", "\n" * 300, 3),
    ),
    _text(
        "taken-back",
        "duplicate or contradiction",
        "A sentence before the plain text takes it back.",
        lambda text: f"What follows is out of date.\n\n{text}",
    ),
    _text(
        "stroked",
        "damaged text",
        "Every letter of the plain text is struck out.",
        lambda text: "".join(f"{char}\u0336" if char.isalpha() else char for char in text),
    ),
)
"""All of the above."""
