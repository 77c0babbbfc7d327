"""Find dashed rules: short level marks one behind another, as they stand in no line of writing."""

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]

THICKEST, SHORTEST, LONGEST = 5, 4, 40
"""The size of a dash, in working pixels; longer ones are found as broken lines."""
FLATNESS = 2.0
"""A dash is so many times longer than it is thick."""
IN_LINE = 2.0
"""The next dash lies no further aside than this …"""
GAP = 50
"""… and no further on than this: a rule that crosses takes a dash into itself."""
LEAST_SHARE = 0.3
"""Where three neighbouring rows of pixels never add up to this share of the width in dashes, no rule is dashed."""
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


def _chained(marks: Mask) -> Mask:
    _, _, stats, centres = cv2.connectedComponentsWithStats(marks, connectivity=8)
    left, _, wide, high, _ = (stats[:, column] for column in range(5))
    dash = (high <= THICKEST) & (wide >= SHORTEST) & (wide <= LONGEST) & (wide >= FLATNESS * high)
    dash[0] = False
    places = np.flatnonzero(dash)
    order = places[np.argsort(left[places], kind="stable")]
    found = np.zeros_like(marks)
    chains: list[list[int]] = []
    for place in order:
        chain = next((one for one in chains if _follows(one[-1], place, left, wide, centres)), None)
        if chain is None:
            chains.append([place])
        else:
            chain.append(place)
        chains = _live(chains, int(left[place]), left, wide, found, centres)
    for chain in chains:
        _draw(found, chain, left, wide, centres)
    return found


def _follows(
    last: int, place: int, left: NDArray[np.int32], wide: NDArray[np.int32], centres: NDArray[np.float64]
) -> bool:
    gap = left[place] - (left[last] + wide[last])
    aside = abs(centres[place, 1] - centres[last, 1])
    return bool(0 < gap <= GAP and aside <= IN_LINE)


def _live(
    chains: list[list[int]],
    now: int,
    left: NDArray[np.int32],
    wide: NDArray[np.int32],
    found: Mask,
    centres: NDArray[np.float64],
) -> list[list[int]]:
    """Draw the chains that nothing can follow any more, and keep the others."""
    live = []
    for chain in chains:
        if now - (left[chain[-1]] + wide[chain[-1]]) <= GAP:
            live.append(chain)
        else:
            _draw(found, chain, left, wide, centres)
    return live


def _draw(
    found: Mask,
    chain: list[int],
    left: NDArray[np.int32],
    wide: NDArray[np.int32],
    centres: NDArray[np.float64],
) -> None:
    start, end = int(left[chain[0]]), int(left[chain[-1]] + wide[chain[-1]])
    if len(chain) < LEAST_DASHES or end - start < LEAST_LENGTH:
        return
    middles = [(int(left[place] + wide[place] / 2), round(float(centres[place, 1]))) for place in chain]
    points = [(start, middles[0][1]), *middles, (end, middles[-1][1])]
    cv2.polylines(found, [np.array(points, dtype=np.int32)], False, 255, 3)
