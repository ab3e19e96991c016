"""The text of a published page in other forms, for which the gate holds too: narrower, as mail, as a short message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline import checks, project, render
from pipeline.build.assessing import assess, site_of
from pipeline.build.units import plain as said
from pipeline.errors import HandrailError
from pipeline.model import Edition, Finding, Page
from pipeline.project import Project


class Withheld(HandrailError):
    """The page that a text was asked of does not go out."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("This page is withheld, and so is its text.")
        self.findings = findings
        """Why."""


def plain(one: Project, today: date, slug: str, tag: str, form: render.Form) -> str:
    """The plain text of a published page in a form; Withheld where the page does not go out."""
    return _page(one, today, slug, tag, form)[0].text


def mail(one: Project, today: date, slug: str, tag: str, width: int) -> bytes:
    """The plain text of a published page as a mail that flows; Withheld as :func:`plain`."""
    page, title = _page(one, today, slug, tag, render.Form(width, flowed=True))
    return render.mail(page, title)


def sms(one: Project, today: date, slug: str, tag: str) -> render.Message:
    """The safety text of a published page as a short message; Withheld as :func:`plain`."""
    edition, _ = _published(one, today, slug, tag)
    return render.short(edition)


def _page(one: Project, today: date, slug: str, tag: str, form: render.Form) -> tuple[Page, str]:
    edition, site = _published(one, today, slug, tag)
    theme = project.theme(one)
    hard = render.render(edition, site, theme, replace(form, flowed=False))
    if findings := checks.verify(hard, edition):
        raise Withheld(tuple(findings))
    page = render.render(edition, site, theme, form) if form.flowed else hard
    return page, said(edition.article.title, edition)


def _published(one: Project, today: date, slug: str, tag: str) -> tuple[Edition, render.Site]:
    outcome = assess(one, today).outcome
    going = {
        (standing.article, standing.locale) for standing in outcome.standings if standing.published and standing.open
    }
    if (slug, tag) not in going:
        raise Withheld(tuple(f for f in outcome.findings if f.article in ("", slug) and f.locale in ("", tag)))
    editions = {(e.article.slug, e.locale.tag): e for e in project.load(one, today).editions}
    return editions[slug, tag], site_of(one, [edition for key, edition in editions.items() if key in going])
