"""The pixels of one level, or of the parts of it that are wanted."""

from collections.abc import Callable, Iterator, Sequence

import imagecodecs
import numpy as np

from imaging.arrays import Box, Pixels
from imaging.pyramid.layout import Level, PyramidLayout
from imaging.pyramid.tile_bytes import tile_bytes

ReadRange = Callable[[int, int], bytes]


def fitting_level(layout: PyramidLayout, widest: int) -> int:
    """Return the number of the largest level at most `widest` pixels wide, or the smallest there is."""
    fitting = [number for number, level in enumerate(layout.levels) if level.width <= widest]
    return fitting[0] if fitting else len(layout.levels) - 1


def read_level(
    layout: PyramidLayout, number: int, read_range: ReadRange, wanted: Sequence[Box] | None = None
) -> Pixels:
    """Return a level's RGB pixels; what lies in no tile touched by a `wanted` box stays black.

    `read_range(offset, length)` reads the pyramid's bytes; tiles not wanted are neither decoded nor kept.
    Raises: IndexError (no such level), ValueError (what was read is no tile).
    """
    level = layout.levels[number]
    canvas: Pixels = np.zeros((level.height, level.width, 3), np.uint8)
    tiles = [
        tile
        for tile in _tiles(layout.tile_size, level)
        if wanted is None or any(_overlap(tile[2], box) for box in wanted)
    ]
    if not tiles:
        return canvas
    read = _read_together(level, [y * level.tiles_x + x for x, y, _ in tiles], read_range)
    for x, y, (x0, y0, x1, y1) in tiles:
        tile = imagecodecs.jpeg8_decode(tile_bytes(layout, number, x, y, read))[: y1 - y0, : x1 - x0]
        canvas[y0:y1, x0:x1] = tile if tile.ndim == 3 else tile[..., None]
    return canvas


def _read_together(level: Level, places: Sequence[int], read_range: ReadRange) -> ReadRange:
    """Read the span that holds these tiles once: a level lies together, and a request costs more."""
    start = min(level.offsets[place] for place in places)
    end = max(level.offsets[place] + level.lengths[place] for place in places)
    span = read_range(start, end - start)
    return lambda offset, length: span[offset - start : offset - start + length]


def _tiles(size: int, level: Level) -> Iterator[tuple[int, int, Box]]:
    for y in range(level.tiles_y):
        for x in range(level.tiles_x):
            right, bottom = min((x + 1) * size, level.width), min((y + 1) * size, level.height)
            yield x, y, (x * size, y * size, right, bottom)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
