"""Commands about articles, pasted texts and pages of one's own."""

from __future__ import annotations

from pipeline.cli.arguments.options import ARTICLE, FORMAT, JOBS, LOCALE, Command, option, path

COMMANDS = (
    Command(
        "extract",
        "files",
        "write a template (.pot) for every article",
        "handrail extract --article feeling-low",
        (
            ARTICLE,
            option("--report", "write nothing; list every text that is in no message, and why", action="store_true"),
            FORMAT,
            JOBS,
        ),
    ),
    Command(
        "import",
        "importing",
        "make an article draft of pasted text or a web page, or import a translation",
        "handrail import page.html --check\n"
        "  handrail import --translation old-french.html --article feeling-low --locale fr-FR\n\n"
        "exit codes: 0 imported, 2 not; with --check 1 where something needs a person",
        (
            option("files", "a text copied out of a browser, or an HTML page", nargs="*", type=path, metavar="FILE"),
            option("--check", "report everything, and write nothing", action="store_true"),
            option("--slug", "the name of the article (default: that of the file)", metavar="NAME"),
            option("--translation", "a translated article, for the catalog of --locale", type=path, metavar="FILE"),
            ARTICLE,
            LOCALE,
            option(
                "--trust",
                "accept pairs of an identically built translation whose markup and numbers agree; never safety text",
                action="store_true",
            ),
        ),
    ),
    Command(
        "roundtrip",
        "roundtripping",
        "show whether files of your own come through without a loss; needs no project",
        "handrail roundtrip content/ index.html\n\n"
        "exit codes: 0 nothing is lost, 1 something is, 2 there is nothing to check",
        (
            option("path", "a Markdown or HTML file, or a folder of them", nargs="+", type=path, metavar="PATH"),
            FORMAT,
        ),
    ),
)
