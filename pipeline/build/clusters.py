"""A Dask cluster as a workforce, through the interface of concurrent.futures."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, CancelledError, Executor
from typing import Any

from pipeline.build.workforce import Team
from pipeline.errors import UsageError


def cluster(scheduler: str, store: str) -> Team:
    """The workers that a Dask scheduler has now, and those that join later.

    ``store``: address of a store that they and this process share; empty where they see the project's folder under the
    same path. Raises UsageError where Dask is not installed, or the scheduler does not answer.
    """
    try:
        from distributed import Client, KilledWorker  # an optional dependency, and slow to import
        from distributed.client import FutureCancelledError
    except ModuleNotFoundError:
        raise UsageError("--executor dask needs Dask: pip install 'handrail[cluster]'.") from None
    try:
        client: Any = Client(scheduler, timeout="5s", set_as_default=False)  # type: ignore[no-untyped-call]  # Dask has none
    except (OSError, ValueError) as error:
        raise UsageError(f"no Dask scheduler answers at {scheduler}: {error}.") from None

    def hire(_size: int) -> Executor:
        executor: Executor = client.get_executor(pure=False, retries=0)
        return executor

    cores = sum(client.nthreads().values())
    losses = (BrokenExecutor, KilledWorker, FutureCancelledError, CancelledError)
    return Team(max(1, cores), hire, losses=losses, shelf=store, end=client.close)
