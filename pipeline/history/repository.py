"""git, asked for what it knows about the past of a project."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false")
_DEADLINE = 60
"""Seconds for one question."""

_MOST = 50_000
"""Commits that are looked through; those before them are not."""


class GitError(Exception):
    """git is not there, or does not answer; the sentence says what is the matter."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is checked out."""

    commit: str
    prefix: str
    """The folder of the project in the repository, with a slash at its end; empty where it is the same."""

    shallow: bool
    """Whether older commits were not fetched."""


def head(root: Path) -> Head:
    """What is checked out at a folder; GitError where that cannot be told."""
    asked = ("rev-parse", "--is-shallow-repository", "--show-prefix")
    shallow, prefix = _lines(root, "This project is in no git repository", *asked)
    (commit,) = _lines(root, "This git repository has no commit yet", "rev-parse", "--verify", "HEAD^{commit}")
    return Head(commit, prefix, shallow == "true")


def commits(root: Path, start: str) -> list[tuple[int, str]]:
    """(seconds since 1970, commit) of a commit and those before it on its branch, oldest first."""
    asked = ("rev-list", "--first-parent", "--timestamp", f"--max-count={_MOST}", start)
    pairs = [line.split() for line in _lines(root, "git cannot list the commits", *asked)]
    return [(int(time), commit) for time, commit in reversed(pairs)]


def files(root: Path, commit: str, folder: str) -> Iterator[tuple[str, str, int]]:
    """(path in the repository, blob, bytes) of every file in a folder of the repository at a commit."""
    listed = _run(root, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", folder)
    for entry in listed.decode("utf-8", "replace").split("\0"):
        about, _, path = entry.partition("\t")
        if path and about.split()[1] == "blob":
            _, _, blob, size = about.split()
            yield path, blob, int(size)


def blobs(root: Path, wanted: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """(blob, its bytes) of those that the repository has here."""
    answer = _run(root, "cat-file", "--batch", input="".join(f"{blob}\n" for blob in wanted).encode())
    place = 0
    while place < len(answer):
        end = answer.index(b"\n", place)
        blob, kind, *size = answer[place:end].decode().split()
        place = end + 1
        if kind == "blob":
            length = int(size[0])
            yield blob, answer[place : place + length]
            place += length + 1


def file(root: Path, revision: str, path: str) -> bytes:
    """A file of the project as it was at a revision, such as a tag; GitError where there is none."""
    if revision.startswith("-") or ":" in revision:
        raise GitError(f"{revision!r} is no revision.")
    (commit,) = _lines(
        root, f"git knows no revision {revision!r}", "rev-parse", "--verify", "-q", f"{revision}^{{commit}}"
    )
    try:
        return _run(root, "cat-file", "blob", f"{commit}:{head(root).prefix}{path}")
    except subprocess.CalledProcessError as error:
        raise GitError(f"there is no {path} at {revision}.") from error


def _lines(root: Path, trouble: str, *arguments: str) -> list[str]:
    try:
        return _run(root, *arguments).decode("utf-8", "replace").split("\n")[:-1]
    except subprocess.CalledProcessError as error:
        raise GitError(f"{trouble}.") from error


def _run(root: Path, *arguments: str, input: bytes = b"") -> bytes:
    # A hook or a caller may have set GIT_DIR and its like, which would name another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    command = ["git", "--no-pager", *_SAFE, *arguments]
    try:
        return subprocess.run(
            command, cwd=root, env=environment, input=input, capture_output=True, timeout=_DEADLINE, check=True
        ).stdout
    except FileNotFoundError as error:
        raise GitError("git is not installed here.") from error
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git did not answer within {_DEADLINE} seconds.") from error
