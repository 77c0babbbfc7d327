"""Measures the skew estimate by kind of page, one thread: error in degrees, share of "don't know", time;
writes bench/results/skew.json. Pages with a form are those of every series, in turn.

Example: python -m bench.skew --count 24 --seed 11
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from bench.pages import PageSpec, draw_page
from bench.pages.ink_glyphs import Layer
from bench.pipeline.standard_set import drawn_series
from bench.skew.hopeless import HOPELESS
from bench.skew.sheets import SHEETS, turn
from bench.write_result import write_result
from imaging.grey import to_grey
from imaging.skew import SkewEstimate, estimate_skew

RESULT = Path("bench/results/skew.json")
WIDEST = 15.0
SEVERITIES = range(4)


@dataclass(frozen=True)
class Measured:
    """One page: how it was drawn, what was found, and in how many milliseconds of processor time."""

    seed: int
    truth: float | None
    found: SkewEstimate
    milliseconds: float

    @property
    def known(self) -> bool:
        return self.found.method != "none"

    @property
    def error(self) -> float:
        """Degrees off; meaningless where the page has no true angle."""
        return abs(self.found.angle_deg - (self.truth or 0.0))


def main(arguments: list[str] | None = None) -> int:
    """Draw, measure and print a row a kind, and write all down; return the exit status."""
    asked = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    rows = {}
    print(f"{'kind':16}{'pages':>6}{'median':>9}{'p95':>9}{'largest':>9}{'unknown':>9}{'ms':>7}")
    for kind in asked.kinds or _kinds():
        pages = [_measure(kind, seed) for seed in range(asked.seed, asked.seed + asked.count)]
        rows[kind] = _row(pages)
        _tell(kind, pages, rows[kind])
    if not (asked.dry or asked.kinds):
        packages = ("numpy", "opencv-python-headless")
        write_result(RESULT, packages, rows, seed=asked.seed, pages_a_kind=asked.count)
    return 0


def draw(kind: str, seed: int) -> tuple[Layer, float | None]:
    """Return a grey page of a kind and its turn in degrees, None where it has none that could be told."""
    rng = np.random.default_rng([seed, _kinds().index(kind)])
    degrees = float(rng.uniform(-WIDEST, WIDEST))
    if kind in HOPELESS:
        return HOPELESS[kind](rng), None
    if kind in SHEETS:
        return turn(SHEETS[kind](rng), degrees, rng), degrees
    series = drawn_series()
    spec = PageSpec(
        series=series[seed % len(series)], severity=int(kind.removeprefix("register_")), skew_deg=degrees
    )
    return to_grey(draw_page(spec, rng)[0]), degrees


def _kinds() -> list[str]:
    return [*(f"register_{severity}" for severity in SEVERITIES), *SHEETS, *HOPELESS]


def _measure(kind: str, seed: int) -> Measured:
    gray, truth = draw(kind, seed)
    started = time.thread_time()
    found = estimate_skew(gray)
    return Measured(seed, truth, found, 1000 * (time.thread_time() - started))


def _row(pages: list[Measured]) -> dict[str, float]:
    known = [page for page in pages if page.known]
    row = {
        "pages": len(pages),
        "unknown_share": round(1 - len(known) / len(pages), 4),
        "milliseconds_median": round(float(np.median([page.milliseconds for page in pages])), 1),
    }
    errors = [page.error for page in known if page.truth is not None]
    if errors:
        row |= {
            "error_deg_median": round(float(np.median(errors)), 4),
            "error_deg_p95": round(float(np.percentile(errors, 95)), 4),
            "error_deg_largest": round(max(errors), 4),
        }
    return row


def _tell(kind: str, pages: list[Measured], row: dict[str, float]) -> None:
    errors = [f"{row[name]:9.4f}" if name in row else f"{'–':>9}" for name in ERRORS]
    unknown, spent = f"{row['unknown_share']:9.1%}", f"{row['milliseconds_median']:7.1f}"
    print(f"{kind:16}{len(pages):6}{''.join(errors)}{unknown}{spent}", flush=True)
    for line in _faults(pages):
        print(line, file=sys.stderr)


ERRORS = ("error_deg_median", "error_deg_p95", "error_deg_largest")


def _faults(pages: list[Measured]) -> Iterator[str]:
    for page in pages:
        right = not page.known if page.truth is None else page.known and page.error <= 0.2
        if not right:
            truth = "nothing to tell" if page.truth is None else f"{page.truth:+.3f}°"
            found = f"{page.found.angle_deg:+.3f}° {page.found.confidence:.2f} {page.found.method}"
            yield f"  seed {page.seed}: {truth}, found {found}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.skew",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=int, default=24, help="pages a kind (24)")
    parser.add_argument("--seed", type=int, default=11, help="the first page's seed (11)")
    parser.add_argument("--dry", action="store_true", help="write no result")
    parser.add_argument(
        "kinds", nargs="*", metavar="KIND", help="kinds of page (all; fewer are not written down)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
