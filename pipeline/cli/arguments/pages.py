"""Commands about pages."""

from __future__ import annotations

from pathlib import Path

from pipeline.cli.arguments.options import ARTICLE, BASELINE, FORMAT, LOCALE, REPORT, Command, option

COMMANDS = (
    Command(
        "build",
        "gate",
        "publish the pages whose gate is open into build/site",
        "handrail build && rsync -a --delete build/site/ server:/var/www/health/",
        (REPORT, BASELINE),
    ),
    Command("status", "gate", "show how far every locale is", "handrail status", (LOCALE, ARTICLE, FORMAT)),
    Command(
        "render",
        "gate",
        "render one page as a preview, whatever its gate says",
        "handrail render --article feeling-low --locale es-US --to /tmp/preview",
        (
            option("--article", "which article", required=True, metavar="SLUG"),
            option("--locale", "in which locale", required=True, metavar="TAG"),
            option("--to", "write the files there instead of printing", type=Path, metavar="DIR"),
            option(
                "--format",
                "the page (the default), its plain text, or the source file with the translations in it",
                choices=("html", "text", "source"),
                default="html",
            ),
        ),
    ),
    Command(
        "browse",
        "looking",
        "open pages in Chromium, on phones, a desktop and paper, and report what readers would not see",
        "handrail browse build/site",
        (option("folder", "where the pages are (default: build/site)", nargs="?", type=Path, metavar="FOLDER"),),
    ),
    Command(
        "shots",
        "looking",
        "take a picture of every page on phones, a desktop and paper",
        "handrail shots --to /tmp/shots",
        (
            option("folder", "where the pages are (default: build/site)", nargs="?", type=Path, metavar="FOLDER"),
            option("--to", "the folder to write them to", required=True, type=Path, metavar="FOLDER"),
        ),
    ),
)
