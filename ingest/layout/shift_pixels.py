"""Move the pixels of a page up and down, or to and fro, by amounts that change smoothly over it."""

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Floats = NDArray[np.float32]

BLOCK, BAND = 32, 256
"""Shifts are given for every BLOCK pixels, and the page is moved BAND rows at a time."""
FOUR = 4
"""So many neighbours move together, as the channels of one pixel, in a quarter of the time: where a shift
changes by a pixel over fifty, they are off by 0.03 at most."""


def block_middles(height: int, width: int) -> NDArray[np.float64]:
    """Return where the shifts of a page are to be given, rows × columns × 2 (x, y): at its blocks' middles.

    One block more on every side keeps the places between right up to the edges.
    """
    xs, ys = (np.arange(-(-side // BLOCK) + 2) * float(BLOCK) - BLOCK / 2 for side in (width, height))
    return np.stack(np.meshgrid(xs, ys), axis=-1)


def shift_columns(pixels: Gray, shifts: Floats) -> Gray:
    """Return a page (H × W, four wide at least) whose pixels come from so many rows further down, as `shifts`
    tells for its `block_middles`; beyond the page its rim goes on."""
    height, width = pixels.shape
    shifted = np.empty_like(pixels)
    across = np.tile(np.arange(width // FOUR, dtype=np.float32), (BAND, 1))
    for top in range(0, height, BAND):
        rows = slice(top, min(top + BAND, height))
        down = _between(shifts, top, 1, FOUR)[: rows.stop - top, : -(-width // FOUR)]
        down += np.arange(top, rows.stop, dtype=np.float32)[:, None]
        _fetch(_abreast(pixels), across, down, _abreast(shifted[rows]))
        if width % FOUR:
            # Those left over at the right move with neighbours that have moved already.
            _fetch(_abreast(pixels[:, -FOUR:]), across, down[:, -1:], _abreast(shifted[rows, -FOUR:]))
    return shifted


def shift_rows(pixels: Gray, shifts: Floats) -> Gray:
    """Return a page (H × W) whose pixels come from so many columns further right; see `shift_columns`."""
    height, width = pixels.shape
    shifted = np.empty_like(pixels)
    down = np.tile(np.arange(BAND // FOUR, dtype=np.float32)[:, None], (1, width))
    for top in range(0, height, BAND):
        band = pixels[top : top + BAND]
        band = np.pad(band, ((0, -len(band) % FOUR), (0, 0))) if len(band) % FOUR else band
        stacked = np.asarray(cv2.merge([band[place::FOUR] for place in range(FOUR)]), dtype=np.uint8)
        across = _between(shifts, top, FOUR, 1)[: len(stacked), :width]
        across += np.arange(width, dtype=np.float32)
        moved = np.empty_like(stacked)
        _fetch(stacked, across, down, moved)
        for place, plane in enumerate(cv2.split(moved)):
            target = shifted[top : top + BAND][place::FOUR]
            target[:] = plane[: len(target)]
    return shifted


def _between(shifts: Floats, top: int, down: int, across: int) -> Floats:
    """Give the shifts of a band of rows, one for so many pixels down and across, from those of blocks."""
    blocks = shifts[top // BLOCK : (top + BAND) // BLOCK + 2]
    high, wide = BLOCK // down, BLOCK // across
    fine = cv2.resize(blocks, (blocks.shape[1] * wide, len(blocks) * high))
    return np.asarray(fine[high:, wide:], dtype=np.float32)


def _abreast(pixels: Gray) -> Gray:
    """View four neighbours in each row as one pixel; those left over at the right are left out."""
    height, width = pixels.shape[0], pixels.shape[1] // FOUR
    return pixels[:, : width * FOUR].reshape(height, width, FOUR)


def _fetch(source: Gray, across: Floats, down: Floats, target: Gray) -> None:
    high, wide = target.shape[:2]
    cv2.remap(
        source, across[:high, :wide], down[:high, :wide], cv2.INTER_LINEAR, target, cv2.BORDER_REPLICATE
    )
