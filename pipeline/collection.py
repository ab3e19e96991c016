"""Work that makes many values and no cycles, without the search for cycles among them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Messages, nodes and findings are values without cycles: looking for cycles among them takes long.

    What little there is of them is found afterwards.
    """
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()
