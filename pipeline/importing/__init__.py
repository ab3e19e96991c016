"""Articles from elsewhere: pasted text and web pages become drafts, translations become suggestions.

Everything here is pure: bytes and values in, values out. Whatever is removed or guessed is accounted for in
remarks; what a machine cannot know is left to a person.
"""

from pipeline.importing.aligning import Alignment, Pair, align
from pipeline.importing.blocks import Remark
from pipeline.importing.drafting import Draft, draft, slug_of
from pipeline.importing.filling import ORIGIN, Filled, fill, trustworthy
from pipeline.importing.lines import LARGEST

__all__ = [
    "LARGEST",
    "ORIGIN",
    "Alignment",
    "Draft",
    "Filled",
    "Pair",
    "Remark",
    "align",
    "draft",
    "fill",
    "slug_of",
    "trustworthy",
]
