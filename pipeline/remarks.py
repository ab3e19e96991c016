"""What Handrail itself writes into the comments of a catalog, told apart from what people write there.

A remark is one `# ` line that begins with `handrail: `. It is written once, with the text that it explains, so it
is the same from run to run; it goes when a person has accepted the text. Every other comment is a person's own.
"""

from __future__ import annotations

from collections.abc import Iterable

OURS = "handrail: "
"""How every remark begins."""

SUGGESTED = f"{OURS}suggested by "
"""Before the name of whoever offered the text: the memory, a machine, or a file that came back."""

BLOCKED = f"{OURS}the earlier text is not offered, because the two sources differ: "
CHANGED = f"{OURS}the source "
SAFETY = f"{OURS}safety text takes no earlier text; the source "
PART = f"{OURS}a part of the earlier text for "
JOINED = f"{OURS}put together from the earlier texts for "
ROOMLESS = f"{OURS}plural form "
"""Holds the words of a person for which a message that lost its plural has no room."""

OTHER = f"{OURS}the other version"
"""Holds the text of another branch, beside the one that stays."""

PARTS = (PART, JOINED)
_PEOPLE = ("memory", "exchange: ")
"""The origins of texts that a person wrote."""

_EXPLANATIONS = (BLOCKED, CHANGED, SAFETY, OTHER, *PARTS)


def is_human(comment: str) -> bool:
    """Whether the words of a person are in a comment."""
    return not comment.startswith(OURS) or comment.startswith((ROOMLESS, OTHER))


def by_machine(comments: Iterable[str]) -> bool:
    """Whether a machine made the text of a message that nobody has accepted yet."""
    origins = (comment.removeprefix(SUGGESTED) for comment in comments if comment.startswith(SUGGESTED))
    return any(not origin.startswith(_PEOPLE) for origin in origins)


def explains(comment: str) -> bool:
    """Whether a remark explains what merging offered, or why it offered nothing."""
    return comment.startswith(_EXPLANATIONS)


def without_explanations(comments: Iterable[str]) -> tuple[str, ...]:
    """The comments of a message whose text no longer is what merging made of it."""
    return tuple(comment for comment in comments if not explains(comment))
