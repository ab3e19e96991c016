"""Rules about sign-offs: who reviewed a safety message, and is it still the text that was reviewed?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from pipeline import keys, signoff
from pipeline.checks import changes, when
from pipeline.checks.rules import Change, Fault, edition_rule, message_rule
from pipeline.checks.units import Unit, article_segments
from pipeline.model import Edition, Severity, SignOff, State

_MACHINE = re.compile(
    r"\b(?i:bots?|robots?|machine|automatic|automated|chatgpt|deepl|google translate|mymemory|libretranslate"
    r"|apertium|weblate)\b|\b(?:AI|MT|NMT|LLM|GPT)\b"
)
"""What gives a machine away, wherever it stands in a name; "Ai" and "Bing" are names of people."""

_NOBODY = re.compile(
    r"(?i:auto|anonymous|unknown|nobody|none|n/?a|admin|root|user|translators?|reviewers?|google|bing|tbd|test)[\s\d]*"
)
"""What stands in the place of a name."""

_LOOK_ALIKE = str.maketrans("аеорсухіјѕԁһӏνοαρτικ", "aeopcyxijsdhlvoaptik")
"""Cyrillic and Greek letters as the Latin ones that they look like."""

_ADVICE = "Have a qualified person who is not the translator compare both texts, then run handrail sign."


@message_rule(
    "safety/not-signed-off",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Change("there are no sign-offs", lambda edition: replace(edition, signoffs=())),
        Change("the sign-off is for another article", lambda edition: changes.sign(edition, "crisis", article="other")),
        Change("the sign-off is for another text", lambda edition: changes.sign(edition, "crisis", safety="emergency")),
    ),
    passed=(Change("nothing is different", lambda edition: edition),),
)
def not_signed_off(unit: Unit) -> Iterator[Fault]:
    """Nobody has signed off a safety message.

    Whether two sentences say the same, nothing but a person can tell. A named person other than the translator has
    to compare them; a sign-off for another article, locale or safety text does not count. In the source locale it is
    the source itself that somebody other than its author has to read.
    """
    for safety, found in _reviews(unit):
        if found is None and not _for_older_source(unit, safety):
            yield Fault(f"The safety text “{safety}” is not signed off.", _ADVICE)


@edition_rule(
    "safety/other-locale",
    Severity.ERROR,
    flagged=(
        Change("the sign-off is for another locale", lambda edition: changes.sign(edition, "crisis", locale="fr-CA")),
    ),
    passed=(Change("nothing is different", lambda edition: edition),),
)
def other_locale(edition: Edition) -> Iterator[Fault]:
    """A sign-off was made for another locale.

    The same words may mean something else there, and the person who read them knew readers of one locale only.
    """
    for record in edition.signoffs:
        if record.article == edition.article.slug and record.locale != edition.locale.tag:
            text = f"The sign-off of the safety text “{record.safety}” was made for {record.locale}."
            yield Fault(text, "Delete it, and have the text signed off for this locale.", record.place)


@message_rule(
    "safety/source-changed",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Change("the source of a signed-off text changed", lambda edition: changes.resource(edition, "emergency")),
        Change(
            "the sign-off has another source hash",
            lambda edition: changes.sign(edition, "crisis", source_hash="sha256:" + "0" * 64),
        ),
    ),
    passed=(Change("nothing is different", lambda edition: edition),),
)
def source_changed(unit: Unit) -> Iterator[Fault]:
    """The source of a safety message changed after it was signed off.

    The reviewer compared the translation with another sentence. A condition or a negation may have been added since.
    """
    for safety, found in _reviews(unit):
        if found is None and (older := _for_older_source(unit, safety)):
            text = f"The source of the safety text “{safety}” changed after {older.reviewer} signed it off."
            yield Fault(text, "Compare the translation with the new source, and sign it off again.")


@message_rule(
    "safety/target-changed",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Change(
            "one character of a signed-off target changed",
            lambda edition: changes.retarget(edition, "emergency", "Si vous êtes en danger, appeler {emergency.phone}"),
        ),
    ),
    passed=(Change("nothing is different", lambda edition: edition),),
)
def target_changed(unit: Unit) -> Iterator[Fault]:
    """The target of a safety message changed after it was signed off.

    Any change counts, because one letter can turn a sentence around.
    """
    for safety, found in _reviews(unit):
        if found and found.target_hash != signoff.target_hash(unit.message.target):
            text = f"The translation of the safety text “{safety}” changed after {found.reviewer} signed it off."
            yield Fault(text, "Compare it with the source, and sign it off again.")


@message_rule(
    "safety/demonstration",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Change(
            "the sign-offs are demonstrations, and the policy does not admit those",
            lambda edition: replace(edition, policy=replace(edition.policy, demonstration=False)),
        ),
    ),
    passed=(Change("the policy admits demonstrations", lambda edition: edition),),
)
def demonstration(unit: Unit) -> Iterator[Fault]:
    """A safety message was signed off only as a demonstration.

    Demonstrations show how the process works. Nobody qualified has read the text.
    """
    for safety, found in _reviews(unit):
        if found and found.kind != "review" and not unit.edition.policy.demonstration:
            yield Fault(f"The sign-off of the safety text “{safety}” is of the kind “{found.kind}”.", _ADVICE)


@message_rule(
    "safety/reviewer",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Change(
            "translator and reviewer are the same person",
            lambda edition: changes.sign(edition, "crisis", reviewer=" claire petit"),
        ),
        Change(
            "the names are turned around", lambda edition: changes.sign(edition, "crisis", reviewer="Petit, Claire")
        ),
        Change(
            "a letter is one of another alphabet",
            lambda edition: changes.sign(edition, "crisis", reviewer="Clаire Petit"),
        ),
        Change("the reviewer has no name", lambda edition: changes.sign(edition, "crisis", reviewer=" ")),
        Change("the translator has no name", lambda edition: changes.sign(edition, "crisis", translator="")),
        Change(
            "the reviewer's qualification is empty",
            lambda edition: changes.sign(edition, "crisis", qualification=""),
        ),
        Change(
            "the reviewer is a machine",
            lambda edition: changes.sign(edition, "crisis", kind="review", reviewer="Translation Bot"),
        ),
        Change(
            "the reviewer of a demonstration is a machine",
            lambda edition: changes.sign(edition, "crisis", reviewer="ChatGPT"),
        ),
        Change("the reviewer is no name", lambda edition: changes.sign(edition, "crisis", reviewer="reviewer 2")),
        Change("nothing says how it was reviewed", lambda edition: changes.sign(edition, "crisis", method="")),
    ),
    passed=(
        Change("nothing is different", lambda edition: edition),
        Change("the reviewer is called Ai", lambda edition: changes.sign(edition, "crisis", reviewer="Ai Machida")),
        Change(
            "the reviewer gives a profession",
            lambda edition: changes.sign(edition, "crisis", reviewer="Anne Root, sworn translator"),
        ),
    ),
)
def reviewer(unit: Unit) -> Iterator[Fault]:
    """A sign-off does not name a qualified person other than the translator.

    ISO 17100 asks for a second person, because nobody sees their own mistakes, and 45 CFR 92.201 for a qualified
    human where a machine translated critical text.
    """
    for safety, found in _reviews(unit):
        if found and (problem := _identity(found)):
            text = f"The sign-off of the safety text “{safety}” {problem}."
            yield Fault(text, "Have another qualified person review the text, and name them.", found.place)


@message_rule(
    "safety/second-reviewer",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Change("one has signed, where the policy asks for two", lambda edition: changes.second(edition, "crisis")),
        Change(
            "the same person has signed twice",
            lambda edition: changes.second(edition, "crisis", reviewer="JEAN  martin"),
        ),
        Change(
            "the second has signed another text",
            lambda edition: changes.second(edition, "crisis", reviewer="Anne Roy", target_hash="sha256:" + "0" * 64),
        ),
    ),
    passed=(
        Change("two have signed", lambda edition: changes.second(edition, "crisis", reviewer="Anne Roy")),
        Change(
            "the policy asks for two elsewhere",
            lambda edition: replace(edition, policy=replace(edition.policy, second_reviewer=("medicine",))),
        ),
    ),
)
def second_reviewer(unit: Unit) -> Iterator[Fault]:
    """A safety message that two people have to sign off is signed off by one.

    The policy names the texts for which one pair of eyes is not enough.
    """
    for safety in unit.safety:
        signers = dict(unit.edition.policy.signers)
        made = [one for one in _made(unit, safety) if not _identity(one) and not keys.fault(one, signers)]
        if len(made) == 1 and safety in unit.edition.policy.second_reviewer:
            text = f"The safety text “{safety}” is signed off by {made[0].reviewer} alone, and the policy asks for two."
            yield Fault(text, "Have another person compare both texts, then run handrail sign.", made[0].place)


@message_rule(
    "safety/key",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Change(
            "the settings name signers, and the reviewer is none", lambda edition: changes.signers(edition, "A. B.")
        ),
        Change("the sign-off has no signature", lambda edition: changes.signers(edition, "Jean Martin")),
        Change(
            "the signature is not one",
            lambda edition: changes.signers(changes.sign(edition, "crisis", signature="AAAA"), "Jean Martin"),
        ),
    ),
    passed=(Change("the settings ask for no keys", lambda edition: edition),),
)
def key(unit: Unit) -> Iterator[Fault]:
    """A sign-off is not signed with the key of its reviewer, where the settings ask for that.

    A name in a file can be typed by anybody; a signature can be made by nobody but the owner of the key.
    """
    signers = dict(unit.edition.policy.signers)
    for safety in unit.safety if signers else ():
        problems = [(record, keys.fault(record, signers)) for record in _made(unit, safety)]
        if problems and all(problem for _, problem in problems):
            record, problem = problems[-1]
            text = f"The sign-off of the safety text “{safety}” {problem}."
            yield Fault(text, "Have the reviewer sign it off with handrail sign --key.", record.place)


@message_rule(
    "safety/date-in-future",
    Severity.ERROR,
    when=when.safety,
    flagged=(
        Change(
            "the sign-off is dated tomorrow", lambda edition: changes.sign(edition, "crisis", date=date(2126, 1, 1))
        ),
    ),
    passed=(Change("nothing is different", lambda edition: edition),),
)
def date_in_future(unit: Unit) -> Iterator[Fault]:
    """A sign-off is dated in the future.

    It was written before anybody could have read the text, or its date is a slip; either way it proves nothing.
    """
    for safety, found in _reviews(unit):
        if found and found.date > unit.edition.today:
            text = f"The sign-off of the safety text “{safety}” is dated {found.date.isoformat()}."
            yield Fault(text, "Correct the date, or sign it off again.", found.place)


def _reviews(unit: Unit) -> Iterator[tuple[str, SignOff | None]]:
    """Each safety id of an accepted message, with the sign-off that was made for its present source."""
    if unit.message.state is not State.TRANSLATED:
        return
    for safety in unit.safety:
        yield safety, signoff.find(unit.edition.signoffs, unit.edition.article.slug, unit.message.key, safety)


def _made(unit: Unit, safety: str) -> tuple[SignOff, ...]:
    """The sign-offs of a safety text as it stands, one of each reviewer."""
    edition, message = unit.edition, unit.message
    return signoff.reviews(edition.signoffs, edition.article.slug, message.key, safety, message.target)


def _for_older_source(unit: Unit, safety: str) -> SignOff | None:
    """The last sign-off for this safety text whose source is none of the article's present ones."""
    article = unit.edition.article
    segments = [segment for segment in article_segments(article) if segment.safety == safety]
    present = {signoff.source_hash(segment.key, safety) for segment in segments}
    for record in reversed(unit.edition.signoffs):
        if (record.article, record.safety) == (article.slug, safety) and record.source_hash not in present:
            return record
    return None


def _identity(record: SignOff) -> str:
    """What is wrong with the people of a sign-off; empty if nothing is."""
    for field in ("translator", "reviewer", "qualification", "method"):
        if not getattr(record, field).strip():
            return f"has no {field}"
    if _person(record.translator) == _person(record.reviewer):
        return f"names {record.reviewer} as translator and as reviewer"
    if _MACHINE.search(record.reviewer) or _NOBODY.fullmatch(record.reviewer.strip()):
        return f"names “{record.reviewer}” as reviewer, which is no person"
    return ""


@lru_cache(maxsize=1024)
def _person(name: str) -> tuple[str, ...]:
    """Who a name is: its words in any order, without accents, signs and letters of other alphabets that look alike."""
    bare = unicodedata.normalize("NFKD", name.casefold()).translate(_LOOK_ALIKE)
    words = "".join(char if char.isalpha() else " " for char in bare if not unicodedata.combining(char))
    return tuple(sorted(words.split())) or tuple(sorted(name.casefold().split()))
