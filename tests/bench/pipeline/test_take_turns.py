"""A command that tells only of all its pages together is timed severity by severity."""

import sys
from pathlib import Path

from bench.pipeline.standard_set import SetPage
from bench.pipeline.take_turns import read_by_severity

SHARES_ITS_TIME = """
import json, os, sys
print(json.dumps({"ready": True}), flush=True)
sys.stdin.readline()
for path in sys.argv[1:]:
    print(json.dumps({"file": path, "seconds": len(sys.argv) - 1, "process": os.getpid()}), flush=True)
"""


def test_each_severity_is_a_run_of_its_own() -> None:
    pages = [SetPage(Path(f"{at}.jpg"), {"severity": severity}) for at, severity in enumerate((0, 3, 3))]
    run = read_by_severity("it", (sys.executable, "-c", SHARES_ITS_TIME), pages)
    assert [one["file"] for one in run.pages] == ["0.jpg", "1.jpg", "2.jpg"]
    assert [one["seconds"] for one in run.pages] == [1, 2, 2]
    assert len({one["process"] for one in run.pages}) == 2
