"""What came back enters a catalog, message by message, or is refused with its reason.

Nothing that a person accepted is overwritten unless that was asked for, and nothing that is safety text comes in
as accepted: whoever translated it, a named person of the project still reviews it.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline import inline
from pipeline.errors import MarkupError
from pipeline.exchange.codes import Code, Codes, Pieces, codes, joined
from pipeline.exchange.units import Bundle, Unit, units
from pipeline.model import Catalog, Key, Message, Place, State

_WHITE = " \t\r\n"
_SPACES = re.compile(f"[{_WHITE}]+")


class Fate(enum.Enum):
    """What became of a message that came back."""

    ACCEPTED = "accepted"
    FUZZY = "fuzzy"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One message that came back."""

    key: Key | None
    """None where the catalog has no such message."""

    fate: Fate
    place: Place
    """In the file that came back."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A catalog with what came back, and the account of it."""

    catalog: Catalog
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms texts enter."""

    safety: frozenset[Key]
    """Keys of safety messages; they come in fuzzy, whatever the file says."""

    mark: str
    """How the comment of a fuzzy text begins that says where it comes from; there is one such comment at most."""

    origin: str
    """The rest of it."""

    existing: str = "keep"
    """``keep`` or ``replace``: what becomes of a text that a person accepted and that differs."""


class _Refused(Exception):
    """Why a unit cannot enter."""


def enter(catalog: Catalog, bundle: Bundle, path: str, on: Terms, objections: Mapping[Key, str]) -> Entered:
    """The catalog with the texts of a bundle that are fit to enter; ``path`` is that of the file it came in.

    ``objections`` are reasons of the caller's own to refuse a message. A unit that says what an export of the
    catalog would say changes nothing.
    """
    known = {unit.id: message for message in catalog.messages if not message.obsolete for unit in units(message)}
    by_source = {_even(next(units(message)).source): message for message in reversed(list(known.values()))}
    back: dict[Key, list[Unit]] = {}
    entries: list[Entry] = []
    for unit in bundle.units:
        message = known.get(unit.id) or by_source.get(_even(unit.source))
        if message is not None:
            back.setdefault(message.key, []).append(unit)
        elif unit.target:
            reason = "the catalog has no such message; was the article changed since it was exported?"
            entries.append(Entry(None, Fate.REFUSED, Place(path, unit.line), reason))
    messages = list(catalog.messages)
    for index, message in enumerate(messages):
        if message.obsolete or message.key not in back:
            continue
        mine = back[message.key]
        place = Place(path, mine[0].line)
        try:
            new, fate, reason = _entered(message, mine, on, objections.get(message.key, ""))
        except (_Refused, MarkupError) as refusal:
            text = refusal.message if isinstance(refusal, MarkupError) else str(refusal)
            entries.append(Entry(message.key, Fate.REFUSED, place, text))
            continue
        messages[index] = new
        if fate is not None:
            entries.append(Entry(message.key, fate, place, reason))
    same = tuple(messages) == catalog.messages
    ordered = tuple(sorted(entries, key=lambda entry: entry.place))
    return Entered(catalog if same else replace(catalog, messages=tuple(messages)), ordered)


def _entered(message: Message, back: Sequence[Unit], on: Terms, objection: str) -> tuple[Message, Fate | None, str]:
    """The message as it comes in; None as its fate where nothing came back for it."""
    exported = {unit.id: unit for unit in units(message)}
    ours = [_own(unit, exported) for unit in back]
    plain = [_without_layout(unit, own) for unit, own in zip(back, ours, strict=True)]
    changed = [(unit, own) for unit, own in zip(plain, ours, strict=True) if _is_text(unit)]
    if not changed:
        return message, None, ""
    accepted = all(unit.accepted for unit, _ in changed)
    is_same = all(unit.target == own.target for unit, own in changed)
    if is_same and (message.state is State.TRANSLATED or not accepted):
        return message, Fate.UNCHANGED, ""
    if message.state is State.TRANSLATED and on.existing == "keep":
        return message, Fate.KEPT, "another text was accepted here"
    if message.state is State.FUZZY and on.existing == "keep" and not accepted:
        return message, Fate.KEPT, "another fuzzy text stands here, and this one is not accepted either"
    if objection:
        raise _Refused(objection)
    fuzzy = message.key in on.safety or not accepted
    texts = dict(_texts(message, changed))
    targets = tuple(texts.get(form, text) for form, text in enumerate(message.targets))
    if (targets, fuzzy) == (message.targets, message.fuzzy):
        return message, Fate.UNCHANGED, ""
    fate = Fate.FUZZY if fuzzy else Fate.ACCEPTED
    reason = "safety text waits for a review and a sign-off" if message.key in on.safety else ""
    return _made(message, targets, fuzzy, on), fate, reason


def _made(message: Message, targets: tuple[str, ...], fuzzy: bool, on: Terms) -> Message:
    """The texts are for the present source, so nothing is left of a previous one."""
    comments = tuple(line for line in message.comments if not line.startswith(on.mark))
    return replace(
        message,
        targets=targets,
        fuzzy=fuzzy,
        comments=(*comments, on.mark + on.origin) if fuzzy else comments,
        previous=None,
        previous_plural="",
    )


def _own(unit: Unit, exported: Mapping[str, Unit]) -> Unit:
    """What we would have exported for a unit; refused where its source is another one."""
    own = exported.get(unit.id) or next(iter(exported.values()))
    if _even(own.source) != _even(unit.source):
        raise _Refused("its source differs from the catalog's; export again, or give it back as it was exported")
    return own


def _even(pieces: Pieces) -> Pieces:
    """Pieces with single spaces, and none at the ends: tools lay out what they write as they like."""
    spaced = joined(_SPACES.sub(" ", piece) if isinstance(piece, str) else piece for piece in pieces)
    first = spaced[0].lstrip(_WHITE) if spaced and isinstance(spaced[0], str) else None
    spaced = spaced if first is None else joined((first, *spaced[1:]))
    last = spaced[-1].rstrip(_WHITE) if spaced and isinstance(spaced[-1], str) else None
    return spaced if last is None else joined((*spaced[:-1], last))


def _without_layout(unit: Unit, own: Unit) -> Unit:
    """A unit without line breaks and outer spaces that its source does not have; a tool that indents XML adds them."""
    if own.source != _even(own.source):
        return unit
    is_laid_out = any(isinstance(piece, str) and "\n" in piece for piece in unit.target)
    target = _even(unit.target) if is_laid_out and unit.target != own.target else unit.target
    return replace(unit, source=own.source, target=target)


def _is_text(unit: Unit) -> bool:
    """Tools put the source where a translation is to come; unless somebody accepts that, it is no text."""
    if not any(isinstance(piece, Code) or piece.strip() for piece in unit.target):
        return False
    return unit.accepted or unit.target != unit.source


def _texts(message: Message, changed: Sequence[tuple[Unit, Unit]]) -> Iterator[tuple[int, str]]:
    """Each plural form with its text; MarkupError where it does not have the markup of its source."""
    forms = [unit.id for unit in units(message)]
    for unit, own in changed:
        form = forms.index(own.id)
        same = unit.target == own.target
        text = message.targets[form] if same else _conforming(codes(message), message.targets[form], unit)
        yield form, text


def _conforming(known: Codes, old: str, unit: Unit) -> str:
    """The text of a unit; a code of the old text, where that is not the source's, still means what it did."""
    text = known.known(old).read(unit.target)
    if not text.strip():
        raise _Refused("the translation has no text")
    if not known.literal:
        inline.conform(inline.parse(text), inline.parse(known.read(unit.source)))
    elif _ids(unit.target) != _ids(unit.source):
        raise MarkupError("The translation has other codes than its source; keep every one of them.")
    return text


def _ids(pieces: Pieces) -> list[str]:
    """The codes among pieces, in no order."""
    return sorted(piece.id for piece in pieces if isinstance(piece, Code))
