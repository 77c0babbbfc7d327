"""Find a few written lines on a page that is straight but may stand on any of its sides."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Box, Gray
from imaging.connected_parts import connected_parts
from imaging.skew.evidence import stroke_mask

_RULING = 0.06  # of the longer side: a straight stroke this long is a ruling
_LEAST_GLYPH, _MOST_GLYPH = 10, 120  # pixels
_GAP = 0.5  # of a glyph, that stands between glyphs of one line
_THICK = (0.6, 1.7)  # of a glyph, that a line is thick
_LONG = (2.4, 60.0)  # times its thickness, that a line is long
_ENOUGH = 7.0  # times its thickness, beyond which a line is cut off
_INK = (0.1, 0.6)  # share of a line's box that strokes cover
_ROOM = 0.12  # of a glyph, left round a line


@dataclass(frozen=True)
class TextLineBox:
    """One line's box in pixels, and whether it stands upright, as seen."""

    box: Box
    tall: bool

    @property
    def long(self) -> float:
        """How many times as long as thick."""
        x0, y0, x1, y1 = self.box
        wide, high = x1 - x0, y1 - y0
        return max(wide, high) / max(1, min(wide, high))


def text_lines(gray: Gray, most: int) -> tuple[TextLineBox, ...]:
    """Return at most so many lines that look like written ones (H×W uint8, glyphs of 10 to 120 pixels).

    Lines of both directions are sought, and those of the commoner one returned, the likeliest first.
    """
    ink = _without_rulings(gray)
    glyph = _glyph(ink)
    if glyph is None:
        return ()
    tall = [TextLineBox(box, True) for box in _lines(ink, glyph)]
    wide = [TextLineBox(_turned(box), False) for box in _lines(np.ascontiguousarray(ink.T), glyph)]
    lines = max(tall, wide, key=lambda found: sum(min(line.long, 8.0) for line in found))
    best = sorted(lines, key=lambda line: abs(line.long - 6.0))[:most]
    height, width = gray.shape
    return tuple(TextLineBox(_widened(line.box, _ROOM * glyph, width, height), line.tall) for line in best)


def _without_rulings(gray: Gray) -> Gray:
    """Return 255 where a stroke is that is part of no long straight line."""
    ink = np.zeros(gray.shape, np.uint8)
    ink[4:-4, 4:-4] = stroke_mask(gray)
    long = max(24, int(_RULING * max(gray.shape)))
    bridged = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    rules = cv2.bitwise_or(
        cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, long), np.uint8)),
        cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8)),
    )
    thick = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(thick)), dtype=np.uint8)


def _glyph(ink: Gray) -> float | None:
    """Return the side of a glyph: what strokes near each other fill."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    _, _, stats, _ = connected_parts(joined)
    sides = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    low, high = sides.min(axis=1), sides.max(axis=1)
    glyphs = high[(low >= _LEAST_GLYPH) & (high <= _MOST_GLYPH) & (low >= 0.5 * high)]
    return float(np.percentile(glyphs, 60)) if len(glyphs) >= 8 else None


def _lines(ink: Gray, glyph: float) -> list[Box]:
    """Return the boxes of upright lines, glyphs joined from above to below."""
    reach = max(3, int(_GAP * glyph)) | 1
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((reach, max(3, int(0.15 * glyph)) | 1), np.uint8))
    _, _, stats, _ = connected_parts(joined)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    fits = (wide >= _THICK[0] * glyph) & (wide <= _THICK[1] * glyph)
    fits &= (high >= _LONG[0] * wide) & (high <= _LONG[1] * wide)
    boxes = [(int(x), int(y), int(x + w), int(y + min(h, _ENOUGH * w))) for x, y, w, h in stats[1:][fits, :4]]
    return [box for box in boxes if _INK[0] <= _covered(ink, box) <= _INK[1]]


def _covered(ink: NDArray[np.uint8], box: Box) -> float:
    x0, y0, x1, y1 = box
    return float((ink[y0:y1, x0:x1] > 0).mean())


def _turned(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return y0, x0, y1, x1


def _widened(box: Box, by: float, width: int, height: int) -> Box:
    x0, y0, x1, y1 = box
    room = int(by) + 1
    return max(0, x0 - room), max(0, y0 - room), min(width, x1 + room), min(height, y1 + room)
