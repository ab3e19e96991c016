"""What a command is, and the options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple


class Option(NamedTuple):
    """An argument of a command, and what argparse is to know of it."""

    name: str
    settings: dict[str, Any]


class Command(NamedTuple):
    """A command with its help."""

    name: str
    module: str
    """The module of ``pipeline.cli`` whose function of the command's name does the work."""

    summary: str
    example: str
    options: tuple[Option, ...] = ()


def option(name: str, help: str, **settings: Any) -> Option:
    """An option, or a place in the command line, with its line of help."""
    return Option(name, {"help": help, **settings})


ARTICLE = option("--article", "only this article; may be repeated", action="append", default=[], metavar="SLUG")
LOCALE = option("--locale", "only this locale; may be repeated", action="append", default=[], metavar="TAG")
FORMAT = option("--format", "for people (the default) or for programs", choices=("text", "json"), default="text")

REPORT = option(
    "--format",
    "for people (the default), for programs, or for a CI system",
    choices=("text", "json", "sarif", "junit", "github", "gitlab", "markdown"),
    default="text",
)
JOBS = option("--jobs", "processes that share the work (one for each processor)", type=int, metavar="N")
AGAINST = option(
    "--against",
    "refuse helplines that fall back behind an earlier release: its helplines.toml, its audit pack, or a tag of git",
    metavar="WHAT",
)
BASELINE = option("--baseline", "let the findings of this file pass; never safety text", type=Path, metavar="FILE")
