"""What the templates of an article are given: every value ready to print, every decision made."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from pipeline import helplines, inline, locales
from pipeline.errors import SourceError
from pipeline.identity import Same
from pipeline.model import NO_LINE, Article, Contact, Edition, Element, Helpline, Locale, Node, Place, Registry, Segment
from pipeline.render.html import language

WORDS_PER_MINUTE = 200
"""How fast adults read a text about health without haste, in words of the source."""

ROLES = ("emergency", "crisis", "referral")
"""The helplines that come first, in this order; other roles of a region follow in the order of the registry."""


@dataclass(frozen=True, slots=True)
class Facts:
    """When a line answers, what it costs, and in which languages; empty where nothing is said."""

    hours: str
    """``always``, ``unknown``, ``text``, or empty."""

    hours_text: str
    """Days and times in the page's language, or the helpline's own words."""

    hours_lang: Markup
    cost: str
    """One of the registry's."""

    languages: str
    """A list in the page's language."""

    def __bool__(self) -> bool:
        return bool(self.hours or self.cost or self.languages)


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach a helpline."""

    channel: str
    display: str
    href: str
    style: str
    """``phone`` for what is dialled, ``address`` for what is opened."""

    facts: Facts
    """Where they differ from the line's."""


@dataclass(frozen=True, slots=True)
class Line:
    """A helpline as a page shows it."""

    id: str
    """In the registry; what verification knows the card by."""

    name: str
    lang: Markup
    """Attributes for a name in another language than the page's."""

    kind: str
    contacts: tuple[Reach, ...]
    facts: Facts
    """Emergency services say nothing of what nobody knows."""

    claims: tuple[str, ...]
    """The registry's."""

    checked: str
    """The date in the page's language; empty where nobody compared the entry with its sources."""

    demonstration: bool

    entry: Helpline
    """What it was made from, for data that machines read."""


def attributes(pairs: tuple[tuple[str, str], ...]) -> Markup:
    """Attributes to print inside a tag, with the space before them."""
    return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in pairs)


def lines(registry: Registry, locale: Locale) -> tuple[Line, ...]:
    """The helplines of a locale's region, each once; none for a locale without a region.

    Raises:
        RegistryError: the registry does not say what the region shows.
    """
    return _lines(Same(registry), locale)


@lru_cache(maxsize=256)
def _lines(registries: Same[Registry], locale: Locale) -> tuple[Line, ...]:
    registry = registries.value
    declared = helplines.roles(registry, locale.region, locale.language)
    roles = [role for role in ROLES if role in declared] + [role for role in declared if role not in ROLES]
    found = [helplines.resolve(registry, locale, role) for role in roles if declared[role] != NO_LINE]
    unique = {helpline.id: helpline for helpline in found if helpline is not None}
    return tuple(_line(helpline, locale) for helpline in unique.values())


def minutes(article: Article) -> int:
    """How long the source takes to read, in whole minutes: the same in every locale."""
    return _minutes(Same(article))


@lru_cache(maxsize=32)
def _minutes(article: Same[Article]) -> int:
    words = len(" ".join(_texts(article.value.body)).split())
    return max(1, math.ceil(words / WORDS_PER_MINUTE))


def updated(article: Article) -> date | None:
    """The date of the article's front matter.

    Raises:
        SourceError: it is no date in the form of ISO 8601.
    """
    written = dict(article.meta).get("date", "")
    return _day(written, "date", article) if written else None


def reviewed(article: Article) -> date | None:
    """The day on which a health professional reviewed the article, if its front matter says one.

    Raises:
        SourceError: what stands there is neither a date nor true nor false.
    """
    written = dict(article.meta).get("reviewed", "")
    if written.lower() in ("", "true", "false"):
        return None
    return _day(written, "reviewed", article)


def translated(edition: Edition) -> date | None:
    """The day of the catalog's last revision, by gettext’s header; None for the source, and where it says none."""
    written = dict(edition.catalog.header).get("PO-Revision-Date", "")[:10]
    if edition.locale.tag == edition.article.locale:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:  # a header that nobody has filled in: YEAR-MO-DA HO:MI+ZONE
        return None


def changed(edition: Edition) -> date | None:
    """The day on which what a page says last changed, as far as its files tell; None where they do not.

    Raises:
        SourceError: as :func:`updated`.
    """
    return max(filter(None, (updated(edition.article), translated(edition))), default=None)


def is_urgent(edition: Edition) -> bool:
    """Whether the policy wants the helplines before everything else."""
    return dict(edition.article.meta).get("topic", "") in edition.policy.crisis_topics


def fallback(article: Article, locale: Locale) -> str:
    """The name, in the page's language, of the language in which untranslated parts appear; empty without any."""
    segments = [article.title, *([article.description] if article.description else []), *_segments(article.body)]
    tag = next((segment.lang for segment in segments if segment.lang and segment.lang != locale.tag), "")
    return locales.language_name(tag.split("-")[0], locale) if tag else ""


def _day(written: str, field: str, article: Article) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        text = f"The {field} “{written}” is no date; write it as year-month-day."
        raise SourceError(text, Place(article.path)) from error


def _line(helpline: Helpline, locale: Locale) -> Line:
    name, tag = helplines.name_in(helpline, locale)
    verified = helpline.verified
    silent = "unknown" if helpline.kind == "emergency" else ""
    hours, cost = (fact if fact != silent else "" for fact in (helpline.hours, helpline.cost))
    own = helpline.names[0][0]
    return Line(
        id=helpline.id,
        name=name,
        lang=_apart(tag, locale),
        kind=helpline.kind,
        contacts=tuple(_reach(contact, own, locale) for contact in helpline.contacts),
        facts=_facts(hours, cost, helpline.languages, own, locale),
        claims=helpline.claims,
        checked=locales.format_date(verified.date, locale) if verified else "",
        demonstration=verified is not None and verified.kind == "demonstration",
        entry=helpline,
    )


def _facts(hours: str, cost: str, languages: tuple[str, ...], own: str, locale: Locale) -> Facts:
    """``own``: the language of the operator's words."""
    said = helplines.hours_in(hours, locale)
    spoken = [locales.language_name(language, locale) for language in languages]
    return Facts(
        hours=hours if hours in ("", "always", "unknown") else "text",
        hours_text=said or hours,
        hours_lang=Markup("") if said else _apart(own, locale),
        cost=cost,
        languages=locales.list_of(spoken, locale) if spoken else "",
    )


def _apart(tag: str, locale: Locale) -> Markup:
    """Attributes for a language apart from the page's; another region of it is no other language."""
    return attributes(language(tag, locale) if tag.split("-")[0] != locale.language else ())


def _reach(contact: Contact, own: str, locale: Locale) -> Reach:
    facts = _facts(contact.hours, contact.cost, contact.languages, own, locale)
    if contact.channel in ("voice", "tty"):
        return Reach(contact.channel, contact.display, helplines.tel_uri(contact), "phone", facts)
    if contact.channel == "sms":
        return Reach(contact.channel, contact.display, f"sms:{contact.e164 or contact.dial}", "phone", facts)
    address = contact.dial if contact.dial.startswith(("https://", "http://")) else f"https://{contact.dial}"
    return Reach(contact.channel, contact.display, address, "address", facts)


def _segments(nodes: tuple[Node, ...]) -> Iterator[Segment]:
    for node in nodes:
        if isinstance(node, Segment):
            yield node
            yield from _segments(node.content)
        elif isinstance(node, Element):
            yield from (value for _, value in node.attrs if isinstance(value, Segment))
            yield from _segments(node.children)


def _texts(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Segment):
            yield inline.plain(node.content)
        elif isinstance(node, Element):
            yield from _texts(node.children)
