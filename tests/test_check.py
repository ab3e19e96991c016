"""The gate before rendering: what ``check`` says of whole editions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import good, ids, reviewed, source
from pipeline import checks, signoff
from pipeline.checks import changes, samples
from pipeline.model import Edition, Element, Finding, Key, Place, Segment, Severity

SAFETY = ("see-a-provider", "crisis", "emergency")


def errors(edition: Edition) -> list[str]:
    """The rules of the errors of an edition."""
    return ids(tuple(finding for finding in checks.check(edition) if finding.severity is Severity.ERROR))


@pytest.mark.parametrize("edition", [good(), good("ar-EG"), reviewed(), source()], ids=["fr", "ar", "review", "source"])
def test_a_good_edition_passes(edition: Edition) -> None:
    """A complete, signed-off edition has no finding, and its gate is open; a source is signed off as well."""
    assert checks.check(edition) == ()
    assert checks.is_open(checks.check(edition))


def test_a_warning_leaves_the_gate_open() -> None:
    """Only an error closes the gate."""
    findings = checks.check(changes.change_message(good(), "Feeling numb", targets=("Se sentir engourdi ",)))
    assert ids(findings) == ["markup/outer-space"]
    assert checks.is_open(findings)


def test_a_finding_points_at_the_catalog_and_the_article() -> None:
    """A finding about a message has the line of the catalog, the line of the article, slug and locale."""
    (finding,) = checks.check(replace(good(), signoffs=good().signoffs[:-1]))
    assert finding == Finding(
        rule="safety/not-signed-off",
        severity=Severity.ERROR,
        text="The safety text “emergency” is not signed off.",
        advice="Have a qualified person who is not the translator compare both texts, then run handrail sign.",
        article="numb",
        locale="fr-FR",
        place=Place("locales/fr_FR/LC_MESSAGES/numb.po", 33),
        source_place=Place("source/articles/numb.md", 20),
        key=Key("If you are in danger, call {emergency.phone} now."),
        safety=("emergency",),
        target="Si vous êtes en danger, appelez tout de suite le {emergency.phone}.",
    )


@pytest.mark.parametrize("safety", SAFETY)
def test_a_lost_safety_target_is_named(safety: str) -> None:
    """A safety message without target closes the gate even where the policy allows an incomplete page."""
    edition = replace(changes.retarget(good(), safety, ""), policy=replace(good().policy, complete=0.1))
    assert errors(edition) == ["safety/untranslated"]


@pytest.mark.parametrize("safety", SAFETY)
def test_a_fuzzy_safety_target_is_no_target(safety: str) -> None:
    """A text that no person has accepted counts as none."""
    assert "safety/untranslated" in errors(changes.change_message(good(), safety, fuzzy=True))


def test_an_obsolete_message_is_no_message() -> None:
    """A message that was commented out is missing."""
    assert "safety/untranslated" in errors(changes.change_message(good(), "crisis", obsolete=True))


def test_what_is_wrong_with_a_fuzzy_text_is_a_hint() -> None:
    """A fuzzy text reaches no page, so its own faults are warnings for whoever reads it."""
    edition = replace(good(), policy=replace(good().policy, complete=0.0))
    wrong = changes.change_message(edition, "Feeling numb", targets=("Appelez le 01 99 00 99 99",), fuzzy=True)
    findings = checks.check(wrong)
    assert checks.is_open(findings)
    assert {"catalog/fuzzy", "number/invented"} <= set(ids(findings))


def test_a_block_deleted_from_the_source_closes_every_locale() -> None:
    """What the policy requires must be in the article, whatever its catalogs say."""
    assert "safety/missing-in-source" in errors(changes.without_block(good(), "crisis"))


def test_a_mark_deleted_from_the_source_closes_the_gate() -> None:
    """A block that lost its safety mark is as good as gone, even though its text is still there."""
    edition = good()
    body = tuple(
        Element("p", (), tuple(replace(child, safety="") for child in node.children if isinstance(child, Segment)))
        if isinstance(node, Element) and node.get("data-safety") == "emergency"
        else node
        for node in edition.article.body
    )
    assert "safety/missing-in-source" in errors(replace(edition, article=replace(edition.article, body=body)))


def test_swapped_catalogs_are_caught() -> None:
    """The Arabic catalog in the French folder is complete and wrong: header, script and sign-offs say so."""
    swapped = replace(good(), catalog=replace(good("ar-EG").catalog, path=good().catalog.path))
    assert {"catalog/wrong-language", "language/wrong-script", "safety/target-changed"} <= set(errors(swapped))


def test_sign_offs_do_not_travel_between_locales() -> None:
    """The sign-offs of another locale vouch for other targets."""
    assert errors(replace(good(), signoffs=good("ar-EG").signoffs)) == ["safety/target-changed", "safety/other-locale"]


def test_a_swap_of_number_needs_a_new_verification() -> None:
    """A number edited in the registry closes the gate until somebody verifies it, and then needs no translator."""
    edited = changes.with_number(good(), "fr-crisis", "3115")
    assert errors(edited) == ["helpline/unfit"]
    lines = dict(edited.registry.helplines)
    lines["fr-crisis"] = samples.verified(lines["fr-crisis"])
    assert errors(replace(edited, registry=replace(edited.registry, helplines=lines))) == []


def test_demonstrations_are_refused_for_release() -> None:
    """Without the policy's leave, demonstrations of sign-off and verification close the gate; reviews open it."""
    strict = replace(good(), policy=replace(good().policy, demonstration=False))
    assert sorted(errors(strict)) == ["helpline/unfit", "safety/demonstration"]
    assert errors(reviewed()) == []


def test_a_verification_ages() -> None:
    """The same edition that passes today is closed in two years."""
    assert errors(replace(good(), today=good().today + timedelta(days=730))) == ["helpline/unfit"]


def test_an_empty_project_does_not_pass() -> None:
    """Nothing to check is an error, not a success."""
    edition = good()
    empty = replace(edition, article=changes.empty(edition.article), policy=replace(edition.policy, required=()))
    assert "gate/nothing-to-check" in errors(empty)


def test_an_article_that_cannot_be_taken_apart_closes_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is raised while messages are prepared is an error finding."""

    def article_units(_edition: Edition) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(checks, "article_units", article_units)
    (finding,) = checks.check(good())
    assert finding.severity is Severity.ERROR
    assert finding.text == "Reading the messages failed: RecursionError: too deep."


def test_findings_are_the_same_at_every_run() -> None:
    """The order of findings depends on nothing but the edition, errors first."""
    wrong = changes.retarget(replace(good(), signoffs=()), "Feeling numb", "")
    findings = checks.check(wrong)
    assert findings == checks.check(wrong)
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities, key=lambda severity: severity is not Severity.ERROR)


@given(st.text(max_size=80), st.sampled_from(SAFETY))
def test_any_change_of_a_signed_off_target_closes_the_gate(text: str, safety: str) -> None:
    """Whatever a safety target becomes, the gate is closed unless it is the signed-off text to the letter."""
    signed = {record.target_hash for record in good().signoffs if record.safety == safety}
    edition = changes.retarget(good(), safety, text)
    assert checks.is_open(checks.check(edition)) == (signoff.target_hash(text) in signed)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_makes_a_rule_fail(source_text: str, target: str) -> None:
    """Rules survive every pair of texts: none of them raises."""
    edition = good()
    title = replace(edition.article.title, key=edition.article.title.key._replace(source=source_text))
    changed = replace(edition, article=replace(edition.article, title=title))
    findings = checks.check(changes.with_message(changed, source_text, target))
    assert "gate/rule-failed" not in ids(findings)
