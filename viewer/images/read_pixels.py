"""Put pictures together from a pyramid's tiles, reading no tile that is not needed."""

from collections.abc import Callable, Iterator

import cv2
import numpy as np

from imaging.arrays import Box, Pixels
from imaging.pyramid import Level, PyramidLayout, encode_jpeg, tile_bytes

ReadRange = Callable[[int, int], bytes]

# Wide enough to read a whole page on a screen, small enough for a slow line.
WIDEST = 2000


def page_jpeg(layout: PyramidLayout, read_range: ReadRange) -> bytes:
    """Return the whole page as a JPEG of the largest level at most WIDEST pixels wide."""
    fitting = [n for n, level in enumerate(layout.levels) if level.width <= WIDEST]
    number = fitting[0] if fitting else len(layout.levels) - 1
    level = layout.levels[number]
    return encode_jpeg(_window(layout, number, (0, 0, level.width, level.height), read_range), quality=82)


def region_jpeg(layout: PyramidLayout, box: Box, read_range: ReadRange) -> bytes:
    """Return one box of the page (pixels of the full-size derivative) at full size."""
    full = layout.levels[0]
    x0, y0 = min(max(0, box[0]), full.width - 1), min(max(0, box[1]), full.height - 1)
    x1, y1 = min(max(x0 + 1, box[2]), full.width), min(max(y0 + 1, box[3]), full.height)
    return encode_jpeg(_window(layout, 0, (x0, y0, x1, y1), read_range), quality=88)


def _window(layout: PyramidLayout, number: int, window: Box, read_range: ReadRange) -> Pixels:
    """Return the RGB pixels of one window of a level."""
    x0, y0, x1, y1 = window
    canvas: Pixels = np.zeros((y1 - y0, x1 - x0, 3), np.uint8)
    for column, row, left, top in _tiles_under(layout, layout.levels[number], window):
        pixels = _decode(tile_bytes(layout, number, column, row, read_range))
        a, b = max(left, x0), max(top, y0)
        c, d = min(left + layout.tile_size, x1), min(top + layout.tile_size, y1)
        canvas[b - y0 : d - y0, a - x0 : c - x0] = pixels[b - top : d - top, a - left : c - left]
    return canvas


def _tiles_under(layout: PyramidLayout, level: Level, window: Box) -> Iterator[tuple[int, int, int, int]]:
    size = layout.tile_size
    for row in range(window[1] // size, min(level.tiles_y, -(-window[3] // size))):
        for column in range(window[0] // size, min(level.tiles_x, -(-window[2] // size))):
            yield column, row, column * size, row * size


def _decode(jpeg: bytes) -> Pixels:
    pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), dtype=np.uint8)
