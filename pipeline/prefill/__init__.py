"""Write suggestions into the messages that have no text yet.

Everything written is fuzzy and says where it comes from; nothing that a person wrote is touched, and
safety messages get nothing but what people accepted for that very source. What a machine offers is
judged here, in one place, whichever engine it came through: an empty target is safer than a wrong one.
"""

from typing import TYPE_CHECKING

from pipeline import lazily

if TYPE_CHECKING:
    from pipeline.prefill.filling import (
        ORIGIN,
        Answer,
        Assignment,
        Engine,
        Prefilled,
        Refused,
        accepted,
        ask,
        prefill,
        waiting,
    )
    from pipeline.prefill.objections import error_text, markup_objection, objection
else:
    __getattr__ = lazily.names(
        __name__,
        {
            "filling": "ORIGIN Answer Assignment Engine Prefilled Refused accepted ask prefill waiting",
            "objections": "error_text markup_objection objection",
        },
    )

__all__ = [
    "ORIGIN",
    "Answer",
    "Assignment",
    "Engine",
    "Prefilled",
    "Refused",
    "accepted",
    "ask",
    "error_text",
    "markup_objection",
    "objection",
    "prefill",
    "waiting",
]
