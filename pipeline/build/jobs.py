"""Jobs and their results: values that travel between processes and machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pipeline.ledger import FOLDER, digest
from pipeline.project import Settings

SITE = "build/site"
"""Everything that is published, and nothing else: every other file in it is removed."""

PREVIEW = "build/preview"

STAGE = f"{FOLDER}/pages"
"""Where pages wait until it is settled which of them go out; emptied by every build."""


@dataclass(frozen=True, slots=True)
class Common:
    """What all jobs of a build share; equal where the digest is."""

    digest: str
    """Of everything below."""

    root: str = field(compare=False)
    """The folder of the project; not looked at where there is a shelf."""

    shelf: str = field(compare=False)
    """Address of the store that files are read from and pages left in; empty: the folder itself."""

    settings: Settings = field(compare=False)
    today: date = field(compare=False)
    program: str = field(compare=False)
    """:func:`pipeline.ledger.fingerprint` of the program that gave the job."""

    hashes: tuple[tuple[str, str], ...] = field(compare=False)
    """(path, hash) of the registry, and of the project's own templates."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a page must know about the pages beside it."""

    tags: tuple[str, ...]
    """The locales in which its article has a page, in the order of the settings."""

    links: tuple[tuple[str, bool, bool], ...] = ()
    """(slug, whether it has a page in this locale, whether in the source locale) of the articles that it links to."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done for one edition."""

    tag: str
    shared: tuple[tuple[str, str], ...]
    """(path, hash) of the files that all editions of its locale share."""

    own: tuple[tuple[str, str], ...]
    """(path, hash) of the files that are its own."""

    check: bool
    """Whether it has to be checked; then it is rendered unless an error was found, otherwise in any case."""

    neighbours: Neighbours | None
    """None: nobody knows yet, and it is rendered as if every page went out whose gate is not known to be closed."""

    there: tuple[str, str] = ("", "")
    """Hashes of the HTML and the text that stand in its place already."""


@dataclass(frozen=True, slots=True)
class Job:
    """Editions of one article, and the files to make them of."""

    common: Common
    slug: str
    path: str
    hash: str
    tasks: tuple[Task, ...]
    keep: str
    """The folder, below the root, for pages that are not in their place yet; empty: nobody wants their bytes."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking one edition came to."""

    loaded: bool
    """Whether its files can be read."""

    closed: bool
    """Whether any finding is an error."""

    findings: str
    """:func:`pipeline.build.packing.packed`."""

    title: str = ""
    about: str = ""
    changed: str = ""
    """What lists and feeds say of its page: title and description, plain, and the day of its last change, if known."""

    standing: str = ""
    """:func:`pipeline.build.packing.packed_standing`, without the findings; empty where nothing was read."""

    links: tuple[str, ...] = ()
    """Slugs of the articles that it links to."""

    assets: tuple[str, ...] = ()
    """What it shows, as paths from the folder of the articles."""

    steady: tuple[str, str] = ("", "")
    """The first day of the time in which this holds, and the first day after it, in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What rendering a page and reading it back came to."""

    made: bool
    """Whether there is a page."""

    closed: bool
    """Whether any finding is an error."""

    findings: str
    html: str = ""
    text: str = ""
    """Hashes of its bytes."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a task came to."""

    tag: str
    checked: Checked | None
    """None where it did not have to be checked."""

    neighbours: Neighbours | None
    """Those that it was rendered with."""

    rendered: Rendered | None
    """None where its gate was closed before."""

    left: tuple[tuple[str, str], ...] = ()
    """(name, hash) of the files that it left on the shelf."""


def page_paths(tag: str, slug: str, preview: object) -> tuple[str, str]:
    """Where the HTML and the text of a page go."""
    folder = f"{PREVIEW if preview else SITE}/{tag}/{slug}"
    return f"{folder}/index.html", f"{folder}/index.txt"


def staged(path: str, hash: str) -> str:
    """The name under which bytes wait for their place."""
    place = digest(path)
    return f"{place[:2]}/{place[2:18]}-{hash}"
