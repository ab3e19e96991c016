"""Words over time: what the catalogs held at commits of the past, told by git.

git is asked as an external program, and only reads: it runs no hook, no filter and no configured program, fetches
nothing and takes no lock. Without git, a repository or a commit there is no history, and the remark says so.
"""

from typing import TYPE_CHECKING

from pipeline import lazily

if TYPE_CHECKING:
    from pipeline.history.counting import history
    from pipeline.history.points import History, Point, Words
    from pipeline.history.repository import GitError, file
else:
    __getattr__ = lazily.names(
        __name__,
        {
            "counting": "history",
            "points": "History Point Words",
            "repository": "GitError file",
        },
    )

__all__ = ["GitError", "History", "Point", "Words", "file", "history"]
