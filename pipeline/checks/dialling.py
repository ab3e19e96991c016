"""The numbers that a page has to show, and the places of a page where a number can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from pipeline import helplines, locales, placeables
from pipeline.checks.expected import Expected
from pipeline.checks.reading import STYLE, Reading, joined
from pipeline.model import Contact, Edition

MARKS = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
"""Invisible characters, as a class of a pattern."""

APART = "\na\n\n"
"""Between two texts of a page, so that no number goes on from one to the next, and none is called by the words there:
numbers are found in texts that are so joined just as in each of them."""

_DIALLED = frozenset({"voice", "tty", "sms"})
_SEPARATORS = r"-./() \t\u00a0\u2007\u2009\u202f\u2010-\u2015\u2060\u2212"
_WORDED = ("alt", "title", "aria-label", "placeholder", "value")
_CONTENT = re.compile(r"content\s*:\s*([^;}]*)", re.IGNORECASE)
_ONE_SPACE = re.compile(r"[ \t\u00a0\u2007\u2009\u202f]+")
_IGNORED = re.compile(f"[{MARKS}]")


def numbers_of(reading: Reading) -> Iterator[tuple[Expected, Contact]]:
    """Each safety text with each number that it has to show."""
    edition = reading.edition
    for item in reading.expected:
        for role in item.roles if item.segment.safety else ():
            helpline = helplines.resolve(edition.registry, edition.locale, role)
            if helpline is not None:
                yield item, helplines.phone_contact(helpline)


def region_of(edition: Edition) -> str:
    """The region whose lines the page shows: the locale's or, for pseudo-locales, the source's."""
    return (edition.source_locale if locales.is_pseudo(edition.locale) else edition.locale).region


def contacts_of(edition: Edition) -> tuple[Contact, ...]:
    """Every number of an active helpline of the page's region."""
    region = region_of(edition)
    return tuple(
        contact
        for helpline in edition.registry.helplines.values()
        if helpline.region == region and helpline.status == "active"
        for contact in helpline.contacts
        if contact.channel in _DIALLED
    )


def digits_of(contact: Contact) -> set[str]:
    """The ways to write a number that dial the same."""
    international = {contact.e164, contact.e164.removeprefix("+")} - {""}
    return {contact.dial, placeables.phone_digits(contact.display), *international}


def form_of(contact: Contact) -> re.Pattern[str]:
    """The digits of a number as it is shown, with whatever separators."""
    return _form(placeables.phone_digits(contact.display))


@lru_cache(maxsize=1024)
def _form(digits: str) -> re.Pattern[str]:
    return re.compile(r"(?<![0-9])" + rf"[{_SEPARATORS}]{{0,3}}".join(map(re.escape, digits)) + "(?![0-9])")


def known_numbers(edition: Edition) -> frozenset[str]:
    """Every way to write, in digits, a number of the page's region."""
    known = helplines.contact_numbers(edition.registry, region_of(edition))
    return known | {digits for contact in contacts_of(edition) for digits in digits_of(contact)}


def is_made_of(text: str, known: frozenset[str]) -> bool:
    """Whether what looks like a number is one that is known or, as in "3114 (3114)", several side by side."""
    bare = "".join(char for char in placeables.fold_digits(text) if not _IGNORED.match(char))
    return _made_of(tuple(re.findall(r"[0-9]+", bare)), known)


def _made_of(groups: tuple[str, ...], known: frozenset[str]) -> bool:
    if not groups:
        return True
    starts = (("".join(groups[:end]), groups[end:]) for end in range(1, len(groups) + 1))
    return any({start, f"+{start}"} & known and _made_of(rest, known) for start, rest in starts)


def needs_isolation(contact: Contact) -> bool:
    """Digits alone keep their order; groups of them do not."""
    return not contact.display.isdecimal()


def dialled(reading: Reading) -> Iterator[tuple[str, str]]:
    """Each link that dials or texts, with the text that it shows."""
    if not any(run.href.strip().lower().startswith(("tel:", "sms:")) for run in reading.runs if run.href):
        return
    for (_, href), runs in groupby(reading.runs, key=lambda run: (run.block, run.href)):
        if href.strip().lower().startswith(("tel:", "sms:")):
            yield href, "".join(run.text for run in runs)


def texts_of(reading: Reading) -> Iterator[tuple[str, str]]:
    """Everything on the page that could show a number, with its name."""
    tree = reading.tree
    yield "page", joined(run for run in reading.runs if run.hidden != STYLE)
    yield "plain text", reading.page.text
    for node, _ in tree.in_head("title"):
        yield "title", node.text()
    for _, attrs in tree.tagged("meta"):
        yield "description", attrs.get("content") or ""
    yield from (("data for search engines", data) for data in tree.linked_data)
    for node, _ in tree.tagged("style"):
        yield from (("style sheet", added) for added in _added(node.text()))
    for _, attrs in tree.having(*_WORDED):
        yield from ((f"attribute {name}", attrs.get(name) or "") for name in _WORDED)


@lru_cache(maxsize=64)
def _added(sheet: str) -> tuple[str, ...]:
    """What a style sheet adds to the text; many pages have the same."""
    return tuple(match[1] for match in _CONTENT.finditer(sheet))


def one_space(text: str) -> str:
    """A text with every space that is no line break as an ordinary one."""
    return _ONE_SPACE.sub(" ", text)
