"""A feed for each locale, of the articles that it publishes: Atom, https://www.rfc-editor.org/rfc/rfc4287."""

from __future__ import annotations

from heapq import nsmallest
from html import escape

from pipeline.model import Locale
from pipeline.render.site import Site, absolute

MOST = 100
"""Articles in a feed: readers of feeds want what is new."""


def feed(site: Site, locale: Locale) -> str:
    """XML of a site that has an address; empty where no article of the locale has a date, which Atom demands.

    The newest article comes first; older ones than the newest :data:`MOST` are left out.
    """
    dated = (
        (site.dates[slug][locale.tag], slug)
        for slug in site.published
        if site.has(slug, locale) and locale.tag in site.dates.get(slug, {})
    )
    found = nsmallest(MOST, dated, key=lambda one: (-one[0].toordinal(), one[1]))
    if not found:
        return ""
    home = absolute(site, locale.tag, "")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{locale.tag}">',
        f"  <id>{escape(home)}</id>",
        f"  <title>{escape(site.title)}</title>",
        f"  <updated>{found[0][0].isoformat()}T00:00:00Z</updated>",
        f"  <author><name>{escape(site.title)}</name></author>",
        f'  <link rel="self" type="application/atom+xml" href="{escape(home)}feed.xml"/>',
        f'  <link rel="alternate" type="text/html" hreflang="{locale.tag}" href="{escape(home)}"/>',
    ]
    for day, slug in found:
        url = escape(absolute(site, locale.tag, slug))
        summary = site.descriptions.get(slug, {}).get(locale.tag, "")
        lines += [
            "  <entry>",
            f"    <id>{url}</id>",
            f"    <title>{escape(site.titles[slug][locale.tag])}</title>",
            f"    <updated>{day.isoformat()}T00:00:00Z</updated>",
            f'    <link rel="alternate" type="text/html" hreflang="{locale.tag}" href="{url}"/>',
            *([f"    <summary>{escape(summary)}</summary>"] if summary else []),
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])
