"""The page of ``handrail --help``, as argparse would print it, in less time than argparse takes to be imported.

It is what most people type first, and it is there at once.
"""

from __future__ import annotations

import os
import sys

from pipeline.cli.arguments import COMMANDS, DESCRIPTION, FLOW, OPTIONS

LEAST = 80
"""Columns of a terminal; argparse itself lays out the page for narrower ones, where the line of usage is folded."""


def columns() -> int:
    """The width of the terminal, as shutil tells it."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80 if sys.__stdout__ else 80
    except (AttributeError, ValueError, OSError):  # there is no terminal
        return 80


def overview(width: int) -> str:
    """The page for a terminal of at least ``LEAST`` columns."""
    named = [" ".join((one.name, *one.settings.get("metavar", "").split())) for one in OPTIONS]
    options = [("-h, --help", "show this help message and exit")]
    options += [(name, one.settings["help"]) for name, one in zip(named, OPTIONS, strict=True)]
    commands = [(f"  {command.name}", command.summary) for command in COMMANDS]
    margin = 4 + max(len(name) for name, _ in options + commands)
    lines = [
        f"usage: handrail [-h] {' '.join(f'[{name}]' for name in named)} COMMAND ...",
        f"\n{DESCRIPTION}\n",
        "options:",
        *(_entry(name, text, margin, width) for name, text in options),
        "\ncommands:",
        "  COMMAND",
        *(_entry(name, text, margin, width) for name, text in commands),
        f"\n{FLOW}",
    ]
    return "\n".join(lines)


def _entry(name: str, text: str, margin: int, width: int) -> str:
    """A name, and beside it what it is, in lines that leave two columns free."""
    room = width - 2 - margin
    if len(text) > room:
        import textwrap

        text = f"\n{' ' * margin}".join(textwrap.wrap(text, room))
    return f"  {name}".ljust(margin) + text
