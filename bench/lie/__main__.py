"""Measures how pages are set upright, square and cropped, and spreads parted, one thread: shares that are
right, and by how many pixels corners are off; writes bench/results/lie.json.

Pages are 1754 pixels wide, of every series in turn. Example: python -m bench.lie --seed 11 --pages 12
"""

import argparse
import sys
from pathlib import Path

import cv2
import numpy as np

from bench.lie.measure import Measure, crop, orientation, perspective, split
from bench.pages import PageSpec
from bench.pipeline.standard_set import drawn_series
from bench.write_result import write_result
from ingest.ocr.rapid import RapidRecogniser

RESULT = Path("bench/results/lie.json")
MEASURES: dict[str, Measure] = {
    "orientation": orientation,
    "perspective": perspective,
    "crop": crop,
    "split": split,
}
WIDTH, HEIGHT = 1754, 1240


def main(arguments: list[str] | None = None) -> int:
    """Draw, measure and print a row a kind, and write all down; return the exit status."""
    asked = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    recogniser, series = RapidRecogniser(), drawn_series()
    rows = {}
    for kind, measure in MEASURES.items():
        found = []
        for at in range(asked.pages):
            spec = PageSpec(series=series[at % len(series)], width=WIDTH, height=HEIGHT)
            found.append(measure(spec, at, recogniser, np.random.default_rng([asked.seed, at])))
        rows[kind] = _row(found)
        print(f"{kind:14}{rows[kind]}", flush=True)
    packages = ("numpy", "opencv-python-headless", "rapidocr")
    write_result(RESULT, packages, rows, seed=asked.seed, pages_a_kind=asked.pages)
    return 0


def _row(found: list[dict[str, float]]) -> dict[str, float]:
    """Return the pages of a kind, what share of them is so, and of pixels the median, 95th percentile and
    most.
    """
    row: dict[str, float] = {"pages": len(found)}
    for name in found[0]:
        values = [one[name] for one in found]
        if not name.endswith("_px"):
            row[f"{name}_share"] = round(float(np.mean(values)), 4)
            continue
        row[f"{name}_median"] = round(float(np.median(values)), 2)
        row[f"{name}_p95"] = round(float(np.percentile(values, 95)), 2)
        row[f"{name}_largest"] = round(max(values), 2)
    return row


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.lie",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pages", type=int, default=12, help="pages, or spreads, a kind (12)")
    parser.add_argument("--seed", type=int, default=11, help="the seed that all are drawn from (11)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
