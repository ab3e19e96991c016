"""The day on which a command looks at a project."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from pipeline.errors import UsageError


def today() -> date:
    """The day in UTC, or that of SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds; unset it.") from None
