"""Damage to the sign-offs of a locale."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pipeline.audit.making import on_catalog, on_signoff
from pipeline.audit.operators import Operator
from pipeline.audit.subject import Subject
from pipeline.model import Edition, SignOff

_OTHER_HASH = "sha256:" + "0" * 64


@on_signoff("sign-off/deleted", "unreviewed")
def deleted(_: SignOff, __: Subject) -> SignOff | None:
    """A sign-off is deleted."""
    return None


@on_signoff("sign-off/self-review", "unreviewed")
def self_review(record: SignOff, _: Subject) -> SignOff | None:
    """The translator signs the translation off."""
    return replace(record, reviewer=record.translator)


@on_signoff("sign-off/self-review-disguised", "unreviewed")
def self_review_disguised(record: SignOff, _: Subject) -> SignOff | None:
    """The translator signs the translation off, with other capitals and spaces."""
    return replace(record, reviewer=f" {record.translator.upper()}  ")


@on_signoff("sign-off/self-review-turned", "unreviewed")
def self_review_turned(record: SignOff, _: Subject) -> SignOff | None:
    """The translator signs the translation off, with the words of the name turned around."""
    return replace(record, reviewer=", ".join(record.translator.split()[::-1]))


@on_signoff("sign-off/self-review-look-alike", "unreviewed")
def self_review_look_alike(record: SignOff, _: Subject) -> SignOff | None:
    """The translator signs the translation off, with Cyrillic letters in the name."""
    return replace(record, reviewer=record.translator.replace("a", "а").replace("o", "о"))


@on_signoff("sign-off/for-another-locale", "unreviewed")
def for_another_locale(record: SignOff, _: Subject) -> SignOff | None:
    """The sign-off says that it was made for another locale."""
    return replace(record, locale="ko-KR")


@on_signoff("sign-off/no-reviewer", "unreviewed")
def no_reviewer(record: SignOff, _: Subject) -> SignOff | None:
    """The reviewer has no name."""
    return replace(record, reviewer=" ")


@on_signoff("sign-off/no-translator", "unreviewed")
def no_translator(record: SignOff, _: Subject) -> SignOff | None:
    """The translator has no name."""
    return replace(record, translator="")


@on_signoff("sign-off/no-qualification", "unreviewed")
def no_qualification(record: SignOff, _: Subject) -> SignOff | None:
    """The reviewer has no qualification."""
    return replace(record, qualification="")


@on_signoff("sign-off/no-method", "unreviewed")
def no_method(record: SignOff, _: Subject) -> SignOff | None:
    """Nothing says how the text was reviewed."""
    return replace(record, method=" ")


@on_signoff("sign-off/bot", "unreviewed")
def bot(record: SignOff, _: Subject) -> SignOff | None:
    """A bot signs off, as a review."""
    return replace(record, kind="review", reviewer="Translation Bot")


@on_signoff("sign-off/bot-demonstration", "unreviewed")
def bot_demonstration(record: SignOff, _: Subject) -> SignOff | None:
    """A bot signs off, as a demonstration."""
    return replace(record, reviewer="ChatGPT")


@on_signoff("sign-off/unknown-kind", "unreviewed")
def unknown_kind(record: SignOff, _: Subject) -> SignOff | None:
    """The sign-off is of a kind that does not exist."""
    return replace(record, kind="machine")


@on_signoff("sign-off/tomorrow", "unreviewed")
def tomorrow(record: SignOff, subject: Subject) -> SignOff | None:
    """The sign-off is dated tomorrow."""
    return replace(record, date=subject.edition.today + timedelta(days=1))


@on_signoff("sign-off/other-source", "stale against source")
def other_source(record: SignOff, _: Subject) -> SignOff | None:
    """The sign-off is for another source."""
    return replace(record, source_hash=_OTHER_HASH)


@on_signoff("sign-off/other-target", "unreviewed")
def other_target(record: SignOff, _: Subject) -> SignOff | None:
    """The sign-off is for another target."""
    return replace(record, target_hash=_OTHER_HASH)


@on_signoff("sign-off/other-article", "unreviewed")
def other_article(record: SignOff, _: Subject) -> SignOff | None:
    """The sign-off is for another article."""
    return replace(record, article="other")


@on_signoff("sign-off/other-safety-id", "unreviewed")
def other_id(record: SignOff, _: Subject) -> SignOff | None:
    """The sign-off is for another safety text."""
    return replace(record, safety="other")


@on_signoff("sign-off/malformed-hash", "unreviewed")
def malformed_hash(record: SignOff, _: Subject) -> SignOff | None:
    """The hash of the target is no hash."""
    return replace(record, target_hash="sha256:abc")


@on_catalog("sign-off/other-locale", "unreviewed")
def other_locale(subject: Subject) -> Edition | None:
    """The file of sign-offs is that of another locale."""
    other = next(one for tag, one in subject.others.items() if tag != subject.edition.locale.tag and one.signoffs)
    return replace(subject.edition, signoffs=other.signoffs)


@on_catalog("sign-off/all-deleted", "unreviewed")
def all_deleted(subject: Subject) -> Edition | None:
    """The file of sign-offs is gone."""
    return replace(subject.edition, signoffs=())


@on_catalog("sign-off/demonstration-for-real", "unreviewed")
def demonstration_for_real(subject: Subject) -> Edition | None:
    """The project is no demonstration any more, and its sign-offs are."""
    policy = replace(subject.edition.policy, demonstration=False)
    return replace(subject.edition, policy=policy) if subject.edition.policy.demonstration else None


OPERATORS = tuple(
    replace(value, target="sign-off") for value in list(globals().values()) if isinstance(value, Operator)
)
"""All of the above, in their order."""
