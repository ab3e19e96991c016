"""The rule about cards of helplines: what a page says of a line besides the article's own sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline import helplines, placeables
from pipeline.checks import changes
from pipeline.checks.dialling import digits_of, form_of, one_space
from pipeline.checks.reading import Reading, Run, joined
from pipeline.checks.rules import Change, Fault, Swap, page_rule
from pipeline.checks.squeezing import squeezed
from pipeline.model import Edition, Helpline, Severity

_ADVICE = "Check the theme: a card shows an entry of the registry, whole, and nothing else."
_FACTS = {
    "Open 24 hours a day, every day": "always",
    "Free of charge": "free",
    "Costs as much as an ordinary call": "ordinary-call",
    "Anonymous": "anonymous",
    "Confidential": "confidential",
}
"""What the packaged theme says of a line, and the registry's word for it."""

_BETWEEN = re.compile(r"\n\s*\n[-*•\s]*")
"""Paragraphs, without the bullet that may stand before one."""

_NAME = "<h3>Écoute suicide</h3>"
_TEXT = "\n\n\u2068Écoute suicide\u2069\n"


@page_rule(
    "page/card",
    Severity.ERROR,
    flagged=(
        Swap(_NAME, "<h3>Écoute santé</h3>"),
        Swap(_NAME, "<h3 hidden>Écoute suicide</h3>"),
        Swap(">3114<", ">3115<"),
        Swap(">3114<", ">31<br>14<"),
        Swap('data-helpline="fr-crisis"', 'data-helpline="fr-gone"'),
        Swap('data-helpline="fr-crisis"', 'data-helpline="eg-crisis"'),
        Swap('data-helpline="fr-crisis"', 'data-helpline="fr-crisis" hidden'),
        Swap(_TEXT, "\n\nÉcoute santé\n", part="text"),
        Swap(f"{_TEXT}\u20663114\u2069", f"{_TEXT}\u2066112\u2069", part="text"),
    ),
    passed=(
        Swap(_NAME, "<p>Écoute <b>suicide</b></p>"),
        Swap("3114</bdi></a></li>", "3114</bdi></a><p>24h/24</p></li>"),
        Swap(_TEXT, "\n\nÉcoute\nsuicide\n", part="text"),
    ),
)
def card(reading: Reading) -> Iterator[Fault]:
    """A card shows another name or number than the registry's entry, hides them, or is not in the plain text.

    What is marked with ``data-helpline`` is what many readers look at and nothing else. Whether a page has cards
    is the theme's choice.
    """
    if not reading.tree.having("data-helpline"):
        return
    shown = _shown(reading.edition)
    paragraphs = [squeezed(one) for one in _BETWEEN.split(reading.page.text)]
    cards = [(id, _visible(runs)) for id, runs in groupby(reading.runs, key=lambda run: run.helpline) if id]
    for id, text in cards:
        for number in (one for one in _numbers(shown.get(id)) if one_space(one) not in one_space(text)):
            yield Fault(f"The card of “{id}” does not show the number {number} on one line.", _ADVICE)
    marked = [attrs["data-helpline"] or "" for _, attrs in reading.tree.having("data-helpline")]
    for id, text in [
        *((id, squeezed(text)) for id, text in cards),
        *((id, "") for id in marked if id not in {id for id, _ in cards}),
    ]:
        if id not in shown:
            yield Fault(f"A card is marked as that of “{id}”, which this region does not show.", _ADVICE)
            continue
        name, wanted = _wanted(shown[id], reading.edition)
        for missing in (one for one in wanted if squeezed(one) not in text):
            yield Fault(f"The card of “{name}” does not show “{missing}”.", _ADVICE)
        candidates = [one for one in paragraphs if one.startswith(squeezed(name))]
        if not any(all(squeezed(one) in paragraph for one in wanted) for paragraph in candidates):
            yield Fault(f"The plain text does not show the card of “{name}” whole.", _ADVICE)


@page_rule(
    "page/card-not-first",
    Severity.ERROR,
    flagged=(Swap('<main id="main">', '<main id="main"><p>La plupart</p>'), Swap(" data-helpline=", " data-line=")),
    passed=(Swap('<main id="main">', '<main id="main"><h2>Trouver de l’aide</h2>'),),
)
def card_not_first(reading: Reading) -> Iterator[Fault]:
    """The policy wants the helplines first on pages about this topic, and something else stands before them.

    Who is in a crisis does not scroll, and may not read on. The card may have a heading, and nothing else before it.
    """
    edition = reading.edition
    topic = dict(edition.article.meta).get("topic", "")
    if topic not in edition.policy.crisis_topics or not _shown(edition):
        return
    found = [one for one in reading.tree.parsed.css("main h1, main p, main [data-helpline]") if one.text().strip()]
    if not found or "data-helpline" not in found[0].attributes:
        yield Fault(
            f"The helplines are not the first thing on a page about “{topic}”.", "Put the card first in <main>."
        )


@page_rule(
    "page/card-facts",
    Severity.ERROR,
    flagged=(
        Swap(_NAME, f"{_NAME}<p>Prix d’un appel ordinaire</p>"),
        Swap(_NAME, f'{_NAME}<p><a href="tel:112">112</a></p>'),
        Swap(_TEXT, f"{_TEXT}Prix d’un appel ordinaire\n", part="text"),
    ),
    passed=(
        Swap(_NAME, f"{_NAME}<p>Gratuit</p>"),
        Swap(_TEXT, f"{_TEXT}Gratuit\n", part="text"),
    ),
)
def card_facts(reading: Reading) -> Iterator[Fault]:
    """A card says of its line what the registry does not: that it is free, always open, or has another number.

    "Free, day and night" does not travel from one line to the next. Who pays for a call, or finds nobody there, does
    not call again.
    """
    if not reading.tree.having("data-helpline"):
        return
    edition = reading.edition
    shown = _shown(edition)
    paragraphs = [squeezed(one) for one in _BETWEEN.split(reading.page.text)]
    for id, grouped in groupby(reading.runs, key=lambda run: run.helpline):
        runs = tuple(grouped)
        if id not in shown:
            continue
        line = shown[id]
        name, _ = helplines.name_in(line, edition.locale)
        texts = [squeezed(_visible(runs)), *(one for one in paragraphs if one.startswith(squeezed(name)))]
        for said in _untrue(line, edition):
            if any(squeezed(said) in text for text in texts):
                yield Fault(f"The card of “{name}” says “{said}”, and the registry does not.", _ADVICE)
        numbers = {digits for contact in line.contacts for digits in digits_of(contact)}
        for run in runs:
            number = placeables.phone_digits(run.text)
            if run.href.startswith(("tel:", "sms:")) and number and number not in numbers:
                yield Fault(f"The card of “{name}” shows {run.text.strip()}, which is another line's.", _ADVICE)


@page_rule(
    "page/companion",
    Severity.ERROR,
    flagged=(
        Change(
            "the line has to be shown with another, which the page does not show",
            lambda edition: changes.with_helpline(edition, "fr-crisis", shown_with=("fr-referral",)),
        ),
    ),
    passed=(
        Change(
            "the line has to be shown with another, which the page shows",
            lambda edition: changes.with_helpline(edition, "fr-crisis", shown_with=("fr-emergency",)),
        ),
    ),
)
def companion(reading: Reading) -> Iterator[Fault]:
    """The page shows a line without the one that it must be shown together with.

    Some lines are a pair, one for each language or age: with one of them half of the readers have nobody to call.
    """
    for line in _shown(reading.edition).values():
        for id in line.shown_with if _is_shown(line, reading) else ():
            other = reading.edition.registry.helplines.get(id)
            if other is not None and not _is_shown(other, reading):
                text = f"The page shows “{line.id}” and not “{id}”, which has to stand with it."
                yield Fault(text, "Show both: by a card, or in the article.")


def _is_shown(line: Helpline, reading: Reading) -> bool:
    forms = [form_of(contact) for contact in line.contacts if contact.channel in ("voice", "tty", "sms")]
    return any(form.search(reading.main) for form in forms)


def _untrue(line: Helpline, edition: Edition) -> Iterator[str]:
    """The theme's words that are not true of a line, in the page's language."""
    facts = {line.hours, line.cost, *line.claims, *(c.hours for c in line.contacts), *(c.cost for c in line.contacts)}
    for message in edition.interface.messages:
        fact = _FACTS.get(message.key.source)
        if fact is not None and fact not in facts and not message.obsolete and message.target.strip():
            yield message.target


def _shown(edition: Edition) -> dict[str, Helpline]:
    """The helplines of the locale's region, by id."""
    roles = helplines.roles(edition.registry, edition.locale.region, edition.locale.language)
    found = (helplines.resolve(edition.registry, edition.locale, role) for role in roles)
    return {helpline.id: helpline for helpline in found if helpline is not None}


def _numbers(helpline: Helpline | None) -> list[str]:
    """The numbers that the card of a helpline shows."""
    contacts = helpline.contacts if helpline else ()
    return [contact.display for contact in contacts if contact.channel in ("voice", "tty", "sms")]


def _wanted(helpline: Helpline, edition: Edition) -> tuple[str, list[str]]:
    """The name of a helpline, and with it all that its card has to show to the letter."""
    name, _ = helplines.name_in(helpline, edition.locale)
    return name, [name, *(contact.display for contact in helpline.contacts)]


def _visible(runs: Iterable[Run]) -> str:
    """What a reader sees of a card."""
    return joined(run for run in runs if not run.hidden)
