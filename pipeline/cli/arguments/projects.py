"""Commands about the project and the machine."""

from __future__ import annotations

from pipeline.cli.arguments.options import Command, option, path

COMMANDS = (
    Command(
        "init",
        "starting",
        "make a small working project in an empty folder",
        "handrail init my-project",
        (option("folder", "the folder (default: this one)", nargs="?", type=path, default=".", metavar="DIR"),),
    ),
    Command("doctor", "starting", "say what is installed, configured and missing", "handrail doctor"),
)
