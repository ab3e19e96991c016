"""Whether a file is what it was: by what the file system says of it, or else by its bytes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ABSENT = ""
"""The hash of what is not there."""

UNREADABLE = "unreadable"
"""What the hash of a file that cannot be read begins with; no two are equal."""

_COARSE = 2_000_000_000
_FINE = 20_000_000
"""Nanoseconds within which two changes can bear the same time: on file systems of whole or of two seconds, and on
those whose clock is that of the kernel's ticks."""

_SMALL = 262_144
"""Bytes."""


class Sight(NamedTuple):
    """A file as it was seen."""

    signature: str
    """Equal signatures mean equal bytes; empty where the file system cannot tell, because it changed just now."""

    hash: str
    """SHA-256 in hexadecimal; :data:`ABSENT`; or a word that never comes again where it could not be read."""


def digest(*parts: str | bytes) -> str:
    """SHA-256, in hexadecimal, of texts kept apart by their lengths."""
    data = [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]
    return hashlib.sha256(b"".join([b"%d:%b" % (len(one), one) for one in data])).hexdigest()


def look(path: str, before: Sight | None = None) -> Sight:
    """A file as it is now; its bytes are read only where its signature is not that of ``before``."""
    try:
        info = os.stat(path)  # noqa: PTH116  # a build looks at tens of thousands of files, and a Path costs more
    except (FileNotFoundError, NotADirectoryError):
        if os.path.islink(path):  # noqa: PTH114  # a link to nothing: its reader says what is wrong
            return _unreadable()
        return Sight("-", ABSENT)
    except (OSError, ValueError):
        return _unreadable()
    signature = _signature(info)
    if before is not None and before.signature == signature:
        return before
    now = time.time_ns()
    try:
        with open(path, "rb") as stream:  # noqa: PTH123  # as above
            if info.st_size <= _SMALL:  # as nearly every file: file_digest clears a buffer of this size for each
                found = hashlib.sha256(stream.read()).hexdigest()
            else:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return _unreadable()
    return Sight(signature if _is_settled(info, now) else "", found)


def is_same(path: str, signature: str) -> bool:
    """Whether the file system says that a file is what it was; where it does not, :func:`look` does."""
    try:
        return _signature(os.stat(path)) == signature  # noqa: PTH116  # as in look
    except (OSError, ValueError):
        return False


def signature_of(path: str) -> str:
    """What the file system says of a file, as in a sight; empty where it cannot tell."""
    info = os.stat(path)  # noqa: PTH116  # as in look
    return _signature(info) if _is_settled(info, time.time_ns()) else ""


def rest() -> None:
    """Wait until a file that was just written can be told from a later one, on most file systems."""
    time.sleep(_FINE / 1_000_000_000)


def mark(path: str) -> str:
    """What stays the same of a file while nobody writes to it: less than a signature, and no bytes are read."""
    return _mark(os.stat(path))  # noqa: PTH116  # as in look


def marked(path: str, hash: str, before: str) -> Sight:
    """A file whose hash is known, because it was written by whoever took its mark then."""
    info = os.stat(path)  # noqa: PTH116  # as in look
    if _mark(info) != before or not _is_settled(info, time.time_ns()):
        return Sight("", hash)
    return Sight(_signature(info), hash)


def names(root: Path, folder: str) -> tuple[str, ...]:
    """What is below a folder, as :func:`below` has it, sorted."""
    return tuple(sorted(below(root, folder)))


def below(root: Path, folder: str) -> Iterator[str]:
    """What is below a folder, as paths relative to ``root``, in no order; folders have a slash at their end.

    Links to folders are not followed.
    """
    pending = [folder]
    while pending:
        inside = pending.pop()
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(root / inside) as entries:
            for entry in entries:
                path = f"{inside}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(path)
                    path += "/"
                yield path


def _unreadable() -> Sight:
    return Sight("", f"{UNREADABLE}-{os.urandom(16).hex()}")


def _signature(info: os.stat_result) -> str:
    return f"{info.st_mtime_ns}.{info.st_ctime_ns}.{info.st_size}.{info.st_ino}"


def _mark(info: os.stat_result) -> str:
    return f"{info.st_mtime_ns}.{info.st_size}.{info.st_ino}"


def _is_settled(info: os.stat_result, now: int) -> bool:
    """Whether a change after ``now`` (nanoseconds) would bear another time."""
    latest = max(info.st_mtime_ns, info.st_ctime_ns)
    return now - latest > (_FINE if latest % 1_000_000_000 else _COARSE)
