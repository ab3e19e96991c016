"""Which hand-outs a project has, and of which pages: one of a page that changed since is worse than none."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from pipeline import __version__, project
from pipeline.errors import HandrailError
from pipeline.model import Edition
from pipeline.project import Project

FOLDER = "build/print"

_RECORD = ".handrail/print.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known about a hand-out."""

    page: str
    """Hash of the page's HTML."""

    made_of: str
    """Hash of that, of the paper and of the program's version."""

    pdf: str


def path_of(slug: str, tag: str) -> str:
    """Where a hand-out lies below its folder. Files are sent on one by one, so the locale is in the name as well."""
    return f"{tag}/{slug}.{tag}.pdf"


def kept(html: str, paper: str, pdf: bytes) -> Kept:
    """What is to be known about the hand-out of a page."""
    page = html.encode()
    return Kept(_hash(page), _hash(f"{__version__} {paper} ".encode() + page), _hash(pdf))


def is_fresh(one: Project, edition: Edition, html: str, paper: str) -> bool:
    """Whether the hand-out of a page is there, and the same as it would be if it were printed again."""
    path = path_of(edition.article.slug, edition.locale.tag)
    data = _read(one, f"{FOLDER}/{path}")
    return bool(data) and record(one).get(path) == kept(html, paper, data)


def record(one: Project) -> dict[str, Kept]:
    """Path below the folder -> what is known; nothing where the record is gone or damaged."""
    try:
        return {path: Kept(*fields) for path, fields in json.loads(_read(one, _RECORD)).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def remember(one: Project, known: dict[str, Kept]) -> None:
    """Write the record. WriteError where that cannot be done."""
    plain = {path: [one_.page, one_.made_of, one_.pdf] for path, one_ in known.items()}
    project.write(one.root, _RECORD, json.dumps(plain, indent=1, sort_keys=True).encode())


def withdraw(one: Project, site: str) -> tuple[str, ...]:
    """Remove every hand-out of a page that is no longer in the site, or no longer the same; the paths of those removed.

    ``site`` is the folder of the published pages. WriteError where a hand-out cannot be removed.
    """
    if not (one.root / FOLDER).is_dir():
        return ()
    good = {
        f"{FOLDER}/{path}"
        for path, known in record(one).items()
        if _hash(_read(one, f"{site}/{_page_of(path)}")) == known.page
    }
    return tuple(project.sweep(one.root, FOLDER, good))


def _page_of(path: str) -> str:
    tag, _, name = path.partition("/")
    return f"{tag}/{name.removesuffix(f'.{tag}.pdf')}/index.html"


def _read(one: Project, path: str) -> bytes:
    try:
        return project.read(one.root, path)
    except HandrailError:  # what is not there is not known
        return b""


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
