"""Prints how many ruled cells are found, by series, by severity and by defect planted; writes
bench/results/layout.json.

Example: python -m bench.layout --seed 2100 --pages 6
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import thread_time

import cv2
import numpy as np

from bench.layout.match_cells import CellScore, Points, match_cells
from bench.layout.plant_defects import DEFECTS, Planted
from bench.pages.draw_volume import DrawnPage, draw_volume
from bench.pages.lay_out import known_series
from bench.pages.spec import SERIES, PageSpec
from bench.write_result import write_result
from ingest.layout.find_cells import FoundForm, find_cells
from ingest.layout.separate_seals import separate_seals
from ingest.pipeline.straighten_page import StraightPage, straighten_page

RESULT = Path("bench/results/layout.json")
PACKAGES = ("numpy", "opencv-python-headless")
AS_DRAWN = "as drawn"
Figures = dict[str, float]
SEED = 2100
"""Among the seeds that are for tuning; the standard bench set is left alone."""


def main(arguments: list[str] | None = None) -> int:
    """Draw, spoil, find, compare; print a line a series, severity and defect, and write them to a file."""
    asked = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    contenders = {series: _measured(series, asked) for series in asked.series}
    if asked.write:
        more = {"seed": asked.seed, "pages_a_severity": asked.pages}
        write_result(RESULT, PACKAGES, contenders, ratios(contenders), **more)
    return 0


def ratios(contenders: Mapping[str, Figures]) -> dict[str, float]:
    """Return of each series the share of its cells that are found on pages as drawn, at all severities."""
    found = {}
    for series, told in contenders.items():
        cells = {name.rpartition(".")[0]: told[name] for name in told if name.endswith(f"{AS_DRAWN}.cells")}
        matched = sum(told[f"{row}.recall"] * count for row, count in cells.items())
        if cells:
            found[f"{series}.cells_found"] = round(matched / sum(cells.values()), 4)
    return found


def _measured(series: str, asked: argparse.Namespace) -> Figures:
    """Return the figures of a series; defects are planted into the pages of one series alone."""
    figures: Figures = {}
    defects = [defect for defect in asked.defect if series == SERIES or defect == AS_DRAWN]
    for severity in asked.severity:
        pages = list(draw_volume(asked.pages, asked.seed, severity, like=PageSpec(series=series)))
        for defect in defects:
            score, seconds = _scored(pages, defect, asked.seed, asked.verbose)
            row = {
                "cells": score.true,
                "recall": round(score.recall, 4),
                "precision": round(score.precision, 4),
                "ms_a_page": round(1000 * seconds / len(pages)),
            }
            told = "  ".join(f"{name} {value}" for name, value in row.items())
            print(f"{series}  severity {severity}  {defect}  {told}", flush=True)
            figures |= {f"severity_{severity}.{defect}.{name}": value for name, value in row.items()}
    return figures


def _scored(pages: list[DrawnPage], defect: str, seed: int, verbose: bool) -> tuple[CellScore, float]:
    total, seconds = CellScore(0, 0, 0), 0.0
    for at, page in enumerate(pages):
        planted = DEFECTS[defect](page.pixels, page.truth, np.random.default_rng([seed, at, 1]))
        straight = straighten_page(planted.pixels)
        gray = separate_seals(straight.pixels).gray
        started = thread_time()
        form = find_cells(gray)
        seconds += thread_time() - started
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
    parser.add_argument("--series", nargs="*", default=known_series(), metavar="KEY", help="(all)")
    parser.add_argument("--severity", type=int, nargs="*", default=range(4), help="0 clean … 3 hard (all)")
    parser.add_argument("--defect", nargs="*", default=list(DEFECTS), choices=list(DEFECTS), help="(all)")
    parser.add_argument("--write", action="store_true", help=f"write {RESULT}")
    parser.add_argument("--verbose", action="store_true", help="tell which cells were missed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
