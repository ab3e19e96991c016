"""The command line: arguments in, exit code out.

0 means that the gate is open (or the command did what it was asked), 1 that the gate is closed, 2 that the
command could not be carried out. What a command needs is imported when it runs, and the page of ``--help``
needs next to nothing, so that both are there at once.
"""

from __future__ import annotations

import os
import sys

from pipeline.errors import HandrailError

TYPE_CHECKING = False  # typing's own costs a third of the time to start
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

OPEN, CLOSED, ERROR, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; prints a traceback only when asked for one."""
    words = sys.argv[1:] if argv is None else argv
    if list(words) in (["--help"], ["-h"]) and _overview():
        return OPEN
    from pipeline.cli.arguments.parsing import parser

    try:
        arguments = parser().parse_args(words)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else ERROR
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except HandrailError as error:
        if arguments.traceback:
            raise
        return complain(error)
    except KeyboardInterrupt:
        print("handrail: interrupted; every file is whole.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe has gone; without this, Python complains once more on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except OSError as error:
        if arguments.traceback:
            raise
        return complain(HandrailError(f"{_refusal(error)}."))
    except Exception as error:
        if arguments.traceback:
            raise
        print(f"handrail: internal error: {one_line(repr(error))} (handrail --traceback shows where)", file=sys.stderr)
        return ERROR
    return code


def complain(error: HandrailError) -> int:
    """Print an error as one line, ``handrail: file:line: sentence``; its exit code."""
    print(f"handrail: {one_line(str(error))}", file=sys.stderr)
    return ERROR


def _refusal(error: OSError) -> str:
    """What the system would not do, and with which file: ``a/b: file name too long``."""
    said = error.strerror or str(error)
    named = [os.fsdecode(name) for name in (error.filename, error.filename2) if isinstance(name, str | bytes)]
    return f"{' -> '.join(named)}: {said[:1].lower()}{said[1:]}" if named else said


def one_line(text: str) -> str:
    """The text on one line, with nothing in it that a terminal would obey."""
    folded = " ".join(text.split())
    if folded.isprintable():
        return folded
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in folded)


def _overview() -> bool:
    """Print the page of ``--help``; whether the terminal is wide enough for it."""
    from pipeline.cli.arguments.overview import LEAST, columns, overview

    if (width := columns()) < LEAST:
        return False
    print(overview(width), end="")
    return True


def _run(arguments: argparse.Namespace) -> int:
    """Import the module of a command and call its function of the command's name."""
    import builtins
    import importlib
    import keyword

    module = importlib.import_module(f"pipeline.cli.{arguments.module}")
    name = arguments.command
    name = f"{name}_" if keyword.iskeyword(name) or hasattr(builtins, name) else name
    code: int = getattr(module, name)(arguments)
    return code
