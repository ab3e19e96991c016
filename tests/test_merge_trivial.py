"""Source edits declared trivial: what stays accepted, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.merge import declare, merge
from pipeline.model import Catalog, Key, Message, State

NOBODY: frozenset[Key] = frozenset()
OLD = "Talk to a freind you trust, and walk for 20 minutes every single day"
NEW = "Talk to a friend you trust, and walk for 20 minutes every single day."


def catalog(*messages: Message) -> Catalog:
    """A French catalog."""
    return Catalog("fr-FR", messages)


def template(*sources: str | Message) -> Catalog:
    """A template of these sources."""
    return Catalog("", tuple(Message(Key(one)) if isinstance(one, str) else one for one in sources))


def said(source: str, target: str = "texte") -> Message:
    """An accepted message."""
    return Message(Key(source), targets=(target,), comments=("mine",))


def test_a_trivial_edit_keeps_the_translation() -> None:
    """Text, state and comments move to the new source; the old message stays for the day its source returns."""
    declared = declare(catalog(said(OLD)), template(NEW), NOBODY, ())
    assert [(one.message.key.source, one.before.source) for one in declared.kept] == [(NEW, OLD)]
    merged = merge(declared.catalog, template(NEW), NOBODY)
    assert merged.messages == (said(NEW), replace(said(OLD), obsolete=True))


def test_an_edit_can_be_declared_after_an_update() -> None:
    """What an update offered as fuzzy is accepted, unless a translator has changed it since."""
    updated = merge(catalog(said(OLD)), template(NEW), NOBODY)
    declared = declare(updated, template(NEW), NOBODY, ())
    assert merge(declared.catalog, template(NEW), NOBODY).messages[0] == said(NEW)
    begun = replace(updated, messages=(replace(updated.messages[0], targets=("autre",)), updated.messages[1]))
    assert declare(begun, template(NEW), NOBODY, ()).catalog == begun


def test_only_the_named_messages_are_meant() -> None:
    """A part of the new source says which edits are trivial; the others wait for a translator."""
    old = catalog(said("Breathe in, very slowly"), said(OLD))
    new = template("Breathe in, very slowly.", NEW)
    assert [one.message.key.source for one in declare(old, new, NOBODY, ["friend"]).kept] == [NEW]


def test_a_link_is_changed_in_the_translation_too() -> None:
    """A target may only hold links of its source, so the new address takes the place of the old one."""
    old = catalog(said("See [this page](old.md) of ours", "Voir [cette page](old.md)"))
    [kept] = declare(old, template("See [this page](new.md) of ours"), NOBODY, ()).kept
    assert kept.message.target == "Voir [cette page](new.md)"


REFUSED = [
    ("Walk for 20 minutes every single day.", "Walk for 30 minutes every single day.", "number 20 → 30"),
    (
        "You must never stop taking the tablets alone.",
        "You must stop taking the tablets alone.",
        "negation never → none",
    ),
    ("Call {crisis.phone} or somebody near you now.", "Call {emergency.phone} or somebody near you now.", "variable"),
    ("Talk to a friend or walk in the park today.", "Talk to a nurse or run in the park today.", "2 of its 10 words"),
    ("Breathe in", "Breathe out", "another word is another meaning"),
    ("See **this** page of ours now", "See this page of ours now", "adds **...**"),
]


@pytest.mark.parametrize(("old", "new", "reason"), REFUSED)
def test_what_cannot_be_trivial_is_refused(old: str, new: str, reason: str) -> None:
    """Numbers, negations, variables, more than a word in ten, and markup: refused with the reason."""
    target = "**texte**" if "**" in old else "{crisis.phone}" if "{" in old else "texte"
    declared = declare(catalog(said(old, target)), template(new), NOBODY, ())
    assert declared.kept == ()
    assert [reason in one.reason for one in declared.declined] == [True]
    assert declared.catalog == catalog(said(old, target))


def test_safety_text_is_refused() -> None:
    """Whether the new source or the old one is safety text: people look at every change of it."""
    for old, safety in ((said(OLD), frozenset([Key(NEW)])), (replace(said(OLD), notes=("safety: crisis",)), NOBODY)):
        declared = declare(catalog(old), template(NEW), safety, ())
        assert not declared.kept
        assert "safety text" in declared.declined[0].reason


def test_plural_forms_are_refused() -> None:
    """Each form is a text of its own."""
    plural = Message(Key(OLD), "Days", ("un", "deux"))
    declared = declare(catalog(plural), template(Message(Key(NEW), "Days")), NOBODY, ())
    assert "plural forms" in declared.declined[0].reason


def test_a_new_paragraph_is_no_edit() -> None:
    """What nothing resembles is neither kept nor refused; nor is a fuzzy text ever accepted."""
    declared = declare(catalog(said(OLD)), template("Eat well."), NOBODY, ())
    assert (declared.kept, declared.declined) == ((), ())
    fuzzy = replace(said(OLD), fuzzy=True)
    merged = merge(declare(catalog(fuzzy), template(NEW), NOBODY, ()).catalog, template(NEW), NOBODY)
    assert merged.messages[0].state is State.FUZZY
