"""The site map: the published pages and their other languages, https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import chain

from pipeline.render.site import Site, alternates, default_url


def sitemap(site: Site) -> Iterator[str]:
    """XML, in pieces, that lists every page of a site that has an address."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for slug in chain(("",), site.published):
        pages = tuple(alternates(site, slug, ""))
        named = [(page.locale.tag, page.url) for page in pages]
        named += [("x-default", url) for url in [default_url(site, slug)] if url]
        links = [f'    <xhtml:link rel="alternate" hreflang="{tag}" href="{escape(url)}"/>' for tag, url in named]
        if not slug:
            yield _lines("  <url>", f"    <loc>{escape(default_url(site, slug))}</loc>", *links, "  </url>")
        for page in pages:
            day = site.dates.get(slug, {}).get(page.locale.tag)
            changed = [f"    <lastmod>{day.isoformat()}</lastmod>"] if day else []
            yield _lines("  <url>", f"    <loc>{escape(page.url)}</loc>", *changed, *links, "  </url>")
    yield "</urlset>\n"


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)
