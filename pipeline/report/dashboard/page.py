"""The page itself: values into the template."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline import __version__
from pipeline.history import History
from pipeline.model import Severity
from pipeline.project import Settings
from pipeline.render import Compiled
from pipeline.report.dashboard import charts, found, matrices
from pipeline.report.text import Told

_FOLDER = Path(__file__).parent


def dashboard_page(outcome: Told, settings: Settings, history: History) -> bytes:
    """The page as UTF-8, for ``build/report/index.html``: its links to pages lead to ``../site`` and ``../preview``."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(_FOLDER, "html"),
    )
    style = (_FOLDER / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    values = {"version": __version__, "style": style, "style_hash": digest, **_values(outcome, settings, history)}
    return environment.get_template("page.html.jinja").render(values).encode("utf-8", "backslashreplace")


def _values(outcome: Told, settings: Settings, history: History) -> Mapping[str, Any]:
    rows = matrices.rows(outcome, settings)
    heads = tuple(row.column for row in rows)
    counts = _counts(outcome, heads)
    return {
        "title": settings.title,
        "source": settings.source.tag,
        "demonstration": settings.policy.demonstration,
        "open": outcome.open,
        "heads": heads,
        "bar": matrices.bar,
        "rows": rows,
        "out": sum(row.out for row in rows),
        "previews": sum(row.previews for row in rows),
        "signed": sum(row.signed for row in rows if row.column.published),
        "safety_messages": sum(row.safety for row in rows if row.column.published),
        "unread": sum(row.unread for row in rows if row.column.published),
        "pages": matrices.pages(outcome, heads),
        "safety": matrices.safety(outcome, heads),
        "withheld": found.withheld(outcome),
        "findings": found.findings(outcome, heads),
        "accepted": sum(1 for _ in outcome.accepted),
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "history": history,
        "chart": charts.chart(history.points) if len(history.points) > 1 else None,
        "small": _small(history, heads),
        "charts": charts,
    }


def _small(history: History, heads: Sequence[matrices.Column]) -> list[tuple[matrices.Column, tuple[charts.Area, ...]]]:
    """The small charts of the locales that have any words; none of a single moment."""
    if len(history.points) < 2:
        return []
    drawn = [(head, charts.small(history.points, head.tag)) for head in heads]
    return [(head, areas) for head, areas in drawn if areas]


def _counts(outcome: Told, heads: tuple[matrices.Column, ...]) -> Counter[Severity]:
    """The findings that concern what is published; all of them where nothing is."""
    published = {"", *({head.tag for head in heads if head.published} or {head.tag for head in heads})}
    counts = Counter[Severity]()
    for one in outcome.tallies:
        if one.locale in published:
            counts[one.severity] += one.number
    return counts
