"""Commands about the gate: what must be right, and who says so."""

from __future__ import annotations

from pipeline.cli.arguments.options import AGAINST, ARTICLE, BASELINE, FORMAT, LOCALE, REPORT, Command, option, path

COMMANDS = (
    Command(
        "check",
        "checking",
        "report everything that is wrong, and write nothing",
        "handrail check --locale es-US --format json\n"
        "  handrail check --registry helplines.toml po/fr.po po/de.po\n\n"
        "exit codes: 0 the gate is open, 1 it is closed, 2 it could not be looked at",
        (
            option("file", "PO files to check by themselves, without a project", nargs="*", type=path, metavar="FILE"),
            LOCALE,
            ARTICLE,
            REPORT,
            option("--jobs", "with files: processes that share them (one for each processor)", type=int, metavar="N"),
            option("--registry", "with files: the helplines that their numbers may be", type=path, metavar="FILE"),
            BASELINE,
            option("--write-baseline", "write what may pass from now on", type=path, metavar="FILE"),
            option(
                "--release",
                "refuse demonstration sign-offs and verifications, whatever the settings say",
                action="store_true",
            ),
            AGAINST,
        ),
    ),
    Command(
        "verify",
        "checking",
        "verify pages that another tool made from the project's catalogs",
        "handrail verify public --layout '{locale}/{article}.html' --text none",
        (
            option("folder", "where the pages are", type=path, metavar="FOLDER"),
            option(
                "--layout",
                "where a page is, with {locale}, {folder}, {language} and {article} ({locale}/{article}/index.html)",
                default="{locale}/{article}/index.html",
                metavar="PATH",
            ),
            option(
                "--text",
                "where its plain text is ({locale}/{article}/index.txt), or none",
                default="{locale}/{article}/index.txt",
                metavar="PATH",
            ),
            option("--browser", "look at them in Chromium, too (needs handrail[browser])", action="store_true"),
            REPORT,
        ),
    ),
    Command(
        "sign",
        "signing",
        "record a named person's review of safety messages",
        'handrail sign --locale es-US --translator "B. Name" --reviewer "A. Name"',
        (
            LOCALE,
            ARTICLE,
            option("--message", "only this safety id; may be repeated", action="append", default=[], metavar="ID"),
            option("--translator", "who translated; asked for if not given", metavar="NAME"),
            option("--reviewer", "who reviews: somebody else", metavar="NAME"),
            option("--qualification", "what makes the reviewer able to judge", metavar="TEXT"),
            option("--method", 'how it was reviewed, such as "read beside the source"', metavar="TEXT"),
            option(
                "--kind",
                "demonstration sign-offs count only in a project whose settings say demonstration = true",
                choices=("review", "demonstration"),
                default="review",
            ),
            option("--key", "sign with this private SSH key, as well", type=path, metavar="FILE"),
            option("--yes", "do not ask; for demonstration sign-offs only", action="store_true"),
        ),
    ),
    Command(
        "helplines",
        "lines",
        "list the helplines, show them, find what is due, and record a verification",
        "handrail helplines due --within 60\n"
        '  handrail helplines verify fr-3114 --by "A. Name" --method "called it, and read its page"',
        (
            option(
                "action",
                "list: a line for each; show: everything; due: what must be verified again soon; "
                "lint: what keeps them off the pages; verify: record that somebody compared an entry with its sources",
                choices=("list", "show", "due", "lint", "verify"),
            ),
            option("id", "only these helplines", nargs="*", metavar="ID"),
            option("--within", "with due: how many days ahead (30)", type=int, default=30, metavar="DAYS"),
            option("--by", "with verify: who verifies", metavar="NAME"),
            option("--method", "with verify: how it was verified", metavar="TEXT"),
            option(
                "--kind",
                "with verify: a demonstration counts only in a project whose settings say demonstration = true",
                choices=("review", "demonstration"),
                default="review",
            ),
        ),
    ),
    Command(
        "release",
        "checking",
        "write the audit pack: what was checked, signed off by whom, which numbers, which sources",
        "handrail release --out audit",
        (option("--out", "the folder to write it to", required=True, type=path, metavar="FOLDER"), BASELINE, AGAINST),
    ),
    Command(
        "audit",
        "auditing",
        "damage copies of the published pages in many ways, and report what the gate catches",
        "handrail audit --locale fr-FR --jobs 4\n\n"
        "exit codes: 0 every damage is caught and no harmless variation flagged, 1 not, 2 not carried out",
        (
            LOCALE,
            ARTICLE,
            option("--sites", "places of a page at which each kind of damage is tried (2)", type=int, default=2),
            option("--jobs", "processes (2)", type=int, default=2),
            FORMAT,
        ),
    ),
    Command(
        "rules",
        "gate",
        "list the rules, or explain some of them",
        "handrail rules safety/untranslated",
        (option("rule", "a rule to explain", nargs="*", metavar="RULE"),),
    ),
)
