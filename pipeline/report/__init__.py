"""What a check or a build came to, for people (:mod:`.text`) and for programs (:mod:`.data`)."""

from pipeline.report.data import to_json
from pipeline.report.text import findings, standings, summary

__all__ = ["findings", "standings", "summary", "to_json"]
