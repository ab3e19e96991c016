"""What every test shares: how hypothesis runs, and that a skipped test is heard."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

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
