"""Write a bench's file of results in the form that all of them have."""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.machine import machine


def write_result(
    path: Path,
    packages: Sequence[str],
    contenders: Mapping[str, Any],
    ratios: Mapping[str, float] | None = None,
    **more: Any,
) -> None:
    """Write what was measured, by contender, with the machine, the packages' versions, and `more` about the
    run."""
    result = {
        "machine": machine(),
        "versions": {name: version(name) for name in packages},
        "runs": 1,
        **more,
        "contenders": contenders,
        "ratios": ratios or {},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
