"""Draw the page a party may see: only granted boxes uncovered, a watermark over all.

Tiles that hold nothing granted are not even decoded, so what stays covered never enters the picture.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from imaging.arrays import Box
from imaging.mask import cover, uncover
from imaging.pyramid import Level, PyramidLayout, encode_jpeg, fitting_level, read_level
from imaging.transform import PageTransform
from imaging.watermark import watermark

# Wide enough to read brush script on a whole page, small enough for a slow line.
WIDEST = 2200
# A box drawn tight around ink is opened by this much on every side, in derivative pixels.
MARGIN = 6


@dataclass(frozen=True, slots=True)
class Rendering:
    """What to draw: the pyramid, the way to it from master pixels, the master boxes to uncover, and those
    that stay covered whatever else is uncovered.
    """

    layout: PyramidLayout
    transform: PageTransform
    boxes: Sequence[Box]
    whole_page: bool
    mark: Sequence[str]
    covered: Sequence[Box] = ()


def render_page(rendering: Rendering, read_range: Callable[[int, int], bytes]) -> bytes:
    """Return a page's JPEG, at most WIDEST pixels wide; `read_range(start, length)` reads the pyramid."""
    number = fitting_level(rendering.layout, WIDEST)
    level = rendering.layout.levels[number]
    boxes = [(0, 0, level.width, level.height)]
    if not rendering.whole_page:
        boxes = _level_boxes(rendering, level, rendering.boxes, MARGIN)
    hidden = _level_boxes(rendering, level, rendering.covered, 0)
    pixels = read_level(rendering.layout, number, read_range, wanted=boxes)
    return encode_jpeg(watermark(cover(uncover(pixels, boxes), hidden), rendering.mark))


def _level_boxes(rendering: Rendering, level: Level, boxes: Sequence[Box], margin: int) -> list[Box]:
    scale = level.width / rendering.layout.levels[0].width
    return [_level_box(rendering.transform, box, margin, scale) for box in boxes]


def _level_box(transform: PageTransform, box: Box, margin: int, scale: float) -> Box:
    x0, y0, x1, y1 = transform.upright_box(box)
    a, b, c, d = (x0 - margin, y0 - margin, x1 + margin, y1 + margin)
    return int(a * scale), int(b * scale), math.ceil(c * scale), math.ceil(d * scale)
