"""A localized article -> the file of its source with the translations in it, all else byte for byte.

Each target is written over the bytes that its segment came from, in the form that the place wants. The
result is read back: it must be the localized article, block for block and word for word. A target that
cannot be written so stays out, and the source's own bytes stay in.
"""

from typing import TYPE_CHECKING

from pipeline import lazily

if TYPE_CHECKING:
    from pipeline.splice.settling import Spliced, splice
else:
    __getattr__ = lazily.names(
        __name__,
        {
            "settling": "Spliced splice",
        },
    )

__all__ = ["Spliced", "splice"]
