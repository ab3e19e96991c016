"""The pages that lead to articles: one for each locale, and the root of the site with all of them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Catalog, Locale
from pipeline.render.page import surroundings
from pipeline.render.site import Site, absolute, address, alternates
from pipeline.render.theme import Theme, fill


def articles_page(site: Site, theme: Theme, locale: Locale, interface: Catalog) -> str:
    """HTML of ``<tag>/index.html``: the articles that are published in a locale.

    Raises:
        ThemeError: a template is missing or does not render.
    """
    values = surroundings(theme.html, site, locale, interface) | {
        "preview": site.preview,
        "alternates": tuple(alternates(site, "", "../")),
        "home": "index.html",
        "url": absolute(site, locale.tag, ""),
        "default_url": f"{site.url}/" if site.url else "../index.html",
        "entries": list(_entries(site, locale, "")),
    }
    return fill(theme.html, "articles.html.jinja", values)


def root_page(site: Site, theme: Theme) -> str:
    """HTML of the site's first page: every locale and its articles, in their own languages, without a script.

    Raises:
        ThemeError: as :func:`articles_page`.
    """
    sections = [
        {
            "locale": locale,
            "href": f"{address(locale.tag, '')}index.html",
            "entries": list(_entries(site, locale, address(locale.tag, ""))),
        }
        for locale in site.locales()
    ]
    values = surroundings(theme.html, site, site.source, Catalog(site.source.tag)) | {
        "preview": site.preview,
        "alternates": tuple(alternates(site, "", "")),
        "home": "index.html",
        "url": f"{site.url}/" if site.url else "",
        "default_url": f"{site.url}/" if site.url else "index.html",
        "sections": sections,
    }
    return fill(theme.html, "root.html.jinja", values)


def _entries(site: Site, locale: Locale, up: str) -> Iterator[dict[str, str]]:
    for slug in site.published:
        if site.has(slug, locale):
            yield {"href": f"{up}{slug}/index.html", "title": site.titles[slug][locale.tag]}
