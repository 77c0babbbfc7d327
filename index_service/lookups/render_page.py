"""Draw the page a party may see: only granted boxes uncovered, a watermark over all.

Tiles that hold nothing granted are not even read, so what stays covered never enters the picture.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from imaging.mask import uncover
from imaging.pyramid import Level, PyramidLayout, encode_jpeg, tile_bytes
from imaging.watermark import watermark

from imaging.arrays import Box, Pixels
from imaging.transform import PageTransform

# Wide enough to read brush script on a whole page, small enough for a slow line.
WIDEST = 2200
# A box drawn tight around ink is opened by this much on every side, in master pixels.
MARGIN = 6


@dataclass(frozen=True, slots=True)
class Rendering:
    """What to draw: the pyramid, the way to it from master pixels, and the master boxes to uncover."""

    layout: PyramidLayout
    transform: PageTransform
    boxes: Sequence[Box]
    whole_page: bool
    mark: str


def render_page(rendering: Rendering, read_range: Callable[[int, int], bytes]) -> bytes:
    """Return a page's JPEG, at most WIDEST pixels wide; `read_range(start, length)` reads the pyramid."""
    number, level = _level(rendering.layout)
    boxes = [(0, 0, level.width, level.height)] if rendering.whole_page else _level_boxes(rendering, level)
    canvas: Pixels = np.zeros((level.height, level.width, 3), np.uint8)
    for x, y, corner in _tiles(rendering.layout, level):
        if any(_overlap(corner, box) for box in boxes):
            _paste(canvas, tile_bytes(rendering.layout, number, x, y, read_range), corner)
    return encode_jpeg(watermark(uncover(canvas, boxes), rendering.mark))


def _level(layout: PyramidLayout) -> tuple[int, Level]:
    fitting = [(n, level) for n, level in enumerate(layout.levels) if level.width <= WIDEST]
    return fitting[0] if fitting else (len(layout.levels) - 1, layout.levels[-1])


def _level_boxes(rendering: Rendering, level: Level) -> list[Box]:
    scale = level.width / rendering.layout.levels[0].width
    boxes = []
    for x0, y0, x1, y1 in rendering.boxes:
        wide = (x0 - MARGIN, y0 - MARGIN, x1 + MARGIN, y1 + MARGIN)
        a, b, c, d = rendering.transform.box_to_derivative(wide)
        boxes.append((int(a * scale), int(b * scale), int(np.ceil(c * scale)), int(np.ceil(d * scale))))
    return boxes


def _tiles(layout: PyramidLayout, level: Level) -> Iterator[tuple[int, int, Box]]:
    size = layout.tile_size
    for y in range(level.tiles_y):
        for x in range(level.tiles_x):
            right, bottom = min((x + 1) * size, level.width), min((y + 1) * size, level.height)
            yield x, y, (x * size, y * size, right, bottom)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _paste(canvas: Pixels, jpeg: bytes, corner: Box) -> None:
    tile = cv2.cvtColor(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    x0, y0, x1, y1 = corner
    canvas[y0:y1, x0:x1] = tile[: y1 - y0, : x1 - x0]
