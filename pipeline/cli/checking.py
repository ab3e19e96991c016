"""``handrail check``, ``verify`` and ``release``: what CI and auditors ask for.

What reads registries and pages is imported where it is used: to check catalogs, workers alone need the rules.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import build, debt, history, project
from pipeline.cli.choice import slugs, tags
from pipeline.cli.clock import today
from pipeline.cli.printing import code, explain, tell
from pipeline.collection import no_collection
from pipeline.debt import Entry
from pipeline.errors import HandrailError, SettingsError, UsageError
from pipeline.model import Outcome, Place, Registry

if TYPE_CHECKING:  # to check files takes no reader of articles
    from pipeline.project import Project

RELEASED = "helplines.toml"
"""In an audit pack, the registry as it was released."""


def check(arguments: argparse.Namespace) -> int:
    """Report findings of the project, or of the files that are named; write nothing but a baseline."""
    if arguments.baseline and arguments.write_baseline:
        raise UsageError("--baseline and --write-baseline exclude each other.")
    if arguments.file:
        with no_collection():
            return _told(arguments, *_files(arguments))
    return _told(arguments, *_project(arguments))


def _told(arguments: argparse.Namespace, root: Path, outcome: Outcome) -> int:
    if arguments.write_baseline:
        return _write_baseline(arguments, outcome)
    return explain(outcome) if arguments.format == "text" else tell(outcome, arguments.format, root)


def verify(arguments: argparse.Namespace) -> int:
    """Report what is wrong with pages that another tool made."""
    one = project.open_project(arguments.project)
    text = build.OWN if arguments.text == "none" else arguments.text
    outcome = build.verify_folder(one, arguments.folder, build.Layout(arguments.layout, text), today())
    if arguments.browser:
        from pipeline.cli.looking import looked_at

        outcome = looked_at(outcome, arguments.folder)
    return explain(outcome) if arguments.format == "text" else tell(outcome, arguments.format, one.root)


def release(arguments: argparse.Namespace) -> int:
    """Write the audit pack; the exit code is that of the gate."""
    from pipeline import release as packing

    one = _against(project.open_project(arguments.project), arguments.against)
    if arguments.out.resolve().is_relative_to(one.root / build.SITE):
        raise UsageError(f"{build.SITE} holds what is published; write the audit pack somewhere else.")
    day = today()
    assessed = build.assess(one, day, build.EVERYTHING, baseline(arguments.baseline))
    editions = project.load(one, day).editions
    record = packing.record(one, day, assessed.outcome, editions, assessed.hashes)
    files = (
        ("release.json", packing.to_json(record)),
        ("release.html", packing.to_html(record)),
        (RELEASED, project.read(one.root, project.REGISTRY)),
    )
    for name, data in files:
        project.write(arguments.out, name, data)
        print(arguments.out / name)
    return code(assessed.outcome)


def baseline(file: Path | None) -> tuple[Entry, ...]:
    """The entries of a baseline; none where no file is named. SettingsError where it cannot be read."""
    if file is None:
        return ()
    try:
        return debt.load(project.read(Path(), str(file)), file.as_posix())
    except SettingsError:
        raise
    except HandrailError as error:
        raise SettingsError(error.message, error.place) from None


def _project(arguments: argparse.Namespace) -> tuple[Path, Outcome]:
    if arguments.registry:
        raise UsageError("--registry goes with the files to check; a project has its own registry.")
    one = _against(project.open_project(arguments.project), arguments.against)
    wanted = build.Wanted(slugs(one, arguments.article), tags(one, arguments.locale))
    if arguments.release:
        one = _for_release(one)
    return one.root, build.assess(one, today(), wanted, baseline(arguments.baseline)).outcome


def _for_release(one: Project) -> Project:
    """The project with demonstrations refused, whatever its settings say."""
    policy = replace(one.settings.policy, demonstration=False)
    return replace(one, settings=replace(one.settings, policy=policy))


def _against(one: Project, what: str | None) -> Project:
    """The project with the registry of an earlier release, behind which no helpline may fall back.

    ``what`` is that registry, a folder with an audit pack, or a revision of git. UsageError where it is none of them:
    a comparison with nothing must not pass.
    """
    if what is None:
        return one
    path = Path(what) / RELEASED if Path(what).is_dir() else Path(what)
    if path.is_file():
        data = project.read(Path(), str(path))
    else:
        try:
            data = history.file(one.root, what, project.REGISTRY)
        except history.GitError as error:
            raise UsageError(f"--against {what}: no such file or folder with {RELEASED}, and {error}") from None
    from pipeline import helplines

    released = helplines.load(data, f"{what}:{project.REGISTRY}")
    if not released.helplines:
        raise UsageError(f"--against {what}: that registry has no helpline, so there is nothing to compare with.")
    policy = replace(one.settings.policy, released=released)
    return replace(one, settings=replace(one.settings, policy=policy))


def _files(arguments: argparse.Namespace) -> tuple[Path, Outcome]:
    for name in ("article", "locale", "release", "against"):
        if getattr(arguments, name):
            raise UsageError(f"--{name} is for a project; with files, name the files that you mean.")
    jobs = arguments.jobs or len(os.sched_getaffinity(0))
    outcome = build.check_files(arguments.file, _registry(arguments), today(), baseline(arguments.baseline), jobs)
    return Path.cwd(), outcome


def _registry(arguments: argparse.Namespace) -> Registry:
    if not arguments.registry:
        return Registry({}, {})
    from pipeline import helplines

    path = arguments.registry.as_posix()
    loaded = helplines.load(project.read(Path(), str(arguments.registry)), path)
    if not loaded.helplines:
        raise SettingsError("this registry has no helpline, so it knows no number.", Place(path))
    return loaded


def _write_baseline(arguments: argparse.Namespace, outcome: Outcome) -> int:
    """Write what is there as what may pass, and check again with it."""
    file = arguments.write_baseline
    data = debt.dump(outcome.findings)
    target = file.resolve()
    project.save(target.parent, target.name, data)
    protected = sum(debt.is_protected(finding) for finding in outcome.findings)
    print(f"{file}: {len(outcome.findings) - protected} findings may pass, {protected} may not.")
    return check(argparse.Namespace(**{**vars(arguments), "baseline": file, "write_baseline": None}))
