"""The order of things: check every edition, render and verify its page, withhold what is wrong, then write the rest.

An edition that fails anywhere on the way withholds its own page and no other.

==================  ==================================================================================
:mod:`.resuming`    which articles are looked at: all of them, or those that can have changed
:mod:`.jobs`        what travels to a worker, and comes back
:mod:`.units`       the work itself, a function of a job: check, render, read back
:mod:`.survey`      the first phase: which editions have to be checked, and what becomes of each
:mod:`.rounds`      the second: pages are rendered until none names one that is withheld
:mod:`.around`      what lies around the pages: lists, feeds, the site map
:mod:`.publishing`  the last: what goes out is moved to its place, and nothing else is there
:mod:`.telling`     what the report says of each edition, kept for the next build
:mod:`.assessing`   the phases in order, without writing
:mod:`.files`       the same with writing: a build
:mod:`.workforce`   this process, a pool of processes, or a cluster
==================  ==================================================================================
"""

from typing import TYPE_CHECKING

from pipeline import lazily

if TYPE_CHECKING:
    from pipeline.build.assessing import Assessment, assess, preview
    from pipeline.build.clusters import cluster
    from pipeline.build.files import Building, Built, build, building
    from pipeline.build.jobs import PREVIEW, SITE
    from pipeline.build.plan import EVERYTHING, Progress, Wanted
    from pipeline.build.results import Results
    from pipeline.build.single import check_files
    from pipeline.build.texts import Withheld, mail, plain, sms
    from pipeline.build.verifying import OWN, Layout, verify_folder
    from pipeline.build.workforce import Here, Team, Workforce, local
else:
    __getattr__ = lazily.names(
        __name__,
        {
            "assessing": "Assessment assess preview",
            "clusters": "cluster",
            "files": "Building Built build building",
            "jobs": "PREVIEW SITE",
            "plan": "EVERYTHING Progress Wanted",
            "results": "Results",
            "single": "check_files",
            "texts": "Withheld mail plain sms",
            "verifying": "OWN Layout verify_folder",
            "workforce": "Here Team Workforce local",
        },
    )

__all__ = [
    "EVERYTHING",
    "OWN",
    "PREVIEW",
    "SITE",
    "Assessment",
    "Building",
    "Built",
    "Here",
    "Layout",
    "Progress",
    "Results",
    "Team",
    "Wanted",
    "Withheld",
    "Workforce",
    "assess",
    "build",
    "building",
    "check_files",
    "cluster",
    "local",
    "mail",
    "plain",
    "preview",
    "sms",
    "verify_folder",
]
