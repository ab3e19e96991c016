"""A real PostgreSQL server for tests: in a folder of its own, on loopback, without privileges."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ADVICE = "these tests need PostgreSQL's programs: run scripts/system-packages"


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """The address of an empty database, ``postgresql://...``, on a server that is gone afterwards."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    assert programs, ADVICE
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root; its package has made a user without privileges
        shutil.chown(folder, "postgres", "postgres")
        who = {"user": "postgres", "group": "postgres"}
    data = folder / "data"
    run = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL, **who}
    subprocess.run(
        [programs[-1] / "initdb", "--no-sync", "--auth=trust", "--username=handrail", "--encoding=UTF8",
         "--locale=C.UTF-8", data],
        **run,
    )  # fmt: skip
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    options += "".join(f" -c {setting}" for setting in settings)
    control = [programs[-1] / "pg_ctl", "--pgdata", data, "--wait"]
    try:
        subprocess.run([*control, "--log", folder / "log", "--options", options, "start"], **run)
        yield f"postgresql://handrail@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "--mode", "immediate", "stop"], **{**run, "check": False})
        shutil.rmtree(folder)
