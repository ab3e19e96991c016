"""What a check or a build came to, for people (:mod:`.text`) and for programs (:mod:`.data`)."""

from pipeline.report.data import to_json
from pipeline.report.stats import badge, print_stats, stats_json
from pipeline.report.text import findings, standings, summary

__all__ = ["badge", "findings", "print_stats", "standings", "stats_json", "summary", "to_json"]
