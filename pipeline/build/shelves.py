"""Where files of a job are read and its pages are left: the project's folder, or a store that machines share."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from pipeline import project
from pipeline.errors import HandrailError, UsageError
from pipeline.ledger import ABSENT, UNREADABLE
from pipeline.model import Place

_REMEMBERED = 10_000
"""Hashes that a process knows to be in a store: those of files that many jobs read come first."""


class Shelf(Protocol):
    """Files by path and hash in, pages out. Who reads compares the hash."""

    def get(self, path: str, hash: str) -> bytes:
        """The bytes of a file; HandrailError where it cannot be read."""

    def put(self, name: str, data: bytes) -> None:
        """Leave bytes under a name, whole or not at all."""


class Folder:
    """The project's own folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def get(self, path: str, hash: str) -> bytes:  # noqa: ARG002  # a folder knows files by their paths
        """The bytes of a file as they are now."""
        return project.read(self.root, path)

    def put(self, name: str, data: bytes) -> None:
        """Leave bytes below the root."""
        project.write(self.root, name, data)


class Store:
    """Any file system that fsspec knows: ``s3://bucket/folder``, ``gs://``, ``file://``, ``memory://``.

    Files lie in it under their hashes, so nothing is copied twice, and nothing that is there is ever changed.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.offered: set[str] = set()
        try:
            import fsspec  # type: ignore[import-untyped]  # an optional dependency, and slow to import
        except ModuleNotFoundError:
            raise UsageError(f"--store {address} needs fsspec: pip install 'handrail[cluster]'.") from None
        try:
            self.system: Any
            self.system, self.base = fsspec.core.url_to_fs(self.address)
        except (ValueError, ImportError, OSError) as error:
            raise UsageError(f"the store {address} cannot be used: {error}.") from None

    def get(self, path: str, hash: str) -> bytes:
        """The bytes that were offered under a hash."""
        data = self._read(f"inputs/{hash}", path)
        if hash.startswith(UNREADABLE):
            raise HandrailError(data.decode(), Place(path))
        return data

    def offer(self, root: Path, path: str, hash: str) -> None:
        """Put a file of a project where jobs find it; of one that cannot be read, the reason."""
        if hash == ABSENT or hash in self.offered or self.system.exists(f"{self.base}/inputs/{hash}"):
            return
        try:
            data = project.read(root, path)
        except HandrailError as error:
            data = error.message.encode()
        self.put(f"inputs/{hash}", data)
        if len(self.offered) < _REMEMBERED:
            self.offered.add(hash)

    def put(self, name: str, data: bytes) -> None:
        """Leave bytes in the store."""
        target = f"{self.base}/{name}"
        self.system.makedirs(target.rpartition("/")[0], exist_ok=True)
        self.system.pipe_file(target, data)

    def take(self, name: str) -> bytes:
        """The bytes that a job left, which are removed."""
        data = self._read(name, name)
        self.system.rm_file(f"{self.base}/{name}")
        return data

    def _read(self, name: str, path: str) -> bytes:
        try:
            data: bytes = self.system.cat_file(f"{self.base}/{name}")
        except OSError as error:
            raise HandrailError(f"the store {self.address} lacks {name}: {error}.", Place(path)) from error
        return data


@lru_cache(maxsize=2)
def store_at(address: str) -> Store:
    """The store at an address; UsageError where there is none."""
    return Store(address)


def shelf(root: str, address: str) -> Shelf:
    """The store at an address; an empty one stands for the project's folder."""
    return store_at(address) if address else Folder(Path(root))
