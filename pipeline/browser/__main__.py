"""Print the reference page of the rules of this room: ``python -m pipeline.browser > docs/browser.md``."""

from __future__ import annotations

from pipeline.browser import reference

print(reference(), end="")
