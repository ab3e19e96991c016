"""The report as SARIF 2.1.0, for code scanning.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from pipeline import __version__, checks
from pipeline.debt import fingerprint
from pipeline.model import Accepted, Finding, Outcome, Place, Severity
from pipeline.report.ranking import Rank, place, ranked, related

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Rank.BLOCKS: "error", Rank.ASKS: "warning", Rank.DRAFT: "note"}
_NUMBERS = {rule.id: number for number, rule in enumerate(checks.RULES)}


def to_sarif(outcome: Outcome) -> bytes:
    """The outcome as UTF-8 SARIF; what is accepted stands there as suppressed. The same outcome, the same bytes."""
    seen: Counter[str] = Counter()
    results = [_result(finding, _LEVELS[rank], seen) for finding, rank in ranked(outcome)]
    results += [_accepted(one, seen) for one in outcome.accepted]
    driver = {"name": "Handrail", "semanticVersion": __version__, "rules": [_rule(rule) for rule in checks.RULES]}
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, "exitCode": 0 if outcome.open else 1}],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    report = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _rule(rule: checks.Rule[Any]) -> dict[str, Any]:
    level = "error" if rule.severity is Severity.ERROR else "warning"
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.reason},
        "help": {"text": f"{rule.summary} {rule.reason}", "markdown": checks.describe(rule)},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": [rule.family], "problem.severity": level},
    }


def _result(finding: Finding, level: str, seen: Counter[str]) -> dict[str, Any]:
    mark = fingerprint(finding)
    seen[mark] += 1
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": _NUMBERS.get(finding.rule, -1),
        "level": level,
        "message": {"text": f"{finding.text} {finding.advice}".strip()},
        "locations": [_location(place(finding))],
        "partialFingerprints": {"handrailFinding/v1": f"{mark}:{seen[mark]}"},
        "properties": {"article": finding.article, "locale": finding.locale, "safety": list(finding.safety)},
    }
    if source := related(finding):
        result["relatedLocations"] = [{**_location(source), "id": 1, "message": {"text": "The text of the article."}}]
    return result


def _accepted(one: Accepted, seen: Counter[str]) -> dict[str, Any]:
    level = "error" if one.finding.severity is Severity.ERROR else "warning"
    suppression = {"kind": "external", "status": "accepted", "justification": one.reason}
    return {**_result(one.finding, level, seen), "suppressions": [suppression]}


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.path)}}
    if place.line:
        physical["region"] = {"startLine": place.line}
    return {"physicalLocation": physical}
