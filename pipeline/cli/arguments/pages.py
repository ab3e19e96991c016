"""Commands about pages."""

from __future__ import annotations

from pipeline.cli.arguments.options import ARTICLE, BASELINE, FORMAT, JOBS, LOCALE, REPORT, Command, option, path

COMMANDS = (
    Command(
        "build",
        "building",
        "publish the pages whose gate is open into build/site",
        "handrail build && rsync -a --delete build/site/ server:/var/www/health/\n"
        "  handrail build --watch\n"
        "  handrail build --executor dask --scheduler tcp://10.0.0.1:8786 --store s3://bucket/handrail",
        (
            REPORT,
            BASELINE,
            JOBS,
            option("--watch", "build again whenever a file of the project changes, until Ctrl-C", action="store_true"),
            option(
                "--executor",
                "who does the work: processes of this machine (the default), or a Dask cluster",
                choices=("local", "dask"),
                default="local",
            ),
            option("--scheduler", "with dask: the address of its scheduler", metavar="ADDRESS"),
            option(
                "--store",
                "with dask: where its workers find files and leave pages, such as s3://bucket/folder, "
                "unless they see the project's folder",
                metavar="URL",
            ),
        ),
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
            option("--to", "write the files there instead of printing", type=path, metavar="DIR"),
            option(
                "--format",
                "the page (the default), its plain text, or the source file with the translations in it",
                choices=("html", "text", "source"),
                default="html",
            ),
        ),
    ),
    Command(
        "text",
        "texting",
        "print the text of a published page: for a terminal, a mail or a short message",
        "handrail text --article feeling-low --locale es-US --as mail > draft.eml",
        (
            option("--article", "which article", required=True, metavar="SLUG"),
            option("--locale", "in which locale", required=True, metavar="TAG"),
            option(
                "--as",
                "plain text (the default), a mail whose lines flow (RFC 3676), or the safety text alone in at most two"
                " short messages",
                choices=("plain", "mail", "sms"),
                default="plain",
                dest="form",
            ),
            option("--width", "columns of a line (72)", type=int, default=72, metavar="N"),
        ),
    ),
    Command(
        "theme",
        "theming",
        "list the templates of the theme, or copy some into source/templates to change them",
        "handrail theme eject style.css\n\n"
        "A template that only changes a block need not be copied whole:\n"
        '  {% extends "default/article.html.jinja" %}{% block footer %}...{% endblock %}',
        (
            option("action", "list or eject", choices=("list", "eject"), metavar="ACTION"),
            option("template", "which templates (all of them)", nargs="*", metavar="TEMPLATE"),
        ),
    ),
    Command(
        "print",
        "paper",
        "write the published pages as PDF hand-outs, each read back before it is let out",
        "handrail print --locale fr-FR --to handouts\n\n"
        "needs handrail[browser], Chromium and pdftotext; a page that is withheld is never printed",
        (
            LOCALE,
            ARTICLE,
            option("--to", "the folder to write them to (build/print)", type=path, metavar="FOLDER"),
            option("--paper", "by default what the locale's region uses", choices=("A4", "Letter")),
            BASELINE,
        ),
    ),
    Command(
        "browse",
        "looking",
        "open pages in Chromium, on phones, a desktop and paper, and report what readers would not see",
        "handrail browse build/site",
        (option("folder", "where the pages are (default: build/site)", nargs="?", type=path, metavar="FOLDER"),),
    ),
    Command(
        "shots",
        "looking",
        "take a picture of every page on phones, a desktop and paper",
        "handrail shots --to /tmp/shots",
        (
            option("folder", "where the pages are (default: build/site)", nargs="?", type=path, metavar="FOLDER"),
            option("--to", "the folder to write them to", required=True, type=path, metavar="FOLDER"),
        ),
    ),
)
