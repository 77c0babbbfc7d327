"""Find dashed rules: short level marks one behind another, as they stand in no line of writing."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.part_outlines import PartOutlines

Mask = NDArray[np.uint8]
Dash = tuple[float, float, float]
"""Its left and right end, and its height on the page."""

THICKEST, SHORTEST, LONGEST = 5, 4, 40
"""The size of a dash, in working pixels; longer ones are found as broken lines."""
FLATNESS = 2.0
"""A dash is so many times longer than it is thick."""
IN_LINE = 2.0
"""The next dash lies no further aside than this …"""
GAP = 50
"""… and no further on than this: a rule that crosses takes a dash into itself."""
LEAST_SHARE = 0.3
"""Where no three neighbouring rows of pixels add up to this share of the width, no rule is dashed."""
LEAST_DASHES, LEAST_LENGTH = 5, 90


def may_be_dashed(marks: Mask, ridges: Mask) -> bool:
    """Tell whether there may be level dashed rules in a mask (H × W); `ridges` are the whole ones, which are
    known already."""
    level = cv2.morphologyEx(marks, cv2.MORPH_OPEN, np.ones((1, SHORTEST), np.uint8))
    loose = cv2.subtract(level, ridges)
    rows = cv2.reduce(loose, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel() / 255
    return bool(np.convolve(rows, np.ones(3), "same").max() >= LEAST_SHARE * marks.shape[1])


def find_dashes(parts: PartOutlines, shape: tuple[int, int]) -> Mask | None:
    """Mark level dashed rules among the parts of a mask of `shape` (H × W) as whole lines of 3 pixels, 255;
    None where there are none."""
    found = np.zeros(shape, np.uint8)
    live: list[list[Dash]] = []
    for dash in _dashes(parts):
        going_on = []
        for chain in live:
            if dash[0] - chain[-1][1] <= GAP:
                going_on.append(chain)
            else:
                _draw(found, chain)
        live = going_on
        follows = next((chain for chain in live if _follows(chain[-1], dash)), None)
        if follows is None:
            live.append([dash])
        else:
            follows.append(dash)
    for chain in live:
        _draw(found, chain)
    return found if found.any() else None


def _dashes(parts: PartOutlines) -> list[Dash]:
    left, _, wide, high = parts.boxes.T
    fits = (high <= THICKEST) & (wide >= SHORTEST) & (wide <= LONGEST) & (wide >= FLATNESS * high)
    ends = np.column_stack([left, left + wide, parts.middles[:, 1]])[fits].tolist()
    return sorted((start, end, height) for start, end, height in ends)


def _follows(last: Dash, dash: Dash) -> bool:
    return dash[0] > last[1] and abs(dash[2] - last[2]) <= IN_LINE


def _draw(found: Mask, chain: list[Dash]) -> None:
    start, end = chain[0][0], chain[-1][1]
    if len(chain) < LEAST_DASHES or end - start < LEAST_LENGTH:
        return
    middles = [((left + right) / 2, height) for left, right, height in chain]
    points = [(start, middles[0][1]), *middles, (end, middles[-1][1])]
    cv2.polylines(found, [np.round(points).astype(np.int32)], False, 255, 3)
