"""What may stand behind ``handrail``, and the help that says so.

A module for each group of commands; nothing here imports what a command needs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from pipeline import __version__
from pipeline.cli.arguments import catalogs, gate, pages, projects, sources

_FLOW = """\
The way of an article:
  handrail extract     templates from source/articles
  handrail update      templates into the catalogs of every locale
  handrail prefill     suggestions into empty messages, all of them fuzzy
                       (people translate the .po files in Poedit, Weblate, OmegaT ...)
  handrail sign        a named person's review of the safety messages
  handrail check       everything that withholds a page
  handrail build       the pages whose gate is open, into build/site

Exit codes: 0 the gate is open, 1 it is closed, 2 the command could not be carried out.
"""

COMMANDS = (*sources.COMMANDS, *catalogs.COMMANDS, *gate.COMMANDS, *pages.COMMANDS, *projects.COMMANDS)
"""In the order of the help."""


class _Parser(argparse.ArgumentParser):
    """argparse with errors in the form of all other errors: one line, and exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"handrail: {message} (see {self.prog} --help)\n")


def _formatter(prog: str) -> argparse.RawDescriptionHelpFormatter:
    """argparse's own asks shutil for the width, which imports every compression library: half of the time to start."""
    return argparse.RawDescriptionHelpFormatter(prog, width=_columns() - 2)


def _columns() -> int:
    """The width of the terminal, as shutil tells it."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80 if sys.__stdout__ else 80
    except (AttributeError, ValueError, OSError):  # there is no terminal
        return 80


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of a command line; of commands that are not among its words it knows names and summaries only."""
    root = _Parser(
        prog="handrail",
        description="Localize health articles so that no page goes out without its safety text.",
        epilog=_FLOW,
        formatter_class=_formatter,
    )
    root.add_argument("--version", action="version", version=f"handrail {__version__}")
    root.add_argument("--traceback", action="store_true", help="show where in Handrail an error was raised")
    root.add_argument("--project", type=Path, default=Path(), metavar="DIR", help="a folder of the project (this one)")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    for command in COMMANDS:
        one = commands.add_parser(
            command.name,
            help=command.summary,
            description=f"{command.summary[0].upper()}{command.summary[1:]}.",
            epilog=f"example:\n  {command.example}",
            formatter_class=_formatter,
        )
        one.set_defaults(module=command.module)
        for option in command.options if command.name in words else ():
            one.add_argument(option.name, **option.settings)
    return root
