"""Who does the work makes no difference: one process, several, a cluster, and workers that are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from conftest import ROOT, TODAY
from pipeline import build, cli, ledger, project
from pipeline.build import Progress, Team, Workforce, cluster, local, units
from pipeline.build.jobs import Done, Job
from pipeline.cli import workers as hiring

sys.path.insert(0, str(ROOT / "benchmarks"))
import projects  # projects of any size, as the benchmarks make them

EPOCH = str((TODAY.toordinal() - date(1970, 1, 1).toordinal()) * 86400)
SCHEDULER = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
WORKER = [sys.executable, "-m", "distributed.cli.dask_worker"]

PARENT = """
import sys, time
from pipeline import processes

def sleep(folder):
    import os, pathlib
    pathlib.Path(folder, str(os.getpid())).touch()
    time.sleep(60)

if __name__ == "__main__":
    executor = getattr(processes, sys.argv[1])(2, ())
    for _ in range(2):
        executor.submit(sleep, sys.argv[2])
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def project_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a dozen articles that nobody has built."""
    return projects.make(tmp_path_factory.mktemp("projects") / "project", articles=12)


@pytest.fixture(scope="module")
def alone(project_folder: Path) -> dict[str, bytes]:
    """What one process makes of it."""
    return made(project_folder, local(1))


def silent(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def made(folder: Path, workers: Workforce, progress: Progress = silent) -> dict[str, bytes]:
    """What workers make of a project that nobody has built: its output, and its findings by name."""
    ledger.discard(folder)
    root = folder / "build"
    for file in sorted(root.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    with closing(workers):
        result = build.build(project.open_project(folder), TODAY, workforce=workers, progress=progress)
    assert result.lost == 0
    pages = {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
    return {**pages, "outcome": repr(result.outcome).encode()}


# --- processes of this machine -------------------------------------------------------------------


def test_two_processes_make_what_one_makes(project_folder: Path, alone: dict[str, bytes]) -> None:
    """Byte for byte, and in the same order."""
    assert made(project_folder, local(2)) == alone


def test_workers_are_renewed(project_folder: Path, alone: dict[str, bytes]) -> None:
    """After so many jobs others take their place, and nothing is lost or done by those that went."""
    hired: list[ThreadPoolExecutor] = []

    def hire(size: int) -> ThreadPoolExecutor:
        hired.append(ThreadPoolExecutor(size))
        return hired[-1]

    with closing(Team(1, hire, term=2)) as workers:
        assert made(project_folder, workers) == alone
    assert len(hired) > 1


def _killed_once(job: Job) -> tuple[Done, ...]:
    """Do a job; the first process that meets the marked article is killed by the system, as if it ran out of memory."""
    mark = Path(job.common.root) / "killed"
    if job.slug == "article-000005" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return units.work(job)


def _killed_always(job: Job) -> tuple[Done, ...]:
    """Do a job; the marked article kills whoever meets it."""
    if job.slug == "article-000005":
        os.kill(os.getpid(), signal.SIGKILL)
    return units.work(job)


class _Deadly(ProcessPoolExecutor):
    """A pool in which some jobs kill their worker."""

    job: Callable[[Job], tuple[Done, ...]] = staticmethod(_killed_once)

    def submit(self, _work: Any, job: Job) -> Future[Any]:  # type: ignore[override]  # workers get nothing but jobs
        return super().submit(self.job, job)


class _Deadlier(_Deadly):
    job = staticmethod(_killed_always)


def test_a_killed_worker_costs_nothing(project_folder: Path, alone: dict[str, bytes]) -> None:
    """Its job, and those that were in hand beside it, are done again."""
    (project_folder / "killed").unlink(missing_ok=True)
    assert made(project_folder, Team(2, _Deadly)) == alone
    assert (project_folder / "killed").exists()


@pytest.mark.parametrize("hire", ["pool", "forked"])
def test_no_process_outlives_a_killed_parent(hire: str, tmp_path: Path) -> None:
    """A build that the system or an impatient person kills leaves nothing behind that waits for its word."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    folder = tmp_path / "pids"
    folder.mkdir()
    parent = subprocess.Popen(
        [sys.executable, str(script), hire, str(folder)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    soon(lambda: len(list(folder.iterdir())) == 2)
    parent.kill()
    parent.wait()
    soon(lambda: not any(map(is_running, folder.iterdir())))


INTERRUPTED = """
import signal, time
from pipeline import processes
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    processes.prepare(["slow"])
    time.sleep(60)
except KeyboardInterrupt:
    pass
"""


def test_nobody_says_where_a_server_was_interrupted(tmp_path: Path) -> None:
    """Ctrl-C reaches every process of a terminal, that which still imports included."""
    (tmp_path / "slow.py").write_text(f"open({str(tmp_path / 'begun')!r}, 'w')\nimport time\ntime.sleep(1)", "utf-8")
    command = [sys.executable, "-c", INTERRUPTED]
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    parent = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, start_new_session=True)
    soon((tmp_path / "begun").exists)
    os.killpg(parent.pid, signal.SIGINT)
    assert parent.communicate(timeout=30)[1] == b""


def soon(happens: Callable[[], bool]) -> None:
    """Wait until something happens; half a minute is enough for it."""
    until = time.monotonic() + 30
    while not happens():
        assert time.monotonic() < until
        time.sleep(0.05)


def is_running(pid: Path) -> bool:
    """Whether a process with the number that is a file's name still does anything."""
    try:
        state = Path("/proc", pid.name, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_job_that_kills_twice_is_given_up_and_said_so(project_folder: Path, alone: dict[str, bytes]) -> None:
    """Its pages are withheld, every other page goes out without naming them, and the next build tries again."""
    ledger.discard(project_folder)
    one = project.open_project(project_folder)
    with closing(Team(2, _Deadlier)) as workers:
        result = build.build(one, TODAY, workforce=workers)
    assert result.lost == 2
    assert {(f.rule, f.article) for f in result.outcome.findings} == {("gate/unfinished", "article-000005")}
    site = project_folder / build.SITE
    assert not list(site.glob("*/article-000005"))
    assert sum(1 for _ in site.glob("en-US/article-*")) == 11
    assert "article-000005" not in (site / "sitemap.xml").read_text(encoding="utf-8")
    again = build.build(one, TODAY)
    assert again.lost == 0
    pages = {p.relative_to(project_folder / "build").as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    assert pages == {path: data for path, data in alone.items() if path.startswith("site/")}


def test_a_command_says_that_pages_were_never_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2: nobody could decide; and no later build takes it for an answer."""
    folder = projects.make(tmp_path / "p", articles=6)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setattr(hiring, "_hired", lambda _arguments: Team(2, _Deadlier))
    assert cli.main(["--project", str(folder), "build"]) == 2
    assert "never finished" in capsys.readouterr().err
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    assert cli.main(["--project", str(folder), "build", "--jobs", "1"]) == 0


# --- a cluster ----------------------------------------------------------------------------------


@contextmanager
def processes() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start processes that end with the block."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return started[-1]

    try:
        yield start
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.mark.parametrize("shared", ["folder", "store"])
def test_a_cluster_makes_what_one_process_makes_though_a_worker_is_killed(
    project_folder: Path, alone: dict[str, bytes], tmp_path: Path, shared: str
) -> None:
    """A scheduler and two workers are processes of their own; one is killed while it works.

    They share the project's folder, or know it only through a store.
    """
    info = tmp_path / "scheduler.json"
    with processes() as start:
        start(*SCHEDULER, "--port", "0", "--no-dashboard", "--scheduler-file", str(info))
        workers = [
            start(*WORKER, "--scheduler-file", str(info), "--nthreads", "1", "--no-nanny", "--no-dashboard")
            for _ in range(2)
        ]
        wait_for(info.exists)
        address = json.loads(info.read_text(encoding="utf-8"))["address"]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)

        def kill(done: int, _total: int) -> None:
            if done == 5:
                workers[0].kill()

        team = cluster(address, f"file://{tmp_path}/store" if shared == "store" else "")
        assert made(project_folder, team, kill) == alone
        assert workers[0].poll() is not None


def test_a_scheduler_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str], project_folder: Path) -> None:
    """One line and exit code 2, before anything is read."""
    command = ["--project", str(project_folder), "build", "--executor", "dask", "--scheduler", "tcp://127.0.0.1:9"]
    ledger.discard(project_folder)
    assert cli.main(command) == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so, for a minute at most."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to be")
