""".ci/run on a tree of its own: the order of its steps, its verdict, and that it leaves nothing running."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.house.tree import ROOT

_MAKEFILE = """
check:
\t@echo ran check in CI=$$CI
test:
\t@echo ran test; sleep 600 & echo $$! > left_running
\t@exit $(VERDICT)
test-slow:
\t@echo ran test-slow
"""


@pytest.fixture
def small_tree(tmp_path: Path) -> Path:
    """A tree with .ci/run as it is, and steps that only tell that they ran."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    setup = tmp_path / "deploy" / "setup"
    setup.write_text('#!/bin/sh\necho ran setup "$@"\n', encoding="utf-8")
    setup.chmod(0o755)
    (tmp_path / "Makefile").write_text(_MAKEFILE, encoding="utf-8")
    return tmp_path


def run(tree: Path, verdict: int) -> subprocess.CompletedProcess[str]:
    """Run the tree's .ci/run from elsewhere, with a test step of that exit status."""
    environment = {**os.environ, "VERDICT": str(verdict), "MAKEFLAGS": ""}
    return subprocess.run(
        [tree / ".ci" / "run"], cwd="/", env=environment, capture_output=True, text=True, timeout=60
    )


def is_running(pid: int) -> bool:
    """Return whether a process of that id is alive, and not merely unburied."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("verdict", [0, 3])
def test_steps_run_in_order_and_the_last_word_counts(small_tree: Path, verdict: int) -> None:
    """Set-up, check, test; what fails fails the run; what was left in the background is gone."""
    ran = run(small_tree, verdict)
    assert [line for line in ran.stdout.splitlines() if line.startswith("ran ")] == [
        "ran setup test",
        "ran check in CI=true",
        "ran test",
        *(["ran test-slow"] if verdict == 0 else []),
    ]
    assert (ran.returncode == 0) == (verdict == 0)
    left = int((small_tree / "left_running").read_text(encoding="utf-8"))
    end = time.monotonic() + 10
    while is_running(left) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_running(left)
