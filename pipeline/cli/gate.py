"""``handrail build``, ``status``, ``render`` and ``rules``: what is wrong, and what goes out."""

from __future__ import annotations

import argparse
import sys

from pipeline import build as building
from pipeline import checks, project, report
from pipeline.cli import OPEN
from pipeline.cli.checking import baseline
from pipeline.cli.choice import slugs, tags, today
from pipeline.cli.printing import code, tell
from pipeline.cli.reporting import DASHBOARD, write_reports
from pipeline.cli.sourcing import refuse_site, render_source
from pipeline.model import Outcome


def build(arguments: argparse.Namespace) -> int:
    """Write the site, the previews and the report."""
    one = project.open_project(arguments.project)
    built = building.build(one, today(), baseline(arguments.baseline))
    write_reports(one, built.outcome)
    if arguments.format != "text":
        return tell(built.outcome, arguments.format, one.root)
    published = [finding for finding in built.outcome.findings if _counts(finding.locale, built.outcome)]
    report.findings(published, sys.stdout)
    report.standings(built.outcome, sys.stdout)
    print()
    print(f"pages     {one.root / building.SITE}")
    if any(not standing.published for standing in built.outcome.standings):
        print(f"previews  {one.root / building.PREVIEW}")
    print(f"report    {one.root / DASHBOARD}")
    print(f"{len(built.written)} files written, {len(built.removed)} removed")
    report.accepted(built.outcome, sys.stdout)
    report.summary(built.outcome, sys.stdout)
    return code(built.outcome)


def status(arguments: argparse.Namespace) -> int:
    """Show the table of locales."""
    one = project.open_project(arguments.project)
    wanted = building.Wanted(slugs(one, arguments.article), tags(one, arguments.locale))
    outcome = building.assess(one, today(), wanted).outcome
    if arguments.format == "json":
        return tell(outcome, "json", one.root)
    report.standings(outcome, sys.stdout)
    report.summary(outcome, sys.stdout)
    return code(outcome)


def render(arguments: argparse.Namespace) -> int:
    """Print one page, or write it to a folder outside the site."""
    one = project.open_project(arguments.project)
    slugs(one, [arguments.article])
    tags(one, [arguments.locale])
    if arguments.format == "source":
        return render_source(one, arguments)
    page = building.preview(one, today(), arguments.article, arguments.locale)
    if arguments.to is None:
        print(page.html if arguments.format == "html" else page.text, end="")
        return OPEN
    refuse_site(one, arguments.to)
    for name, text in (("index.html", page.html), ("index.txt", page.text)):
        project.write(arguments.to, name, text.encode())
        print(arguments.to / name)
    return OPEN


def rules(arguments: argparse.Namespace) -> int:
    """List all rules, or explain some."""
    for rule in [checks.rule(name) for name in arguments.rule]:
        print(checks.describe(rule))
    if not arguments.rule:
        for rule in checks.RULES:
            print(f"{rule.id:32} {rule.severity.value:8} {rule.summary}")
    return OPEN


def _counts(tag: str, outcome: Outcome) -> bool:
    """Whether findings of a locale are of interest to who publishes; drafts have many, and they are no news."""
    return not tag or any(standing.published for standing in outcome.standings if standing.locale == tag)
