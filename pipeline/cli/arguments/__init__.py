"""What may stand behind ``handrail``: every command and its options, as plain values.

A module for each group of commands; nothing here imports what a command needs, nor what reads or prints the values:
``overview`` is the page of ``handrail --help``, ``parsing`` everything else.
"""

from __future__ import annotations

from pipeline.cli.arguments import catalogs, gate, pages, projects, sources
from pipeline.cli.arguments.options import option, path

DESCRIPTION = "Localize health articles so that no page goes out without its safety text."

OPTIONS = (
    option("--version", "show program's version number and exit", action="version"),
    option("--traceback", "show where in Handrail an error was raised", action="store_true"),
    option("--project", "a folder of the project (this one)", type=path, default=".", metavar="DIR"),
)
"""Those that stand before the command."""

COMMANDS = (*sources.COMMANDS, *catalogs.COMMANDS, *gate.COMMANDS, *pages.COMMANDS, *projects.COMMANDS)
"""In the order of the help."""

FLOW = """\
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
