"""Whether the gate closes for a case: the same functions, in the same order, as in a build."""

from __future__ import annotations

import enum

from pipeline import checks, render
from pipeline.audit.operators import Operator
from pipeline.audit.subject import Case, Subject
from pipeline.errors import HandrailError
from pipeline.model import Edition, Finding, Severity

SIGN_OFF_RULES = frozenset(
    f"safety/{name}"
    for name in (
        "not-signed-off",
        "source-changed",
        "target-changed",
        "demonstration",
        "reviewer",
        "date-in-future",
        "gone",
        "other-locale",
    )
)
"""What a fresh translation does without."""


REFUSED = "refused by its reader"
"""In the place of a rule, where a changed text cannot even be read."""


class Verdict(enum.Enum):
    """What the gate does with a case."""

    CLOSED = "closed"
    WARNED = "warned"
    OPEN = "open"


def judge(case: Case, subject: Subject) -> tuple[Verdict, Verdict, tuple[str, ...]]:
    """The verdict with sign-offs in force, the one without, and the rules that found something.

    Without sign-offs means: on a translation that nobody has signed off, the rules about sign-offs switched out.
    """
    if case.edition is None:
        return Verdict.CLOSED, Verdict.CLOSED if case.fresh is None else _fresh(case, case.fresh, subject), (REFUSED,)
    found = _checked(case, case.edition)
    if checks.is_open(found):
        found += _verified(case, case.edition, subject)
    rules = tuple(dict.fromkeys(finding.rule for finding in found))
    errors = tuple(dict.fromkeys(finding.rule for finding in found if finding.severity is Severity.ERROR))
    if case.fresh is not None:
        fresh = _fresh(case, case.fresh, subject)
    elif set(errors) - SIGN_OFF_RULES or not errors:
        fresh = _verdict(found)
    else:
        unsigned = tuple(finding for finding in found if finding.rule not in SIGN_OFF_RULES)
        fresh = _verdict((*unsigned, *_verified(case, case.edition, subject)))
    return _verdict(found), fresh, errors or rules


def has_fresh(operator: Operator) -> bool:
    """Whether an operator means anything without sign-offs."""
    return operator.target != "sign-off"


def _fresh(case: Case, edition: Edition, subject: Subject) -> Verdict:
    found = tuple(finding for finding in _checked(case, edition) if finding.rule not in SIGN_OFF_RULES)
    return _verdict(found if not checks.is_open(found) else (*found, *_verified(case, edition, subject)))


def _checked(case: Case, edition: Edition) -> tuple[Finding, ...]:
    """What the gate finds before rendering; a change of theme or page comes after that."""
    return checks.check(edition) if case.page is None and case.theme is None else ()


def _verified(case: Case, edition: Edition, subject: Subject) -> tuple[Finding, ...]:
    """What the gate finds on the finished page."""
    try:
        page = case.page or render.render(edition, subject.site, case.theme or subject.theme)
    except HandrailError as error:
        return (checks.not_rendered(error, edition),)
    return checks.verify(page, edition)


def _verdict(found: tuple[Finding, ...]) -> Verdict:
    if not checks.is_open(found):
        return Verdict.CLOSED
    return Verdict.WARNED if found else Verdict.OPEN
