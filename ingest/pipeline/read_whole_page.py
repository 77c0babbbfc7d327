"""Read a page that holds no form of the series: its lines wherever they stand, and no entries."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from imaging.grey import to_grey
from imaging.written_part import written_part
from ingest.layout.tell_ink import tell_ink
from ingest.ocr.port import Recogniser, TextLine
from ingest.pipeline.order_lines import order_lines
from ingest.pipeline.reading_scale import resized
from ingest.pipeline.results import Box, LineText, PageContent

FBox = tuple[float, float, float, float]

LONGEST = 6000
"""Pixels of the longer side: at this size a line that the detectors find at all is some 30 pixels high, and
the lines cut from a larger scan would take as much memory again as the scan."""


def read_whole_page(
    rgb: NDArray[np.uint8], recogniser: Recogniser, to_master: Callable[[Box], Box]
) -> PageContent:
    """Find and read the lines of a straightened page (H × W × 3), in reading order.

    On a page that is all but blank, as the back of many a leaf is, only what is written is looked at: a
    detector finds plenty on bare paper, and to read it would take longer than a full form.
    """
    factor = min(1.0, LONGEST / max(rgb.shape[:2]))
    rgb = resized(rgb, factor)
    part = written_part(to_grey(rgb))
    found = [] if part is None else order_lines(_read_part(rgb, part, recogniser))
    boxes = [_whole(line.box) for line in found]
    green = np.asarray(rgb[:, :, 1])
    inks = [tell_ink(rgb, green, box, box) for box in boxes]
    lines = tuple(
        LineText(to_master(_grown(box, factor)), line.text, line.confidence, line.vertical, ink)
        for line, box, ink in zip(found, boxes, inks, strict=True)
    )
    return PageContent({}, (), (), lines, "\n".join(line.text for line in lines))


def _read_part(rgb: NDArray[np.uint8], part: Box, recogniser: Recogniser) -> list[TextLine]:
    """Read the lines within a box; their own boxes are in the pixels of the page."""
    left, top, right, bottom = part
    lines = recogniser.read_page(np.ascontiguousarray(rgb[top:bottom, left:right]))
    return [replace(line, box=_moved(line.box, left, top)) for line in lines]


def _moved(box: FBox, right: int, down: int) -> FBox:
    x0, y0, x1, y1 = box
    return x0 + right, y0 + down, x1 + right, y1 + down


def _whole(box: FBox) -> Box:
    x0, y0, x1, y1 = box
    return int(x0), int(y0), round(x1 + 0.5), round(y1 + 0.5)


def _grown(box: Box, factor: float) -> Box:
    """Return a box of the shrunk page as it lies on the page."""
    x0, y0, x1, y1 = box
    return int(x0 / factor), int(y0 / factor), ceil(x1 / factor), ceil(y1 / factor)
