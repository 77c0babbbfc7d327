"""What figures were measured on: a speed alone says little, for one machine does twice what another does."""

import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

_CPUINFO = Path("/proc/cpuinfo")
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
_PRODUCTS = """
import time
import numpy as np
side, rounds = 1024, 20
one = np.ones((side, side), np.float32)
one @ one
times = []
for _ in range(rounds):
    started = time.perf_counter()
    one @ one
    times.append(time.perf_counter() - started)
print(2 * side**3 / sorted(times)[rounds // 2] / 1e9)
"""


def machine() -> dict[str, Any]:
    """Return the machine's cores, processor and Python, and what one core did at this very time.

    `core_gigaflops` is the median speed of a product of two 1024 × 1024 matrices of float32 on one thread: it
    tells a slow machine, or a busy one, from slow code.
    """
    return {
        "cores": os.cpu_count(),
        "processor": processor(),
        "core_gigaflops": _core_gigaflops(),
        "python": platform.python_version(),
    }


def processor() -> str:
    """Return the processor's name, or its kind where the system does not tell it."""
    lines = _CPUINFO.read_text("utf-8").splitlines() if _CPUINFO.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _core_gigaflops() -> float:
    command = [sys.executable, "-c", _PRODUCTS]
    environment = {**os.environ, **_ONE_THREAD}
    ran = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return round(float(ran.stdout), 1)
