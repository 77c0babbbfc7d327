"""Clipping: tones lost in pure white or pure black."""

import cv2
import numpy as np

from imaging.arrays import Box, Gray
from imaging.levels import Counts, count_levels
from imaging.quality.finding import Finding, Verdict, judge
from imaging.quality.page import QualityInput

_LEAST_UPPER = 0.25  # upper tones for each of the middle ones: the soft edges of strokes have both
_GRAIN = 0.02  # of the white paper that is bare
_NEARLY_WHITE, _WHITE = (245, 254), (255, 255)
_STROKE = 200  # and what is darker is no white paper
_REACH = np.ones((19, 19), np.uint8)  # halved pixels: a JPEG's ripple runs a block of 16 pixels from a stroke


def check(page: QualityInput) -> Finding:
    """Return the share of the page at either end of the scale, and where most of a part is."""
    halved = np.ascontiguousarray(page.page()[::2, ::2])
    counts = count_levels(halved)
    share = float(counts[0] + counts[255]) / float(counts.sum())
    verdict = _judge(page, halved, counts, share)
    return Finding(
        "clipping",
        share,
        verdict,
        None if verdict == "accept" else _worst(page),
        f"全白或全黑占 {share:.0%};應低於 {page.thresholds.clipped_flag:.0%},淡墨才不致消失。",
        f"{share:.0%} is pure white or black; it should be below {page.thresholds.clipped_flag:.0%}, "
        "or faint ink is lost.",
    )


def _judge(page: QualityInput, halved: Gray, counts: Counts, share: float) -> Verdict:
    limits = page.thresholds
    if counts[0] >= limits.black_refuse * counts.sum():
        return "refuse"
    flag = limits.clipped_flag if _tones_are_lost(halved, counts) else limits.white_flag
    return judge(share, flag, limits.white_refuse)


def _worst(page: QualityInput) -> Box:
    """Return the first of the parts that have most at either end."""
    ends = [(_at_ends(tile), box) for box, tile in page.tiles()]
    return max(ends, key=lambda one: one[0])[1]


def _at_ends(tile: Gray) -> float:
    counts = count_levels(tile)
    return float(counts[0] + counts[255]) / tile.size


def _tones_are_lost(gray: Gray, counts: Counts) -> bool:
    """Tell paper driven into white from paper that is white: upper tones are gone, or grain is cut.

    A page of black and white alone has lost them all, and a wholly white one may be a blank sheet.
    """
    upper, middle = int(counts[200:255].sum()), int(counts[100:200].sum())
    black = counts[0] > counts[255] or (counts[0] and not upper + middle)
    return bool(black or upper < _LEAST_UPPER * middle or _grain_is_cut(gray))


def _grain_is_cut(gray: Gray) -> bool:
    """Tell whether part of the paper's grain is still below white.

    Grain is everywhere; near-white tones about strokes alone are what a JPEG makes of their edges.
    """
    bare = cv2.threshold(cv2.erode(gray, _REACH), _STROKE - 1, 255, cv2.THRESH_BINARY)[1]
    paper = cv2.bitwise_and(gray, bare)
    grain, white = (cv2.countNonZero(cv2.inRange(paper, *levels)) for levels in (_NEARLY_WHITE, _WHITE))
    return bool(grain > _GRAIN * white)
