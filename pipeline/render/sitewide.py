"""What lies around the pages of a site: the lists that lead to them, and what machines read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.model import Catalog, Registry
from pipeline.render.feed import feed
from pipeline.render.lists import articles_page, root_page
from pipeline.render.manifest import ICON, manifest
from pipeline.render.site import Site
from pipeline.render.sitemap import sitemap
from pipeline.render.theme import Theme
from pipeline.render.variant import template


def around(
    site: Site, theme: Theme, interfaces: Mapping[str, Catalog], registry: Registry
) -> Iterator[tuple[str, Iterator[str]]]:
    """Path below the root of the site -> text, in pieces, of what is no page of an article; nothing without pages.

    ``interfaces``: tag -> the theme's own words. Previews get the lists only, since no machine should find them.

    Raises:
        ThemeError: a template is missing or does not render.
    """
    if not site.published:
        return
    for locale in site.locales():
        yield f"{locale.tag}/index.html", articles_page(site, theme, locale, interfaces[locale.tag], registry)
        yield f"{locale.tag}/manifest.webmanifest", iter((manifest(site),))
        if site.url and (entries := feed(site, locale)):
            yield f"{locale.tag}/feed.xml", iter((entries,))
    yield "index.html", root_page(site, theme)
    yield ICON, iter((template(theme, ICON),))
    if site.url:
        yield "sitemap.xml", sitemap(site)
