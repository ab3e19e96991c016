"""The processes that bring files up to date."""

from pipeline import processes

PRELOAD = ("pipeline.catalogs.upkeep", "justhtml")
"""What each of them needs, imported once for all."""


def prepare() -> None:
    """Let that be imported while this process finds out what there is to do."""
    processes.prepare(PRELOAD)
