"""PO catalogs: bytes to values and back.

An entry that nobody touched keeps its bytes, whatever editor wrote it; a new or changed one gets
gettext's own layout. Files are read in the charset of their header and written as UTF-8.
What PO cannot hold is refused, never dropped.

Meaning of the format: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from pipeline.po.catalog import Sketch, dump, formatted, load, new, recoded, sketch
from pipeline.po.charset import foreign
from pipeline.po.plain import Head

__all__ = ["Head", "Sketch", "dump", "foreign", "formatted", "load", "new", "recoded", "sketch"]
