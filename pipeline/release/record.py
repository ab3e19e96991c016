"""Everything that an auditor may ask about a release, as one value that both files are made of."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from pipeline import __version__, checks, helplines, project, signoff, standing
from pipeline.checks.units import article_segments, variables
from pipeline.errors import RegistryError
from pipeline.model import Edition, Finding, Helpline, Outcome, Severity, SignOff
from pipeline.project import Project

Record: TypeAlias = dict[str, Any]
"""What JSON can hold; docs/ci.md describes its fields."""

SCHEMA = 1
"""Rises when a field changes its meaning or goes away; new fields do not raise it."""

_INPUTS = ("source", "locales")


Hashes: TypeAlias = Mapping[tuple[str, str], tuple[str, str]]
"""(slug, tag) of each page -> SHA-256 of its HTML and of its text."""


def record(one: Project, today: date, outcome: Outcome, editions: Sequence[Edition], pages: Hashes) -> Record:
    """The record of a release of a project as it stands on the disk; the same files and day, the same record.

    Raises HandrailError where a file of the project cannot be read.
    """
    published = [edition for edition in editions if edition.published]
    closing = standing.Closing(outcome.findings)
    return {
        "schema": SCHEMA,
        "handrail": __version__,
        "title": one.settings.title,
        "url": one.settings.url,
        "date": today.isoformat(),
        "demonstration": one.settings.policy.demonstration,
        "open": outcome.open,
        "policy": {"required": list(one.settings.policy.required), "complete": one.settings.policy.complete},
        "rules": list(_rules(outcome)),
        "pages": [_page(edition, closing, pages) for edition in published],
        "helplines": [_helpline(line) for line in _shown(published)],
        "findings": [_finding(finding) for finding in outcome.findings],
        "accepted": [{**_finding(a.finding), "reason": a.reason} for a in outcome.accepted],
        "files": dict(_hashes(one)),
    }


def to_json(one: Record) -> bytes:
    """The record as UTF-8 JSON with a newline at its end."""
    return (json.dumps(one, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _rules(outcome: Outcome) -> Iterator[Record]:
    counts = Counter((finding.rule, finding.severity) for finding in outcome.findings)
    for rule in checks.RULES:
        yield {
            "id": rule.id,
            "says": rule.summary,
            "errors": counts[rule.id, Severity.ERROR],
            "warnings": counts[rule.id, Severity.WARNING],
        }


def _page(edition: Edition, closing: standing.Closing, rendered: Hashes) -> Record:
    slug, tag = edition.article.slug, edition.locale.tag
    page = rendered.get((slug, tag))
    reasons = closing.of(slug, tag)
    return {
        "article": slug,
        "locale": tag,
        "direction": edition.locale.direction,
        "open": not reasons,
        "reasons": list(reasons),
        "html": f"sha256:{page[0]}" if page and not reasons else None,
        "text": f"sha256:{page[1]}" if page and not reasons else None,
        "safety": [_safety(edition, one) for one in standing.safety_messages(edition)],
        "numbers": list(_numbers(edition)),
    }


def _safety(edition: Edition, one: standing.SafetyMessage) -> Record:
    return {
        "id": one.segment.safety,
        "shown_where_there_is_no": one.segment.lacks,
        "source": one.message.key.source,
        "target": one.message.target,
        "place": str(one.segment.place),
        "catalog": f"{edition.catalog.path}:{one.message.line}",
        "source_hash": signoff.source_hash(one.segment.key, one.segment.safety),
        "target_hash": signoff.target_hash(one.message.target),
        "sign_off": _sign_off(one.review) if one.review else None,
    }


def _sign_off(one: SignOff) -> Record:
    return {
        "kind": one.kind,
        "translator": one.translator,
        "reviewer": one.reviewer,
        "qualification": one.qualification,
        "method": one.method,
        "date": one.date.isoformat(),
        "place": str(one.place),
    }


def _numbers(edition: Edition) -> Iterator[Record]:
    """Each role that the article speaks of, with what the locale's region shows in it."""
    roles = {one.role for segment in article_segments(edition.article) for one in variables(segment.content)}
    for role in sorted(roles):
        line = _resolved(edition, role)
        shown = helplines.variable_text(f"{role}.phone", edition.registry, edition.locale) if line else None
        yield {"role": role, "helpline": line.id if line else None, "number": shown}


def _resolved(edition: Edition, role: str) -> Helpline | None:
    try:
        return helplines.resolve(edition.registry, edition.locale, role)
    except RegistryError:  # helpline/undeclared is among the findings
        return None


def _shown(editions: Iterable[Edition]) -> list[Helpline]:
    """The helplines that the published pages show, by id."""
    found: dict[str, Helpline] = {}
    for edition in editions:
        for number in _numbers(edition):
            if number["helpline"]:
                found[number["helpline"]] = edition.registry.helplines[number["helpline"]]
    return [found[id] for id in sorted(found)]


def _helpline(line: Helpline) -> Record:
    verified = line.verified
    return {
        "id": line.id,
        "region": line.region,
        "kind": line.kind,
        "names": dict(line.names),
        "contacts": [{"channel": c.channel, "shown": c.display, "dialled": c.dial, "e164": c.e164}
                     for c in line.contacts],
        "hours": line.hours,
        "cost": line.cost,
        "languages": list(line.languages),
        "valid_from": line.valid_from.isoformat() if line.valid_from else None,
        "valid_to": line.valid_to.isoformat() if line.valid_to else None,
        "confidence": line.confidence,
        "status": line.status,
        "place": str(line.place),
        "facts_hash": helplines.facts_hash(line),
        "verified": verified and {
            "kind": verified.kind,
            "by": verified.by,
            "date": verified.date.isoformat(),
            "method": verified.method,
            "hash": verified.hash,
        },
        "sources": [{"url": s.url, "kind": s.kind, "shown": s.shown, "says": s.says} for s in line.sources],
    }  # fmt: skip


def _finding(finding: Finding) -> Record:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "text": finding.text,
        "article": finding.article,
        "locale": finding.locale,
        "place": str(finding.place) if finding.place else None,
    }


def _hashes(one: Project) -> Iterator[tuple[str, str]]:
    """Path -> hash of every file that a page can depend on: the settings, and all of source and locales."""
    paths = [one.settings.path]
    for folder in _INPUTS:
        files = (file for file in (one.root / folder).rglob("*") if file.is_file() and not file.name.startswith("."))
        paths += sorted(file.relative_to(one.root).as_posix() for file in files)
    for path in paths:
        yield path, _sha256(project.read(one.root, path))


def _sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()
