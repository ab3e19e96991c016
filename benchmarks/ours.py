"""Steps of Handrail that no command does alone, each as a process: see corpus.py.

python benchmarks/ours.py update TEMPLATE OUT CATALOG...
python benchmarks/ours.py render PROJECT TAG...
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.build.jobs import Job

TODAY = date(2026, 11, 26)


def update(template: Path, out: Path, *files: Path) -> None:
    """Bring catalogs up to date with a template, and write them to a folder."""
    from merge import merged

    from pipeline import po
    from pipeline.merge import Kinship

    new = po.load(template.read_bytes(), template.name)
    kinship = Kinship(new)
    out.mkdir(parents=True, exist_ok=True)
    for file in files:
        (out / file.name).write_bytes(merged(file.read_bytes(), new, kinship))


def render(root: Path, *tags: Path) -> None:
    """Render every article in some locales to HTML and text, verify both, and leave them where pages wait.

    By the jobs of a build, on all processors; RuntimeError where a page could not be made.
    """
    from pipeline import ledger, project
    from pipeline.build import EVERYTHING, local
    from pipeline.build.assessing import begin
    from pipeline.build.bench import bench
    from pipeline.build.columns import shared
    from pipeline.build.jobs import STAGE, Neighbours
    from pipeline.build.packing import unpacked
    from pipeline.build.plan import silent
    from pipeline.build.scope import own_files
    from pipeline.build.survey import jobs_of, task

    one = project.open_project(root)
    wanted = tuple(tag.name for tag in tags)
    workforce = local(os.cpu_count() or 1)
    with ledger.temporary(one.root) as book:
        run = begin(one, TODAY, EVERYTHING, (), book, workforce, silent)
        run.keep = STAGE
        columns = [shared(one, book, pos, target) for pos, target in enumerate(bench(run.common).targets.values())]
        chosen = [column for column in columns if column.target.locale.tag in wanted]

        def jobs() -> Iterator[Job]:
            for slug, path in project.article_paths(one).items():
                made = [task(run, column, slug, own_files(run, column, slug), Neighbours(wanted)) for column in chosen]
                yield from jobs_of(run, slug, path, book.sight(path).hash, made)

        pages = found = 0
        for job, done in workforce.run(jobs()):
            for page in done:
                if isinstance(page, str) or page.rendered is None or not page.rendered.made:
                    raise RuntimeError(f"a page of {job.slug} could not be made: {done}")
                pages, found = pages + 1, found + len(unpacked(page.rendered.findings))
    workforce.close()
    print(pages, "pages,", found, "findings")


def main(arguments: Sequence[str]) -> None:
    """Run one step."""
    {"update": update, "render": render}[arguments[0]](*map(Path, arguments[1:]))


if __name__ == "__main__":
    main(sys.argv[1:])
