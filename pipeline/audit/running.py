"""Running operators over a project: each subject in a process of its own, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from pipeline import checks, project, render
from pipeline.audit import (
    catalog_damage,
    catalog_variation,
    markup_damage,
    meaning_damage,
    number_variation,
    page_damage,
    page_variation,
    registry_damage,
    release_damage,
    signoff_damage,
    source_damage,
    style_damage,
    template_damage,
    text_damage,
    text_variation,
)
from pipeline.audit.judging import has_fresh, judge
from pipeline.audit.operators import Operator
from pipeline.audit.outcome import Report, Row
from pipeline.audit.subject import Case, Subject
from pipeline.build.assessing import site_of
from pipeline.errors import UsageError
from pipeline.model import Edition
from pipeline.project import Project

OPERATORS: tuple[Operator, ...] = (
    *text_damage.OPERATORS,
    *meaning_damage.OPERATORS,
    *catalog_damage.OPERATORS,
    *signoff_damage.OPERATORS,
    *registry_damage.OPERATORS,
    *release_damage.OPERATORS,
    *source_damage.OPERATORS,
    *template_damage.OPERATORS,
    *page_damage.OPERATORS,
    *style_damage.OPERATORS,
    *markup_damage.OPERATORS,
    *text_variation.OPERATORS,
    *number_variation.OPERATORS,
    *catalog_variation.OPERATORS,
    *page_variation.OPERATORS,
)
"""Every operator: damage first, then variations."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to audit."""

    root: Path
    today: date
    tags: tuple[str, ...]
    """The locales."""

    slugs: tuple[str, ...]
    """The articles."""

    sites: int
    """At how many places of an edition each operator is tried, at most."""

    jobs: int
    """Processes."""


def run(plan: Plan, done: Callable[[int, int], None]) -> Report:
    """Every operator on every published edition of the plan; ``done`` is told how many of how many editions are.

    Raises UsageError where the gate of an edition is closed before anything was damaged: then nothing can be told.
    """
    pairs = [(slug, tag) for tag in plan.tags for slug in plan.slugs]
    rows: list[Row] = []
    idle: list[tuple[str, str]] = []
    with ProcessPoolExecutor(plan.jobs) as pool:
        tasks = [pool.submit(_audit, plan, slug, tag) for slug, tag in pairs]
        for count, task in enumerate(tasks, start=1):
            found, unused = task.result()
            rows += found
            idle += unused
            done(count, len(tasks))
    used = {(row.operator, row.locale) for row in rows}
    return Report(tuple(rows), tuple(dict.fromkeys(one for one in idle if one not in used)))


def subjects(root: Path, today: date) -> Iterator[Subject]:
    """The published editions of a project, as operators want them."""
    one = project.open_project(root)
    loaded = project.load(one, today)
    if loaded.broken:
        raise loaded.broken[0].error
    published = [edition for edition in loaded.editions if edition.published]
    site, theme = site_of(one, published), project.theme(one)
    registry = project.read(one.root, project.REGISTRY).decode()
    for edition in published:
        yield _subject(one, edition, published, registry, site, theme)


def _subject(
    one: Project,
    edition: Edition,
    published: Sequence[Edition],
    registry: str,
    site: render.Site,
    theme: render.Theme,
) -> Subject:
    slug, tag = edition.article.slug, edition.locale.tag
    return Subject(
        edition=edition,
        others={e.locale.tag: e for e in published if e.article.slug == slug and e.locale.tag != tag},
        neighbours=tuple(e for e in published if e.locale.tag == tag and e.article.slug != slug),
        source=project.read(one.root, edition.article.path).decode(),
        registry=registry,
        site=site,
        theme=theme,
        page=render.render(edition, site, theme),
    )


def _audit(plan: Plan, slug: str, tag: str) -> tuple[list[Row], list[tuple[str, str]]]:
    subject = next(
        one
        for one in subjects(plan.root, plan.today)
        if (one.edition.article.slug, one.edition.locale.tag) == (slug, tag)
    )
    found = (*checks.check(subject.edition), *checks.verify(subject.page, subject.edition))
    if not checks.is_open(found):
        rules = ", ".join(dict.fromkeys(finding.rule for finding in found))
        raise UsageError(f"the gate of {slug} in {tag} is closed ({rules}); only a page that goes out can be audited.")
    rows: list[Row] = []
    idle: list[tuple[str, str]] = []
    for operator in OPERATORS:
        tried = [_row(operator, case, subject) for case in islice(operator.cases(subject), plan.sites)]
        rows += tried
        if not tried:
            idle.append((operator.id, tag))
    return rows, idle


def _row(operator: Operator, case: Case, subject: Subject) -> Row:
    signed, fresh, rules = judge(case, subject)
    return Row(
        operator=operator.id,
        kind=operator.kind,
        article=subject.edition.article.slug,
        locale=subject.edition.locale.tag,
        site=case.site,
        signed=signed,
        fresh=fresh if has_fresh(operator) and case.fresh != subject.edition else None,
        rules=rules,
    )
