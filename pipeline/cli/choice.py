"""What ``--locale`` and ``--article`` mean: a name that the project does not know is an error, never nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from pipeline import project
from pipeline.errors import UsageError

if TYPE_CHECKING:  # to check files takes no reader of articles
    from pipeline.project import Project, Target


def targets(one: Project, tags: Sequence[str]) -> tuple[Target, ...]:
    """The locales that were named, or all that the project translates into; LocaleError for an unknown one."""
    return tuple(one.target(tag) for tag in dict.fromkeys(tags)) if tags else one.settings.targets


def tags(one: Project, named: Collection[str]) -> frozenset[str]:
    """The locales that were named, the source locale among them; LocaleError for an unknown one."""
    return frozenset(tag if tag == one.settings.source.tag else one.target(tag).locale.tag for tag in named)


def slugs(one: Project, named: Collection[str]) -> frozenset[str]:
    """The articles that were named; UsageError for one that the project does not have."""
    known = project.article_paths(one)
    for slug in named:
        if slug not in known:
            raise UsageError(f"{slug} is not an article of this project; its articles are {', '.join(known)}.")
    return frozenset(named)
