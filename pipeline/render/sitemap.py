"""The site map: the published pages and their other languages, https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from html import escape

from pipeline.render.site import Site, alternates


def sitemap(site: Site) -> str:
    """XML that lists every page of a site that has an address."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for slug in site.published:
        pages = tuple(alternates(site, slug, ""))
        links = [
            f'    <xhtml:link rel="alternate" hreflang="{page.locale.tag}" href="{escape(page.url)}"/>'
            for page in pages
        ]
        for page in pages:
            lines += ["  <url>", f"    <loc>{escape(page.url)}</loc>", *links, "  </url>"]
    return "\n".join([*lines, "</urlset>", ""])
