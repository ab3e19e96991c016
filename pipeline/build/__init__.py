"""The order of things: load, check, render, verify, withhold (:mod:`.assessing`), then write (:mod:`.files`).

An edition that fails anywhere on the way withholds its own page and no other.
"""

from pipeline.build.assessing import EVERYTHING, Assessment, Wanted, assess, preview
from pipeline.build.files import PREVIEW, SITE, Built, build

__all__ = ["EVERYTHING", "PREVIEW", "SITE", "Assessment", "Built", "Wanted", "assess", "build", "preview"]
