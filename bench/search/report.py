"""Writes what was measured: the machine, the versions, and the median of every figure over the runs."""

import json
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from bench.machine import machine

Figures = Mapping[str, float]


def medians(runs: Sequence[Figures]) -> dict[str, float]:
    """Return the median of each figure over the runs."""
    return {key: round(median(run[key] for run in runs), 4) for key in runs[0]}


def report(contenders: Mapping[str, Figures], runs: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document; `ratios` are PostgreSQL's times over SQLite's."""
    return {
        "machine": machine() | {"system": platform.platform()},
        "versions": {
            "python": platform.python_version(),
            "sqlalchemy": version("sqlalchemy"),
            "sqlite": sqlite3.sqlite_version,
            **asked.get("versions", {}),
        },
        "runs": runs,
        "population": {key: value for key, value in asked.items() if key != "versions"},
        "contenders": contenders,
        "ratios": _ratios(contenders),
    }


def write_report(path: Path, document: Mapping[str, Any]) -> None:
    """Write the document, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _ratios(contenders: Mapping[str, Figures]) -> dict[str, float]:
    if not {"sqlite", "postgresql"} <= contenders.keys():
        return {}
    ours, other = contenders["sqlite"], contenders["postgresql"]
    return {
        f"postgresql/sqlite {key}": round(other[key] / ours[key], 3)
        for key in ours
        if key.endswith("_ms") and ours[key]
    }
