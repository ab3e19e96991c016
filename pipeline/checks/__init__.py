"""The gate: what is wrong with an edition and with its page, and whether the page may go out.

``check`` looks at article, catalog, registry and sign-offs; ``verify`` at the finished page as its reader meets it. A
page goes out only where neither finds an error. In doubt they say error: a rule that raises, a text that cannot be
read and an edition without anything to check close the gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pipeline.checks import (
    alone,
    catalog,
    claims,
    docs,
    glossary,
    helpline,
    language,
    markup,
    meaning,
    names,
    number,
    page,
    page_card,
    page_head,
    page_numbers,
    page_safety,
    page_style,
    page_words,
    phones,
    placeable,
    released,
    review,
    runner,
    safety,
    unicode,
    withheld,
    wording,
    words,
)
from pipeline.checks.days import steady
from pipeline.checks.docs import describe
from pipeline.checks.reading import Reading, read
from pipeline.checks.rules import Rule
from pipeline.checks.units import Unit, article_units
from pipeline.checks.withheld import missing_page, not_rendered, page_of_draft, stale, unfinished, unreadable
from pipeline.errors import UsageError
from pipeline.model import Catalog, Edition, Finding, Page, Registry, Severity

__all__ = [
    "RULES",
    "Rule",
    "check",
    "check_catalog",
    "describe",
    "is_open",
    "missing_page",
    "not_rendered",
    "page_of_draft",
    "reference",
    "rule",
    "stale",
    "steady",
    "unfinished",
    "unreadable",
    "verify",
]

EDITION_RULES: tuple[Rule[Edition], ...] = (
    catalog.nothing_to_check,
    safety.missing_in_source,
    safety.missing_in_region,
    safety.gone,
    review.other_locale,
    safety.number_missing_in_source,
    helpline.undeclared,
    helpline.unfit,
    helpline.due,
    released.fell_back,
    catalog.wrong_language,
    language.other_catalog,
    names.english_names,
    catalog.not_merged,
    catalog.incomplete,
    catalog.interface_incomplete,
    catalog.wrong_plurals,
)

STATE_RULES: tuple[Rule[Unit], ...] = (
    safety.untranslated,
    review.not_signed_off,
    review.source_changed,
    review.target_changed,
    review.demonstration,
    review.reviewer,
    review.second_reviewer,
    review.key,
    review.date_in_future,
    catalog.untranslated,
    catalog.fuzzy,
)
"""For every message."""

TEXT_RULES: tuple[Rule[Unit], ...] = (
    placeable.variable_lost,
    placeable.variable_invented,
    placeable.format_changed,
    placeable.address_changed,
    placeable.code_changed,
    number.lost,
    number.invented,
    number.percent,
    markup.differs,
    markup.outer_space,
    unicode.invisible,
    unicode.direction,
    unicode.look_alike,
    unicode.damaged,
    language.same_as_source,
    language.wrong_script,
    language.wrong_language,
    language.names_invented,
    language.machine_notice,
    wording.same_as_source,
    wording.typed_number,
    wording.too_short,
    wording.length,
    wording.negation,
    wording.concept_lost,
    wording.concept_added,
    wording.word_lost,
    meaning.prohibition_lost,
    meaning.help_forbidden,
    meaning.doubt_added,
    meaning.channel_changed,
    meaning.contact_invented,
    meaning.condition_added,
    meaning.concept_missing,
    meaning.sentence_lost,
    claims.claim,
    claims.language_claim,
    glossary.missing_term,
    glossary.forbidden_term,
    glossary.forbidden_in_safety,
)
"""For every message that has a target."""

CATALOG_RULES: tuple[Rule[Edition], ...] = (
    catalog.nothing_to_check,
    catalog.wrong_plurals,
    language.other_catalog,
)
"""For a catalog by itself, as a whole."""

REGISTRY_RULES: tuple[Rule[Edition], ...] = (helpline.undeclared, helpline.unfit)
"""For a catalog by itself that is compared with a registry."""

PHONE_RULES: tuple[Rule[Unit], ...] = (
    phones.number_lost,
    phones.number_unknown,
)
"""For every message of a catalog by itself; in a project numbers are variables."""

ALONE_RULES: tuple[Rule[Unit], ...] = (safety.untranslated, catalog.untranslated, catalog.fuzzy)
"""For every message of a catalog by itself: what needs no sign-offs."""

PAGE_RULES: tuple[Rule[Reading], ...] = (
    page_safety.safety_missing,
    page_safety.safety_hidden,
    page_safety.safety_repeated,
    page_safety.safety_order,
    page_style.safety_style,
    page_style.words_by_style,
    page_style.covered,
    page_style.colour_of_ground,
    page_safety.safety_mark,
    page_safety.safety_in_text,
    page_numbers.number_unknown,
    page_numbers.number_missing,
    page_numbers.number_link,
    page_numbers.number_direction,
    page_numbers.number_translatable,
    page_numbers.number_broken,
    page_card.card,
    page_card.card_not_first,
    page_card.card_facts,
    page_card.companion,
    page_words.text_added,
    page_words.metadata,
    page_head.head,
    page_head.unread,
    page_head.characters,
    page.frame,
    page.language,
    page.text_missing,
    page.fallback,
    page.leftover,
    page.unsafe,
    page.demonstration,
)

RULES: tuple[Rule[Any], ...] = (
    *EDITION_RULES,
    *STATE_RULES,
    *TEXT_RULES,
    *PHONE_RULES,
    *PAGE_RULES,
    runner.RULE_FAILED,
    withheld.UNREADABLE,
    withheld.NOT_RENDERED,
    withheld.UNFINISHED,
    withheld.MISSING_PAGE,
    withheld.PAGE_OF_DRAFT,
    withheld.STALE,
)


def check(edition: Edition) -> tuple[Finding, ...]:
    """Everything that is wrong with an article's catalog, registry entries and sign-offs in one locale."""
    return runner.in_order(_checked(edition))


def check_catalog(catalog: Catalog, registry: Registry, today: date) -> tuple[Finding, ...]:
    """Everything that is wrong with a catalog by itself, of any project; an empty registry knows no number.

    Raises CatalogError where its header does not say which language it is in.
    """
    return runner.in_order(_checked_alone(alone.edition(catalog, registry, today)))


def verify(page: Page, edition: Edition) -> tuple[Finding, ...]:
    """Everything that is wrong with a finished page, read back as its reader meets it."""
    return runner.in_order(_verified(page, edition))


def is_open(findings: Iterable[Finding]) -> bool:
    """Whether no finding is an error."""
    return all(finding.severity is not Severity.ERROR for finding in findings)


def rule(id: str) -> Rule[Any]:
    """The rule with this id; UsageError if there is none."""
    for one in RULES:
        if one.id == id:
            return one
    raise UsageError(f"There is no rule {id}. Run handrail rules to see all of them.")


def reference() -> str:
    """The reference page of all rules, in Markdown; kept in ``docs/rules.md``."""
    return docs.page(RULES)


def _checked(edition: Edition) -> Iterator[Finding]:
    for edition_rule in EDITION_RULES:
        yield from runner.run(edition_rule, edition, edition, None)
    try:
        prepared = article_units(edition)
        of_theme = tuple(words.findings(edition, STATE_RULES, TEXT_RULES))
    except Exception as error:  # an article that cannot be taken apart has to close the gate
        yield runner.failed("Reading the messages", error, edition)
        return
    yield from runner.judge(STATE_RULES, TEXT_RULES)(prepared)
    yield from of_theme


def _text_rules_alone() -> tuple[Rule[Unit], ...]:
    """The rules about texts, with those about typed numbers in the place of the one that forbids them."""
    return (*(one for one in TEXT_RULES if one.id != wording.typed_number.id), *PHONE_RULES)


def _checked_alone(edition: Edition) -> Iterator[Finding]:
    for catalog_rule in (*CATALOG_RULES, *(REGISTRY_RULES if edition.registry.helplines else ())):
        yield from runner.run(catalog_rule, edition, edition, None)
    try:
        prepared = alone.units(edition)
    except Exception as error:  # a catalog that cannot be taken apart has to close the gate
        yield runner.failed("Reading the messages", error, edition)
        return
    yield from runner.judge(ALONE_RULES, _text_rules_alone())(prepared)


def _verified(page: Page, edition: Edition) -> Iterator[Finding]:
    try:
        reading = read(page, edition)
    except Exception as error:  # a page that cannot be read back has to close the gate
        yield runner.failed("Reading the page back", error, edition)
        return
    shown = {item.segment.place: item.segment for item in reading.expected}
    for page_rule in PAGE_RULES:
        for finding in runner.run(page_rule, reading, edition, None):
            yield runner.about(finding, shown.get(finding.place) if finding.place else None, edition)
