"""What a finding means to whoever reads it in a CI system, and where such a system shows it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.model import Accepted, Finding, Outcome, Place, Severity


class Rank(enum.Enum):
    """How much a finding weighs."""

    BLOCKS = "blocks"
    """It closes the gate of a page that is to be published."""

    ASKS = "asks"
    """A person should look."""

    DRAFT = "draft"
    """It is about a locale that is not published, and closes nobody's gate."""


def drafts(published: Mapping[str, bool]) -> frozenset[str]:
    """The locales whose findings close nobody's gate, of all and whether they are published.

    Drafts weigh as much as anything else where nothing but drafts was looked at.
    """
    return frozenset(tag for tag, is_on in published.items() if not is_on) if any(published.values()) else frozenset()


def kinds(drafts: Container[str]) -> dict[Rank, Callable[[str, Severity], bool]]:
    """Rank -> whether findings of a locale and a severity have it, the heaviest first."""
    return {
        Rank.BLOCKS: lambda tag, severity: tag not in drafts and severity is Severity.ERROR,
        Rank.ASKS: lambda tag, severity: tag not in drafts and severity is not Severity.ERROR,
        Rank.DRAFT: lambda tag, _: tag in drafts,
    }


def ranked(outcome: Outcome) -> Iterator[tuple[Finding, Rank]]:
    """Every finding with its rank, those that close the gate first; otherwise in their order."""
    for rank, kind in kinds(drafts({one.locale: one.published for one in outcome.standings})).items():
        yield from ((finding, rank) for finding in outcome.picked(kind))


def place(finding: Finding) -> Place:
    """Where to show a finding: where to mend it, or else the line of the article, or else the folder."""
    return finding.place or finding.source_place or Place(".")


def related(finding: Finding) -> Place | None:
    """The line of the article that a finding is about, where it is not the place itself."""
    return finding.source_place if finding.source_place != place(finding) else None


def below(outcome: Outcome, folder: str) -> Outcome:
    """The outcome with every path as seen from a folder above the project, which CI systems expect.

    ``folder`` is the path of the project there; empty where it is the same folder.
    """
    if not folder:
        return outcome
    return replace(
        outcome,
        findings=tuple(_below(finding, folder) for finding in outcome.findings),
        accepted=tuple(Accepted(_below(one.finding, folder), one.reason) for one in outcome.accepted),
    )


def _below(finding: Finding, folder: str) -> Finding:
    return finding._replace(place=_moved(finding.place, folder), source_place=_moved(finding.source_place, folder))


def _moved(place: Place | None, folder: str) -> Place | None:
    return place and Place(str(PurePosixPath(folder, place.path)), place.line)
