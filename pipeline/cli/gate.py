"""``handrail build``, ``status``, ``render`` and ``rules``: what is wrong, and what goes out."""

from __future__ import annotations

import argparse
import sys

from pipeline import build as building
from pipeline import checks, project, report
from pipeline.cli import OPEN
from pipeline.cli.choice import slugs, tags
from pipeline.cli.clock import today
from pipeline.cli.printing import code, tell
from pipeline.cli.sourcing import refuse_site, render_source


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
