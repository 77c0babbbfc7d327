"""Prints how many ruled cells are found, by severity and by defect planted.

Example: python -m bench.layout --seed 2100 --pages 6
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import cv2
import numpy as np

from bench.layout.match_cells import CellScore, Points, match_cells
from bench.layout.plant_defects import DEFECTS, Planted
from bench.pages.draw_volume import DrawnPage, draw_volume
from ingest.layout.find_cells import FoundForm, find_cells
from ingest.layout.separate_seals import separate_seals
from ingest.pipeline.straighten_page import StraightPage, straighten_page

RESULT = Path("bench/results/layout.json")
SEED = 2100
"""Among the seeds that are for tuning; the standard bench set is left alone."""


def main(arguments: list[str] | None = None) -> int:
    """Draw, spoil, find, compare; print a line a severity and defect, and write them to a file."""
    asked = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    rows = []
    for severity in asked.severity:
        pages = list(draw_volume(asked.pages, asked.seed, severity))
        for defect in asked.defect:
            score, seconds = _scored(pages, defect, asked.seed, asked.verbose)
            rows.append(
                {
                    "severity": severity,
                    "defect": defect,
                    "cells": score.true,
                    "recall": round(score.recall, 4),
                    "precision": round(score.precision, 4),
                    "ms_a_page": round(1000 * seconds / len(pages)),
                }
            )
            print("  ".join(f"{key} {value}" for key, value in rows[-1].items()), flush=True)
    if asked.write:
        RESULT.write_text(
            json.dumps({"seed": asked.seed, "pages": asked.pages, "rows": rows}, indent=2) + "\n"
        )
    return 0


def _scored(pages: list[DrawnPage], defect: str, seed: int, verbose: bool) -> tuple[CellScore, float]:
    total, seconds = CellScore(0, 0, 0), 0.0
    for at, page in enumerate(pages):
        planted = DEFECTS[defect](page.pixels, page.truth, np.random.default_rng([seed, at, 1]))
        straight = straighten_page(planted.pixels)
        gray = separate_seals(straight.pixels).gray
        started = perf_counter()
        form = find_cells(gray)
        seconds += perf_counter() - started
        found = list(_found(form))
        score, missed = match_cells([_seen(straight, one) for one in planted.outlines], found)
        if verbose and (missed or score.found > score.matched):
            print(f"    {page.truth.file} {page.truth.form}: found {score.found} of {score.true}, "
                  f"matched {score.matched}; missed {_told(planted, missed)}")  # fmt: skip
        total += score
    return total, seconds


def _seen(straight: StraightPage, outline: Points) -> Points:
    return straight.transform.to_derivative(outline)


def _found(form: FoundForm) -> Iterator[Points]:
    """Walk round each found cell, in pixels of the page as it was handed in."""
    steps = np.linspace(0, 1, 12, endpoint=False)[:, None]
    for cell in form.cells:
        x0, y0, x1, y1 = cell.whole
        corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], dtype=np.float64)
        sides = [start + steps * (end - start)
                 for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True)]  # fmt: skip
        yield form.bend.to_page(np.concatenate(sides))


def _told(planted: Planted, missed: tuple[int, ...]) -> str:
    cells = [planted.cells[place] for place in missed]
    return ", ".join(f"{cell.part} {cell.field} {cell.row}/{cell.col}" for cell in cells[:8])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.layout",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pages", type=int, default=6, help="pages a severity (6)")
    parser.add_argument("--seed", type=int, default=SEED, help=f"the volume's seed ({SEED})")
    parser.add_argument("--severity", type=int, nargs="*", default=range(4), help="0 clean … 3 hard (all)")
    parser.add_argument("--defect", nargs="*", default=list(DEFECTS), choices=list(DEFECTS), help="(all)")
    parser.add_argument("--write", action="store_true", help=f"write {RESULT}")
    parser.add_argument("--verbose", action="store_true", help="tell which cells were missed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
