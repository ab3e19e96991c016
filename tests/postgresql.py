"""A real PostgreSQL server for tests: in a folder of its own, on loopback, without privileges."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ADVICE = "these tests need PostgreSQL's programs: run scripts/system-packages"
_PATIENCE = 60.0
"""Seconds for a start, on a machine that has much else to do."""


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """The address of an empty database, ``postgresql://...``, on a server that is gone afterwards.

    It also ends when this program is killed: the kernel then tells it to.
    """
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
    quiet: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, **who}
    subprocess.run(
        [programs[-1] / "initdb", "--no-sync", "--auth=trust", "--username=handrail", "--encoding=UTF8",
         "--locale=C.UTF-8", data],
        check=True, **quiet,
    )  # fmt: skip
    chosen = ["listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", "fsync=off", *settings]
    command = ["setpriv", "--pdeathsig", "QUIT", programs[-1] / "postgres", "-D", data, "-p", str(port)]
    command += [word for setting in chosen for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(command, stderr=log, **quiet)
    try:
        late = time.monotonic() + _PATIENCE
        ready = [programs[-1] / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
        while subprocess.run(ready, check=False, **quiet).returncode:
            assert running.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < late, "PostgreSQL does not start"
            time.sleep(0.05)
        yield f"postgresql://handrail@127.0.0.1:{port}/postgres"
    finally:
        running.send_signal(signal.SIGQUIT)  # PostgreSQL's immediate shutdown
        running.wait()
        shutil.rmtree(folder)
