"""The report for GitLab's code quality widget.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from pipeline.debt import fingerprint
from pipeline.model import Finding, Outcome
from pipeline.report.ranking import Rank, place, ranked, related

_SEVERITIES = {Rank.BLOCKS: "blocker", Rank.ASKS: "minor", Rank.DRAFT: "info"}


def to_gitlab(outcome: Outcome) -> bytes:
    """The findings as a UTF-8 JSON list; fingerprints are unique, and stay when lines move."""
    seen: Counter[str] = Counter()
    issues = [_issue(finding, _SEVERITIES[rank], seen) for finding, rank in ranked(outcome)]
    return (json.dumps(issues, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _issue(finding: Finding, severity: str, seen: Counter[str]) -> dict[str, Any]:
    mark = fingerprint(finding)
    seen[mark] += 1
    source = f" (source: {related(finding)})" if related(finding) else ""
    where = place(finding)
    return {
        "description": f"{finding.text} {finding.advice}{source}",
        "check_name": finding.rule,
        "fingerprint": mark if seen[mark] == 1 else f"{mark}{seen[mark]}",
        "severity": severity,
        "location": {"path": where.path, "lines": {"begin": max(where.line, 1)}},
    }
