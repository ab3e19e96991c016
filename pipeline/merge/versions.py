"""Two versions of one catalog that went apart, brought together message by message: what ``git merge`` asks for.

What one side changed is taken, what both changed alike is taken once. Where both wrote different texts, ours stays,
as fuzzy, with theirs in a remark beside it, for a person to choose: no text is lost, and none is accepted by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.model import Catalog, Key, Message, State
from pipeline.remarks import OTHER, SUGGESTED, explains, is_human

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Both versions in one."""

    catalog: Catalog
    conflicts: tuple[Key, ...]
    """Messages for which a person has to choose between two texts."""


def reconcile(base: Catalog, ours: Catalog, theirs: Catalog) -> Reconciled:
    """Our version with what they changed since the version that both began with.

    What comes from the source (notes, references, order) is ours where both changed it: the next update makes it anew.
    """
    before = {message.key: message for message in base.messages}
    there = {message.key: message for message in theirs.messages}
    found: list[Message] = []
    conflicts: list[Key] = []
    added = _added(before, ours, theirs)
    found += added.pop(None, ())
    for message in ours.messages:
        other, old = there.get(message.key), before.get(message.key)
        if other is None:
            if old is None or _work(message) != _work(old):
                found.append(message)
        else:
            both, is_conflict = _both(old, message, other)
            found.append(both)
            conflicts += [message.key] if is_conflict else []
        found += added.pop(message.key, ())
    if len(found) != len(ours.messages):
        found.sort(key=lambda message: message.obsolete)
    catalog = replace(
        ours,
        messages=tuple(found),
        header=_header(base, ours, theirs),
        header_comments=_lines(base.header_comments, ours.header_comments, theirs.header_comments),
    )
    return Reconciled(catalog, tuple(conflicts))


def _added(before: dict[Key, Message], ours: Catalog, theirs: Catalog) -> dict[Key | None, list[Message]]:
    """Messages that only they have, by the message of ours that they stand behind; None for those before the first.

    What we took out stays out, unless they worked on it since.
    """
    mine = {message.key for message in ours.messages}
    found: dict[Key | None, list[Message]] = defaultdict(list)
    behind: Key | None = None
    for message in theirs.messages:
        if message.key in mine:
            behind = message.key
        elif message.key not in before or _work(message) != _work(before[message.key]):
            found[behind].append(message)
    return found


def _work(message: Message) -> Message:
    """A message without what is made anew from its source."""
    return replace(message, notes=(), references=(), obsolete=False)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Whose text stays, and what becomes of the other."""

    winner: Message
    fuzzy: bool
    beside: tuple[str, ...] = ()
    """Remarks that hold the other text."""

    is_conflict: bool = False
    both_changed: bool = True


def _both(old: Message | None, mine: Message, other: Message) -> tuple[Message, bool]:
    """One message of the two, and whether a person has to choose between their texts."""
    if mine == other:
        return mine, False
    old = old or Message(mine.key, mine.source_plural, ("",) * len(mine.targets))
    choice = _choice(old, mine, other)
    both = replace(
        choice.winner,
        fuzzy=choice.fuzzy,
        obsolete=_picked(old.obsolete, mine.obsolete, other.obsolete),
        flags=_lines(old.flags, mine.flags, other.flags),
        comments=_comments(old, mine, other, choice),
        notes=_picked(old.notes, mine.notes, other.notes),
        references=_picked(old.references, mine.references, other.references),
    )
    return both, choice.is_conflict


def _comments(old: Message, mine: Message, other: Message, choice: _Choice) -> tuple[str, ...]:
    """The comments of both; where both changed the text, only the remarks about the one that stays."""
    if not choice.both_changed:
        return _lines(old.comments, mine.comments, other.comments)
    winner, loser = choice.winner.comments, (other if choice.winner is mine else mine).comments
    people = [line for line in loser if is_human(line)]
    kept = (line for line in winner if not is_human(line) or line in people or line not in old.comments)
    came = (line for line in people if line not in winner and line not in old.comments)
    return (*kept, *came, *(line for line in choice.beside if line not in winner))


def _choice(old: Message, mine: Message, other: Message) -> _Choice:
    """The text that only one changed, that a person wrote, or that somebody accepted; else ours, as fuzzy."""
    was, here, there = _wording(old), _wording(mine), _wording(other)
    if here == there or there == was:
        return _Choice(mine, mine.fuzzy, both_changed=False)
    if here == was:
        return _Choice(other, other.fuzzy, both_changed=False)
    if mine.targets == other.targets:
        return _Choice(other if other.fuzzy else mine, mine.fuzzy or other.fuzzy)
    for one, another in ((mine, other), (other, mine)):
        if _is_suggestion(another) or not any(text.strip() for text in another.targets):
            return _Choice(one, one.fuzzy)
    for one, another in ((mine, other), (other, mine)):
        if one.state is State.TRANSLATED and another.fuzzy:
            return _Choice(one, one.fuzzy, _beside(another))
    return _Choice(mine, fuzzy=True, beside=_beside(other), is_conflict=True)


def _wording(message: Message) -> tuple[object, ...]:
    return message.source_plural, message.targets, message.fuzzy, message.previous, message.previous_plural


def _is_suggestion(message: Message) -> bool:
    """Whether its text is still said to be what a machine, the memory or a merge offered."""
    return message.fuzzy and any(explains(line) or line.startswith(SUGGESTED) for line in message.comments)


def _beside(message: Message) -> tuple[str, ...]:
    """A text in remarks, line by line."""
    forms = [f" of form {number}" for number in range(len(message.targets))] if message.source_plural else [""]
    return tuple(
        f"{OTHER}{form}: {line}"
        for form, text in zip(forms, message.targets, strict=True)
        for line in text.splitlines()
        if line.strip()
    )


# --- three-way ------------------------------------------------------------------------------------


def _picked(old: _T, mine: _T, other: _T) -> _T:
    """What one side made of it; ours where both did."""
    return other if mine == old else mine


def _lines(old: Sequence[str], mine: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """What one side made of them; where both did, ours without those that they took out, and those that they added."""
    if old in (mine, other):
        return tuple(_picked(old, mine, other))
    kept = (line for line in mine if line in other or line not in old)
    return (*kept, *(line for line in other if line not in mine and line not in old))


def _header(base: Catalog, ours: Catalog, theirs: Catalog) -> tuple[tuple[str, str], ...]:
    """Field by field; the language, and a header in which a name stands twice, are ours."""
    before, mine, other = (dict(catalog.header) for catalog in (base, ours, theirs))
    if len(mine) != len(ours.header):
        return ours.header
    names = dict.fromkeys((*mine, *other))
    picked = ((name, _picked(before.get(name), mine.get(name), other.get(name))) for name in names)
    fields = ((name, mine.get(name) if name == "Language" else value) for name, value in picked)
    return tuple((name, value) for name, value in fields if value is not None)
