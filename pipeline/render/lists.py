"""The pages that lead to articles: one for each locale, and the root of the site with all of them.

They grow with the site, so they are written piece by piece, and no list of all articles is ever held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Catalog, Locale, Registry
from pipeline.render import view
from pipeline.render.page import elsewhere, surroundings
from pipeline.render.site import Site, absolute, address, alternates, default_url
from pipeline.render.theme import Theme, stream


@dataclass(frozen=True, slots=True)
class _Entries:
    """The articles of a locale, as the templates list them."""

    site: Site
    locale: Locale
    up: str

    def __iter__(self) -> Iterator[dict[str, str]]:
        for slug in self._slugs():
            yield {"href": f"{self.up}{slug}/index.html", "title": self.site.titles[slug][self.locale.tag]}

    def __len__(self) -> int:
        return sum(1 for _ in self._slugs())

    def _slugs(self) -> Iterator[str]:
        return (slug for slug in self.site.published if self.site.has(slug, self.locale))


def articles_page(site: Site, theme: Theme, locale: Locale, interface: Catalog, registry: Registry) -> Iterator[str]:
    """HTML, in pieces, of ``<tag>/index.html``: the helplines of a locale and the articles that are published in it.

    There are such articles only where the gate found those helplines fit to be shown.

    Raises:
        ThemeError: a template is missing or does not render.
    """
    values = surroundings(theme.html, site, locale, interface) | {
        "preview": site.preview,
        "alternates": tuple(alternates(site, "", "../")),
        "home": "index.html",
        "url": absolute(site, locale.tag, ""),
        "default_url": default_url(site, "") or "../index.html",
        "up": "../",
        "elsewhere": elsewhere(site, "", locale, "../"),
        "helplines": view.lines(registry, locale),
        "entries": _Entries(site, locale, ""),
    }
    return stream(theme.html, "articles.html.jinja", values)


def root_page(site: Site, theme: Theme) -> Iterator[str]:
    """HTML, in pieces, of the site's first page: every locale and its articles, in their own languages.

    Raises:
        ThemeError: as :func:`articles_page`.
    """
    sections = [
        {
            "locale": locale,
            "href": f"{address(locale.tag, '')}index.html",
            "entries": _Entries(site, locale, address(locale.tag, "")),
        }
        for locale in site.locales()
    ]
    values = surroundings(theme.html, site, site.source, Catalog(site.source.tag)) | {
        "preview": site.preview,
        "alternates": tuple(alternates(site, "", "")),
        "home": "index.html",
        "url": default_url(site, ""),
        "default_url": default_url(site, "") or "index.html",
        "up": "",
        "sections": sections,
    }
    return stream(theme.html, "root.html.jinja", values)
