"""The rule against skipped tests, tried on small suites of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT


def run_suite(folder: Path, source: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run pytest with the plugin on one file of tests, with more options."""
    (folder / "test_it.py").write_text("import pytest\n" + source, encoding="utf-8")
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "tests.no_skips",
            "--rootdir",
            folder,
            "-c",
            "/dev/null",
            *more,
            folder,
        ],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("more", [(), ("-p", "xdist.plugin", "--numprocesses", "2")], ids=["alone", "two"])
@pytest.mark.parametrize(
    "source",
    [
        "@pytest.mark.skip\ndef test_a(): pass\n",
        "def test_a(): pytest.skip('later')\n",
        "@pytest.mark.xfail\ndef test_a(): assert False\n",
        "@pytest.mark.xfail\ndef test_a(): assert True\n",
        "pytest.skip('all', allow_module_level=True)\n",
        "pytest.importorskip('no_such_module')\ndef test_a(): pass\n",
    ],
)
def test_what_was_not_tried_fails_the_run(tmp_path: Path, source: str, more: tuple[str, ...]) -> None:
    """Each way of leaving a test out makes the run fail and is named, on one process and on two."""
    ran = run_suite(tmp_path, source + "\ndef test_b(): pass\n", *more)
    assert ran.returncode in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED), ran.stdout
    assert "neither is allowed here" in ran.stdout


def test_a_whole_run_passes(tmp_path: Path) -> None:
    """A run in which everything was tried exits 0."""
    assert run_suite(tmp_path, "def test_a(): pass\n").returncode == 0


def test_the_rule_is_in_force(pytestconfig: pytest.Config) -> None:
    """The plugin is loaded in this very run."""
    assert pytestconfig.pluginmanager.has_plugin("tests.no_skips")
