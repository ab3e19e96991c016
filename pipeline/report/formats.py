"""The reports for programs, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.model import Outcome
from pipeline.report.data import to_json
from pipeline.report.github import to_github
from pipeline.report.gitlab import to_gitlab
from pipeline.report.junit import to_junit
from pipeline.report.markdown import to_markdown
from pipeline.report.sarif import to_sarif

FORMATS: Mapping[str, Callable[[Outcome], bytes]] = {
    "json": to_json,
    "sarif": to_sarif,
    "junit": to_junit,
    "github": to_github,
    "gitlab": to_gitlab,
    "markdown": to_markdown,
}
"""The reports for programs, by the name that ``--format`` takes; each is UTF-8 and the same for the same outcome."""
