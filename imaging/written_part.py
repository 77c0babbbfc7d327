"""Find the part of a page that strokes are on, where there are hardly any."""

import cv2
import numpy as np

from imaging.arrays import Box, Gray
from imaging.connected_parts import connected_parts
from imaging.quality.thresholds import Thresholds
from imaging.skew.evidence import shrink, stroke_mask

_LONGEST = 1760
_JOIN = 5  # pixels of the page so shrunk: strokes this near are of one glyph
_LEAST_SIDE, _LEAST_AREA = 8, 16  # of a glyph; what is smaller is dust
_ROOM = 40  # left round the strokes
_SMALLEST = 500  # of the part's sides: lines are found by what is round them


def written_part(gray: Gray) -> Box | None:
    """Return the box that holds every stroke of a page (H×W uint8), None if it is bare.

    The whole page, unless it holds so few that it is taken for blank: most of it need not be looked at then.
    """
    height, width = gray.shape
    small = shrink(gray, _LONGEST)
    if min(small.shape) < 4 * _ROOM:
        return 0, 0, width, height
    mask = stroke_mask(small)
    if np.count_nonzero(mask) >= Thresholds.ink_flag * mask.size:
        return 0, 0, width, height
    found = _strokes(np.asarray(mask, dtype=np.uint8))
    if found is None:
        return None
    scale = height / small.shape[0]
    x0, x1 = _widened(found[0] + 4, found[2] + 4, small.shape[1])
    y0, y1 = _widened(found[1] + 4, found[3] + 4, small.shape[0])
    return int(x0 * scale), int(y0 * scale), min(width, int(x1 * scale)), min(height, int(y1 * scale))


def _strokes(mask: Gray) -> Box | None:
    """Return the box round all that is as large as a glyph."""
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((_JOIN, _JOIN), np.uint8))
    _, _, stats, _ = connected_parts(joined)
    parts = stats[1:]
    sides = parts[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    glyphs = parts[(sides.max(axis=1) >= _LEAST_SIDE) & (parts[:, cv2.CC_STAT_AREA] >= _LEAST_AREA)]
    if not len(glyphs):
        return None
    low, high = glyphs[:, :2].min(axis=0), (glyphs[:, :2] + glyphs[:, 2:4]).max(axis=0)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def _widened(low: int, high: int, most: int) -> tuple[int, int]:
    """Return a side with room left round it, and never a short one, within the page."""
    room = max(_ROOM, (_SMALLEST - (high - low)) // 2)
    return max(0, low - room), min(most, high + room)
