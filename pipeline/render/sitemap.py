"""The site map: the published pages and their other languages, https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from html import escape

from pipeline.render.site import Site, alternates, default_url


def sitemap(site: Site) -> str:
    """XML that lists every page of a site that has an address."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for slug in ("", *site.published):
        pages = tuple(alternates(site, slug, ""))
        named = [(page.locale.tag, page.url) for page in pages]
        named += [("x-default", url) for url in [default_url(site, slug)] if url]
        links = [f'    <xhtml:link rel="alternate" hreflang="{tag}" href="{escape(url)}"/>' for tag, url in named]
        if not slug:
            lines += ["  <url>", f"    <loc>{escape(default_url(site, slug))}</loc>", *links, "  </url>"]
        for page in pages:
            day = site.dates.get(slug, {}).get(page.locale.tag)
            changed = [f"    <lastmod>{day.isoformat()}</lastmod>"] if day else []
            lines += ["  <url>", f"    <loc>{escape(page.url)}</loc>", *changed, *links, "  </url>"]
    return "\n".join([*lines, "</urlset>", ""])
