"""``handrail text``: the text of a published page for a terminal, a mail or a short message."""

from __future__ import annotations

import argparse
import sys

from pipeline import build, project, render, report
from pipeline.cli import CLOSED, OPEN
from pipeline.cli.choice import slugs, tags
from pipeline.cli.clock import today
from pipeline.errors import UsageError

NARROWEST, WIDEST = 24, 200


def text(arguments: argparse.Namespace) -> int:
    """Print one text; nothing where the page is withheld."""
    one = project.open_project(arguments.project)
    slugs(one, [arguments.article])
    tags(one, [arguments.locale])
    width: int = arguments.width
    if not NARROWEST <= width <= WIDEST:
        raise UsageError(f"A width of {width} columns cannot be read; ask for {NARROWEST} to {WIDEST}.")
    chosen = (one, today(), arguments.article, arguments.locale)
    try:
        if arguments.form == "sms":
            message = build.sms(*chosen)
            print(message.text)
            print(f"{message.segments} of {message.alphabet}, {message.units} units", file=sys.stderr)
        elif arguments.form == "mail":
            sys.stdout.buffer.write(build.mail(*chosen, width))
        else:
            print(build.plain(*chosen, render.Form(width)), end="")
    except build.Withheld as withheld:
        report.findings(withheld.findings, sys.stderr)
        print(withheld.message, file=sys.stderr)
        return CLOSED
    return OPEN
