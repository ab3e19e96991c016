"""``handrail stats``: how much there is to translate."""

from __future__ import annotations

import argparse
import sys

from pipeline import project, report
from pipeline import stats as counting
from pipeline.cli import OPEN
from pipeline.cli.choice import slugs, tags
from pipeline.cli.clock import today
from pipeline.errors import UsageError


def stats(arguments: argparse.Namespace) -> int:
    """Print a table, JSON or a badge."""
    one = project.open_project(arguments.project)
    chosen, articles = tags(one, arguments.locale), slugs(one, arguments.article)
    loaded = project.load(one, today())
    for broken in loaded.broken:
        if broken.locale in ("", *chosen) or not chosen:
            raise broken.error
    counts = [
        count
        for count in counting.count(loaded.editions)
        if (not chosen or count.locale in chosen) and (not articles or count.article in articles)
    ]
    if not counts:
        raise UsageError("there is nothing to count: name a locale that the project translates into.")
    if arguments.format == "text":
        report.print_stats(counts, sys.stdout)
    elif arguments.format == "json":
        sys.stdout.write(report.stats_json(counts).decode())
    else:
        sys.stdout.write(
            report.badge(", ".join(dict.fromkeys(arguments.locale)) or one.settings.title, counts).decode()
        )
    return OPEN
