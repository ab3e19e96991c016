"""What an element hands down to the texts inside it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import SourceError
from pipeline.model import Place
from pipeline.readers import marks as marking
from pipeline.readers.marks import Marks
from pipeline.readers.tags import BLOCKS, KINDS


@dataclass(frozen=True, slots=True)
class Scope:
    """What an element hands down to the texts inside it."""

    kind: str = "text"
    safety: str = ""
    lacks: str = ""
    notes: tuple[str, ...] = ()
    context: str = ""
    translate: str = "yes"


def inside(scope: Scope, tag: str, attrs: dict[str, str | None], marks: Marks, place: Place) -> Scope:
    """The scope inside an element; raises SourceError where something is lacking that is not said to be safety text."""
    safety, lacks = attrs.get("data-safety") or scope.safety, attrs.get("data-lacks") or scope.lacks
    if lacks and not safety:
        raise SourceError("What a region lacks is said only of safety text; add its safety id.", place)
    return Scope(
        KINDS.get(tag) or ("text" if tag in BLOCKS else scope.kind),
        safety,
        lacks,
        (*scope.notes, *marks.notes, *marking.notes_of(attrs)),
        marks.context or scope.context,
        attrs.get("translate") or scope.translate,
    )
