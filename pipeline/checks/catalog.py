"""Rules about a catalog as a whole: is everything translated, and is it the right catalog?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline import locales
from pipeline.checks import changes, samples, when
from pipeline.checks.rules import Change, Fault, Pair, edition_rule, message_rule
from pipeline.checks.units import Unit, article_segments, walked
from pipeline.errors import LocaleError
from pipeline.model import Catalog, Edition, Locale, Place, Severity, State

_NPLURALS = re.compile(r"\s*nplurals\s*=\s*(\d{1,2})\s*;")


@edition_rule(
    "gate/nothing-to-check",
    Severity.ERROR,
    flagged=(
        Change("the article has no text", lambda edition: replace(edition, article=changes.empty(edition.article))),
        Change(
            "the catalog has no messages",
            lambda edition: replace(edition, catalog=replace(edition.catalog, messages=())),
        ),
    ),
)
def nothing_to_check(edition: Edition) -> Iterator[Fault]:
    """The article has no text, or its catalog has no messages.

    A gate that opens because it found nothing to look at is worse than no gate: an empty file, a wrong path or a
    reader that skipped everything would pass.
    """
    place = Place(edition.article.path)
    if not any(segment.key.source.strip() for segment in walked(edition.article)):
        yield Fault("The article has no text to check.", "Check that the file is the right one and not empty.", place)
    if all(message.obsolete for message in edition.catalog.messages):
        advice = "Run handrail update, then translate the catalog."
        yield Fault("The catalog has no messages to check.", advice)


@message_rule(
    "catalog/untranslated",
    Severity.WARNING,
    when=when.unaccepted,
    flagged=(Pair("Feeling numb", ""), Pair("Feeling numb", "  ")),
    passed=(Pair("Feeling numb", "Se sentir engourdi"),),
)
def untranslated(unit: Unit) -> Iterator[Fault]:
    """An ordinary message has no target.

    A preview shows the source text in its place. Whether a page may go out without it is decided by the policy:
    see catalog/incomplete. For safety text see safety/untranslated.
    """
    if unit.segment and not unit.safety and unit.message.state is State.UNTRANSLATED:
        yield Fault(f"“{_short(unit.source)}” is not translated.", "Translate it.")


@message_rule(
    "catalog/fuzzy",
    Severity.WARNING,
    when=when.unaccepted,
    flagged=(Pair("Feeling numb", "Se sentir engourdi", fuzzy=True),),
    passed=(Pair("Feeling numb", "Se sentir engourdi"),),
)
def fuzzy(unit: Unit) -> Iterator[Fault]:
    """An ordinary message has a target that nobody has accepted.

    Text from a machine, a memory or a near match is a suggestion. It is never published before a person has read
    it and taken the fuzzy mark away.
    """
    if unit.segment and not unit.safety and unit.message.state is State.FUZZY:
        text = f"The translation of “{_short(unit.source)}” is fuzzy: no person has accepted it."
        yield Fault(text, "Read it, mend it, and remove the fuzzy mark.")


@edition_rule(
    "catalog/incomplete",
    Severity.ERROR,
    flagged=(
        Change("one of its messages has no target", lambda edition: changes.retarget(edition, "Feeling numb", "")),
        Change(
            "one of its messages is fuzzy",
            lambda edition: changes.change_message(edition, "Feeling numb", fuzzy=True),
        ),
    ),
    passed=(
        Change(
            "one message has no target, and the policy asks for half of them",
            lambda edition: replace(
                changes.retarget(edition, "Feeling numb", ""), policy=replace(edition.policy, complete=0.5)
            ),
        ),
    ),
)
def incomplete(edition: Edition) -> Iterator[Fault]:
    """Less of the article is translated than the policy asks for.

    Half a page in a language that the reader does not know is not a translated page. The share counts messages of
    the article that a person has accepted; fuzzy ones do not count.
    """
    messages = edition.catalog.index()
    keys = {segment.key for segment in article_segments(edition.article)}
    done = sum(key in messages and messages[key].state is State.TRANSLATED for key in keys)
    if done < edition.policy.complete * len(keys):
        text = f"{done} of {len(keys)} messages are translated; the policy asks for {edition.policy.complete:.0%}."
        yield Fault(text, "Translate and accept the messages that are untranslated or fuzzy.")


@edition_rule(
    "catalog/not-merged",
    Severity.ERROR,
    flagged=(
        Change("the article has a new sentence", lambda edition: changes.without_message(edition, "Feeling numb")),
        Change(
            "the catalog has a message of a sentence that is gone",
            lambda edition: changes.with_message(edition, "An old sentence.", "Une vieille phrase."),
        ),
    ),
)
def not_merged(edition: Edition) -> Iterator[Fault]:
    """The catalog has not been brought up to date with the article.

    Translators work on what the catalog shows them. A sentence that is missing from it will never be translated,
    and one that is gone from the article wastes their time.
    """
    messages = edition.catalog.index()
    keys = {segment.key for segment in article_segments(edition.article)}
    missing, gone = len(keys - messages.keys()), len(messages.keys() - keys)
    if messages and (missing or gone):
        text = f"The catalog lacks {missing} messages of the article and has {gone} that the article no longer has."
        yield Fault(text, "Run handrail update.")


@edition_rule(
    "catalog/wrong-language",
    Severity.ERROR,
    flagged=(
        Change("its Language header is de_DE", lambda edition: changes.with_header(edition, "Language", "de_DE")),
        Change("its Language header is missing", lambda edition: changes.with_header(edition, "Language", None)),
    ),
    passed=(
        Change("its Language header is fr-FR", lambda edition: changes.with_header(edition, "Language", "fr-FR")),
        Change("its Language header is fr", lambda edition: changes.with_header(edition, "Language", "fr")),
    ),
)
def wrong_language(edition: Edition) -> Iterator[Fault]:
    """The Language header of the catalog does not name the locale whose folder the catalog is in.

    Two catalogs that were swapped are both complete, and both wrong: every page would be in the other language.
    """
    header = dict(edition.catalog.header).get("Language", "")
    if not _names(header.strip(), edition.locale):
        said = f"says “{header}”" if header.strip() else "is missing"
        text = f"The Language header {said}, but the catalog is the one of {edition.locale.tag}."
        yield Fault(text, f"Check that the file is in the right folder; set Language to {edition.locale.folder}.")


def _names(header: str, locale: Locale) -> bool:
    """Whether a header means the locale; gettext's habit leaves out what goes without saying."""
    try:
        named = locales.locale(header.replace("_", "-"))
    except LocaleError:
        return False
    same_region = named.region in {locale.region, ""}
    return (named.language, named.script) == (locale.language, locale.script) and same_region


@edition_rule(
    "catalog/wrong-plurals",
    Severity.ERROR,
    flagged=(
        Change(
            "a message of the theme has one plural form and its header announces two",
            lambda edition: changes.with_plural(edition, ("%(n)s résultats",)),
        ),
        Change(
            "a message of the article has plural forms",
            lambda edition: changes.change_message(
                edition, "crisis", source_plural="Call them.", targets=("Appelez.", "…")
            ),
        ),
    ),
    passed=(
        Change(
            "a message of the theme has the two forms that its header announces",
            lambda edition: changes.with_plural(edition, ("%(n)s résultat", "%(n)s résultats")),
        ),
    ),
)
def wrong_plurals(edition: Edition) -> Iterator[Fault]:
    """A message with plural forms has more or fewer of them than the catalog's header announces.

    gettext picks the form by the header's formula; a missing form is an empty line on the page. Texts of articles have
    no plural forms at all: of several, only the first would be shown and checked.
    """
    plural = [message for message in edition.catalog.messages if message.source_plural or len(message.targets) > 1]
    texts = {segment.key for segment in article_segments(edition.article)} if plural else set()
    for message in plural:
        if message.key in texts and not message.obsolete:
            text = f"“{_short(message.key.source)}” has plural forms, which a text of an article does not have."
            yield Fault(text, "Run handrail update.", Place(edition.catalog.path, message.line))
    for catalog in (edition.catalog, edition.interface):
        count = plural_count(catalog, edition.locale)
        for message in catalog.messages:
            if message.source_plural and not message.obsolete and len(message.targets) != count:
                text = f"“{_short(message.key.source)}” has {len(message.targets)} plural forms, not {count}."
                yield Fault(text, "Give each plural form a text.", Place(catalog.path, message.line))


def plural_count(catalog: Catalog, locale: Locale) -> int:
    """How many plural forms a catalog's header announces; those of the language where it says nothing."""
    said = _NPLURALS.match(dict(catalog.header).get("Plural-Forms", ""))
    return int(said[1]) if said else locale.plural_count


@edition_rule(
    "catalog/interface-incomplete",
    Severity.ERROR,
    flagged=(
        Change(
            "one of the theme's words has no target",
            lambda edition: replace(
                edition, interface=replace(edition.interface, messages=(samples.UNTRANSLATED_WORD,))
            ),
        ),
    ),
)
def interface_incomplete(edition: Edition) -> Iterator[Fault]:
    """Words of the theme are not translated.

    Headings around the helplines, and the notice that a page is a draft or a demonstration, are the theme's words.
    Left in another language they would stand on the page without saying so.
    """
    if edition.locale.tag == edition.source_locale.tag:
        return
    messages = edition.interface.index().values()
    left = [message for message in messages if message.state is not State.TRANSLATED]
    if left:
        first = left[0]
        shown = _short(first.key.source)
        text = f"{len(left)} of the theme's {len(messages)} texts are not translated, such as “{shown}”."
        yield Fault(text, "Translate and accept them.", Place(edition.interface.path, first.line))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
