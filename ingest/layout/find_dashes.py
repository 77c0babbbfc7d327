"""Find dashed rules: short level marks one behind another, as they stand in no line of writing."""

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.part_outlines import part_outlines

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


def find_dashes(marks: Mask, ridges: Mask) -> Mask | None:
    """Mark level dashed rules of a mask (H × W) as whole lines of 3 pixels, 255; None where there are none.

    `ridges` are the whole lines, which are known already.
    """
    level = cv2.morphologyEx(marks, cv2.MORPH_OPEN, np.ones((1, SHORTEST), np.uint8))
    loose = cv2.subtract(level, ridges)
    rows = cv2.reduce(loose, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel() / 255
    if np.convolve(rows, np.ones(3), "same").max() < LEAST_SHARE * marks.shape[1]:
        return None
    return _chained(marks)


def _chained(marks: Mask) -> Mask | None:
    parts = part_outlines(marks)
    left, _, wide, high = parts.boxes.T
    fits = (high <= THICKEST) & (wide >= SHORTEST) & (wide <= LONGEST) & (wide >= FLATNESS * high)
    ends = np.column_stack([left, left + wide, parts.middles[:, 1]])[fits].tolist()
    dashes = sorted((start, end, height) for start, end, height in ends)
    found = np.zeros_like(marks)
    live: list[list[Dash]] = []
    for dash in dashes:
        ended = [chain for chain in live if dash[0] - chain[-1][1] > GAP]
        live = [chain for chain in live if dash[0] - chain[-1][1] <= GAP]
        _draw(found, ended)
        chain = next((one for one in live if _follows(one[-1], dash)), None)
        if chain is None:
            live.append([dash])
        else:
            chain.append(dash)
    _draw(found, live)
    return found if found.any() else None


def _follows(last: Dash, dash: Dash) -> bool:
    return dash[0] > last[1] and abs(dash[2] - last[2]) <= IN_LINE


def _draw(found: Mask, chains: Iterable[list[Dash]]) -> None:
    for chain in chains:
        start, end = chain[0][0], chain[-1][1]
        if len(chain) < LEAST_DASHES or end - start < LEAST_LENGTH:
            continue
        middles = [((left + right) / 2, height) for left, right, height in chain]
        points = [(start, middles[0][1]), *middles, (end, middles[-1][1])]
        cv2.polylines(found, [np.round(points).astype(np.int32)], False, 255, 3)
