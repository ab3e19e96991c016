"""Commands about catalogs and what translators do."""

from __future__ import annotations

from pipeline.cli.arguments.options import ARTICLE, JOBS, LOCALE, Command, option, path

COMMANDS = (
    Command(
        "update",
        "files",
        "bring templates and catalogs (.po) up to date",
        'handrail update --locale es-US\n  handrail update --trivial --message "new words of the source"',
        (
            LOCALE,
            ARTICLE,
            option(
                "--trivial",
                "source edits are typos, punctuation or links: translations stay accepted; never those of safety text",
                action="store_true",
            ),
            option(
                "--message",
                "with --trivial: only messages whose new source holds this text; may be repeated",
                action="append",
                default=[],
                metavar="TEXT",
            ),
            JOBS,
        ),
    ),
    Command(
        "prefill",
        "suggesting",
        "suggest texts for untranslated messages, all of them fuzzy",
        "handrail prefill --locale ca-ES\n  handrail prefill --dry-run",
        (
            LOCALE,
            ARTICLE,
            option(
                "--dry-run",
                "send and write nothing; say what each engine would be asked, in characters and money",
                action="store_true",
            ),
            option("--offline", "use memory, local engines and cached answers only", action="store_true"),
            option("--jobs", "batches that a machine is asked for at a time", type=int, metavar="N"),
        ),
    ),
    Command(
        "memory",
        "remembering",
        "look through what was accepted before, and exchange it with other tools",
        'handrail memory search "Talk to a friend you trust." --locale fr-FR\n'
        "  handrail memory import agency.tmx\n"
        "  handrail memory export --to out\n\n"
        "exit codes: 0 done, 1 nothing found or taken, 2 it could not be done",
        (
            option(
                "action",
                "search: what is like a text; stats: how much there is; import, export: TMX files",
                choices=("search", "stats", "import", "export"),
            ),
            option("item", "with search: the text; with import: the files", nargs="*", metavar="TEXT|FILE"),
            LOCALE,
            option("--least", "with search: how like, in per cent (60)", type=int, default=60, metavar="N"),
            option("--to", "with export: the folder to write to", type=path, metavar="DIR"),
        ),
    ),
    Command(
        "stats",
        "counting",
        "count words, segments, states and reuse",
        "handrail stats --locale fr-FR --format badge > fr.svg",
        (
            LOCALE,
            ARTICLE,
            option(
                "--format",
                "a table (the default), JSON for programs, or an SVG badge",
                choices=("text", "json", "badge"),
                default="text",
            ),
        ),
    ),
    Command(
        "send",
        "exchanging",
        "write catalogs or glossaries as files that translation agencies read",
        "handrail send --locale fr-FR --format xliff-2.0 --to out",
        (
            LOCALE,
            ARTICLE,
            option(
                "--format",
                "texts as XLIFF or TMX, the glossary as TBX or a table",
                choices=("xliff-1.2", "xliff-2.0", "xliff-2.1", "tmx", "tbx", "csv", "tsv"),
                default="xliff-1.2",
            ),
            option("--to", "the folder to write them to", required=True, type=path, metavar="DIR"),
        ),
    ),
    Command(
        "receive",
        "exchanging",
        "take in what an agency sends back; safety messages still need their sign-off",
        "handrail receive back/*.xlf",
        (
            option("file", "an .xlf, .tmx, .tbx, .csv or .tsv file", nargs="+", type=path, metavar="FILE"),
            option("--locale", "whose texts they are; XLIFF says it itself", metavar="TAG"),
            option("--replace", "let them replace texts and terms that were accepted here", action="store_true"),
        ),
    ),
    Command(
        "fmt",
        "formatting",
        "lay PO files out as gettext does; needs no project",
        "handrail fmt --check locales/fr_FR/LC_MESSAGES/*.po",
        (
            option("file", "a .po or .pot file", nargs="+", type=path, metavar="FILE"),
            option("--check", "write nothing; name the files that would change", action="store_true"),
        ),
    ),
    Command(
        "reconcile",
        "reconciling",
        "bring two versions of a PO file together, message by message, as git's merge driver; needs no project",
        "git config merge.handrail.driver 'handrail reconcile %O %A %B --name %P'",
        (
            option("base", "the version that both began with", type=path, metavar="BASE"),
            option("ours", "our version; the result is written here", type=path, metavar="OURS"),
            option("theirs", "the other version", type=path, metavar="THEIRS"),
            option("--name", "what messages call the file", metavar="PATH"),
        ),
    ),
)
