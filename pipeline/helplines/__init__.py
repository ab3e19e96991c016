"""The helpline registry: which verified contacts each region shows, and the nodes that show them.

A number on a page comes from here and from nowhere else. An entry is fit to be shown only while a
verification is bound to exactly the facts that the entry states; :func:`problems` says what is not.
"""

from __future__ import annotations

from pipeline.helplines.facts import (
    calling_code,
    contact_numbers,
    facts_hash,
    name_in,
    phone_contact,
    resolve,
    roles,
    tel_uri,
    variable_text,
)
from pipeline.helplines.fill import fill
from pipeline.helplines.fitness import RECHECK_AFTER, Problem, ends, problems
from pipeline.helplines.hours import in_locale as hours_in
from pipeline.helplines.registry import load, seal

__all__ = [
    "RECHECK_AFTER",
    "Problem",
    "calling_code",
    "contact_numbers",
    "ends",
    "facts_hash",
    "fill",
    "hours_in",
    "load",
    "name_in",
    "phone_contact",
    "problems",
    "resolve",
    "roles",
    "seal",
    "tel_uri",
    "variable_text",
]
