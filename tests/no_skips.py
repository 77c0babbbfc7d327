"""A run with a skipped or an expectedly failing test has failed: what was not tried was not tested."""

import pytest

_untried: list[str] = []


def pytest_configure(config: pytest.Config) -> None:
    """Forget what an earlier run in this process left out."""
    _untried.clear()


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember a module that skipped itself whole."""
    if report.skipped:
        _untried.append(report.nodeid)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember a test that was skipped, or was allowed to fail (wasxfail is set on both its outcomes)."""
    if report.skipped or hasattr(report, "wasxfail"):
        _untried.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a run that would pass into one that failed."""
    if _untried and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests they were, and that they fail the run."""
    if _untried:
        terminalreporter.section("skipped or expected to fail: neither is allowed here", red=True)
        for name in _untried:
            terminalreporter.line(name)
