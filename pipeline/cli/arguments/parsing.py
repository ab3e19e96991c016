"""The command line, read by argparse."""

from __future__ import annotations

import argparse

from pipeline import __version__
from pipeline.cli.arguments import COMMANDS, DESCRIPTION, FLOW, OPTIONS
from pipeline.cli.arguments.options import Command
from pipeline.cli.arguments.overview import columns

TYPE_CHECKING = False  # as in ``options``
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn


class _Parser(argparse.ArgumentParser):
    """argparse with errors in the form of all other errors: one line, and exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"handrail: {message} (see {self.prog} --help)\n")


class _CommandParser(_Parser):
    """The parser of one command, made when the command is the one that was typed: thirty take longer than argparse."""

    def __init__(self, command: Command, prog: str) -> None:
        self.command = command
        self.prog = prog

    def parse_known_args(  # type: ignore[override]  # the root parser calls it in this one form
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        command = self.command
        super().__init__(
            prog=self.prog,
            description=f"{command.summary[0].upper()}{command.summary[1:]}.",
            epilog=f"example:\n  {command.example}",
            formatter_class=_formatter,
        )
        self.set_defaults(module=command.module)
        for option in command.options:
            self.add_argument(option.name, **option.settings)
        return super().parse_known_args(args, namespace)


def _formatter(prog: str) -> argparse.RawDescriptionHelpFormatter:
    """argparse's own asks shutil for the width, which imports every compression library: half of the time to start."""
    return argparse.RawDescriptionHelpFormatter(prog, width=columns() - 2)


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    root = _Parser(prog="handrail", description=DESCRIPTION, epilog=FLOW, formatter_class=_formatter)
    for option in OPTIONS:
        version: dict[str, Any] = {"version": f"handrail {__version__}"} if option.name == "--version" else {}
        root.add_argument(option.name, **option.settings, **version)
    commands = root.add_subparsers(
        title="commands", metavar="COMMAND", dest="command", required=True, parser_class=_CommandParser
    )
    for command in COMMANDS:
        commands.add_parser(command.name, help=command.summary, command=command)
    return root
