"""The files that translators work on, kept up to date: templates from articles, catalogs from templates.

Each verb walks the project and yields what became of every file. A file that cannot be read is left
exactly as it is and reported; the walk goes on with the others. Each file is whole at every moment, and a verb
that was interrupted between two files is simply run again.
"""

from typing import TYPE_CHECKING

from pipeline import lazily

if TYPE_CHECKING:
    from pipeline.catalogs.remembering import Taken, export, learned, memory_of, take
    from pipeline.catalogs.suggesting import Charge, Suggesting, engines_run
    from pipeline.catalogs.updating import current, update, update_trivially
    from pipeline.catalogs.upkeep import brought, layout, moved
    from pipeline.catalogs.walking import Change
else:
    __getattr__ = lazily.names(
        __name__,
        {
            "remembering": "Taken export learned memory_of take",
            "suggesting": "Charge Suggesting engines_run",
            "updating": "current update update_trivially",
            "upkeep": "brought layout moved",
            "walking": "Change",
        },
    )

__all__ = [
    "Change",
    "Charge",
    "Suggesting",
    "Taken",
    "brought",
    "current",
    "engines_run",
    "export",
    "layout",
    "learned",
    "memory_of",
    "moved",
    "take",
    "update",
    "update_trivially",
]
