"""A site, published or of previews: which pages there are, and how one page names another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from pipeline.model import Locale


@dataclass(frozen=True, slots=True)
class Site:
    """What a page must know about the pages beside it."""

    title: str
    """In the language of the source."""

    url: str
    """Where the site is published, without a slash at its end; empty where nobody knows yet, and for previews."""

    source: Locale

    published: Mapping[str, tuple[Locale, ...]]
    """Slug -> the locales that have a page, in the order in which readers see them."""

    titles: Mapping[str, Mapping[str, str]]
    """Slug -> tag -> title, for every article of the project and every locale that has a title."""

    demonstration: bool
    preview: bool = False
    """Whether its pages are previews, which name each other and no published page."""

    descriptions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """As titles; empty texts where an article has none."""

    dates: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    """Slug -> tag -> the day on which the page last changed in what it says, where that is known."""

    feedback: Mapping[str, str] = field(default_factory=dict)
    """Tag -> where readers report mistakes: a mail address or that of a page."""

    directory: str = ""
    """Where helplines of other countries are listed; empty where no list is named."""

    seen: list[tuple[Locale, ...]] = field(default_factory=list, init=False, compare=False, repr=False)
    """What :meth:`locales` found once: it goes through all pages, and every list asks for it."""

    def frame(self) -> Site:
        """The site without its pages, the same value each time: what templates see of it.

        So no template can make a page depend on pages that it does not link to.
        """
        return _frame(
            self.title,
            self.url,
            self.source,
            demonstration=self.demonstration,
            preview=self.preview,
            feedback=tuple(self.feedback.items()),
            directory=self.directory,
        )

    def has(self, slug: str, locale: Locale) -> bool:
        """Whether there is a page of an article in a locale."""
        return any(other.tag == locale.tag for other in self.published.get(slug, ()))

    def locales(self) -> tuple[Locale, ...]:
        """Those with a published page: the source first, then in the order of the first article that has them."""
        if not self.seen:
            found = {locale.tag: locale for locales in self.published.values() for locale in locales}
            self.seen.append(tuple(sorted(found.values(), key=lambda locale: locale.tag != self.source.tag)))
        return self.seen[0]


@lru_cache(maxsize=64)
def _frame(
    title: str,
    url: str,
    source: Locale,
    *,
    demonstration: bool,
    preview: bool,
    feedback: tuple[tuple[str, str], ...],
    directory: str,
) -> Site:
    return Site(title, url, source, {}, {}, demonstration, preview, feedback=dict(feedback), directory=directory)


def regions(site: Site, slug: str, locale: Locale) -> Iterator[Locale]:
    """Other regions whose readers have the article, or the site for an empty slug, in the language of a locale."""
    for other in site.published.get(slug, ()) if slug else site.locales():
        if other.tag != locale.tag and (other.language, other.script) == (locale.language, locale.script):
            yield other


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in one of the site's languages."""

    locale: Locale
    href: str
    """From the page that shows it."""

    url: str
    """Absolute where the site has an address."""

    og_locale: str


def alternates(site: Site, slug: str, up: str) -> Iterator[Alternate]:
    """The published editions of an article; an empty slug stands for the lists of articles.

    ``up`` leads from the page to the root of the site: ``../../``.
    """
    for locale in site.published.get(slug, ()) if slug else site.locales():
        href = f"{up}{address(locale.tag, slug)}index.html"
        yield Alternate(locale, href, absolute(site, locale.tag, slug) or href, og_locale(locale))


def address(tag: str, slug: str) -> str:
    """The folder of a page below the root of the site: ``fr-FR/x/``."""
    return f"{tag}/{slug}/" if slug else f"{tag}/"


def absolute(site: Site, tag: str, slug: str) -> str:
    """The whole address of a page; empty where the site has none."""
    return f"{site.url.rstrip('/')}/{address(tag, slug)}" if site.url else ""


def default_url(site: Site, slug: str) -> str:
    """The address for readers of no language of the site (``x-default``): the source's page, or the root.

    Empty where there is no such page or no address.
    """
    if not slug:
        return f"{site.url.rstrip('/')}/" if site.url else ""
    return absolute(site, site.source.tag, slug) if site.has(slug, site.source) else ""


def og_locale(locale: Locale) -> str:
    """Open Graph's form, language and territory without a script: ``zh_TW``."""
    return f"{locale.language}_{locale.region}" if locale.region else locale.language
