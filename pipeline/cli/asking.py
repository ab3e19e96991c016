"""Questions to the person at the terminal."""

from __future__ import annotations

import sys

from pipeline.errors import UsageError


def ask(question: str) -> str:
    """What a person answers; UsageError where nobody is there to answer."""
    print(question, end="", flush=True)
    for line in sys.stdin:
        if line.strip():
            return line.strip()
        print(question, end="", flush=True)
    raise UsageError("nobody answers; run this in a terminal, or give the answers as options.")
