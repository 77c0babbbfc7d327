"""Cut one box out of a page at full size, reading no tile that is not needed."""

from collections.abc import Callable, Iterator

import imagecodecs
import numpy as np

from imaging.arrays import Box, Pixels
from imaging.pyramid import PyramidLayout, encode_jpeg, tile_bytes

ReadRange = Callable[[int, int], bytes]


def cut_region(layout: PyramidLayout, box: Box, read_range: ReadRange) -> bytes:
    """Return a box (pixels of the derivative, cut to it) as a JPEG at full size."""
    full = layout.levels[0]
    x0, y0 = min(max(0, box[0]), full.width - 1), min(max(0, box[1]), full.height - 1)
    x1, y1 = min(max(x0 + 1, box[2]), full.width), min(max(y0 + 1, box[3]), full.height)
    canvas: Pixels = np.zeros((y1 - y0, x1 - x0, 3), np.uint8)
    size = layout.tile_size
    for column, row in _tiles_under(layout, (x0, y0, x1, y1)):
        left, top = column * size, row * size
        a, b, c, d = max(left, x0), max(top, y0), min(left + size, x1), min(top + size, y1)
        tile = imagecodecs.jpeg8_decode(tile_bytes(layout, 0, column, row, read_range))
        part = tile[b - top : d - top, a - left : c - left]
        canvas[b - y0 : d - y0, a - x0 : c - x0] = part if part.ndim == 3 else part[..., None]
    return encode_jpeg(canvas, quality=88)


def _tiles_under(layout: PyramidLayout, box: Box) -> Iterator[tuple[int, int]]:
    size = layout.tile_size
    for row in range(box[1] // size, -(-box[3] // size)):
        for column in range(box[0] // size, -(-box[2] // size)):
            yield column, row
