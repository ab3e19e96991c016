"""The unit of work: an article in a locale is checked, rendered and read back.

A function of the values that a job names: it may run in this process, in another one, or on another machine, and it
comes to the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline import checks, inline, render, standing
from pipeline.build.bench import Bench, bench
from pipeline.build.jobs import Checked, Done, Job, Neighbours, Rendered, Task, page_paths, staged
from pipeline.build.packing import packed, packed_standing
from pipeline.collection import no_collection
from pipeline.errors import HandrailError, MarkupError, SourceError
from pipeline.model import Edition, Finding, Locale, Page, Segment, Severity, State
from pipeline.project import Settings


def work(job: Job) -> tuple[Done, ...]:
    """Do a job.

    Raises :class:`pipeline.build.bench.Changed` where a file is not what the job says, and HandrailError where this
    is another program than the one that gave it.
    """
    known = bench(job.common)
    with no_collection():
        return _worked(known, job)


def _worked(known: Bench, job: Job) -> tuple[Done, ...]:
    editions = {task.tag: known.edition(job, task) for task in job.tasks}
    checked = {task.tag: _checked(editions[task.tag]) for task in job.tasks if task.check}
    return tuple([_done(known, job, task, editions[task.tag], checked) for task in job.tasks])


def _done(known: Bench, job: Job, task: Task, edition: Edition | Finding, checked: Mapping[str, Checked]) -> Done:
    found = checked.get(task.tag)
    if isinstance(edition, Finding) or (found and found.closed and edition.published):
        return Done(task.tag, found, None, None)
    neighbours = task.neighbours or _guessed(known, edition, found.links if found else (), checked)
    site = _site(known, edition, neighbours)
    page, findings = page_of(edition, site, known.theme)
    if page is None:
        return Done(task.tag, found, neighbours, Rendered(False, _is_closed(findings), packed(findings)))
    hashes, left = [], []
    paths = page_paths(task.tag, job.slug, not edition.published)
    for path, there, text in zip(paths, task.there, (page.html, page.text), strict=True):
        data = text.encode()
        hashes.append(hashlib.sha256(data).hexdigest())
        if job.keep and hashes[-1] != there:
            left.append((f"{job.keep}/{staged(path, hashes[-1])}", hashes[-1]))
            known.shelf.put(left[-1][0], data)
    rendered = Rendered(True, _is_closed(findings), packed(findings), *hashes)
    return Done(task.tag, found, neighbours, rendered, tuple(left))


def _checked(edition: Edition | Finding) -> Checked:
    if isinstance(edition, Finding):
        return Checked(False, True, packed([edition]), steady=(date.min.isoformat(), date.max.isoformat()))
    findings = list(checks.check(edition))
    try:
        assets = render.assets(edition.article)
    except HandrailError as error:
        assets = ()
        findings.append(checks.unreadable(error, edition.article.slug, ""))
    first, last = checks.steady(edition)
    about = edition.article.description
    return Checked(
        loaded=True,
        closed=_is_closed(findings),
        findings=packed(findings),
        title=plain(edition.article.title, edition),
        about=plain(about, edition) if about else "",
        changed=_changed(edition),
        standing=packed_standing(standing.standing(edition, ())),
        links=_links(edition),
        assets=assets,
        steady=(first.isoformat(), last.isoformat()),
    )


def page_of(edition: Edition, site: render.Site, theme: render.Theme) -> tuple[Page | None, tuple[Finding, ...]]:
    """The page of an edition, and what reading it back finds; no page where it does not render."""
    try:
        page = render.render(edition, site, theme)
    except HandrailError as error:
        return None, (checks.not_rendered(error, edition),)
    except Exception as error:  # whatever the theme or the renderer stumbles over withholds the page
        crash = HandrailError(f"Rendering failed: {type(error).__name__}: {error}".rstrip(": ") + ".")
        return None, (checks.not_rendered(crash, edition),)
    return page, checks.verify(page, edition)


def plain(segment: Segment, edition: Edition) -> str:
    """A segment as an edition's page shows it, plain: the source's where it is not translated yet."""
    message = edition.catalog.index().get(segment.key)
    if message is not None and message.state is State.TRANSLATED:
        try:
            return inline.plain(inline.parse(message.target))
        except MarkupError:  # markup rules say so, and the page is withheld
            pass
    return inline.plain(segment.content)


def site_around(settings: Settings, published: Mapping[str, tuple[Locale, ...]]) -> render.Site:
    """The published site with some pages, as one of them sees it."""
    return render.Site(
        title=settings.title,
        url=settings.url,
        source=settings.source,
        published=published,
        titles={},
        demonstration=settings.policy.demonstration,
        feedback=settings.feedback,
        directory=settings.directory,
    )


def _changed(edition: Edition) -> str:
    try:
        day = render.changed(edition)
    except SourceError:  # it cannot be rendered then
        day = None
    return day.isoformat() if day else ""


def _is_closed(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _links(edition: Edition) -> tuple[str, ...]:
    """A localized article links to what its source links to: that is what a target has to conform to."""
    try:
        return render.linked_articles(edition.article)
    except Exception:  # rendering meets the same error, and makes a finding of it
        return ()


def _guessed(known: Bench, edition: Edition, links: tuple[str, ...], checked: Mapping[str, Checked]) -> Neighbours:
    """Neighbours as they are where nothing is withheld; after a wrong guess the page is rendered again."""
    tags = tuple(
        tag
        for tag, target in known.targets.items()
        if target.published == edition.published and not (tag in checked and edition.published and checked[tag].closed)
    )
    return Neighbours(tags, tuple((slug, True, edition.published) for slug in links))


def _site(known: Bench, edition: Edition, neighbours: Neighbours) -> render.Site:
    """The site as a page sees it: its own languages, and the articles that it links to."""
    locales = {tag: target.locale for tag, target in known.targets.items()}
    published = {edition.article.slug: tuple(locales[tag] for tag in neighbours.tags)}
    for slug, here, source in neighbours.links:
        there = dict.fromkeys(
            [*([edition.source_locale] if source else []), *([edition.locale] if here else [])]
        )  # the source once, where this is the source locale
        published[slug] = tuple(there)
    site = site_around(known.common.settings, published)
    return site if edition.published else previews(site)


def previews(site: render.Site) -> render.Site:
    """The site of previews, which name each other and no published page, and which have no address."""
    return replace(site, url="", preview=True)
