"""Bring a catalog up to date with its template, losing no human text and accepting none.

What no longer stands in the template becomes obsolete and comes back with its source. A text is taken
for another source only as fuzzy, and not at all where the message is safety text or where the two
sources differ in something that a reader's health may hang on. The one exception is a source edit that a
person declares trivial.
"""

from typing import TYPE_CHECKING

from pipeline import lazily

if TYPE_CHECKING:
    from pipeline.merge.catalog import merge, merge_sketch
    from pipeline.merge.offers import Kinship
    from pipeline.merge.trivial import Declared, Declined, Kept, declare
    from pipeline.merge.versions import Reconciled, reconcile
else:
    __getattr__ = lazily.names(
        __name__,
        {
            "catalog": "merge merge_sketch",
            "offers": "Kinship",
            "trivial": "Declared Declined Kept declare",
            "versions": "Reconciled reconcile",
        },
    )

__all__ = ["Declared", "Declined", "Kept", "Kinship", "Reconciled", "declare", "merge", "merge_sketch", "reconcile"]
