"""Bring a catalog up to date with its template, losing no human text and accepting none.

What no longer stands in the template becomes obsolete and comes back with its source. A text is taken
for another source only as fuzzy, and not at all where the message is safety text or where the two
sources differ in something that a reader's health may hang on.
"""

from pipeline.merge.catalog import merge

__all__ = ["merge"]
