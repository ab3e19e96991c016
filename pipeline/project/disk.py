"""The only hands on the disk: bounded reading, atomic writing, and the removal of stale output.

A file is written beside its place under another name and then moved over it, so a reader (or the next
run after a crash) finds the old file or the new one, whole. Bytes that are already there are not
written again: a build that changes nothing touches nothing.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import stat
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import HandrailError, WriteError
from pipeline.model import Place

LARGEST = 64 * 1024 * 1024
"""Bytes; a larger file is no article and no catalog, and would only fill the memory."""

TEMPORARY = ".handrail-tmp"
"""The suffix of a file that is being written."""


def read(root: Path, path: str) -> bytes:
    """The bytes of a file of the project.

    Raises HandrailError where it is missing, unreadable or larger than :data:`LARGEST`.
    """
    try:
        with open(os.path.join(root, path), "rb") as stream:  # noqa: PTH118, PTH123  # a Path for each takes longer
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise HandrailError("this file is missing.", Place(path)) from None
    except OSError as error:
        raise HandrailError(f"this file cannot be read: {_reason(error)}.", Place(path)) from error
    if len(data) > LARGEST:
        raise HandrailError(f"this file is larger than {LARGEST // 2**20} MiB; split it.", Place(path))
    return data


def is_large(root: Path, path: str) -> bool:
    """Whether a file that is there is larger than :data:`LARGEST`."""
    return (root / path).stat().st_size > LARGEST


def write(root: Path, path: str, data: bytes) -> bool:
    """Put ``data`` at ``path``, whole or not at all; False where the same bytes were there already.

    For what a build can make again. Makes the folders it needs and keeps the mode of a file that it replaces.
    Raises WriteError on a read-only file or folder, a full disk, or a path that leads out of the project
    through a symbolic link.
    """
    return _put(root, path, data, lambda _: None)


def save(root: Path, path: str, data: bytes) -> bool:
    """Like :func:`write`, for the files that people edit: on the disk, too, before the old one goes.

    Costs a fraction of a millisecond to several, which a site of many thousand pages would feel.
    """
    return _put(root, path, data, os.fsync)


def _put(root: Path, path: str, data: bytes, settle: Callable[[int], None]) -> bool:
    try:
        target = _target(root, path)
        mode = _mode(target)
        if mode is not None:
            if Path(target).read_bytes() == data:
                return False
            if not mode & stat.S_IWUSR:
                raise WriteError("this file is read-only; make it writable, or remove it.", Place(path))
        _replace(target, data, mode, settle)
    except OSError as error:
        raise WriteError(
            f"this file cannot be written: {_reason(error)}. The old one is untouched.", Place(path)
        ) from error
    return True


def _target(root: Path, path: str) -> str:
    """The file that a path leads to; WriteError where that is outside the project."""
    if not _has_links(root, path):
        return f"{root}/{path}"
    target = (root / path).resolve()
    if not target.is_relative_to(root.resolve()):
        raise WriteError("this path leads out of the project through a symbolic link; remove the link.", Place(path))
    return str(target)


def _has_links(root: Path, path: str) -> bool:
    """Whether a path below a folder may lead anywhere but down: most do not, and resolving one takes long."""
    place = str(root)
    for name in path.split("/"):
        place = f"{place}/{name}"
        if name in ("", ".", "..") or os.path.islink(place):  # noqa: PTH114  # a Path for each folder takes longer
            return True
    return False


def move(root: Path, path: str, to: str) -> None:
    """Give a file another name, at one stroke; WriteError where something has that name, or the folder is read-only."""
    if (root / to).exists():
        raise WriteError(f"{path} cannot be moved here: a file of this name is there.", Place(to))
    try:
        (root / path).rename(root / to)
    except OSError as error:
        raise WriteError(f"this file cannot be moved to {to}: {_reason(error)}.", Place(path)) from error


def write_pieces(root: Path, path: str, pieces: Iterable[bytes]) -> bool:
    """Like :func:`write`, of bytes that come in pieces and are never held as a whole."""
    folder, _, name = path.rpartition("/")
    beside = f"{folder}/.{name}.{os.urandom(4).hex()}{TEMPORARY}"
    try:
        (root / beside).parent.mkdir(parents=True, exist_ok=True)
        with (root / beside).open("xb") as stream:
            stream.writelines(pieces)
        if (root / path).is_file() and filecmp.cmp(root / beside, root / path, shallow=False):
            return False
        place(root, beside, path)
    except OSError as error:
        raise WriteError(
            f"this file cannot be written: {_reason(error)}. The old one is untouched.", Place(path)
        ) from error
    finally:
        with contextlib.suppress(OSError):
            (root / beside).unlink()
    return True


def place(root: Path, staged: str, path: str) -> None:
    """Move a file that was written below ``root`` to its place at one stroke, with the mode of the one it replaces.

    Raises WriteError as :func:`write` does.
    """
    target = root / path
    try:
        if not _is_inside(root, path.rpartition("/")[0]):
            raise WriteError(
                "this path leads out of the project through a symbolic link; remove the link.", Place(path)
            )
        mode = _mode(str(target))
        if mode is not None:
            if not mode & stat.S_IWUSR:
                raise WriteError("this file is read-only; make it writable, or remove it.", Place(path))
            (root / staged).chmod(mode)
        elif not os.path.isdir(os.path.dirname(target)):  # noqa: PTH112, PTH120  # a Path for each file takes longer
            target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(os.path.join(root, staged), target)  # noqa: PTH105, PTH118
    except OSError as error:
        raise WriteError(
            f"this file cannot be written: {_reason(error)}. The old one is untouched.", Place(path)
        ) from error


@lru_cache(maxsize=1)  # the files of a folder come one after another
def _is_inside(root: Path, folder: str) -> bool:
    return not _has_links(root, folder) or (root / folder).resolve().is_relative_to(root.resolve())


def sweep(root: Path, folder: str, keep: Container[str]) -> Iterator[str]:
    """Remove every file below ``folder`` that is not in ``keep``, and the folders that this empties; yields paths.

    Paths are relative to ``root``. Symbolic links are removed, never followed. Raises WriteError where something stale
    cannot be removed.
    """
    for path in _files(root, folder):
        if path in keep:
            continue
        try:
            (root / path).unlink()
        except OSError as error:
            raise WriteError(f"this stale file cannot be removed: {_reason(error)}.", Place(path)) from error
        for parent in (root / path).parents:
            if parent == root / folder:
                break
            with contextlib.suppress(OSError):  # not empty: it stays
                parent.rmdir()
        yield path


def _files(root: Path, folder: str) -> Iterator[str]:
    """Every file and symbolic link below a folder, relative to the root, in order."""
    try:
        with os.scandir(root / folder) as found:
            entries = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
    except (FileNotFoundError, NotADirectoryError):
        return
    for name, is_folder in entries:
        if is_folder:
            yield from _files(root, f"{folder}/{name}")
        else:
            yield f"{folder}/{name}"


def _mode(file: str) -> int | None:
    """The permission bits of a regular file; None where there is nothing yet."""
    try:
        info = os.stat(file)  # noqa: PTH116  # a Path for each file takes longer
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(info.st_mode):
        raise OSError(0, "something that is not a file stands in its place")
    return stat.S_IMODE(info.st_mode)


def _replace(file: str, data: bytes, mode: int | None, settle: Callable[[int], None]) -> None:
    """Write beside the file, then move over it; nothing is left behind when either fails."""
    folder, name = os.path.split(file)
    beside = f"{folder}/.{name}.{os.urandom(4).hex()}{TEMPORARY}"
    try:
        with _created(beside) as stream:
            stream.write(data)
            stream.flush()
            settle(stream.fileno())
        if mode is not None:
            os.chmod(beside, mode)  # noqa: PTH101
        os.replace(beside, file)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise


def _created(file: str) -> BinaryIO:
    """A new file, in a folder that is made where it is missing."""
    try:
        return open(file, "xb")  # noqa: PTH123  # a Path for each file takes longer
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
        return open(file, "xb")  # noqa: PTH123


def _reason(error: OSError) -> str:
    """What the system says, as part of a sentence."""
    reason = error.strerror or str(error)
    return reason[:1].lower() + reason[1:]
