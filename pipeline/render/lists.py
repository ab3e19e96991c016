"""The pages that lead to articles: one for each locale, and the root of the site with all of them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Catalog, Locale, Registry
from pipeline.render import view
from pipeline.render.page import elsewhere, surroundings
from pipeline.render.site import Site, absolute, address, alternates, default_url
from pipeline.render.theme import Theme, fill


def articles_page(site: Site, theme: Theme, locale: Locale, interface: Catalog, registry: Registry) -> str:
    """HTML of ``<tag>/index.html``: the helplines of a locale and the articles that are published in it.

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
        "url": default_url(site, ""),
        "default_url": default_url(site, "") or "index.html",
        "up": "",
        "sections": sections,
    }
    return fill(theme.html, "root.html.jinja", values)


def _entries(site: Site, locale: Locale, up: str) -> Iterator[dict[str, str]]:
    for slug in site.published:
        if site.has(slug, locale):
            yield {"href": f"{up}{slug}/index.html", "title": site.titles[slug][locale.tag]}
