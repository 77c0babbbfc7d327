"""Find the gutter of a spread: the shadow between two pages, or failing that the empty strip."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from imaging.arrays import Gray
from imaging.skew.evidence import shrink, stroke_mask

Field = NDArray[np.float32]

_LONGEST = 640
_MIDDLE = (0.3, 0.7)  # of the width, between which a gutter is sought
_SLANTS = np.arange(-6.0, 6.1, 0.5)  # degrees off upright
_LEAST_DEPTH = 6.0  # grey levels, of the shadow under the paper on both sides
_SHADOW_SEEN = 0.7  # of the height, that must lie in the shadow
_LEAST_BLANK = 0.012  # of the width, of an empty strip
_BLANK_CONFIDENCE = 0.4  # an empty strip may also be a wide margin within one page


@dataclass(frozen=True)
class GutterEstimate:
    """Where the gutter meets the frame's upper and lower rim, in pixels; without one, the frame's middle.

    "shadow": the paper darkens along it; "blank": nothing is written there; "none": nobody can tell.
    """

    x_top: float
    x_bottom: float
    confidence: float
    method: Literal["shadow", "blank", "none"]

    def x_at(self, y: float, height: int) -> float:
        """Return where the gutter is at a height, in pixels of a frame so high."""
        return self.x_top + (self.x_bottom - self.x_top) * y / height


def estimate_gutter(gray: Gray, *, shadow_only: bool = False) -> GutterEstimate:
    """Return the gutter of a spread (H×W uint8); a single page answers "none", or a low confidence.

    `shadow_only` leaves the empty strip unsought, where it would not count.
    """
    height, width = gray.shape
    nothing = GutterEstimate(width / 2, width / 2, 0.0, "none")
    if min(height, width) < 128:
        return nothing
    small = shrink(gray, _LONGEST)
    found = _by_shadow(small) or (None if shadow_only else _by_blank(small))
    if found is None:
        return nothing
    scale = width / small.shape[1]
    return GutterEstimate(found.x_top * scale, found.x_bottom * scale, found.confidence, found.method)


def _by_shadow(small: Gray) -> GutterEstimate | None:
    """Return the straight valley of the paper's own brightness, writing and rulings filled in."""
    valley = _valley(small)
    share = _along_lines((valley >= _LEAST_DEPTH).astype(np.float32))
    if share.max() < _SHADOW_SEEN:
        return None
    level = _along_lines(valley)
    slant, at = np.unravel_index(int(np.argmax(share + level / max(1.0, float(level.max())))), share.shape)
    seen = float(share[slant, at])
    if seen < _SHADOW_SEEN:
        return None
    depth = min(1.0, float(level[slant, at]) / (3 * _LEAST_DEPTH))
    return _placed(small, slant, at, seen * (0.5 + 0.5 * depth), "shadow")


def _valley(small: Gray) -> Field:
    """Return how much darker than the paper to its left and right each place is, at several widths."""
    side = max(5, small.shape[1] // 90) | 1
    # What is written is darker than paper and narrower than this, so that only the paper remains.
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    paper = np.asarray(cv2.blur(paper, (3, 15)), dtype=np.float32)
    deepest: Field = np.zeros(small.shape, np.float32)
    for reach in (side, 2 * side, 4 * side):
        left = np.roll(paper, reach, axis=1)
        right = np.roll(paper, -reach, axis=1)
        drop = np.minimum(left, right) - paper
        drop[:, :reach] = drop[:, -reach:] = 0
        np.maximum(deepest, drop, out=deepest)
    return deepest


def _by_blank(small: Gray) -> GutterEstimate | None:
    """Return the middle of the widest upright strip without a stroke, if strokes stand on both its sides."""
    ink = np.zeros(small.shape, np.float32)
    ink[4:-4, 4:-4] = stroke_mask(small) > 0
    if ink.mean() < 0.003:
        return None
    free = _along_lines(ink, reduce=5) < 0.004
    best = (0, 0, 0)
    for slant in range(len(_SLANTS)):
        start, length = _longest_run(free[slant])
        # Of strips equally wide the most upright one.
        best = max(best, (length, slant, start), key=lambda one: (one[0], -abs(_SLANTS[one[1]])))
    length, slant, start = best
    low, high = (int(edge * small.shape[1]) for edge in _MIDDLE)
    inside = start > 0 and start + length < high - low
    if length < _LEAST_BLANK * small.shape[1] or not inside:
        return None
    return _placed(small, slant, start + length // 2, _BLANK_CONFIDENCE, "blank")


def _longest_run(free: NDArray[np.bool_]) -> tuple[int, int]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
    if not len(edges):
        return 0, 0
    lengths = edges[1::2] - edges[::2]
    longest = int(np.argmax(lengths))
    return int(edges[2 * longest]), int(lengths[longest])


def _along_lines(field: Field, reduce: int = 1) -> Field:
    """Return the mean of a field along upright lines of every slant, by where they cross half the height."""
    height, width = field.shape
    rows = np.arange(0, height, 2)
    low, high = (int(edge * width) for edge in _MIDDLE)
    shifts = np.round(np.tan(np.radians(_SLANTS))[:, None] * (height / 2 - rows)[None]).astype(int)
    if reduce > 1:
        field = np.asarray(cv2.blur(field, (reduce, 1)), dtype=np.float32)
    room = int(np.abs(shifts).max())
    wide = np.asarray(cv2.copyMakeBorder(field, 0, 0, room, room, cv2.BORDER_REPLICATE), dtype=np.float32)
    runs = sliding_window_view(wide, high - low, axis=1)
    return np.array([runs[rows, low + room + shift].mean(axis=0) for shift in shifts], dtype=np.float32)


def _placed(
    small: Gray,
    slant: int | np.intp,
    at: int | np.intp,
    confidence: float,
    method: Literal["shadow", "blank"],
) -> GutterEstimate:
    height, width = small.shape
    middle = int(_MIDDLE[0] * width) + float(at) + 0.5
    lean = float(np.tan(np.radians(_SLANTS[slant]))) * height / 2
    return GutterEstimate(middle + lean, middle - lean, confidence, method)
