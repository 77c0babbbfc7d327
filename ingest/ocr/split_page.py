"""Split a large page where nothing is written, so that the detector needs less memory at once."""

from collections.abc import Iterator

import cv2
import numpy as np

from ingest.ocr.port import Pixels

LARGEST = 1_600_000
"""Parts of no more pixels than this are searched at once: a detector takes about 180 bytes a pixel."""
MIDDLE = (0.3, 0.7)
"""A page is cut in this part of either side."""
BAND = 5
"""So many rows or columns round a cut hold next to nothing."""
EMPTY = 0.06
"""Next to nothing: this share of pixels that differ from their neighbours; rules may cross."""
DIFFERENT, GRAIN = 24, 3
"""They differ by so many grey levels, and so many times what bare paper has."""

AROUND = 48
"""So many pixels beyond its cuts are shown with a part: the detector judges by what is round a line."""

Box = tuple[int, int, int, int]


def split_page(rgb: Pixels) -> Iterator[tuple[Box, Box]]:
    """Yield the parts of a page (H × W × 3) as x0, y0, x1, y1: what a part is, and what to show of it.

    The parts together are the page; it comes back whole where no cut is clear of writing.
    """
    height, width = rgb.shape[:2]
    for x0, y0, x1, y1 in _split(rgb, (0, 0, width, height)):
        shown = max(0, x0 - AROUND), max(0, y0 - AROUND), min(width, x1 + AROUND), min(height, y1 + AROUND)
        yield (x0, y0, x1, y1), shown


def _split(rgb: Pixels, part: Box) -> Iterator[Box]:
    x0, y0, x1, y1 = part
    cut = _cut(rgb[y0:y1, x0:x1]) if (x1 - x0) * (y1 - y0) > LARGEST else None
    if cut is None:
        yield part
        return
    axis, at = cut
    halves = (
        ((x0, y0, x0 + at, y1), (x0 + at, y0, x1, y1))
        if axis
        else ((x0, y0, x1, y0 + at), (x0, y0 + at, x1, y1))
    )
    for half in halves:
        yield from _split(rgb, half)


def _cut(rgb: Pixels) -> tuple[int, int] | None:
    """Find the emptiest cut: its axis (0 between rows, 1 between columns) and place."""
    gray = cv2.blur(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), (3, 3))
    edges = cv2.morphologyEx(gray, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    inked = (np.asarray(edges) > max(DIFFERENT, GRAIN * float(np.percentile(edges, 20)))).astype(np.float32)
    cuts = []
    for axis in (0, 1):
        share = np.convolve(inked.mean(axis=1 - axis), np.ones(BAND) / BAND, "same")
        low, high = (round(part * len(share)) for part in MIDDLE)
        place = low + int(share[low:high].argmin())
        cuts.append((float(share[place]), axis, place))
    emptiest, axis, place = min(cuts)
    return (axis, place) if emptiest <= EMPTY else None
