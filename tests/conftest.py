"""What every test shares: how hypothesis runs, and that a skipped test is heard."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

settings.register_profile(
    "handrail",
    derandomize=True,  # the same examples on every machine: a red run can be repeated
    deadline=None,  # no timing tests
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("handrail")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--no-skips``: used by ``make test``, where every program that a test needs is installed."""
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failed test")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where skips are forbidden; an expected failure stays one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.config.getoption("--no-skips"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {reason}"
    return report


TODAY = date(2026, 11, 25)
"""The day on which tests look at projects: verifications expire, so no test may read the clock."""


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """The project that ``handrail init`` makes, in a folder of its own."""
    folder = tmp_path / "starter"
    shutil.copytree(ROOT / "pipeline" / "starter", folder)
    return folder


@pytest.fixture
def demonstration(tmp_path: Path) -> Path:
    """A copy of this project's own articles, translations and settings."""
    folder = tmp_path / "demonstration"
    folder.mkdir()
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder
