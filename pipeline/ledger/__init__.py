"""What earlier builds found out, in ``.handrail/build.sqlite``: deleting it loses time and nothing else.

Nothing in it is trusted because it is there. A row counts only under the hash of all that it was made of, and only
where its own seal holds; a file that is no ledger of this version is thrown away; a file of the project or of the
output counts as unchanged only where the file system says so, or its bytes do. This room imports nothing but the
standard library, so that a build with nothing to do is there at once.
"""

from pipeline.ledger.answer import Answer, conditions, count, listing, unchanged
from pipeline.ledger.program import fingerprint
from pipeline.ledger.sight import ABSENT, UNREADABLE, Sight, digest, is_same, look, mark, marked, names
from pipeline.ledger.store import FOLDER, Ledger, LedgerError, discard, opened, temporary
from pipeline.ledger.upkeep import Column, Kept, Layout, Outlook, Shelf, Upkeep, root_of_updates, updates

__all__ = [
    "ABSENT",
    "FOLDER",
    "UNREADABLE",
    "Answer",
    "Column",
    "Kept",
    "Layout",
    "Ledger",
    "LedgerError",
    "Outlook",
    "Shelf",
    "Sight",
    "Upkeep",
    "conditions",
    "count",
    "digest",
    "discard",
    "fingerprint",
    "is_same",
    "listing",
    "look",
    "mark",
    "marked",
    "names",
    "opened",
    "root_of_updates",
    "temporary",
    "unchanged",
    "updates",
]
