"""The order of things: load, check, render, verify, withhold (:mod:`.assessing`), then write (:mod:`.files`).

An edition that fails anywhere on the way withholds its own page and no other.
"""

from pipeline.build.assessing import EVERYTHING, Assessment, Wanted, assess, preview
from pipeline.build.files import PREVIEW, SITE, Built, build
from pipeline.build.single import check_files
from pipeline.build.verifying import OWN, Layout, verify_folder

__all__ = [
    "EVERYTHING",
    "OWN",
    "PREVIEW",
    "SITE",
    "Assessment",
    "Built",
    "Layout",
    "Wanted",
    "assess",
    "build",
    "check_files",
    "preview",
    "verify_folder",
]
