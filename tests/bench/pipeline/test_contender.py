"""Contenders run in processes of their own: what they say comes back, and a failure is not a result."""

import sys

import pytest

from bench.pipeline.contender import run_contenders

ECHO = """
import json, sys
print(json.dumps({"ready": True}), flush=True)
sys.stdin.readline()
for path in sys.argv[1:]:
    print(json.dumps({"file": path, "seconds": 0.5}), flush=True)
"""


def test_each_share_is_answered_apart() -> None:
    first, second = run_contenders((sys.executable, "-c", ECHO), [["a", "b"], ["c"]])
    assert [one["file"] for one in first.pages] == ["a", "b"]
    assert [one["file"] for one in second.pages] == ["c"]


@pytest.mark.parametrize("script", ["raise SystemExit(3)", ECHO + "\nraise SystemExit(3)"])
def test_a_contender_that_fails_is_no_result(script: str) -> None:
    with pytest.raises(RuntimeError, match="3"):
        run_contenders((sys.executable, "-c", script), [["a"]])


def test_one_that_says_much_is_not_kept_waiting_by_one_that_is_slow() -> None:
    script = """
import json, sys, time
print(json.dumps({"ready": True}), flush=True)
sys.stdin.readline()
print(json.dumps({"file": sys.argv[1], "text": "x" * 300_000}), flush=True)
time.sleep(2 if sys.argv[1] == "slow" else 0)
"""
    behind, ahead = run_contenders((sys.executable, "-c", script), [["slow"], ["quick"]])
    assert ahead.seconds < 1.5 < behind.seconds


def test_memory_is_told_page_by_page_with_that_of_the_children() -> None:
    """Ten MiB held by the contender and forty by its child on the second page alone."""
    script = """
import json, subprocess, sys, time
print(json.dumps({"ready": True}), flush=True)
sys.stdin.readline()
held = b""
for path in sys.argv[1:]:
    if path == "b":
        held = b"x" * (10 << 20)
        subprocess.run([sys.executable, "-c", "import time; x = b'x' * (40 << 20); time.sleep(0.5)"])
    print(json.dumps({"file": path}), flush=True)
    held = b""
    time.sleep(0.3)  # whoever listens looks at once
"""
    (run,) = run_contenders((sys.executable, "-c", script), [["a", "b", "c"]])
    before, during, after = [page["tree_peak_mib"] for page in run.pages]
    assert during - before > 50
    assert after - before < 20
