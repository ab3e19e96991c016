"""The whole way of a big corpus, step by step, beside the peers that are installed: see README.md in this folder.

    python benchmarks/corpus.py FOLDER [--locales es-ES fr-FR ...] [--every 10] [--rounds 3] [--work /tmp/corpus]

FOLDER holds ``src`` (Markdown files, in any folders) and ``po`` (a catalog for each locale); without it, articles and
catalogs of made up sentences take its place. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import assembling
import peers
from assembling import Corpus, Translator
from measuring import Command, Median, in_turn
from merge import WORDS, edit

from pipeline import po
from pipeline.model import Catalog, Key, Message

STEPS = ("extract", "update", "check", "render", "cold", "help")
RENDERED = 5
"""So many locales are rendered, those with most human texts."""

OURS = str(Path(__file__).parent / "ours.py")
HANDRAIL = (sys.executable, "-m", "pipeline")


def generated(pages: int, folder: Path) -> None:
    """A corpus of made up pages, and the same sentences in capitals as catalogs."""
    dice = random.Random(assembling.SEED)
    (folder / "po").mkdir(parents=True)
    (folder / "src").mkdir()
    texts = []
    for number in range(pages):
        sentences = [" ".join(dice.choices(WORDS, k=dice.randint(5, 14))).capitalize() + "." for _ in range(9)]
        texts += sentences
        body = "\n\n".join(sentences[1:])
        (folder / f"src/page-{number}.md").write_text(f"# {sentences[0]}\n\n{body}\n", encoding="utf-8")
    for name in ("fr", "de", "es", "it", "pt-BR"):
        messages = tuple(Message(Key(text), targets=(text.upper(),)) for text in dict.fromkeys(texts))
        catalog = replace(po.new(assembling.locales.locale(assembling.tag(name))), messages=messages)
        (folder / f"po/{name}.po").write_bytes(po.dump(catalog))


def edited(template: Catalog) -> Catalog:
    """The template after one message in twenty was edited and one in thirty-three is new."""
    dice = random.Random(assembling.SEED)
    messages: list[Message] = []
    for number, message in enumerate(template.messages):
        if number % 20 == 0:
            message = replace(message, key=Key(edit(message.key.source, dice), message.key.context))
        messages.append(message)
        if number % 33 == 0:
            source = " ".join(dice.choices(WORDS, k=dice.randint(4, 20))).capitalize() + "."
            messages.append(Message(Key(source), references=message.references))
    return replace(template, messages=tuple({message.key: message for message in messages}.values()))


class Bench:
    """One corpus in one working folder."""

    def __init__(self, corpus: Corpus, human: Sequence[Path], work: Path, *, slow: bool) -> None:
        self.corpus, self.human, self.work, self.slow = corpus, human, work, slow
        self.project = work / "project"
        if not self.project.exists():
            assembling.assemble(corpus, self.project)
        self.articles = sorted((self.project / "source/articles").glob("*.md"))
        self.whole = sorted((self.project / "whole").glob("*.po"))
        translators = [Translator(tag, catalog) for tag, catalog in corpus.human.items()]
        self.translators = sorted(translators, key=lambda one: -len(one.human))[:RENDERED]

    def commands(self, step: str) -> Iterator[Command]:
        """Ours first, then the peers'."""
        yield from getattr(self, step)()

    def extract(self) -> Iterator[Command]:
        """Pages to templates."""
        yield self._ours("extract", (self.project / "locales/templates", self.project / ".handrail"))
        yield from peers.extract(self.articles, self.work)
        if self.slow:
            yield from peers.mdpo(self.articles, self.work)

    def update(self) -> Iterator[Command]:
        """Whole catalogs to an edited template."""
        template = self.work / "edited.pot"
        whole = self.project / "whole/messages.pot"
        template.write_bytes(po.dump(edited(po.load(whole.read_bytes(), whole.name))))
        out = self.work / "updated"
        files = tuple(map(str, self.whole))
        line = (sys.executable, OURS, "update", str(template), str(out), *files)
        yield Command("Handrail: merge", (line,), self.work, (out,))
        yield from peers.update(self.whole, template, self.work)

    def check(self) -> Iterator[Command]:
        """The human catalogs as they are."""
        line = (*HANDRAIL, "check", *map(str, self.human))
        yield Command("Handrail: check FILE.po, every rule", (line,), self.work, codes=peers.FOUND)
        yield from peers.check(self.human, self.work)
        if self.slow:
            yield from peers.slow_check(self.human, self.work)

    def render(self) -> Iterator[Command]:
        """Pages in some locales."""
        out = self.project / ".handrail"
        tags = [one.locale.tag for one in self.translators]
        line = (sys.executable, OURS, "render", str(self.project), *tags)
        yield Command("Handrail: HTML and text, verified", (line,), self.work, (out,))
        yield from peers.render(self.articles, self.translators, self.work)

    def cold(self) -> Iterator[Command]:
        """Everything, from nothing; then again with nothing to do; then after one word was changed."""
        update, build = (*HANDRAIL, "--project", ".", "update"), (*HANDRAIL, "--project", ".", "build")
        made = (self.project / "build", self.project / ".handrail", self.project / "locales/templates")
        yield Command("Handrail: update and build, cold", (update, build), self.project, made, peers.FOUND)
        yield Command("Handrail: build, nothing to do", (build,), self.project, codes=peers.FOUND)
        word = ("sed", "-i", "0,/ the /s// the very /", str(self.articles[0]))
        name = "Handrail: one paragraph edited, update and build"
        yield Command(name, (word, update, build), self.project, codes=peers.FOUND)

    def help(self) -> Iterator[Command]:
        """Starting and stopping."""
        yield Command("handrail --help", ((*HANDRAIL, "--help"),), self.work)
        yield Command("python -c pass", ((sys.executable, "-c", "pass"),), self.work)

    def _ours(self, command: str, reset: tuple[Path, ...]) -> Command:
        return Command(f"Handrail: {command}", ((*HANDRAIL, "--project", ".", command),), self.project, reset)


def rows(step: str, commands: Sequence[Command], rounds: int) -> Iterator[str]:
    """The rows of a step; the first command is ours, and one that is not installed has no figures."""
    lacking = [one for one in commands if not all(peers.there(line[0]) for line in one.lines)]
    ours: Median | None = None
    for command, median in in_turn([one for one in commands if one not in lacking], rounds):
        ours = ours or median
        yield row(step, command, median, ours)
    for command in lacking:
        yield f"| {step} | {command.tool} | not installed | | | | | |"


def row(step: str, command: Command, median: Median, ours: Median) -> str:
    """A row of the table."""
    wall, cpu = (f"{mine / theirs:.2f}" for mine, theirs in ((ours.wall, median.wall), (ours.cpu, median.cpu)))
    ratio = ("", "") if command.tool.startswith("Handrail") or median is ours else (wall, cpu)
    figures = (f"{median.wall:.2f}", f"{median.cpu:.2f}", f"{median.peak:.0f}", *ratio, str(median.runs))
    return f"| {step} | {command.tool} | {' | '.join(figures)} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="A corpus, step by step, beside the peers.")
    parser.add_argument("folder", type=Path, nargs="?", help="src/**/*.md and po/*.po (default: made up pages)")
    parser.add_argument("--pages", type=int, default=200, help="so many made up pages")
    parser.add_argument("--locales", nargs="+", metavar="TAG", help="these locales only")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one page in N only")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, in turn; one of what is slow")
    parser.add_argument("--slow", action="store_true", help="also run mdpo and pofilter, which take minutes")
    parser.add_argument("--work", type=Path, help="keep what is made in this folder, and use what is there")
    chosen = parser.parse_args(arguments)
    work = (chosen.work or Path(tempfile.mkdtemp())).resolve()
    work.mkdir(parents=True, exist_ok=True)
    folder = chosen.folder
    if folder is None:
        folder = work / "made-up"
        if not folder.exists():
            generated(chosen.pages, folder)
    corpus = assembling.read(folder / "src", folder / "po", chosen.every)
    wanted = {tag: one for tag, one in corpus.human.items() if not chosen.locales or tag in chosen.locales}
    human = [file.resolve() for file in sorted((folder / "po").glob("*.po")) if assembling.tag(file.stem) in wanted]
    bench = Bench(replace(corpus, human=wanted), human, work, slow=chosen.slow)
    count = sum(len(one.messages) for one in corpus.templates.values())
    print(f"{len(bench.articles)} pages, {len(wanted)} locales, {count} messages\n")
    print("| step | program | wall, s | CPU, s | peak, MB | ours / theirs, wall | CPU | runs |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for step in chosen.steps:
        for line in rows(step, list(bench.commands(step)), chosen.rounds):
            print(line, flush=True)
    if chosen.work is None:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
