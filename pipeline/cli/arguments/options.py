"""What a command is, and the options that several commands share.

Plain classes, and no ``typing`` or ``pathlib``: each of them takes as long to import as everything here.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing's own, which every type checker knows by its name
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


class Option:
    """An argument of a command, and what argparse is to know of it."""

    __slots__ = ("name", "settings")

    def __init__(self, name: str, settings: dict[str, Any]) -> None:
        self.name = name
        self.settings = settings


class Command:
    """A command with its help.

    Its module is the one of ``pipeline.cli`` whose function of the command's name does the work.
    """

    __slots__ = ("example", "module", "name", "options", "summary")

    def __init__(self, name: str, module: str, summary: str, example: str, options: tuple[Option, ...] = ()) -> None:
        self.name = name
        self.module = module
        self.summary = summary
        self.example = example
        self.options = options


def option(name: str, help: str, **settings: Any) -> Option:
    """An option, or a place in the command line, with its line of help."""
    return Option(name, {"help": help, **settings})


def path(text: str) -> Path:
    """A file or folder of the command line."""
    from pathlib import Path

    return Path(text)


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
BASELINE = option("--baseline", "let the findings of this file pass; never safety text", type=path, metavar="FILE")
