"""Sign-offs: who reviewed which safety message, bound to the very texts that were reviewed.

``signoffs.toml`` holds one ``[[signoff]]`` table a review. A changed source or target has another
hash, so an old review can never vouch for a new text.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence

from pipeline import tomlfile
from pipeline.errors import SignOffError
from pipeline.model import Key, SignOff
from pipeline.tomlfile import Table

__all__ = ["add", "find", "load", "reviews", "source_hash", "target_hash"]

_FIELDS = (
    *("article", "locale", "safety", "source_hash", "target_hash"),
    *("kind", "translator", "reviewer", "qualification", "method", "date"),
)
_KINDS = frozenset({"review", "demonstration"})
_HASH = re.compile(r"sha256:[0-9a-f]{64}")


def source_hash(key: Key, safety: str) -> str:
    """``sha256:`` and the hash, in hexadecimal, of a safety message's source, context and safety id."""
    return _hash(json.dumps([safety, key.context, key.source], ensure_ascii=False, separators=(",", ":")))


def target_hash(target: str) -> str:
    """``sha256:`` and the hash, in hexadecimal, of the target to the letter."""
    return _hash(target)


def load(data: bytes, path: str) -> tuple[SignOff, ...]:
    """The sign-offs in ``data`` in file order; ``path`` is for messages.

    Raises SignOffError, with the line of the table, for whatever is unknown, missing or of a wrong form.
    """
    file = tomlfile.read(data, path, SignOffError)
    file.only("signoff")
    return tuple(_signoff(table) for table in file.tables("signoff"))


def find(signoffs: Sequence[SignOff], article: str, key: Key, safety: str) -> SignOff | None:
    """The last sign-off of this safety message in its present source, whatever target it vouches for.

    ``article`` is a slug. The caller compares ``target_hash``: where it differs, the target has
    changed since the review.
    """
    source = source_hash(key, safety)
    for signoff in reversed(signoffs):
        if (signoff.article, signoff.safety, signoff.source_hash) == (article, safety, source):
            return signoff
    return None


def reviews(signoffs: Sequence[SignOff], article: str, key: Key, safety: str, target: str) -> tuple[SignOff, ...]:
    """The sign-offs of this safety message as it stands, the last of each reviewer, in file order."""
    texts = (article, safety, source_hash(key, safety), target_hash(target))
    found = {
        " ".join(signoff.reviewer.casefold().split()): signoff
        for signoff in signoffs
        if (signoff.article, signoff.safety, signoff.source_hash, signoff.target_hash) == texts
    }
    return tuple(found.values())


def add(data: bytes, signoff: SignOff) -> bytes:
    """The file with one more sign-off at its end; everything that was in it stays as it was.

    Raises SignOffError if the file cannot be read, or the sign-off would not be read back.
    """
    load(data, signoff.place.path or "signoffs.toml")
    values = [(field, getattr(signoff, field)) for field in _FIELDS]
    if signoff.signature:
        values.append(("signature", signoff.signature))
    added = tomlfile.append(data, "signoff", values)
    load(added, signoff.place.path or "signoffs.toml")
    return added


def _signoff(table: Table) -> SignOff:
    table.only(*_FIELDS, "signature")
    return SignOff(
        article=table.text("article"),
        locale=table.text("locale"),
        safety=table.text("safety"),
        source_hash=_hashed(table, "source_hash"),
        target_hash=_hashed(table, "target_hash"),
        kind=table.one_of("kind", _KINDS),
        translator=table.text("translator"),
        reviewer=table.text("reviewer"),
        qualification=table.text("qualification"),
        method=table.text("method"),
        date=table.day("date"),
        signature=table.text_or_empty("signature"),
        place=table.place,
    )


def _hashed(table: Table, key: str) -> str:
    value = table.text(key)
    if not _HASH.fullmatch(value):
        table.fail(f"{key} of {table.label} is {value!r}, which must be sha256: and 64 lower-case hexadecimal digits.")
    return value


def _hash(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()
