"""Prefill on TICO-19: how good drafts are, what survives, what memory saves, and what the glossary sees.

    python benchmarks/prefill.py TICO19 [--terms TERMS] [--segments 500] [--locales es-LA fr pt-BR]
                                        [--memory 10000 1000000] [--stores words grams server]

TICO19 is a folder of ``en-<language>.tsv`` (identifier, English, human translation), TERMS one of
``f_en-<locale>.csv`` (https://tico-19.github.io). Engines are those that need no network: Apertium, by way of Spanish
for all but Spanish, and the memory. chrF is sacrebleu's. Everything is seeded. ``--memory`` adds the table of
``memory.py`` with memories of these sizes. Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import memory as indexes
from rapidfuzz import fuzz
from sacrebleu.metrics import CHRF

from pipeline import glossary, locales
from pipeline.engines.apertium import Apertium
from pipeline.engines.masking import Masking
from pipeline.engines.memory import Memory
from pipeline.engines.memory.sqlite import File
from pipeline.model import Catalog, Key, Locale, Message, Refusal, Suggestion, Term
from pipeline.prefill import Answer, Assignment, ask

SEED = 20261126
ENGLISH = locales.locale("en-US")
TAGS = {"es-LA": "es-US", "zh": "zh-Hans-CN"}
"""TICO-19's names for languages where they are no tags of BCP 47."""

_NUMBER = re.compile(r"\d[\d.,\u00a0\u202f]*")
_FIXED = re.compile(r"\{[\w.]+\}|https?://[^\s)]+")


@dataclass(frozen=True)
class Corpus:
    """The same segments in English and in one language."""

    name: str
    locale: Locale
    sources: Sequence[str]
    targets: Sequence[str]


def corpus(folder: Path, name: str, many: int) -> Corpus:
    """The first segments of a language."""
    rows = [line.split("\t") for line in (folder / f"en-{name}.tsv").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if len(row) == 3 and row[1] != "en"][:many]
    return Corpus(name, locales.locale(TAGS.get(name, name)), [row[1] for row in rows], [row[2] for row in rows])


# --- drafts ---------------------------------------------------------------------------------------


def drafts(one: Corpus) -> None:
    """A row about the drafts of Apertium, plain and with markup."""
    engine = Masking(Apertium())
    assignment = Assignment(ENGLISH, one.locale)
    begun, busy = time.perf_counter(), time.process_time()
    answers = ask(engine, [Key(source) for source in one.sources], assignment)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - busy
    good = [
        (answer.text, target)
        for answer, target in zip(answers, one.targets, strict=True)
        if isinstance(answer, Suggestion)
    ]
    chrf = CHRF().corpus_score([text for text, _ in good], [[target for _, target in good]]).score if good else 0.0
    marked = [marked_up(source, number) for number, source in enumerate(one.sources)]
    said = ask(engine, [Key(source) for source in marked], assignment)
    taken = [
        (source, answer.text) for source, answer in zip(marked, said, strict=True) if isinstance(answer, Suggestion)
    ]
    whole = sum(survived(source, text) for source, text in taken)
    print(
        f"| {one.name} | {origin(answers)} | {len(good)} of {len(answers)} | {chrf:.1f} "
        f"| {len(taken)} of {len(said)} | {whole} of {len(taken)} | {len(answers) / seconds:.0f} ({cpu:.1f} s own) |",
        flush=True,
    )
    reasons = Counter(answer.reason for answer in said if isinstance(answer, Refusal))
    for reason, many in sorted(Counter(re.sub(r"\d+|“[^”]+”", "…", r) for r in reasons.elements()).items()):
        print(f"    {many} refused: {reason}")


def origin(answers: Sequence[Answer]) -> str:
    """Of the first suggestion."""
    return next((answer.origin for answer in answers if isinstance(answer, Suggestion)), "none")


def marked_up(text: str, number: int) -> str:
    """The sentence with markup, a link or a variable in it, as articles have them."""
    words = text.replace("*", "").replace("_", "").split()
    place = len(words) // 2
    if number % 3 == 0 and words[place].isalpha():
        words[place] = f"**{words[place]}**"
    elif number % 3 == 1 and words[place].isalpha():
        words[place] = f"[{words[place]}](https://example.org/{number})"
    else:
        words.append("Call {crisis.name} on {crisis.phone}.")
    return " ".join(words)


def survived(source: str, text: str) -> bool:
    """Whether every number, address, variable and mark is there, judged by other means than prefill's own."""
    return (
        Counter(map(_digits, _NUMBER.findall(_FIXED.sub("", source))))
        == Counter(map(_digits, _NUMBER.findall(_FIXED.sub("", text))))
        and Counter(_FIXED.findall(source)) == Counter(_FIXED.findall(text))
        and source.count("**") == text.count("**")
        and source.count("](") == text.count("](")
    )


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())


# --- memory ---------------------------------------------------------------------------------------


def next_edition(sources: Sequence[str], dice: random.Random) -> list[str]:
    """The same segments a year later: of ten, five are as they were, three have another word, one another number
    where it has any, one is new.
    """
    edited = []
    for number, source in enumerate(sources):
        words = source.split()
        kind = number % 10
        if kind in (5, 6, 7):
            words[dice.randrange(len(words))] = dice.choice(("perhaps", "evening", "neighbour", "quickly"))
        elif kind == 8:
            words = re.sub(r"\d+", lambda found: str(int(found[0]) + 3), source, count=1).split(" ")
        elif kind == 9:
            dice.shuffle(words)
        edited.append(" ".join(words))
    return edited


def memory(one: Corpus) -> None:
    """Rows about what a memory of so many segments gives to the next edition of all of them."""
    asked = next_edition(one.sources, random.Random(SEED))
    many = len(one.sources)
    for known in sorted({min(known, many) for known in (0, 100, 200, 300, 400, many)}):
        with tempfile.TemporaryDirectory() as folder, closing(File(Path(folder) / "memory.sqlite")) as store:
            engine = Memory(store)
            pairs = zip(one.sources[:known], one.targets, strict=False)
            messages = tuple(Message(Key(source), targets=(target,)) for source, target in pairs)
            engine.learn([Catalog(one.locale.tag, tuple({m.key: m for m in messages}.values()), path="x.po")], ENGLISH)
            answers = ask(engine, [Key(source) for source in asked], Assignment(ENGLISH, one.locale))
        given = [answer for answer in answers if isinstance(answer, Suggestion)]
        near = sum(answer.made_for is not None for answer in given)
        danger = sum(isinstance(a, Refusal) and "dangerously" in a.reason for a in answers)
        turned = sum(
            sorted(_NUMBER.findall(source)) != sorted(_NUMBER.findall(answer.made_for.source))
            for source, answer in zip(asked, answers, strict=True)
            if isinstance(answer, Suggestion) and answer.made_for
        )
        shares = (len(given) - near, near, danger)
        cells = " | ".join(f"{100 * share / len(answers):.0f} %" for share in shares)
        print(f"| {known} | {cells} | {turned} |", flush=True)


# --- glossary -------------------------------------------------------------------------------------


def terms_of(folder: Path, one: Corpus) -> tuple[Term, ...]:
    """The terminology list of a language; none where there is no file for it."""
    files = sorted(folder.glob(f"f_en-{one.locale.language}_*.csv"))
    if not files:
        return ()
    with files[0].open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["sourceString"].strip(), row["targetString"].strip()) for row in csv.DictReader(file)]
    return tuple(Term(source, target) for source, target in dict(rows).items() if source and target)


def glossary_alarms(one: Corpus, terms: Sequence[Term]) -> None:
    """A row about how often the glossary speaks up, and how often it should not, or should have."""
    uses, alarms, false, swapped, seen = 0, 0, 0, 0, 0
    dice = random.Random(SEED)
    begun = time.process_time()
    for source, target in zip(one.sources, one.targets, strict=True):
        used = list(glossary.used(terms, source, ENGLISH))
        flagged = list(glossary.missing(used, source, target, ENGLISH, one.locale))
        uses += len(used)
        alarms += len(flagged)
        false += sum(_is_there(term, target) for term in flagged)
        for term, damaged in _damaged(used, target, terms, dice):
            swapped += 1
            seen += term in list(glossary.missing([term], source, damaged, ENGLISH, one.locale))
    seconds = time.process_time() - begun
    print(
        f"| {one.name} | {len(terms)} | {uses} | {alarms} | {false} ({_percent(false, uses)}) "
        f"| {seen} of {swapped} ({_percent(seen, swapped)}) | {1000 * seconds / len(one.sources):.1f} |",
        flush=True,
    )


def _is_there(term: Term, target: str) -> bool:
    """Whether something in the text is so like the approved wording that it is likely a form of it."""
    return fuzz.partial_ratio(term.target.casefold(), target.casefold()) >= 85


def _damaged(
    used: Sequence[Term], target: str, terms: Sequence[Term], dice: random.Random
) -> Iterator[tuple[Term, str]]:
    """The text with another term's wording in place of the approved one, where that stands in it."""
    for term in used:
        pattern = re.compile(re.escape(term.target), re.IGNORECASE)
        if len(pattern.findall(target)) == 1:
            other = dice.choice([one.target for one in terms if not set(one.target) & set("()")])
            if fuzz.partial_ratio(term.target.casefold(), other.casefold()) < 60:
                yield term, pattern.sub(lambda _, other=other: other, target)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tico", type=Path)
    parser.add_argument("--terms", type=Path)
    parser.add_argument("--segments", type=int, default=500)
    parser.add_argument("--locales", nargs="+", default=["es-LA", "fr", "pt-BR"], help="for drafts")
    parser.add_argument("--glossaries", nargs="+", default=["es-LA", "fr", "ru", "pt-BR", "ar", "hi", "id", "zh"])
    parser.add_argument("--memory", nargs="+", type=int, default=[], metavar="SIZE", help="sizes of memories to time")
    parser.add_argument("--stores", nargs="+", choices=indexes.STORES, default=indexes.STORES, help="with --memory")
    parser.add_argument("--queries", type=int, default=200, help="with --memory")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that files and the server's folder are cleared away
    print("| locale | engine | accepted | chrF | with markup: accepted | all placeables there | segments a second |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for name in arguments.locales:
        drafts(corpus(arguments.tico, name, arguments.segments))
    print("\n| known segments | same source | near match | refused for a danger | near with another number |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    memory(corpus(arguments.tico, arguments.locales[0], arguments.segments))
    if arguments.terms:
        print("\n| locale | terms | uses | alarms | though there | wrong wording seen | ms a segment |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for name in arguments.glossaries:
            one = corpus(arguments.tico, name, arguments.segments)
            if terms := terms_of(arguments.terms, one):
                glossary_alarms(one, terms)
    if arguments.memory:
        print()
        english = arguments.tico / f"en-{arguments.locales[0]}.tsv"
        indexes.table(english, arguments.memory, arguments.queries, arguments.stores)


if __name__ == "__main__":
    main()
