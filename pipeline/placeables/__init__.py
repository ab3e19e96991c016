"""What must survive translation as it is: variables, tags, code, addresses, phone numbers and numbers.

The same spans are masked before a machine sees a text and compared after a person has translated it.
"""

from __future__ import annotations

from pipeline.placeables.digits import fold_digits, invisibles, phone_digits, strip_isolates
from pipeline.placeables.masks import Masked, Scheme, mask, unmask
from pipeline.placeables.phones import phones
from pipeline.placeables.spans import Placeable, find, markup, numbers
from pipeline.placeables.stretches import stretches

__all__ = [
    "Masked",
    "Placeable",
    "Scheme",
    "find",
    "fold_digits",
    "invisibles",
    "markup",
    "mask",
    "numbers",
    "phone_digits",
    "phones",
    "stretches",
    "strip_isolates",
    "unmask",
]
