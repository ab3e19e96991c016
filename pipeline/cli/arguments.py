"""What may stand behind ``handrail``, and the help that says so."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from pipeline import __version__

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


class _Option(NamedTuple):
    name: str
    settings: dict[str, Any]


class _Command(NamedTuple):
    name: str
    module: str
    """The module of ``pipeline.cli`` whose function of the command's name does the work."""

    summary: str
    example: str
    options: tuple[_Option, ...] = ()


def _option(name: str, help: str, **settings: Any) -> _Option:
    return _Option(name, {"help": help, **settings})


_ARTICLE = _option("--article", "only this article; may be repeated", action="append", default=[], metavar="SLUG")
_LOCALE = _option("--locale", "only this locale; may be repeated", action="append", default=[], metavar="TAG")
_FORMAT = _option("--format", "for people (the default) or for programs", choices=("text", "json"), default="text")

_REPORT = _option(
    "--format",
    "for people (the default), for programs, or for a CI system",
    choices=("text", "json", "sarif", "junit", "github", "gitlab", "markdown"),
    default="text",
)
_BASELINE = _option("--baseline", "let the findings of this file pass; never safety text", type=Path, metavar="FILE")

_COMMANDS = (
    _Command(
        "extract",
        "files",
        "write a template (.pot) for every article",
        "handrail extract --article feeling-low",
        (
            _ARTICLE,
            _option("--report", "write nothing; list every text that is in no message, and why", action="store_true"),
            _FORMAT,
        ),
    ),
    _Command(
        "update",
        "files",
        "bring templates and catalogs (.po) up to date",
        'handrail update --locale es-US\n  handrail update --trivial --message "new words of the source"',
        (
            _LOCALE,
            _ARTICLE,
            _option(
                "--trivial",
                "source edits are typos, punctuation or links: translations stay accepted; never those of safety text",
                action="store_true",
            ),
            _option(
                "--message",
                "with --trivial: only messages whose new source holds this text; may be repeated",
                action="append",
                default=[],
                metavar="TEXT",
            ),
        ),
    ),
    _Command(
        "prefill",
        "files",
        "suggest texts for untranslated messages, all of them fuzzy",
        "handrail prefill --locale ca-ES",
        (_LOCALE, _ARTICLE),
    ),
    _Command(
        "check",
        "checking",
        "report everything that is wrong, and write nothing",
        "handrail check --locale es-US --format json\n"
        "  handrail check --registry helplines.toml po/fr.po po/de.po\n\n"
        "exit codes: 0 the gate is open, 1 it is closed, 2 it could not be looked at",
        (
            _option("file", "PO files to check by themselves, without a project", nargs="*", type=Path, metavar="FILE"),
            _LOCALE,
            _ARTICLE,
            _REPORT,
            _option("--registry", "with files: the helplines that their numbers may be", type=Path, metavar="FILE"),
            _BASELINE,
            _option("--write-baseline", "write what may pass from now on", type=Path, metavar="FILE"),
            _option(
                "--release",
                "refuse demonstration sign-offs and verifications, whatever the settings say",
                action="store_true",
            ),
        ),
    ),
    _Command(
        "verify",
        "checking",
        "verify pages that another tool made from the project's catalogs",
        "handrail verify public --layout '{locale}/{article}.html' --text none",
        (
            _option("folder", "where the pages are", type=Path, metavar="FOLDER"),
            _option(
                "--layout",
                "where a page is, with {locale}, {folder}, {language} and {article} ({locale}/{article}/index.html)",
                default="{locale}/{article}/index.html",
                metavar="PATH",
            ),
            _option(
                "--text",
                "where its plain text is ({locale}/{article}/index.txt), or none",
                default="{locale}/{article}/index.txt",
                metavar="PATH",
            ),
            _option("--browser", "look at them in Chromium, too (needs handrail[browser])", action="store_true"),
            _REPORT,
        ),
    ),
    _Command(
        "browse",
        "looking",
        "open pages in Chromium, on phones, a desktop and paper, and report what readers would not see",
        "handrail browse build/site",
        (_option("folder", "where the pages are (default: build/site)", nargs="?", type=Path, metavar="FOLDER"),),
    ),
    _Command(
        "shots",
        "looking",
        "take a picture of every page on phones, a desktop and paper",
        "handrail shots --to /tmp/shots",
        (
            _option("folder", "where the pages are (default: build/site)", nargs="?", type=Path, metavar="FOLDER"),
            _option("--to", "the folder to write them to", required=True, type=Path, metavar="FOLDER"),
        ),
    ),
    _Command(
        "release",
        "checking",
        "write the audit pack: what was checked, signed off by whom, which numbers, which sources",
        "handrail release --out audit",
        (_option("--out", "the folder to write it to", required=True, type=Path, metavar="FOLDER"), _BASELINE),
    ),
    _Command(
        "sign",
        "signing",
        "record a named person's review of safety messages",
        'handrail sign --locale es-US --translator "B. Name" --reviewer "A. Name"',
        (
            _LOCALE,
            _ARTICLE,
            _option("--message", "only this safety id; may be repeated", action="append", default=[], metavar="ID"),
            _option("--translator", "who translated; asked for if not given", metavar="NAME"),
            _option("--reviewer", "who reviews: somebody else", metavar="NAME"),
            _option("--qualification", "what makes the reviewer able to judge", metavar="TEXT"),
            _option("--method", 'how it was reviewed, such as "read beside the source"', metavar="TEXT"),
            _option(
                "--kind",
                "demonstration sign-offs count only in a project whose settings say demonstration = true",
                choices=("review", "demonstration"),
                default="review",
            ),
            _option("--yes", "do not ask; for demonstration sign-offs only", action="store_true"),
        ),
    ),
    _Command(
        "helplines",
        "lines",
        "list the helplines, show them, find what is due, and record a verification",
        "handrail helplines due --within 60\n"
        '  handrail helplines verify fr-3114 --by "A. Name" --method "called it, and read its page"',
        (
            _option(
                "action",
                "list: a line for each; show: everything; due: what must be verified again soon; "
                "lint: what keeps them off the pages; verify: record that somebody compared an entry with its sources",
                choices=("list", "show", "due", "lint", "verify"),
            ),
            _option("id", "only these helplines", nargs="*", metavar="ID"),
            _option("--within", "with due: how many days ahead (30)", type=int, default=30, metavar="DAYS"),
            _option("--by", "with verify: who verifies", metavar="NAME"),
            _option("--method", "with verify: how it was verified", metavar="TEXT"),
            _option(
                "--kind",
                "with verify: a demonstration counts only in a project whose settings say demonstration = true",
                choices=("review", "demonstration"),
                default="review",
            ),
        ),
    ),
    _Command(
        "render",
        "gate",
        "render one page as a preview, whatever its gate says",
        "handrail render --article feeling-low --locale es-US --to /tmp/preview",
        (
            _option("--article", "which article", required=True, metavar="SLUG"),
            _option("--locale", "in which locale", required=True, metavar="TAG"),
            _option("--to", "write the files there instead of printing", type=Path, metavar="DIR"),
            _option(
                "--format",
                "the page (the default), its plain text, or the source file with the translations in it",
                choices=("html", "text", "source"),
                default="html",
            ),
        ),
    ),
    _Command(
        "build",
        "gate",
        "publish the pages whose gate is open into build/site",
        "handrail build && rsync -a --delete build/site/ server:/var/www/health/",
        (_REPORT, _BASELINE),
    ),
    _Command(
        "audit",
        "auditing",
        "damage copies of the published pages in many ways, and report what the gate catches",
        "handrail audit --locale fr-FR --jobs 4\n\n"
        "exit codes: 0 every damage is caught and no harmless variation flagged, 1 not, 2 not carried out",
        (
            _LOCALE,
            _ARTICLE,
            _option("--sites", "places of a page at which each kind of damage is tried (2)", type=int, default=2),
            _option("--jobs", "processes (2)", type=int, default=2),
            _FORMAT,
        ),
    ),
    _Command("status", "gate", "show how far every locale is", "handrail status", (_LOCALE, _ARTICLE, _FORMAT)),
    _Command(
        "stats",
        "counting",
        "count words, segments, states and reuse",
        "handrail stats --locale fr-FR --format badge > fr.svg",
        (
            _LOCALE,
            _ARTICLE,
            _option(
                "--format",
                "a table (the default), JSON for programs, or an SVG badge",
                choices=("text", "json", "badge"),
                default="text",
            ),
        ),
    ),
    _Command(
        "rules",
        "gate",
        "list the rules, or explain some of them",
        "handrail rules safety/untranslated",
        (_option("rule", "a rule to explain", nargs="*", metavar="RULE"),),
    ),
    _Command(
        "send",
        "exchanging",
        "write catalogs or glossaries as files that translation agencies read",
        "handrail send --locale fr-FR --format xliff-2.0 --to out",
        (
            _LOCALE,
            _ARTICLE,
            _option(
                "--format",
                "texts as XLIFF or TMX, the glossary as TBX or a table",
                choices=("xliff-1.2", "xliff-2.0", "xliff-2.1", "tmx", "tbx", "csv", "tsv"),
                default="xliff-1.2",
            ),
            _option("--to", "the folder to write them to", required=True, type=Path, metavar="DIR"),
        ),
    ),
    _Command(
        "receive",
        "exchanging",
        "take in what an agency sends back; safety messages still need their sign-off",
        "handrail receive back/*.xlf",
        (
            _option("file", "an .xlf, .tmx, .tbx, .csv or .tsv file", nargs="+", type=Path, metavar="FILE"),
            _option("--locale", "whose texts they are; XLIFF says it itself", metavar="TAG"),
            _option("--replace", "let them replace texts and terms that were accepted here", action="store_true"),
        ),
    ),
    _Command(
        "fmt",
        "formatting",
        "lay PO files out as gettext does; needs no project",
        "handrail fmt --check locales/fr_FR/LC_MESSAGES/*.po",
        (
            _option("file", "a .po or .pot file", nargs="+", type=Path, metavar="FILE"),
            _option("--check", "write nothing; name the files that would change", action="store_true"),
        ),
    ),
    _Command(
        "init",
        "starting",
        "make a small working project in an empty folder",
        "handrail init my-project",
        (_option("folder", "the folder (default: this one)", nargs="?", type=Path, default=Path(), metavar="DIR"),),
    ),
    _Command(
        "import",
        "importing",
        "make an article draft of pasted text or a web page, or import a translation",
        "handrail import page.html --check\n"
        "  handrail import --translation old-french.html --article feeling-low --locale fr-FR\n\n"
        "exit codes: 0 imported, 2 not; with --check 1 where something needs a person",
        (
            _option("files", "a text copied out of a browser, or an HTML page", nargs="*", type=Path, metavar="FILE"),
            _option("--check", "report everything, and write nothing", action="store_true"),
            _option("--slug", "the name of the article (default: that of the file)", metavar="NAME"),
            _option("--translation", "a translated article, for the catalog of --locale", type=Path, metavar="FILE"),
            _ARTICLE,
            _LOCALE,
            _option(
                "--trust",
                "accept pairs of an identically built translation whose markup and numbers agree; never safety text",
                action="store_true",
            ),
        ),
    ),
    _Command(
        "roundtrip",
        "roundtripping",
        "show whether files of your own come through without a loss; needs no project",
        "handrail roundtrip content/ index.html\n\n"
        "exit codes: 0 nothing is lost, 1 something is, 2 there is nothing to check",
        (
            _option("path", "a Markdown or HTML file, or a folder of them", nargs="+", type=Path, metavar="PATH"),
            _FORMAT,
        ),
    ),
    _Command("doctor", "starting", "say what is installed, configured and missing", "handrail doctor"),
)


class _Parser(argparse.ArgumentParser):
    """argparse with errors in the form of all other errors: one line, and exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"handrail: {message} (see {self.prog} --help)\n")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    root = _Parser(
        prog="handrail",
        description="Localize health articles so that no page goes out without its safety text.",
        epilog=_FLOW,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--version", action="version", version=f"handrail {__version__}")
    root.add_argument("--traceback", action="store_true", help="show where in Handrail an error was raised")
    root.add_argument("--project", type=Path, default=Path(), metavar="DIR", help="a folder of the project (this one)")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    for command in _COMMANDS:
        one = commands.add_parser(
            command.name,
            help=command.summary,
            description=f"{command.summary[0].upper()}{command.summary[1:]}.",
            epilog=f"example:\n  {command.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        one.set_defaults(module=command.module)
        for option in command.options:
            one.add_argument(option.name, **option.settings)
    return root
