"""A worker's freed pixels stay at hand for its next page."""

import subprocess
import sys

FAULTS = """
import resource, sys
import numpy as np
from imaging.keep_memory import keep_memory
if sys.argv[1] == "kept":
    assert keep_memory()
def page():
    pixels = np.ones(24 << 20, np.uint8)
    return int(pixels[-1])
page()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(5):
    page()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def test_memory_of_a_freed_page_is_used_again() -> None:
    assert _faults("kept") < _faults("handed back") / 10


def _faults(how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", FAULTS, how], check=True, capture_output=True, text=True, timeout=60
    )
    return int(done.stdout)
