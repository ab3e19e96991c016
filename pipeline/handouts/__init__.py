"""Hand-outs: published pages as PDF, each of which is read back before it is let out.

Chromium prints the page, so that every script is shaped as on the screen; poppler's ``pdftotext`` reads the PDF, and
what a reader must find is looked for in it by another account than the one that made the page. Printing
(:mod:`.printing`) needs the libraries of the extra ``browser``, Chromium and poppler; keeping its work does not.
"""

from pipeline.handouts.keeping import FOLDER, Kept, kept, path_of, withdraw

__all__ = ["FOLDER", "Kept", "kept", "path_of", "withdraw"]
