"""Draw what was found on a page over the page, for a person to look at."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ingest.pipeline.results import Box, PageReading

CELL, LABEL, VALUE, DOUBTFUL = (60, 110, 220), (20, 150, 90), (200, 60, 40), (230, 150, 0)
DOUBT_BELOW = 0.8


def draw_overlay(pixels: NDArray[np.uint8], reading: PageReading, target: Path) -> None:
    """Save the page (H × W × 3) as PNG at half size with cells blue, labels green, values red, doubtful
    ones amber."""
    picture = Image.fromarray(pixels).reduce(2)
    pen = ImageDraw.Draw(picture)
    content = reading.content
    for cell in content.cells:
        _frame(pen, cell.box, LABEL if cell.field else CELL, 2)
    values = [
        *content.household.values(),
        *(value for person in content.persons for value in person.values()),
    ]
    for value in values:
        _frame(pen, value.box, VALUE if value.confidence >= DOUBT_BELOW else DOUBTFUL, 3)
    for line in content.lines:
        _frame(pen, line.box, VALUE if line.confidence >= DOUBT_BELOW else DOUBTFUL, 2)
    picture.save(target)


def _frame(pen: ImageDraw.ImageDraw, box: Box, colour: tuple[int, int, int], width: int) -> None:
    x0, y0, x1, y1 = (value // 2 for value in box)
    pen.rectangle((x0, y0, max(x0, x1), max(y0, y1)), outline=colour, width=width)
