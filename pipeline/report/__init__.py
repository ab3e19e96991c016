"""What a check or a build came to, for people (:mod:`.text`) and for programs."""

from collections.abc import Callable, Mapping

from pipeline.model import Outcome
from pipeline.report.dashboard import dashboard
from pipeline.report.data import json_pieces, to_json
from pipeline.report.figures import progress, table
from pipeline.report.github import to_github
from pipeline.report.gitlab import to_gitlab
from pipeline.report.junit import to_junit
from pipeline.report.markdown import to_markdown
from pipeline.report.ranking import below
from pipeline.report.sarif import to_sarif
from pipeline.report.stats import badge, print_stats, stats_json
from pipeline.report.text import Told, accepted, findings, standings, summary

__all__ = [
    "FORMATS",
    "Told",
    "accepted",
    "badge",
    "below",
    "dashboard",
    "findings",
    "json_pieces",
    "print_stats",
    "progress",
    "standings",
    "stats_json",
    "summary",
    "table",
    "to_json",
]

FORMATS: Mapping[str, Callable[[Outcome], bytes]] = {
    "json": to_json,
    "sarif": to_sarif,
    "junit": to_junit,
    "github": to_github,
    "gitlab": to_gitlab,
    "markdown": to_markdown,
}
"""The reports for programs, by the name that ``--format`` takes; each is UTF-8 and the same for the same outcome."""
