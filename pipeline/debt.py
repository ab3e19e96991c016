"""Old findings that may pass: a baseline of those that were there, and what the settings suppress with a reason.

Neither ever holds what the gate exists for. Findings about safety text, helplines, finished pages and the gate itself
pass nothing by; a file or a setting that tries to is an error.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import SettingsError
from pipeline.model import Accepted, Finding, Key, Place, Suppression

__all__ = ["NONE", "PROTECTED", "Debt", "Entry", "Settled", "dump", "fingerprint", "is_protected", "load", "settle"]

PROTECTED = frozenset({"safety", "helpline", "page", "gate", "debt"})
"""The families of rules that take neither baseline nor suppression."""

SCHEMA = 1
"""Of the baseline file; another one is refused, because nobody knows what it would let pass."""

_FIELDS = frozenset({"fingerprint", "rule", "article", "locale", "source", "context", "path", "text", "count"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of finding in a baseline."""

    fingerprint: str
    rule: str
    article: str
    locale: str
    count: int
    """How many findings of this fingerprint may pass; any more of them is new."""

    place: Place
    """Of the baseline file."""


@dataclass(frozen=True, slots=True)
class Debt:
    """What may pass."""

    entries: tuple[Entry, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


NONE = Debt()


@dataclass(frozen=True, slots=True)
class Settled:
    """Findings told apart."""

    findings: tuple[Finding, ...]
    """Those that count."""

    accepted: tuple[Accepted, ...]
    stale: tuple[Entry | Suppression, ...]
    """What lets nothing pass any more, or fewer findings than it says."""


def is_protected(finding: Finding) -> bool:
    """Whether nothing may let a finding pass: by its rule, or because it is about a safety message."""
    return finding.rule.partition("/")[0] in PROTECTED or bool(finding.safety)


def fingerprint(finding: Finding) -> str:
    """The same for the same finding at every run, wherever its lines have moved to; 32 hexadecimal digits.

    Made of the rule, article, locale, message and sentence; of the file where there is no message.
    """
    return _hash(_facts(finding))


def settle(findings: Iterable[Finding], debt: Debt) -> Settled:
    """Tell findings apart into those that count and those that the debt lets pass."""
    if debt == NONE:
        return Settled(tuple(findings), (), ())
    left = {entry.fingerprint: entry.count for entry in debt.entries}
    used: set[Suppression] = set()
    counted: list[Finding] = []
    accepted: list[Accepted] = []
    for finding in findings:
        mark = fingerprint(finding)
        matching = [] if is_protected(finding) else [one for one in debt.suppressions if _matches(one, finding)]
        used.update(matching)
        if matching:
            accepted.append(Accepted(finding, matching[0].reason))
        elif not is_protected(finding) and left.get(mark, 0):
            left[mark] -= 1
            accepted.append(Accepted(finding, "baseline"))
        else:
            counted.append(finding)
    stale: tuple[Entry | Suppression, ...] = (
        *(entry for entry in debt.entries if left[entry.fingerprint]),
        *(one for one in debt.suppressions if one not in used),
    )
    return Settled(tuple(counted), tuple(accepted), stale)


def _matches(one: Suppression, finding: Finding) -> bool:
    wanted = (one.article or finding.article, one.locale or finding.locale, one.rule)
    about = finding.key.source if finding.key else ""
    return wanted == (finding.article, finding.locale, finding.rule) and one.message in ("", about)


# --- the file -----------------------------------------------------------------------------------


def dump(findings: Sequence[Finding]) -> bytes:
    """A baseline of the findings that one may hold; the others are left out. The same findings, the same bytes."""
    counts = Counter(_facts(finding) for finding in findings if not is_protected(finding))
    entries = [{"fingerprint": _hash(facts), **dict(facts), "count": count} for facts, count in sorted(counts.items())]
    text = json.dumps({"schema": SCHEMA, "findings": entries}, ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8", "backslashreplace")


def load(data: bytes, path: str) -> tuple[Entry, ...]:
    """The entries of a baseline.

    Raises SettingsError where it is no baseline, where an entry was changed by hand, and where one would let pass
    what no baseline may.
    """
    place = Place(path)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise SettingsError("this is no baseline: it cannot be read as JSON.", place) from None
    if not isinstance(document, dict) or set(document) != {"schema", "findings"} or document["schema"] != SCHEMA:
        raise SettingsError("this is no baseline that this version wrote; write it anew.", place)
    if not isinstance(document["findings"], list):
        raise SettingsError("the findings of a baseline must be a list; write it anew.", place)
    entries = tuple(_entry(raw, place) for raw in document["findings"])
    if len({entry.fingerprint for entry in entries}) != len(entries):
        raise SettingsError("a finding stands in this baseline twice; write it anew.", place)
    return entries


def _entry(raw: object, place: Place) -> Entry:
    if not isinstance(raw, dict) or set(raw) != _FIELDS or not _is_well_typed(raw):
        raise SettingsError("an entry of this baseline is malformed; write it anew.", place)
    if raw["rule"].partition("/")[0] in PROTECTED:
        raise SettingsError(f"no baseline may hold {raw['rule']}; mend what it found.", place)
    facts = tuple((name, raw[name]) for name in ("rule", "article", "locale", "source", "context", "path", "text"))
    if raw["fingerprint"] != _hash(facts):
        raise SettingsError("an entry of this baseline was changed by hand; write it anew.", place)
    return Entry(raw["fingerprint"], raw["rule"], raw["article"], raw["locale"], raw["count"], place)


def _is_well_typed(raw: Mapping[str, Any]) -> bool:
    count = raw["count"]
    texts = all(isinstance(raw[name], str) for name in _FIELDS - {"count"})
    return texts and isinstance(count, int) and not isinstance(count, bool) and count > 0


def _facts(finding: Finding) -> tuple[tuple[str, str], ...]:
    """What makes a finding the same one, by name."""
    key = finding.key or Key("")
    return (
        ("rule", finding.rule),
        ("article", finding.article),
        ("locale", finding.locale),
        ("source", key.source),
        ("context", key.context),
        ("path", finding.place.path if finding.place else ""),
        ("text", finding.text),
    )


def _hash(facts: tuple[tuple[str, str], ...]) -> str:
    text = json.dumps([value for _, value in facts], separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]
