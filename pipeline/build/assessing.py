"""What a project comes to: every edition checked, rendered, read back, and withheld or not.

An edition that fails anywhere on the way withholds its own page and no other. A page is rendered knowing which other
pages go out: it never names one that was withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline import debt, ledger, project, render
from pipeline.build.bench import Changed, bench
from pipeline.build.columns import Shared, shared
from pipeline.build.jobs import Common
from pipeline.build.plan import AWAY, DRAFT, EVERYTHING, GOING, Progress, Run, Wanted, silent
from pipeline.build.results import Results, note_page_findings
from pipeline.build.resuming import choose
from pipeline.build.rounds import settle_pages
from pipeline.build.scope import list_articles
from pipeline.build.survey import rendered_of, survey
from pipeline.build.units import site_around
from pipeline.build.workforce import Here, Workforce
from pipeline.debt import Debt, Entry
from pipeline.errors import ThemeError
from pipeline.ledger import Ledger
from pipeline.model import Edition, Locale, Outcome, Page, Place
from pipeline.project import Project


@dataclass(frozen=True, slots=True)
class Assessment:
    """A project that was checked, rendered and verified; nothing is written."""

    outcome: Outcome
    lost: int
    """Editions that nobody could finish."""

    hashes: Mapping[tuple[str, str], tuple[str, str]]
    """(slug, tag) of the pages that go out, and of the previews -> SHA-256 of the HTML and of the text."""


def assess(
    one: Project,
    today: date,
    wanted: Wanted = EVERYTHING,
    baseline: tuple[Entry, ...] = (),
    workforce: Workforce | None = None,
    progress: Progress = silent,
) -> Assessment:
    """Everything that a build does but writing; what the settings suppress and ``baseline`` holds passes.

    Raises HandrailError where the project as a whole cannot be loaded.
    """
    with ledger.temporary(one.root) as book:
        run = begin(one, today, wanted, baseline, book, workforce or Here(), progress)
        results = judge(run)
        return Assessment(results.outcome(), run.lost, _hashes(run, results.columns))


def begin(
    one: Project,
    today: date,
    wanted: Wanted,
    baseline: tuple[Entry, ...],
    book: Ledger,
    workforce: Workforce,
    progress: Progress,
) -> Run:
    """A run with what all its editions share; HandrailError where that cannot be read."""
    registry = book.sight(project.REGISTRY).hash
    hashes = ((project.REGISTRY, registry), *((path, book.sight(path).hash) for path in _templates(one)))
    program = ledger.fingerprint()
    settings = one.settings
    digest = ledger.digest(program, repr(settings), today.isoformat(), str(one.root), workforce.shelf, repr(hashes))
    common = Common(digest, str(one.root), workforce.shelf, settings, today, program, hashes)
    may_pass = Debt(baseline, settings.suppressions)
    on_pages = (settings.title, settings.url, settings.feedback, settings.directory)
    own_names = [target.locale.names for target in settings.targets]  # a page names all languages that it is in
    return Run(
        one=one,
        today=today,
        wanted=wanted,
        debt=may_pass,
        book=book,
        workforce=workforce,
        progress=progress,
        common=common,
        check_key=ledger.digest(program, repr((settings.source, settings.policy, settings.sources)), repr(hashes)),
        page_key=ledger.digest(repr((on_pages, own_names))),
        debt_key="" if may_pass == debt.NONE else ledger.digest(repr(may_pass)),
    )


def _templates(one: Project) -> Iterator[str]:
    """The files of the project's own theme; ThemeError where one cannot be read."""
    try:
        names = ledger.names(one.root, project.THEME)
    except OSError as error:
        raise ThemeError(f"a template cannot be read: {error.strerror or error}.", Place(project.THEME)) from error
    for name in names:
        if name.endswith(".jinja/"):
            raise ThemeError("a template cannot be read: it is a folder.", Place(name.rstrip("/")))
        if not name.endswith("/"):
            yield name


def judge(run: Run) -> Results:
    """Settle every edition: what is wrong with it, and whether it goes out."""
    run.workforce.offer(run.one.root, run.common.hashes)
    here = bench(run.common)  # what every edition needs is read first, and its errors end the run
    targets = [target for target in here.targets.values() if run.wanted.has("", target.locale.tag)]
    columns = [shared(run.one, run.book, pos, target) for pos, target in enumerate(here.targets.values())]
    chosen = [column for column in columns if column.target in targets]
    list_articles(run)
    choose(run, columns)
    survey(run, chosen)
    for going in (GOING, DRAFT):
        settle_pages(run, columns, going)
    note_page_findings(run)
    _refuse_changes(run)
    return Results(run, columns)


def preview(one: Project, today: date, slug: str, tag: str) -> Page:
    """One page as it stands, whatever its gate says, and marked as a preview.

    Raises the error of the file that keeps it from being rendered.
    """
    loaded = project.load(one, today)
    for broken in loaded.broken:
        if broken.article in ("", slug) and broken.locale in ("", tag):
            raise broken.error
    edition = next(e for e in loaded.editions if (e.article.slug, e.locale.tag) == (slug, tag))
    return render.render(replace(edition, published=False), site_of(one, ()), project.theme(one))


def site_of(one: Project, editions: Iterable[Edition]) -> render.Site:
    """The published site that consists of the pages of some editions, as its articles see it."""
    published: dict[str, tuple[Locale, ...]] = {}
    for edition in editions:
        published[edition.article.slug] = (*published.get(edition.article.slug, ()), edition.locale)
    return site_around(one.settings, published)


def _hashes(run: Run, columns: Sequence[Shared]) -> dict[tuple[str, str], tuple[str, str]]:
    query = (
        "SELECT judged.slug, judged.pos, rendered.value FROM judged JOIN rendered ON rendered.slug = judged.slug"
        " AND rendered.pos = judged.pos AND rendered.key = judged.page_key WHERE judged.going <> ?"
    )
    return {
        (slug, columns[pos].target.locale.tag): ((page := rendered_of(value)).html, page.text)
        for slug, pos, value in run.book.each(query, AWAY)
    }


def _refuse_changes(run: Run) -> None:
    """Look at everything that was read once more: what changed meanwhile may have changed what was found."""
    query, root = "SELECT path, signature, hash FROM files WHERE run = ? AND path NOT LIKE 'build/%'", str(run.one.root)
    for path, signature, hash in run.book.each(query, run.book.run):
        if ledger.is_same(f"{root}/{path}", signature):
            continue  # as nearly every file
        before = ledger.Sight(signature, hash)
        now = ledger.look(f"{root}/{path}", before if signature else None)
        if now.hash != hash and not hash.startswith(ledger.UNREADABLE):
            raise Changed("this file changed while the build was running; build again.", Place(path))
