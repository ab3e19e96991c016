"""The audit pack of a release: what was checked, signed off by whom, which numbers, which sources; JSON and HTML."""

from pipeline.release.page import to_html
from pipeline.release.record import Record, record, to_json

__all__ = ["Record", "record", "to_html", "to_json"]
