"""From commits to words. What was counted once is kept in ``.handrail/``, by the content of each catalog."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from pipeline import __version__, po, project, remarks, stats
from pipeline.errors import HandrailError
from pipeline.history import repository
from pipeline.history.points import History, Point, Words
from pipeline.history.repository import GitError
from pipeline.model import Catalog, Locale, State
from pipeline.project import INTERFACE, Project

CACHE = ".handrail/history.json"

MOMENTS = 24
"""Points of the past, at most."""

MOST = 20_000
"""Catalogs that are counted; one that is the same at two moments counts once."""

LARGEST = 4 * 2**20
"""Bytes of a catalog that is counted."""

_BATCH = 200

Tree = Mapping[str, tuple[tuple[str, int], ...]]
"""Tag -> (blob, bytes) of its catalogs."""

Counts = Mapping[str, Words | None]
"""Blob -> its words; None for what is no catalog."""


def history(one: Project) -> History:
    """The words of a project at moments of its past: the same for the same commit, languages and version.

    It never raises: what keeps it from being told is its :attr:`~History.remark`.
    """
    try:
        head = repository.head(one.root)
        key = [__version__, head.commit, head.prefix, head.shallow, *(t.locale.tag for t in one.settings.targets)]
        cached = _cached(one)
        if cached.get("key") != key:
            found = _counted(one, head, _counts(cached))
            cached = {"key": key, **found}
            project.write(one.root, CACHE, json.dumps(cached, separators=(",", ":")).encode())
        return _history(cached)
    except GitError as error:
        return History((), str(error))
    except (HandrailError, OSError, subprocess.SubprocessError) as error:
        return History((), f"The past could not be read: {type(error).__name__}.")


def _counted(one: Project, head: repository.Head, known: Counts) -> dict[str, Any]:
    """What the cache keeps: points, remark, and the words of each catalog."""
    trees = _trees(one, head)
    kept, wanted = _affordable(trees)
    counts = {blob: known[blob] for blob in wanted if blob in known}
    counts |= {blob: None for blob, size in wanted.items() if size > LARGEST}
    counts |= _read(one, [blob for blob in wanted if blob not in counts])
    points = [
        {"time": time, "commit": commit, "words": {tag: _plain(_sum(blobs, counts)) for tag, blobs in tree.items()}}
        for time, commit, tree in kept
    ]
    unread = sum(words is None for words in counts.values())
    return {
        "points": points,
        "remark": " ".join(_remarks(head, trees, kept, unread)),
        "counts": {blob: words and _plain(words) for blob, words in sorted(counts.items())},
    }


def _remarks(head: repository.Head, trees: Sequence[object], kept: Sequence[object], unread: int) -> Iterator[str]:
    if not trees:
        yield "No commit has catalogs of this project’s languages yet."
    if head.shallow:
        yield "This clone is shallow: commits before the first one here were not fetched."
    if len(kept) < len(trees):
        yield f"Earlier moments are left out, because no more than {MOST:,} catalogs are counted."
    if unread:
        yield f"Left out: {unread} catalogs of earlier commits that cannot be read."


# --- moments ------------------------------------------------------------------------------------


def _trees(one: Project, head: repository.Head) -> list[tuple[int, str, Tree]]:
    """(time, commit, catalogs) of moments from the first catalogs to now, oldest first."""
    line = repository.commits(one.root, head.commit)
    rough = {moment: _tree(one, head, moment[1]) for moment in _spread(line)}
    empty = [moment for moment, tree in rough.items() if not tree]
    first = line.index(empty[-1]) if empty else 0  # the first catalogs came after this one
    moments = _spread(line[first:])
    found = [(*moment, rough[moment] if moment in rough else _tree(one, head, moment[1])) for moment in moments]
    return [(time, commit, tree) for time, commit, tree in found if tree]


def _spread(line: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Half of the moments evenly by time, and half by number of commits: work comes in bursts, and pauses count too."""
    start, end = min(time for time, _ in line), max(time for time, _ in line)
    half = MOMENTS // 2

    def stretch(time: int) -> int:
        return (time - start) * (half - 1) // max(1, end - start)

    by_time = {one for one, after in pairwise(line) if stretch(one[0]) < stretch(after[0])}
    by_number = {line[number * (len(line) - 1) // (half - 1)] for number in range(half)}
    return [one for one in line if one in by_time | by_number]


def _tree(one: Project, head: repository.Head, commit: str) -> Tree:
    tags = {target.locale.folder: target.locale.tag for target in one.settings.targets}
    found: dict[str, list[tuple[str, int]]] = {}
    for path, blob, size in repository.files(one.root, commit, f"{head.prefix}locales/"):
        match path.removeprefix(head.prefix).split("/"):
            case ["locales", folder, "LC_MESSAGES", name] if (
                folder in tags and name.endswith(".po") and name != f"{INTERFACE}.po"
            ):
                found.setdefault(tags[folder], []).append((blob, size))
    return {tag: tuple(found[tag]) for tag in tags.values() if tag in found}


def _affordable(trees: Sequence[tuple[int, str, Tree]]) -> tuple[list[tuple[int, str, Tree]], dict[str, int]]:
    """The latest moments whose catalogs are few enough, and those catalogs with their sizes."""
    wanted: dict[str, int] = {}
    kept: list[tuple[int, str, Tree]] = []
    for moment in reversed(trees):
        more = wanted | {blob: size for blobs in moment[2].values() for blob, size in blobs}
        if len(more) > MOST:
            break
        wanted = more
        kept.insert(0, moment)
    return kept, wanted


# --- words --------------------------------------------------------------------------------------


def _read(one: Project, wanted: Sequence[str]) -> dict[str, Words | None]:
    found: dict[str, Words | None] = dict.fromkeys(wanted)
    for start in range(0, len(wanted), _BATCH):
        for blob, data in repository.blobs(one.root, wanted[start : start + _BATCH]):
            try:
                found[blob] = _words(po.load(data, blob), one.settings.source)
            except HandrailError:  # the remark says how many there are
                found[blob] = None
    return found


def _words(catalog: Catalog, source: Locale) -> Words:
    total = Words()
    for message in catalog.index().values():
        number = stats.source_words(message.key.source, source)
        match message.state:
            case State.TRANSLATED:
                total += Words(translated=number)
            case State.FUZZY if remarks.by_machine(message.comments):
                total += Words(machine=number)
            case State.FUZZY:
                total += Words(fuzzy=number)
            case State.UNTRANSLATED:
                total += Words(untranslated=number)
    return total


def _sum(blobs: Sequence[tuple[str, int]], counts: Counts) -> Words:
    return sum((counts[blob] or Words() for blob, _ in blobs), start=Words())


# --- the cache ----------------------------------------------------------------------------------


def _cached(one: Project) -> dict[str, Any]:
    """What was kept; nothing where it cannot be read, for it can be counted again."""
    try:
        document = json.loads(project.read(one.root, CACHE))
        _counts(document), _history(document)
    except (HandrailError, ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError):
        return {}
    return dict(document)


def _counts(cached: Mapping[str, Any]) -> Counts:
    if cached.get("key", [""])[0] != __version__:
        return {}
    return {blob: words and Words(*map(int, words)) for blob, words in cached["counts"].items()}


def _history(cached: Mapping[str, Any]) -> History:
    points = (
        Point(
            str(one["commit"]),
            datetime.fromtimestamp(int(one["time"]), UTC),
            {tag: Words(*map(int, words)) for tag, words in one["words"].items()},
        )
        for one in cached["points"]
    )
    return History(tuple(points), str(cached["remark"]))


def _plain(words: Words) -> list[int]:
    return [words.translated, words.machine, words.fuzzy, words.untranslated]
