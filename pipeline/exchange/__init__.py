"""Files that translation agencies and their tools read: XLIFF, TMX and TBX, and glossaries as tables.

Pure functions between bytes and values. Markup and ``{variables}`` travel as inline codes, which other tools
protect; what comes back is compared with the catalog message by message, and enters it only where its codes are
those of the source. Every XML file is read without entities, without the network and within bounds.
"""

from typing import TYPE_CHECKING

from pipeline import lazily

if TYPE_CHECKING:
    from pipeline.exchange.entering import Entered, Entry, Fate, Terms, enter
    from pipeline.exchange.formats import FORMATS, GLOSSARIES, read, read_terms, write, write_terms
    from pipeline.exchange.memories import Pair, read_pairs, write_pairs
    from pipeline.exchange.terms import joined
    from pipeline.exchange.units import Bundle, Code, Note, Unit, bundle
else:
    __getattr__ = lazily.names(
        __name__,
        {
            "entering": "Entered Entry Fate Terms enter",
            "formats": "FORMATS GLOSSARIES read read_terms write write_terms",
            "memories": "Pair read_pairs write_pairs",
            "terms": "joined",
            "units": "Bundle Code Note Unit bundle",
        },
    )

__all__ = [
    "FORMATS",
    "GLOSSARIES",
    "Bundle",
    "Code",
    "Entered",
    "Entry",
    "Fate",
    "Note",
    "Pair",
    "Terms",
    "Unit",
    "bundle",
    "enter",
    "joined",
    "read",
    "read_pairs",
    "read_terms",
    "write",
    "write_pairs",
    "write_terms",
]
