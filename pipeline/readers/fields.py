"""The fields of front matter that people read, as segments."""

from __future__ import annotations

from collections.abc import Collection

from pipeline import inline
from pipeline.model import Key, Place, Segment
from pipeline.readers.frontmatter import Field, FrontMatter

_OWN = ("title", "description")


def title(front: FrontMatter, text: str, path: str) -> Segment | None:
    """The title; None where there is none."""
    return _segment(front.get("title"), text, path)


def description(front: FrontMatter, text: str, path: str) -> Segment | None:
    """The description; None where there is none."""
    return _segment(front.get("description"), text, path)


def others(front: FrontMatter, names: Collection[str], text: str, path: str) -> tuple[Segment, ...]:
    """The texts whose paths (``hero.text``) are named, in source order."""
    found = (_segment(field, text, path) for field in front.texts if field.name in names and field.name not in _OWN)
    return tuple(segment for segment in found if segment)


def meta(front: FrontMatter) -> tuple[tuple[str, str], ...]:
    """All fields but the title and the description, as text."""
    return tuple((field.name, field.value) for field in front.fields if field.name not in _OWN)


def _segment(field: Field | None, text: str, path: str) -> Segment | None:
    words = " ".join(field.value.split()) if field else ""
    if not field or not words:
        return None
    content = inline.pieces(words)
    place = Place(path, text.count("\n", 0, field.start) + 1)
    start = len(text[: field.start].encode())
    span = (start, start + len(text[field.start : field.end].encode()))
    kind = field.name if field.name in _OWN else f"field {field.name}"
    return Segment(Key(inline.dump(content)), content, kind, place, span)
