"""What a check or a build came to, for people (:mod:`.text`) and for programs."""

from typing import TYPE_CHECKING

from pipeline import lazily

if TYPE_CHECKING:
    from pipeline.report.dashboard.page import dashboard_page
    from pipeline.report.data import json_pieces, to_json
    from pipeline.report.figures import progress, table
    from pipeline.report.formats import FORMATS
    from pipeline.report.ranking import below
    from pipeline.report.stats import badge, print_stats, stats_json
    from pipeline.report.text import Told, accepted, findings, standings, summary
else:
    __getattr__ = lazily.names(
        __name__,
        {
            "dashboard.page": "dashboard_page",
            "data": "json_pieces to_json",
            "figures": "progress table",
            "formats": "FORMATS",
            "ranking": "below",
            "stats": "badge print_stats stats_json",
            "text": "Told accepted findings standings summary",
        },
    )

__all__ = [
    "FORMATS",
    "Told",
    "accepted",
    "badge",
    "below",
    "dashboard_page",
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
