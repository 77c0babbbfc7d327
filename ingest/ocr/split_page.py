"""Split a large page where nothing is written, so that the detector needs less memory at once."""

from collections.abc import Iterator

import cv2
import numpy as np

from ingest.ocr.port import Pixels

LARGEST = 1_200_000
"""Parts of no more pixels than this are searched at once: a detector takes about 180 bytes a pixel."""
MIDDLE = (0.3, 0.7)
"""A page is cut in this part of either side."""
BAND = 5
"""So many rows or columns round a cut hold next to nothing."""
EMPTY = 0.06
"""Next to nothing: this share of pixels that differ from their neighbours; rules may cross."""
DIFFERENT, GRAIN = 24, 3
"""They differ by so many grey levels, and so many times what is usual on the page."""

Part = tuple[int, int, Pixels]


def split_page(rgb: Pixels) -> Iterator[Part]:
    """Yield parts (left, top, view) that together are the page (H × W × 3); the whole of it where no cut is
    clear of writing."""
    yield from _split(rgb, 0, 0)


def _split(rgb: Pixels, left: int, top: int) -> Iterator[Part]:
    height, width = rgb.shape[:2]
    cut = _cut(rgb) if height * width > LARGEST else None
    if cut is None:
        yield left, top, rgb
        return
    axis, at = cut
    if axis:
        yield from _split(rgb[:, :at], left, top)
        yield from _split(rgb[:, at:], left + at, top)
    else:
        yield from _split(rgb[:at], left, top)
        yield from _split(rgb[at:], left, top + at)


def _cut(rgb: Pixels) -> tuple[int, int] | None:
    """Find the emptiest cut: its axis (0 between rows, 1 between columns) and place."""
    gray = cv2.blur(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), (3, 3))
    edges = cv2.morphologyEx(gray, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    inked = (np.asarray(edges) > max(DIFFERENT, GRAIN * float(np.median(edges)))).astype(np.float32)
    cuts = []
    for axis in (0, 1):
        share = np.convolve(inked.mean(axis=1 - axis), np.ones(BAND) / BAND, "same")
        low, high = (round(part * len(share)) for part in MIDDLE)
        place = low + int(share[low:high].argmin())
        cuts.append((float(share[place]), axis, place))
    share, axis, place = min(cuts)
    return (axis, place) if share <= EMPTY else None
