"""The files that the editions of one locale share, and which of its sign-offs are about which article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline import ledger, project
from pipeline.ledger import Ledger
from pipeline.project import Project, Target


@dataclass(frozen=True, slots=True)
class Shared:
    """A locale, and its files as a build sees them."""

    pos: int
    """Of the locale among all of them; the source locale is the first."""

    target: Target
    hashes: tuple[tuple[str, str], ...]
    key: str
    """Of everything but the sign-offs."""

    signoffs: Mapping[str, str]
    """Slug -> hash of its sign-offs in the file that all articles share."""

    broken: str
    """A hash of that file where nobody can read it, which then concerns every article."""

    apart: bool
    """Whether articles have sign-offs in files of their own."""

    def key_of(self, slug: str) -> str:
        """A hash of all that an article's edition depends on in the files of its locale."""
        return ledger.digest(self.key, self.broken or self.signoffs.get(slug, ""))


def shared(one: Project, book: Ledger, pos: int, target: Target) -> Shared:
    """A locale and its files, as they are now."""
    locale = target.locale
    signed = project.signoff_path(locale)
    paths = [signed, f"source/glossary/{locale.tag}.csv"]
    if pos:
        paths.append(project.catalog_path(locale, project.INTERFACE))
    hashes = tuple((path, book.sight(path).hash) for path in paths)
    signoffs = _signoffs(one, book, target, dict(hashes)[signed])
    key = ledger.digest(repr(locale), repr(target.published), *(part for pair in hashes[1:] for part in pair))
    return Shared(
        pos,
        target,
        hashes,
        key,
        signoffs or {},
        dict(hashes)[signed] if signoffs is None else "",
        (one.root / project.own_signoff_path(locale, "x")).parent.is_dir(),
    )


def _signoffs(one: Project, book: Ledger, target: Target, hash: str) -> Mapping[str, str] | None:
    """Slug -> hash of the sign-offs in the shared file, lines and all; None where it cannot be read."""
    name = f"signoffs {target.locale.tag}"
    noted = json.loads(book.fact(name) or "[]")
    if noted and noted[0] == hash:
        known: dict[str, str] = noted[1]
        return known
    try:
        made = project.signoffs(one, target.locale)
    except Exception:  # each unit of work stumbles over the same, and makes a finding of it
        return None
    found: dict[str, list[str]] = {}
    for signoff in made:
        found.setdefault(signoff.article, []).append(repr(signoff))
    digests = {slug: ledger.digest(*texts) for slug, texts in found.items()}
    book.note(name, json.dumps([hash, digests]))
    return digests
