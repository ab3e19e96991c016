"""``handrail print``: published pages as hand-outs on paper."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline import build, handouts, project, report
from pipeline.cli import CLOSED, OPEN
from pipeline.cli.checking import baseline
from pipeline.cli.choice import slugs, tags
from pipeline.cli.clock import today
from pipeline.cli.looking import need_libraries
from pipeline.errors import HandrailError, UsageError
from pipeline.model import Edition, Finding, Outcome, Standing
from pipeline.project import Project


def print_(arguments: argparse.Namespace) -> int:
    """Write a PDF of each page that goes out and reads back whole; remove those of pages that do not."""
    need_libraries()
    one = project.open_project(arguments.project)
    wanted = build.Wanted(slugs(one, arguments.article), tags(one, arguments.locale))
    to: Path | None = arguments.to
    if to is not None and to.resolve().is_relative_to(one.root / build.SITE):
        raise UsageError(f"{build.SITE} holds the pages; write the hand-outs somewhere else.")
    day = today()
    assessed = build.assess(one, day, build.EVERYTHING, baseline(arguments.baseline))
    editions = [
        edition
        for edition in project.load(one, day).editions
        if edition.published and wanted.has(edition.article.slug, edition.locale.tag)
    ]
    going = list(_going(one, editions, assessed.hashes))
    held = list(_held(assessed.outcome, wanted))
    if not going and not held:
        raise UsageError("nothing that was asked for is published.")
    folder = one.root / handouts.FOLDER if to is None else to
    findings = _printed(one, going, arguments.paper, folder)
    report.findings(findings, sys.stdout)
    _withdraw([(standing.article, standing.locale) for standing in held], folder)
    _withdraw([(finding.article, finding.locale) for finding in findings], folder)
    for standing in held:
        print(f"withheld  {standing.locale}/{standing.article}: {', '.join(standing.reasons)}")
    faulty = len({(finding.article, finding.locale) for finding in findings})
    print(f"{len(going) - faulty} hand-outs in {folder}")
    return CLOSED if findings or held else OPEN


def _held(outcome: Outcome, wanted: build.Wanted) -> Iterator[Standing]:
    """The pages that should go out and do not."""
    for standing in outcome.standings:
        if standing.published and not standing.open and wanted.has(standing.article, standing.locale):
            yield standing


def _going(
    one: Project, editions: Iterable[Edition], hashes: Mapping[tuple[str, str], tuple[str, str]]
) -> Iterator[tuple[Edition, str]]:
    """The editions whose gate is open, with their pages; UsageError where the site has not what the gate has seen."""
    for edition in editions:
        slug, tag = edition.article.slug, edition.locale.tag
        if (slug, tag) in hashes:
            try:
                data = project.read(one.root, f"{build.SITE}/{tag}/{slug}/index.html")
            except HandrailError:
                data = b""
            if hashlib.sha256(data).hexdigest() != hashes[slug, tag][0].removeprefix("sha256:"):
                raise UsageError(f"{build.SITE} is not up to date; run handrail build first.")
            yield edition, data.decode()


def _printed(one: Project, going: Sequence[tuple[Edition, str]], paper: str | None, folder: Path) -> list[Finding]:
    """Print what is not there yet, write what is whole, and say what is wrong with the rest."""
    from pipeline.handouts import keeping, printing

    own = folder == one.root / handouts.FOLDER
    papers = {edition.locale.tag: paper or printing.paper_of(edition.locale) for edition, _ in going}
    todo = [pair for pair in going if not own or not keeping.is_fresh(one, *pair, papers[pair[0].locale.tag])]
    known = keeping.record(one)
    findings: list[Finding] = []
    with report.progress("printing", sys.stderr) as tell:
        for number, made in enumerate(printing.print_pages(one, todo, papers), start=1):
            path = handouts.path_of(made.article, made.locale)
            findings += made.findings
            if not made.findings:
                project.write(folder, path, made.data)
                print(folder / path, flush=True)
                if own:
                    known[path] = keeping.kept(todo[number - 1][1], papers[made.locale], made.data)
                    keeping.remember(one, known)
            tell(number, len(todo))
    return findings


def _withdraw(lost: Iterable[tuple[str, str]], folder: Path) -> None:
    """Remove the hand-outs of pages that do not go out."""
    for slug, tag in dict.fromkeys(lost):
        file = folder / handouts.path_of(slug, tag)
        if file.is_symlink() or file.exists():
            file.unlink()
            print(f"removed   {file}")
