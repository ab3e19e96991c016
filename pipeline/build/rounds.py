"""The second phase: pages are rendered and read back, again and again, until none names one that is withheld.

A page knows its neighbours only: the other languages of its article, and the articles that it links to. When one of
them goes, it is rendered again without it; a page whose neighbours stay is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from pipeline import checks
from pipeline.build.columns import Shared
from pipeline.build.jobs import Done, Job, Neighbours, Task, page_paths, staged
from pipeline.build.packing import packed, unpacked
from pipeline.build.plan import AWAY, GOING, Run
from pipeline.build.scope import ALSO, articles, own_files
from pipeline.build.survey import IN_ORDER, jobs_of, note_rendered, page_key, rendered_of, task
from pipeline.errors import HandrailError
from pipeline.model import Place, Severity


def settle_pages(run: Run, columns: Sequence[Shared], going: int) -> None:
    """Render the pages of the site (``going`` is GOING) or the previews (DRAFT), and withhold what must be.

    Of the site, a page with an error goes; of the previews, one that does not render.
    """
    book = run.book
    book.execute("DELETE FROM bare")
    run.round += 1
    book.execute("UPDATE scope SET round = ? WHERE going IS NULL OR going = ?", run.round, going)
    while True:
        _render(run, columns, going, _unknown(run, columns, going))
        while not _withhold(run, going):
            bare = [slug for (slug,) in book.all("SELECT slug FROM bare ORDER BY slug")]
            if not bare:
                return
            book.execute("DELETE FROM bare")
            _render(run, columns, going, _without_bytes(run, columns, going, bare))
        run.round += 1


def _render(run: Run, columns: Sequence[Shared], going: int, jobs: Iterator[Job]) -> None:
    for job, result in run.workforce.run(jobs):
        if isinstance(result, str):
            _lost(run, columns, going, job, result)
        else:
            _keep(run, columns, job, result)
    run.book.flush()


def _unknown(run: Run, columns: Sequence[Shared], going: int) -> Iterator[Job]:
    """The pages of this round that nobody has rendered with their neighbours as they are now.

    Those whose bytes are gone are noted: they are made once it is settled who the neighbours are.
    """
    for slug, _ in articles(run):
        rows = run.book.all("SELECT pos, key, page_key, links FROM judged WHERE slug = ? AND going = ?", slug, going)
        around = _neighbours(run, columns, [(pos, links) for pos, _, _, links in rows], going)
        now = {pos: page_key(run, key, around[pos]) for pos, key, *_ in rows}
        for pos, _, before, _ in rows:
            if now[pos] != before:
                run.book.later("UPDATE judged SET page_key = ? WHERE slug = ? AND pos = ?", now[pos], slug, pos)
        known = run.book.rendered(slug, now)
        tasks = [_task(run, columns[pos], slug, around[pos]) for pos in now if pos not in known]
        if len(_with_bytes(run, columns, slug, known)) < len(known):
            run.book.execute("INSERT OR IGNORE INTO bare VALUES (?)", slug)
        yield from _jobs(run, slug, tasks)


def _without_bytes(run: Run, columns: Sequence[Shared], going: int, slugs: Sequence[str]) -> Iterator[Job]:
    """The pages that are known, and whose bytes stand nowhere."""
    for slug in slugs:
        rows = run.book.all("SELECT pos, page_key, links FROM judged WHERE slug = ? AND going = ?", slug, going)
        there = _with_bytes(run, columns, slug, run.book.rendered(slug, {pos: key for pos, key, _ in rows}))
        around = _neighbours(run, columns, [(pos, links) for pos, _, links in rows], going)
        tasks = [_task(run, columns[pos], slug, around[pos]) for pos, *_ in rows if pos not in there]
        yield from _jobs(run, slug, tasks)


def _task(run: Run, column: Shared, slug: str, neighbours: Neighbours) -> Task:
    return task(run, column, slug, own_files(run, column, slug), neighbours)


def _jobs(run: Run, slug: str, tasks: Sequence[Task]) -> Iterator[Job]:
    if tasks:
        path = run.book.one("SELECT path FROM articles WHERE slug = ?", slug)[0]
        yield from jobs_of(run, slug, path, run.book.sight(path).hash, tasks)


def _neighbours(
    run: Run, columns: Sequence[Shared], rows: Sequence[tuple[int, str]], going: int
) -> dict[int, Neighbours]:
    """The pages beside each of those of an article: (position, the slugs that it links to, as JSON)."""
    linked: dict[str, list[str]] = {links: json.loads(links) for _, links in rows}
    targets = json.dumps(sorted({slug for slugs in linked.values() for slug in slugs}))
    query = "SELECT slug, pos FROM judged WHERE slug IN (SELECT value FROM json_each(?)) AND going = ?"
    there = set(run.book.all(query, targets, going))
    tags = tuple(columns[pos].target.locale.tag for pos, _ in rows)
    return {
        pos: Neighbours(tags, tuple([(slug, (slug, pos) in there, (slug, 0) in there) for slug in linked[links]]))
        for pos, links in rows
    }


def _with_bytes(run: Run, columns: Sequence[Shared], slug: str, known: Mapping[int, str]) -> set[int]:
    """The pages whose bytes stand in their place, or wait for it, or are not wanted."""
    pages = {pos: rendered_of(value) for pos, value in known.items()}
    made = [pos for pos, page in pages.items() if page.made and run.keep]
    there = set(pages) - set(made)
    targets = {pos: columns[pos].target for pos in made}
    paths = {pos: page_paths(one.locale.tag, slug, not one.published) for pos, one in targets.items()}
    found = iter(run.book.hashes([path for pos in made for path in paths[pos]]))
    for pos in made:
        wanted = zip(paths[pos], (pages[pos].html, pages[pos].text), (next(found), next(found)), strict=True)
        if all(hash == now or (run.one.root / run.keep / staged(path, hash)).exists() for path, hash, now in wanted):
            there.add(pos)
    return there


def _keep(run: Run, columns: Sequence[Shared], job: Job, results: Sequence[Done]) -> None:
    for one in results:
        pos = next(column.pos for column in columns if column.target.locale.tag == one.tag)
        if one.rendered is None:  # it was read when it was checked, and must be readable still
            raise HandrailError(f"{job.slug} in {one.tag} cannot be read any more; build again.", Place(job.path))
        key = run.book.one("SELECT key FROM judged WHERE slug = ? AND pos = ?", job.slug, pos)[0]
        note_rendered(run, job.slug, pos, key, one)


def _lost(run: Run, columns: Sequence[Shared], going: int, job: Job, reason: str) -> None:
    """Withhold the pages that nobody could finish."""
    for one in job.tasks:
        pos = next(column.pos for column in columns if column.target.locale.tag == one.tag)
        run.lost += 1
        page = packed([checks.unfinished(reason, job.slug, one.tag, Place(job.path))])
        _away(run, job.slug, pos, page, going)


def _withhold(run: Run, going: int) -> bool:
    """Take away the pages that this round found wrong; whether their neighbours must be rendered again."""
    book = run.book
    gone: list[tuple[str, int, str]] = []
    for slug, pos, value in book.each(
        "SELECT judged.slug, judged.pos, rendered.value FROM judged JOIN rendered ON rendered.slug = judged.slug"
        " AND rendered.pos = judged.pos AND rendered.key = judged.page_key WHERE judged.going = ?"
        " AND rendered.value NOT LIKE ? AND judged.slug IN (SELECT slug FROM scope)",
        going,
        IN_ORDER,
    ):
        page = rendered_of(value)
        if page.closed if going == GOING else not page.made:
            errors = [one for one in unpacked(page.findings) if one.severity is Severity.ERROR or going != GOING]
            gone.append((slug, pos, packed(errors)))
    for slug, pos, findings in gone:
        _away(run, slug, pos, findings, going)
    return bool(book.one("SELECT 1 FROM scope WHERE round > ?", run.round))


def _away(run: Run, slug: str, pos: int, findings: str, going: int) -> None:
    """One page less; those that may name it are looked at again."""
    book = run.book
    book.execute("UPDATE judged SET going = ?, page = ? WHERE slug = ? AND pos = ?", AWAY, findings, slug, pos)
    book.execute(f"INSERT INTO scope VALUES (?, ?, ?) {ALSO}", slug, run.round + 1, going)
    linking = "SELECT slug, ?, ? FROM linked WHERE target = ?"
    book.execute(f"INSERT INTO scope {linking} {ALSO}", run.round + 1, going, slug)
