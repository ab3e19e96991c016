"""The web manifest of each locale, in its folder: what a phone shows when a reader keeps the site on its home screen.

https://www.w3.org/TR/appmanifest/
"""

from __future__ import annotations

import json

from pipeline.render.site import Site

ICON = "icon.svg"
"""The theme's icon, at the root of the site."""


def manifest(site: Site) -> str:
    """JSON; the name is in the language of the source, and says so."""
    data = {
        "name": site.title,
        "short_name": site.title,
        "lang": site.source.tag,
        "dir": site.source.direction,
        "start_url": "index.html",
        "scope": "../",
        "display": "minimal-ui",
        # the colours of the packaged style sheet
        "background_color": "#fbfaf6",
        "theme_color": "#0a5a60",
        "icons": [{"src": f"../{ICON}", "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
