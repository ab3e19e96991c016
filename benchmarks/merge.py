"""Merge against ``msgmerge --previous``: time, growth, and whose proposals are the same.

    python benchmarks/merge.py [--corpus po/fr.po] [--sizes 1000 5000 50000] [--rounds 3] [--timeout 900]
    python benchmarks/merge.py --catalogs FOLDER [--jobs 2] [--rounds 3]

The corpus is any translated PO file; without one, or where it is too small, messages are made from its words
(or from a list of words in here) by a seeded generator. One message in ten is then edited in the source, and the
catalog is brought up to date with the edited template, by the two in turn. A run covers all of reading, merging
and writing. Prints a table in Markdown.

With ``--catalogs``, one template is merged into every ``*.po`` of a folder. The template is that of the largest of
them; the others are brought onto it by ``msgmerge -N``, which offers nothing. Then one paragraph in twenty is edited
and three in a hundred are new (or, in the second row, a single one is edited), and ours, which reads the template once
and deals the catalogs out to ``--jobs`` processes, updates the folder in turn with ``msgmerge --previous`` and
``msgmerge -N``, whose catalogs run ``--jobs`` at a time, too.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import resource
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import po
from pipeline.collection import no_collection
from pipeline.merge import Kinship, merge, merge_sketch
from pipeline.merge.danger import differences
from pipeline.model import Catalog, Key, Message, State

SEED = 20261124
HEADER = (
    ("Language", "fr"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=2; plural=(n > 1);"),
)
SLOW = 30
"""Seconds; what takes longer runs once."""

CHANGED = 10
"""One message in so many is edited."""

WORDS = """
    about after again always anger answer anxious appointment asking before begin believe better body breathe
    calm care change children clinic close comfort crisis daily decide depression distance doctor doubt drink early
    effect emotion evening exercise family fear feeling find food friend give group habit happen health help hope
    hospital hours illness important kind learn less life listen little lonely loss medicine mind mood morning need
    night notice often pain panic partner people person plan problem quiet reason relax safe school share sign sleep
    slowly speak stay step stress strong support symptom talk therapy thought tired treatment trust understand visit
    voice wait walk week weight work worry write young
""".split()  # noqa: SIM905 - a hundred quoted words cannot be read

_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True)
class Case:
    """A catalog and the template that it is brought up to date with."""

    catalog: Catalog
    template: Catalog
    edited: dict[Key, Key]
    """Keys of the template that the catalog does not have, and those that each was made from."""


# --- messages -------------------------------------------------------------------------------------


def messages(corpus: Path | None, size: int, dice: random.Random) -> list[Message]:
    """So many translated messages: those of the corpus, then the same sentences in other words."""
    found = [
        Message(message.key, targets=message.targets)
        for message in (po.load(corpus.read_bytes(), corpus.name).messages if corpus else _invented(2_000, dice))
        if message.state is State.TRANSLATED and not message.source_plural and not message.obsolete
    ]
    known = {message.key for message in found}
    words = sorted({word for message in found for word in _WORD.findall(message.key.source)})
    result = found[:size]
    while len(result) < size:
        model = dice.choice(found)
        key = Key(_WORD.sub(lambda _: dice.choice(words), model.key.source), model.key.context)
        if key not in known and len(key.source) > 3:
            known.add(key)
            result.append(Message(key, targets=(f"{len(result)}: {model.target}",)))
    return result


def _invented(size: int, dice: random.Random) -> Iterator[Message]:
    known: set[str] = set()
    while len(known) < size:
        sentences = (dice.choices(WORDS, k=dice.randint(3, 14)) for _ in range(dice.randint(1, 4)))
        source = " ".join(" ".join(words).capitalize() + "." for words in sentences)
        if source not in known:
            known.add(source)
            yield Message(Key(source), targets=(f"{len(known)}: {source.upper()}",))


def case(corpus: Path | None, size: int) -> Case:
    """The same for the same corpus and size, on every machine."""
    dice = random.Random(f"{SEED} {size}")
    old = messages(corpus, size, dice)
    keys = {message.key for message in old}
    new: list[Message] = []
    edited: dict[Key, Key] = {}
    for number, message in enumerate(old):
        key = message.key
        if number % CHANGED == 0:
            key = Key(edit(key.source, dice), key.context)
            if key in keys:
                key = message.key
            keys.add(key)
        if key != message.key:
            edited[key] = message.key
        new.append(Message(key))
    return Case(Catalog("fr", tuple(old), HEADER), Catalog("", tuple(new), HEADER[1:4]), edited)


def edit(source: str, dice: random.Random) -> str:
    """An edit such as authors make: mostly small, now and then a new sentence or half of the text."""
    words = source.split(" ")
    at = dice.randrange(len(words))
    kind = dice.choices(("other", "more", "less", "sentence", "rewritten"), (40, 20, 15, 15, 10))[0]
    if kind == "other":
        words[at] = dice.choice(WORDS)
    elif kind == "more":
        words.insert(at, dice.choice(WORDS))
    elif kind == "less" and len(words) > 2:
        del words[at]
    elif kind == "sentence":
        words += [" ".join(dice.choices(WORDS, k=6)).capitalize() + "."]
    else:
        words = [dice.choice(WORDS) if dice.random() < 0.4 else word for word in words]
    return " ".join(words)


# --- runs -----------------------------------------------------------------------------------------


def ours(folder: Path) -> None:
    """Read both files, merge, write the result."""
    with no_collection():
        template = po.load((folder / "new.pot").read_bytes(), "new.pot")
        (folder / "ours.po").write_bytes(merged((folder / "old.po").read_bytes(), template, Kinship(template)))


def merged(data: bytes, template: Catalog, kinship: Kinship) -> bytes:
    """A catalog after the merge, as ``handrail update`` does it."""
    if sketch := po.sketch(data, "old.po"):
        return sketch.dump(merge_sketch(sketch, template, frozenset(), kinship))
    return po.dump(merge(po.load(data, "old.po"), template, frozenset(), kinship))


def theirs(folder: Path, timeout: float) -> None:
    """The same by msgmerge; raises TimeoutExpired."""
    command = ["msgmerge", "--previous", "--quiet", "--output-file=theirs.po", "old.po", "new.pot"]
    subprocess.run(command, cwd=folder, check=True, timeout=timeout)


def timed(work: Callable[[], None]) -> float:
    """Seconds of processor time, its programs' own included: what else the machine does hardly counts."""
    start = _used()
    work()
    return _used() - start


def _used() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def paired(folder: Path, rounds: int, timeout: float) -> tuple[list[float], list[float]]:
    """Processor seconds of both, in turn; of msgmerge once where it is slow, and none where the timeout ran out."""
    own: list[float] = []
    other: list[float] = []
    for _ in range(rounds):
        own.append(timed(lambda: ours(folder)))
        if not other or other[0] < timeout / 10:
            try:
                other.append(timed(lambda: theirs(folder, timeout)))
            except subprocess.TimeoutExpired:
                break
    return own, other


# --- many catalogs --------------------------------------------------------------------------------


def synced(catalogs: Path, folder: Path) -> Catalog:
    """Every catalog of a folder on one template, without offers; returns the template, which is the largest one's."""
    found = [po.load(file.read_bytes(), file.name) for file in sorted(catalogs.glob("*.po"))]
    largest = max(found, key=lambda catalog: len(catalog.index()))
    messages = [
        replace(message, targets=("",) * len(message.targets), fuzzy=False, comments=(), previous=None)
        for message in largest.index().values()
    ]
    template = Catalog("", tuple(messages), HEADER[1:4])
    (folder / "base.pot").write_bytes(po.dump(template))
    (folder / "old").mkdir()
    for file in sorted(catalogs.glob("*.po")):
        command = [
            "msgmerge",
            "-N",
            "--quiet",
            f"--output-file={folder / 'old' / file.name}",
            file,
            folder / "base.pot",
        ]
        subprocess.run(command, check=True)
    return template


def revised(template: Catalog, dice: random.Random, *, edited: float, added: float) -> Catalog:
    """The template with these shares of its messages edited and added."""
    keys = {message.key for message in template.messages}
    messages: list[Message] = []
    for message in template.messages:
        key = Key(edit(message.key.source, dice), message.key.context) if dice.random() < edited else message.key
        messages.append(message if key in keys else replace(message, key=key))
        keys.add(key)
        if dice.random() < added:
            key = Key(" ".join(dice.choices(WORDS, k=dice.randint(4, 30))).capitalize() + ".")
            messages += [] if key in keys else [Message(key)]
            keys.add(key)
    return replace(template, messages=tuple(messages))


def with_one_edit(template: Catalog, dice: random.Random) -> Catalog:
    """The template with one paragraph edited."""
    at = next(at for at, message in enumerate(template.messages) if len(message.key.source.split()) > 20)
    message = template.messages[at]
    changed = replace(message, key=Key(edit(message.key.source, dice), message.key.context))
    return replace(template, messages=(*template.messages[:at], changed, *template.messages[at + 1 :]))


def update(folder: Path, names: Sequence[str], template: Catalog, kinship: Kinship) -> None:
    """Ours: merge a template into these catalogs, one after the other."""
    for name in names:
        with no_collection():
            data = merged((folder / "old" / name).read_bytes(), template, kinship)
        (folder / "ours" / name).write_bytes(data)


def update_all(folder: Path, jobs: int) -> None:
    """Ours: read ``new.pot``, and merge it into the catalogs, dealt out to so many copies of this process."""
    with no_collection():
        template = po.load((folder / "new.pot").read_bytes(), "new.pot")
    kinship = Kinship(template)
    names = sorted(file.name for file in (folder / "old").iterdir())
    if jobs == 1:
        update(folder, names, template, kinship)
        return
    new = multiprocessing.get_context("fork").Process
    copies = [new(target=update, args=(folder, names[at::jobs], template, kinship)) for at in range(jobs)]
    for copy in copies:
        copy.start()
    for copy in copies:
        copy.join()
        if copy.exitcode:
            raise RuntimeError(f"Some of {names} could not be merged.")


def msgmerge_all(folder: Path, jobs: int, option: str) -> None:
    """msgmerge, so many catalogs at a time."""

    def run(name: str) -> None:
        files = (
            f"--output-file={folder / option.strip('-') / name}",
            str(folder / "old" / name),
            str(folder / "new.pot"),
        )
        environment = os.environ | {"OMP_NUM_THREADS": "1"}
        subprocess.run(["msgmerge", option, "--quiet", *files], check=True, env=environment)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(run, sorted(file.name for file in (folder / "old").iterdir())))


def reuses(folder: Path) -> Counter[str]:
    """What became of the messages that are not in the old catalogs, ours against msgmerge's, over all catalogs."""
    counts: Counter[str] = Counter()
    for file in sorted((folder / "ours").iterdir()):
        old = {message.key for message in po.load((folder / "old" / file.name).read_bytes(), "old").messages}
        mine = po.load(file.read_bytes(), "ours").index()
        other = po.load((folder / "previous" / file.name).read_bytes(), "previous").index()
        counts.update(_verdict(key, mine[key], other[key]) for key in mine if key not in old)
    return counts


def folder_of_catalogs(catalogs: Path, rounds: int, jobs: int) -> None:
    """Print a row for each kind of edit and each program."""
    print("| edit | program | wall, s | CPU, s | ours / theirs, wall | CPU | runs |", " | ".join(VERDICTS), "|")
    print("| --- | --- " + "| ---: " * (5 + len(VERDICTS)) + "|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = synced(catalogs, folder)
        for part in ("ours", "N", "previous"):
            (folder / part).mkdir()
        dice = random.Random(SEED)
        for edit_name, new in (
            ("5 % edited, 3 % new", revised(template, dice, edited=0.05, added=0.03)),
            ("one paragraph", with_one_edit(template, dice)),
        ):
            (folder / "new.pot").write_bytes(po.dump(replace(new, origin=None)))
            programs: dict[str, Callable[[], None]] = {
                "Handrail": lambda: update_all(folder, jobs),
                "msgmerge -N": lambda: msgmerge_all(folder, jobs, "-N"),
                "msgmerge --previous": lambda: msgmerge_all(folder, jobs, "--previous"),
            }
            times: dict[str, list[tuple[float, float]]] = {program: [] for program in programs}
            for _ in range(rounds):
                for program, work in programs.items():
                    if len(times[program]) == 0 or times[program][0][0] < SLOW:
                        start = time.perf_counter()
                        used = timed(work)
                        times[program].append((time.perf_counter() - start, used))
            counts = reuses(folder)
            own = [statistics.median(column) for column in zip(*times["Handrail"], strict=True)]
            for program, runs in times.items():
                wall, cpu = (statistics.median(column) for column in zip(*runs, strict=True))
                ratios = ("", "") if program == "Handrail" else (f"{own[0] / wall:.3f}", f"{own[1] / cpu:.3f}")
                shares = [counts[kind] if program == "Handrail" else "" for kind in VERDICTS]
                row = (edit_name, program, f"{wall:.2f}", f"{cpu:.2f}", *ratios, len(runs), *shares)
                print("|", " | ".join(map(str, row)), "|", flush=True)


VERDICTS = ("same", "other choice", "ours only", "refused for a danger", "missed", "neither")

# --- proposals ------------------------------------------------------------------------------------


def agreement(one: Case, folder: Path) -> Counter[str]:
    """What became of each edited message, ours against theirs."""
    mine = po.load((folder / "ours.po").read_bytes(), "ours.po").index()
    other = po.load((folder / "theirs.po").read_bytes(), "theirs.po").index()
    counts = Counter(_verdict(key, mine[key], other[key]) for key in one.edited)
    counts["ours right"] = sum(mine[key].previous == origin for key, origin in one.edited.items())
    counts["msgmerge right"] = sum(other[key].previous == origin for key, origin in one.edited.items())
    return counts


def _verdict(key: Key, mine: Message, other: Message) -> str:
    mine_text, other_text = mine.target.strip(), other.target.strip()
    if mine_text == other_text:
        return "same" if mine_text else "neither"
    if mine_text and other_text:
        return "other choice"
    if mine_text:
        return "ours only"
    made_for = other.previous.source if other.previous else key.source
    danger = differences(made_for, key.source) or (mine.previous and differences(mine.previous.source, key.source))
    return "refused for a danger" if danger else "missed"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description="Merge against msgmerge.")
    parser.add_argument("--corpus", type=Path, help="a translated PO file (default: generated sentences)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 5_000, 50_000])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, in turn")
    parser.add_argument("--timeout", type=float, default=900, help="seconds for one run of msgmerge")
    parser.add_argument("--catalogs", type=Path, help="a folder of *.po: one template into all of them, and no sizes")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="with --catalogs, processes")
    chosen = parser.parse_args(arguments)
    if chosen.catalogs:
        folder_of_catalogs(chosen.catalogs, chosen.rounds, chosen.jobs)
        return
    kinds = (*VERDICTS, "ours right", "msgmerge right")
    print("| messages | edited | ours, s | msgmerge, s | ratio | runs |", " | ".join(kinds), "|")
    print("| ---: " * (6 + len(kinds)) + "|")
    for size in chosen.sizes:
        one = case(chosen.corpus, size)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "old.po").write_bytes(po.dump(replace(one.catalog, origin=None)))
            (folder / "new.pot").write_bytes(po.dump(replace(one.template, origin=None)))
            own, other = paired(folder, chosen.rounds, chosen.timeout)
            counts = agreement(one, folder) if other else Counter[str]()
        ours_median = statistics.median(own)
        shares = [f"{100 * counts[kind] / len(one.edited):.1f} %" if other else "" for kind in kinds]
        theirs_shown = f"{statistics.median(other):.2f}" if other else f"> {chosen.timeout:.0f}"
        ratio = f"{ours_median / statistics.median(other):.2f}" if other else f"< {ours_median / chosen.timeout:.2f}"
        row = (size, len(one.edited), f"{ours_median:.2f}", theirs_shown, ratio, f"{len(own)}/{len(other)}")
        print("|", " | ".join(map(str, (*row, *shares))), "|", flush=True)


if __name__ == "__main__":
    main()
