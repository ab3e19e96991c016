"""The first phase: every edition is checked, or known from an earlier build, and its gate is open or closed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from pipeline import checks, debt, ledger, project
from pipeline.build.columns import Shared
from pipeline.build.jobs import Checked, Done, Job, Neighbours, Rendered, Task, page_paths
from pipeline.build.kept import Kept, kept, seal_of
from pipeline.build.packing import packed, packed_accepted, unpacked
from pipeline.build.plan import AWAY, DRAFT, GOING, Run
from pipeline.build.scope import articles, note_links, own_paths
from pipeline.debt import Debt, Entry, Settled
from pipeline.errors import HandrailError
from pipeline.model import Finding, Place, Severity, Suppression

_EDITIONS = 8
"""Of one article, in one job."""


_OF_USE = "SELECT DISTINCT value FROM judged, json_each(judged.owed, '$[1]') WHERE judged.owed <> ''"
"""The numbers of suppressions that let something pass."""


def survey(run: Run, columns: Sequence[Shared]) -> None:
    """Check the editions that are asked for, and note in the ledger what becomes of each."""
    book = run.book
    changed = "(going <> checked OR page <> '') AND slug IN (SELECT slug FROM scope)"
    book.execute(f"UPDATE judged SET going = checked, page = '' WHERE {changed}")
    settling = _Settling(run)
    run.steps = 0
    run.total = book.one("SELECT count(*) FROM scope WHERE round = ?", run.round)[0] * len(columns)
    for job, result in run.workforce.run(_jobs(run, columns, settling)):
        if isinstance(result, str):
            settling.lost(job, result)
        else:
            settling.done(job, result)
    book.flush()
    note_links(run)
    run.stale += settling.stale()


def _jobs(run: Run, columns: Sequence[Shared], settling: _Settling) -> Iterator[Job]:
    """What has to be checked; the rest is settled on the way, or was before and still is."""
    for slug, path in articles(run):
        names = [own_paths(column, slug) for column in columns]
        hash, *hashes = run.book.hashes([path, *(name for own in names for name in own)])
        found = iter(hashes)
        tasks, before, known = [], kept(run, slug), None
        for column, own_names in zip(columns, names, strict=True):
            own = tuple([(name, next(found)) for name in own_names])
            parts = [part for pair in own for part in pair]
            key = ledger.digest(run.check_key, column.key_of(slug), slug, path, hash, *parts)
            if column.pos in before and before[column.pos].key == key:
                run.step()
                continue
            known = run.book.checked(slug) if known is None else known
            found_before = known.get(column.pos)
            if found_before and found_before[0] == key and (checked := _still(run, found_before[1])):
                settling.settle(slug, column, key, checked)
            else:
                settling.keys[slug, column.target.locale.tag] = column, key
                tasks.append(task(run, column, slug, own, None))
        yield from jobs_of(run, slug, path, hash, tasks)


def jobs_of(run: Run, slug: str, path: str, hash: str, tasks: Sequence[Task]) -> Iterator[Job]:
    """The tasks of an article as jobs of a size that many workers can share."""
    for first in range(0, len(tasks), _EDITIONS):
        yield Job(run.common, slug, path, hash, tuple(tasks[first : first + _EDITIONS]), run.keep)


def task(run: Run, column: Shared, slug: str, own: tuple[tuple[str, str], ...], known: Neighbours | None) -> Task:
    """What is to be done for an edition: everything, or with known neighbours its page only."""
    tag = column.target.locale.tag
    html, text = page_paths(tag, slug, not column.target.published)
    there = (run.book.sight(html).hash, run.book.sight(text).hash) if run.keep else ("", "")
    return Task(tag, column.hashes, own, known is None, known, there)


def page_key(run: Run, key: str, neighbours: Neighbours) -> str:
    """What a page depends on."""
    return ledger.digest(key, run.page_key, repr(neighbours))


def note_rendered(run: Run, slug: str, pos: int, key: str, done: Done) -> None:
    """Keep what rendering came to."""
    if done.rendered is not None and done.neighbours is not None:
        value = json.dumps(list(asdict(done.rendered).values()))
        run.book.keep_rendered(slug, pos, page_key(run, key, done.neighbours), value)


IN_ORDER = "[true, false, %"
"""What :func:`note_rendered` keeps of a page that was made and has no error, as a pattern of SQL."""

WITHOUT_FINDINGS = '[true, false, "", %'


def rendered_of(value: str) -> Rendered:
    """What :func:`note_rendered` kept."""
    return Rendered(*json.loads(value))


def _still(run: Run, value: str) -> Checked | None:
    """What checking found at an earlier build, unless the day has changed it."""
    raw = json.loads(value)
    first, last = raw[-1]
    if not first <= run.today.isoformat() < last:
        return None
    *texts, links, assets, _ = raw
    loaded, closed, findings, title, about, changed, standing = texts
    lists = (tuple(links), tuple(assets), (first, last))
    return Checked(loaded, closed, findings, title, about, changed, standing, *lists)


class _Settling:
    """Findings told apart into those that count and those that may pass, edition by edition."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.keys: dict[tuple[str, str], tuple[Shared, str]] = {}
        """Of the editions that are being checked."""
        self.entries: Mapping[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in run.debt.entries:
            self.entries[entry.article, entry.locale].append(entry)
        self.numbers = {one: number for number, one in enumerate(run.debt.suppressions)}

    def done(self, job: Job, results: tuple[Done, ...]) -> None:
        """Keep what a job came to, and settle its editions."""
        for one in results:
            column, key = self.keys.pop((job.slug, one.tag))
            if one.checked is None:
                raise HandrailError(f"{job.slug} in {one.tag} was not checked.")
            value = json.dumps(list(asdict(one.checked).values()))
            if not any(hash.startswith(ledger.UNREADABLE) for _, hash in (*_files(job, one.tag), (job.path, job.hash))):
                self.run.book.keep_checked(job.slug, column.pos, key, value)
            note_rendered(self.run, job.slug, column.pos, key, one)
            self.settle(job.slug, column, key, one.checked)

    def lost(self, job: Job, reason: str) -> None:
        """Close the gate of editions that nobody could finish."""
        for one in job.tasks:
            column, key = self.keys.pop((job.slug, one.tag))
            self.run.lost += 1
            finding = checks.unfinished(reason, job.slug, one.tag, Place(job.path))
            self.settle(job.slug, column, key, Checked(False, True, packed([finding])))

    def settle(self, slug: str, column: Shared, key: str, found: Checked) -> None:
        """Note an edition, its findings, and whether it goes out."""
        run, tag = self.run, column.target.locale.tag
        counted, accepted, owed = found.findings, "", ""
        missing = tuple(_without_assets(run, slug, found.assets))
        if missing or run.debt != debt.NONE:
            settled = self.told_apart(slug, tag, found)
            counted, accepted = packed((*settled.findings, *missing)), packed_accepted(settled.accepted)
            owed = self.owed(settled)
        reasons = _reasons(counted)
        closed = bool(reasons)
        going = DRAFT if found.loaded and not column.target.published else AWAY if closed else GOING
        lists = (json.dumps(reasons) if reasons else "", json.dumps(found.links), json.dumps(found.assets))
        debts = (run.debt_key, owed)
        about = (going, int(found.loaded), key, *found.steady, found.title, found.about, found.changed)
        told = Kept(*about, *lists, *debts, found.standing, accepted, counted)
        row = (slug, column.pos, going, "", "", seal_of(slug, column.pos, told), *told)
        run.book.later(f"INSERT OR REPLACE INTO judged VALUES ({', '.join('?' * len(row))})", *row)
        run.step()

    def told_apart(self, slug: str, tag: str, found: Checked) -> Settled:
        """The findings of an edition that count, and those that may pass."""
        debts = Debt(tuple(self.entries.get((slug, tag), ())), self.run.debt.suppressions)
        return debt.settle(unpacked(found.findings), debts)

    def owed(self, settled: Settled) -> str:
        """What became of the debt in an edition, as :attr:`pipeline.build.kept.Kept.owed`."""
        idle = set(settled.stale)
        stale = [one.fingerprint for one in settled.stale if isinstance(one, Entry)]
        of_use = [number for one, number in self.numbers.items() if one not in idle]
        return json.dumps([stale, of_use]) if stale or of_use else ""

    def stale(self) -> Iterator[Entry | Suppression]:
        """What lets nothing pass any more, among what was asked for and could be read."""
        book, positions = self.run.book, {one.locale.tag: pos for pos, one in enumerate(project.targets(self.run.one))}
        for (slug, tag), entries in self.entries.items():
            if self.run.wanted.has(slug, tag):
                query = "SELECT loaded, owed FROM judged WHERE slug = ? AND pos = ?"
                loaded, owed = book.one(query, slug, positions.get(tag, -1)) or (True, None)
                left = {one.fingerprint for one in entries} if owed is None else json.loads(owed or "[[]]")[0]
                yield from (one for one in entries if loaded and one.fingerprint in left)
        of_use = {number for (number,) in book.each(_OF_USE)} if self.numbers else set()
        for one in self.run.debt.suppressions:
            is_wanted = self.run.wanted.has(one.article, one.locale)
            if self.numbers[one] not in of_use and is_wanted and not self.unread(one):
                yield one

    def unread(self, one: Suppression) -> bool:
        """Whether something that it may be about could not be read."""
        rows = self.run.book.each("SELECT slug, pos FROM judged WHERE loaded = 0")
        tags = [target.locale.tag for target in project.targets(self.run.one)]
        return any(one.article in ("", slug) and one.locale in ("", tags[pos]) for slug, pos in rows)


def _reasons(findings: str) -> list[str]:
    """The rules of the errors among packed findings, each once."""
    if f'"{Severity.ERROR.value}"' not in findings:  # of most editions, which need not be unpacked for this
        return []
    return list(dict.fromkeys(one.rule for one in unpacked(findings) if one.severity is Severity.ERROR))


def _files(job: Job, tag: str) -> Iterator[tuple[str, str]]:
    for one in job.tasks:
        if one.tag == tag:
            yield from (*one.shared, *one.own)


def _without_assets(run: Run, slug: str, names: Sequence[str]) -> Iterator[Finding]:
    """An article whose pictures cannot be read goes out in no locale."""
    for name in names:
        path = f"{project.ARTICLES}/{name}"
        seen = run.book.sight(path).hash
        if seen == ledger.ABSENT or seen.startswith(ledger.UNREADABLE) or project.is_large(run.one.root, path):
            try:
                project.read(run.one.root, path)
            except HandrailError as error:
                yield checks.unreadable(error, slug, "")
