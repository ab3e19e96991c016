"""The version of the way that articles are cut into messages, and catalogs made for another one.

Catalogs are bound to articles by the text of their messages. Where a release of Handrail writes the same
text in another way (another escape, say), every catalog is told apart by a field of its header, and its
messages get their new keys instead of being offered as near matches.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline import inline
from pipeline.errors import CatalogError, MarkupError
from pipeline.model import Catalog, Key, Message, Place, State

__all__ = ["FIELD", "VERSION", "migrated", "stamped", "version"]

FIELD = "X-Handrail-Segmentation"

VERSION = 1
"""Of the messages that this release makes; it grows when the same article would give others."""


def version(catalog: Catalog) -> int:
    """The version that a catalog was made for: 1 where it does not say.

    Raises CatalogError where the field is no number, or greater than this release knows.
    """
    value = dict(catalog.header).get(FIELD, "1")
    if not (value.isascii() and value.isdigit()):
        raise CatalogError(f"{FIELD} is {value!r}, which is no number; remove the line.", Place(catalog.path, 1))
    if int(value) > VERSION:
        raise CatalogError(
            f"{FIELD} is {value}, of a newer Handrail; this one knows {VERSION}. Use the newer one.",
            Place(catalog.path, 1),
        )
    return int(value)


def stamped(catalog: Catalog) -> Catalog:
    """The catalog with this release's version in its header."""
    fields = tuple((name, str(VERSION) if name == FIELD else value) for name, value in catalog.header)
    if FIELD not in dict(fields):
        fields = (*fields, (FIELD, str(VERSION)))
    return replace(catalog, header=fields)


def migrated(catalog: Catalog, template: Catalog) -> Catalog:
    """A catalog of an older version with the keys of this one.

    A message is carried over, text, state and comments, where its source, read as markup and written anew,
    is a message of the template that the catalog does not have yet. All others stay as they are, so that a
    merge offers their texts or keeps them as obsolete. A catalog of this version stays as it is.
    """
    if version(catalog) == VERSION:
        return catalog
    wanted = {message.key for message in template.messages if not message.obsolete}
    taken = {message.key for message in catalog.messages}
    messages = list(catalog.messages)
    for index in sorted(range(len(messages)), key=lambda index: _rank(messages[index])):
        key = _rewritten(messages[index].key)
        if messages[index].key not in wanted and key in wanted and key not in taken:
            messages[index] = replace(messages[index], key=key)
            taken.add(key)
    return stamped(replace(catalog, messages=tuple(messages)))


def _rank(message: Message) -> int:
    """Of two messages that become one, the one that a person has accepted gives its text."""
    return (message.state is not State.TRANSLATED) * 2 + message.obsolete


def _rewritten(key: Key) -> Key:
    """The key as this version writes it; the same where it is no markup to this version."""
    try:
        return key._replace(source=inline.dump(inline.parse(key.source)))
    except MarkupError:
        return key
