"""Merge against ``msgmerge --previous``: time, growth, and whose proposals are the same.

    python benchmarks/merge.py [--corpus po/fr.po] [--sizes 1000 5000 50000] [--rounds 3] [--timeout 900]

The corpus is any translated PO file; without one, or where it is too small, messages are made from its words
(or from a list of words in here) by a seeded generator. One message in ten is then edited in the source, and the
catalog is brought up to date with the edited template, by the two in turn. A run covers all of reading, merging
and writing. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import statistics
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import po
from pipeline.merge import merge
from pipeline.merge.danger import differences
from pipeline.model import Catalog, Key, Message, State

SEED = 20261124
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
    header = (
        ("Language", "fr"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=2; plural=(n > 1);"),
    )
    return Case(Catalog("fr", tuple(old), header), Catalog("", tuple(new), header[1:4]), edited)


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
    old = po.load((folder / "old.po").read_bytes(), "old.po")
    template = po.load((folder / "new.pot").read_bytes(), "new.pot")
    (folder / "ours.po").write_bytes(po.dump(merge(old, template, frozenset())))


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
    chosen = parser.parse_args(arguments)
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
