"""Measures what a second engine's opinion on doubtful lines is worth: python -m bench.second_opinion.

Reads drawn pages of every series and severity with RapidOCR alone, and with Tesseract asked about the lines
of fields that were read with little confidence; writes bench/results/second_opinion.json.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2

from bench.pages.standard_page import standard_page
from bench.pipeline.standard_set import SEVERITIES, drawn_series
from bench.second_opinion.seen_value import SeenPage, figures_of, see_page
from bench.write_result import write_result
from ingest.ocr.choose import choose_engines
from ingest.pipeline.read_form import Readers

RESULT = Path("bench/results/second_opinion.json")
FIRST_SEED = 2600
"""Among the seeds that are for tuning; the standard bench set is left alone."""


def main(arguments: list[str] | None = None) -> int:
    """Read the pages at each bound of doubt, and write what was found; return the exit status."""
    asked = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    first, second = choose_engines()
    readers = Readers(first, second)
    found = _measured(asked.below, asked.pages, readers)
    about = {"first_seed": FIRST_SEED, "pages_of_each": asked.pages}
    write_result(RESULT, ("rapidocr", "onnxruntime", "pytesseract"), found, **about)
    print(json.dumps(found, indent=2))
    return 0


def _measured(bounds: Sequence[float], pages: int, readers: Readers) -> dict[str, Any]:
    seen: list[dict[float, SeenPage]] = []
    for severity in SEVERITIES:
        print(f"severity {severity}", file=sys.stderr, flush=True)
        seen += [
            see_page(standard_page(series, FIRST_SEED + at, severity), readers, bounds)
            for series in drawn_series()
            for at in range(pages)
        ]
    return {f"asked_below_{below}": _told([one[below] for one in seen], below) for below in bounds}


def _told(seen: Sequence[SeenPage], below: float) -> dict[str, Any]:
    by_severity = {
        str(severity): figures_of([page for page in seen if page.severity == severity], below)
        for severity in SEVERITIES
    }
    return figures_of(seen, below) | {"by_severity": by_severity}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.second_opinion", description=__doc__)
    parser.add_argument("--pages", type=int, default=1, help="pages of each series and severity (1)")
    parser.add_argument(
        "--below", type=float, nargs="+", default=[0.5, 0.9], help="bounds of doubt (0.5 0.9)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
