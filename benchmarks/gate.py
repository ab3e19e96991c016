"""The gate beside other checkers, and on real pairs: see README.md in this folder.

python benchmarks/gate.py tools --locale fr-FR     # msgfmt, pofilter, i18nspector, dennis-cmd on the PATH
python benchmarks/gate.py pairs FOLDER             # *.jsonl: lang, source, target, expect = pass or flag
python benchmarks/gate.py sentences FOLDER         # en-<tag>.tsv: id, English, translation, all of them good
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import checks, extract, helplines, po
from pipeline.audit import meaning_damage, text_damage, text_variation
from pipeline.audit.operators import Operator
from pipeline.audit.running import subjects
from pipeline.audit.subject import Subject
from pipeline.errors import HandrailError, LocaleError
from pipeline.locales import locale
from pipeline.model import Catalog, Edition, Key, Locale, Message, Registry, Severity

ROOT = Path(__file__).parent.parent
CODES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "tl": "fil", "prs": "fa-AF", "in": "id", "iw": "he"}
"""Codes of the pairs that CLDR writes otherwise."""

TODAY = date(2026, 11, 25)
NAME = "The Helpline"
HEADER = (
    ("Project-Id-Version", "x 1"),
    ("Report-Msgid-Bugs-To", "bugs@handrail.org"),
    ("POT-Creation-Date", "2026-11-24 00:00+0000"),
    ("PO-Revision-Date", "2026-11-24 00:00+0000"),
    ("Last-Translator", "Ann Bee <ann@handrail.org>"),
    ("Language-Team", "French <team@handrail.org>"),
)
TOOLS: dict[str, tuple[str, ...]] = {
    "msgfmt": ("msgfmt", "-c", "-o", "/dev/null"),
    "pofilter": ("pofilter", "--progress=none"),
    "i18nspector": ("i18nspector",),
    "dennis": ("dennis-cmd", "lint"),
}


# --- other tools --------------------------------------------------------------------------------


def literal(text: str, edition: Edition, language: Locale) -> str:
    """A text with the region's numbers, and names for readers of a language, in the place of its variables."""
    for role in ("referral", "crisis", "emergency"):
        line = helplines.resolve(edition.registry, edition.locale, role)
        if line is not None:
            name = NAME if language != edition.locale else helplines.name_in(line, language)[0]
            text = text.replace(f"{{{role}.phone}}", helplines.phone_contact(line).display)
            text = text.replace(f"{{{role}.name}}", name)
    return text


def catalog(edition: Edition) -> Catalog:
    """The safety messages of an edition as a team without variables would have them."""
    messages = edition.catalog.index()
    known = {"Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms"}
    header = (*HEADER, *((name, value) for name, value in po.new(edition.locale).header if name in known))
    found: dict[Key, Message] = {}
    for segment in extract.segments(edition.article):
        source = literal(segment.key.source, edition, edition.source_locale)
        if segment.safety and not segment.lacks and segment.key in messages and "{" not in source:
            target = literal(messages[segment.key].target, edition, edition.locale)
            found[Key(source)] = Message(Key(source), targets=(target,), notes=(f"safety: {segment.safety}",))
    return replace(po.new(edition.locale), messages=tuple(found.values()), header=header)


def digits(edition: Edition, change: Callable[[str], str]) -> bytes:
    """The good catalog with one number of its targets changed."""
    good = catalog(edition)
    line = helplines.resolve(edition.registry, edition.locale, "crisis")
    assert line, "every region has a crisis line"
    number = helplines.phone_contact(line).display
    messages = tuple(replace(m, targets=(m.target.replace(number, change(number)),)) for m in good.messages)
    return po.dump(replace(good, messages=messages))


def byte_damage(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Damage that only numbers in the text, or the file itself, can have."""
    yield "digit wrong", digits(edition, lambda n: n[:-1] + str((int(n[-1]) + 1) % 10))
    yield "digits swapped", digits(edition, lambda n: n[:-2] + n[-1] + n[-2])
    yield "digit lost", digits(edition, lambda n: n[:-1])
    yield "digit doubled", digits(edition, lambda n: n + n[-1])
    yield "other country", digits(edition, lambda _: "988")
    yield "letter for digit", digits(edition, lambda n: n.replace("1", "l"))
    yield "drawn digits", digits(edition, lambda n: n.translate({48 + d: 0x1D7CE + d for d in range(10)}))
    yield "mark inside", digits(edition, lambda n: n[0] + "\u200b" + n[1:])
    good = po.dump(catalog(edition))
    yield "fuzzy", good.replace(b"\n#. safety: crisis\n", b"\n#. safety: crisis\n#, fuzzy\n")
    yield "truncated", good[: len(good) * 2 // 3]
    yield "unescaped quote", good.replace(b'msgstr "S', b'msgstr ""S')
    yield "merge markers", good + b"<<<<<<< HEAD\n"
    yield "entry doubled", good + b"\n" + good.split(b"\n\n", 1)[1]
    yield "wrong charset", good.replace(b"UTF-8", b"US-ASCII")


def verified(registry: Registry) -> Registry:
    """The registry as if somebody had verified it for real: without a project no demonstration counts."""
    lines = {
        id: replace(line, verified=replace(line.verified, kind="review") if line.verified else None)
        for id, line in registry.helplines.items()
    }
    return replace(registry, helplines=lines)


def variants(subject: Subject, operators: tuple[Operator, ...]) -> Iterator[tuple[Operator, bytes]]:
    """For each operator the catalog with its first change that shows in a catalog without variables."""
    good = po.dump(catalog(subject.edition))
    for operator in operators:
        for case in operator.cases(subject):
            if case.edition is not None:
                data = po.dump(catalog(case.edition))
                if data != good:
                    yield operator, data
                    break


def noticed(tool: str, data: bytes) -> tuple[str, int]:
    """What a tool says of a catalog, without the name of the file, and its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.po"
        path.write_bytes(data)
        done = subprocess.run([*TOOLS[tool], str(path)], capture_output=True, text=True, check=False)
        said = (done.stdout + done.stderr).replace(folder, "")
    if tool == "pofilter":  # it prints the messages that fail, each with a comment that names the test
        said = "\n".join(line for line in said.splitlines() if line.startswith("# (pofilter)"))
    return said, done.returncode


def own(data: bytes, registry: Registry) -> tuple[str, int]:
    """The same for Handrail; every finding is a word, and an error stops."""
    try:
        found = checks.check_catalog(po.load(data, "catalog.po"), registry, TODAY)
    except HandrailError as error:
        return str(error), 2
    return " ".join(sorted(finding.rule for finding in found)), int(not checks.is_open(found))


def compare(tag: str) -> None:
    """Print how many damages each tool notices and stops, and how many variations."""
    subject = next(one for one in subjects(ROOT, TODAY) if one.edition.locale.tag == tag)
    good = po.dump(catalog(subject.edition))
    damage = list(variants(subject, (*text_damage.OPERATORS, *meaning_damage.OPERATORS)))
    damaged = [data for _, data in damage] + [data for _, data in byte_damage(subject.edition)]
    benign = list(variants(subject, text_variation.OPERATORS))
    print(f"{tag}: {len(damaged)} damages, {len(benign)} variations")
    judges: dict[str, Callable[[bytes], tuple[str, int]]] = {
        "handrail": lambda data: own(data, verified(subject.edition.registry))
    }
    for tool, command in TOOLS.items():
        if shutil.which(command[0]):
            judges[tool] = lambda data, tool=tool: noticed(tool, data)  # type: ignore[misc]  # bound at once
    for name, judge in judges.items():
        said, code = judge(good)
        with ThreadPoolExecutor(2) as pool:
            bad = list(pool.map(judge, damaged))
            fine = list(pool.map(judge, (data for _, data in benign)))
        saw = sum(text != said for text, _ in bad)
        stopped = sum(number != 0 for _, number in bad) if code == 0 else 0
        flagged = sum(text != said for text, _ in fine)
        stopped_fine = sum(number != 0 for _, number in fine) if code == 0 else 0
        print(
            f"{name:12} notices {saw:3} stops {stopped:3}   of variations: notices {flagged:3} stops {stopped_fine:3}"
        )


# --- real pairs ---------------------------------------------------------------------------------


def pairs(folder: Path) -> None:
    """Print false alarms and defects found, by language."""
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found = judged(row)
            if found is None:
                counts[row["lang"], "unknown"] += 1
                continue
            errors, warnings = found
            outcome = "error" if errors else "warning" if warnings else "silent"
            counts[row["lang"], f"{row['expect']} {outcome}"] += 1
            if (row["expect"] == "pass") == bool(errors):
                print(f"{row['id']} {row['lang']} expected {row['expect']}: {outcome} {', '.join(errors or warnings)}")
    names = sorted({language for language, _ in counts})
    for name in (*names, "all"):
        total = Counter({kind: sum(n for (lang, k), n in counts.items() if k == kind and name in (lang, "all"))
                         for kind in {k for _, k in counts}})  # fmt: skip
        good = sum(number for kind, number in total.items() if kind.startswith("pass"))
        bad = sum(number for kind, number in total.items() if kind.startswith("flag"))
        print(f"{name:8} good {good:4}: errors {total['pass error']:3}, warnings {total['pass warning']:3}"
              f"   defects {bad:3}: errors {total['flag error']:3}, warnings {total['flag warning']:3}")  # fmt: skip


def sentences(folder: Path) -> None:
    """Print what the gate says of good translations when each is taken for safety text, by language and rule."""
    for path in sorted(folder.glob("en-*.tsv")):
        tag = path.stem.partition("-")[2]
        errors: Counter[str] = Counter()
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:] if line]
        for id, source, target, *_ in rows:
            found = judged({"lang": tag, "source": source, "target": target}, "safety: sentence")
            if found and found[0]:
                errors.update(set(found[0]))
                print(id, tag, ", ".join(sorted(set(found[0]))))
        print(f"{tag:8} {len(rows)} good: {dict(errors)}")


def judged(row: dict[str, str], *notes: str) -> tuple[list[str], list[str]] | None:
    """The rules that find errors, and those that warn, in one pair as a catalog of its own.

    None where CLDR does not know the language.
    """
    try:
        header = (
            ("Language", locale(CODES.get(row["lang"], row["lang"])).folder),
            ("Content-Type", "text/plain; charset=UTF-8"),
        )
    except LocaleError:
        return None
    one = Catalog("", (Message(Key(row["source"]), targets=(row["target"],), notes=notes),), header, path="pair.po")
    found = checks.check_catalog(one, Registry({}, {}), TODAY)
    errors = [finding.rule for finding in found if finding.severity is Severity.ERROR]
    return errors, [finding.rule for finding in found if finding.severity is Severity.WARNING]


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("tools").add_argument("--locale", default="fr-FR")
    commands.add_parser("pairs").add_argument("folder", type=Path)
    commands.add_parser("sentences").add_argument("folder", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "sentences":
        sentences(arguments.folder)
    elif arguments.command == "tools":
        compare(arguments.locale)
    else:
        pairs(arguments.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
