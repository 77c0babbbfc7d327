"""Blur: how many pixels it takes to get from ink to paper."""

import math

import cv2
import numpy as np

from imaging.arrays import Box, Gray
from imaging.quality.finding import Finding, judge
from imaging.quality.page import QualityInput

_REACH = 21  # pixels across which ink and paper are looked for
_AROUND, _EDGE = np.ones((_REACH, _REACH), np.uint8), np.ones((7, 7), np.uint8)
_LEAST_STEP = 40.0  # grey levels an edge must span to be judged,
_LEAST_SHARE = 0.3  # and of the page's contrast, or grain would be taken for edges
_LEAST_EDGES = 150
_SHARPER = 35
_GAIN = 8  # times the levels a pixel that Sobel's gradient answers with
_USUAL_PPI = 300.0


def check(page: QualityInput) -> Finding:
    """Return the widest edges of any part of the page, in pixels at 300 ppi, and where that is.

    Where no resolution is stated, or one that cannot be, the page is taken for one of 300 ppi.
    """
    scale = _USUAL_PPI / page.ppi_meant if page.ppi_meant else 1.0
    least = max(_LEAST_STEP, _LEAST_SHARE * (page.paper - page.ink))
    widths = [(_edge_width(tile, least) * scale, box) for box, tile in page.tiles()]
    judged: list[tuple[float, Box | None]] = [(width, box) for width, box in widths if width > 0]
    width, where = max(judged, default=(0.0, None), key=lambda each: each[0])
    limits = page.thresholds
    verdict = judge(width, limits.edge_width_flag, limits.edge_width_refuse)
    return Finding(
        "blur",
        width,
        verdict,
        None if verdict == "accept" else where,
        f"筆畫邊緣寬 {width:.1f} 像素;應小於 {limits.edge_width_flag:g}。過寬表示失焦或晃動,請重掃。",
        f"Edges are {width:.1f} pixels wide; they should be below {limits.edge_width_flag:g}. "
        "Wide edges mean lost focus or movement: scan again.",
    )


def _edge_width(tile: Gray, least: float) -> float:
    """Return the lower third of step over steepest gradient along edges of `least` levels; 0 for too few."""
    smooth = np.asarray(cv2.GaussianBlur(tile, (3, 3), 0), dtype=np.uint8)
    step = np.asarray(cv2.subtract(cv2.dilate(smooth, _AROUND), cv2.erode(smooth, _AROUND)), dtype=np.uint8)
    strong = cv2.threshold(step, math.ceil(least) - 1, 255, cv2.THRESH_BINARY)[1]
    if cv2.countNonZero(strong) < _LEAST_EDGES:
        return 0.0
    # Squares of whole numbers are exact: equal gradients stay equal, as OpenCV's own magnitudes do not.
    across, down = (np.asarray(each, dtype=np.float32) for each in cv2.spatialGradient(smooth))
    squares = cv2.multiply(across, across)
    cv2.accumulateSquare(down, squares)
    # The steepest place of each edge stands for it; one much flatter than its step is no edge of ink.
    steepest = cv2.compare(squares, cv2.dilate(squares, _EDGE), cv2.CMP_GE)
    crest = cv2.bitwise_and(steepest, strong)
    places = np.flatnonzero(np.asarray(crest, dtype=np.uint8).view(np.bool_))
    steps = step.ravel()[places].astype(np.float32)
    slopes = np.sqrt(np.asarray(squares, dtype=np.float32).ravel()[places]) / _GAIN
    edges = slopes * 2 * _REACH >= steps
    if np.count_nonzero(edges) < _LEAST_EDGES:
        return 0.0
    # The sharper half decides: a shaded gutter or a stain has soft edges beside the sharp ones of writing.
    return float(np.percentile(steps[edges] / slopes[edges], _SHARPER))
