"""What a project comes to before anything is written: load, check, render, verify, withhold.

A page is rendered knowing which other pages go out: it never names one that was withheld. When
verification withholds a page, the others are rendered again without it, until nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline import checks, debt, inline, project, render, standing
from pipeline.debt import Debt, Entry
from pipeline.errors import HandrailError, MarkupError, SourceError
from pipeline.model import Edition, Finding, Locale, Outcome, Page, Segment, Severity, Standing, State, Suppression
from pipeline.project import Loaded, Project


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which editions are asked for."""

    slugs: frozenset[str] = frozenset()
    """Empty: every article."""

    tags: frozenset[str] = frozenset()
    """Empty: every locale."""

    def has(self, slug: str, tag: str) -> bool:
        """Whether an edition is asked for; an empty slug or tag stands for all of them."""
        return (not self.slugs or not slug or slug in self.slugs) and (not self.tags or not tag or tag in self.tags)


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A project that was checked, rendered and verified; nothing is written yet."""

    outcome: Outcome
    loaded: Loaded
    site: render.Site
    """The pages that go out, and no others."""

    previews: render.Site
    """The previews, which name each other and no published page."""

    pages: tuple[Page, ...]
    """Those pages, and the previews."""


def assess(one: Project, today: date, wanted: Wanted, baseline: tuple[Entry, ...] = ()) -> Assessment:
    """Everything that a build does before it writes; what the settings suppress and ``baseline`` holds passes.

    Raises HandrailError where the project as a whole cannot be loaded.
    """
    loaded = _narrowed(_with_assets(one, project.load(one, today)), wanted)
    theme = project.theme(one)
    findings = [checks.unreadable(broken.error, broken.article, broken.locale) for broken in loaded.broken]
    findings += [finding for edition in loaded.editions for finding in checks.check(edition)]
    settled = debt.settle(findings, Debt(baseline, one.settings.suppressions))
    findings = [*settled.findings, *_stale(settled.stale, loaded, wanted)]
    opened = [edition for edition in loaded.editions if edition.published and _is_open(edition, findings)]
    while True:
        site = site_of(one, loaded, opened)
        pages, faults = _rendered(opened, site, theme)
        still_open = [edition for edition in opened if _is_open(edition, faults)]
        if len(still_open) == len(opened):
            break
        findings += [finding for finding in faults if finding.severity is Severity.ERROR]
        opened = still_open
    previews, draft_pages, draft_faults = _previews(one, loaded, theme)
    findings += [*faults, *draft_faults]
    outcome = Outcome(tuple(_standings(one, loaded, findings, wanted)), tuple(findings), settled.accepted)
    return Assessment(outcome, loaded, site, previews, (*pages, *draft_pages))


def preview(one: Project, today: date, slug: str, tag: str) -> Page:
    """One page as it stands, whatever its gate says, and marked as a preview.

    Raises the error of the file that keeps it from being rendered.
    """
    loaded = project.load(one, today)
    for broken in loaded.broken:
        if broken.article in ("", slug) and broken.locale in ("", tag):
            raise broken.error
    edition = next(e for e in loaded.editions if (e.article.slug, e.locale.tag) == (slug, tag))
    return render.render(replace(edition, published=False), site_of(one, loaded, ()), project.theme(one))


def site_of(one: Project, loaded: Loaded, editions: Iterable[Edition]) -> render.Site:
    """The published site that consists of the pages of some editions."""
    published: dict[str, tuple[Locale, ...]] = {}
    for edition in editions:
        published[edition.article.slug] = (*published.get(edition.article.slug, ()), edition.locale)
    titles: dict[str, dict[str, str]] = {}
    descriptions: dict[str, dict[str, str]] = {}
    dates: dict[str, dict[str, date]] = {}
    for edition in loaded.editions:
        slug, tag = edition.article.slug, edition.locale.tag
        titles.setdefault(slug, {})[tag] = _plain(edition.article.title, edition)
        about = edition.article.description
        descriptions.setdefault(slug, {})[tag] = _plain(about, edition) if about else ""
        if day := _changed(edition):
            dates.setdefault(slug, {})[tag] = day
    settings = one.settings
    return render.Site(
        title=settings.title,
        url=settings.url,
        source=settings.source,
        published=published,
        titles=titles,
        demonstration=settings.policy.demonstration,
        descriptions=descriptions,
        dates=dates,
        feedback=settings.feedback,
        directory=settings.directory,
    )


# --- phases -------------------------------------------------------------------------------------


def _with_assets(one: Project, loaded: Loaded) -> Loaded:
    """An article whose pictures cannot be read goes out in no locale."""
    broken = list(loaded.broken)
    for article in {edition.article.slug: edition.article for edition in loaded.editions}.values():
        try:
            for name in render.assets(article):
                project.read(one.root, f"{project.ARTICLES}/{name}")
        except HandrailError as error:
            broken.append(project.Broken(article.slug, "", error))
    return replace(loaded, broken=tuple(broken))


def _stale(entries: Iterable[Entry | Suppression], loaded: Loaded, wanted: Wanted) -> Iterator[Finding]:
    """What lets nothing pass any more, among what was asked for and could be read."""
    for one in entries:
        unread = any(b.article in ("", one.article) or b.locale in ("", one.locale) for b in loaded.broken)
        if wanted.has(one.article, one.locale) and not unread:
            what = "The suppression" if isinstance(one, Suppression) else "The baseline"
            yield checks.stale(f"{what} of {one.rule}", one.article, one.locale, one.place)


def _narrowed(loaded: Loaded, wanted: Wanted) -> Loaded:
    editions = tuple(edition for edition in loaded.editions if wanted.has(edition.article.slug, edition.locale.tag))
    broken = tuple(broken for broken in loaded.broken if wanted.has(broken.article, broken.locale))
    return replace(loaded, editions=editions, broken=broken)


def _is_open(edition: Edition, findings: Iterable[Finding]) -> bool:
    return not standing.closing(findings, edition.article.slug, edition.locale.tag)


def _rendered(
    editions: Iterable[Edition], site: render.Site, theme: render.Theme
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """The pages of editions, and what reading them back finds; an edition that does not render has no page."""
    pages: list[Page] = []
    faults: list[Finding] = []
    for edition in editions:
        try:
            page = render.render(edition, site, theme)
        except HandrailError as error:
            faults.append(checks.not_rendered(error, edition))
            continue
        except Exception as error:  # whatever the theme or the renderer stumbles over withholds the page
            crash = HandrailError(f"Rendering failed: {type(error).__name__}: {error}".rstrip(": ") + ".")
            faults.append(checks.not_rendered(crash, edition))
            continue
        pages.append(page)
        faults += checks.verify(page, edition)
    return tuple(pages), tuple(faults)


def _previews(
    one: Project, loaded: Loaded, theme: render.Theme
) -> tuple[render.Site, tuple[Page, ...], tuple[Finding, ...]]:
    """The site of the drafts that render, its pages, and what was found about any draft."""
    drafts = [edition for edition in loaded.editions if not edition.published]
    lost: list[Finding] = []
    while True:
        site = replace(site_of(one, loaded, drafts), url="", preview=True)
        pages, faults = _rendered(drafts, site, theme)
        rendered = {(page.slug, page.locale) for page in pages}
        still = [edition for edition in drafts if (edition.article.slug, edition.locale.tag) in rendered]
        if len(still) == len(drafts):
            return site, pages, (*lost, *faults)
        lost += [fault for fault in faults if (fault.article, fault.locale) not in rendered]
        drafts = still


def _standings(one: Project, loaded: Loaded, findings: Sequence[Finding], wanted: Wanted) -> Iterator[Standing]:
    """One for each article and locale that the project names, even where its files cannot be read."""
    editions = {(edition.article.slug, edition.locale.tag): edition for edition in loaded.editions}
    columns = [(one.settings.source.tag, True), *((t.locale.tag, t.published) for t in one.settings.targets)]
    for slug in loaded.slugs:
        for tag, published in columns:
            if not wanted.has(slug, tag):
                continue
            if edition := editions.get((slug, tag)):
                yield standing.standing(edition, findings)
            else:
                reasons = standing.closing(findings, slug, tag)
                yield Standing(slug, tag, 0, 0, 0, 0, 0, published=published, open=False, reasons=reasons)


def _plain(segment: Segment, edition: Edition) -> str:
    """A segment as an edition's page shows it, plain: the source's where it is not translated yet."""
    message = edition.catalog.index().get(segment.key)
    if message is not None and message.state is State.TRANSLATED:
        try:
            return inline.plain(inline.parse(message.target))
        except MarkupError:  # markup rules say so, and the page is withheld
            pass
    return inline.plain(segment.content)


def _changed(edition: Edition) -> date | None:
    """When a page last changed; none where its front matter has no such date, because it cannot be rendered then."""
    try:
        return render.changed(edition)
    except SourceError:
        return None
