"""The merge itself: each message of the template in turn, then what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.merge.danger import differences
from pipeline.merge.offers import Kinship, Offer, Offers, has_text
from pipeline.merge.similar import Held
from pipeline.merge.wording import changed
from pipeline.model import Catalog, Key, Message, State
from pipeline.po import Sketch
from pipeline.remarks import BLOCKED, CHANGED, PARTS, ROOMLESS, SAFETY, is_human, without_explanations

_FORMS = re.compile(r"nplurals\s*=\s*(\d)\b")


def merge(catalog: Catalog, template: Catalog, safety: frozenset[Key], kinship: Kinship | None = None) -> Catalog:
    """The catalog with the template's messages in the template's order, obsolete ones last.

    A message whose key the catalog knows, obsolete or not, keeps text, state and comments. A new one
    is offered, as fuzzy, the text of the same source in another context, of a near source, or put together
    from the parts of paragraphs that were split or joined; a remark says in which words the sources differ.
    Where they differ dangerously it only gets `previous` and a remark that says in what, and so does a message
    of `safety`, whatever differs. Who merges a template into several catalogs hands the same ``kinship`` of it to
    each, and the result is the same.
    """
    known = {message.key: message for message in catalog.messages}
    kinship = kinship or Kinship(template)
    wanted = kinship.wanted(template)
    forms = _plural_forms(catalog)
    offered: dict[Key, Offer | None] = {}
    if new := [key for key in wanted.places if key not in known]:
        places = {message.key: place for place, message in enumerate(catalog.messages)}
        left = {key: place for key, place in places.items() if key not in wanted.places and has_text(known[key])}
        message = catalog.messages.__getitem__
        offers = Offers(Held(left, message), Held(places, message), catalog.locale, kinship, wanted)
        offered = {key: offers.find(key) for key in new}
    current = (
        _new(message, offered[message.key], forms, safety)
        if message.key in offered
        else _updated(known[message.key], message, forms)
        for message in wanted.messages
    )
    left_over = (message for message in catalog.messages if message.key not in wanted.places)
    rest = (_retired(message) for message in left_over if _has_words(message))
    return replace(catalog, messages=(*current, *rest))


def merge_sketch(
    sketch: Sketch, template: Catalog, safety: frozenset[Key], kinship: Kinship
) -> Iterator[Message | int]:
    """As :func:`merge`, for a catalog of which only those entries become messages that may change.

    Yields the messages of the merged catalog, or of one that stays as it is where it stands in the sketch.
    """
    wanted = kinship.wanted(template)
    forms = _plural_forms(sketch.catalog)
    merged: list[Message | int | None] = [None] * len(wanted.messages)
    others: list[int] = []
    for number, place in enumerate(wanted.kept(sketch.heads)):
        if place is None:
            others.append(number)
        else:
            merged[place] = number
    left_over = [number for number in others if sketch.heads[number].key not in wanted.places]
    with_text = {number for number in left_over if not sketch.is_blank(number)}
    new: list[int] = []
    for place, part in enumerate(merged):
        if part is None:
            message = wanted.messages[place]
            if message.key in sketch.places:
                merged[place] = _updated(sketch.message(sketch.places[message.key]), message, forms)
            else:
                new.append(place)
    if new:
        left = {sketch.heads[number].key: number for number in left_over if number in with_text}
        held = Held(left, sketch.message), Held(sketch.places, sketch.message)
        offers = Offers(*held, sketch.catalog.locale, kinship, wanted)
        for place in new:
            message = wanted.messages[place]
            merged[place] = _new(message, offers.find(message.key), forms, safety)
    yield from (part for part in merged if part is not None)
    for number in left_over:
        head = sketch.heads[number]
        if number in with_text or any(map(is_human, head.about.comments)):
            yield number if head.obsolete and not head.about.comments else _retired(sketch.message(number))


def _updated(old: Message, new: Message, forms: int) -> Message:
    """A message that stays: its text and comments, and the template's view of the source."""
    merged, flags = old, _flags(old, new)
    ours = (False, new.source_plural, flags, new.notes, new.references)
    if (old.obsolete, old.source_plural, old.flags, old.notes, old.references) != ours:
        merged = replace(
            old,
            source_plural=new.source_plural,
            obsolete=False,
            flags=flags,
            notes=new.notes,
            references=new.references,
        )
    if old.source_plural != new.source_plural:
        merged = _with_other_plural(merged, old, forms)
    if (merged.previous or merged.comments) and merged.state is State.TRANSLATED:
        comments = without_explanations(merged.comments)
        merged = replace(merged, previous=None, previous_plural="", comments=comments)
    return merged


def _with_other_plural(merged: Message, old: Message, forms: int) -> Message:
    """Its text as fuzzy; forms for which there is no room any more go into comments."""
    targets = _fitted(old.targets, bool(old.source_plural), merged.source_plural, forms)
    lost = tuple(
        f"{ROOMLESS}{number}: {line}"
        for number, text in enumerate(old.targets)
        if number >= len(targets) and text.strip()
        for line in text.split("\n")
    )
    merged = replace(merged, targets=targets, comments=(*merged.comments, *lost))
    if not has_text(old):
        return merged
    return replace(merged, fuzzy=True, previous=old.key, previous_plural=old.source_plural)


def _new(message: Message, offer: Offer | None, forms: int, safety: frozenset[Key]) -> Message:
    """A message that the catalog did not have, with what an offer may give it."""
    targets, fuzzy = ("",) * (forms if message.source_plural else 1), False
    if offer is None:
        return replace(message, targets=targets, fuzzy=fuzzy)
    previous, previous_plural, remarks = message.previous, message.previous_plural, tuple[str, ...]()
    if (offer.origin, offer.plural) != (message.key, message.source_plural):
        previous, previous_plural = offer.origin, offer.plural
    difference = changed(offer.origin, message.key) if offer.origin != message.key else ""
    if message.key in safety:
        remarks = (f"{SAFETY}{difference}",) if difference else ()
    elif danger := differences(offer.origin.source, message.key.source):
        remarks = (BLOCKED + "; ".join(danger),)
    else:
        put_together = any(remark.startswith(PARTS) for remark in offer.remarks)
        explained = (f"{CHANGED}{difference}",) if difference and not put_together else ()
        targets, fuzzy = _fitted(offer.targets, offer.counted, message.source_plural, forms), True
        remarks = (*offer.remarks, *explained)
    comments = (*message.comments, *remarks)
    return replace(
        message,
        targets=targets,
        fuzzy=fuzzy,
        comments=comments,
        previous=previous,
        previous_plural=previous_plural,
    )


def _retired(message: Message) -> Message:
    """Obsolete, without what was made anew from a source that is no more."""
    return message if message.obsolete else replace(message, obsolete=True, notes=(), references=())


def _fitted(targets: tuple[str, ...], counted: bool, wanted: str, forms: int) -> tuple[str, ...]:
    """As many targets as a message with this plural source holds, or with none; they are plural forms or one text."""
    if counted == bool(wanted):
        return targets
    return (targets[0], *("",) * (forms - 1)) if wanted else (targets[0],)


def _flags(old: Message, new: Message) -> tuple[str, ...]:
    """The translator's flags, and of formats those that the template sets."""
    if old.flags == new.flags:
        return old.flags
    kept = [flag for flag in old.flags if flag in new.flags or not flag.endswith("-format")]
    return (*kept, *(flag for flag in new.flags if flag not in kept))


def _plural_forms(catalog: Catalog) -> int:
    """How many texts a message with a plural has in this locale; two where the header does not say."""
    found = _FORMS.search(dict(catalog.header).get("Plural-Forms", ""))
    return max(1, int(found[1])) if found else 2


def _has_words(message: Message) -> bool:
    """Whether a person wrote something in it: a text or a comment."""
    return has_text(message) or any(map(is_human, message.comments))
