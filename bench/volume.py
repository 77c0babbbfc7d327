"""make bench-volume: the demo's synthetic volume, measured; writes bench/results/volume.json.

Each run is a whole demo in fresh processes. Skew errors compare the transforms that were committed with the
angles at which the pages were drawn.
"""

import json
import math
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select

from bench.machine import machine
from huji.demo.processes import WORKERS
from storage.catalogue.tables import PageImage
from storage.database.engine import make_engine
from storage.database.session import Database
from storage.intake.tables import BatchFile, BatchPage

RUNS = 3
DEMO = Path("var/demo")
RESULT = Path("bench/results/volume.json")


def main() -> int:
    """Run the demo RUNS times and write the medians of its figures."""
    runs = [_run() for _ in range(int(os.environ.get("RUNS", RUNS)))]
    figures = {name: round(median(run[name] for run in runs), 5) for name in runs[0]}
    result = {
        "machine": machine(),
        "versions": _versions(),
        "runs": len(runs),
        "contenders": {"huji": figures},
        "ratios": {},
    }
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(json.dumps(figures, indent=2))
    return 0


def _run() -> dict[str, float]:
    subprocess.run([sys.executable, "-m", "huji.demo"], check=True, env={**os.environ, "SERVE": "0"})
    summary: dict[str, Any] = json.loads((DEMO / "summary.json").read_text("utf-8"))
    errors = _skew_errors()
    return {
        "pages": summary["pages"],
        "workers": WORKERS,
        "failed_pages": summary["failed_pages"],
        "names_right": summary["names"]["right"],
        "names_total": summary["names"]["total"],
        "names_exact_share": summary["names"]["right"] / summary["names"]["total"],
        "worker_seconds_a_page_median": summary["seconds_a_page"],
        "skew_error_deg_median": median(errors),
        "skew_error_deg_largest": max(errors),
        "demo_wall_seconds": summary["wall_seconds"],
    }


def _skew_errors() -> list[float]:
    lines = (DEMO / "truth" / "truth.jsonl").read_text("utf-8").splitlines()
    drawn = {page["file"]: page["skew_deg"] for page in map(json.loads, lines)}
    return [abs(angle - drawn[file]) for file, angle in _angles() if file in drawn]


def _angles() -> list[tuple[str, float]]:
    """Return each page's file and the skew its committed transform takes out, in degrees."""
    query = (
        select(BatchFile.name, PageImage.transform)
        .join(BatchPage, BatchPage.file_id == BatchFile.id)
        .join(PageImage, PageImage.id == BatchPage.page_image_id)
    )
    database = Database(make_engine(f"sqlite:///{DEMO / 'huji.sqlite'}"))
    with database.reading() as session:
        rows = session.execute(query).all()
    return [(file, _angle(transform["matrix"])) for file, transform in rows]


def _angle(matrix: list[list[float]]) -> float:
    return math.degrees(math.atan2(matrix[1][0], matrix[0][0]))


def _versions() -> dict[str, str]:
    names = ("rapidocr", "onnxruntime", "opencv-python-headless", "pyvips-binary", "sqlalchemy")
    return {name: version(name) for name in names}


if __name__ == "__main__":
    sys.exit(main())
