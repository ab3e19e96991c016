"""``handrail theme``: the packaged templates, and which of them a project replaces."""

from __future__ import annotations

import argparse

from pipeline import project, render
from pipeline.cli import OPEN
from pipeline.errors import UsageError


def theme(arguments: argparse.Namespace) -> int:
    """List the templates, or copy some into the project."""
    one = project.open_project(arguments.project)
    own = project.THEME
    known = render.packaged()
    if arguments.action == "list":
        if arguments.template:
            raise UsageError("handrail theme list takes no names; handrail theme eject copies templates.")
        for name in known:
            print(f"{name:24} {'replaced in ' + own if (one.root / own / name).exists() else 'packaged'}")
        return OPEN
    for name in arguments.template or known:
        if name not in known:
            raise UsageError(f"There is no packaged template “{name}”; there are {', '.join(known)}.")
        if (one.root / own / name).exists():
            raise UsageError(f"{own}/{name} is there already, and yours; remove it to copy the packaged one again.")
    for name in arguments.template or known:
        project.write(one.root, f"{own}/{name}", known[name].encode())
        print(f"{own}/{name}")
    return OPEN
