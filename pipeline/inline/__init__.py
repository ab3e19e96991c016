"""Inline markup as translators see it: a small Markdown with tags, read from and written to nodes.

One syntax serves every source format: ``**strong**``, ``*em*``, ``~~del~~``, a code span in backticks,
``[text](url "title")``, ``![alt](src)``, ``[^note]``, a backslash before a line break, ``{role.field}``,
plain tags (``<kbd>``), and numbered tags (``<a1>``) that stand for an element whose attributes would
only burden a translator. White space folds to single spaces, as it does in HTML.
"""

from pipeline.inline.conforming import conform, difference
from pipeline.inline.forms import LENGTH, OPAQUE_TAGS, SPACES, folded, form, is_plain, joined, pieces, plain, walk
from pipeline.inline.reading import parse
from pipeline.inline.simple import outline
from pipeline.inline.sourcing import BREAK, markdown, strict_markdown
from pipeline.inline.writing import dump

__all__ = [
    "BREAK",
    "LENGTH",
    "OPAQUE_TAGS",
    "SPACES",
    "conform",
    "difference",
    "dump",
    "folded",
    "form",
    "is_plain",
    "joined",
    "markdown",
    "outline",
    "parse",
    "pieces",
    "plain",
    "strict_markdown",
    "walk",
]
